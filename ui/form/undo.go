package form

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/widget"
)

// maxUndo is how many changes can be taken back, and undoLifetime for how long:
// persons are kept for no longer than they are wanted.
const (
	maxUndo      = 20
	undoLifetime = 10 * time.Minute
)

// snapshot is the form before a change of more than what is typed.
type snapshot struct {
	at           time.Time
	query        juhe.Query
	withEndpoint bool // the change may have been of the endpoint and regstatus too
	focus        int
	caret        int // in the focused field
}

// differs tells whether the form is not as it was then.
func (was snapshot) differs(now juhe.Query) bool {
	return was.query.Factors != now.Factors || was.withEndpoint && was.query != now
}

// pushUndo keeps the form as it is, before a change that can be taken back.
// Whoever comes back by that was in the form before: typed, or with a trace.
func (s *Screen) pushUndo(whole bool) {
	now := snapshot{s.Now(), s.Query(), whole, s.focus, s.inputs[s.focus].Position()}
	if n := len(s.undoStack); n > 0 && s.undoStack[n-1].query == now.query {
		s.undoStack[n-1].at, s.undoStack[n-1].withEndpoint = now.at, s.undoStack[n-1].withEndpoint || whole
		return
	}
	s.undoStack = append(s.undoStack, now)
	s.undoStack = s.undoStack[max(len(s.undoStack)-maxUndo, 0):]
}

// Forget drops what could bring a lookup back that was deleted: its person is to
// be nowhere any more.
func (s *Screen) Forget(id string) {
	s.cancelFill()
	s.resetWalk()
	s.undoStack = nil
	if s.last != nil && s.last.ID == id {
		s.last, s.unviewed = nil, false
	}
}

// expireUndo drops what is too old to be taken back.
func (s *Screen) expireUndo() {
	if len(s.undoStack) > 0 {
		now := s.Now()
		s.undoStack = slices.DeleteFunc(s.undoStack, func(was snapshot) bool { return now.Sub(was.at) >= undoLifetime })
	}
}

// undo takes the last change back. One that is about to come in does not come
// then. Nothing is sent.
func (s *Screen) undo() tea.Cmd {
	if s.filling || s.walk.loading {
		s.cancelFill()
		s.resetWalk()
		return widget.Notify(widget.Note, s.Words.Paste.Undone)
	}
	for len(s.undoStack) > 0 {
		was := s.undoStack[len(s.undoStack)-1]
		s.undoStack = s.undoStack[:len(s.undoStack)-1]
		if was.differs(s.Query()) {
			s.restore(was)
			return widget.Notify(widget.Note, s.Words.Paste.Undone)
		}
	}
	return widget.Notify(widget.Note, s.Words.Paste.NothingToUndo)
}

func (s *Screen) restore(was snapshot) {
	s.resetWalk()
	if was.withEndpoint {
		s.api, s.regstatus = was.query.API, was.query.Regstatus
	}
	s.setFactors(was.query.Factors, was.focus)
	s.inputs[was.focus].SetCursor(was.caret)
}
