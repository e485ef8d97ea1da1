package ui

import (
	"runtime/debug"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
)

// Crash is a defect of ours that has ended the console.
type Crash struct {
	Value any
	Stack []byte
}

// crashGuard takes the first defect. Bubble Tea catches them too, but tells them on
// the terminal: what a defect says may hold what the operator typed.
type crashGuard struct {
	once     sync.Once
	first    Crash
	occurred chan struct{} // closed when there is one
}

// catch is deferred where a defect may come up.
func (c *crashGuard) catch() {
	if value := recover(); value != nil {
		c.record(Crash{value, debug.Stack()})
	}
}

func (c *crashGuard) record(defect Crash) {
	c.once.Do(func() {
		c.first = defect
		close(c.occurred)
	})
}

// quit ends the program once there is a defect.
func (c *crashGuard) quit() tea.Msg {
	<-c.occurred
	return tea.QuitMsg{}
}

// guard is a command that does not fall with a defect.
func (c *crashGuard) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer c.catch()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = c.guard(batch[i])
			}
		}
		return msg
	}
}

// Crash is the defect that has ended the console, or nil.
func (m *Model) Crash() *Crash {
	select {
	case <-m.crash.occurred:
		return &m.crash.first
	default:
		return nil
	}
}
