package batch

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

const (
	gutter = widget.Gutter
	gap    = 2 // cells between columns
	right  = 1 // right margin
)

// View draws the page and the panel.
func (s *Screen) View() string {
	panel := s.panel()
	height := max(s.height-len(panel), 0)
	var body []string
	switch s.page {
	case pageRun:
		body = s.runBody(height)
	case pagePick:
		body = s.pickBody(height)
	case pageColumns:
		body = s.columnsBody()
	case pagePlan:
		body = s.planBody(height)
	default:
		body = s.listBody(height)
	}
	for len(body) < height {
		body = append(body, "")
	}
	return widget.Frame(append(body[:height], panel...), s.width, s.height)
}

// Caret returns the position of the caret in the field that takes the keys.
func (s *Screen) Caret() (x, y int, ok bool) {
	if !s.Typing() {
		return 0, 0, false
	}
	below := s.height - len(s.panel())
	switch {
	case s.export != nil:
		return s.exportLeft() + s.export.field.Caret(), below + 1, true
	case s.page == pagePick:
		return s.pickLeft() + s.picker.field.Caret(), 0, true
	case s.page == pageColumns:
		return s.settingsLeft() + s.draft.output.Caret(), columnsTop + s.draft.focused, true
	}
	return s.numberLeft() + s.draft.number.Caret(), s.height - 1, true
}

// panel returns the lower part of the screen: a task, a prompt or a question.
func (s *Screen) panel() []string {
	var lines []string
	switch {
	case s.task.isActive():
		lines = s.taskLines()
	case s.export != nil:
		lines = s.exportLines()
	case s.page == pagePlan:
		lines = s.questionLines()
	case s.showsActive() && asksToContinue(s.active.progress):
		lines = s.breakerLines()
	default:
		return nil
	}
	return append([]string{s.Theme.Dim.Render(strings.Repeat(s.Theme.Glyphs.Rule, max(s.width, 0)))}, lines...)
}

// taskLines describes the task once it has taken a moment.
func (s *Screen) taskLines() []string {
	w, j := s.Messages.Batch, s.task
	if j.frame == 0 {
		return []string{"", ""}
	}
	if j.cancelled {
		return []string{s.pad(s.Theme.Dim.Render(w.Cancelling)), ""}
	}
	line := s.Theme.Accent.Render(s.Theme.SpinnerFrame(j.frame) + " " + j.label)
	if s.draft != nil && s.draft.run != nil && j.label == w.Planning {
		const cells = 20
		line += "  " + s.Theme.Bar(s.draft.run.Progress().ReadFraction, cells)
	}
	return []string{s.pad(line), s.pad(s.Hint(keymap.Back, w.Cancel))}
}

// exportLines asks for the file of an export.
func (s *Screen) exportLines() []string {
	w, e := s.Messages.Batch, s.export
	what := w.ExportWhat
	if e.unresolvedOnly {
		what = w.ExportRestWhat
	}
	path := s.pad(s.Theme.Selected.Render(w.ExportTo)) + strings.Repeat(" ", gap) + e.field.View()
	return append([]string{path}, s.textLines(s.Theme.Text, what)...)
}

func (s *Screen) exportLeft() int { return gutter + widget.Width(s.Messages.Batch.ExportTo) + gap }

func (c *common) pad(text string) string { return strings.Repeat(" ", gutter) + text }

// textLines wraps and styles a text.
func (c *common) textLines(style lipgloss.Style, text string) []string {
	return widget.Indent(style, widget.Wrap(text, c.width-2*gutter))
}

// flow puts pieces side by side on as many lines as they need.
func (c *common) flow(pieces []string, between string) []string {
	var lines []string
	line := ""
	for _, piece := range pieces {
		switch {
		case line == "":
			line = piece
		case gutter+widget.Width(line)+widget.Width(between)+widget.Width(piece) > c.width-right:
			lines, line = append(lines, c.pad(line)), piece
		default:
			line += between + piece
		}
	}
	if line != "" {
		lines = append(lines, c.pad(line))
	}
	return lines
}

// outcome returns the mark and the word of an outcome in its colour.
func (c *common) outcome(o juhe.Outcome) string {
	return c.Theme.OutcomeLabel(c.Messages, o)
}

// counts returns the rows by outcome. A zero is omitted unless the outcome is a
// verdict.
func (c *common) counts(of map[juhe.Outcome]int, waiting int) []string {
	var all []string
	for _, o := range juhe.Outcomes() {
		n := of[o]
		if o == juhe.Unsent {
			n = waiting
		}
		if n > 0 || o.IsVerdict() {
			all = append(all, c.outcome(o)+" "+c.Theme.Text.Render(fmt.Sprint(n)))
		}
	}
	return all
}

// fileName returns the sanitized name of a file.
func fileName(path string) string { return juhe.Sanitize(filepath.Base(path)) }

// displayPath returns a sanitized short path.
func (c *common) displayPath(path string) string { return juhe.Sanitize(c.shortPath(path)) }

// timeText returns a short time.
func (c *common) timeText(at time.Time) string {
	return widget.ShortTime(c.Now(), at, c.Messages.History.Today)
}

// durationText returns a duration in words, to the second.
func (c *common) durationText(d time.Duration) string {
	return c.Messages.Duration(d.Round(time.Second))
}

// stateText returns the state of a run that is not in progress here.
func (c *common) stateText(sum engine.Summary) string {
	w := c.Messages.Batch
	switch code := sum.StopCode(); {
	case sum.IsFinished() && sum.Run.OutputHash == "":
		return w.NotWritten
	case sum.IsFinished() && !sum.IsResolved():
		return w.Finished + fmt.Sprintf(c.Messages.Runs.RowWarnings.Unresolved, sum.Unresolved())
	case sum.IsFinished():
		return w.Finished
	case code != 0:
		return fmt.Sprintf(w.StoppedByCode, code)
	case sum.Run.StopReason != "":
		return c.Messages.Stopped(sum.Run.StopReason)
	case sum.Run.Finished:
		return w.SomeUnsent
	}
	return w.Interrupted
}
