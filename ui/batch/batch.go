// Package batch is the console's batch screen: the list of runs, a new run from its
// file to its plan, and a run in progress.
package batch

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

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
	Export(ctx context.Context, id lookup.RunID, path string, rest bool) (int, error)
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

// page is the page of the screen.
type page int

const (
	pageList page = iota // all runs
	pageRun
	pagePick    // choose a file
	pageColumns // map its columns
	pagePlan    // confirm its plan
)

// common is what the pages share.
type common struct {
	Options
	width, height int
	active        *activeRun // last run executed here
}

// Screen is the batch screen.
type Screen struct {
	*common
	page            page
	visible         bool
	runs            runList
	picker          filePicker
	draft           *draft
	previous        *draft // last draft left; keeps the choices for its file
	task            task
	selectedSummary engine.Summary // on pageRun
	export          *exportPrompt
	issues          issueList
	runCount        int
	scroll          int // first visible line of the plan

	commands     sync.WaitGroup
	titleSet     bool        // the window title shows the run
	titleChanged atomic.Bool // and must be restored, even when the program exits
}

// New returns a screen. It reads nothing before Open.
func New(o Options) *Screen {
	return &Screen{common: &common{Options: o}, picker: filePicker{field: newField()}}
}

// newField returns a field for a path.
func newField() widget.Field {
	const longest = 4096 // of a path
	f := widget.NewField()
	f.SetLimit(longest)
	f.ShowOverflow()
	return f
}

// Init does nothing, because Open reads the ledger.
func (s *Screen) Init() tea.Cmd { return nil }

// Open brings the screen to the front. It shows the run in progress, or reads the list
// of runs again.
func (s *Screen) Open() tea.Cmd {
	s.visible = true
	if s.IsRunning() && s.page == pageList {
		s.showActive()
	}
	return s.readRuns()
}

// Leave is called when another screen comes to the front.
func (s *Screen) Leave() { s.visible = false }

// SetSize sets the size in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.layout()
}

// layout sets the widths of the fields.
func (s *Screen) layout() {
	s.picker.field.SetWidth(s.width - s.pickLeft() - right)
	if s.draft != nil {
		s.draft.output.SetWidth(s.width - s.settingsLeft() - right)
		s.draft.number.SetWidth(numberWidth)
	}
	if s.export != nil {
		s.export.field.SetWidth(s.width - s.exportLeft() - right)
	}
}

// Typing reports whether a field takes the keys.
func (s *Screen) Typing() bool {
	switch {
	case s.task.isActive():
		return false
	case s.export != nil, s.page == pagePick:
		return true
	case s.page == pageColumns:
		return s.focusedSetting() == settingOutput
	case s.page == pagePlan:
		return s.needsNumber()
	}
	return false
}

// TakesBack reports whether the screen itself handles the back key now.
func (s *Screen) TakesBack() bool { return s.page != pageList || s.task.isActive() || s.export != nil }

// Update handles keys and the messages of the screen's commands.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case runsReadMsg:
		return s.onRunsRead(msg)
	case folderReadMsg:
		return s.onFolderRead(msg)
	case openedMsg:
		return s.onOpened(msg)
	case plannedMsg:
		return s.onPlanned(msg)
	case exportedMsg:
		return s.onExported(msg)
	case issuesReadMsg:
		s.onIssuesRead(msg)
		return nil
	case RunEndedMsg:
		return s.onRunEnded(msg)
	case taskTickMsg:
		return s.onTaskTick(msg)
	case progressTickMsg:
		return s.onProgressTick(msg)
	case tea.KeyMsg:
		return tea.Batch(s.resetTitle(), s.press(msg))
	}
	return nil
}

func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	switch {
	case s.task.isActive():
		if s.Options.Keys.Matches(msg, keymap.Back) {
			s.task.stop()
		}
		return nil
	case s.export != nil:
		return s.pressExport(msg)
	}
	switch s.page {
	case pageRun:
		return s.pressRun(msg)
	case pagePick:
		return s.pressPick(msg)
	case pageColumns:
		return s.pressColumns(msg)
	case pagePlan:
		return s.pressPlan(msg)
	}
	return s.pressList(msg)
}

// editField passes a key to a field and updates the completion of its path.
func (s *Screen) editField(field *widget.Field, msg tea.KeyMsg) tea.Cmd {
	field.Update(msg)
	if msg.Paste { // a terminal quotes a dropped file
		if path := unquotePath(field.Value()); path != strings.TrimSpace(field.Value()) {
			field.SetValue(path)
		}
	}
	return s.refreshFolder()
}
