package batch

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	engine "fourfactor/juhe/batch"
)

// longRun is from when on the end of a run is worth a bell: its operator has
// turned to something else.
const longRun = 10 * time.Second

// The window's title is kept by the terminal, and given back. Not every
// terminal keeps one: what stays there is at least not untrue.
const (
	saveTitle     = "\x1b[22;2t"
	restoredTitle = "\x1b]2;fourfactor\a\x1b[23;2t"
)

// title tells in the window's title how the run is, whenever that is another
// text.
func (s *Screen) title() tea.Cmd {
	l := s.live
	if s.Terminal == nil || l.progress.Run == 0 {
		return nil
	}
	text := s.titleText()
	if text == l.titled {
		return nil
	}
	l.titled = text
	if s.restore {
		return s.send(ansi.SetWindowTitle(text))
	}
	s.restore = true
	s.owed.Store(true)
	return s.send(saveTitle + ansi.SetWindowTitle(text))
}

func (s *Screen) titleText() string {
	w, p := s.Words.Batch, s.live.progress
	switch {
	case unwell(p):
		return fmt.Sprintf(w.TitleAsk, p.Run)
	case p.State == engine.Paused:
		return fmt.Sprintf(w.TitlePaused, p.Run, s.percent(), s.Words.Runs.States[string(p.State)])
	}
	return fmt.Sprintf(w.TitleRun, p.Run, s.percent())
}

// resetTitle gives the window the title that it had before the run, once that
// has ended.
func (s *Screen) resetTitle() tea.Cmd {
	if !s.restore || s.UnderWay() {
		return nil
	}
	s.restore = false
	return func() tea.Msg {
		s.giveTitle()
		return nil
	}
}

// giveTitle gives the title back if that is still owed. A program that ends runs
// no commands any more: Close calls it too.
func (s *Screen) giveTitle() {
	if s.owed.CompareAndSwap(true, false) {
		s.Terminal.Send(restoredTitle)
	}
}

// bell tells the end of a long run, and puts it into the window's title until
// the next key.
func (s *Screen) bell() tea.Cmd {
	l := s.live
	if s.Terminal == nil || s.Now().Sub(l.began) < longRun {
		return s.resetTitle()
	}
	text := fmt.Sprintf(s.Words.Batch.TitleEnd, l.progress.Run)
	return s.send("\a" + ansi.SetWindowTitle(text))
}

// send sends to the terminal what draws nothing.
func (s *Screen) send(sequence string) tea.Cmd {
	if s.Terminal == nil {
		return nil
	}
	terminal := s.Terminal
	return func() tea.Msg {
		terminal.Send(sequence)
		return nil
	}
}

// percent is how much of the run is done. It is 100 only at its end.
func (s *Screen) percent() int {
	p := s.live.progress
	if p.Rows == 0 {
		return 0
	}
	return min(p.Done*100/p.Rows, 100)
}

// Badge tells in a few cells of the run that is driven; empty if none is. loud
// tells that it needs the operator.
func (s *Screen) Badge() (text string, loud bool) {
	if !s.UnderWay() {
		return "", false
	}
	w, p := s.Words.Batch, s.live.progress
	text = fmt.Sprintf(w.Badge, p.Run, s.percent())
	if p.Run == 0 {
		text = w.Title
	}
	if unwell(p) {
		return text + " " + w.BadgeAsk, true
	}
	if p.State != engine.Running && p.State != engine.Preparing {
		return text + " " + s.Words.Runs.States[string(p.State)], p.State == engine.Paused
	}
	return text, false
}
