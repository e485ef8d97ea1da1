// Package batch is the console's batch screen: the list of runs, a new run from its
// file to its plan, and a run in progress.
package batch

import (
	"context"
	"sync"
	"time"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Runner opens, resumes and exports runs. *batch.Runner of juhe implements it.
type Runner interface {
	Open(context.Context, engine.Request) (*engine.Run, error)
	Resume(ctx context.Context, id lookup.RunID, resend bool) (*engine.Run, error)
	List(ctx context.Context, limit int) ([]engine.Summary, error)
	Export(ctx context.Context, id lookup.RunID, path string, unresolvedOnly bool) (int, error)
	RowIssues(ctx context.Context, id lookup.RunID, skip, limit int) (rows []engine.RowIssue, from, count int, err error)
}

// Terminal takes sequences that draw nothing. *widget.Terminal implements it.
type Terminal interface{ Send(sequence string) error }

// Options configures a Screen.
type Options struct {
	widget.Common
	Runner   Runner
	Terminal Terminal // for the bell and the title; may be nil
	Now      func() time.Time

	Query    juhe.Query // the configured endpoint and regstatus
	Price    float64    // of a call in yuan, 0 if unknown
	NoKey    bool       // no key is configured
	Demo     bool       // calls are free
	Rate     float64    // calls per second, 0 for no limit
	Service  string     // base URL
	Insecure bool       // plain HTTP
	// Home replaces ~ in a path; a relative path starts at WorkDir.
	Home, WorkDir string
}

// Screen is the batch screen. It routes between its pages, and runs what they choose.
type Screen struct {
	*common
	page     page
	runs     runsPage
	picker   pickerPage
	columns  *columnsPage // of the last input
	plan     *planPage    // last one
	run      runPage
	draft    *draft       // the run that is prepared, if its input is open
	previous *columnsPage // last one left; keeps the choices for its file
	task     task
	visible  bool
	runCount int
	title    windowTitle
	commands sync.WaitGroup
}

// New returns a screen. It reads nothing before Open.
func New(o Options) *Screen {
	c := &common{Options: o}
	s := &Screen{common: c, runs: runsPage{common: c}, picker: pickerPage{common: c, path: newPathPrompt(c.Messages.Batch.File)}, run: runPage{common: c}, title: windowTitle{terminal: o.Terminal}}
	s.page = &s.runs
	return s
}

// Init does nothing, because Open reads the ledger.
func (s *Screen) Init() tea.Cmd { return nil }

// Open brings the screen to the front. It shows the run in progress, or reads the list
// of runs again.
func (s *Screen) Open() tea.Cmd {
	s.visible = true
	if s.IsRunning() && s.page == &s.runs {
		s.showActive()
	}
	return s.runs.read()
}

// Leave is called when another screen comes to the front.
func (s *Screen) Leave() { s.visible = false }

// SetSize sets the size in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.page.resize()
}

// show brings a page to the front.
func (s *Screen) show(p page) {
	s.page = p
	p.resize()
}

// Typing reports whether a field takes the keys.
func (s *Screen) Typing() bool { return !s.task.isActive() && s.page.Typing() }

// Caret returns the position of the caret in the field that takes the keys.
func (s *Screen) Caret() (x, y int, ok bool) {
	if !s.Typing() {
		return 0, 0, false
	}
	x, y = s.page.Caret()
	return x, y, true
}

// Title returns the title of the frame.
func (s *Screen) Title() string { return s.Messages.Batch.Title }

// HandlesBack reports whether the screen handles the back key itself.
func (s *Screen) HandlesBack() bool { return s.page != &s.runs || s.task.isActive() }

// View draws the page and the panel.
func (s *Screen) View() string {
	panel := s.page.Panel()
	if s.task.isActive() {
		panel = s.taskLines()
	}
	height := max(s.above(panel), 0)
	lines := s.page.View(height)
	for len(lines) < height {
		lines = append(lines, "")
	}
	lines = lines[:height]
	if len(panel) > 0 {
		lines = append(append(lines, s.Theme.Rule(s.width)), panel...)
	}
	return widget.Frame(lines, s.width, s.height)
}

