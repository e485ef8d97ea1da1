package batch

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// issuePage is the number of rows read at a time. There may be a million.
const issuePage = 200

// issueList is a part of the rows that need attention, around the selected one.
type issueList struct {
	run         lookup.RunID
	reads       int // number of the last reading; earlier ones are stale
	rows        []engine.RowIssue
	from        int // index of the first row
	count       int // total
	list        widget.List
	selectedRow int  // row number
	moved       bool // the operator moved up; otherwise the last row stays selected
	readCount   int  // Progress.IssueCount at the last reading
	readAt      time.Time
}

// issuesReadMsg is a part of the issues.
type issuesReadMsg struct {
	reads, from, count int
	run                lookup.RunID
	rows               []engine.RowIssue
	err                error
}

// readIssuesOf reads at most issuePage issues of a run. It skips the first ones, or all but
// the last if skip is negative.
func readIssuesOf(ctx context.Context, b Runner, id lookup.RunID, skip int) issuesReadMsg {
	msg := issuesReadMsg{run: id}
	msg.rows, msg.from, msg.count, msg.err = b.RowIssues(ctx, id, skip, issuePage)
	return msg
}

// readIssues reads the issues around the selected row, or the last ones.
func (p *runPage) readIssues() tea.Cmd {
	l, id, b := &p.issues, p.summary.Run.ID, p.Runner
	if id == 0 {
		return nil
	}
	if l.run != id {
		*l = issueList{run: id, reads: l.reads}
	}
	l.reads++
	l.readAt = p.Now()
	reads, skip := l.reads, -1
	if l.moved {
		skip = max(l.list.Selected-issuePage/2, 0)
	}
	return func() tea.Msg {
		msg := readIssuesOf(context.Background(), b, id, skip)
		msg.reads = reads
		return msg
	}
}

// take takes issues and keeps the selection.
func (p *runPage) take(msg issuesReadMsg) {
	l := &p.issues
	if msg.reads != l.reads || msg.run != l.run || msg.err != nil {
		return
	}
	l.rows, l.from, l.count = msg.rows, msg.from, msg.count
	at := slices.IndexFunc(l.rows, func(r engine.RowIssue) bool { return r.Row == l.selectedRow })
	switch {
	case !l.moved:
		l.list.Selected = l.count - 1
	case at >= 0:
		l.list.Selected = l.from + at
	}
	l.move("", 1)
}

// move moves the selection, if by is a movement, and keeps it in the list.
func (l *issueList) move(by keymap.Action, height int) {
	l.list.Move(by, l.count, height)
	if row := l.rowAt(l.list.Selected); row != nil {
		l.selectedRow = row.Row
	}
}

// rowAt returns the row at an index, or nil if it has not been read.
func (l *issueList) rowAt(at int) *engine.RowIssue {
	if at < l.from || at >= l.from+len(l.rows) {
		return nil
	}
	return &l.rows[at-l.from]
}

// issueCount returns how many rows of the shown run need attention, as far as known.
func (p *runPage) issueCount() int {
	if p.issues.run != p.summary.Run.ID {
		return 0
	}
	return p.issues.count
}

// moveIssue moves the selection and reads rows that are missing.
func (p *runPage) moveIssue(by keymap.Action) tea.Cmd {
	l, count := &p.issues, p.issueCount()
	if count == 0 {
		return nil
	}
	height := max(newIssueLayout(p.above(p.Panel()), len(p.head()), count).rows, 1)
	l.move(by, height)
	at := l.list.Selected
	l.moved = at < count-1
	if l.rowAt(max(at-height, 0)) != nil && l.rowAt(min(at+height, count-1)) != nil {
		return nil
	}
	return p.readIssues()
}

// followIssues reads the issues of the run in progress at most once a second, or at once
// if the run stands still.
func (p *runPage) followIssues(still bool) tea.Cmd {
	const every = time.Second
	l, count := &p.issues, p.active.progress.IssueCount
	fresh := l.run != p.summary.Run.ID
	if !fresh && (count == l.readCount || !still && p.Now().Sub(l.readAt) < every) {
		return nil
	}
	cmd := p.readIssues()
	l.readCount = count
	return cmd
}

// issueLayout divides the lines below the head of a run.
type issueLayout struct {
	rows   int
	reason int // lines for the reason of the selected row
	head   bool
	marks  bool // lines that count the rows out of sight
}

// newIssueLayout divides the lines that head and title leave.
func newIssueLayout(height, head, rows int) issueLayout {
	const most, some, title = 7, 3, 2
	l := issueLayout{rows: height - head - title}
	switch {
	case l.rows >= most:
		l.head, l.reason, l.rows = true, 2, l.rows-3
	case l.rows >= some:
		l.reason, l.rows = 1, l.rows-1
	}
	if rows > l.rows && l.head {
		l.marks, l.rows = true, l.rows-2
	}
	return l
}

// issueLines returns the visible rows and the reason of the selected one.
func (p *runPage) issueLines(layout issueLayout) (lines []string) {
	w, l, columns := p.Messages.Batch, &p.issues, p.issueColumns()
	if layout.head {
		lines = append(lines, widget.Head(p.Theme, columns))
	}
	last := 0
	rows := l.list.Rows(l.count, layout.rows, func(at int, selected bool) string {
		last = at
		if row := l.rowAt(at); row != nil {
			return widget.Line(p.Theme, columns, row, selected, false)
		}
		return "" // until it has been read
	})
	mark := func(text string, count int) []string {
		switch {
		case !layout.marks:
			return nil
		case count == 0:
			return []string{""}
		}
		return []string{p.dimLine(text, count)}
	}
	lines = slices.Concat(lines, mark(w.Above, last+1-len(rows)), rows, mark(w.Below, l.count-1-last))
	if row := l.rowAt(l.list.Selected); row != nil && layout.reason > 0 {
		text := strings.Join(strings.Fields(fmt.Sprintf("%d %s", row.Row, lookup.MaskCompany(row.Entname))), "  ") + "  " + p.reason(row)
		lines = append(lines, widget.Indent(p.Theme.Text, widget.WrapTrunc(text, p.width-2*widget.Gutter, layout.reason))...)
	}
	return lines
}

func (p *runPage) issueColumns() []widget.Column[*engine.RowIssue] {
	w, t := p.Messages.Batch, p.Theme
	const digits = 7
	return widget.FitColumns([]widget.Column[*engine.RowIssue]{
		{Title: alignRight(w.RowNumber, digits), Width: digits, Style: t.Dim, Cell: func(row *engine.RowIssue) string { return alignRight(strconv.Itoa(row.Row), digits) }},
		{Title: p.Messages.Fields[juhe.Entname].Label, Width: min(max(p.width/4, 14), 36), Style: t.Text, Cell: func(row *engine.RowIssue) string { return lookup.MaskCompany(row.Entname) }},
		{Title: w.ResultHead, Drawn: true, Width: t.OutcomeWidth(p.Messages), Cell: func(row *engine.RowIssue) string { return p.Theme.OutcomeLabel(p.Messages, row.Outcome) }},
		{Title: w.Reason, Plain: true, Width: 8, Stretch: true, Style: t.Dim, Cell: p.reason},
	}, p.width-widget.Gutter-widget.Right)
}

// reason returns why a row needs attention.
func (p *runPage) reason(row *engine.RowIssue) string {
	return juhe.Sanitize(p.Messages.RowMeaning(*row))
}
