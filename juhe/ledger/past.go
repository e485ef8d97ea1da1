package ledger

import (
	"cmp"
	"context"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// kind is what a guard tells look-ups of the same factors apart by: of each it
// wants the newest. However many there are of one, they hide none of another.
type kind struct {
	here, imported, ahead, verdict bool
	api                            juhe.API
	asked, regstatus               bool
	billable                       juhe.Billable
}

func kindOf(f, rec lookup.Record) kind {
	return kind{
		f.Service == rec.Service, f.Imported, f.At.After(rec.At), f.Reply.Outcome.Verdict(),
		f.Query.API, f.Query.Regstatus, f.Reply.Regstatus != "", f.Reply.Billable,
	}
}

// past is what is known of the factors of rec. gone tells that a look-up of
// them is under way whose process has ended.
func (l *Ledger) past(c *conn, rec lookup.Record) (past lookup.Prior, gone bool, err error) {
	factors := lookup.ComparableFactors(rec.Query.Factors)
	same := func(other lookup.Record) bool {
		if !lookup.MayBeSameService(other.Service, rec.Service) {
			return false
		}
		// An older program, or the one that an import comes from, may have sent another
		// spelling: then its verdict is of that, but it may have been paid for.
		return lookup.ComparableFactors(other.Query.Factors) == factors ||
			(other.Imported || !other.Reply.Outcome.Verdict()) && lookup.ComparableFactors(lookup.NormalizeFactors(other.Query.Factors)) == factors
	}
	known := map[kind]bool{}
	err = c.each(func(s *sqlite3.Stmt) bool {
		f := c.scan(s)
		if k := kindOf(f.Record, rec); !f.rotten && !known[k] && same(f.Record) {
			known[k] = true
			f.Reply.Raw = rawAnswer(s)
			past.Concluded = append(past.Concluded, f.Record)
		}
		return true
	}, "SELECT "+withRaw+" FROM lookup WHERE same = ? AND billable <> 'no' ORDER BY key DESC", sameness(factors))
	if err != nil {
		return past, false, err
	}
	err = c.each(func(s *sqlite3.Stmt) bool {
		i := c.scanIntent(s)
		if !same(i.Record) {
			return true
		}
		if l.holder.gone(i.holder) { // one that is really under way counts more
			gone = true
			if past.Pending == nil {
				past.Pending = &i.Record
			}
			return true
		}
		past.Pending = &i.Record
		return false
	}, "SELECT "+intentColumns+" FROM intent WHERE same = ? ORDER BY at DESC", sameness(factors))
	if err != nil {
		return past, false, err
	}
	past.HistoryLostAt = l.forgot()
	rotten, err := c.rotten(sameness(factors))
	if err != nil {
		return past, false, err
	}
	if rotten { // of these factors, whatever it says now
		past.HistoryLostAt = rec.At
	}
	if past.SentToday, err = c.today(rec.At); err != nil {
		return past, false, err
	}
	past.NewestAt, err = c.newest()
	return past, gone, err
}

// SentToday is how many look-ups were sent today, Beijing time, and are not known to
// be free.
func (l *Ledger) SentToday(ctx context.Context) (n int, err error) {
	err = l.read(ctx, func(c *conn) error {
		n, err = c.today(l.Now())
		return err
	})
	return n, err
}

// Days as they are counted. Where the clock has gone back, and until an operator
// says that it is right, the newest day goes on. Then it is one to come (accepted):
// what was counted on it counts on the earlier day. If it comes after all on the
// next day that is counted, the operator may have been wrong: what is sent on the
// earlier day (back) from then on is counted on both.

// today is how many were sent on the day of at, or on a later one that has begun.
func (c *conn) today(at time.Time) (int, error) {
	n, err := c.number("SELECT sum(count) FROM sent WHERE day >= ?1 AND (day = ?1 OR accepted = 0)", lookup.BeijingDate(at))
	return int(n), err
}

// newest is the newest time at which a look-up was about to be sent.
func (c *conn) newest() (at time.Time, err error) {
	n, err := c.number("SELECT newest FROM sent WHERE accepted = 0 ORDER BY day DESC LIMIT 1")
	if n != 0 {
		at = c.time(n)
	}
	return at, err
}

// count counts a look-up as sent, and gives the day on which it does.
func (c *conn) count(at time.Time) (day string, err error) {
	err = c.each(func(s *sqlite3.Stmt) bool {
		day = s.ColumnText(0)
		return true
	}, `INSERT INTO sent (day, count, newest)
		VALUES (max(?1, coalesce((SELECT day FROM sent WHERE accepted = 0 ORDER BY day DESC LIMIT 1), ?1)), 1, ?2)
		ON CONFLICT (day) DO UPDATE SET count = count + 1, newest = max(newest, excluded.newest), accepted = 0
		RETURNING day`, lookup.BeijingDate(at), at.UnixMilli())
	if err != nil {
		return "", err
	}
	return day, c.countAhead(day, 1)
}

// uncount takes one back that was counted on a day.
func (c *conn) uncount(day string) error {
	_, err := c.do("UPDATE sent SET count = max(count - 1, 0) WHERE day = ?", day)
	return cmp.Or(err, c.countAhead(day, -1))
}

// countAhead counts what is sent on a day also on those that may come after all.
func (c *conn) countAhead(day string, n int) error {
	_, err := c.do(`UPDATE sent SET count = max(count + ?2, 0)
		WHERE day > ?1 AND accepted = 1 AND (SELECT back FROM sent WHERE day = ?1)`, day, n)
	return err
}

// AcceptClock implements lookup.Ledger.
func (l *Ledger) AcceptClock(ctx context.Context, now time.Time) error {
	return l.settled(l.write(ctx, func(c *conn) error {
		later, err := c.number("SELECT sum(count) FROM sent WHERE day > ? AND accepted = 0", lookup.BeijingDate(now))
		if err != nil {
			return err
		}
		if _, err := c.do("UPDATE sent SET accepted = day > ?1, back = 0", lookup.BeijingDate(now)); err != nil {
			return err
		}
		_, err = c.do(`INSERT INTO sent (day, count, newest, back) VALUES (?, ?, ?, 1)
			ON CONFLICT (day) DO UPDATE SET count = count + excluded.count, newest = excluded.newest, back = 1`,
			lookup.BeijingDate(now), later, now.UnixMilli())
		return err
	}))
}
