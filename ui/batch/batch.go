// Package batch is the console's screen for spreadsheets of look-ups: the runs
// there were, a new one from its file to its columns and its price, and a run as
// it goes on.
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
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Runner makes runs: *batch.Batch of juhe.
type Runner interface {
	Open(context.Context, engine.Request) (*engine.Run, error)
	Resume(ctx context.Context, id lookup.RunID, resend bool) (*engine.Run, error)
	List(ctx context.Context, limit int) ([]engine.Summary, error)
	Export(ctx context.Context, id lookup.RunID, path string, rest bool) (int, error)
	RowIssues(ctx context.Context, id lookup.RunID, skip, limit int) (rows []engine.RowIssue, from, count int, err error)
	ImportPastedFiles(ctx context.Context, folder string) (taken, removed int, err error)
}

// Terminal takes sequences that draw nothing: *widget.Terminal.
type Terminal interface{ Send(sequence string) error }

// Options are what the screen is made of.
type Options struct {
	Words    *i18n.Text
	Theme    *widget.Theme
	Keys     widget.Keys
	Runner   Runner
	Terminal Terminal // takes the bell; nil for none
	Now      func() time.Time

	Query    juhe.Query // the configured endpoint and regstatus
	Price    float64    // of a call, in yuan; 0 if it is not known
	NoKey    bool       // no key is configured
	Demo     bool       // nothing is paid
	Rate     float64    // look-ups a second at the most; 0 for no limit
	Service  string     // where the look-ups go
	Insecure bool       // in plain text, 明文
	// Timeout is how long a look-up takes at the most, and so a run that stops.
	Timeout time.Duration
	// Home is what ~ stands for, Folder where a path without one is.
	Home, WorkDir string
	// PastedFolder is the folder where an older program has kept pasted rows.
	PastedFolder string
}

// page is what the screen shows.
type page int

const (
	pageList    page = iota // the runs
	pageRun                 // one of them
	pagePick                // which file
	pageColumns             // what is where in it
	pagePlan                // what it would cost
)

// Screen is the batch screen.
type Screen struct {
	Options
	page            page
	visible         bool
	runs            runList
	picker          filePicker
	draft           *draft
	previous        *draft // that was left: what was said of its file is kept
	task            task
	selectedSummary engine.Summary // on pageRun
	export          *exportPrompt
	active          *activeRun // the last run that was driven here
	issues          issueList
	runCount        int // counts them
	scroll          int // lines from the top, of the plan

	commands     sync.WaitGroup
	titleSet     bool        // the window's title is not what it was
	titleChanged atomic.Bool // and has to be given back, at the end of the program too

	width, height int
}

// New makes a screen that has read nothing yet: see Open.
func New(o Options) *Screen { return &Screen{Options: o, picker: filePicker{field: newField()}} }

// newField makes a field for a path.
func newField() widget.Field {
	const longest = 4096 // of a path
	f := widget.NewField()
	f.SetLimit(longest)
	f.ShowOverflow()
	return f
}

// Init has nothing to do: the ledger is read when the screen is opened.
func (s *Screen) Init() tea.Cmd { return nil }

// Open is called when the screen comes to the front: it shows the run that is
// driven, or reads again which runs there are.
func (s *Screen) Open() tea.Cmd {
	s.visible = true
	if s.IsRunning() && s.page == pageList {
		s.showActive()
	}
	return s.readRuns()
}

// Leave is called when another screen comes to the front.
func (s *Screen) Leave() { s.visible = false }

// SetSize sets the room, in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.layout()
}

// layout gives the fields their room.
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

// Typing is so where a path is typed, or the number of calls.
func (s *Screen) Typing() bool {
	switch {
	case s.task.isActive():
		return false
	case s.export != nil:
		return true
	case s.page == pagePick:
		return true
	case s.page == pageColumns:
		return s.focusedSetting() == settingOutput
	case s.page == pagePlan:
		return s.needsNumber()
	}
	return false
}

// TakesBack tells whether the back key is the screen's own now.
func (s *Screen) TakesBack() bool { return s.page != pageList || s.task.isActive() || s.export != nil }

// Update handles keys, and what becomes of the commands.
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

// editField changes a field, and looks for what a path could be.
func (s *Screen) editField(field *widget.Field, msg tea.KeyMsg) tea.Cmd {
	field.Update(msg)
	if msg.Paste { // a file that is dropped comes in quotes
		if path := unquotePath(field.Value()); path != strings.TrimSpace(field.Value()) {
			field.SetValue(path)
		}
	}
	return s.refreshFolder()
}
