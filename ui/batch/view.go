package batch

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

func (c *common) pad(text string) string { return strings.Repeat(" ", widget.Gutter) + text }

// textLines wraps and styles a text.
func (c *common) textLines(style lipgloss.Style, text string) []string {
	return widget.Paragraph(style, text, c.width)
}

// dimLine returns a line that counts something.
func (c *common) dimLine(format string, counts ...any) string {
	return c.pad(c.Theme.Dim.Render(fmt.Sprintf(format, counts...)))
}

// facts returns texts behind their labels, each in lines.
func (c *common) facts(all [][2]string) [][]string {
	label := 0
	for _, f := range all {
		label = max(label, widget.Width(f[0]))
	}
	lines := make([][]string, len(all))
	for i, f := range all {
		lines[i] = widget.Hang(c.Theme.RowHead(f[0], label, false), c.Theme.Text, widget.Wrap(f[1], c.width-2*widget.Gutter-label-widget.Gap))
	}
	return lines
}

// flow puts pieces side by side on as many lines as they need.
func (c *common) flow(pieces []string, between string) []string {
	var lines []string
	for _, piece := range pieces {
		if at := len(lines) - 1; at >= 0 && widget.Width(lines[at]+between+piece) <= c.width-widget.Right {
			lines[at] += between + piece
		} else {
			lines = append(lines, c.pad(piece))
		}
	}
	return lines
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
			all = append(all, c.Theme.OutcomeLabel(c.Messages, o)+" "+c.Theme.Text.Render(fmt.Sprint(n)))
		}
	}
	return all
}

// inputName returns the display name of an input.
func (c *common) inputName(path string) string {
	if path == "" {
		return c.Messages.Batch.PastedName
	}
	return juhe.Sanitize(filepath.Base(path))
}

// displayPath returns a sanitized short path.
func (c *common) displayPath(path string) string {
	return juhe.Sanitize(widget.ShortPath(path, c.Home))
}

// durationText returns a duration in words, to the second.
func (c *common) durationText(d time.Duration) string {
	return c.Messages.Duration(d.Round(time.Second))
}

// runTitle returns the file and the ID of the run, with a text at the right.
func (c *common) runTitle(run lookup.Run, text string) string {
	return widget.Justify(c.runName(run), text+strings.Repeat(" ", widget.Right), c.width)
}

// runName returns the file and the ID of a run.
func (c *common) runName(run lookup.Run) string {
	name := c.Theme.Text.Bold(true).Render(c.inputName(run.InputPath))
	if run.ID != 0 {
		name += c.Theme.Dim.Render("  " + fmt.Sprintf(c.Messages.Batch.Number, run.ID))
	}
	return c.pad(name)
}

func (c *common) yesNoHints(yes, no string) string {
	return c.pad(c.Hint(keymap.Yes, yes) + "    " + c.Hint(keymap.No, no))
}

// errorText returns the localized text of an error.
func (c *common) errorText(err error) string {
	return c.Messages.NotSentText(err, c.Options.Keys.Name(keymap.ReplaceKey))
}
