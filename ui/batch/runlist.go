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

// listLimit bounds how many runs are read: what is older is in batch list.
const listLimit = 500

// runList is the runs that there were, the newest first.
type runList struct {
	id       int // counts the readings
	loaded   bool
	runs     []engine.Summary
	err      error
	selected int
	top      int
}

type runsReadMsg struct {
	id             int
	runs           []engine.Summary
	err            error
	taken, removed int // of an older program's pasted rows
}

// readRuns reads them again.
func (s *Screen) readRuns() tea.Cmd {
	s.runs.id++
	id, b, folder := s.runs.id, s.Runner, s.PastedFolder
	s.PastedFolder = "" // once is enough
	return func() tea.Msg {
		var msg runsReadMsg
		if folder != "" { // what cannot be taken in now is tried again the next time
			msg.taken, msg.removed, _ = b.ImportPastedFiles(context.Background(), folder)
		}
		msg.id = id
		msg.runs, msg.err = b.List(context.Background(), listLimit)
		return msg
	}
}

// onRunsRead takes them. The same run stays selected.
func (s *Screen) onRunsRead(msg runsReadMsg) tea.Cmd {
	l := &s.runs
	told := s.notifyImported(msg.taken, msg.removed)
	if msg.id != l.id {
		return told
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
			s.selectedSummary = run // what is shown may have changed since
			told = tea.Batch(told, s.readIssues())
		}
	}
	return told
}

func (s *Screen) selectRun(at int) { s.runs.selected = max(0, min(at, len(s.runs.runs)-1)) }

// selectedRun is the selected run, or nil.
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
		s.showRun(*s.selectedRun())
		return s.readIssues()
	default:
		s.selectRun(widget.MoveCursor(k.MoveKey(msg), s.runs.selected, len(s.runs.runs), s.listHeight()))
	}
	return nil
}

// showRun shows a run: as it goes on if it is the one that is driven here.
func (s *Screen) showRun(sum engine.Summary) {
	s.page, s.selectedSummary = pageRun, sum
}

// notifyOneRun is said where a second run would begin.
func (s *Screen) notifyOneRun() tea.Cmd { return widget.Notify(widget.Warn, s.Words.Batch.OneAtATime) }
