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

// issuePage is the number of rows read at a time. There may be a million.
const issuePage = 200

// issueList is a page of the rows that need attention, around the selected one.
type issueList struct {
	run         lookup.RunID
	reads       int // number of the last reading; earlier ones are stale
	rows        []engine.RowIssue
	from        int  // index of the first row
	count       int  // total
	selected    int  // index
	selectedRow int  // row number
	moved       bool // the operator moved up; otherwise the last row stays selected
	top         int  // index of the first visible row
	readCount   int  // Progress.IssueCount at the last reading
	readAt      time.Time
}

// issuesReadMsg is a page of issues.
type issuesReadMsg struct {
	reads, from, count int
	run                lookup.RunID
	rows               []engine.RowIssue
	err                error
}

// readIssues reads the page around the selected row, or the last page.
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

// onIssuesRead takes a page and keeps the selection.
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

// rowAt returns the row at an index, or nil if it has not been read.
func (t *issueList) rowAt(at int) *engine.RowIssue {
	if at < t.from || at >= t.from+len(t.rows) {
		return nil
	}
	return &t.rows[at-t.from]
}

// issueCount returns how many rows of the shown run need attention, as far as known.
func (s *Screen) issueCount() int {
	if s.page != pageRun || s.issues.run != s.selectedSummary.Run.ID {
		return 0
	}
	return s.issues.count
}

// moveIssue moves the selection and reads a page that is missing.
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

// followIssues reads the issues of a run in progress at most once a second, or at once
// if the run stands still.
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
