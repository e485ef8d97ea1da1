package batchcmd

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/table"
	"fourfactor/ui/cli"
)

// openError is the error of a run that could not be opened. If the columns are
// not known, run is there to list them.
func openError(s *cli.Session, run *batch.Run, err error) error {
	var problem *batch.Error
	var mapping *detect.MappingError
	switch {
	case errors.As(err, &mapping) && (mapping.Problem == detect.MappingColumn || mapping.Problem == detect.MappingDuplicate):
		known := *mapping
		if known.Allowed, _ = headerTexts(known.Allowed); len(known.Allowed) == 0 && known.Problem == detect.MappingColumn {
			known.Allowed = []string{"A", "B", "C", "…"}
		}
		return &batch.Error{Problem: batch.ProblemMapping, Err: &known}
	case run != nil && errors.As(err, &problem):
		return cli.UsageError(s.ErrorTextWithHelp(err) + "\n" + columnHelp(s, run, problem.Fields))
	}
	return err
}

// maxHeaders limits the headers that an error lists.
const maxHeaders = 40

// columnHelp lists the columns and shows how to map them.
func columnHelp(s *cli.Session, run *batch.Run, fields []string) string {
	w, record := s.Messages.Runs.Plan, run.Record()
	shown, data := headerTexts(run.Header().Texts)
	var named []string
	for i, head := range shown {
		if head != "" {
			named = append(named, table.ColumnName(i)+" "+head)
		}
	}
	if len(named) > maxHeaders {
		named = append(named[:maxHeaders], "…")
	}
	text := strings.Join(named, s.Messages.Semicolon)
	switch {
	case data:
		text = fmt.Sprintf(w.DataRow, record.HeaderRow)
	case text != "":
		text = fmt.Sprintf(w.HeadersAre, record.HeaderRow, text)
	default:
		text = fmt.Sprintf(w.AvailableColumns, "A", table.ColumnName(max(run.Header().Width-1, 0)))
	}
	example, sure := exampleMap(run.GuessColumns(ident.ScoreLikely), fields, w.ColumnPlaceholder)
	if !sure {
		return text + "\n" + fmt.Sprintf(w.UseMap, example)
	}
	return text + "\n" + fmt.Sprintf(w.UseMapExample, example)
}

// exampleMap returns a --map value with the columns whose content fits the
// fields, and the word anything where none does: whoever copies a wrong example
// pays for each row. sure reports whether every field has a column.
func exampleMap(fitting detect.Mapping, fields []string, anything string) (text string, sure bool) {
	sure = true
	for f := range juhe.NumFactors {
		if !slices.Contains(fields, f.String()) {
			continue
		}
		column := anything
		if fitting[f] >= 0 {
			column = table.ColumnName(fitting[f])
		}
		if text += "," + f.String() + "=" + column; fitting[f] < 0 {
			sure = false
		}
	}
	return strings.TrimPrefix(text, ","), sure
}

// headerWidth limits the displayed part of a header, in cells.
const headerWidth = 30

// headerTexts returns the headers for display. A row that looks like data is not
// returned, because it may hold a person.
func headerTexts(head []string) (shown []string, data bool) {
	if detect.IsDataRow(head) {
		return nil, true
	}
	for _, text := range head {
		shown = append(shown, ansi.Truncate(juhe.Sanitize(strings.TrimSpace(text)), headerWidth, "…"))
	}
	return shown, false
}
