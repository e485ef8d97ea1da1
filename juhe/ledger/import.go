package ledger

import (
	"context"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// importBatch is the number of lookups that one transaction imports.
const importBatch = 500

// Import adds lookups, marked as imported, and skips those whose ID exists. It returns
// how many it has added, even with an error. They do not count as sent.
func (l *Ledger) Import(ctx context.Context, recs []lookup.Record) (added int, err error) {
	recs = slices.Clone(recs)
	slices.SortStableFunc(recs, func(a, b lookup.Record) int { return a.At.Compare(b.At) })
	for group := range slices.Chunk(recs, importBatch) {
		n := 0
		err := l.write(ctx, func(c *conn) error {
			n = 0
			for _, rec := range group {
				exists, err := c.queryInt("SELECT count(*) FROM lookup WHERE id = ?1 UNION ALL SELECT count(*) FROM intent WHERE id = ?1 ORDER BY 1 DESC", rec.ID)
				if err != nil {
					return err
				}
				if exists > 0 {
					continue
				}
				rec.Imported = true
				p, err := prepareLookup(rec)
				if err == nil {
					err = c.insert(p)
				}
				if err != nil {
					return err
				}
				n++
			}
			return c.updateIndex()
		})
		if err != nil {
			return added, err
		}
		added += n
	}
	return added, nil
}

// Restore completes lookups of this ledger that are lost or pending with the answers in
// recs, after a full disk or a crash. An answer must have the same ID, factors, endpoint
// and service. Restore never replaces an answer. It returns how many it has restored,
// even with an error.
func (l *Ledger) Restore(ctx context.Context, recs []lookup.Record) (restored int, err error) {
	for group := range slices.Chunk(recs, importBatch) {
		n := 0
		err := l.write(ctx, func(c *conn) error {
			n = 0
			for _, rec := range group {
				done, err := c.restore(rec)
				if err != nil {
					return err
				}
				if done {
					n++
				}
			}
			return nil
		})
		if err != nil {
			return restored, err
		}
		restored += n
	}
	return restored, nil
}

// restore restores one answer and reports whether it has.
func (c *conn) restore(answer lookup.Record) (bool, error) {
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
	if stored.key == 0 { // pending
		return true, c.recordOutcome(p)
	}
	if err := c.deleteLookup(stored); err != nil {
		return false, err
	}
	if _, err := c.exec("UPDATE run_row SET outcome = ?, calls = calls - 1 + ? WHERE id = ? AND earlier = 0 AND outcome = ?",
		string(stored.RowOutcome()), stored.Calls(), stored.ID, string(juhe.Lost)); err != nil {
		return false, err
	}
	return true, c.insert(p)
}

// findUnanswered finds a lookup of this ledger that is lost or pending. The key of a
// pending lookup is 0.
func (c *conn) findUnanswered(id string) (r lookupRow, found bool, err error) {
	r, found, err = c.findLookup(id)
	if err != nil || found {
		return r, found && !r.corrupt && !r.Imported && r.Reply.Outcome == juhe.Lost, err
	}
	err = c.query(func(s *sqlite3.Stmt) bool {
		r.Record, found = c.scanIntent(s).Record, true
		return false
	}, "SELECT "+intentColumns+" FROM intent WHERE id = ?", id)
	return r, found, err
}
