// Package ui is the console's root model. It routes and nothing else: sizes,
// the overlay, the keys that work anywhere, then the screen in front.
package ui

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/batch"
	"fourfactor/ui/form"
	"fourfactor/ui/help"
	"fourfactor/ui/history"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/result"
	"fourfactor/ui/setup"
	"fourfactor/ui/widget"
)

// Options are what the console is made of.
type Options struct {
	Words         *i18n.Text
	Theme         *widget.Theme
	Keys          widget.Keys
	Form          *form.Screen
	Result        *result.Screen
	History       *history.Screen
	Batch         *batch.Screen
	Setup         *setup.Screen    // in front where the form has no key
	Terminal      *widget.Terminal // nil where the caret is drawn instead
	Demo          bool
	InitialStatus string // what the status line says first
	Suspend       tea.Cmd
}

// Model is the root.
type Model struct {
	Options
	help         *help.Screen
	screens      []widget.Screen
	active       widget.Screen
	behindResult widget.Screen // where Back goes from a result
	helpOpen     bool
	status       widget.StatusMsg
	quitWarned   bool          // Ctrl+C was pressed once
	maybePasted  bool          // the next key came together with others
	unfinished   *form.DoneMsg // the look-up that was in progress at the end
	interrupted  bool          // by a defect
	restart      *setup.DoneMsg
	crash        crashGuard
	width        int
	height       int
}

// New makes the console, with the form in front, or the setup.
func New(o Options) *Model {
	m := &Model{
		Options: o, active: o.Form, behindResult: o.Form, screens: []widget.Screen{o.Form, o.Result, o.History, o.Batch, o.Setup},
		help: help.New(o.Words, o.Theme, o.Keys), crash: crashGuard{occurred: make(chan struct{})},
		status: widget.StatusMsg{Severity: widget.Note, Text: o.InitialStatus},
	}
	if o.Form.NoKey {
		m.active = o.Setup
	}
	return m
}

// UnfinishedLookup is the look-up that was in progress at the end, and how it ended, if there
// is one.
func (m *Model) UnfinishedLookup() *form.DoneMsg { return m.unfinished }

// InterruptedLookup is the look-up that was under way when a defect ended the console, if one was.
// How it ended the ledger knows: its answer may have been on the way to the screen.
func (m *Model) InterruptedLookup() *form.DoneMsg {
	if !m.interrupted {
		return nil
	}
	cut := m.Form.PendingAsLost()
	return &cut
}

// Restart is how the setup wants to go on with another console, if it does.
func (m *Model) Restart() *setup.DoneMsg { return m.restart }

// Init starts the screens. The form says what it lacks when it is opened, if
// the setup asks for that first.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.crash.quit}
	for _, s := range m.screens {
		if s == widget.Screen(m.Form) && m.active != s {
			cmds = append(cmds, m.Form.CountToday())
			continue
		}
		cmds = append(cmds, s.Init())
	}
	return m.crash.guard(tea.Batch(cmds...))
}

// RefreshMsg tells that the ledger has got more than the screens know of.
type RefreshMsg struct{}

// Update routes.
func (m *Model) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	model = m // after a defect too
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
		if m.active == widget.Screen(m.Form) && !m.helpOpen { // nothing moves there
			return nil
		}
		return m.pressAll(widget.WheelKeys(msg))
	case widget.StatusMsg:
		m.status = msg
		return nil
	case TerminateMsg:
		return tea.Quit
	case widget.NoShellMsg:
		m.status = widget.StatusMsg{Severity: widget.Note, Text: m.Words.App.NoShell}
		return nil
	case RefreshMsg:
		return m.refresh()
	case form.DoneMsg:
		if m.active != widget.Screen(m.Form) || m.helpOpen {
			m.Form.Hide()
		}
		if m.active == widget.Screen(m.History) {
			return tea.Batch(m.broadcast(msg), m.History.Refresh())
		}
	case history.DeletedMsg:
		if msg.Deleted() {
			m.forget(msg.ID)
		}
	case widget.RecordGoneMsg:
		m.forget(msg.ID)
		m.status = widget.StatusMsg{Severity: widget.Warn, Text: m.Words.Result.NotThere}
	default:
		if cmd, ours := m.navigate(msg); ours {
			return cmd
		}
	}
	return m.broadcast(msg)
}

// navigate does what one screen asks of another.
func (m *Model) navigate(msg tea.Msg) (cmd tea.Cmd, ours bool) {
	switch msg := msg.(type) {
	case form.ShowResultMsg:
		return tea.Batch(m.open(m.Result), m.Result.Show(msg.Record)), true
	case history.OpenMsg:
		return m.Result.Load(msg.ID), true
	case result.LoadedMsg:
		if failed := m.Result.LoadError(msg); failed != nil {
			return failed, true
		}
		return tea.Batch(m.open(m.Result), m.Result.Show(msg.Record)), true
	case result.EditMsg:
		return m.fillForm(m.Form.Edit(msg.Record)), true
	case result.NewMsg:
		m.Form.Clear()
		return m.open(m.Form), true
	case result.RepeatMsg:
		return m.fillForm(m.Form.Recall(msg.Record)), true
	case history.FillMsg:
		return m.fillForm(m.Form.Recall(msg.Record)), true
	case result.SendAgainMsg:
		m.Form.AskResend(msg.Record)
		return m.open(m.Form), true
	case batch.CountMsg:
		return m.Form.CountToday(), true
	case form.SetupMsg:
		return m.open(m.Setup), true
	case setup.DoneMsg:
		m.restart = &msg
		return tea.Quit, true
	case form.PastedRowsMsg:
		return tea.Batch(m.open(m.Batch), m.Batch.Paste(msg.Rows)), true
	}
	return nil, false
}

