package batch

import (
	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
)

// Paste starts a new run with tab-separated rows. They are stored only in the ledger,
// and only once the run starts.
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

// inputName returns the display name of an input.
func (c *common) inputName(path string) string {
	if path == "" {
		return c.Messages.Batch.PastedName
	}
	return fileName(path)
}

// inputPath returns the display path of an input.
func (c *common) inputPath(path string) string {
	if path == "" {
		return c.Messages.Batch.PastedName
	}
	return c.displayPath(path)
}

// pastedRowsDeleted reports whether the pasted rows of a run were deleted, because all
// have a verdict.
func pastedRowsDeleted(sum engine.Summary) bool {
	return sum.Run.InputPath == "" && sum.Run.ID != 0 && isComplete(sum)
}
