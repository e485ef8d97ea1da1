package ui

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// TerminateMsg ends the console on a signal.
type TerminateMsg struct{}

// quit quits at once, unless a lookup is in progress or something unsaved would be
// lost: then it warns and waits for a second key. A batch screen handles the key
// first.
func (m *Model) quit() tea.Cmd {
	if m.active == m.Batch {
		if m.Batch.StopWarning() != "" && m.status.Text != "" { // the status covered the warning; show it again
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
	// Another status may have replaced the warning.
	if text == "" || m.quitWarned && m.status.Text == text {
		return tea.Quit
	}
	m.quitWarned = true
	m.status = widget.StatusMsg{Severity: widget.Warn, Text: text}
	return nil
}

// quitWarning returns what quitting would lose, or "".
func (m *Model) quitWarning() string {
	quit := m.Keys.Name(keymap.Quit)
	switch {
	case m.Batch.IsRunning():
		return fmt.Sprintf(m.Messages.Batch.QuitWarning, m.Batch.RunID(), quit)
	case m.Form.InProgress():
		return fmt.Sprintf(m.Messages.App.QuitWarning, quit)
	case m.Form.UnrecordedResult() != nil:
		return fmt.Sprintf(m.Messages.AtExit.QuitUnviewed, m.Keys.Name(keymap.OpenLast), quit)
	case m.Form.HasUnsent():
		return fmt.Sprintf(m.Messages.AtExit.QuitUnsent, quit)
	}
	return ""
}

const (
	// noticeDelay is the delay before waiting for requests in progress is announced.
	noticeDelay = 100 * time.Millisecond
	// shutdownTimeout limits the wait for requests after they were cancelled.
	shutdownTimeout = 700 * time.Millisecond
)

// InProgress reports whether Await has anything to wait for.
func (m *Model) InProgress() bool { return m.Form.InProgress() || m.Batch.IsRunning() }

// Await waits for requests in progress, which may be billed, after the event loop has
// ended. It sends nothing. It waits until their timeout or until abort is done. If
// that takes a moment, it calls notify.
func (m *Model) Await(abort context.Context, notify func(text string)) {
	call, run := m.Form.StopSending(), m.Batch.Shutdown()
	aborted, notice, timeout := abort.Done(), time.After(noticeDelay), (<-chan time.Time)(nil)
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
			m.Batch.Cancel()
			aborted, timeout = nil, time.After(shutdownTimeout)
		case <-timeout:
			if call != nil {
				lost := m.Form.PendingAsLost()
				m.unfinished = &lost
			}
			return
		}
	}
}

// awaitText describes what Await waits for.
func (m *Model) awaitText(call bool) string {
	n := m.Batch.InFlight()
	if call {
		n++
	}
	if n == 0 { // only the output of a run is unfinished
		return fmt.Sprintf(m.Messages.Batch.WritingNow, m.Keys.Name(keymap.Quit))
	}
	return fmt.Sprintf(m.Messages.Runs.Progress.Interrupted, n, m.Form.Service.Timeout)
}

// Close closes a run that the event loop left unfinished.
func (m *Model) Close() { m.Batch.Close() }
