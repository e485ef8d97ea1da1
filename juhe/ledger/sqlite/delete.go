package sqlite

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// Delete implements ledger.Ledger.
func (h history) Delete(ctx context.Context, ids ...string) (deleted int, err error) {
	err = h.write(ctx, func(c *conn) error {
		return c.index.withErase(func() error {
			for _, id := range ids {
				r, ok, err := c.lookupByID(id)
				if err == nil && ok {
					deleted++
					err = cmp.Or(c.deleteLookup(r), c.deletePastedRowsOf(id), h.addAudit(c, lookup.AuditEvent{Action: lookup.AuditDelete, ID: id}))
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err != nil || deleted == 0 {
		return 0, err
	}
	return deleted, h.scrub(context.WithoutCancel(ctx))
}

// Purge implements ledger.Ledger.
func (h history) Purge(ctx context.Context, before time.Time) (deleted int, err error) {
	job := purgeJob{history: h, before: before}
	for more := true; more && err == nil; {
		more, err = job.deleteBatch(ctx)
	}
	for first, done := true, false; !done && err == nil; first = false {
		err = h.write(ctx, func(c *conn) (err error) { done, err = c.index.mergeDeleted(first); return err })
	}
	pastedRuns := int64(0)
	if err == nil {
		err = h.write(ctx, func(c *conn) (err error) { pastedRuns, err = c.deletePastedRowsBefore(before); return err })
	}
	if job.deleted == 0 && pastedRuns == 0 {
		return 0, err
	}
	return job.deleted, cmp.Or(err, h.scrub(context.WithoutCancel(ctx)))
}

// A purge of at most smallPurge lookups erases each from the search index. A larger one
// compacts the index afterwards, which takes longer the larger the index is. Each
// transaction deletes only a batch, so that others can write in between.
const (
	smallPurge      = 1000
	smallPurgeBatch = 20
	purgeBatch      = 500
)

// purgeJob is the state of a purge.
type purgeJob struct {
	history
	before   time.Time
	deleted  int
	auditKey int64 // the key of its audit event; 0 before the first batch
}

// deleteBatch deletes the oldest lookups, in one transaction with the audit event, and
// reports whether there are more.
func (j *purgeJob) deleteBatch(ctx context.Context) (more bool, err error) {
	var old []lookupRow
	err = j.write(ctx, func(c *conn) error {
		if old, err = c.oldestBefore(j.before, smallPurge+1); err != nil || len(old) == 0 {
			return err
		}
		erases, err := c.index.erasesDeleted()
		if err != nil {
			return err
		}
		batch := smallPurgeBatch
		if !erases || len(old) > smallPurge {
			batch = purgeBatch
			if err := c.index.setErase(false); err != nil {
				return err
			}
		}
		more = len(old) > batch
		old = old[:min(batch, len(old))]
		for _, r := range old {
			if err := c.deleteLookup(r); err != nil {
				return err
			}
		}
		return j.countInAudit(c, len(old))
	})
	if err == nil {
		j.deleted += len(old)
	}
	return more, err
}

// countInAudit records the audit event, or adds deleted to its count.
func (j *purgeJob) countInAudit(c *conn, deleted int) error {
	if j.auditKey != 0 {
		return c.exec(`UPDATE trace SET count = count + ?1, digest = digest(at, who, what, id, count + ?1, detail, masked)
			WHERE key = ?2`, deleted, j.auditKey)
	}
	err := j.addAudit(c, lookup.AuditEvent{Action: lookup.AuditPurge, Count: deleted, Detail: j.before.Format(time.RFC3339)})
	j.auditKey = c.LastInsertRowID()
	return err
}

// oldestBefore returns up to limit of the oldest lookups made before cutoff.
func (c *conn) oldestBefore(cutoff time.Time, limit int) ([]lookupRow, error) {
	return allRows(c, c.scanLookup, selectLookup+"WHERE key < ? AND at < ? ORDER BY key LIMIT ?",
		minKey(cutoff.Add(maxKeySkew)), cutoff.Add(time.Millisecond-1).UnixMilli(), limit)
}

// scrub removes the remains of deleted values from the files. To empty the write-ahead
// log, it waits up to busyTimeout for readers. It first rewrites a database that is not
// encrypted, because SQLite leaves copies behind when it splits a page.
func (h history) scrub(ctx context.Context) error {
	return h.withWriter(ctx, func(c *conn) error {
		if h.Encryption == EncryptionNone {
			if err := c.vacuum(); err != nil {
				return err
			}
		}
		return c.checkpoint()
	})
}

// vacuum rewrites the database. It uses a temporary file, because the database may be
// larger than the 256 MB of memory that SQLite gets here.
func (c *conn) vacuum() error {
	if err := c.Exec("PRAGMA temp_store=file"); err != nil {
		return err
	}
	return errors.Join(c.Exec("VACUUM"), c.Exec("PRAGMA temp_store=memory"))
}

// checkpoint copies the write-ahead log into the database and empties it.
func (c *conn) checkpoint() error {
	_, _, err := c.WALCheckpoint("main", sqlite3.CHECKPOINT_TRUNCATE)
	return err
}

// PurgeExpired implements ledger.Ledger. It purges the lookups older than Options.Retention,
// if both the clock and the days on which lookups were sent show it.
func (h history) PurgeExpired(ctx context.Context) (r ledger.PurgeExpiredResult, err error) {
	if h.Retention <= 0 {
		return r, nil
	}
	var before time.Time
	err = h.withWriter(ctx, func(c *conn) error {
		before, r.Postponed, err = c.expiryCutoff(h.Now(), h.Retention)
		return err
	})
	if err == nil && !before.IsZero() {
		r.Deleted, err = h.Purge(ctx, before)
	}
	return r, err
}

// expiryCutoff returns the time before which lookups are to be purged, or the zero time.
// For postponed see ledger.PurgeExpiredResult.
func (c *conn) expiryCutoff(now time.Time, retention time.Duration) (before time.Time, postponed bool, err error) {
	days, err := allRows(c, columnText,
		"SELECT day FROM sent WHERE day < ? AND accepted = 0 AND count > 0 ORDER BY day DESC LIMIT ?", lookup.BeijingDate(now), ledger.ConfirmingDays+1)
	if err != nil {
		return before, false, err
	}
	before = ledger.TrustedDay(days).Add(-retention)
	// Lookups are deleted only if the cutoff does not lie in a long gap: otherwise all
	// lookups before the gap would go at once, and only Purge does that.
	longGap := max(ledger.MaxGap, retention/2)
	dense, err := c.queryInt(`SELECT (SELECT at FROM lookup WHERE key >= ?1 ORDER BY key LIMIT 1) -
		(SELECT at FROM lookup WHERE key < ?1 ORDER BY key DESC LIMIT 1) < ?2`, minKey(before), longGap.Milliseconds())
	if err != nil || dense != 0 {
		return before, false, err
	}
	old, err := c.queryInt("SELECT EXISTS (SELECT 1 FROM lookup WHERE key < ?)", minKey(now.Add(-retention-ledger.MaxGap)))
	return time.Time{}, old != 0, err
}
