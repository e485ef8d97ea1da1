package sqlite

import (
	"context"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// A wrong clock must not delete the history. So ages are measured not from today but from
// the last trusted day before today on which lookups were sent. A day that follows a gap
// longer than maxGap is trusted only once lookups have been sent on more than
// confirmingDays days since the gap. So lookups are deleted somewhat later than
// Options.Retention says.
const (
	maxGap         = 31 * 24 * time.Hour
	confirmingDays = 7
)

// PurgeExpired purges the lookups older than Options.Retention, if both the clock and the
// days on which lookups were sent show it. It does nothing if Retention is 0.
func (l *Ledger) PurgeExpired(ctx context.Context) (r ledger.PurgeExpiredResult, err error) {
	if l.Retention <= 0 {
		return r, nil
	}
	var before time.Time
	err = l.withWriter(ctx, func(c *conn) error {
		before, r.Postponed, err = c.expiryCutoff(l.Now(), l.Retention)
		return err
	})
	if err != nil || before.IsZero() {
		return r, err
	}
	r.Deleted, err = l.Purge(ctx, before)
	return r, err
}

// expiryCutoff returns the time before which lookups are to be purged, or the zero time.
// For postponed see ledger.PurgeExpiredResult.
func (c *conn) expiryCutoff(now time.Time, retention time.Duration) (before time.Time, postponed bool, err error) {
	day, err := c.lastTrustedDay(now)
	if err != nil {
		return before, false, err
	}
	before = day.Add(-retention)
	newestOld, err := c.queryInt("SELECT at FROM lookup WHERE key < ? ORDER BY key DESC LIMIT 1", minKey(before))
	if err != nil {
		return before, false, err
	}
	oldestKept, err := c.queryInt("SELECT at FROM lookup WHERE key >= ? ORDER BY key LIMIT 1", minKey(before))
	if err != nil {
		return before, false, err
	}
	// Lookups are deleted only if the cutoff does not lie in a long gap: otherwise all
	// lookups before the gap would go at once, and only Purge does that.
	longGap := max(maxGap, retention/2)
	if newestOld != 0 && oldestKept != 0 && c.localTime(oldestKept).Sub(c.localTime(newestOld)) < longGap {
		return before, false, nil
	}
	old, err := c.queryInt("SELECT EXISTS (SELECT 1 FROM lookup WHERE key < ?)", minKey(now.Add(-retention-maxGap)))
	return time.Time{}, old != 0, err
}

// lastTrustedDay returns the newest trusted day before today on which lookups were sent,
// or the zero time if there is none.
func (c *conn) lastTrustedDay(now time.Time) (trusted time.Time, err error) {
	later := time.Time{} // the day of the previous row, which is later than day
	err = c.query(func(s *sqlite3.Stmt) bool {
		day, err := time.ParseInLocation(time.DateOnly, s.ColumnText(0), juhe.Beijing())
		if err != nil {
			return true
		}
		if trusted.IsZero() || later.Sub(day) > maxGap {
			trusted = day
		}
		later = day
		return true
	}, "SELECT day FROM sent WHERE day < ? AND accepted = 0 AND count > 0 ORDER BY day DESC LIMIT ?", lookup.BeijingDate(now), confirmingDays+1)
	return trusted, err
}
