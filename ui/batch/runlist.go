package batch

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// listLimit is the number of runs listed. The command "batch list" has all.
const listLimit = 500

// runList is the list of runs, newest first.
type runList struct {
	id       int // number of the last reading
	loaded   bool
	runs     []engine.Summary
	err      error
	selected int
	top      int
}

type runsReadMsg struct {
	id   int
	runs []engine.Summary
	err  error
}

// readRuns reads the list of runs.
func (s *Screen) readRuns() tea.Cmd {
	s.runs.id++
	id, b := s.runs.id, s.Runner
	return func() tea.Msg {
		runs, err := b.List(context.Background(), listLimit)
		return runsReadMsg{id, runs, err}
	}
}

// onRunsRead takes the list and keeps the selection.
func (s *Screen) onRunsRead(msg runsReadMsg) tea.Cmd {
	l := &s.runs
	if msg.id != l.id {
		return nil
	}
	id := lookup.RunID(0)
	if run := s.selectedRun(); run != nil && l.selected > 0 {
		id = run.Run.ID
	}
	l.loaded, l.runs, l.err = true, msg.runs, msg.err
	at := slices.IndexFunc(l.runs, func(r engine.Summary) bool { return r.Run.ID == id })
	s.selectRun(max(at, 0))
	for _, run := range l.runs {
		if s.page == pageRun && !s.showsActive() && run.Run.ID == s.selectedSummary.Run.ID {
			s.selectedSummary = run // it may have changed
			return s.readIssues()
		}
	}
	return nil
}

func (s *Screen) selectRun(at int) { s.runs.selected = max(0, min(at, len(s.runs.runs)-1)) }

// selectedRun returns the selected run, or nil.
func (s *Screen) selectedRun() *engine.Summary {
	if s.runs.selected >= len(s.runs.runs) {
		return nil
	}
	return &s.runs.runs[s.runs.selected]
}

func (s *Screen) pressList(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	switch {
	case k.Matches(msg, keymap.NewRun):
		return s.openPick()
	case k.Matches(msg, keymap.OpenRun) && s.selectedRun() != nil:
		s.page, s.selectedSummary = pageRun, *s.selectedRun()
		return s.readIssues()
	default:
		s.selectRun(widget.MoveCursor(k.MoveKey(msg), s.runs.selected, len(s.runs.runs), s.listHeight()))
	}
	return nil
}

// notifyOneRun says that only one run can be in progress.
func (c *common) notifyOneRun() tea.Cmd {
	return widget.Notify(widget.Warn, c.Messages.Batch.OneAtATime)
}
