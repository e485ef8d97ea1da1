package history

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// pressConfirm handles a key while the question is open; it ignores other keys.
func (s *Screen) pressConfirm(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	switch {
	case k.Matches(msg, keymap.Yes):
		return s.delete()
	case k.Matches(msg, keymap.No), k.Matches(msg, keymap.Back):
		s.confirming = nil
	}
	return nil
}

// DeletedMsg reports the result of a deletion.
type DeletedMsg struct {
	ID    string
	count int
	err   error
}

// Deleted reports whether the lookup was deleted.
func (m DeletedMsg) Deleted() bool { return m.count > 0 }

func (s *Screen) delete() tea.Cmd {
	id, ledger := s.confirming.ID, s.Ledger
	s.deleting, s.confirming = id, nil
	return func() tea.Msg {
		n, err := ledger.Delete(context.Background(), id)
		return DeletedMsg{id, n, err}
	}
}

// deleted reports the end of a deletion. The row is removed only once the lookup is.
func (s *Screen) deleted(msg DeletedMsg) tea.Cmd {
	w := s.Messages.History
	s.deleting = ""
	if msg.err != nil && msg.count == 0 {
		return widget.Notify(widget.Error, fmt.Sprintf(w.DeleteFailed, lookup.ErrorText(s.Messages, msg.err)))
	}
	status := widget.Notify(widget.Note, w.Deleted)
	switch {
	case msg.err != nil:
		status = widget.Notify(widget.Warn, fmt.Sprintf(w.DeleteRemains, lookup.ErrorText(s.Messages, msg.err)))
	case msg.count == 0:
		status = widget.Notify(widget.Note, w.DeletedGone)
	}
	return tea.Batch(status, s.remove(msg.ID))
}

// remove removes a row. A page that is being loaded may still contain it, so it is
// loaded again.
func (s *Screen) remove(id string) tea.Cmd {
	at := slices.IndexFunc(s.rows, func(rec lookup.Record) bool { return rec.ID == id })
	if at >= 0 {
		s.rows = slices.Delete(slices.Clone(s.rows), at, at+1)
		if at < s.selected {
			s.selected--
		}
		s.selectRow(s.selected)
	}
	if s.request.inProgress() {
		return s.fetch(s.request)
	}
	return s.prefetch()
}
