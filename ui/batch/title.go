package batch

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	engine "fourfactor/juhe/batch"
)

// bellAfter is the duration from which on the end of a run rings the bell.
const bellAfter = 10 * time.Second

// The terminal saves the window title on a stack. Not every terminal has one, so the
// title is also set to the program's name.
const (
	saveTitle    = "\x1b[22;2t"
	restoreTitle = "\x1b]2;fourfactor\a\x1b[23;2t"
)

// updateTitle shows the run in the window title if the text has changed.
func (s *Screen) updateTitle() tea.Cmd {
	l := s.active
	if s.Terminal == nil || l.progress.RunID == 0 {
		return nil
	}
	text := s.titleText()
	if text == l.windowTitle {
		return nil
	}
	l.windowTitle = text
	if s.titleSet {
		return s.sendSequence(ansi.SetWindowTitle(text))
	}
	s.titleSet = true
	s.titleChanged.Store(true)
	return s.sendSequence(saveTitle + ansi.SetWindowTitle(text))
}

func (s *Screen) titleText() string {
	w, p := s.Messages.Batch, s.active.progress
	switch {
	case asksToContinue(p):
		return fmt.Sprintf(w.TitleAsk, p.RunID)
	case p.State == engine.Paused:
		return fmt.Sprintf(w.TitlePaused, p.RunID, s.percent(), s.Messages.Runs.States[p.State])
	}
	return fmt.Sprintf(w.TitleRun, p.RunID, s.percent())
}

// resetTitle restores the window title once the run has ended.
func (s *Screen) resetTitle() tea.Cmd {
	if !s.titleSet || s.IsRunning() {
		return nil
	}
	s.titleSet = false
	return func() tea.Msg {
		s.restoreTitle()
		return nil
	}
}

// restoreTitle restores the window title if it was changed. Close calls it too, because
// a program that exits runs no commands.
func (s *Screen) restoreTitle() {
	if s.titleChanged.CompareAndSwap(true, false) {
		s.Terminal.Send(restoreTitle)
	}
}

// ringBell announces the end of a long run by the bell and in the window title, until
// the next key.
func (s *Screen) ringBell() tea.Cmd {
	l := s.active
	if s.Terminal == nil || s.Now().Sub(l.startedAt) < bellAfter {
		return s.resetTitle()
	}
	text := fmt.Sprintf(s.Messages.Batch.TitleEnd, l.progress.RunID)
	return s.sendSequence("\a" + ansi.SetWindowTitle(text))
}

// sendSequence sends a sequence that draws nothing.
func (s *Screen) sendSequence(sequence string) tea.Cmd {
	if s.Terminal == nil {
		return nil
	}
	return func() tea.Msg {
		s.Terminal.Send(sequence)
		return nil
	}
}

// percent returns how much of the run is done. It is 100 only at the end.
func (c *common) percent() int {
	p := c.active.progress
	if p.Rows == 0 {
		return 0
	}
	return min(p.Done*100/p.Rows, 100)
}

// Badge returns a short text about the run in progress, or "". urgent reports whether
// the run needs the operator.
func (s *Screen) Badge() (text string, urgent bool) {
	if !s.IsRunning() {
		return "", false
	}
	w, p := s.Messages.Batch, s.active.progress
	text = fmt.Sprintf(w.Badge, p.RunID, s.percent())
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
