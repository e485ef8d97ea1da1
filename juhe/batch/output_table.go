package batch

import (
	"cmp"
	"context"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
)

// outputTable writes the rows of a run with their results, in groups.
type outputTable struct {
	*Run
	out            *table.Writer
	unresolvedOnly bool // only rows without a verdict, with the reason instead of results
	inputColumns   int  // of the input
	reasonColumn   int  // index, if unresolvedOnly
	group          []outputRow
	rowsWritten    int
}

// outputRow is a row waiting for its result.
type outputRow struct {
	cells   []table.Cell
	factors juhe.Factors // normalized
	result
}

// groupSize is the number of rows written at a time.
const groupSize = 500

func (t *outputTable) writeRows(ctx context.Context) error {
	for row, err := range t.inputRows(ctx) {
		if err = cmp.Or(err, ctx.Err()); err == nil {
			err = t.add(ctx, row)
		}
		if err != nil {
			return err
		}
		t.setOffset(row.Offset)
	}
	return t.flush(ctx)
}

// add adds a row and finds its outcome.
func (t *outputTable) add(ctx context.Context, row inputRow) (err error) {
	t.check(&row)
	l := outputRow{factors: row.rec.Query.Factors, result: result{row: row.result, fault: row.fault, warnings: row.rec.Warnings}}
	if t.isHeld(row) {
		l.held = row.warningsToConfirm()
	}
	l.cells = t.inputCells(row)
	switch first, ok := t.firstRows[newFactorsKey(l.factors)]; {
	case l.fault.Problem != "", ok && int(first) == row.Number:
	case ok:
		l.duplicateOf = int(first)
		if l.row, err = t.findRow(ctx, l.duplicateOf); err != nil {
			return err
		}
	default:
		return &Error{Problem: ProblemChanged, Path: t.record.InputPath}
	}
	if !isOpen(l.row) { // an older version sent it, whatever the fault is now
		l.fault = lookup.RowFault{}
	}
	t.group = append(t.group, l)
	if len(t.group) == groupSize {
		return t.flush(ctx)
	}
	return nil
}

// inputCells copies the cells of a row. A corrupted factor stays recognizable, because the
// output may become an input: see detect.Corrupted.
func (t *outputTable) inputCells(row inputRow) []table.Cell {
	cells := make([]table.Cell, t.inputColumns, t.inputColumns+len(ResultColumns()))
	for i, value := range row.Cells[:min(len(row.Cells), t.inputColumns)] {
		cells[i] = table.Copy(value)
	}
	for f := range juhe.NumFactors {
		switch column := t.record.Columns[f]; {
		case column >= len(row.Cells):
		case row.isShifted() && f == juhe.Idcard, row.Corruption[f] == detect.CorruptionMerged:
			cells[column] = table.Marked(table.Value{Text: row.Cells[column].Text})
		case row.Corruption[f] != "":
			cells[column] = detect.Corrupted(f, row.Cells[column])
		case row.Cells[column].Kind == table.KindNumber: // all digits are preserved
			cells[column] = table.Text(row.Factors[f])
		}
	}
	return cells
}

// findRow returns the result of an earlier row, zero if it has none.
func (t *outputTable) findRow(ctx context.Context, number int) (lookup.RunRow, error) {
	rows, err := t.runner.Ledger.RunRows(ctx, t.record.ID, number-1, 1)
	if err != nil || len(rows) == 0 || rows[0].Row != number {
		return lookup.RunRow{}, err
	}
	return rows[0], nil
}

// withReason returns the cells of a row with the reason why it has no verdict. A reason
// column of an earlier export is reused.
func (t *outputTable) withReason(row outputRow) []table.Cell {
	reason := t.resultCells(row.result)[ColumnMeaning]
	if t.reasonColumn < len(row.cells) {
		row.cells[t.reasonColumn] = reason
		return row.cells
	}
	return append(row.cells, reason)
}

// flush writes the group with its lookups.
func (t *outputTable) flush(ctx context.Context) error {
	var ids []string
	for _, l := range t.group {
		ids = append(ids, l.row.ID)
	}
	records, err := t.runner.Ledger.Records(ctx, ids)
	if err != nil {
		return err
	}
	for i, l := range t.group {
		l.record = records[i]
		if l.record.ID != "" && lookup.NormalizeFactors(l.record.Query.Factors) != l.factors { // the rules may have changed since the run
			return &Error{Problem: ProblemChanged, Path: t.record.InputPath}
		}
		if err := t.write(l); err != nil {
			return err
		}
	}
	t.group = t.group[:0]
	return nil
}

func (t *outputTable) write(row outputRow) error {
	switch {
	case !t.unresolvedOnly:
		cells := t.resultCells(row.result)
		for _, column := range ResultColumns() {
			row.cells = append(row.cells, cells[column])
		}
	case row.row.Outcome.IsVerdict():
		return nil
	default:
		row.cells = t.withReason(row)
	}
	t.rowsWritten++
	return t.out.Write(row.cells)
}
