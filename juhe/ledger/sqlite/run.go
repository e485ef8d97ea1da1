package sqlite

import (
	"context"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// runColumns are the columns of a run in the order of scanRun. The column ended is
// Run.Finished, and written is Run.OutputHash.
const runColumns = `id, at, path, hash, sheet, head, columns, out, service, api, asked, rows, duplicate, invalid,
	stopped, ended, written, elapsed, hold, held`

// CreateRun records a new run and returns its ID. pasted is the input of the run if it was
// pasted, or "" if it is a file.
func (l *Ledger) CreateRun(ctx context.Context, r lookup.Run, pasted string) (id lookup.RunID, err error) {
	columns, err := json.Marshal(r.Columns)
	if err != nil {
		return 0, l.newError(lookup.LedgerFailed, err)
	}
	err = l.write(ctx, func(c *conn) error {
		_, err := c.exec(`INSERT INTO run (at, path, hash, sheet, head, columns, out, service, api, asked, rows, duplicate, invalid,
			stopped, ended, written, elapsed, hold, held) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			r.StartedAt.UnixMilli(), r.InputPath, r.InputHash, r.Sheet, r.HeaderRow, string(columns), r.OutputPath, r.Service, string(r.Query.API), r.Query.Regstatus,
			r.Rows, r.Duplicate, r.Invalid, string(r.StopReason), r.Finished, r.OutputHash, r.Elapsed.Milliseconds(), r.HoldWarned, r.Held)
		id = lookup.RunID(c.LastInsertRowID())
		if err != nil || pasted == "" {
			return err
		}
		_, err = c.exec("INSERT INTO run_input (run, rows) VALUES (?, ?)", int64(id), pasted)
		return err
	})
	return id, err
}

// SaveRun records the progress of a run: the fields of r that change after CreateRun.
func (l *Ledger) SaveRun(ctx context.Context, r lookup.Run) error {
	return l.write(ctx, func(c *conn) error {
		_, err := c.exec(`UPDATE run SET out = ?, stopped = ?, ended = ?, written = ?, elapsed = ?, hold = ?, held = ?,
			rows = ?, duplicate = ?, invalid = ? WHERE id = ?`,
			r.OutputPath, string(r.StopReason), r.Finished, r.OutputHash, r.Elapsed.Milliseconds(), r.HoldWarned, r.Held, r.Rows, r.Duplicate, r.Invalid, int64(r.ID))
		return err
	})
}

// Runs returns the newest runs, newest first: at most limit, or all if limit is 0.
func (l *Ledger) Runs(ctx context.Context, limit int) (runs []lookup.Run, err error) {
	if limit <= 0 {
		limit = -1
	}
	err = l.withReader(ctx, func(c *conn) error {
		return c.query(func(s *sqlite3.Stmt) bool {
			runs = append(runs, c.scanRun(s))
			return true
		}, "SELECT "+runColumns+" FROM run ORDER BY id DESC LIMIT ?", limit)
	})
	return runs, err
}

// Run returns a run. ok is false if it does not exist.
func (l *Ledger) Run(ctx context.Context, id lookup.RunID) (r lookup.Run, ok bool, err error) {
	err = l.withReader(ctx, func(c *conn) error {
		return c.query(func(s *sqlite3.Stmt) bool {
			r, ok = c.scanRun(s), true
			return false
		}, "SELECT "+runColumns+" FROM run WHERE id = ?", int64(id))
	})
	return r, ok, err
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
