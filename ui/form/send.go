package form

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

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
		return widget.Notify(widget.Error, s.Messages.ErrorText(problem))
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

// InProgress reports whether a lookup is in progress.
func (p *pendingLookup) InProgress() bool { return p.cancel != nil }

// stopWaiting lets the operator type the next query. The lookup continues, because it
// may have been billed already.
func (p *pendingLookup) stopWaiting() tea.Cmd {
	if !p.waiting {
		return nil
	}
	p.waiting = false
	return widget.Notify(widget.Warn, p.Messages.Form.NoLongerWaiting)
}

// Hide is called when another screen becomes active. The next result is then announced
// on the status line instead of opened.
func (p *pendingLookup) Hide() { p.waiting = false }

// StopSending is called when the program ends. It cancels the lookup in progress unless
// that may have been sent. The returned channel receives the result and is then closed;
// it is nil if there is nothing to wait for.
func (p *pendingLookup) StopSending() <-chan DoneMsg {
	if !p.InProgress() {
		return nil
	}
	p.stopSending()
	if !p.claimed.Swap(true) { // Bubble Tea has not run the command
		return nil
	}
	return p.done
}

// Cancel ends the lookup in progress. The outcome is juhe.Lost if it may have been sent.
func (p *pendingLookup) Cancel() {
	if p.InProgress() {
		p.cancel()
	}
}

// PendingAsLost returns the lookup in progress with the outcome juhe.Lost, for a program
// that cannot wait for the result.
func (p *pendingLookup) PendingAsLost() DoneMsg {
	return DoneMsg{ID: p.id, Record: lookup.Record{
		At: p.startedAt, Service: p.Service.BaseURL, Query: p.normalQuery,
		Reply: juhe.Reply{
			Outcome: juhe.Lost, Billable: juhe.BillableUnknown,
			Fault: juhe.Fault{Kind: juhe.FaultInterrupted},
		},
	}}
}

type tickMsg struct{ id int }

const tickEvery = 100 * time.Millisecond

func (p *pendingLookup) nextTick() tea.Cmd {
	id := p.id
	return tea.Tick(tickEvery, func(time.Time) tea.Msg { return tickMsg{id} })
}

// tick moves the spinner while the lookup is in progress. first reports whether it is the
// first tick: by then the ledger counts the lookup.
func (p *pendingLookup) tick(msg tickMsg) (next tea.Cmd, first bool) {
	if msg.id != p.id || !p.InProgress() {
		return nil, false
	}
	p.spinnerFrame++
	return p.nextTick(), p.spinnerFrame == 1
}

// progress shows how much of the timeout the lookup has used. It names the company if
// the form shows another query.
func (p *pendingLookup) progress(shown juhe.Query, width int) string {
	elapsed := p.Now().Sub(p.startedAt)
	text := p.Messages.Form.Sending
	if !p.waiting {
		text = p.Messages.Form.PreviousPending
	}
	const barWidth, timesWidth, spacesWidth = 16, len("  00.0 / 00 s"), 4
	if shown != p.typedQuery {
		room := width - widget.Width(text) - barWidth - timesWidth - spacesWidth
		text += p.Messages.Colon + ansi.Truncate(lookup.MaskCompany(p.normalQuery.Factors[juhe.Entname]), max(room, widget.Gutter), "…")
	}
	return p.Theme.Accent.Render(p.Theme.SpinnerFrame(p.spinnerFrame)+" "+text) + "  " +
		p.Theme.Bar(elapsed.Seconds()/p.Service.Timeout.Seconds(), barWidth) +
		p.Theme.Text.Render(fmt.Sprintf("  %.1f / %g s", elapsed.Seconds(), p.Service.Timeout.Seconds()))
}
