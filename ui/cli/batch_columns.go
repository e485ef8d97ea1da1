package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/sheet"
)

// notOpened is the end of a run that could not be opened. Where the columns are
// not known, there is a run to choose them from.
func (a *App) notOpened(run *batch.Run, err error) error {
	var problem *batch.Error
	var mapping *sheet.MappingError
	switch {
	case errors.As(err, &mapping) && (mapping.Problem == sheet.MappingColumn || mapping.Problem == sheet.MappingTwice):
		known := *mapping
		if known.Allowed, _ = headings(known.Allowed); len(known.Allowed) == 0 && known.Problem == sheet.MappingColumn {
			known.Allowed = []string{"A", "B", "C", "…"}
		}
		return &batch.Error{Problem: batch.ProblemMap, Err: &known}
	case run != nil && errors.As(err, &problem):
		return usage(a.batchText(err) + "\n" + a.chooseColumns(run, problem.Fields))
	}
	return err
}

// headsTold is how many headings are told.
const headsTold = 40

// chooseColumns says which columns there are, and how to say which is which.
func (a *App) chooseColumns(run *batch.Run, fields []string) string {
	w, kept := a.words.Runs.Plan, run.Kept()
	shown, data := headings(run.Head())
	var named []string
	for i, head := range shown {
		if head != "" {
			named = append(named, sheet.ColumnName(i)+" "+head)
		}
	}
	if len(named) > headsTold {
		named = append(named[:headsTold], "…")
	}
	text := strings.Join(named, a.words.Semicolon)
	switch {
	case data:
		text = fmt.Sprintf(w.DataRow, kept.Head)
	case text != "":
		text = fmt.Sprintf(w.HeadsAre, kept.Head, text)
	default:
		text = fmt.Sprintf(w.Letters, "A", sheet.ColumnName(max(run.Width()-1, 0)))
	}
	return text + "\n" + fmt.Sprintf(w.Example, exampleMap(kept.Columns, fields))
}

// exampleMap gives fields the first columns that no other factor has.
func exampleMap(columns [4]int, fields []string) string {
	taken := map[int]bool{}
	for _, c := range columns {
		taken[c] = true
	}
	text, column := "", 0
	for i, f := range fields {
		for taken[column] {
			column++
		}
		if i > 0 {
			text += ","
		}
		text += f + "=" + sheet.ColumnName(column)
		column++
	}
	return text
}

// headWidth is how much of a heading is shown, in cells.
const headWidth = 30

// headings are the texts of a header, to be shown. What looks like a row of
// data is not, since it may hold a person.
func headings(head []string) (shown []string, data bool) {
	if batch.IsData(head) {
		return nil, true
	}
	for _, text := range head {
		shown = append(shown, ansi.Truncate(juhe.Harmless(strings.TrimSpace(text)), headWidth, "…"))
	}
	return shown, false
}
