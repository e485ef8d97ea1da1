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

// list is the runs that there were, the newest first.
type list struct {
	id       int // counts the readings
	loaded   bool
	runs     []engine.Summary
	failure  error
	selected int
	top      int
}

type listedMsg struct {
	id             int
	runs           []engine.Summary
	err            error
	taken, removed int // of an older program's pasted rows
}

// load reads them again.
func (s *Screen) load() tea.Cmd {
	s.list.id++
	id, b, folder := s.list.id, s.Batch, s.Pasted
	s.Pasted = "" // once is enough
	return func() tea.Msg {
		var msg listedMsg
		if folder != "" { // what cannot be taken in now is tried again the next time
			msg.taken, msg.removed, _ = b.TakeIn(context.Background(), folder)
		}
		msg.id = id
		msg.runs, msg.err = b.List(context.Background(), listLimit)
		return msg
	}
}

// listed takes them. The same run stays selected.
func (s *Screen) listed(msg listedMsg) tea.Cmd {
	l := &s.list
	told := s.tookIn(msg.taken, msg.removed)
	if msg.id != l.id {
		return told
	}
	id := lookup.RunID(0)
	if run := s.selected(); run != nil && l.selected > 0 {
		id = run.Run.ID
	}
	l.loaded, l.runs, l.failure = true, msg.runs, msg.err
	at := slices.IndexFunc(l.runs, func(r engine.Summary) bool { return r.Run.ID == id })
	s.choose(max(at, 0))
	for _, run := range l.runs {
		if s.page == pageRun && !s.watching() && run.Run.ID == s.shown.Run.ID {
			s.shown = run // what is shown may have changed since
			told = tea.Batch(told, s.readTroubles())
		}
	}
	return told
}

func (s *Screen) choose(at int) { s.list.selected = max(0, min(at, len(s.list.runs)-1)) }

// selected is the selected run, or nil.
func (s *Screen) selected() *engine.Summary {
	if s.list.selected >= len(s.list.runs) {
		return nil
	}
	return &s.list.runs[s.list.selected]
}

func (s *Screen) pressList(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	switch {
	case k.Matches(msg, keymap.NewRun):
		return s.openPick()
	case k.Matches(msg, keymap.OpenRun) && s.selected() != nil:
		s.show(*s.selected())
		return s.readTroubles()
	default:
		s.choose(widget.MoveCursor(k.MoveKey(msg), s.list.selected, len(s.list.runs), s.listHeight()))
	}
	return nil
}

// show shows a run: as it goes on if it is the one that is driven here.
func (s *Screen) show(sum engine.Summary) {
	s.page, s.shown = pageRun, sum
}

// oneAtATime is said where a second run would begin.
func (s *Screen) oneAtATime() tea.Cmd { return widget.Notify(widget.Warn, s.Words.Batch.OneAtATime) }
