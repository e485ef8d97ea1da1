package form

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/widget"
)

// undoLevels is how many changes can be taken back, and undoWithin for how long:
// persons are kept for no longer than they are wanted.
const (
	undoLevels = 20
	undoWithin = 10 * time.Minute
)

// snapshot is the form before a change of more than what is typed.
type snapshot struct {
	at    time.Time
	query juhe.Query
	whole bool // the change may have been of the endpoint and regstatus too
	focus int
	caret int // in the focused field
}

// differs tells whether the form is not as it was then.
func (was snapshot) differs(now juhe.Query) bool {
	return was.query.Factors != now.Factors || was.whole && was.query != now
}

// remember keeps the form as it is, before a change that can be taken back.
// Whoever comes back by that was in the form before: typed, or with a trace.
func (s *Screen) remember(whole bool) {
	now := snapshot{s.Now(), s.Typed(), whole, s.focus, s.inputs[s.focus].Position()}
	if n := len(s.changes); n > 0 && s.changes[n-1].query == now.query {
		s.changes[n-1].at, s.changes[n-1].whole = now.at, s.changes[n-1].whole || whole
		return
	}
	s.changes = append(s.changes, now)
	s.changes = s.changes[max(len(s.changes)-undoLevels, 0):]
}

// Forget drops what could bring a look-up back that was deleted: its person is to
// be nowhere any more.
func (s *Screen) Forget(id string) {
	s.dropFill()
	s.restart()
	s.changes = nil
	if s.last != nil && s.last.ID == id {
		s.last, s.unseen = nil, false
	}
}

// forget drops what is too old to be taken back.
func (s *Screen) forget() {
	if len(s.changes) > 0 {
		now := s.Now()
		s.changes = slices.DeleteFunc(s.changes, func(was snapshot) bool { return now.Sub(was.at) >= undoWithin })
	}
}

// undo takes the last change back. One that is about to come in does not come
// then. Nothing is sent.
func (s *Screen) undo() tea.Cmd {
	if s.filling || s.past.waiting {
		s.dropFill()
		s.restart()
		return widget.Notify(widget.Note, s.Words.Paste.Undone)
	}
	for len(s.changes) > 0 {
		was := s.changes[len(s.changes)-1]
		s.changes = s.changes[:len(s.changes)-1]
		if was.differs(s.Typed()) {
			s.restore(was)
			return widget.Notify(widget.Note, s.Words.Paste.Undone)
		}
	}
	return widget.Notify(widget.Note, s.Words.Paste.NothingToUndo)
}

func (s *Screen) restore(was snapshot) {
	s.restart()
	if was.whole {
		s.api, s.regstatus = was.query.API, was.query.Regstatus
	}
	s.put(was.query.Factors, was.focus)
	s.inputs[was.focus].SetCursor(was.caret)
}
