package app

import (
	"context"
	"fmt"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/term"
	"github.com/mattn/go-runewidth"

	"fourfactor/ui"
	"fourfactor/ui/probe"
	"fourfactor/ui/widget"
)

// runProgram runs the screens until the operator quits or ctx ends, and returns
// what was interrupted.
//
// Signals arrive through ctx only: Bubble Tea's own handler can wait forever for
// an event loop that has ended. The terminal is restored before lookups in
// progress are awaited; giveUp ends the wait.
func (a *App) runProgram(ctx context.Context, c *Console) (state ExitState, err error) {
	// bubbles measures with runewidth, which counts · and … as two under zh_CN.
	runewidth.DefaultCondition.EastAsianWidth = false
	terminal := widget.NewTerminal(os.Stdout)
	var program *tea.Program
	keyboard, err := widget.NewKeyboard(os.Stdin, widget.KeyboardOptions{
		Now: time.Now, Mouse: c.Config.UI.Mouse, Send: func(msg tea.Msg) { program.Send(msg) },
	})
	if err != nil {
		return state, err
	}
	job := widget.NewJobControl(keyboard, c.Config.UI.Mouse)
	model := newModel(c, terminal, job)
	options := []tea.ProgramOption{tea.WithAltScreen(), tea.WithInput(keyboard), tea.WithOutput(terminal), tea.WithoutSignalHandler()}
	if c.Config.UI.Mouse {
		options = append(options, tea.WithMouseCellMotion())
	}
	program = tea.NewProgram(model, options...)
	defer context.AfterFunc(ctx, func() { program.Send(ui.TerminateMsg{}) })()
	stopWatching := watchTerminal(program, keyboard, job, a.Leave)
	running, end := context.WithCancel(ctx)
	defer end()
	go purgeExpiredHourly(running, c.Session, func(text string) {
		program.Send(widget.StatusMsg{Severity: widget.Note, Text: text})
	})
	_, err = program.Run()
	stopWatching()
	if ctx.Err() != nil { // the terminal may be gone; that is not an error
		err = nil
	}
	giveUp := a.GiveUp
	switch {
	case model.Restart() != nil: // the next console's signal stops waiting
		giveUp = ctx
	case model.InProgress(): // the next signal stops waiting
		a.Leave()
	}
	model.Await(giveUp, func(text string) { fmt.Fprintf(os.Stderr, "fourfactor: %s\n", text) })
	model.Close()
	return exitState(c, model), err
}

// exitState returns what was interrupted when the screens ended, and whether the
// console restarts.
func exitState(c *Console, model *ui.Model) (state ExitState) {
	state.Crash = model.Crash()
	state.RunText, state.RunFinished = model.Batch.ExitMessage(), model.Batch.Finished()
	if done := model.UnfinishedLookup(); done != nil && done.Err == nil {
		state.Pending = &done.Record
	}
	if interrupted := model.InterruptedLookup(); interrupted != nil {
		state.InterruptedByCrash = &interrupted.Record
	}
	state.UnrecordedResult = model.Form.UnrecordedResult()
	if next := model.Restart(); next != nil {
		state.restart = &restart{*next, model.Form.Query(), c.Setup.ConfigExists}
	}
	return state
}

// watchTerminal follows job control and calls leave when the terminal closes,
// which may happen without a signal. It runs until stopWatching is called.
func watchTerminal(program *tea.Program, keyboard *widget.Keyboard, job *widget.JobControl, leave func()) (stopWatching func()) {
	open, cancel := context.WithCancel(context.Background())
	job.Watch(open, program.Send)
	go func() {
		select {
		case <-open.Done():
		case <-keyboard.Closed():
			leave()
		}
	}()
	return func() {
		cancel()
		keyboard.Close()
	}
}

// terminalSize returns the size of the terminal in cells.
func terminalSize() (width, height int) {
	for _, f := range []*os.File{os.Stderr, os.Stdout} {
		if width, height, err := term.GetSize(f.Fd()); err == nil {
			return width, height
		}
	}
	return 0, 0
}

// colourProfile returns the name of the colour profile that the console would use.
func colourProfile() string {
	return widget.ColorProfile(lipgloss.DefaultRenderer(), os.Getenv("TERM")).Name()
}

// measureCells measures how many cells the terminal uses for each text.
func measureCells(texts []string) ([]int, error) {
	return probe.MeasureCells(os.Stdin, os.Stdout, texts, 500*time.Millisecond)
}