// Keys returns the keys that work now. They include Ctrl+C while a run is in progress.
func (s *Screen) Keys() help.KeyMap {
	keys := s.page.Keys()
	if s.task.isActive() {
		keys = widget.KeyList(widget.Relabel(s.Options.Keys[keymap.Back], s.Messages.History.Cancel))
	}
	if !s.IsRunning() || s.active.abandoned {
		return keys
	}
	stop := widget.Relabel(s.Options.Keys[keymap.Quit], s.Messages.Batch.Stop)
	if s.active.stopped {
		stop = widget.Relabel(stop, s.Messages.Form.StopWaiting)
	}
	return widget.KeyMap{Short: append(keys.Short, stop), Full: append(keys.Full, []widget.Binding{stop})}
}

// Update handles keys and the messages of the screen's commands.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case runsReadMsg:
		return s.onRunsRead(msg)
	case folderReadMsg:
		return s.picker.take(msg)
	case openedMsg:
		return s.onOpened(msg)
	case plannedMsg:
		return s.onPlanned(msg)
	case exportedMsg:
		return s.onExported(msg)
	case issuesReadMsg:
		s.run.take(msg)
	case RunEndedMsg:
		return s.onRunEnded(msg)
	case taskTickMsg:
		return s.task.onTick(msg)
	case progressTickMsg:
		return s.onProgressTick(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return nil
}

func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	var reset tea.Cmd
	if !s.IsRunning() {
		reset = s.title.reset()
	}
	switch {
	case !s.task.isActive():
		return tea.Batch(reset, s.act(s.page.Update(msg)))
	case s.Options.Keys.Matches(msg, keymap.Back):
		s.task.stop()
	}
	return reset
}

// act does what the operator chose on the page. Without a choice it returns the page's
// command.
func (s *Screen) act(chosen choice, cmd tea.Cmd) tea.Cmd {
	switch c := chosen.(type) {
	case leave:
		return s.leavePage()
	case newRun:
		return s.openPicker()
	case showRun:
		s.run.summary = c.summary
		s.show(&s.run)
		return s.run.readIssues()
	case openFile:
		return s.openInput(engine.Request{InputPath: c.path})
	case reopen:
		return s.reopenInput(c)
	case makePlan:
		return s.startPlan()
	case start:
		return s.startRun()
	case stop:
		return s.stopRun()
	case pause:
		return s.togglePause()
	case resume:
		return s.resumeRun(c)
	case exportTo:
		return s.startExport(c)
	}
	return cmd
}

// openPicker asks for the file of a new run.
func (s *Screen) openPicker() tea.Cmd {
	if s.IsRunning() {
		return widget.Notify(widget.Warn, s.Messages.Batch.OneAtATime)
	}
	s.show(&s.picker)
	return s.picker.open()
}

// leavePage goes to the page before. It drops pasted rows.
func (s *Screen) leavePage() tea.Cmd {
	w := s.Messages.Batch
	switch pasted := s.draft != nil && s.draft.request.InputPath == ""; {
	case s.page == s.columns && pasted:
		s.previous = nil
		s.dropDraft()
		s.show(&s.runs)
		return widget.Notify(widget.Note, w.PastedGone)
	case s.page == s.columns:
		s.previous = s.columns
		s.dropDraft()
		return s.openPicker()
	case s.page == s.plan && s.draft.id == 0:
		s.show(s.columns)
		s.columns.focus(s.columns.focusedSetting())
		return widget.Notify(widget.Note, w.NothingSent)
	case s.page == s.plan:
		s.show(&s.run)
		s.dropDraft()
		return widget.Notify(widget.Note, w.NothingSent)
	}
	s.show(&s.runs)
	return s.runs.read()
}

// onRunsRead takes the list of runs. A run that is shown may have changed.
func (s *Screen) onRunsRead(msg runsReadMsg) tea.Cmd {
	if !s.runs.take(msg) || s.page != &s.run || s.run.showsActive() {
		return nil
	}
	for _, run := range s.runs.runs {
		if run.Run.ID == s.run.summary.Run.ID {
			s.run.summary = run
			return s.run.readIssues()
		}
	}
	return nil
}

// Paste starts a new run with tab-separated rows. They are stored only in the ledger,
// and only once the run starts.
func (s *Screen) Paste(rows string) tea.Cmd {
	switch {
	case s.IsRunning():
		return widget.Notify(widget.Warn, s.Messages.Batch.OneAtATime)
	case s.task.isActive():
		return nil
	}
	s.dropDraft()
	s.run.export = nil
	s.show(&s.runs)
	return s.openInput(engine.Request{Pasted: rows})
}
