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
func (b *Batch) List(ctx context.Context, limit int) ([]Summary, error) {
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
		all = append(all, summary(kept, tally))
	}
	return all, nil
}

// summary counts every row of a run once.
func summary(kept lookup.Run, tally lookup.Tally) Summary {
	s := Summary{Run: kept, Outcome: map[juhe.Outcome]int{}, Sent: tally.Sent}
	unsent := kept.Rows - kept.Duplicate - kept.Invalid
	for outcome, n := range tally.ByOutcome {
		if outcome != juhe.Unsent {
			s.Outcome[outcome] = n
			unsent -= n
		}
	}
	s.Outcome[juhe.Unsent] = unsent
	return s
}

// ErrorWords say why a run, or its input, failed.
type ErrorWords interface {
	lookup.Messages
	RunProblem(problem, path, detail string, fields []string) string
	ReadProblem(problem, path, detail string, row int, column string) string
	Mapping(problem, part string, allowed []string) string
	// InSheet says of which sheet something is, behind it.
	InSheet(sheet string) string
}

// ErrorText says why a run cannot begin or go on, in the reader's language: an
// *Error, a *sheet.ReadError or a ledger's; any other error as it is.
func ErrorText(w ErrorWords, err error) string {
	var run *Error
	var read *sheet.ReadError
	var mapping *sheet.MappingError
	switch {
	case errors.As(err, &mapping):
		part := w.Mapping(string(mapping.Problem), juhe.Harmless(mapping.Part), harmless(mapping.Allowed))
		return w.RunProblem(string(ProblemMap), "", part, nil)
	case errors.As(err, &run):
		detail := run.Detail
		if run.Err != nil {
			detail = cause(run.Err)
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

func harmless(texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = juhe.Harmless(text)
	}
	return all
}

// cause is the innermost error's text: the path is told already.
func cause(err error) string {
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
