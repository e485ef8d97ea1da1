package ledger

import (
	"context"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Expiry is what Expire did.
type Expiry struct {
	Deleted int
	// Postponed tells that lookups that are old by the clock were left, for want of a
	// second witness. Purge deletes them.
	Postponed bool
}

// A clock that is wrong must not delete the history, and what it has deleted does
// not come back when it is right again. So it is not asked how old a lookup is now,
// but how old it was on the last day before today on which lookups were sent; a
// pause of more than jump counts as time only once borne days of use have followed
// it. That is later than Options.Keep says by a day of use, or by borne.
const (
	jump  = 31 * 24 * time.Hour
	borne = 7
)

// PurgeExpired purges what is older than Options.Keep says, by the clock and by the days
// on which lookups were sent.
func (l *Ledger) PurgeExpired(ctx context.Context) (e Expiry, err error) {
	if l.Retention <= 0 {
		return e, nil
	}
	var before time.Time
	err = l.read(ctx, func(c *conn) error {
		before, e.Postponed, err = c.expired(l.Now(), l.Retention)
		return err
	})
	if err != nil || before.IsZero() {
		return e, err
	}
	e.Deleted, err = l.Purge(ctx, before)
	return e, err
}

// expired is the time before which lookups are to be purged; zero for none.
func (c *conn) expired(now time.Time, keep time.Duration) (before time.Time, held bool, err error) {
	seen, err := c.seen(now)
	if err != nil {
		return before, false, err
	}
	before = seen.Add(-keep)
	newestOld, err := c.number("SELECT at FROM lookup WHERE key < ? ORDER BY key DESC LIMIT 1", firstKey(before))
	if err != nil {
		return before, false, err
	}
	oldestKept, err := c.number("SELECT at FROM lookup WHERE key >= ? ORDER BY key LIMIT 1", firstKey(before))
	if err != nil {
		return before, false, err
	}
	// What ends in a long pause would go all at once: that is asked about.
	across := max(jump, keep/2)
	if newestOld != 0 && oldestKept != 0 && c.time(oldestKept).Sub(c.time(newestOld)) < across {
		return before, false, nil
	}
	old, err := c.number("SELECT count(*) FROM (SELECT 1 FROM lookup WHERE key < ? LIMIT 1)", firstKey(now.Add(-keep-jump)))
	return time.Time{}, old != 0, err
}

// seen is the newest day before that of now on which the clock can be believed. It
// is the zero time if there is none.
func (c *conn) seen(now time.Time) (seen time.Time, err error) {
	last := time.Time{}
	err = c.each(func(s *sqlite3.Stmt) bool {
		day, err := time.ParseInLocation(time.DateOnly, s.ColumnText(0), juhe.Beijing())
		if err != nil {
			return true
		}
		if seen.IsZero() || last.Sub(day) > jump {
			seen = day
		}
		last = day
		return true
	}, "SELECT day FROM sent WHERE day < ? AND accepted = 0 AND count > 0 ORDER BY day DESC LIMIT ?", lookup.BeijingDate(now), borne+1)
	return seen, err
}

// NewestTime is the newest time that the ledger has of a lookup; zero for none.
func (l *Ledger) NewestTime(ctx context.Context) (at time.Time, err error) {
	err = l.read(ctx, func(c *conn) error {
		if at, err = c.newest(); err != nil || !at.IsZero() {
			return err
		}
		n, err := c.number("SELECT at FROM lookup ORDER BY key DESC LIMIT 1")
		if n != 0 {
			at = c.time(n)
		}
		return err
	})
	return at, err
}
