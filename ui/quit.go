package ui

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// TerminateMsg asks the console to end because the system says so.
type TerminateMsg struct{}

// quit leaves at once, but asks for a second key while something is in progress
// that may have been paid for, or would be gone that is nowhere else. A run in
// front sees the key first.
func (m *Model) quit() tea.Cmd {
	if m.active == widget.Screen(m.Batch) {
		if m.Batch.Warning() != "" && m.status.Text != "" { // it was covered: it shows again
			m.status = widget.StatusMsg{}
			return nil
		}
		if cmd, taken := m.Batch.Interrupt(); taken {
			m.quitWarned = false
			m.status = widget.StatusMsg{}
			return cmd
		}
	}
	text := m.quitWarning()
	// Another text may have come over the warning since.
	if text == "" || m.quitWarned && m.status.Text == text {
		return tea.Quit
	}
	m.quitWarned = true
	m.status = widget.StatusMsg{Severity: widget.Warn, Text: text}
	return nil
}

// quitWarning says what the next Ctrl+C does that cannot be undone; empty if one
// is enough.
func (m *Model) quitWarning() string {
	quit := m.Keys.Name(keymap.Quit)
	switch {
	case m.Batch.UnderWay():
		return fmt.Sprintf(m.Words.Batch.QuitWarning, m.Batch.RunID(), quit)
	case m.Form.InProgress():
		return fmt.Sprintf(m.Words.App.QuitWarning, quit)
	case m.Form.UnviewedResult() != nil:
		return fmt.Sprintf(m.Words.Leaving.QuitUnseen, m.Keys.Name(keymap.OpenLast), quit)
	case m.Form.HasUnsent():
		return fmt.Sprintf(m.Words.Leaving.QuitUnsent, quit)
	}
	return ""
}

// warning is what stays on the status line because the next Ctrl+C gives
// something up; empty if it does not.
func (m *Model) warning() string {
	if m.active == widget.Screen(m.Batch) {
		return m.Batch.Warning()
	}
	return ""
}

const (
	// noticeDelay is how long what is in progress may take to end by itself before it
	// is said that it is awaited.
	noticeDelay = 100 * time.Millisecond
	// shutdownTimeout is how long it may take once it is given up.
	shutdownTimeout = 700 * time.Millisecond
)

// InProgress reports whether there is something to await.
func (m *Model) InProgress() bool { return m.Form.InProgress() || m.Batch.UnderWay() }

// Await is called when the screens have ended. It sends nothing any more, and
// awaits what may have been paid for, up to its deadline or until abort ends.
// say says so, where it takes longer than a moment.
func (m *Model) Await(abort context.Context, notify func(text string)) {
	call, run := m.Form.StopSending(), m.Batch.Halt()
	aborted, notice, late := abort.Done(), time.After(noticeDelay), (<-chan time.Time)(nil)
	for call != nil || run != nil {
		select {
		case done, ok := <-call:
			if m.interrupted = !ok; ok {
				m.unfinished = &done
			}
			call = nil
		case <-run:
			run = nil
		case <-notice:
			if aborted != nil {
				notify(m.awaitText(call != nil))
			}
		case <-aborted:
			m.Form.Cancel()
			m.Batch.GiveUp()
			aborted, late = nil, time.After(shutdownTimeout)
		case <-late:
			if call != nil {
				lost := m.Form.PendingAsLost()
				m.unfinished = &lost
			}
			return
		}
	}
}

// awaitText says what is awaited.
func (m *Model) awaitText(call bool) string {
	n := m.Batch.OnTheWire()
	if call {
		n++
	}
	if n == 0 { // what is awaited is the output of a run
		return fmt.Sprintf(m.Words.Batch.WritingNow, m.Keys.Name(keymap.Quit))
	}
	return fmt.Sprintf(m.Words.Runs.Progress.GivesUp, n, m.Form.Service.Timeout)
}

// Close ends what outlives the event loop: a run that it has left under way.
func (m *Model) Close() { m.Batch.Close() }
