package ui

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/batch"
	"fourfactor/ui/form"
	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
)

// Terminate asks the console to end because the system says so: as a second
// Ctrl+C does. A second one does not wait for a run any more.
type Terminate struct{}

// leaving is the way out, which waits for what may have been paid for.
type leaving struct {
	warned    bool // Ctrl+C was pressed once with something under way
	on        bool // and twice: the console ends as soon as it can
	call, run bool // the look-up of the form, or a run, is waited for
}

// Messages on the way out: an abandoned look-up does not end by itself, a run
// takes too long to stop, or does not end although it was given up.
type (
	giveUp    struct{}
	giveUpRun struct{}
	runGone   struct{}
)

// patience is how long quitting waits for an abandoned look-up to be recorded.
const patience = 700 * time.Millisecond

// quit leaves at once, but asks for a second key while something is under way
// that may have been paid for, or has ended and would not be known to anyone. A run
// in front sees the key first.
func (m *Model) quit() tea.Cmd {
	if m.front == kit.Screen(m.Batch) && !m.leaving.on {
		if m.Batch.Warning() != "" && m.status.Text != "" { // it was covered: it shows again
			m.status = kit.StatusMsg{}
			return nil
		}
		if cmd, taken := m.Batch.Interrupt(); taken {
			m.leaving.warned = false
			m.status = kit.StatusMsg{}
			return cmd
		}
	}
	call, run := m.Form.UnderWay(), m.Batch.UnderWay()
	switch {
	case !call && !run && (m.leaving.on || m.Form.Unseen() == nil):
		return tea.Quit
	case m.leaving.on:
		return m.giveUpRun()
	}
	text := m.quitWarning(call, run)
	// Another text may have come over the warning since.
	if !m.leaving.warned || m.status.Text != text {
		m.leaving.warned = true
		m.status = kit.StatusMsg{Severity: kit.Warn, Text: text}
		return nil
	}
	if !call && !run {
		return tea.Quit
	}
	return m.startLeaving()
}

// quitWarning says what the next Ctrl+C gives up.
func (m *Model) quitWarning(call, run bool) string {
	quit := m.Keys.Name(keys.Quit)
	switch {
	case run:
		return fmt.Sprintf(m.Words.Batch.QuitWarning, m.Batch.RunID(), quit)
	case call:
		return fmt.Sprintf(m.Words.App.QuitWarning, quit)
	}
	return fmt.Sprintf(m.Words.Leaving.QuitUnseen, m.Keys.Name(keys.Last), quit)
}

// warning is what stays on the status line because the next Ctrl+C gives
// something up; empty if it does not.
func (m *Model) warning() string {
	switch {
	case m.leaving.on && m.leaving.run && m.Batch.Warning() != "":
		return fmt.Sprintf(m.Words.Batch.Quitting, m.Batch.OnTheWire(), m.Keys.Name(keys.Quit))
	case !m.leaving.on && m.front == kit.Screen(m.Batch):
		return m.Batch.Warning()
	}
	return ""
}

// startLeaving gives up the look-up of the form, which nobody would see any
// more, and stops a run safely.
func (m *Model) startLeaving() tea.Cmd {
	m.leaving = leaving{on: true, call: m.Form.UnderWay(), run: m.Batch.UnderWay()}
	var cmds []tea.Cmd
	if m.leaving.call {
		m.Form.Abandon()
		cmds = append(cmds, after(patience, giveUp{}))
	}
	if m.leaving.run {
		cmds = append(cmds, m.Batch.Halt(), after(m.Batch.Patience(), giveUpRun{}))
		m.status = kit.StatusMsg{}
	}
	return tea.Batch(cmds...)
}

// giveUpRun does not wait any more for what a run has under way.
func (m *Model) giveUpRun() tea.Cmd {
	if !m.leaving.run {
		return nil
	}
	m.Batch.GiveUp()
	return after(patience, runGone{})
}

func after(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}

// leave goes on with leaving, and ends the program when there is nothing left
// to wait for.
func (m *Model) leave(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case Terminate:
		switch call, run := m.Form.UnderWay(), m.Batch.UnderWay(); {
		case !call && !run:
			return tea.Quit
		case m.leaving.on:
			return m.giveUpRun()
		}
		return m.startLeaving()
	case giveUp:
		if m.leaving.call {
			lost := m.Form.Lost()
			m.left, m.leaving.call = &lost, false
		}
	case form.DoneMsg:
		m.left, m.leaving.call = &msg, false
	case giveUpRun:
		return m.giveUpRun()
	case batch.EndedMsg:
		m.Batch.Update(msg)
		m.leaving.run = m.Batch.UnderWay()
	case runGone:
		m.leaving.run = false
	}
	if m.leaving.call || m.leaving.run {
		return nil
	}
	return tea.Quit
}

// Close ends what outlives the event loop: a run that it has left under way.
func (m *Model) Close() { m.Batch.Close() }
