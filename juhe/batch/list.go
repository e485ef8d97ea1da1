package batch

import (
	"context"
	"errors"
	"strconv"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
)

// List returns the runs, newest first; at most limit, or all for 0.
func (b *Runner) List(ctx context.Context, limit int) ([]Summary, error) {
	runs, err := b.Ledger.Runs(ctx, limit)
	if err != nil {
		return nil, err
	}
	var all []Summary
	for _, run := range runs {
		tally, err := b.Ledger.RunTally(ctx, run.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, newSummary(run, tally))
	}
	return all, nil
}

// newSummary returns the summary of a run. Every row counts once.
func newSummary(run lookup.Run, tally lookup.Tally) Summary {
	s := Summary{Run: run, ByOutcome: map[juhe.Outcome]int{}, Sent: tally.Calls}
	unsent := run.Rows - run.Duplicate - run.Invalid
	for outcome, n := range tally.ByOutcome {
		if outcome != juhe.Unsent {
			s.ByOutcome[outcome] = n
			unsent -= n
		}
	}
	s.ByOutcome[juhe.Unsent] = unsent
	return s
}

// ErrorMessages are the localized texts of errors.
type ErrorMessages interface {
	lookup.Messages
	RunProblem(problem, path, detail string, fields []string) string
	ReadProblem(problem, path, detail string, row int, column string) string
	MappingProblem(problem, part string, allowed []string) string
	// InSheet returns a suffix that names the sheet.
	InSheet(sheet string) string
}

// ErrorText returns the localized text of an error: an *Error, a *table.ReadError or a
// *lookup.LedgerError. Any other error keeps its text.
func ErrorText(texts ErrorMessages, err error) string {
	var run *Error
	var read *table.ReadError
	var mapping *detect.MappingError
	switch {
	case errors.As(err, &mapping):
		part := texts.MappingProblem(string(mapping.Problem), juhe.Sanitize(mapping.Part), sanitizeAll(mapping.Allowed))
		return texts.RunProblem(string(ProblemMapping), "", part, nil)
	case errors.As(err, &run):
		detail := run.Detail
		if run.Err != nil {
			detail = innermostText(run.Err)
		}
		text := texts.RunProblem(string(run.Problem), juhe.Sanitize(run.Path), juhe.Sanitize(detail), run.Fields)
		if run.Sheet != "" {
			text += texts.InSheet(juhe.Sanitize(run.Sheet))
		}
		return text
	case errors.As(err, &read):
		column := ""
		if read.Column > 0 {
			column = table.ColumnName(read.Column - 1)
		}
		return texts.ReadProblem(string(read.Problem), juhe.Sanitize(read.Path), juhe.Sanitize(read.Detail), read.Row, column)
	}
	return lookup.ErrorText(texts, err)
}

func sanitizeAll(texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = juhe.Sanitize(text)
	}
	return all
}

// innermostText returns the text of the innermost error, without the path that the
// message already has.
func innermostText(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

// StopCode returns the error code that stopped the run, or 0.
func (s Summary) StopCode() int {
	code, _ := strconv.Atoi(string(s.Run.StopReason))
	return code
}
