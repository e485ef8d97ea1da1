package sqlite

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// PastedRows returns the pasted input of a run. ok is false if there is none.
func (l *Ledger) PastedRows(ctx context.Context, id lookup.RunID) (rows string, ok bool, err error) {
	err = l.withReader(ctx, func(c *conn) error {
		return c.query(func(s *sqlite3.Stmt) bool {
			rows, ok = s.ColumnText(0), true
			return false
		}, "SELECT rows FROM run_input WHERE run = ?", int64(id))
	})
	return rows, ok, err
}

// DeletePastedRows deletes the pasted rows of a run.
func (l *Ledger) DeletePastedRows(ctx context.Context, id lookup.RunID) error {
	return l.write(ctx, func(c *conn) error {
		_, err := c.exec("DELETE FROM run_input WHERE run = ?", int64(id))
		return err
	})
}

// deletePastedRowsForLookup deletes the pasted rows of every run with a row that has this
// lookup, made for it or reused: all rows of the run, because a run must never resume
// with a part of its input.
func (c *conn) deletePastedRowsForLookup(id string) error {
	_, err := c.exec(`DELETE FROM run_input WHERE EXISTS
		(SELECT 1 FROM run_row WHERE run_row.run = run_input.run AND run_row.id = ?)`, id)
	return err
}

// deletePastedRowsBefore deletes the pasted rows of the runs that began before at, in Unix
// milliseconds, and returns the number of those runs.
func (c *conn) deletePastedRowsBefore(at int64) (runs int64, err error) {
	before := c.TotalChanges()
	_, err = c.exec("DELETE FROM run_input WHERE run IN (SELECT id FROM run WHERE at < ?)", at)
	return c.TotalChanges() - before, err
}
