package sqlite

import (
	"cmp"
	"context"
	"time"

	"fourfactor/juhe/lookup"
)

// The table sent counts lookups by day. If the clock is set back to an earlier day, lookups
// count on the newest day until the operator accepts the clock. Accepting it
//
//   - sets the column accepted of the later days and adds their counts to the current day;
//   - sets the column back of the current day. Its lookups now also count on the accepted
//     days, because the operator may be wrong, and those days may be the right ones.

// sentOn returns how many lookups were sent on the day of at and on later days that are not
// accepted.
func (c *conn) sentOn(at time.Time) (int, error) {
	n, err := c.queryInt("SELECT sum(count) FROM sent WHERE day >= ?1 AND (day = ?1 OR accepted = 0)", lookup.BeijingDate(at))
	return int(n), err
}

// newestSentTime returns the newest time at which a lookup was sent since the clock was
// last accepted, else the time of that acceptance, or the zero time.
func (c *conn) newestSentTime() (time.Time, error) {
	return c.queryTime("SELECT newest FROM sent WHERE accepted = 0 ORDER BY day DESC LIMIT 1")
}

// queryTime is like queryInt for a time in milliseconds.
func (c *conn) queryTime(sql string, args ...any) (at time.Time, err error) {
	n, err := c.queryInt(sql, args...)
	if n != 0 {
		at = c.localTime(n)
	}
	return at, err
}

// countSent counts a lookup as sent and returns the day on which it counts.
func (c *conn) countSent(at time.Time) (day string, err error) {
	day, _, err = firstRow(c, columnText, `INSERT INTO sent (day, count, newest)
		VALUES (max(?1, coalesce((SELECT day FROM sent WHERE accepted = 0 ORDER BY day DESC LIMIT 1), ?1)), 1, ?2)
		ON CONFLICT (day) DO UPDATE SET count = count + 1, newest = max(newest, excluded.newest), accepted = 0
		RETURNING day`, lookup.BeijingDate(at), at.UnixMilli())
	return day, cmp.Or(err, c.addToAcceptedDays(day, 1))
}

// uncountSent undoes countSent.
func (c *conn) uncountSent(day string) error {
	return cmp.Or(c.exec("UPDATE sent SET count = max(count - 1, 0) WHERE day = ?", day), c.addToAcceptedDays(day, -1))
}

// addToAcceptedDays adds n to the accepted days after a day, if back is set on that day.
func (c *conn) addToAcceptedDays(day string, n int) error {
	return c.exec(`UPDATE sent SET count = max(count + ?2, 0)
		WHERE day > ?1 AND accepted = 1 AND (SELECT back FROM sent WHERE day = ?1)`, day, n)
}

// SentToday implements ledger.Ledger.
func (h history) SentToday(ctx context.Context) (int, error) {
	return read(ctx, h.database, &h.writer, func(c *conn) (int, error) { return c.sentOn(h.Now()) })
}

const newestTimeQuery = "SELECT at FROM lookup ORDER BY key DESC LIMIT 1"

// NewestTime implements ledger.Ledger.
func (h history) NewestTime(ctx context.Context) (time.Time, error) {
	return read(ctx, h.database, &h.writer, func(c *conn) (time.Time, error) {
		if at, err := c.newestSentTime(); err != nil || !at.IsZero() {
			return at, err
		}
		return c.queryTime(newestTimeQuery)
	})
}

// AcceptClock implements lookup.Ledger.
func (l *Ledger) AcceptClock(ctx context.Context, now time.Time) error {
	return l.quarantineIfDamaged(l.write(ctx, func(c *conn) error {
		later, err := c.queryInt("SELECT sum(count) FROM sent WHERE day > ? AND accepted = 0", lookup.BeijingDate(now))
		return cmp.Or(err,
			c.exec("UPDATE sent SET accepted = day > ?1, back = 0", lookup.BeijingDate(now)),
			c.exec(`INSERT INTO sent (day, count, newest, back) VALUES (?, ?, ?, 1)
				ON CONFLICT (day) DO UPDATE SET count = count + excluded.count, newest = excluded.newest, back = 1`,
				lookup.BeijingDate(now), later, now.UnixMilli()))
	}))
}
