package sqlite

import (
	"cmp"
	"context"
	"time"

	"fourfactor/juhe/lookup"
)

// sentDays is the table sent, which counts lookups by day. If the clock is set back to an
// earlier day, lookups count on the newest day until the operator accepts the clock.
// Accepting it
//
//   - sets the column accepted of the later days and adds their counts to the current day;
//   - sets the column back of the current day. Its lookups now also count on the accepted
//     days, because the operator may be wrong, and those days may be the right ones.
type sentDays struct{ *conn }

// countOn returns how many lookups were sent on the day of at and on later days that are not
// accepted.
func (d sentDays) countOn(at time.Time) (int, error) {
	n, err := d.queryInt("SELECT sum(count) FROM sent WHERE day >= ?1 AND (day = ?1 OR accepted = 0)", lookup.BeijingDate(at))
	return int(n), err
}

// newestTime returns the newest time at which a lookup was sent since the clock was
// last accepted, else the time of that acceptance, or the zero time.
func (d sentDays) newestTime() (time.Time, error) {
	return d.queryTime("SELECT newest FROM sent WHERE accepted = 0 ORDER BY day DESC LIMIT 1")
}

// add counts a lookup as sent and returns the day on which it counts.
func (d sentDays) add(at time.Time) (day string, err error) {
	day, _, err = firstRow(d.conn, columnText, `INSERT INTO sent (day, count, newest)
		VALUES (max(?1, coalesce((SELECT day FROM sent WHERE accepted = 0 ORDER BY day DESC LIMIT 1), ?1)), 1, ?2)
		ON CONFLICT (day) DO UPDATE SET count = count + 1, newest = max(newest, excluded.newest), accepted = 0
		RETURNING day`, lookup.BeijingDate(at), at.UnixMilli())
	return day, cmp.Or(err, d.addToAccepted(day, 1))
}

// remove undoes add.
func (d sentDays) remove(day string) error {
	return cmp.Or(d.exec("UPDATE sent SET count = max(count - 1, 0) WHERE day = ?", day), d.addToAccepted(day, -1))
}

// addToAccepted adds n to the accepted days after a day, if back is set on that day.
func (d sentDays) addToAccepted(day string, n int) error {
	return d.exec(`UPDATE sent SET count = max(count + ?2, 0)
		WHERE day > ?1 AND accepted = 1 AND (SELECT back FROM sent WHERE day = ?1)`, day, n)
}

// SentToday implements ledger.Ledger.
func (h history) SentToday(ctx context.Context) (int, error) {
	return read(ctx, h.database, &h.writer, func(c *conn) (int, error) { return sentDays{c}.countOn(h.Now()) })
}

const newestTimeQuery = "SELECT at FROM lookup ORDER BY key DESC LIMIT 1"

// NewestTime implements ledger.Ledger.
func (h history) NewestTime(ctx context.Context) (time.Time, error) {
	return read(ctx, h.database, &h.writer, func(c *conn) (time.Time, error) {
		if at, err := (sentDays{c}).newestTime(); err != nil || !at.IsZero() {
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
