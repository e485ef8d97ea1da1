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
	case s.IsRunning():
		return s.notifyOneRun()
	case s.task.isActive():
		return nil
	}
	s.dropDraft()
	s.page, s.export = pageList, nil
	s.draft = newDraft(s.Query)
	return s.openInput(engine.Request{Pasted: rows, HeaderRow: engine.DetectHeader, API: s.Query.API, Regstatus: s.Query.Regstatus}, false)
}

// inputName is the name of an input by its path: pasted rows have none.
func (s *Screen) inputName(path string) string {
	if path == "" {
		return s.Words.Batch.PastedName
	}
	return fileName(path)
}

// inputPath is a whole path, or what stands for it.
func (s *Screen) inputPath(path string) string {
	if path == "" {
		return s.Words.Batch.PastedName
	}
	return s.displayPath(path)
}

// pastedRowsDeleted tells whether the rows of a run were pasted and are deleted by now: each of
// them has a verdict.
func pastedRowsDeleted(sum engine.Summary) bool {
	return sum.Run.InputPath == "" && sum.Run.ID != 0 && isComplete(sum)
}

// notifyImported says what has become of the rows that an older program had kept in files.
func (s *Screen) notifyImported(taken, removed int) tea.Cmd {
	if taken+removed == 0 {
		return nil
	}
	return widget.Notify(widget.Note, fmt.Sprintf(s.Words.Runs.Warned.Gone, taken, removed))
}
