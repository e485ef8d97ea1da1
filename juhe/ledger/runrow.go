package ledger

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// RunTally counts the rows of a run that have ended.
func (l *Ledger) RunTally(ctx context.Context, id lookup.RunID) (lookup.Tally, error) {
	t := lookup.Tally{ByOutcome: map[juhe.Outcome]int{}}
	err := l.with(ctx, &l.reader, func(c *conn) error {
		return c.each(func(s *sqlite3.Stmt) bool {
			t.ByOutcome[juhe.Outcome(s.ColumnText(0))] += s.ColumnInt(1)
			t.Sent += s.ColumnInt(2)
			return true
		}, "SELECT outcome, count(*), sum(calls) FROM run_row WHERE run = ? GROUP BY outcome", int64(id))
	})
	return t, err
}

// RunRows lists the rows of a run that have ended, in their order, those behind
// after, at most limit.
func (l *Ledger) RunRows(ctx context.Context, id lookup.RunID, after, limit int) (rows []lookup.RunRow, err error) {
	err = l.with(ctx, &l.reader, func(c *conn) error {
		return c.each(func(s *sqlite3.Stmt) bool {
			rows = append(rows, scanRow(s))
			return true
		}, "SELECT "+rowColumns+" FROM run_row WHERE run = ? AND row > ? ORDER BY row LIMIT ?", int64(id), after, limit)
	})
	return rows, err
}

const rowColumns = "row, id, outcome, earlier, calls"

func scanRow(s *sqlite3.Stmt) lookup.RunRow {
	return lookup.RunRow{
		Row: s.ColumnInt(0), ID: s.ColumnText(1), Outcome: juhe.Outcome(s.ColumnText(2)),
		Reused: s.ColumnBool(3), Calls: s.ColumnInt(4),
	}
}

// Records reads settled look-ups, in the order of their IDs as they are given.
// One that is not there, or cannot be read, is the zero Record.
func (l *Ledger) Records(ctx context.Context, ids []string) (recs []lookup.Record, err error) {
	err = l.with(ctx, &l.reader, func(c *conn) error {
		for _, id := range ids {
			f, _, err := c.find(id)
			if err != nil {
				return err
			}
			if f.rotten {
				f.Record = lookup.Record{}
			}
			recs = append(recs, f.Record)
		}
		return nil
	})
	return recs, err
}

// RecordRow records how a row ended for which no look-up was made.
func (l *Ledger) RecordRow(ctx context.Context, id lookup.RunID, r lookup.RunRow) error {
	return l.together(ctx, func(c *conn) error { return c.saveRow(id, r) })
}

// endRow does so for the row that a look-up was made for, if there is one. A late
// one had ended the row before, as lost; since then another may have.
func (c *conn) endRow(rec lookup.Record, late bool) error {
	held := rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled
	switch {
	case rec.RowRef.Run == 0 || held && !late:
		return nil
	case late:
		_, err := c.do("UPDATE run_row SET outcome = ?, calls = calls - 1 + ? WHERE run = ? AND row = ? AND id = ?",
			string(rec.RowOutcome()), rec.Calls(), int64(rec.RowRef.Run), rec.RowRef.Row, rec.ID)
		return err
	}
	return c.saveRow(rec.RowRef.Run, lookup.RunRow{
		Row: rec.RowRef.Row, ID: rec.ID, Outcome: rec.RowOutcome(), Calls: rec.Calls(),
	})
}

func (c *conn) saveRow(id lookup.RunID, r lookup.RunRow) error {
	_, err := c.do(`INSERT INTO run_row (run, `+rowColumns+`) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (run, row) DO UPDATE SET id = excluded.id, outcome = excluded.outcome, earlier = excluded.earlier,
		calls = calls + excluded.calls`, int64(id), r.Row, r.ID, string(r.Outcome), r.Reused, r.Calls)
	return err
}

// Priors is Past for many look-ups, to look ahead.
func (l *Ledger) Priors(ctx context.Context, recs []lookup.Record) (pasts []lookup.Prior, err error) {
	err = l.with(ctx, &l.reader, func(c *conn) error {
		for _, rec := range recs {
			past, _, err := l.past(c, rec)
			if err != nil {
				return err
			}
			pasts = append(pasts, past)
		}
		return nil
	})
	return pasts, err
}
