// Package history shows the lookups of the ledger, newest first. They can be searched,
// opened, filled into the form, exported and deleted.
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

// Ledger is the part of ledger.Ledger that the screen needs.
type Ledger interface {
	Search(context.Context, lookup.Search) (lookup.Page, error)
	Get(ctx context.Context, id string) (rec lookup.Record, found bool, err error)
	Delete(ctx context.Context, ids ...string) (int, error)
	RecordAudit(context.Context, ...lookup.AuditEvent) error
}

// Options configures a Screen.
type Options struct {
	Messages *i18n.Messages
	Theme    *widget.Theme
	Keys     widget.Keys
	Ledger   Ledger
	// Export writes the lookups that a search finds to a file, in the format of its
	// extension, and returns their number. It may report the number so far to progress.
	Export func(ctx context.Context, s lookup.Search, path string, progress func(int)) (int, error)
	// RevealFor limits how long a person's data is shown.
	RevealFor time.Duration
	// SlowAfter is the delay before the screen shows that it is loading; 0 means 150 ms.
	SlowAfter time.Duration
	Now       func() time.Time
	Demo      bool
}

const defaultSlowAfter = 150 * time.Millisecond

// Messages to the root: open a lookup, or fill its query into the form.
type (
	OpenMsg struct{ ID string }
	FillMsg struct{ Record lookup.Record }
)

// Screen is the history screen.
type Screen struct {
	Options
	rows      []lookup.Record
	shown     lookup.Search // the search that found rows
	remainder remainder
	loadErr   error // why there are no rows

	searched lookup.Search // the latest search
	request  request
	field    widget.Field
	typing   bool
	filter   juhe.Outcome

	selected, top int

	confirming *lookup.Record // the lookup in the delete question
	deleting   string         // ID of the lookup being deleted
	export     *exportPrompt
	reveal     reveal

	width, height int
}

// remainder describes the lookups after the loaded rows.
type remainder struct {
	loaded  bool // at least one page was loaded
	more    bool
	next    lookup.Cursor
	through time.Time
	empty   bool // the last page had no rows
}

// New returns an empty history. Open loads it.
func New(o Options) *Screen {
	if o.SlowAfter == 0 {
		o.SlowAfter = defaultSlowAfter
	}
	return &Screen{Options: o, field: widget.NewField()}
}

// Init does nothing: Open reads the ledger.
func (s *Screen) Init() tea.Cmd { return nil }

// SetSize sets the size in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.layout()
}

// Typing reports whether the search field or the path of an export has the focus.
func (s *Screen) Typing() bool { return s.typing || s.export != nil && !s.export.running() }

// HandlesBack reports whether the screen handles the back key itself: something is
// open, or a search is active.
func (s *Screen) HandlesBack() bool {
	return s.confirming != nil || s.export != nil || s.typing || s.isFiltered()
}

func (s *Screen) isFiltered() bool { return s.currentSearch() != lookup.Search{} }

// searchable reports whether there can be anything to find. An empty or unreadable
// ledger is not searchable.
func (s *Screen) searchable() bool {
	return len(s.rows) > 0 || s.isFiltered() || !s.remainder.loaded || s.remainder.more
}

// Update handles keys and the messages of the screen's commands.
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
			return widget.Notify(widget.Note, s.Messages.Result.Hidden)
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
	if movement := k.MoveKey(msg); movement != "" {
		return s.move(movement)
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
		return widget.Send(OpenMsg{rec.ID})
	case k.Matches(msg, keymap.Recall):
		return widget.Send(FillMsg{*rec})
	case k.Matches(msg, keymap.Delete) && s.deleting == "":
		confirming := *rec
		s.confirming = &confirming
	case k.Matches(msg, keymap.Export):
		s.openExport()
	case k.Matches(msg, keymap.RevealRow):
		return s.toggleReveal(rec.ID)
	}
	return nil
}

// current returns the selected row, or nil.
func (s *Screen) current() *lookup.Record {
	if s.selected >= len(s.rows) {
		return nil
	}
	return &s.rows[s.selected]
}
