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

// call is the lookup that is under way, if one is. There is never a second
// one: it is set before the command that sends is returned.
type call struct {
	id          int
	typed       juhe.Query
	query       juhe.Query // in its normal form
	consent     lookup.Consent
	cancel      context.CancelFunc // gives it up; nil when nothing is under way
	stopSending context.CancelFunc // nothing of it leaves any more
	done        chan DoneMsg       // gets its end, and is closed then
	started     *atomic.Bool       // its command has begun, or may not any more
	startedAt   time.Time
	// waiting tells that the operator waits for it; else it goes on to its
	// deadline by itself.
	waiting bool
	frame   int
}

func (c call) inProgress() bool { return c.cancel != nil }

// DoneMsg is how a lookup ended, or why it was not made.
type DoneMsg struct {
	ID     int
	Record lookup.Record
	Err    error
}

// ShowResultMsg asks the root to show a record.
type ShowResultMsg struct{ Record lookup.Record }

type tickMsg struct{ id int }

const tickEvery = 100 * time.Millisecond

// send sends what stands in the form, once.
func (s *Screen) send() tea.Cmd {
	if s.call.inProgress() {
		return widget.Notify(widget.Warn, s.Words.Form.StillUnderWay)
	}
	if s.filling {
		return widget.Notify(widget.Warn, s.Words.Form.StillFilling)
	}
	query := s.Query()
	if problem := lookup.CheckInputs(query.Factors); problem != nil {
		s.setFocus(slices.IndexFunc(s.inputs, func(in input) bool { return in.name == problem.Field }))
		return widget.Notify(widget.Error, s.inputText(problem))
	}
	if !s.confirmWarnings(query) {
		return nil
	}
	return s.start(query, lookup.Consent{})
}

// start is where every lookup of the form begins.
func (s *Screen) start(query juhe.Query, consent lookup.Consent) tea.Cmd {
	if s.call.inProgress() {
		return widget.Notify(widget.Warn, s.Words.Form.StillUnderWay)
	}
	if s.UnviewedResult() != nil { // it would be lost
		return s.OpenLast()
	}
	normal, _ := lookup.Check(query, s.Now())
	giving, cancel := context.WithCancel(context.Background())
	ctx, leave := context.WithCancel(giving)
	ended, begun := make(chan DoneMsg, 1), new(atomic.Bool)
	s.call = call{
		id: s.call.id + 1, typed: query, query: normal, consent: consent, startedAt: s.Now(), waiting: true,
		cancel: cancel, stopSending: leave, done: ended, started: begun,
	}
	s.unviewed = false
	s.resetWalk()
	id, desk := s.call.id, s.Verifier
	return tea.Batch(s.nextTick(), func() tea.Msg {
		if begun.Swap(true) {
			return nil
		}
		defer close(ended)
		rec, err := desk.Do(juhe.WithGiveUp(ctx, giving), query, consent)
		done := DoneMsg{ID: id, Record: rec, Err: err}
		ended <- done
		return done
	})
}

func (s *Screen) nextTick() tea.Cmd {
	id := s.call.id
	return tea.Tick(tickEvery, func(time.Time) tea.Msg { return tickMsg{id} })
}

func (s *Screen) tick(msg tickMsg) tea.Cmd {
	if msg.id != s.call.id || !s.call.inProgress() {
		return nil
	}
	s.call.frame++
	if s.call.frame == 1 { // by now it is counted
		return tea.Batch(s.nextTick(), s.CountToday())
	}
	return s.nextTick()
}

// done takes the end of a lookup. A paid answer is never dropped: when the
// operator has stopped waiting it is kept, and the status line says so.
func (s *Screen) done(msg DoneMsg) tea.Cmd {
	if msg.ID != s.call.id || !s.call.inProgress() {
		return nil
	}
	s.call.cancel()
	ended := s.call
	s.call.cancel, s.call.waiting = nil, false
	// Nobody waits who is typing the next one.
	waited := ended.waiting && s.Query() == ended.typed
	if q, ok := s.consentQuestion(ended, msg.Record, msg.Err); ok {
		return tea.Batch(s.CountToday(), s.ask(q, waited))
	}
	if msg.Err != nil {
		return widget.Notify(widget.Error, s.errorText(msg.Err))
	}
	s.last = &msg.Record
	if msg.Record.Reply.Outcome != juhe.Unsent || msg.Record.Earlier != nil {
		s.sent = ended.typed.Factors
	}
	return tea.Batch(s.CountToday(), s.showResult(msg.Record, waited))
}

