// Package history shows the lookups of the ledger, newest first. They can be searched,
// opened, filled into the form, exported and deleted.
package history

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Ledger is the part of ledger.Ledger that the screen needs.
type Ledger interface {
	widget.AuditedLedger
	Search(context.Context, lookup.Search) (lookup.Page, error)
	Delete(ctx context.Context, ids ...string) (int, error)
}

// Options configures a Screen.
type Options struct {
	widget.Common
	Ledger Ledger
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
	OpenMsg   struct{ ID string }
	RecallMsg struct{ Record lookup.Record }
)

// Screen is the history screen. It routes keys and messages to its parts, which do not
// know each other.
type Screen struct {
	Options
	list          list
	search        searchLine
	deletion      deletion
	export        *exportPrompt
	reveal        widget.Reveal
	width, height int
}

// New returns an empty history. Open loads it.
func New(o Options) *Screen {
	if o.SlowAfter == 0 {
		o.SlowAfter = defaultSlowAfter
	}
	s := &Screen{Options: o}
	s.list.Options, s.deletion.Options = &s.Options, &s.Options
	s.search = searchLine{Options: &s.Options, field: widget.Prompt{Field: widget.NewField(), Label: o.Messages.History.Search}}
	s.reveal = widget.Reveal{Ledger: o.Ledger, Messages: o.Messages, For: o.RevealFor}
	return s
}

// Init does nothing: Open reads the ledger.
func (s *Screen) Init() tea.Cmd { return nil }

// Open loads the first rows again, with the same search, when the screen becomes
// active. It selects the newest row, or keeps an older selection.
func (s *Screen) Open() tea.Cmd { return s.list.reload(s.list.cursor.Selected > 0) }

// Refresh loads the first rows again while the screen is active. The selected row
// stays selected.
func (s *Screen) Refresh() tea.Cmd { return s.list.reload(true) }

// Typing reports whether the search field or the path of an export has the focus.
func (s *Screen) Typing() bool {
	return s.search.typing || s.export != nil && !s.export.running()
}

// Title returns the title of the frame.
func (s *Screen) Title() string { return s.Messages.History.Title }

// HandlesBack reports whether the screen handles the back key itself: something is
// open, or a search is active.
func (s *Screen) HandlesBack() bool {
	return s.deletion.asking != nil || s.export != nil || s.search.typing || s.search.isActive()
}

// searchable reports whether there can be anything to find. An empty or unreadable
// ledger is not searchable.
func (s *Screen) searchable() bool {
	return s.search.isActive() || !s.list.isEmpty()
}

// Update handles keys and the messages of the screen's commands.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	cmd := s.update(msg)
	selected := ""
	if rec := s.list.current(); rec != nil {
		selected = rec.ID
	}
	s.reveal.HideOthers(selected)
	return cmd
}

func (s *Screen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pageMsg:
		notice, loaded := s.list.loaded(msg)
		if !loaded {
			return notice
		}
		return tea.Batch(s.list.prefetch(s.tableHeight()), notice)
	case slowMsg:
		s.list.request.slow = s.list.request.slow || s.list.request.inProgress() && msg.id == s.list.request.id
	case DeletedMsg:
		status, gone := s.deletion.done(msg)
		if !gone {
			return status
		}
		return tea.Batch(status, s.remove(msg.ID))
	case widget.RecordGoneMsg:
		return s.remove(msg.ID)
	case widget.RevealMsg:
		return s.reveal.Update(msg)
	case progressMsg:
		return s.export.tick(msg)
	case exportedMsg:
		return s.exported(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return nil
}

// remove removes the row of a deleted lookup.
func (s *Screen) remove(id string) tea.Cmd {
	if again := s.list.remove(id); again != nil {
		return again
	}
	return s.list.prefetch(s.tableHeight())
}

func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	switch {
	case s.deletion.asking != nil:
		return s.deletion.press(msg)
	case s.export != nil:
		return s.pressExport(msg)
	case s.search.typing:
		return s.pressSearch(msg)
	}
	return s.pressList(msg)
}

// pressSearch handles a key in the search field. PgUp and PgDn scroll the list from
// here.
func (s *Screen) pressSearch(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	if !widget.IsText(msg) && (k.Matches(msg, keymap.PageUp) || k.Matches(msg, keymap.PageDown)) {
		return s.list.move(k.MoveKey(msg), s.tableHeight())
	}
	s.search.press(msg)
	return s.list.find(s.search.value())
}

func (s *Screen) pressList(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	if movement := k.MoveKey(msg); movement != "" {
		return s.list.move(movement, s.tableHeight())
	}
	switch {
	case k.Matches(msg, keymap.Search) && s.searchable():
		s.search.setTyping(true)
		return nil
	case k.Matches(msg, keymap.Filter) && s.searchable():
		s.search.nextFilter()
		s.layout()
		return s.list.find(s.search.value())
	case k.Matches(msg, keymap.Back):
		s.search.filter = ""
		s.search.field.SetValue("")
		s.layout()
		return s.list.find(s.search.value())
	}
	rec := s.list.current()
	if rec == nil {
		return nil
	}
	switch {
	case k.Matches(msg, keymap.Open):
		return widget.Send(OpenMsg{rec.ID})
	case k.Matches(msg, keymap.Recall):
		return widget.Send(RecallMsg{*rec})
	case k.Matches(msg, keymap.Delete) && s.deletion.id == "":
		s.deletion.ask(*rec)
	case k.Matches(msg, keymap.Export):
		s.export = newExportPrompt(&s.Options, s.list.searched)
		s.layout()
	case k.Matches(msg, keymap.RevealRow):
		return s.reveal.Toggle(*rec, rec.ID)
	}
	return nil
}

// Keys returns the current keys.
func (s *Screen) Keys() help.KeyMap {
	switch {
	case s.deletion.asking != nil:
		return s.deletion.keys()
	case s.export != nil:
		return s.export.keys()
	case s.search.typing:
		return s.search.keys()
	}
	k := s.Options.Keys
	on := func(a keymap.Action, enabled bool) widget.Binding { return widget.Enable(k[a], enabled) }
	row := s.list.current() != nil
	open, recall, reveal := on(keymap.Open, row), on(keymap.Recall, row), on(keymap.RevealRow, row)
	remove, export := on(keymap.Delete, row && s.deletion.id == ""), on(keymap.Export, row)
	search, filter := on(keymap.Search, s.searchable()), on(keymap.Filter, s.searchable())
	back := k[keymap.Back]
	full := [][]widget.Binding{
		append([]widget.Binding{open, recall, reveal}, k.MoveBindings(s.Messages, row || s.list.remainder.more)...),
		{search, filter, export, remove},
	}
	if s.search.isActive() {
		back = widget.Relabel(back, s.Messages.History.ClearAll)
		full[1] = append(full[1], back)
	}
	return widget.KeyMap{
		Short: []widget.Binding{back, open, search, filter, recall, export, remove, reveal},
		Full:  full,
	}
}
