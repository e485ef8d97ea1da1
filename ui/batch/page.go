package batch

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// page is a page of the screen. Pages do not know each other: Update returns what the
// operator chose, and the screen acts on it and opens the next page.
type page interface {
	Update(tea.KeyMsg) (choice, tea.Cmd)
	// View returns the lines above the panel, which leaves them a height.
	View(height int) []string
	// Panel returns a question or a prompt, or nil.
	Panel() []string
	Keys() widget.KeyMap
	Typing() bool
	// Caret returns the position of the caret while text is typed.
	Caret() (x, y int)
	// resize sets the widths of the fields after a change of the screen's size.
	resize()
}

// choice is one of the types below, for what the operator chose on a page, or nil.
type choice any

type (
	leave    struct{} // go to the page before
	newRun   struct{}
	showRun  struct{ summary engine.Summary }
	openFile struct{ path string }
	reopen   struct { // the input, with another setting
		open func(context.Context) (*draft, error)
		plan bool // next
	}
	makePlan struct{}
	start    struct{} // the planned run
	stop     struct{} // the run in progress
	pause    struct{} // or continue it
	resume   struct {
		run    lookup.RunID
		resend bool
	}
	exportTo struct {
		path           string
		run            lookup.RunID
		unresolvedOnly bool
	}
)

// common has the state and the views that all pages share. It is a page without a panel
// and without fields.
type common struct {
	Options
	width, height int
	active        *activeRun // last run executed here
}

// Panel returns nil.
func (c *common) Panel() []string { return nil }

// Typing reports false.
func (c *common) Typing() bool { return false }

// Caret is not called.
func (c *common) Caret() (x, y int) { return 0, 0 }

func (c *common) resize() {}

// above returns the height that a panel leaves, with the rule above the panel.
func (c *common) above(panel []string) int {
	if len(panel) == 0 {
		return c.height
	}
	return c.height - len(panel) - 1
}
