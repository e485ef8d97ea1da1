package sqlite

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// Delete deletes lookups permanently, along with the pasted rows of the runs in which
// they were made or reused. It records one audit event per lookup, and returns how many it deleted.
// Deleted lookups still count as sent.
func (l *Ledger) Delete(ctx context.Context, ids ...string) (deleted int, err error) {
	err = l.write(ctx, func(c *conn) error {
		deleted = 0
		return c.withIndexErase(func() error {
			for _, id := range ids {
				r, ok, err := c.lookupByID(id)
				if err != nil {
					return err
				}
				if !ok {
					continue
				}
				if err := c.deleteLookup(r); err != nil {
					return err
				}
				if err := c.deletePastedRowsForLookup(id); err != nil {
					return err
				}
				if err := l.addAudit(c, lookup.AuditEvent{Action: lookup.AuditDelete, ID: id}); err != nil {
					return err
				}
				deleted++
			}
			return nil
		})
	})
	if err != nil || deleted == 0 {
		return 0, err
	}
	return deleted, l.scrub(context.WithoutCancel(ctx))
}

// Purge permanently deletes the lookups from before a time, and the pasted rows of the
// runs that began before it. It records one audit event for all of them. It returns how
// many lookups it has deleted, even if it fails. The next Purge completes an interrupted
// one.
func (l *Ledger) Purge(ctx context.Context, before time.Time) (deleted int, err error) {
	job := purgeJob{Ledger: l, before: before}
	for more := true; more && err == nil; {
		more, err = job.deleteBatch(ctx)
	}
	if err == nil {
		err = l.compactIndex(ctx)
	}
	pastedRuns := int64(0)
	if err == nil {
		err = l.write(ctx, func(c *conn) (err error) {
			pastedRuns, err = c.deletePastedRowsBefore(before.UnixMilli())
			return err
		})
	}
	if job.deleted == 0 && pastedRuns == 0 {
		return 0, err
	}
	return job.deleted, cmp.Or(err, l.scrub(context.WithoutCancel(ctx)))
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
	*Ledger
	before   time.Time
	deleted  int
	auditKey int64 // the key of its audit event; 0 before the first batch
}

// deleteBatch deletes the oldest lookups, in one transaction with the audit event, and
// reports whether there are more.
func (j *purgeJob) deleteBatch(ctx context.Context) (more bool, err error) {
	deleted := 0
	err = j.write(ctx, func(c *conn) error {
		old, err := c.oldestBefore(j.before, smallPurge+1)
		if err != nil || len(old) == 0 {
			return err
		}
		erases, err := c.indexErasesDeleted()
		if err != nil {
			return err
		}
		batch := smallPurgeBatch
		if !erases || len(old) > smallPurge {
			batch = purgeBatch
			if err := c.setIndexErase(false); err != nil {
				return err
			}
		}
		more = len(old) > batch
		for _, r := range old[:min(batch, len(old))] {
			if err := c.deleteLookup(r); err != nil {
				return err
			}
			deleted++
		}
		return j.countInAudit(c, deleted)
	})
	if err == nil {
		j.deleted += deleted
	}
	return more, err
}

// countInAudit records the audit event, or adds deleted to its count.
func (j *purgeJob) countInAudit(c *conn, deleted int) error {
	if j.auditKey != 0 {
		_, err := c.exec(`UPDATE trace SET count = count + ?1, digest = digest(at, who, what, id, count + ?1, detail, masked)
			WHERE key = ?2`, deleted, j.auditKey)
		return err
	}
	err := j.Ledger.addAudit(c, lookup.AuditEvent{Action: lookup.AuditPurge, Count: deleted, Detail: j.before.Format(time.RFC3339)})
	j.auditKey = c.LastInsertRowID()
	return err
}

// indexErasesDeleted reports whether the search index erases entries when they are deleted,
// which takes some milliseconds for each. If not, it still holds deleted entries and must
// be compacted.
func (c *conn) indexErasesDeleted() (bool, error) {
	on, err := c.queryInt("SELECT v FROM gram_config WHERE k = 'secure-delete'")
	return on != 0, err
}

// setIndexErase sets whether the search index erases entries when they are deleted. Off
// also marks the index as still to be compacted.
func (c *conn) setIndexErase(on bool) error {
	_, err := c.exec("INSERT INTO gram (gram, rank) VALUES ('secure-delete', ?)", on)
	return err
}

// withIndexErase runs do while the search index erases deleted entries. If erasing was
// off, it turns it off again afterwards: off also means that the index must still be
// compacted.
func (c *conn) withIndexErase(do func() error) error {
	erases, err := c.indexErasesDeleted()
	switch {
	case err != nil:
		return err
	case erases:
		return do()
	}
	if err := c.setIndexErase(true); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return c.setIndexErase(false)
}

// mergePages is the number of index pages that one transaction of compactIndex merges.
const mergePages = 500

// compactIndex rewrites the search index without its deleted entries, if it has any. A
// negative page count starts a merge of the whole index; a merge that changes fewer
// than two rows has nothing left to do (https://sqlite.org/fts5.html#the_merge_command).
func (l *Ledger) compactIndex(ctx context.Context) error {
	done := false
	for pages := -mergePages; !done; pages = mergePages {
		err := l.write(ctx, func(c *conn) error {
			erases, err := c.indexErasesDeleted()
			if done = erases; erases || err != nil {
				return err
			}
			before := c.TotalChanges()
			if _, err := c.exec("INSERT INTO gram (gram, rank) VALUES ('merge', ?)", pages); err != nil {
				return err
			}
			if c.TotalChanges()-before >= 2 {
				return nil
			}
			done = true
			return c.setIndexErase(true)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// oldestBefore returns up to limit of the oldest lookups made before cutoff.
func (c *conn) oldestBefore(cutoff time.Time, limit int) (old []lookupRow, err error) {
	err = c.query(func(s *sqlite3.Stmt) bool {
		old = append(old, c.scanLookup(s))
		return true
	}, "SELECT "+lookupColumns+" FROM lookup WHERE key < ? AND at < ? ORDER BY key LIMIT ?",
		minKey(cutoff.Add(maxKeySkew)), cutoff.Add(time.Millisecond-1).UnixMilli(), limit)
	return old, err
}

// scrub removes the remains of deleted values from the files. To empty the write-ahead
// log, it waits up to busyTimeout for readers. It first rewrites a database that is not
// encrypted, because SQLite leaves copies behind when it splits a page.
func (l *Ledger) scrub(ctx context.Context) error {
	return l.withWriter(ctx, func(c *conn) error {
		if l.Encryption == EncryptionNone {
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
