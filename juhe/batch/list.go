package batch

import (
	"context"
	"errors"
	"strconv"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/sheet"
)

// List tells how the runs stand, the newest first, at most limit; all for 0.
func (b *Runner) List(ctx context.Context, limit int) ([]Summary, error) {
	runs, err := b.Ledger.Runs(ctx, limit)
	if err != nil {
		return nil, err
	}
	var all []Summary
	for _, kept := range runs {
		tally, err := b.Ledger.RunTally(ctx, kept.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, newSummary(kept, tally))
	}
	return all, nil
}

// newSummary counts every row of a run once.
func newSummary(kept lookup.Run, tally lookup.Tally) Summary {
	s := Summary{Run: kept, ByOutcome: map[juhe.Outcome]int{}, Sent: tally.Sent}
	unsent := kept.Rows - kept.Duplicate - kept.Invalid
	for outcome, n := range tally.ByOutcome {
		if outcome != juhe.Unsent {
			s.ByOutcome[outcome] = n
			unsent -= n
		}
	}
	s.ByOutcome[juhe.Unsent] = unsent
	return s
}

// ErrorMessages say why a run, or its input, failed.
type ErrorMessages interface {
	lookup.Messages
	RunProblem(problem, path, detail string, fields []string) string
	ReadProblem(problem, path, detail string, row int, column string) string
	MappingProblem(problem, part string, allowed []string) string
	// InSheet says of which sheet something is, behind it.
	InSheet(sheet string) string
}

// ErrorText says why a run cannot begin or go on, in the reader's language: an
// *Error, a *sheet.ReadError or a ledger's; any other error as it is.
func ErrorText(w ErrorMessages, err error) string {
	var run *Error
	var read *sheet.ReadError
	var mapping *sheet.MappingError
	switch {
	case errors.As(err, &mapping):
		part := w.MappingProblem(string(mapping.Problem), juhe.Harmless(mapping.Part), sanitizeAll(mapping.Allowed))
		return w.RunProblem(string(ProblemMapping), "", part, nil)
	case errors.As(err, &run):
		detail := run.Detail
		if run.Err != nil {
			detail = innermostText(run.Err)
		}
		text := w.RunProblem(string(run.Problem), juhe.Harmless(run.Path), juhe.Harmless(detail), run.Fields)
		if run.Sheet != "" {
			text += w.InSheet(juhe.Harmless(run.Sheet))
		}
		return text
	case errors.As(err, &read):
		column := ""
		if read.Column > 0 {
			column = sheet.ColumnName(read.Column - 1)
		}
		return w.ReadProblem(string(read.Problem), juhe.Harmless(read.Path), juhe.Harmless(read.Detail), read.Row, column)
	}
	return lookup.ErrorText(w, err)
}

func sanitizeAll(texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = juhe.Harmless(text)
	}
	return all
}

// innermostText is the innermost error's text: the path is told already.
func innermostText(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

// StopCode is the code that a run was stopped by, or 0.
func (s Summary) StopCode() int {
	code, _ := strconv.Atoi(string(s.Run.StopReason))
	return code
}
