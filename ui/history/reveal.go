package history

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// reveal is the row whose person is shown or about to be shown. count identifies one
// reveal, so that messages of earlier ones are ignored.
type reveal struct {
	count int
	id    string // ID of the row; empty if there is none
	shown bool   // the audit trail has recorded it
}

type revealRecordedMsg struct {
	count int
	err   error
}

type hideMsg struct{ count int }

// toggleReveal shows the person of a row for a limited time, or hides it. The audit
// trail records it first.
func (s *Screen) toggleReveal(id string) tea.Cmd {
	again := s.reveal.id == id
	s.hide()
	if again {
		return nil
	}
	s.reveal.id = id
	count, ledger := s.reveal.count, s.Ledger
	return func() tea.Msg {
		if _, found, err := ledger.Get(context.Background(), id); err == nil && !found { // another process has deleted it
			return widget.RecordGoneMsg{ID: id}
		}
		return revealRecordedMsg{count, lookup.RecordReveal(context.Background(), ledger, lookup.Record{ID: id})}
	}
}

// revealRecorded shows the person once the audit trail has recorded it.
func (s *Screen) revealRecorded(msg revealRecordedMsg) tea.Cmd {
	if msg.count != s.reveal.count {
		return nil
	}
	if msg.err != nil {
		s.hide()
		return widget.Notify(widget.Error, fmt.Sprintf(s.Messages.Result.RevealFailed, lookup.ErrorText(s.Messages, msg.err)))
	}
	s.reveal.shown = true
	return tea.Batch(
		tea.Tick(s.RevealFor, func(time.Time) tea.Msg { return hideMsg{msg.count} }),
		widget.Notify(widget.Note, fmt.Sprintf(s.Messages.Result.Revealed, s.Messages.Duration(s.RevealFor))),
	)
}

func (s *Screen) hide() { s.reveal = reveal{count: s.reveal.count + 1} }

// hideElsewhere hides the person when another row is selected.
func (s *Screen) hideElsewhere() {
	if rec := s.current(); s.reveal.id != "" && (rec == nil || rec.ID != s.reveal.id) {
		s.hide()
	}
}

// factors returns a row's factors, masked unless they are revealed.
func (s *Screen) factors(rec lookup.Record) juhe.Factors {
	if s.reveal.shown && s.reveal.id == rec.ID {
		return rec.Query.Factors
	}
	return lookup.MaskPerson(rec.Query.Factors)
}
