package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// runs implements ledger.Runs.
type runs struct{ *database }

// runColumns are the columns of a run in the order of scanRun. The column ended is
// Run.Finished, and written is Run.OutputHash.
const runColumns = `id, at, path, hash, sheet, head, columns, out, service, api, asked, rows, duplicate, invalid,
	stopped, ended, written, elapsed, hold, held`

// CreateRun implements ledger.Ledger.
func (r runs) CreateRun(ctx context.Context, run lookup.Run, pasted string) (id lookup.RunID, err error) {
	columns, _ := json.Marshal(run.Columns)
	err = r.write(ctx, func(c *conn) error {
		err := c.exec(`INSERT INTO run (`+runColumns+`) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			run.StartedAt.UnixMilli(), run.InputPath, run.InputHash, run.Sheet, run.HeaderRow, string(columns), run.OutputPath, run.Service, string(run.Query.API), run.Query.Regstatus,
			run.Rows, run.Duplicate, run.Invalid, string(run.StopReason), run.Finished, run.OutputHash, run.Elapsed.Milliseconds(), run.HoldWarned, run.Held)
		id = lookup.RunID(c.LastInsertRowID())
		if err != nil || pasted == "" {
			return err
		}
		return c.exec("INSERT INTO run_input (run, rows) VALUES (?, ?)", int64(id), pasted)
	})
	return id, err
}

// SaveRun implements ledger.Ledger.
func (r runs) SaveRun(ctx context.Context, run lookup.Run) error {
	return r.exec(ctx, `UPDATE run SET out = ?, stopped = ?, ended = ?, written = ?, elapsed = ?, hold = ?, held = ?,
		rows = ?, duplicate = ?, invalid = ? WHERE id = ?`,
		run.OutputPath, string(run.StopReason), run.Finished, run.OutputHash, run.Elapsed.Milliseconds(), run.HoldWarned, run.Held,
		run.Rows, run.Duplicate, run.Invalid, int64(run.ID))
}

// Runs implements ledger.Ledger.
func (r runs) Runs(ctx context.Context, limit int) ([]lookup.Run, error) {
	if limit <= 0 {
		limit = -1
	}
	return read(ctx, r.database, &r.reader, func(c *conn) ([]lookup.Run, error) {
		return allRows(c, c.scanRun, "SELECT "+runColumns+" FROM run ORDER BY id DESC LIMIT ?", limit)
	})
}

// Run implements ledger.Ledger.
func (r runs) Run(ctx context.Context, id lookup.RunID) (run lookup.Run, ok bool, err error) {
	err = r.withConn(ctx, &r.reader, func(c *conn) error {
		run, ok, err = firstRow(c, c.scanRun, "SELECT "+runColumns+" FROM run WHERE id = ?", int64(id))
		return err
	})
	return run, ok, err
}

func (c *conn) scanRun(s *sqlite3.Stmt) lookup.Run {
	text := s.ColumnText
	r := lookup.Run{
		ID: lookup.RunID(s.ColumnInt64(0)), StartedAt: c.localTime(s.ColumnInt64(1)),
		InputPath: text(2), InputHash: text(3), Sheet: text(4), HeaderRow: s.ColumnInt(5), OutputPath: text(7), Service: text(8),
		Query: juhe.Query{API: juhe.API(text(9)), Regstatus: s.ColumnBool(10)},
		Rows:  s.ColumnInt(11), Duplicate: s.ColumnInt(12), Invalid: s.ColumnInt(13),
		StopReason: lookup.StopReason(text(14)), Finished: s.ColumnBool(15), OutputHash: text(16),
		Elapsed:    time.Duration(s.ColumnInt64(17)) * time.Millisecond,
		HoldWarned: s.ColumnBool(18), Held: s.ColumnInt(19),
	}
	// If that fails, all columns are 0, and the run cannot be resumed.
	_ = json.Unmarshal(s.ColumnRawText(6), &r.Columns)
	return r
}

// LockRun implements ledger.Ledger.
func (r runs) LockRun(ctx context.Context, id lookup.RunID) (unlock func(), err error) {
	if err := r.open(ctx); err != nil {
		return nil, err
	}
	var file *os.File
	if err = makePrivateDir(r.files.runsDir()); err == nil {
		file, err = lockFile(filepath.Join(r.files.runsDir(), id.String()))
	}
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, lookup.ErrLocked
	case err != nil:
		return nil, r.wrapErr(ctx, err)
	}
	if r.readOnlyErr() == nil { // the previous process of the run may have been killed
		if err := r.write(ctx, r.recordLost); err != nil {
			file.Close()
			return nil, err
		}
	}
	return func() {
		os.Remove(file.Name())
		file.Close()
	}, nil
}

// RunTally implements ledger.Ledger.
func (r runs) RunTally(ctx context.Context, id lookup.RunID) (lookup.Tally, error) {
	t := lookup.Tally{ByOutcome: map[juhe.Outcome]int{}}
	err := r.withConn(ctx, &r.reader, func(c *conn) error {
		return c.query(func(s *sqlite3.Stmt) bool {
			t.ByOutcome[juhe.Outcome(s.ColumnText(0))] += s.ColumnInt(1)
			t.Calls += s.ColumnInt(2)
			return true
		}, "SELECT outcome, count(*), sum(calls) FROM run_row WHERE run = ? GROUP BY outcome", int64(id))
	})
	return t, err
}

// RunRows implements ledger.Ledger.
func (r runs) RunRows(ctx context.Context, id lookup.RunID, after, limit int) ([]lookup.RunRow, error) {
	return read(ctx, r.database, &r.reader, func(c *conn) ([]lookup.RunRow, error) {
		return allRows(c, scanRunRow, "SELECT "+runRowColumns+" FROM run_row WHERE run = ? AND row > ? ORDER BY row LIMIT ?", int64(id), after, limit)
	})
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

// RecordRow implements ledger.Ledger.
func (r runs) RecordRow(ctx context.Context, id lookup.RunID, row lookup.RunRow) error {
	return r.commits.commit(ctx, func(c *conn) error { return c.saveRunRow(id, row) })
}

// recordRowOutcome records the outcome of a lookup in the row that it was made for, if
// any. A late outcome replaces "lost", unless another lookup has since been made for the
// row.
func (c *conn) recordRowOutcome(rec lookup.Record, late bool) error {
	switch {
	case rec.RowRef.Run == 0 || ledger.IsCancelledRow(rec) && !late:
		return nil
	case late: // the lost lookup had counted as one call
		return c.exec("UPDATE run_row SET outcome = ?, calls = calls - 1 + ? WHERE run = ? AND row = ? AND id = ?",
			string(rec.RowOutcome()), rec.Calls(), int64(rec.RowRef.Run), rec.RowRef.Row, rec.ID)
	}
	return c.saveRunRow(rec.RowRef.Run, lookup.RunRow{
		Row: rec.RowRef.Row, ID: rec.ID, Outcome: rec.RowOutcome(), Calls: rec.Calls(),
	})
}

// saveRunRow records the outcome of a row and adds its calls to the earlier ones.
func (c *conn) saveRunRow(id lookup.RunID, r lookup.RunRow) error {
	return c.exec(`INSERT INTO run_row (run, `+runRowColumns+`) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (run, row) DO UPDATE SET id = excluded.id, outcome = excluded.outcome, earlier = excluded.earlier,
		calls = calls + excluded.calls`, int64(id), r.Row, r.ID, string(r.Outcome), r.Reused, r.Calls)
}

// PastedRows implements ledger.Ledger.
func (r runs) PastedRows(ctx context.Context, id lookup.RunID) (rows string, ok bool, err error) {
	err = r.withConn(ctx, &r.reader, func(c *conn) error {
		rows, ok, err = firstRow(c, columnText, "SELECT rows FROM run_input WHERE run = ?", int64(id))
		return err
	})
	return rows, ok, err
}

// DeletePastedRows implements ledger.Ledger.
func (r runs) DeletePastedRows(ctx context.Context, id lookup.RunID) error {
	return r.exec(ctx, "DELETE FROM run_input WHERE run = ?", int64(id))
}

// deletePastedRowsOf deletes the pasted rows of every run with a row that has this
// lookup, made for it or reused: all rows of the run, because a run must never resume
// with a part of its input.
func (c *conn) deletePastedRowsOf(id string) error {
	return c.exec(`DELETE FROM run_input WHERE EXISTS
		(SELECT 1 FROM run_row WHERE run_row.run = run_input.run AND run_row.id = ?)`, id)
}

// deletePastedRowsBefore deletes the pasted rows of the runs that began before a time, and
// returns the number of those runs.
func (c *conn) deletePastedRowsBefore(at time.Time) (runs int64, err error) {
	err = c.exec("DELETE FROM run_input WHERE run IN (SELECT id FROM run WHERE at < ?)", at.UnixMilli())
	return c.Changes(), err
}

// The columns field, spot, cells and remarks of run_fault are Factor, Column, ExtraCells
// and Warnings of a lookup.RowFault. An empty problem means that the row is held back.

// SaveRowFaults implements ledger.Ledger.
func (r runs) SaveRowFaults(ctx context.Context, id lookup.RunID, faults []lookup.RowFault) error {
	return r.write(ctx, func(c *conn) error {
		for _, f := range faults {
			warnings, _ := json.Marshal(f.Warnings) // as in requestValues
			if err := c.exec(`INSERT INTO run_fault (run, row, field, spot, problem, cells, remarks) VALUES (?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (run, row) DO UPDATE SET field = excluded.field, spot = excluded.spot, problem = excluded.problem,
				cells = excluded.cells, remarks = excluded.remarks`, int64(id), f.Row, f.Factor, f.Column, f.Problem, f.ExtraCells, string(warnings)); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReleaseHeldRows implements ledger.Ledger.
func (r runs) ReleaseHeldRows(ctx context.Context, id lookup.RunID) error {
	return r.exec(ctx, "DELETE FROM run_fault WHERE run = ? AND problem = ''", int64(id))
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

// UnresolvedRows implements ledger.Ledger.
func (r runs) UnresolvedRows(ctx context.Context, id lookup.RunID, skip, limit int) (rows []lookup.UnresolvedRow, count int, err error) {
	err = r.withConn(ctx, &r.reader, func(c *conn) error {
		n, err := c.queryInt("SELECT count(*) "+unresolvedRows, int64(id))
		if err != nil {
			return err
		}
		count = int(n)
		rows, err = allRows(c, func(s *sqlite3.Stmt) lookup.UnresolvedRow {
			row := lookup.UnresolvedRow{RunRow: scanRunRow(s)}
			row.Fault = lookup.RowFault{Row: row.Row, Factor: s.ColumnText(5), Column: s.ColumnInt(6), Problem: s.ColumnText(7), ExtraCells: s.ColumnInt(8)}
			_ = json.Unmarshal(s.ColumnRawText(9), &row.Fault.Warnings) // as in scanRequest
			return row
		}, "SELECT * "+unresolvedRows+" ORDER BY row LIMIT ?2 OFFSET ?3", int64(id), limit, skip)
		return err
	})
	return rows, count, err
}
