package sqlite

import (
	"context"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// importBatch is the number of lookups in one transaction of an import.
const importBatch = 500

// Import adds lookups, marked as imported, and skips those whose ID exists. It returns how
// many it has added, even if it fails. Imported lookups do not count as sent.
func (l *Ledger) Import(ctx context.Context, recs []lookup.Record) (added int, err error) {
	recs = slices.Clone(recs)
	slices.SortStableFunc(recs, func(a, b lookup.Record) int { return a.At.Compare(b.At) })
	return l.writeBatches(ctx, recs, (*conn).importLookup)
}

// Restore uses the answers in recs to complete lost or pending lookups that this ledger
// recorded itself (not imported), after a full disk or a crash. An answer must have the
// same ID, factors, endpoint and service. Restore never replaces an answer. It returns how
// many it has restored, even if it fails.
func (l *Ledger) Restore(ctx context.Context, recs []lookup.Record) (restored int, err error) {
	return l.writeBatches(ctx, recs, (*conn).restoreLookup)
}

// writeBatches calls store with each of recs, in transactions of importBatch, and returns
// how often store returned true.
func (l *Ledger) writeBatches(ctx context.Context, recs []lookup.Record, store func(*conn, lookup.Record) (bool, error)) (written int, err error) {
	for batch := range slices.Chunk(recs, importBatch) {
		n := 0
		err := l.write(ctx, func(c *conn) error {
			n = 0
			for _, rec := range batch {
				done, err := store(c, rec)
				if err != nil {
					return err
				}
				if done {
					n++
				}
			}
			return c.updateIndex()
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
	p, err := prepareLookup(rec)
	if err != nil {
		return false, err
	}
	return true, c.insertLookup(p)
}

// restoreLookup completes a lookup with an answer and reports whether it has.
func (c *conn) restoreLookup(answer lookup.Record) (bool, error) {
	if o := answer.Reply.Outcome; o == juhe.Lost || o == juhe.Unsent {
		return false, nil
	}
	stored, found, err := c.findUnanswered(answer.ID)
	if err != nil || !found || stored.Service != answer.Service || stored.Query.API != answer.Query.API || stored.Query.Factors != answer.Query.Factors {
		return false, err
	}
	stored.Reply, stored.Elapsed = answer.Reply, answer.Elapsed
	stored.Reply.Billable = juhe.BillableOf(stored.Reply.Outcome, stored.Code())
	p, err := prepareLookup(stored.Record)
	if err != nil {
		return false, err
	}
	if stored.key == 0 { // it is pending
		return true, c.recordOutcome(p)
	}
	if err := c.deleteLookup(stored); err != nil {
		return false, err
	}
	// The lost lookup had counted as one call.
	if _, err := c.exec("UPDATE run_row SET outcome = ?, calls = calls - 1 + ? WHERE id = ? AND earlier = 0 AND outcome = ?",
		string(stored.RowOutcome()), stored.Calls(), stored.ID, string(juhe.Lost)); err != nil {
		return false, err
	}
	return true, c.insertLookup(p)
}

// findUnanswered finds a lookup that this ledger recorded itself (not imported) and that
// is lost or pending. The key of a
// pending lookup is 0.
func (c *conn) findUnanswered(id string) (r lookupRow, found bool, err error) {
	r, found, err = c.lookupByID(id)
	if err != nil || found {
		return r, found && !r.corrupt && !r.Imported && r.Reply.Outcome == juhe.Lost, err
	}
	err = c.query(func(s *sqlite3.Stmt) bool {
		r.Record, found = c.scanIntent(s).Record, true
		return false
	}, "SELECT "+intentColumns+" FROM intent WHERE id = ?", id)
	return r, found, err
}
