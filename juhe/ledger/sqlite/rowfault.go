package sqlite

import (
	"context"

	"github.com/go-json-experiment/json"
	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// ReleaseHeldRows deletes the faults of the rows of a run that are held back.
func (l *Ledger) ReleaseHeldRows(ctx context.Context, id lookup.RunID) error {
	return l.write(ctx, func(c *conn) error {
		_, err := c.exec("DELETE FROM run_fault WHERE run = ? AND problem = ''", int64(id))
		return err
	})
}

// The columns field, spot, cells and remarks of run_fault are Factor, Column, ExtraCells
// and Warnings of a lookup.RowFault. An empty problem means that the row is held back.

// SaveRowFaults records why rows of a run cannot be sent or are held back. It replaces the
// earlier faults of these rows.
func (l *Ledger) SaveRowFaults(ctx context.Context, id lookup.RunID, faults []lookup.RowFault) error {
	return l.write(ctx, func(c *conn) error {
		for _, f := range faults {
			warnings, err := json.Marshal(f.Warnings)
			if err != nil {
				return err
			}
			if _, err := c.exec(`INSERT INTO run_fault (run, row, field, spot, problem, cells, remarks) VALUES (?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (run, row) DO UPDATE SET field = excluded.field, spot = excluded.spot, problem = excluded.problem,
				cells = excluded.cells, remarks = excluded.remarks`, int64(id), f.Row, f.Factor, f.Column, f.Problem, f.ExtraCells, string(warnings)); err != nil {
				return err
			}
		}
		return nil
	})
}

// unresolvedRows selects the rows of a run that ended without a verdict or were not sent.
// The fault of a row that was sent later is ignored.
const unresolvedRows = `FROM (
		SELECT row, id, outcome, earlier, calls, '' AS field, 0 AS spot, '' AS problem, 0 AS cells, '' AS remarks
		FROM run_row WHERE run = ?1 AND outcome NOT IN ('match', 'mismatch')
	UNION ALL
		SELECT row, '', 'unsent', 0, 0, field, spot, problem, cells, remarks
		FROM run_fault WHERE run = ?1 AND NOT EXISTS (SELECT 1 FROM run_row WHERE run_row.run = ?1 AND run_row.row = run_fault.row)
	)`

// UnresolvedRows returns the rows of a run that need attention, in ascending order. It
// skips the first skip rows and returns at most limit. count is the total.
func (l *Ledger) UnresolvedRows(ctx context.Context, id lookup.RunID, skip, limit int) (rows []lookup.UnresolvedRow, count int, err error) {
	err = l.withReader(ctx, func(c *conn) error {
		n, err := c.queryInt("SELECT count(*) "+unresolvedRows, int64(id))
		if err != nil {
			return err
		}
		count = int(n)
		return c.query(func(s *sqlite3.Stmt) bool {
			row := lookup.UnresolvedRow{RunRow: scanRunRow(s)}
			row.Fault = lookup.RowFault{Row: row.Row, Factor: s.ColumnText(5), Column: s.ColumnInt(6), Problem: s.ColumnText(7), ExtraCells: s.ColumnInt(8)}
			_ = json.Unmarshal(s.ColumnRawText(9), &row.Fault.Warnings) // as in scanLookup
			rows = append(rows, row)
			return true
		}, "SELECT * "+unresolvedRows+" ORDER BY row LIMIT ?2 OFFSET ?3", int64(id), limit, skip)
	})
	return rows, count, err
}
