package ui_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// settle runs a command and all that follow, until only this many are still running.
func (c console) settle(cmd tea.Cmd, waiting int) {
	c.t.Helper()
	running, messages, done := 0, make(chan tea.Msg), c.t.Context().Done()
	run := func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		running++
		go func() {
			select {
			case messages <- cmd():
			case <-done:
			}
		}()
	}
	run(cmd)
	late := time.After(10 * time.Second)
	for running > waiting {
		select {
		case msg := <-messages:
			running--
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, cmd := range batch {
					run(cmd)
				}
				continue
			}
			run(c.update(msg))
		case <-late:
			c.t.Fatalf("%d commands go on:\n%s", running, c.Shown())
		}
	}
}

// TestIdle: when nothing is in progress nothing runs: no blinking caret and no
// polling.
func TestIdle(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(matchingQuery())
	c.settle(c.Init(), 1) // waits for a panic
	for _, names := range [][]string{
		{"f2"},
		{"北京"},
		{"left"},
		{"tab"},
		{"ctrl+t"},
		{"f1"},
		{"esc"},
		{"ctrl+o"},
		{"c"},
		{"o"},
		{"f3"},
		{"down"},
		{"/"},
		{"京"},
		{"esc"},
		{"esc"},
		{"f4"},
		{"n"},
		{"x"},
		{"tab"},
		{"esc"},
		{"f2"},
	} {
		for _, name := range names {
			c.settle(c.press(name), 0)
		}
	}
}
