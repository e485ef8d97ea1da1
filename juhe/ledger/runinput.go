package ledger

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// PastedRows is the input of a run whose rows were pasted.
func (l *Ledger) PastedRows(ctx context.Context, id lookup.RunID) (rows string, ok bool, err error) {
	err = l.with(ctx, &l.reader, func(c *conn) error {
		return c.each(func(s *sqlite3.Stmt) bool {
			rows, ok = s.ColumnText(0), true
			return false
		}, "SELECT rows FROM run_input WHERE run = ?", int64(id))
	})
	return rows, ok, err
}

// StorePastedRows takes in the input of a run that an older program has kept in a file.
func (l *Ledger) StorePastedRows(ctx context.Context, id lookup.RunID, rows string) error {
	return l.write(ctx, func(c *conn) error {
		if err := c.addPasted(id, rows); err != nil {
			return err
		}
		_, err := c.do("UPDATE run SET path = '' WHERE id = ?", int64(id))
		return err
	})
}

func (c *conn) addPasted(id lookup.RunID, rows string) error {
	_, err := c.do("INSERT INTO run_input (run, rows) VALUES (?, ?) ON CONFLICT (run) DO NOTHING", int64(id), rows)
	return err
}

// DeletePastedRows deletes the input of a run that has nothing left to do.
func (l *Ledger) DeletePastedRows(ctx context.Context, id lookup.RunID) error {
	return l.write(ctx, func(c *conn) error {
		_, err := c.do("DELETE FROM run_input WHERE run = ?", int64(id))
		return err
	})
}

// dropPastedOf deletes the pasted rows that a lookup was made for, with all others
// of their run: the input of a run is whole, or it is none.
func (c *conn) dropPastedOf(id string) error {
	_, err := c.do(`DELETE FROM run_input WHERE EXISTS
		(SELECT 1 FROM run_row WHERE run_row.run = run_input.run AND run_row.id = ?)`, id)
	return err
}

// dropPastedBefore deletes those of runs that began before at, in milliseconds, and
// gives how many runs that were.
func (c *conn) dropPastedBefore(at int64) (dropped int64, err error) {
	before := c.TotalChanges()
	_, err = c.do("DELETE FROM run_input WHERE run IN (SELECT id FROM run WHERE at < ?)", at)
	return c.TotalChanges() - before, err
}
