package batch

import (
	"context"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/sheet"
)

// table writes the rows of a run with their results, a group at a time.
type table struct {
	*Run
	out     *sheet.Writer
	ended   ended
	rest    bool // only what has no verdict, without results
	columns int  // of the input
	reason  int  // the column of the reasons, where only the rest is written
	group   []line
	written int
}

// line is a row that waits for its result.
type line struct {
	cells  []sheet.Cell
	factor juhe.Factors // in their normal form
	result
}

// tableGroup is how many rows wait for their results at a time.
const tableGroup = 500

func (t *table) all(ctx context.Context) error {
	for row, err := range t.rows(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = t.add(ctx, row)
		}
		if err != nil {
			return err
		}
		t.at(row.offset)
	}
	return t.flush(ctx)
}

// add finds out how a row ended.
func (t *table) add(ctx context.Context, row row) (err error) {
	l := line{factor: t.check(&row, t.batch.Now()).Factors}
	l.remarks = row.remarks
	if l.fault = row.fault; t.held(row) {
		l.held = row.warnings()
	}
	l.cells = t.copied(row)
	switch {
	case l.fault.Problem != "":
		if l.row, l.known, err = t.ended.of(ctx, row.number); err != nil {
			return err
		}
		if paidFor(l.row, l.known) { // by an older program
			l.fault = Fault{}
		}
	default:
		first, there := t.first[keyOf(l.factor)]
		switch {
		case !there:
			return &Error{Problem: ProblemChanged, Path: t.kept.InputPath}
		case int(first) == row.number:
			l.row, l.known, err = t.ended.of(ctx, row.number)
		default:
			l.of = int(first)
			l.row, l.known, err = t.one(ctx, l.of)
		}
		if err != nil {
			return err
		}
	}
	t.group = append(t.group, l)
	if len(t.group) == tableGroup {
		return t.flush(ctx)
	}
	return nil
}

// copied are the cells of a row as they were. A factor that must not be sent has
// to be refused again when the output is itself an input: see sheet.Spoilt.
func (t *table) copied(row row) []sheet.Cell {
	cells := make([]sheet.Cell, t.columns, t.columns+len(ResultColumns()))
	for i, value := range row.cells[:min(len(row.cells), t.columns)] {
		cells[i] = sheet.Copy(value)
	}
	for i, f := range ident.Fields() {
		switch column := t.kept.Columns[i]; {
		case column >= len(row.cells):
		case row.moved() && f == ident.Idcard, row.damage[i] == sheet.DamageMerged:
			cells[column] = sheet.Refused(row.cells[column])
		case row.damage[i] != "":
			cells[column] = sheet.Spoilt(row.cells[column], code(f))
		case row.cells[column].Kind == sheet.KindNumber: // every digit of it is there
			cells[column] = sheet.Text(lookup.Value(row.typed, f))
		}
	}
	return cells
}

// one is how a row ended that has been passed by.
func (t *table) one(ctx context.Context, number int) (r lookup.RunRow, ok bool, err error) {
	rows, err := t.batch.Ledger.RunRows(ctx, t.kept.ID, number-1, 1)
	if err != nil || len(rows) == 0 || rows[0].Row != number {
		return r, false, err
	}
	return rows[0], true, nil
}

// reasoned are the cells of a row without a verdict, and why it has none: in the
// column that an earlier such file has for it, or in a new one.
func (t *table) reasoned(l line) []sheet.Cell {
	reason := t.result(l.result)[1]
	if t.reason < len(l.cells) {
		l.cells[t.reason] = reason
		return l.cells
	}
	return append(l.cells, reason)
}

// flush writes the group with the look-ups of its rows.
func (t *table) flush(ctx context.Context) error {
	var ids []string
	for _, l := range t.group {
		ids = append(ids, l.row.ID)
	}
	records, err := t.batch.Ledger.Records(ctx, ids)
	if err != nil {
		return err
	}
	for i, l := range t.group {
		l.record = records[i]
		if l.record.ID != "" && lookup.NormalizeFactors(l.record.Query.Factors) != l.factor { // a run may be older than a rule of the normal form
			return &Error{Problem: ProblemChanged, Path: t.kept.InputPath} // it would get another's answer
		}
		if err := t.write(l); err != nil {
			return err
		}
	}
	t.group = t.group[:0]
	return nil
}

func (t *table) write(l line) error {
	if t.rest {
		if l.known && l.row.Outcome.Verdict() {
			return nil
		}
		t.written++
		return t.out.Write(t.reasoned(l))
	}
	t.written++
	return t.out.Write(append(l.cells, t.result(l.result)...))
}