// fillForm shows the form, into which fill brings an earlier look-up. Nothing is
// sent.
func (m *Model) fillForm(fill tea.Cmd) tea.Cmd { return tea.Batch(m.open(m.Form), fill) }

// broadcast delivers a message to every screen: what a screen has asked for
// reaches it when the operator has moved on, and the others drop it.
func (m *Model) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range m.screens {
		cmds = append(cmds, s.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (m *Model) resize(size tea.WindowSizeMsg) {
	// A new terminal, of a container above all, may not know its size yet.
	m.width, m.height = cmp.Or(size.Width, defaultWidth), cmp.Or(size.Height, defaultHeight)
	for _, s := range append([]widget.Screen{m.help}, m.screens...) {
		s.SetSize(m.width, max(m.height-frameLines, 1))
	}
}

// The size of a terminal that does not tell it.
const defaultWidth, defaultHeight = 80, 24

// open brings a screen to the front. The status line belonged to the one
// before it.
func (m *Model) open(s widget.Screen) tea.Cmd {
	if s == widget.Screen(m.Result) && m.active != s {
		m.behindResult = m.active
	}
	before := m.active
	m.active, m.helpOpen, m.status = s, false, widget.StatusMsg{}
	if s != widget.Screen(m.Batch) {
		m.Batch.Leave()
	}
	switch s {
	case widget.Screen(m.Form):
		if before == widget.Screen(m.Setup) {
			return tea.Batch(m.Form.Open(), m.Form.Init())
		}
		return m.Form.Open()
	case widget.Screen(m.History):
		return m.refresh()
	case widget.Screen(m.Batch):
		return m.Batch.Open()
	}
	return nil
}

// press routes a key: to the keys that work anywhere, else to the screen in
// front, one press at a time where no text is typed.
func (m *Model) press(msg tea.KeyMsg) tea.Cmd {
	msg = m.Keys.FromMacOption(msg)
	if !m.Keys.Matches(msg, keymap.Quit) { // which has to know what was said
		m.status = widget.StatusMsg{}
	}
	if said := m.rejectPasted(msg); said != nil {
		return said
	}
	if m.active.Typing() && !m.helpOpen {
		return m.pressOne(msg)
	}
	all := widget.SplitKeys(msg)
	if len(all) > 1 { // that is no answer to a question
		all = slices.DeleteFunc(all, func(one tea.KeyMsg) bool { return m.Keys.Matches(one, keymap.Yes) })
	}
	return m.pressAll(all)
}

func (m *Model) pressAll(all []tea.KeyMsg) tea.Cmd {
	var cmds []tea.Cmd
	for _, one := range all {
		cmds = append(cmds, m.pressOne(one))
	}
	return tea.Batch(cmds...)
}

func (m *Model) pressOne(msg tea.KeyMsg) tea.Cmd {
	text := widget.IsText(msg) && m.active.Typing() && !m.helpOpen // which is no key, whatever is bound
	if !text && m.Keys.Matches(msg, keymap.Quit) {
		return m.quit()
	}
	m.quitWarned = false
	switch {
	case text:
	case m.Keys.Matches(msg, keymap.Help):
		m.help.Open(m.active)
		m.helpOpen = !m.helpOpen
		return nil
	case m.Keys.Matches(msg, keymap.OpenForm):
		return m.open(m.Form)
	case m.Keys.Matches(msg, keymap.OpenHistory):
		return m.open(m.History)
	case m.Keys.Matches(msg, keymap.OpenBatch):
		return m.open(m.Batch)
	case m.Keys.Matches(msg, keymap.OpenLast):
		return m.Form.OpenLast()
	case m.Keys.Matches(msg, keymap.ReplaceKey):
		return m.replaceKey()
	case m.Keys.Matches(msg, keymap.Suspend) && (m.helpOpen || m.active != widget.Screen(m.Form)): // where it undoes
		return m.Suspend
	case m.helpOpen && m.Keys.Matches(msg, keymap.Back):
		m.helpOpen = false
		return nil
	case m.helpOpen:
		return m.help.Update(msg)
	case m.Keys.Matches(msg, keymap.Back) && m.active == widget.Screen(m.Result) && !m.Result.HandlesBack():
		return m.open(m.behindResult)
	case m.Keys.Matches(msg, keymap.Back) && m.backLeadsToForm():
		return m.open(m.Form)
	}
	return m.active.Update(msg)
}

// backLeadsToForm tells whether the back key leads from the screen in front to the
// form.
func (m *Model) backLeadsToForm() bool {
	return m.active == widget.Screen(m.Setup) || m.active == widget.Screen(m.History) && !m.History.HandlesBack() ||
		m.active == widget.Screen(m.Batch) && !m.Batch.TakesBack()
}
