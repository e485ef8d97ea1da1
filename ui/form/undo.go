package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/kit"
)

// undoLevels is how many changes can be taken back.
const undoLevels = 20

// snapshot is the form before a change of more than what is typed.
type snapshot struct {
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
	now := snapshot{s.query(), whole, s.focus, s.inputs[s.focus].Position()}
	if n := len(s.changes); n > 0 && s.changes[n-1].query == now.query {
		s.changes[n-1].whole = s.changes[n-1].whole || whole
		return
	}
	s.changes = append(s.changes, now)
	s.changes = s.changes[max(len(s.changes)-undoLevels, 0):]
}

// undo takes the last change back. One that is about to come in does not come
// then. Nothing is sent.
func (s *Screen) undo() tea.Cmd {
	if s.filling || s.past.waiting {
		s.dropFill()
		s.restart()
		return kit.Say(kit.Note, s.Words.Paste.Undone)
	}
	for len(s.changes) > 0 {
		was := s.changes[len(s.changes)-1]
		s.changes = s.changes[:len(s.changes)-1]
		if was.differs(s.query()) {
			s.restore(was)
			return kit.Say(kit.Note, s.Words.Paste.Undone)
		}
	}
	return kit.Say(kit.Note, s.Words.Paste.NothingToUndo)
}

func (s *Screen) restore(was snapshot) {
	s.restart()
	if was.whole {
		s.api, s.regstatus = was.query.API, was.query.Regstatus
	}
	s.put(was.query.Factors, was.focus)
	s.inputs[was.focus].SetPosition(was.caret)
}
