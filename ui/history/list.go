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

// list is the list of lookups. It loads them page by page.
type list struct {
	*Options
	rows      []lookup.Record
	cursor    widget.List
	shown     lookup.Search // the search that found rows
	searched  lookup.Search // the latest search
	remainder remainder
	request   request
	err       error // why there are no rows
}

// remainder describes the lookups after the loaded rows.
type remainder struct {
	loaded         bool // at least one page was loaded
	more           bool
	next           lookup.Cursor
	searchedBackTo time.Time
	empty          bool // the last page had no rows
}

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

// current returns the selected row, or nil.
func (l *list) current() *lookup.Record {
	if l.cursor.Selected >= len(l.rows) {
		return nil
	}
	return &l.rows[l.cursor.Selected]
}

// isEmpty reports whether the search has no rows, and certainly none to load.
func (l *list) isEmpty() bool { return len(l.rows) == 0 && l.remainder.loaded && !l.remainder.more }

// find loads what a search finds, unless it is the latest one.
func (l *list) find(search lookup.Search) tea.Cmd {
	if search == l.searched {
		return nil
	}
	l.searched = search
	search.Limit = pageSize
	return l.fetch(request{search: search})
}

// reload loads the first rows again. keep keeps the selection.
func (l *list) reload(keep bool) tea.Cmd {
	search := l.searched
	search.Limit = min(max(len(l.rows), pageSize), reloadLimit)
	return l.fetch(request{search: search, keep: keep})
}

func (l *list) fetch(r request) tea.Cmd {
	if l.request.inProgress() {
		l.request.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.id, r.cancel, r.slow = l.request.id+1, cancel, false
	l.request = r
	ledger := l.Ledger
	return tea.Batch(
		func() tea.Msg {
			page, err := ledger.Search(ctx, r.search)
			return pageMsg{r.id, page, err}
		},
		tea.Tick(l.SlowAfter, func(time.Time) tea.Msg { return slowMsg{r.id} }),
	)
}

// fetchMore loads the rows after the present ones.
func (l *list) fetchMore(advance bool) tea.Cmd {
	search := l.shown
	search.After, search.Limit = l.remainder.next, pageSize
	return l.fetch(request{search: search, more: true, advance: advance})
}

// loaded takes a page, unless a newer one was requested. ok reports whether it did.
func (l *list) loaded(msg pageMsg) (notice tea.Cmd, ok bool) {
	r, page := l.request, msg.page
	if msg.id != r.id || !r.inProgress() {
		return nil, false
	}
	r.cancel()
	l.request.cancel, l.request.slow = nil, false
	switch {
	case msg.err != nil && r.more: // the present rows stay
		return widget.Notify(widget.Error, l.Messages.ErrorText(msg.err)), false
	case msg.err != nil:
		l.replace(nil, false)
		l.shown, l.remainder, l.err = l.searched, remainder{loaded: true}, msg.err
		return nil, false
	case r.more:
		before := len(l.rows)
		l.rows = append(l.rows, page.Records...)
		if r.advance && len(page.Records) > 0 {
			l.cursor.Selected = before
		}
	default:
		l.replace(page.Records, r.keep)
		l.shown, l.err = l.searched, nil
	}
	l.remainder = remainder{true, page.More, page.Next, page.SearchedBackTo, len(page.Records) == 0}
	if page.Unreadable > 0 {
		notice = widget.Notify(widget.Warn, fmt.Sprintf(l.Messages.History.Unreadable, page.Unreadable))
	}
	return notice, true
}

func (l *list) index(rows []lookup.Record, id string) int {
	return slices.IndexFunc(rows, func(rec lookup.Record) bool { return rec.ID == id })
}

func (l *list) replace(rows []lookup.Record, keep bool) {
	at := 0
	if previous := l.current(); keep && previous != nil {
		if at = l.index(rows, previous.ID); at < 0 {
			at = l.cursor.Selected
		}
	}
	l.rows = rows
	l.cursor.Select(at, len(rows))
}

// remove removes a row. A page that is being loaded may still contain it, so it is
// loaded again.
func (l *list) remove(id string) (again tea.Cmd) {
	if at := l.index(l.rows, id); at >= 0 {
		l.rows = slices.Delete(slices.Clone(l.rows), at, at+1)
		if at < l.cursor.Selected {
			l.cursor.Selected--
		}
		l.cursor.Select(l.cursor.Selected, len(l.rows))
	}
	if !l.request.inProgress() {
		return nil
	}
	return l.fetch(l.request)
}

// prefetch loads the next page when the selection approaches the last row; height rows
// are visible. If the search may take long, the operator has to ask for it.
func (l *list) prefetch(height int) tea.Cmd {
	far := l.cursor.Selected+2*height < len(l.rows)
	if far || l.request.inProgress() || !l.remainder.more || l.remainder.empty || !l.remainder.searchedBackTo.IsZero() {
		return nil
	}
	return l.fetchMore(false)
}

// move moves the selection. After the last row it moves on to rows that are yet to be
// loaded.
func (l *list) move(movement keymap.Action, height int) tea.Cmd {
	atEnd := l.cursor.Selected >= len(l.rows)-1
	forward := movement == keymap.Down || movement == keymap.PageDown || movement == keymap.Bottom
	l.cursor.Move(movement, len(l.rows), height)
	switch {
	case !atEnd || !forward || !l.remainder.more:
		return l.prefetch(height)
	case l.request.inProgress():
		l.request.advance = l.request.more
		return nil
	}
	return l.fetchMore(true)
}
