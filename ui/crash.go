package ui

import (
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
)

// crashGuard records the first panic. Bubble Tea would print it on the terminal, and
// its text may contain what the operator typed.
type crashGuard struct {
	once     sync.Once
	first    *juhe.Panic
	occurred chan struct{} // closed after the first panic
}

// catch recovers and records a panic. It must be deferred.
func (c *crashGuard) catch() {
	if value := recover(); value != nil {
		c.once.Do(func() {
			c.first = juhe.NewPanic(value)
			close(c.occurred)
		})
	}
}

// quit is a command that ends the program after a panic.
func (c *crashGuard) quit() tea.Msg {
	<-c.occurred
	return tea.QuitMsg{}
}

// guard returns a command that recovers panics of cmd and of the commands that cmd
// returns.
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

// Crash returns the panic that ended the console, or nil.
func (m *Model) Crash() *juhe.Panic {
	select {
	case <-m.crash.occurred:
		return m.crash.first
	default:
		return nil
	}
}
