// Package ui is the console's root model. It only routes: window size, the help
// overlay, the global keys, then the active screen.
package ui

import (
	"cmp"
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/batch"
	"fourfactor/ui/form"
	"fourfactor/ui/help"
	"fourfactor/ui/history"
	"fourfactor/ui/result"
	"fourfactor/ui/setup"
	"fourfactor/ui/widget"
)

// Options configures the console.
type Options struct {
	widget.Common
	Form          *form.Screen
	Result        *result.Screen
	History       *history.Screen
	Batch         *batch.Screen
	Setup         *setup.Screen    // active at first if no key is configured
	Terminal      *widget.Terminal // nil if the caret is drawn as a cell
	Demo          bool
	InitialStatus string // the first status message
	Suspend       tea.Cmd
	// SentToday returns the number of lookups that all processes have sent today,
	// Beijing time.
	SentToday  func(context.Context) (int, error)
	DailyLimit int     // 0 for none
	Price      float64 // of a call, in yuan; 0 if unknown
}

// Model is the root model.
type Model struct {
	Options
	help         *help.Screen
	screens      []widget.Screen
	active       widget.Screen
	behindResult widget.Screen // the screen that Back returns to from a result
	helpOpen     bool
	status       widget.StatusMsg
	today        sentToday
	quitWarned   bool          // the warning before quitting was shown
	maybePasted  bool          // the next key may be part of a paste
	unfinished   *form.DoneMsg // the lookup in progress at the end
	interrupted  bool          // by a panic
	restart      *setup.DoneMsg
	crash        crashGuard
	width        int
	height       int
}

// New returns the console. The form is active, or the setup if no key is configured.
func New(o Options) *Model {
	m := &Model{
		Options: o, active: o.Form, behindResult: o.Form, screens: []widget.Screen{o.Form, o.Result, o.History, o.Batch, o.Setup},
		help: help.New(o.Common), crash: crashGuard{occurred: make(chan struct{})},
		status: widget.StatusMsg{Severity: widget.Note, Text: o.InitialStatus},
	}
	if o.Form.NoKey {
		m.active = o.Setup
	}
	return m
}

// UnfinishedLookup returns the lookup that was in progress at the end, with its
// outcome, or nil.
func (m *Model) UnfinishedLookup() *form.DoneMsg { return m.unfinished }

// InterruptedLookup returns the lookup that was in progress when a panic ended the
// console, or nil. Its outcome may be in the ledger.
func (m *Model) InterruptedLookup() *form.DoneMsg {
	if !m.interrupted {
		return nil
	}
	cut := m.Form.PendingAsLost()
	return &cut
}

// Restart returns the message of the setup that asks for a new console, or nil.
func (m *Model) Restart() *setup.DoneMsg { return m.restart }

// Init starts the screens. If the setup is active, the form initialises itself when it
// is opened.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.crash.quit, m.countSentToday()}
	for _, s := range m.screens {
		if s != m.Form || m.active == s {
			cmds = append(cmds, s.Init())
		}
	}
	return m.crash.guard(tea.Batch(cmds...))
}

// Update handles a message.
func (m *Model) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	model = m // also after a panic
	defer m.crash.catch()
	return m, m.crash.guard(m.update(msg))
}

func (m *Model) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.resize(msg)
		return nil
	case widget.MaybePastedMsg:
		m.maybePasted = true
		return nil
	case tea.KeyMsg:
		return m.press(msg)
	case tea.MouseMsg:
		if m.active == m.Form && !m.helpOpen { // the form does not scroll
			return nil
		}
		return m.pressAll(widget.WheelKeys(msg))
	case widget.StatusMsg:
		m.status = msg
		return nil
	case sentTodayMsg:
		return m.setSentToday(msg)
	case TerminateMsg:
		return tea.Quit
	case widget.NoShellMsg:
		m.status = widget.StatusMsg{Severity: widget.Note, Text: m.Messages.App.NoShell}
		return nil
	case form.DoneMsg:
		if m.active != m.Form || m.helpOpen {
			m.Form.Hide()
		}
		if m.active == m.History {
			return tea.Batch(m.broadcast(msg), m.History.Refresh())
		}
	case history.DeletedMsg:
		if msg.Deleted() {
			m.forget(msg.ID)
		}
	case widget.RecordGoneMsg:
		m.forget(msg.ID)
		m.status = widget.StatusMsg{Severity: widget.Warn, Text: m.Messages.Result.LookupDeleted}
	default:
		if cmd, handled := m.navigate(msg); handled {
			return cmd
		}
	}
	return m.broadcast(msg)
}

// broadcast delivers a message to every screen. A screen receives its own results even
// if it is not active, and ignores those of others.
func (m *Model) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range m.screens {
		cmds = append(cmds, s.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (m *Model) resize(size tea.WindowSizeMsg) {
	// A new terminal, of a container in particular, may not know its size yet.
	m.width, m.height = cmp.Or(size.Width, defaultWidth), cmp.Or(size.Height, defaultHeight)
	for _, s := range append([]widget.Screen{m.help}, m.screens...) {
		s.SetSize(m.width, max(m.height-frameLines, 1))
	}
}

// The assumed size of a terminal that does not report it.
const defaultWidth, defaultHeight = 80, 24
