package batch

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// troublePage is how many rows that need attention are read at a time: there may be a
// million of them.
const troublePage = 200

// troubles are the rows that need attention of the run that is shown, as the ledger
// has them: a page of them, around the selected one.
type troubles struct {
	run    lookup.RunID
	reads  int // counts the readings: an earlier one is late
	rows   []engine.Trouble
	from   int  // how many are before them
	count  int  // of all
	at     int  // the selected one, of all
	row    int  // and its number
	moved  bool // the operator looks further up; else the last one is selected
	top    int  // the first in sight, of all
	noted  int  // of the run's progress, when they were read
	readAt time.Time
}

// troublesMsg is a page of them.
type troublesMsg struct {
	reads, from, count int
	run                lookup.RunID
	rows               []engine.Trouble
	err                error
}

// readTroubles reads the page around the selected row again, or that of the last ones.
func (s *Screen) readTroubles() tea.Cmd {
	t, id, b := &s.troubles, s.shown.Run.ID, s.Batch
	if id == 0 {
		return nil
	}
	if t.run != id {
		*t = troubles{run: id, reads: t.reads}
	}
	t.reads++
	t.readAt = s.Now()
	reads, skip := t.reads, -1
	if t.moved {
		skip = max(t.at-troublePage/2, 0)
	}
	return func() tea.Msg {
		msg := troublesMsg{reads: reads, run: id}
		msg.rows, msg.from, msg.count, msg.err = b.Troubles(context.Background(), id, skip, troublePage)
		return msg
	}
}

// tookTroubles takes a page. The same row stays selected while others come.
func (s *Screen) tookTroubles(msg troublesMsg) {
	t := &s.troubles
	if msg.reads != t.reads || msg.run != t.run || msg.err != nil {
		return
	}
	t.rows, t.from, t.count = msg.rows, msg.from, msg.count
	if at := slices.IndexFunc(t.rows, func(r engine.Trouble) bool { return r.Row == t.row }); t.moved && at >= 0 {
		t.at = t.from + at
	}
	if !t.moved {
		t.at = t.count - 1
	}
	s.selectTrouble(t.at)
}

func (s *Screen) selectTrouble(at int) {
	t := &s.troubles
	t.at = max(0, min(at, t.count-1))
	if row := t.there(t.at); row != nil {
		t.row = row.Row
	}
}

// there is a row by its place among all, if it has been read.
func (t *troubles) there(at int) *engine.Trouble {
	if at < t.from || at >= t.from+len(t.rows) {
		return nil
	}
	return &t.rows[at-t.from]
}

// troubled tells how many rows of the shown run need attention, as far as is known.
func (s *Screen) troubled() int {
	if s.page != pageRun || s.troubles.run != s.shown.Run.ID {
		return 0
	}
	return s.troubles.count
}

// moveTroubles moves the selection among them. What has not been read yet is.
func (s *Screen) moveTroubles(by keymap.Action) tea.Cmd {
	t, count := &s.troubles, s.troubled()
	if count == 0 {
		return nil
	}
	height := s.troubleHeight()
	s.selectTrouble(widget.MoveCursor(by, t.at, count, height))
	t.moved = t.at < count-1
	if t.there(max(t.at-height, 0)) != nil && t.there(min(t.at+height, count-1)) != nil {
		return nil
	}
	return s.readTroubles()
}

// followTroubles reads them again now and then, while a run that is shown goes on, and
// at once where it stands still.
func (s *Screen) followTroubles(still bool) tea.Cmd {
	const every = time.Second
	t, p := &s.troubles, s.live.progress
	fresh := t.run != s.shown.Run.ID
	if !s.watching() || !fresh && (p.Troubles == t.noted || !still && s.Now().Sub(t.readAt) < every) {
		return nil
	}
	cmd := s.readTroubles()
	t.noted = p.Troubles
	return cmd
}
