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

// issuePage is how many rows that need attention are read at a time: there may be a
// million of them.
const issuePage = 200

// issueList are the rows that need attention of the run that is shown, as the ledger
// has them: a page of them, around the selected one.
type issueList struct {
	run         lookup.RunID
	reads       int // counts the readings: an earlier one is late
	rows        []engine.RowIssue
	from        int  // how many are before them
	count       int  // of all
	selected    int  // the selected one, of all
	selectedRow int  // and its number
	moved       bool // the operator looks further up; else the last one is selected
	top         int  // the first in sight, of all
	readCount   int  // of the run's progress, when they were read
	readAt      time.Time
}

// issuesReadMsg is a page of them.
type issuesReadMsg struct {
	reads, from, count int
	run                lookup.RunID
	rows               []engine.RowIssue
	err                error
}

// readIssues reads the page around the selected row again, or that of the last ones.
func (s *Screen) readIssues() tea.Cmd {
	t, id, b := &s.issues, s.selectedSummary.Run.ID, s.Runner
	if id == 0 {
		return nil
	}
	if t.run != id {
		*t = issueList{run: id, reads: t.reads}
	}
	t.reads++
	t.readAt = s.Now()
	reads, skip := t.reads, -1
	if t.moved {
		skip = max(t.selected-issuePage/2, 0)
	}
	return func() tea.Msg {
		msg := issuesReadMsg{reads: reads, run: id}
		msg.rows, msg.from, msg.count, msg.err = b.RowIssues(context.Background(), id, skip, issuePage)
		return msg
	}
}

// onIssuesRead takes a page. The same row stays selected while others come.
func (s *Screen) onIssuesRead(msg issuesReadMsg) {
	t := &s.issues
	if msg.reads != t.reads || msg.run != t.run || msg.err != nil {
		return
	}
	t.rows, t.from, t.count = msg.rows, msg.from, msg.count
	if at := slices.IndexFunc(t.rows, func(r engine.RowIssue) bool { return r.Row == t.selectedRow }); t.moved && at >= 0 {
		t.selected = t.from + at
	}
	if !t.moved {
		t.selected = t.count - 1
	}
	s.selectIssue(t.selected)
}

func (s *Screen) selectIssue(at int) {
	t := &s.issues
	t.selected = max(0, min(at, t.count-1))
	if row := t.rowAt(t.selected); row != nil {
		t.selectedRow = row.Row
	}
}

// rowAt is a row by its place among all, if it has been read.
func (t *issueList) rowAt(at int) *engine.RowIssue {
	if at < t.from || at >= t.from+len(t.rows) {
		return nil
	}
	return &t.rows[at-t.from]
}

// issueCount tells how many rows of the shown run need attention, as far as is known.
func (s *Screen) issueCount() int {
	if s.page != pageRun || s.issues.run != s.selectedSummary.Run.ID {
		return 0
	}
	return s.issues.count
}

// moveIssue moves the selection among them. What has not been read yet is.
func (s *Screen) moveIssue(by keymap.Action) tea.Cmd {
	t, count := &s.issues, s.issueCount()
	if count == 0 {
		return nil
	}
	height := s.issueHeight()
	s.selectIssue(widget.MoveCursor(by, t.selected, count, height))
	t.moved = t.selected < count-1
	if t.rowAt(max(t.selected-height, 0)) != nil && t.rowAt(min(t.selected+height, count-1)) != nil {
		return nil
	}
	return s.readIssues()
}

// followIssues reads them again now and then, while a run that is shown goes on, and
// at once where it stands still.
func (s *Screen) followIssues(still bool) tea.Cmd {
	const every = time.Second
	t, p := &s.issues, s.active.progress
	fresh := t.run != s.selectedSummary.Run.ID
	if !s.showsActive() || !fresh && (p.IssueCount == t.readCount || !still && s.Now().Sub(t.readAt) < every) {
		return nil
	}
	cmd := s.readIssues()
	t.readCount = p.IssueCount
	return cmd
}
