package batch

import (
	"fmt"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/i18n"
)

// bellAfter is the duration from which on the end of a run rings the bell.
const bellAfter = 10 * time.Second

// The terminal saves the window title on a stack. Not every terminal has one, so the
// title is also set to the program's name.
const (
	saveTitle    = "\x1b[22;2t"
	restoreTitle = "\x1b]2;fourfactor\a\x1b[23;2t"
)

// windowTitle shows a run in the title of the terminal's window, and rings the bell.
type windowTitle struct {
	terminal Terminal    // may be nil
	text     string      // shown; "" for the title of before
	changed  atomic.Bool // and must be restored, even when the program exits
}

// set shows a text.
func (t *windowTitle) set(text string) tea.Cmd {
	if t.terminal == nil || text == "" || text == t.text {
		return nil
	}
	sequence := ansi.SetWindowTitle(text)
	if t.text == "" {
		sequence = saveTitle + sequence
	}
	t.text = text
	t.changed.Store(true)
	return t.send(sequence)
}

// reset restores the title.
func (t *windowTitle) reset() tea.Cmd {
	if t.text == "" {
		return nil
	}
	t.text = ""
	return func() tea.Msg {
		t.restore()
		return nil
	}
}

// restore restores the title if it was changed. Close calls it too, because a program that
// exits runs no commands.
func (t *windowTitle) restore() {
	if t.changed.CompareAndSwap(true, false) {
		t.terminal.Send(restoreTitle)
	}
}

// send sends a sequence that draws nothing.
func (t *windowTitle) send(sequence string) tea.Cmd {
	if t.terminal == nil {
		return nil
	}
	return func() tea.Msg {
		t.terminal.Send(sequence)
		return nil
	}
}

// title returns the title for the run in progress, or "" before it has started.
func (a *activeRun) title(m *i18n.Messages) string {
	w, p := m.Batch, a.progress
	switch {
	case p.RunID == 0:
		return ""
	case asksToContinue(p):
		return fmt.Sprintf(w.TitleAsk, p.RunID)
	case p.State == engine.Paused:
		return fmt.Sprintf(w.TitlePaused, p.RunID, a.percent(), m.Runs.States[p.State])
	}
	return fmt.Sprintf(w.TitleRun, p.RunID, a.percent())
}

// ring announces the end of a long run by the bell and in the title, until the next key.
func (s *Screen) ring() tea.Cmd {
	if s.Now().Sub(s.active.startedAt) < bellAfter {
		return s.title.reset()
	}
	return s.title.send("\a" + ansi.SetWindowTitle(fmt.Sprintf(s.Messages.Batch.TitleEnd, s.active.progress.RunID)))
}

// percent returns how much of the run is done. It is 100 only at the end.
func (a *activeRun) percent() int {
	if a.progress.Rows == 0 {
		return 0
	}
	return min(a.progress.Done*100/a.progress.Rows, 100)
}

// Badge returns a short text about the run in progress, or "". urgent reports whether
// the run needs the operator.
func (s *Screen) Badge() (text string, urgent bool) {
	if !s.IsRunning() {
		return "", false
	}
	w, p := s.Messages.Batch, s.active.progress
	text = fmt.Sprintf(w.Badge, p.RunID, s.active.percent())
	if p.RunID == 0 {
		text = w.Title
	}
	if asksToContinue(p) {
		return text + " " + w.BadgeAsk, true
	}
	if p.State != engine.Running && p.State != engine.Preparing {
		return text + " " + s.Messages.Runs.States[p.State], p.State == engine.Paused
	}
	return text, false
}