// Hide tells that the operator is at another screen, and so does not wait.
func (s *Screen) Hide() { s.call.waiting = false }

// showResult shows an answer to an operator who waits, and says to another that it
// is there.
func (s *Screen) showResult(rec lookup.Record, waited bool) tea.Cmd {
	s.unviewed = !waited
	switch {
	case waited:
		return s.OpenLast()
	case rec.RecordErr != nil:
		return widget.Notify(widget.Error, fmt.Sprintf(s.Words.Form.Unsaved, lookup.ErrorText(s.Words, rec.RecordErr)))
	}
	return widget.Notify(widget.Note, s.arrivedText(rec))
}

// arrivedText says that an answer is there to be seen.
func (s *Screen) arrivedText(rec lookup.Record) string {
	o := string(rec.Reply.Outcome)
	text := s.Theme.OutcomeMark[o] + " " + s.Words.Outcomes[o]
	if rec.AnsweredBy() != "" {
		text += s.Words.Semicolon + s.Words.Form.FromLedger
	}
	return fmt.Sprintf(s.Words.Form.Arrived, text, s.Options.Keys.Name(keymap.OpenLast))
}

// stopWaiting gives the form back. The lookup goes on: it may have been
// paid for already.
func (s *Screen) stopWaiting() tea.Cmd {
	if !s.call.waiting {
		return nil
	}
	s.call.waiting = false
	return widget.Notify(widget.Warn, s.Words.Form.Detached)
}

// InProgress tells whether a lookup is.
func (s *Screen) InProgress() bool { return s.call.inProgress() }

// StopSending has nothing sent any more, because the program ends. What it returns
// gets how the lookup in progress ends, and is closed then; nil if there is none.
func (s *Screen) StopSending() <-chan DoneMsg {
	if !s.call.inProgress() {
		return nil
	}
	s.call.stopSending()
	if !s.call.started.Swap(true) { // Bubble Tea has ended before its command began
		return nil
	}
	return s.call.done
}

// Cancel ends a lookup that is under way: what may have left becomes lost.
func (s *Screen) Cancel() {
	if s.call.inProgress() {
		s.call.cancel()
	}
}

// PendingAsLost is the lookup under way as it is known when nobody can wait for its
// end.
func (s *Screen) PendingAsLost() DoneMsg {
	return DoneMsg{ID: s.call.id, Record: lookup.Record{
		At: s.call.startedAt, Service: s.Service.BaseURL, Query: s.call.query,
		Reply: juhe.Reply{
			Outcome: juhe.Lost, Billable: juhe.BillableUnknown,
			Fault: juhe.Fault{Kind: juhe.FaultInterrupted},
		},
	}}
}

// UnviewedResult is the last answer if it is in no ledger and has not been shown, else nil.
func (s *Screen) UnviewedResult() *lookup.Record {
	if !s.unviewed || s.last.RecordErr == nil {
		return nil
	}
	return s.last
}

// OpenLast asks the root to show the last answer.
func (s *Screen) OpenLast() tea.Cmd {
	if s.last == nil {
		return widget.Notify(widget.Note, s.Words.Form.NoLast)
	}
	s.unviewed = false
	rec := *s.last
	return func() tea.Msg { return ShowResultMsg{rec} }
}

func (s *Screen) inputText(e *lookup.InputError) string {
	return s.Words.Input(string(e.Problem), s.label(e.Field))
}

func (s *Screen) errorText(err error) string {
	var input *lookup.InputError
	var cred *juhe.CredentialError
	switch {
	case errors.As(err, &input):
		return s.inputText(input)
	case errors.As(err, &cred) && cred.Name == "openid":
		return fmt.Sprintf(s.Words.Form.BadOpenid, juhe.Sanitize(cred.Err.Error()), s.Options.Keys.Name(keymap.ReplaceKey))
	case errors.As(err, &cred):
		return fmt.Sprintf(s.Words.Form.BadKey, juhe.Sanitize(cred.Err.Error()), s.Options.Keys.Name(keymap.ReplaceKey))
	}
	return juhe.Sanitize(err.Error())
}

func (s *Screen) label(f juhe.Factor) string { return s.Words.Fields[f.String()].Label }
