package batch

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Names of the columns.
const (
	colRun      = "run"
	colFile     = "file"
	colWhen     = "when"
	colRows     = "rows"
	colDone     = "done"
	colMatch    = "match"
	colMismatch = "mismatch"
	colOther    = "other"
	colState    = "state"
	colWhy      = "why"
)

func (s *Screen) columns() []widget.Column[engine.Summary] {
	w := s.Messages.Batch
	number := func(title string, digits int) int { return max(widget.Width(title), digits) }
	return widget.FitColumns([]widget.Column[engine.Summary]{
		{Name: colRun, Title: w.Run, Width: number(w.Run, 4)},
		{Name: colFile, Title: w.File, Width: 16, Stretch: true},
		{Name: colWhen, Title: w.When, Width: max(len("11-23 15:04"), widget.Width(s.Messages.History.Today+" 15:04")), Rank: 1},
		{Name: colRows, Title: w.Rows, Width: number(w.Rows, 7), Rank: 2},
		{Name: colDone, Title: w.Done, Width: number(w.Done, 7)},
		{Name: colMatch, Title: s.Messages.Outcomes[juhe.Match], Width: number(s.Messages.Outcomes[juhe.Match], 7), Rank: 3},
		{Name: colMismatch, Title: s.Messages.Outcomes[juhe.Mismatch], Width: number(s.Messages.Outcomes[juhe.Mismatch], 7), Rank: 3},
		{Name: colOther, Title: w.OtherOutcomes, Width: number(w.OtherOutcomes, 7), Rank: 3},
		{Name: colState, Title: w.State, Width: s.stateWidth()},
	}, s.width-gutter-right)
}

// stateWidth returns the width of the state column. A long state ends with the number
// of unresolved rows.
func (s *Screen) stateWidth() int {
	width := 16
	for _, sum := range s.runs.runs {
		width = max(width, widget.Width(s.listCell(widget.Column[engine.Summary]{Name: colState}, sum)))
	}
	return min(width, max(24, s.width/3))
}

// listHeight returns the number of visible runs.
func (s *Screen) listHeight() int { return max(s.height-1-len(s.listFoot()), 1) }

func (s *Screen) listBody(height int) []string {
	l := &s.runs
	if len(l.runs) == 0 {
		return s.listNotice()
	}
	columns := s.columns()
	lines := []string{s.pad(s.Theme.Label.Render(widget.Row(columns, func(c widget.Column[engine.Summary]) string { return aligned(c, c.Title) })))}
	foot := s.listFoot()
	room := max(height-1-len(foot), 1)
	l.top = widget.ScrollIntoView(l.top, l.selected, len(l.runs), room)
	for i := l.top; i < min(l.top+room, len(l.runs)); i++ {
		lines = append(lines, s.listLine(columns, l.runs[i], i == l.selected))
	}
	for len(lines) < height-len(foot) {
		lines = append(lines, "")
	}
	return append(lines, foot...)
}

// listFoot shows the position of the selection.
func (s *Screen) listFoot() []string {
	return []string{s.pad(s.Theme.Dim.Render(fmt.Sprintf(s.Messages.Batch.Position, s.runs.selected+1, len(s.runs.runs))))}
}

func (s *Screen) listNotice() []string {
	w := s.Messages.Batch
	switch {
	case s.runs.err != nil:
		return slices.Concat([]string{""}, s.textLines(s.Theme.Error, w.ListFailed), s.textLines(s.Theme.Text, s.errorText(s.runs.err)),
			s.textLines(s.Theme.Text, fmt.Sprintf(w.Retry, s.Options.Keys.Name(keymap.OpenBatch))))
	case !s.runs.loaded:
		return nil
	}
	return slices.Concat([]string{""}, s.textLines(s.Theme.Text, w.Empty),
		s.textLines(s.Theme.Text, fmt.Sprintf(w.EmptyNext, s.Options.Keys.Name(keymap.NewRun))), s.textLines(s.Theme.Dim, w.EmptyPaste))
}

// aligned aligns numbers to the right.
func aligned[T any](c widget.Column[T], text string) string {
	switch c.Name {
	case colRun, colRows, colDone, colMatch, colMismatch, colOther:
		return strings.Repeat(" ", max(c.Width-widget.Width(text), 0)) + text
	}
	return text
}

func (s *Screen) listLine(columns []widget.Column[engine.Summary], sum engine.Summary, selected bool) string {
	return s.Theme.PointerColumn(selected) + widget.Row(columns, func(c widget.Column[engine.Summary]) string {
		return s.listStyle(c, sum, selected).Render(widget.PadTrunc(aligned(c, s.listCell(c, sum)), c.Width))
	})
}

func (s *Screen) listStyle(c widget.Column[engine.Summary], sum engine.Summary, selected bool) lipgloss.Style {
	switch {
	case c.Name == colState && s.isActive(sum):
		return s.Theme.Accent
	case c.Name == colState && isComplete(sum):
		return s.Theme.OutcomeStyle[juhe.Match]
	case c.Name == colState:
		return s.Theme.Warn
	case selected:
		return s.Theme.Selected
	case c.Name == colFile:
		return s.Theme.Text
	}
	return s.Theme.Dim
}

// isActive reports whether a run is in progress here.
func (c *common) isActive(sum engine.Summary) bool {
	return c.IsRunning() && sum.Run.ID == c.active.progress.RunID
}

func (s *Screen) listCell(c widget.Column[engine.Summary], sum engine.Summary) string {
	outcome, done := sum.ByOutcome, sum.Run.Rows-sum.ByOutcome[juhe.Unsent]
	if s.isActive(sum) {
		outcome, done = s.active.progress.ByOutcome, s.active.progress.Done
	}
	switch c.Name {
	case colRun:
		return sum.Run.ID.String()
	case colFile:
		return s.inputName(sum.Run.InputPath)
	case colWhen:
		return s.timeText(sum.Run.StartedAt)
	case colRows:
		return strconv.Itoa(sum.Run.Rows)
	case colDone:
		return strconv.Itoa(done)
	case colMatch:
		return strconv.Itoa(outcome[juhe.Match])
	case colMismatch:
		return strconv.Itoa(outcome[juhe.Mismatch])
	case colOther:
		return strconv.Itoa(outcome[juhe.Refused] + outcome[juhe.Unclear] + outcome[juhe.Lost])
	}
	if s.isActive(sum) {
		return s.Messages.Runs.States[s.active.progress.State]
	}
	return s.stateText(sum)
}
