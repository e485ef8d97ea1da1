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

// Batch makes runs: *batch.Batch of juhe.
type Batch interface {
	Open(context.Context, engine.Request) (*engine.Run, error)
	Resume(ctx context.Context, id lookup.RunID, resend bool) (*engine.Run, error)
	List(ctx context.Context, limit int) ([]engine.Summary, error)
	Export(ctx context.Context, id lookup.RunID, path string, rest bool) (int, error)
	Troubles(ctx context.Context, id lookup.RunID, skip, limit int) (rows []engine.Trouble, from, count int, err error)
	TakeIn(ctx context.Context, folder string) (taken, removed int, err error)
}

// Terminal takes sequences that draw nothing: *widget.Terminal.
type Terminal interface{ Send(sequence string) error }

// Options are what the screen is made of.
type Options struct {
	Words    *i18n.Text
	Theme    *widget.Theme
	Keys     widget.Keys
	Batch    Batch
	Terminal Terminal // takes the bell; nil for none
	Now      func() time.Time

	Query   juhe.Query // the configured endpoint and regstatus
	Price   float64    // of a call, in yuan; 0 if it is not known
	NoKey   bool       // no key is configured
	Demo    bool       // nothing is paid
	Rate    float64    // look-ups a second at the most; 0 for no limit
	Service string     // where the look-ups go
	Plain   bool       // in plain text, 明文
	// Timeout is how long a look-up takes at the most, and so a run that stops.
	Timeout time.Duration
	// Home is what ~ stands for, Folder where a path without one is.
	Home, Folder string
	// Pasted is the folder where an older program has kept pasted rows.
	Pasted string
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
	page     page
	front    bool
	list     list
	pick     pick
	draft    *draft
	earlier  *draft // that was left: what was said of its file is kept
	job      job
	shown    engine.Summary // on pageRun
	export   *export
	live     *live // the last run that was driven here
	troubles troubles
	runs     int // counts them
	scroll   int // lines from the top, of the plan

	works   sync.WaitGroup
	restore bool        // the window's title is not what it was
	owed    atomic.Bool // and has to be given back, at the end of the program too

	width, height int
}

// New makes a screen that has read nothing yet: see Open.
func New(o Options) *Screen { return &Screen{Options: o, pick: pick{field: newField()}} }

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
	s.front = true
	if s.UnderWay() && s.page == pageList {
		s.showLive()
	}
	return s.load()
}

// Leave is called when another screen comes to the front.
func (s *Screen) Leave() { s.front = false }

// SetSize sets the room, in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.layout()
}

// layout gives the fields their room.
func (s *Screen) layout() {
	s.pick.field.SetWidth(s.width - s.pickLeft() - right)
	if s.draft != nil {
		s.draft.out.SetWidth(s.width - s.columnsLeft() - right)
		s.draft.number.SetWidth(numberWidth)
	}
	if s.export != nil {
		s.export.field.SetWidth(s.width - s.exportLeft() - right)
	}
}

// Typing is so where a path is typed, or the number of calls.
func (s *Screen) Typing() bool {
	switch {
	case s.job.underWay():
		return false
	case s.export != nil:
		return true
	case s.page == pagePick:
		return true
	case s.page == pageColumns:
		return s.rowAt() == rowOut
	case s.page == pagePlan:
		return s.typesNumber()
	}
	return false
}

// TakesBack tells whether the back key is the screen's own now.
func (s *Screen) TakesBack() bool { return s.page != pageList || s.job.underWay() || s.export != nil }

// Update handles keys, and what becomes of the commands.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listedMsg:
		return s.listed(msg)
	case folderMsg:
		return s.looked(msg)
	case openedMsg:
		return s.opened(msg)
	case plannedMsg:
		return s.planned(msg)
	case exportedMsg:
		return s.exported(msg)
	case troublesMsg:
		s.tookTroubles(msg)
		return nil
	case EndedMsg:
		return s.ended(msg)
	case jobTickMsg:
		return s.tickJob(msg)
	case tickMsg:
		return s.tick(msg)
	case tea.KeyMsg:
		return tea.Batch(s.resetTitle(), s.press(msg))
	}
	return nil
}

func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	switch {
	case s.job.underWay():
		if s.Options.Keys.Matches(msg, keymap.Back) {
			s.job.stop()
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

// edit changes a field, and looks for what a path could be.
func (s *Screen) edit(field *widget.Field, msg tea.KeyMsg) tea.Cmd {
	field.Update(msg)
	if msg.Paste { // a file that is dropped comes in quotes
		if path := unquoted(field.Value()); path != strings.TrimSpace(field.Value()) {
			field.SetValue(path)
		}
	}
	return s.look()
}
