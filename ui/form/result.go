package form

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// finish ends the lookup in progress and reports whether id is its own.
func (p *pendingLookup) finish(id int) (finished pendingLookup, ok bool) {
	if id != p.id || !p.InProgress() {
		return *p, false
	}
	p.cancel()
	finished = *p
	p.cancel, p.waiting = nil, false
	return finished, true
}

// finishLookup handles the result of a lookup: it asks, reports an error, or keeps the
// result. An operator who is typing the next query no longer waits, and gets only a
// message on the status line.
func (s *Screen) finishLookup(msg DoneMsg) tea.Cmd {
	finished, ok := s.pendingLookup.finish(msg.ID)
	if !ok {
		return nil
	}
	count := widget.Send(widget.CountMsg{})
	query, waited := finished.typedQuery, finished.waiting && s.Query() == finished.typedQuery
	if q, ok := s.questions().Required(msg.Record, msg.Err, finished.consent); ok {
		if !waited {
			return tea.Batch(count, widget.Notify(widget.Warn, fmt.Sprintf(s.Messages.Form.NotSent, q.Text)))
		}
		s.ask(q.Text, q.Yes, s.Messages.Form.DoNotSend, func() tea.Cmd { return s.startLookup(query, q.Consent) })
		return count
	}
	if msg.Err != nil {
		return widget.Notify(widget.Error, s.Messages.NotSentText(msg.Err, s.Options.Keys.Name(keymap.ReplaceKey)))
	}
	if msg.Record.Reply.Outcome != juhe.Unsent || msg.Record.Earlier != nil {
		s.sentFactors = query.Factors
	}
	return tea.Batch(count, s.lastResult.keep(msg.Record, waited))
}

// lastResult is the result of the last lookup.
type lastResult struct {
	*Options
	record   *lookup.Record
	unviewed bool // record has not been shown
}

// ShowResultMsg asks the root model to show a record.
type ShowResultMsg struct{ Record lookup.Record }

// keep keeps a result. It opens it if the operator waited for it, and announces it
// otherwise.
func (l *lastResult) keep(rec lookup.Record, waited bool) tea.Cmd {
	l.record, l.unviewed = &rec, !waited
	switch {
	case waited:
		return l.OpenLast()
	case rec.RecordErr != nil:
		return widget.Notify(widget.Error, fmt.Sprintf(l.Messages.Form.Unrecorded, l.Messages.ErrorText(rec.RecordErr)))
	}
	return widget.Notify(widget.Note, l.readyText())
}

// readyText returns the text that announces the result.
func (l *lastResult) readyText() string {
	o := l.record.Reply.Outcome
	text := l.Theme.OutcomeMark[o] + " " + l.Messages.Outcomes[o]
	if l.record.AnsweredBy() != "" {
		text += l.Messages.Semicolon + l.Messages.Form.FromLedger
	}
	return fmt.Sprintf(l.Messages.Form.PreviousFinished, text, l.Keys.Name(keymap.OpenLast))
}

// UnrecordedResult returns the last result if the ledger does not have it, because
// recording failed, and it has not been viewed. Otherwise it returns nil.
func (l *lastResult) UnrecordedResult() *lookup.Record {
	if !l.unviewed || l.record.RecordErr == nil {
		return nil
	}
	return l.record
}

// OpenLast asks the root model to show the last result.
func (l *lastResult) OpenLast() tea.Cmd {
	if l.record == nil {
		return widget.Notify(widget.Note, l.Messages.Form.NoResult)
	}
	l.unviewed = false
	return widget.Send(ShowResultMsg{*l.record})
}

func (l *lastResult) has(id string) bool { return l.record != nil && l.record.ID == id }

func (l *lastResult) forget(id string) {
	if l.has(id) {
		l.record, l.unviewed = nil, false
	}
}
