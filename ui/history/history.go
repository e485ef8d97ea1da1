// Package history shows the look-ups of the ledger, newest first: to find one
// and open it, to fill the form with it, to export and to delete.
package history

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Ledger keeps the look-ups: *ledger.Ledger.
type Ledger interface {
	Search(context.Context, lookup.Search) (lookup.Page, error)
	Get(ctx context.Context, id string) (rec lookup.Record, found bool, err error)
	Delete(ctx context.Context, ids ...string) (int, error)
	RecordAudit(context.Context, ...lookup.AuditEvent) error
}

// Options are what the screen is made of.
type Options struct {
	Words  *i18n.Text
	Theme  *widget.Theme
	Keys   widget.Keys
	Ledger Ledger
	// Export writes what a search finds to a file, whose extension says in
	// which format, and gives how many look-ups that were. It may call
	// progress with how many there are so far.
	Export func(ctx context.Context, s lookup.Search, path string, progress func(int)) (int, error)
	// RevealFor is how long x shows a person.
	RevealFor time.Duration
	// SlowAfter is how long something may take before the screen says that it
	// waits; 0 for 150 ms.
	SlowAfter time.Duration
	Now       func() time.Time
	Demo      bool
}

const defaultSlowAfter = 150 * time.Millisecond

// Messages to the root: open a look-up, or fill the form with its query.
type (
	OpenMsg struct{ ID string }
	FillMsg struct{ Record lookup.Record }
)

// Screen is the history.
type Screen struct {
	Options
	rows      []lookup.Record
	shown     lookup.Search // what the rows are the result of
	remainder remainder
	loadErr   error // why there are no rows

	searched lookup.Search // what was searched for last
	request  request
	field    widget.Field
	typing   bool
	filter   juhe.Outcome

	selected, top int

	confirming *lookup.Record // the one that it is asked about whether to delete it
	deleting   string         // the ID of the one that is being deleted
	export     *export
	reveal     reveal

	width, height int
}

// remainder is what is known of the look-ups behind the rows.
type remainder struct {
	loaded  bool // there was a page at all
	more    bool
	next    lookup.Cursor
	through time.Time
	empty   bool // the last page had no rows
}

// New makes a history that has read nothing yet: see Open.
func New(o Options) *Screen {
	if o.SlowAfter == 0 {
		o.SlowAfter = defaultSlowAfter
	}
	return &Screen{Options: o, field: widget.NewField()}
}

// Init has nothing to do: the ledger is read when the screen is opened.
func (s *Screen) Init() tea.Cmd { return nil }

// SetSize sets the room, in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.layout()
}

// Typing is so in the search field and in the path of an export.
func (s *Screen) Typing() bool { return s.typing || s.export != nil && !s.export.running() }

// HandlesBack tells whether the back key is the screen's own now: something is
// open, or narrows what is shown.
func (s *Screen) HandlesBack() bool {
	return s.confirming != nil || s.export != nil || s.typing || s.isFiltered()
}

func (s *Screen) isFiltered() bool { return s.currentSearch() != lookup.Search{} }

// searchable tells whether there is anything to be found: not in a ledger that
// is empty, or that cannot be read.
func (s *Screen) searchable() bool {
	return len(s.rows) > 0 || s.isFiltered() || !s.remainder.loaded || s.remainder.more
}

// Update handles keys, and what becomes of the commands.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	cmd := s.update(msg)
	s.hideElsewhere()
	return cmd
}

func (s *Screen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pageMsg:
		return s.pageLoaded(msg)
	case slowMsg:
		s.request.slow = s.request.slow || s.request.inProgress() && msg.id == s.request.id
	case DeletedMsg:
		return s.deleted(msg)
	case widget.RecordGoneMsg:
		return s.remove(msg.ID)
	case revealRecordedMsg:
		return s.revealRecorded(msg)
	case hideMsg:
		if msg.count == s.reveal.count {
			s.hide()
			return widget.Notify(widget.Note, s.Words.Result.Hidden)
		}
	case progressMsg:
		return s.progress(msg)
	case exportedMsg:
		return s.exported(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return nil
}

func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	switch {
	case s.confirming != nil:
		return s.pressConfirm(msg)
	case s.export != nil:
		return s.pressExport(msg)
	case s.typing:
		return s.pressField(msg)
	}
	return s.pressList(msg)
}

func (s *Screen) pressList(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	if by := k.MoveKey(msg); by != "" {
		return s.move(by)
	}
	switch {
	case k.Matches(msg, keymap.Search) && s.searchable():
		s.setTyping(true)
		return nil
	case k.Matches(msg, keymap.Filter) && s.searchable():
		return s.cycleFilter()
	case k.Matches(msg, keymap.Back):
		return s.clearSearch()
	}
	rec := s.current()
	if rec == nil {
		return nil
	}
	switch {
	case k.Matches(msg, keymap.Open):
		return send(OpenMsg{rec.ID})
	case k.Matches(msg, keymap.Recall):
		return send(FillMsg{*rec})
	case k.Matches(msg, keymap.Delete):
		s.confirmDelete(*rec)
	case k.Matches(msg, keymap.Export):
		s.openExport()
	case k.Matches(msg, keymap.RevealRow):
		return s.toggleReveal(rec.ID)
	}
	return nil
}

func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// current is the selected row, or nil.
func (s *Screen) current() *lookup.Record {
	if s.selected >= len(s.rows) {
		return nil
	}
	return &s.rows[s.selected]
}
