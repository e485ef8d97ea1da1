package form

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

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
		text += p.Messages.Colon + ansi.Truncate(juhe.Sanitize(ident.MaskEmbeddedIDs(juhe.Entname, p.normalQuery.Factors[juhe.Entname])), max(room, widget.Gutter), "…")
	}
	return p.Theme.Accent.Render(p.Theme.SpinnerFrame(p.spinnerFrame)+" "+text) + "  " +
		p.Theme.Bar(elapsed.Seconds()/p.Service.Timeout.Seconds(), barWidth) +
		p.Theme.Text.Render(fmt.Sprintf("  %.1f / %g s", elapsed.Seconds(), p.Service.Timeout.Seconds()))
}
