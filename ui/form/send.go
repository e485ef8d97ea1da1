package form

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// pendingLookup is the lookup in progress, if any. It is set before the command that sends
// the lookup is returned, so that a second lookup cannot start.
type pendingLookup struct {
	id          int
	typedQuery  juhe.Query
	normalQuery juhe.Query // in normal form
	consent     lookup.Consent
	cancel      context.CancelFunc // ends the lookup; nil if none is in progress
	stopSending context.CancelFunc // ends the lookup unless it may have been sent
	done        chan DoneMsg       // receives the result and is then closed
	// claimed is set by the command when it runs, or by StopSending to keep it from
	// running, whichever is first.
	claimed   *atomic.Bool
	startedAt time.Time
	// waiting reports whether the operator waits for the result. Otherwise the lookup
	// runs to its deadline in the background.
	waiting      bool
	spinnerFrame int
}

func (p pendingLookup) inProgress() bool { return p.cancel != nil }

// DoneMsg is the result of a lookup, or the error if none was made.
type DoneMsg struct {
	ID     int
	Record lookup.Record
	Err    error
}

// ShowResultMsg asks the root model to show a record.
type ShowResultMsg struct{ Record lookup.Record }

type tickMsg struct{ id int }

const tickEvery = 100 * time.Millisecond

// send starts a lookup of the query in the form, unless that cannot be sent or has
// warnings that are not confirmed.
func (s *Screen) send() tea.Cmd {
	if s.pending.inProgress() {
		return widget.Notify(widget.Warn, s.Messages.Form.StillPending)
	}
	if s.fillPending {
		return widget.Notify(widget.Warn, s.Messages.Form.StillFilling)
	}
	query := s.Query()
	if problem := lookup.CheckInputs(query.Factors); problem != nil {
		s.setFocus(slices.IndexFunc(s.fields, func(field factorField) bool { return field.factor == problem.Factor }))
		return widget.Notify(widget.Error, s.inputText(problem))
	}
	if !s.confirmWarnings(query) {
		return nil
	}
	return s.startLookup(query, lookup.Consent{})
}

// startLookup starts a lookup. If the last result is not in the ledger and was not viewed,
// startLookup opens that instead.
func (s *Screen) startLookup(query juhe.Query, consent lookup.Consent) tea.Cmd {
	if s.pending.inProgress() {
		return widget.Notify(widget.Warn, s.Messages.Form.StillPending)
	}
	if s.UnrecordedResult() != nil {
		return s.OpenLast()
	}
	normal, _ := lookup.Check(query, s.Now())
	// Ending sendCtx stops what is not sent yet; ending lookupCtx stops everything.
	lookupCtx, cancel := context.WithCancel(context.Background())
	sendCtx, stopSending := context.WithCancel(lookupCtx)
	done, claimed := make(chan DoneMsg, 1), new(atomic.Bool)
	s.pending = pendingLookup{
		id: s.pending.id + 1, typedQuery: query, normalQuery: normal, consent: consent, startedAt: s.Now(), waiting: true,
		cancel: cancel, stopSending: stopSending, done: done, claimed: claimed,
	}
	s.unviewed = false
	s.resetRecall()
	id, verifier := s.pending.id, s.Verifier
	return tea.Batch(s.nextTick(), func() tea.Msg {
		if claimed.Swap(true) {
			return nil
		}
		defer close(done)
		rec, err := verifier.Do(juhe.WithGiveUp(sendCtx, lookupCtx), query, consent)
		msg := DoneMsg{ID: id, Record: rec, Err: err}
		done <- msg
		return msg
	})
}

func (s *Screen) nextTick() tea.Cmd {
	id := s.pending.id
	return tea.Tick(tickEvery, func(time.Time) tea.Msg { return tickMsg{id} })
}

func (s *Screen) tick(msg tickMsg) tea.Cmd {
	if msg.id != s.pending.id || !s.pending.inProgress() {
		return nil
	}
	s.pending.spinnerFrame++
	if s.pending.spinnerFrame == 1 { // by now the ledger counts this lookup
		return tea.Batch(s.nextTick(), s.CountSentToday())
	}
	return s.nextTick()
}

// finishLookup handles the result of a lookup. If the operator has stopped waiting, the
// result is kept and announced on the status line.
func (s *Screen) finishLookup(msg DoneMsg) tea.Cmd {
	if msg.ID != s.pending.id || !s.pending.inProgress() {
		return nil
	}
	s.pending.cancel()
	finished := s.pending
	s.pending.cancel, s.pending.waiting = nil, false
	// An operator who is typing the next query no longer waits.
	waited := finished.waiting && s.Query() == finished.typedQuery
	if q, ok := s.consentTexts().Required(msg.Record, msg.Err, finished.consent); ok {
		return tea.Batch(s.CountSentToday(), s.ask(question{Question: q, query: finished.typedQuery}, waited))
	}
	if msg.Err != nil {
		return widget.Notify(widget.Error, s.errorText(msg.Err))
	}
	s.lastResult = &msg.Record
	if msg.Record.Reply.Outcome != juhe.Unsent || msg.Record.Earlier != nil {
		s.sentFactors = finished.typedQuery.Factors
	}
	return tea.Batch(s.CountSentToday(), s.showResult(msg.Record, waited))
}

