package sqlite

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// RunTally counts the rows of a run that have a recorded outcome, including juhe.Unsent.
func (l *Ledger) RunTally(ctx context.Context, id lookup.RunID) (lookup.Tally, error) {
	t := lookup.Tally{ByOutcome: map[juhe.Outcome]int{}}
	err := l.withReader(ctx, func(c *conn) error {
		return c.query(func(s *sqlite3.Stmt) bool {
			t.ByOutcome[juhe.Outcome(s.ColumnText(0))] += s.ColumnInt(1)
			t.Calls += s.ColumnInt(2)
			return true
		}, "SELECT outcome, count(*), sum(calls) FROM run_row WHERE run = ? GROUP BY outcome", int64(id))
	})
	return t, err
}

// RunRows returns the rows of a run that have a recorded outcome and whose numbers are
// greater than after, in ascending order, at most limit.
func (l *Ledger) RunRows(ctx context.Context, id lookup.RunID, after, limit int) (rows []lookup.RunRow, err error) {
	err = l.withReader(ctx, func(c *conn) error {
		return c.query(func(s *sqlite3.Stmt) bool {
			rows = append(rows, scanRunRow(s))
			return true
		}, "SELECT "+runRowColumns+" FROM run_row WHERE run = ? AND row > ? ORDER BY row LIMIT ?", int64(id), after, limit)
	})
	return rows, err
}

// runRowColumns are the columns of a row in the order of scanRunRow. The column earlier is
// RunRow.Reused.
const runRowColumns = "row, id, outcome, earlier, calls"

func scanRunRow(s *sqlite3.Stmt) lookup.RunRow {
	return lookup.RunRow{
		Row: s.ColumnInt(0), ID: s.ColumnText(1), Outcome: juhe.Outcome(s.ColumnText(2)),
		Reused: s.ColumnBool(3), Calls: s.ColumnInt(4),
	}
}

// Records returns the lookups with these IDs, in the same order. A lookup that does not
// exist or cannot be read is the zero Record.
func (l *Ledger) Records(ctx context.Context, ids []string) (recs []lookup.Record, err error) {
	err = l.withReader(ctx, func(c *conn) error {
		for _, id := range ids {
			r, _, err := c.lookupByID(id)
			if err != nil {
				return err
			}
			if r.corrupt {
				r.Record = lookup.Record{}
			}
			recs = append(recs, r.Record)
		}
		return nil
	})
	return recs, err
}

// RecordRow records the outcome of a row for which no lookup was made.
func (l *Ledger) RecordRow(ctx context.Context, id lookup.RunID, r lookup.RunRow) error {
	return l.groupCommit(ctx, func(c *conn) error { return c.saveRunRow(id, r) })
}

// recordRowOutcome records the outcome of a lookup in the row that it was made for, if
// any. A late outcome replaces "lost", unless another lookup has since been made for the
// row.
func (c *conn) recordRowOutcome(rec lookup.Record, late bool) error {
	cancelled := rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled
	switch {
	case rec.RowRef.Run == 0 || cancelled && !late:
		return nil
	case late: // the lost lookup had counted as one call
		_, err := c.exec("UPDATE run_row SET outcome = ?, calls = calls - 1 + ? WHERE run = ? AND row = ? AND id = ?",
			string(rec.RowOutcome()), rec.Calls(), int64(rec.RowRef.Run), rec.RowRef.Row, rec.ID)
		return err
	}
	return c.saveRunRow(rec.RowRef.Run, lookup.RunRow{
		Row: rec.RowRef.Row, ID: rec.ID, Outcome: rec.RowOutcome(), Calls: rec.Calls(),
	})
}

// saveRunRow records the outcome of a row and adds its calls to the earlier ones.
func (c *conn) saveRunRow(id lookup.RunID, r lookup.RunRow) error {
	_, err := c.exec(`INSERT INTO run_row (run, `+runRowColumns+`) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (run, row) DO UPDATE SET id = excluded.id, outcome = excluded.outcome, earlier = excluded.earlier,
		calls = calls + excluded.calls`, int64(id), r.Row, r.ID, string(r.Outcome), r.Reused, r.Calls)
	return err
}
