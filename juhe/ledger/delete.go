package ledger

import (
	"cmp"
	"context"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// Delete deletes look-ups for good and leaves a trace of each. It gives how
// many there were. What was sent on a day stays counted.
func (l *Ledger) Delete(ctx context.Context, ids ...string) (deleted int, err error) {
	err = l.write(ctx, func(c *conn) error {
		deleted = 0
		if err := c.secureDelete(true); err != nil {
			return err
		}
		for _, id := range ids {
			f, ok, err := c.find(id)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if err := c.remove(f); err != nil {
				return err
			}
			if err := l.trace(c, lookup.Trace{What: lookup.TraceDelete, ID: id}); err != nil {
				return err
			}
			deleted++
		}
		return nil
	})
	if err != nil || deleted == 0 {
		return 0, err
	}
	return deleted, l.forget(ctx)
}

// purgeGroup is how many look-ups one transaction of a purge deletes: others
// want to write as well.
const purgeGroup = 500

// Purge deletes all look-ups before a time and leaves one trace. It gives how
// many there were, also with an error.
func (l *Ledger) Purge(ctx context.Context, before time.Time) (deleted int, err error) {
	for {
		n, err := l.purge(ctx, before)
		deleted += n
		if n == purgeGroup && err == nil {
			continue
		}
		if deleted == 0 {
			return 0, err
		}
		if err == nil {
			err = l.compact(ctx)
		}
		// What was deleted is told and forgotten also if ctx has ended.
		ctx := context.WithoutCancel(ctx)
		trace := lookup.Trace{What: lookup.TracePurge, Count: deleted, Detail: before.Format(time.RFC3339)}
		return deleted, cmp.Or(err, l.Trace(ctx, trace), l.forget(ctx))
	}
}

// secureDelete says how the index forgets: at once, which takes some
// milliseconds a look-up, or when it is compacted.
func (c *conn) secureDelete(on bool) error {
	_, err := c.do("INSERT INTO gram (gram, rank) VALUES ('secure-delete', ?)", on)
	return err
}

// mergePages is how much of the index one transaction of compact works on.
const mergePages = 500

// compact writes the index anew, without what was deleted from it.
func (l *Ledger) compact(ctx context.Context) error {
	for pages, more := -mergePages, true; more; pages = mergePages {
		err := l.write(ctx, func(c *conn) error {
			before := c.TotalChanges()
			_, err := c.do("INSERT INTO gram (gram, rank) VALUES ('merge', ?)", pages)
			more = c.TotalChanges()-before >= 2
			return err
		})
		if err != nil {
			return err
		}
	}
	return l.write(ctx, func(c *conn) error { return c.secureDelete(true) })
}

// purge deletes the oldest ones, in one transaction.
func (l *Ledger) purge(ctx context.Context, before time.Time) (deleted int, err error) {
	err = l.write(ctx, func(c *conn) error {
		old, err := c.before(before, purgeGroup)
		if err != nil || len(old) == 0 {
			return err
		}
		if err := c.secureDelete(false); err != nil {
			return err
		}
		for _, f := range old {
			if err := c.remove(f); err != nil {
				return err
			}
		}
		deleted = len(old)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return deleted, nil
}

// Expire purges what is older than Options.Keep says.
func (l *Ledger) Expire(ctx context.Context) (int, error) {
	if l.Keep <= 0 {
		return 0, nil
	}
	return l.Purge(ctx, l.Now().Add(-l.Keep))
}

func (c *conn) before(at time.Time, limit int) (old []found, err error) {
	err = c.each(func(s *sqlite3.Stmt) bool {
		old = append(old, scan(s))
		return true
	}, "SELECT "+columns+" FROM lookup WHERE key < ? AND at < ? ORDER BY key LIMIT ?",
		firstKey(at.Add(crowd)), at.Add(time.Millisecond-1).UnixMilli(), limit)
	return old, err
}

// forget empties the write-ahead log, which still holds what was deleted. It
// waits for readers as long as writers wait.
func (l *Ledger) forget(ctx context.Context) error {
	return l.with(ctx, &l.writer, (*conn).checkpoint)
}

// checkpoint brings the write-ahead log into the database and empties it.
func (c *conn) checkpoint() error {
	_, _, err := c.WALCheckpoint("main", sqlite3.CHECKPOINT_TRUNCATE)
	return err
}