// Hide is called when another screen becomes active. The next result is then announced
// on the status line instead of opened.
func (s *Screen) Hide() { s.pending.waiting = false }

// showResult opens a result if the operator waited for it, and announces it otherwise.
func (s *Screen) showResult(rec lookup.Record, waited bool) tea.Cmd {
	s.unviewed = !waited
	switch {
	case waited:
		return s.OpenLast()
	case rec.RecordErr != nil:
		return widget.Notify(widget.Error, fmt.Sprintf(s.Messages.Form.Unrecorded, lookup.ErrorText(s.Messages, rec.RecordErr)))
	}
	return widget.Notify(widget.Note, s.resultReadyText(rec))
}

// resultReadyText returns the text that announces a result.
func (s *Screen) resultReadyText(rec lookup.Record) string {
	o := string(rec.Reply.Outcome)
	text := s.Theme.OutcomeMark[o] + " " + s.Messages.Outcomes[o]
	if rec.AnsweredBy() != "" {
		text += s.Messages.Semicolon + s.Messages.Form.FromLedger
	}
	return fmt.Sprintf(s.Messages.Form.PreviousFinished, text, s.Options.Keys.Name(keymap.OpenLast))
}

// stopWaiting lets the operator type the next query. The lookup continues, because it
// may have been billed already.
func (s *Screen) stopWaiting() tea.Cmd {
	if !s.pending.waiting {
		return nil
	}
	s.pending.waiting = false
	return widget.Notify(widget.Warn, s.Messages.Form.NoLongerWaiting)
}

// InProgress reports whether a lookup is in progress.
func (s *Screen) InProgress() bool { return s.pending.inProgress() }

// StopSending is called when the program ends. It cancels the lookup in progress unless
// that may have been sent. The returned channel receives the result and is then closed;
// it is nil if there is nothing to wait for.
func (s *Screen) StopSending() <-chan DoneMsg {
	if !s.pending.inProgress() {
		return nil
	}
	s.pending.stopSending()
	if !s.pending.claimed.Swap(true) { // Bubble Tea has not run the command
		return nil
	}
	return s.pending.done
}

// Cancel ends the lookup in progress. The outcome is juhe.Lost if it may have been sent.
func (s *Screen) Cancel() {
	if s.pending.inProgress() {
		s.pending.cancel()
	}
}

// PendingAsLost returns the lookup in progress with the outcome juhe.Lost, for a program
// that cannot wait for the result.
func (s *Screen) PendingAsLost() DoneMsg {
	return DoneMsg{ID: s.pending.id, Record: lookup.Record{
		At: s.pending.startedAt, Service: s.Service.BaseURL, Query: s.pending.normalQuery,
		Reply: juhe.Reply{
			Outcome: juhe.Lost, Billable: juhe.BillableUnknown,
			Fault: juhe.Fault{Kind: juhe.FaultInterrupted},
		},
	}}
}

// UnrecordedResult returns the last result if the ledger does not have it, because
// recording failed, and it has not been viewed. Otherwise it returns nil.
func (s *Screen) UnrecordedResult() *lookup.Record {
	if !s.unviewed || s.lastResult.RecordErr == nil {
		return nil
	}
	return s.lastResult
}

// OpenLast asks the root model to show the last result.
func (s *Screen) OpenLast() tea.Cmd {
	if s.lastResult == nil {
		return widget.Notify(widget.Note, s.Messages.Form.NoResult)
	}
	s.unviewed = false
	rec := *s.lastResult
	return func() tea.Msg { return ShowResultMsg{rec} }
}

func (s *Screen) inputText(e *lookup.InputError) string {
	return s.Messages.Input(string(e.Problem), s.label(e.Factor))
}

func (s *Screen) errorText(err error) string {
	var inputErr *lookup.InputError
	var credentialErr *juhe.CredentialError
	switch {
	case errors.As(err, &inputErr):
		return s.inputText(inputErr)
	case errors.As(err, &credentialErr) && credentialErr.Name == "openid":
		return fmt.Sprintf(s.Messages.Form.BadOpenid, juhe.Sanitize(credentialErr.Err.Error()), s.Options.Keys.Name(keymap.ReplaceKey))
	case errors.As(err, &credentialErr):
		return fmt.Sprintf(s.Messages.Form.BadKey, juhe.Sanitize(credentialErr.Err.Error()), s.Options.Keys.Name(keymap.ReplaceKey))
	}
	return juhe.Sanitize(err.Error())
}

func (s *Screen) label(f juhe.Factor) string { return s.Messages.Fields[f.String()].Label }
