package ledger

import (
	"context"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// importGroup is how many look-ups one transaction of an import adds.
const importGroup = 500

// Import adds look-ups as imported ones and gives how many were not there yet,
// also with an error. They do not count as sent.
func (l *Ledger) Import(ctx context.Context, recs []lookup.Record) (added int, err error) {
	recs = slices.Clone(recs)
	slices.SortStableFunc(recs, func(a, b lookup.Record) int { return a.At.Compare(b.At) })
	for group := range slices.Chunk(recs, importGroup) {
		n := 0
		err := l.write(ctx, func(c *conn) error {
			n = 0
			for _, rec := range group {
				there, err := c.number("SELECT count(*) FROM lookup WHERE id = ?1 UNION ALL SELECT count(*) FROM intent WHERE id = ?1 ORDER BY 1 DESC", rec.ID)
				if err != nil {
					return err
				}
				if there > 0 {
					continue
				}
				rec.Imported = true
				e, err := newEntry(rec)
				if err == nil {
					err = c.insert(e)
				}
				if err != nil {
					return err
				}
				n++
			}
			return c.index()
		})
		if err != nil {
			return added, err
		}
		added += n
	}
	return added, nil
}

// Restore gives lookups of this ledger that have no answer the answers that recs
// have for them: by the same ID, and only of the same factors, endpoint and
// service. A full disk, or a process that was killed, may have kept them out. It
// never replaces an answer, and gives how many it has restored, also with an error.
func (l *Ledger) Restore(ctx context.Context, recs []lookup.Record) (restored int, err error) {
	for group := range slices.Chunk(recs, importGroup) {
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

// restore tells whether it has restored an answer.
func (c *conn) restore(answer lookup.Record) (bool, error) {
	if o := answer.Reply.Outcome; o == juhe.Lost || o == juhe.Unsent {
		return false, nil
	}
	own, there, err := c.unanswered(answer.ID)
	if err != nil || !there || own.Service != answer.Service || own.Query.API != answer.Query.API || own.Query.Factors != answer.Query.Factors {
		return false, err
	}
	own.Reply, own.Elapsed = answer.Reply, answer.Elapsed
	own.Reply.Billable = juhe.BillableOf(own.Reply.Outcome, own.Code())
	e, err := newEntry(own.Record)
	if err != nil {
		return false, err
	}
	if own.key == 0 { // in progress still
		return true, c.settle(e)
	}
	if err := c.remove(own); err != nil {
		return false, err
	}
	if _, err := c.do("UPDATE run_row SET outcome = ?, calls = calls - 1 + ? WHERE id = ? AND earlier = 0 AND outcome = ?",
		string(own.RowOutcome()), own.Calls(), own.ID, string(juhe.Lost)); err != nil {
		return false, err
	}
	return true, c.insert(e)
}

// unanswered finds a lookup that this ledger has made and that is lost, or in
// progress: that one has no key.
func (c *conn) unanswered(id string) (f found, there bool, err error) {
	f, there, err = c.find(id)
	if err != nil || there {
		return f, there && !f.rotten && !f.Imported && f.Reply.Outcome == juhe.Lost, err
	}
	err = c.each(func(s *sqlite3.Stmt) bool {
		f.Record, there = c.scanIntent(s).Record, true
		return false
	}, "SELECT "+intentColumns+" FROM intent WHERE id = ?", id)
	return f, there, err
}
