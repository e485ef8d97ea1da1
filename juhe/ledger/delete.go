package ledger

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// Delete deletes look-ups for good and leaves a trace of each, and deletes the pasted
// rows of the runs that they were made for. It gives how many look-ups there were. What was sent on a day stays counted.
func (l *Ledger) Delete(ctx context.Context, ids ...string) (deleted int, err error) {
	err = l.write(ctx, func(c *conn) error {
		deleted = 0
		return c.securely(func() error {
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
				if err := c.dropPastedOf(id); err != nil {
					return err
				}
				if err := l.trace(c, lookup.AuditEvent{Action: lookup.AuditDelete, ID: id}); err != nil {
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
	return deleted, l.forget(context.WithoutCancel(ctx))
}

// Purge deletes all look-ups before a time and leaves one trace, which counts
// along with it. It gives how many there were, also with an error. A purge that
// was cut short is ended by the next one. Rows that were pasted for a run that began
// before that time go too.
func (l *Ledger) Purge(ctx context.Context, before time.Time) (deleted int, err error) {
	p := purge{l, before, 0, 0}
	for more := true; more && err == nil; {
		more, err = p.group(ctx)
	}
	if err == nil {
		err = l.compact(ctx)
	}
	dropped := int64(0)
	if err == nil {
		err = l.write(ctx, func(c *conn) (err error) {
			dropped, err = c.dropPastedBefore(before.UnixMilli())
			return err
		})
	}
	if p.deleted == 0 && dropped == 0 {
		return 0, err
	}
	return p.deleted, cmp.Or(err, l.forget(context.WithoutCancel(ctx)))
}

// A purge of no more than fewPurged look-ups deletes them from the index one by
// one; to compact it takes as long as it is large. One transaction deletes a
// group: others want to write as well.
const (
	fewPurged   = 1000
	fewGroup    = 20
	purgedGroup = 500
)

// purge is one that is under way.
type purge struct {
	*Ledger
	before  time.Time
	deleted int
	trace   int64 // the key of its trace
}

// group deletes the oldest ones, in one transaction with their trace, and tells
// whether there are more.
func (p *purge) group(ctx context.Context) (more bool, err error) {
	deleted := 0
	err = p.write(ctx, func(c *conn) error {
		old, err := c.before(p.before, fewPurged+1)
		if err != nil || len(old) == 0 {
			return err
		}
		clean, err := c.clean()
		if err != nil {
			return err
		}
		group := fewGroup
		if !clean || len(old) > fewPurged {
			group = purgedGroup
			if err := c.setClean(false); err != nil {
				return err
			}
		}
		more = len(old) > group
		for _, f := range old[:min(group, len(old))] {
			if err := c.remove(f); err != nil {
				return err
			}
			deleted++
		}
		return p.note(c, deleted)
	})
	if err == nil {
		p.deleted += deleted
	}
	return more, err
}

// note leaves the trace, or counts on in it.
func (p *purge) note(c *conn, deleted int) error {
	if p.trace != 0 {
		_, err := c.do(`UPDATE trace SET count = count + ?1, digest = digest(at, who, what, id, count + ?1, detail, masked)
			WHERE key = ?2`, deleted, p.trace)
		return err
	}
	err := p.Ledger.trace(c, lookup.AuditEvent{Action: lookup.AuditPurge, Count: deleted, Detail: p.before.Format(time.RFC3339)})
	p.trace = c.LastInsertRowID()
	return err
}

// clean tells whether the index forgets what is deleted at once, which takes
// some milliseconds a look-up, and has nothing left to forget. Else it is to be
// compacted.
func (c *conn) clean() (bool, error) {
	on, err := c.number("SELECT v FROM gram_config WHERE k = 'secure-delete'")
	return on != 0, err
}

func (c *conn) setClean(on bool) error {
	_, err := c.do("INSERT INTO gram (gram, rank) VALUES ('secure-delete', ?)", on)
	return err
}

// securely has the index forget at once what do deletes.
func (c *conn) securely(do func() error) error {
	clean, err := c.clean()
	switch {
	case err != nil:
		return err
	case clean:
		return do()
	}
	if err := c.setClean(true); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return c.setClean(false)
}

// mergePages is how much of the index one transaction of compact works on.
const mergePages = 500

// compact writes the index anew, without what was deleted from it, if there is
// any such.
func (l *Ledger) compact(ctx context.Context) error {
	done := false
	for pages := -mergePages; !done; pages = mergePages {
		err := l.write(ctx, func(c *conn) error {
			clean, err := c.clean()
			if done = clean; clean || err != nil {
				return err
			}
			before := c.TotalChanges()
			if _, err := c.do("INSERT INTO gram (gram, rank) VALUES ('merge', ?)", pages); err != nil {
				return err
			}
			if c.TotalChanges()-before >= 2 {
				return nil
			}
			done = true
			return c.setClean(true)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *conn) before(at time.Time, limit int) (old []found, err error) {
	err = c.each(func(s *sqlite3.Stmt) bool {
		old = append(old, c.scan(s))
		return true
	}, "SELECT "+columns+" FROM lookup WHERE key < ? AND at < ? ORDER BY key LIMIT ?",
		firstKey(at.Add(crowd)), at.Add(time.Millisecond-1).UnixMilli(), limit)
	return old, err
}

// forget empties the write-ahead log, which still holds what was deleted. It
// waits for readers as long as writers wait. Without encryption the database is
// written anew before that: copies of what stood in a page that was divided are
// not overwritten else.
func (l *Ledger) forget(ctx context.Context) error {
	return l.with(ctx, &l.writer, func(c *conn) error {
		if l.Encryption == EncryptionNone {
			if err := c.vacuum(); err != nil {
				return err
			}
		}
		return c.checkpoint()
	})
}

// vacuum writes the database anew. What is left of it passes through a temporary
// file: it may be larger than the engine's memory.
func (c *conn) vacuum() error {
	if err := c.Exec("PRAGMA temp_store=file"); err != nil {
		return err
	}
	return errors.Join(c.Exec("VACUUM"), c.Exec("PRAGMA temp_store=memory"))
}

// checkpoint brings the write-ahead log into the database and empties it.
func (c *conn) checkpoint() error {
	_, _, err := c.WALCheckpoint("main", sqlite3.CHECKPOINT_TRUNCATE)
	return err
}
