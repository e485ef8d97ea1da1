package history

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// pageSize is the number of rows loaded at once. reloadLimit is the largest number
// that is loaded when a long list is opened again.
const (
	pageSize    = 50
	reloadLimit = 1000
)

// request is a page being loaded. There is at most one: a new one cancels the last,
// whose result is dropped by its id.
type request struct {
	id      int
	cancel  context.CancelFunc // nil when nothing is loading
	search  lookup.Search
	more    bool // its rows follow the present ones
	keep    bool // the selected row stays selected
	advance bool // the first new row becomes selected
	slow    bool // it takes long enough to say so
}

func (r request) inProgress() bool { return r.cancel != nil }

type pageMsg struct {
	id   int
	page lookup.Page
	err  error
}

type slowMsg struct{ id int }

// Open loads the first rows again, with the same search, when the screen becomes
// active. It selects the newest row, or keeps an older selection.
func (s *Screen) Open() tea.Cmd { return s.reload(s.selected > 0) }

// Refresh loads the first rows again while the screen is active. The selected row
// stays selected.
func (s *Screen) Refresh() tea.Cmd { return s.reload(true) }

func (s *Screen) reload(keep bool) tea.Cmd {
	search := s.searched
	search.Limit = min(max(len(s.rows), pageSize), reloadLimit)
	return s.fetch(request{search: search, keep: keep})
}

func (s *Screen) fetch(r request) tea.Cmd {
	if s.request.inProgress() {
		s.request.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.id, r.cancel, r.slow = s.request.id+1, cancel, false
	s.request = r
	ledger := s.Ledger
	return tea.Batch(
		func() tea.Msg {
			page, err := ledger.Search(ctx, r.search)
			return pageMsg{r.id, page, err}
		},
		tea.Tick(s.SlowAfter, func(time.Time) tea.Msg { return slowMsg{r.id} }),
	)
}

// fetchMore loads the rows after the present ones.
func (s *Screen) fetchMore(advance bool) tea.Cmd {
	search := s.shown
	search.After, search.Limit = s.remainder.next, pageSize
	return s.fetch(request{search: search, more: true, advance: advance})
}

// pageLoaded takes a page, unless a newer one was requested.
func (s *Screen) pageLoaded(msg pageMsg) tea.Cmd {
	r := s.request
	if msg.id != r.id || !r.inProgress() {
		return nil
	}
	r.cancel()
	s.request.cancel, s.request.slow = nil, false
	if msg.err != nil {
		return s.loadFailed(r, msg.err)
	}
	page := msg.page
	if r.more {
		s.append(page.Records, r.advance)
	} else {
		s.replace(page.Records, r.keep)
		s.shown, s.loadErr = s.searched, nil
	}
	s.remainder = remainder{true, page.More, page.Next, page.SearchedBackTo, len(page.Records) == 0}
	if page.Unreadable > 0 {
		return tea.Batch(s.prefetch(), widget.Notify(widget.Warn, fmt.Sprintf(s.Messages.History.Unreadable, page.Unreadable)))
	}
	return s.prefetch()
}

func (s *Screen) append(rows []lookup.Record, advance bool) {
	before := len(s.rows)
	s.rows = append(s.rows, rows...)
	if advance && len(rows) > 0 {
		s.selected = before
	}
}

func (s *Screen) replace(rows []lookup.Record, keep bool) {
	at := 0
	if previous := s.current(); keep && previous != nil {
		at = slices.IndexFunc(rows, func(rec lookup.Record) bool { return rec.ID == previous.ID })
		if at < 0 {
			at = s.selected
		}
	}
	s.rows = rows
	s.selectRow(at)
}

// loadFailed reports that rows could not be read. If only further rows failed, the
// present ones stay.
func (s *Screen) loadFailed(r request, err error) tea.Cmd {
	if r.more {
		return widget.Notify(widget.Error, lookup.ErrorText(s.Messages, err))
	}
	s.replace(nil, false)
	s.shown, s.remainder, s.loadErr = s.searched, remainder{loaded: true}, err
	return nil
}

func (s *Screen) selectRow(at int) { s.selected = max(0, min(at, len(s.rows)-1)) }

// prefetch loads the next page when the selection approaches the last row. If the
// search may take long, the operator has to ask for it.
func (s *Screen) prefetch() tea.Cmd {
	far := s.selected+2*s.tableHeight() < len(s.rows)
	if far || s.request.inProgress() || !s.remainder.more || s.remainder.empty || !s.remainder.through.IsZero() {
		return nil
	}
	return s.fetchMore(false)
}

// move moves the selection. After the last row it moves on to rows that are yet to be
// loaded.
func (s *Screen) move(movement keymap.Action) tea.Cmd {
	atEnd := s.selected >= len(s.rows)-1
	forward := movement == keymap.Down || movement == keymap.PageDown || movement == keymap.Bottom
	s.selectRow(widget.MoveCursor(movement, s.selected, len(s.rows), s.tableHeight()))
	switch {
	case !atEnd || !forward || !s.remainder.more:
	case s.request.inProgress():
		s.request.advance = s.request.more
		return nil
	default:
		return s.fetchMore(true)
	}
	return s.prefetch()
}
