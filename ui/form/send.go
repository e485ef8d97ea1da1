package form

import (
	"context"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// send starts a lookup of the query in the form, unless that cannot be sent or has
// warnings that are not confirmed.
func (s *Screen) send() tea.Cmd {
	if s.InProgress() {
		return widget.Notify(widget.Warn, s.Messages.Form.StillPending)
	}
	if s.fill.pending {
		return widget.Notify(widget.Warn, s.Messages.Form.StillFilling)
	}
	query := s.Query()
	if problem := lookup.CheckInputs(query.Factors); problem != nil {
		s.fields.setFocus(problem.Factor)
		return widget.Notify(widget.Error, s.inputText(problem))
	}
	if !s.warned.confirm(query, s.Now()) {
		return nil
	}
	return s.startLookup(query, lookup.Consent{})
}

// startLookup starts a lookup. If the last result is not in the ledger and was not viewed,
// startLookup opens that instead.
func (s *Screen) startLookup(query juhe.Query, given lookup.Consent) tea.Cmd {
	if s.InProgress() {
		return widget.Notify(widget.Warn, s.Messages.Form.StillPending)
	}
	if s.UnrecordedResult() != nil {
		return s.OpenLast()
	}
	s.unviewed = false
	s.recall.reset()
	return s.pendingLookup.start(query, given)
}

// pendingLookup is the lookup in progress, if any. It is set before the command that sends
// the lookup is returned, so that a second lookup cannot start.
type pendingLookup struct {
	*Options
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

// DoneMsg is the result of a lookup, or the error if none was made.
type DoneMsg struct {
	ID     int
	Record lookup.Record
	Err    error
}

// start returns the command that makes a lookup, and a tick.
func (p *pendingLookup) start(query juhe.Query, given lookup.Consent) tea.Cmd {
	normal, _ := lookup.Check(query, p.Now())
	// Ending sendCtx stops what is not sent yet; ending lookupCtx stops everything.
	lookupCtx, cancel := context.WithCancel(context.Background())
	sendCtx, stopSending := context.WithCancel(lookupCtx)
	id, verifier, done, claimed := p.id+1, p.Verifier, make(chan DoneMsg, 1), new(atomic.Bool)
	*p = pendingLookup{
		Options: p.Options, id: id, typedQuery: query, normalQuery: normal, consent: given, startedAt: p.Now(), waiting: true,
		cancel: cancel, stopSending: stopSending, done: done, claimed: claimed,
	}
	return tea.Batch(p.nextTick(), func() tea.Msg {
		if claimed.Swap(true) {
			return nil
		}
		defer close(done)
		rec, err := verifier.Do(juhe.WithGiveUp(sendCtx, lookupCtx), query, given)
		msg := DoneMsg{ID: id, Record: rec, Err: err}
		done <- msg
		return msg
	})
}
