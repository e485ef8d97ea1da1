package form

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/widget"
)

// maxUndo is the maximum number of changes that can be undone. undoLifetime is the time
// for which a change can be undone, so that personal data does not stay in memory.
const (
	maxUndo      = 20
	undoLifetime = 10 * time.Minute
)

// snapshot is the state of the form before a change other than typing.
type snapshot struct {
	at           time.Time
	query        juhe.Query
	withEndpoint bool // the change may include endpoint and regstatus
	focus        int
	caret        int // its position in the focused field
}

// differs reports whether the form has changed since the snapshot.
func (s snapshot) differs(now juhe.Query) bool {
	return s.query.Factors != now.Factors || s.withEndpoint && s.query != now
}

// pushUndo saves the form before a change. Undo needs no entry in the audit log: the
// person that it restores was typed, or has an entry already.
func (s *Screen) pushUndo(withEndpoint bool) {
	now := snapshot{s.Now(), s.Query(), withEndpoint, s.focus, s.fields[s.focus].Position()}
	if n := len(s.undoStack); n > 0 && s.undoStack[n-1].query == now.query {
		s.undoStack[n-1].at, s.undoStack[n-1].withEndpoint = now.at, s.undoStack[n-1].withEndpoint || withEndpoint
		return
	}
	s.undoStack = append(s.undoStack, now)
	s.undoStack = s.undoStack[max(len(s.undoStack)-maxUndo, 0):]
}

// Forget drops everything that could restore the person of a deleted lookup.
func (s *Screen) Forget(id string) {
	s.cancelFill()
	s.resetRecall()
	s.undoStack = nil
	if s.lastResult != nil && s.lastResult.ID == id {
		s.lastResult, s.unviewed = nil, false
	}
}

// expireUndo drops snapshots older than undoLifetime.
func (s *Screen) expireUndo() {
	if len(s.undoStack) > 0 {
		now := s.Now()
		s.undoStack = slices.DeleteFunc(s.undoStack, func(before snapshot) bool { return now.Sub(before.at) >= undoLifetime })
	}
}

// undo reverts the last change, or cancels a pending fill.
func (s *Screen) undo() tea.Cmd {
	if s.fillPending || s.recall.loading {
		s.cancelFill()
		s.resetRecall()
		return widget.Notify(widget.Note, s.Messages.Paste.Undone)
	}
	for len(s.undoStack) > 0 {
		before := s.undoStack[len(s.undoStack)-1]
		s.undoStack = s.undoStack[:len(s.undoStack)-1]
		if before.differs(s.Query()) {
			s.restore(before)
			return widget.Notify(widget.Note, s.Messages.Paste.Undone)
		}
	}
	return widget.Notify(widget.Note, s.Messages.Paste.NothingToUndo)
}

func (s *Screen) restore(before snapshot) {
	s.resetRecall()
	if before.withEndpoint {
		s.api, s.regstatus = before.query.API, before.query.Regstatus
	}
	s.setFactors(before.query.Factors, before.focus)
	s.fields[before.focus].SetCursor(before.caret)
}
