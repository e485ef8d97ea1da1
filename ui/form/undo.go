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
	focus        juhe.Factor
	caret        int // its position in the focused field
}

// differs reports whether the form has changed since the snapshot.
func (s snapshot) differs(now juhe.Query) bool {
	return s.query.Factors != now.Factors || s.withEndpoint && s.query != now
}

// undoStack has the changes that can be undone, newest last.
type undoStack []snapshot

func (u *undoStack) push(now snapshot) {
	if n := len(*u); n > 0 && (*u)[n-1].query == now.query {
		last := &(*u)[n-1]
		last.at, last.withEndpoint = now.at, last.withEndpoint || now.withEndpoint
		return
	}
	*u = append(*u, now)
	*u = (*u)[max(len(*u)-maxUndo, 0):]
}

// pop removes and returns the newest snapshot from which the form differs.
func (u *undoStack) pop(now juhe.Query) (before snapshot, ok bool) {
	for n := len(*u) - 1; n >= 0; n-- {
		before, *u = (*u)[n], (*u)[:n]
		if before.differs(now) {
			return before, true
		}
	}
	return before, false
}

// expire drops snapshots older than undoLifetime.
func (u *undoStack) expire(now time.Time) {
	*u = slices.DeleteFunc(*u, func(before snapshot) bool { return now.Sub(before.at) >= undoLifetime })
}

// snapshot returns the state before a change. Undo needs no entry in the audit log: the
// person that it restores was typed, or has an entry already.
func (f *fields) snapshot(withEndpoint bool) snapshot {
	return snapshot{f.Now(), f.query(), withEndpoint, f.focus, f.focused().Position()}
}

// undoLast reverts the last change, or cancels a pending fill.
func (s *Screen) undoLast() tea.Cmd {
	if s.fill.pending || s.recall.loading {
		s.fill.cancel()
		s.recall.reset()
	} else if before, ok := s.undo.pop(s.Query()); ok {
		s.recall.reset()
		if before.withEndpoint {
			s.fields.api, s.fields.regstatus = before.query.API, before.query.Regstatus
		}
		s.setFactors(before.query.Factors, before.focus)
		s.fields.focused().SetCursor(before.caret)
	} else {
		return widget.Notify(widget.Note, s.Messages.Paste.NothingToUndo)
	}
	return widget.Notify(widget.Note, s.Messages.Paste.Undone)
}
