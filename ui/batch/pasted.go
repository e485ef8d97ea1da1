package batch

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/widget"
)

// Paste begins a new run with rows that were pasted: cells between tabs. They are
// written nowhere before the run begins, and then into the ledger alone, for it may
// have to go on with them another day.
func (s *Screen) Paste(rows string) tea.Cmd {
	switch {
	case s.UnderWay():
		return s.oneAtATime()
	case s.job.underWay():
		return nil
	}
	s.drop()
	s.page, s.export = pageList, nil
	s.draft = newDraft(s.Query)
	return s.open(engine.Request{Pasted: rows, Head: engine.Find, API: s.Query.API, Regstatus: s.Query.Regstatus}, false)
}

// inputName is the name of an input by its path: pasted rows have none.
func (s *Screen) inputName(path string) string {
	if path == "" {
		return s.Words.Batch.PastedName
	}
	return name(path)
}

// inputPath is a whole path, or what stands for it.
func (s *Screen) inputPath(path string) string {
	if path == "" {
		return s.Words.Batch.PastedName
	}
	return s.path(path)
}

// gone tells whether the rows of a run were pasted and are deleted by now: each of
// them has a verdict.
func gone(sum engine.Summary) bool {
	return sum.Run.InputPath == "" && sum.Run.ID != 0 && done(sum)
}

// tookIn says what has become of the rows that an older program had kept in files.
func (s *Screen) tookIn(taken, removed int) tea.Cmd {
	if taken+removed == 0 {
		return nil
	}
	return widget.Notify(widget.Note, fmt.Sprintf(s.Words.Runs.Warned.Gone, taken, removed))
}
