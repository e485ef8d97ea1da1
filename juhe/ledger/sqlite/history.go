package sqlite

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// history implements ledger.History.
type history struct{ *database }

// Get implements ledger.Ledger.
func (h history) Get(ctx context.Context, id string) (rec lookup.Record, ok bool, err error) {
	err = h.withWriter(ctx, func(c *conn) error {
		r, found, err := c.lookupByID(id)
		if err == nil && r.corrupt {
			return lookup.NewUnreadableError(h.Path, 1)
		}
		rec, ok = r.Record, found
		return err
	})
	return rec, ok, err
}

// Records implements ledger.Ledger.
func (h history) Records(ctx context.Context, ids []string) ([]lookup.Record, error) {
	return read(ctx, h.database, &h.reader, func(c *conn) (recs []lookup.Record, err error) {
		for _, id := range ids {
			r, _, err := c.lookupByID(id)
			if err != nil {
				return recs, err
			}
			if r.corrupt {
				r.Record = lookup.Record{}
			}
			recs = append(recs, r.Record)
		}
		return recs, nil
	})
}

// SameFactors implements ledger.Ledger.
func (h history) SameFactors(ctx context.Context, rec lookup.Record) ([]lookup.Record, error) {
	return read(ctx, h.database, &h.writer, func(c *conn) (same []lookup.Record, err error) {
		err = c.query(func(s *sqlite3.Stmt) bool {
			if r := c.scanLookup(s); !r.corrupt && lookup.SameFactors(r.Query.Factors, rec.Query.Factors) {
				same = append(same, r.Record)
			}
			return true
		}, selectLookup+"WHERE same = ? ORDER BY key DESC", factorsHash(rec.Query.Factors))
		return same, err
	})
}

// Import implements ledger.Ledger.
func (h history) Import(ctx context.Context, recs []lookup.Record) (added int, err error) {
	recs = slices.Clone(recs)
	slices.SortStableFunc(recs, func(a, b lookup.Record) int { return a.At.Compare(b.At) })
	return h.writeBatches(ctx, recs, (*conn).importLookup)
}

// Restore implements ledger.Ledger.
func (h history) Restore(ctx context.Context, recs []lookup.Record) (restored int, err error) {
	return h.writeBatches(ctx, recs, (*conn).restoreLookup)
}

// writeBatches calls store with each of recs, many in a transaction, and returns how often
// store returned true.
func (h history) writeBatches(ctx context.Context, recs []lookup.Record, store func(*conn, lookup.Record) (bool, error)) (written int, err error) {
	const batchSize = 500
	for batch := range slices.Chunk(recs, batchSize) {
		n := 0
		err := h.write(ctx, func(c *conn) error {
			for _, rec := range batch {
				done, err := store(c, rec)
				if err != nil {
					return err
				}
				if done {
					n++
				}
			}
			return c.index.update()
		})
		if err != nil {
			return written, err
		}
		written += n
	}
	return written, nil
}

// importLookup adds a lookup and reports whether its ID was new.
func (c *conn) importLookup(rec lookup.Record) (bool, error) {
	exists, err := c.queryInt("SELECT EXISTS (SELECT 1 FROM lookup WHERE id = ?1) OR EXISTS (SELECT 1 FROM intent WHERE id = ?1)", rec.ID)
	if err != nil || exists != 0 {
		return false, err
	}
	rec.Imported = true
	return true, c.insertLookup(prepareLookup(rec))
}

// restoreLookup completes a lookup with an answer and reports whether it has.
func (c *conn) restoreLookup(answer lookup.Record) (bool, error) {
	stored, concluded, err := c.lookupByID(answer.ID)
	if err != nil || stored.corrupt || concluded && (stored.Imported || stored.Reply.Outcome != juhe.Lost) {
		return false, err
	}
	if !concluded {
		pending, found, err := firstRow(c, c.scanIntent, "SELECT "+intentColumns+" FROM intent WHERE id = ?", answer.ID)
		if err != nil || !found {
			return false, err
		}
		stored.Record = pending.Record
	}
	restored, ok := ledger.Restored(stored.Record, answer)
	switch {
	case !ok:
		return false, nil
	case !concluded:
		return true, c.recordOutcome(prepareLookup(restored))
	}
	// The lost lookup had counted as one call.
	return true, cmp.Or(c.deleteLookup(stored),
		c.exec("UPDATE run_row SET outcome = ?, calls = calls - 1 + ? WHERE id = ? AND earlier = 0 AND outcome = ?",
			string(restored.RowOutcome()), restored.Calls(), restored.ID, string(juhe.Lost)),
		c.insertLookup(prepareLookup(restored)))
}

// RecordAudit implements ledger.Ledger.
func (h history) RecordAudit(ctx context.Context, events ...lookup.AuditEvent) error {
	return h.write(ctx, func(c *conn) error {
		for _, e := range events {
			if err := h.addAudit(c, e); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h history) addAudit(c *conn, e lookup.AuditEvent) error {
	values := []any{h.Now().UnixMilli(), h.User, string(e.Action), e.ID, e.Count, e.Detail, e.Masked}
	return c.exec("INSERT INTO trace ("+auditColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?)", append(values, digestOf(values...))...)
}

// auditColumns are the columns of an event in the table trace, the audit log. The digest
// covers the columns before it.
const (
	auditColumns      = "at, who, what, id, count, detail, masked, digest"
	auditDigestColumn = 7
)

// AuditLog implements ledger.Ledger.
func (h history) AuditLog(ctx context.Context, limit int) (events []lookup.AuditEvent, err error) {
	if limit <= 0 {
		limit = math.MaxInt
	}
	unreadable := 0
	err = h.withWriter(ctx, func(c *conn) error {
		events, unreadable, err = c.readAudit("ORDER BY key DESC LIMIT ?", limit)
		if err != nil && problemOf(err) == lookup.LedgerDamaged {
			events, unreadable, err = c.readAuditOneByOne(limit)
		}
		return err
	})
	if err == nil && unreadable > 0 {
		err = lookup.NewUnreadableError(h.Path, unreadable)
	}
	return events, err
}

// readAudit returns the events that an SQL clause selects, and the number of corrupt ones.
func (c *conn) readAudit(clause string, args ...any) (events []lookup.AuditEvent, corrupt int, err error) {
	err = c.query(func(s *sqlite3.Stmt) bool {
		if !isIntact(s, 0, auditDigestColumn, auditDigestColumn) {
			corrupt++
			return true
		}
		events = append(events, lookup.AuditEvent{
			At: c.localTime(s.ColumnInt64(0)), User: s.ColumnText(1), Action: lookup.AuditAction(s.ColumnText(2)),
			ID: s.ColumnText(3), Count: s.ColumnInt(4), Detail: s.ColumnText(5), Masked: s.ColumnBool(6),
		})
		return true
	}, "SELECT "+auditColumns+" FROM trace "+clause, args...)
	return events, corrupt, err
}

// readAuditOneByOne reads the events of a database with damaged pages one by one.
func (c *conn) readAuditOneByOne(limit int) (events []lookup.AuditEvent, unreadable int, err error) {
	last, err := c.queryInt("SELECT seq FROM sqlite_sequence WHERE name = 'trace'")
	for key := last; key > 0 && len(events) < limit && err == nil; key-- {
		found, corrupt, readErr := c.readAudit("WHERE key = ?", key)
		switch {
		case readErr == nil:
			events, unreadable = append(events, found...), unreadable+corrupt
		case problemOf(readErr) == lookup.LedgerDamaged:
			unreadable++
		default:
			err = readErr
		}
	}
	return events, unreadable, err
}
