package widget

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/ui/i18n"
)

// The smallest window that the screens are made for, in cells.
const (
	MinWidth  = 60
	MinHeight = 20
)

// Width is the one measure of text, in cells. Escape sequences have none.
func Width(s string) int { return ansi.StringWidth(s) }

// PadTrunc makes s exactly width cells wide: cut with an ellipsis, or padded.
func PadTrunc(s string, width int) string {
	if width <= 0 {
		return ""
	}
	have := Width(s)
	if have > width {
		s = ansi.Truncate(s, width, "…")
		have = Width(s)
	}
	return s + strings.Repeat(" ", width-have)
}

// Wrap breaks text into lines of at most width cells, at least 2: at blanks,
// which the break takes the place of, and beside wide characters, but not
// before what closes and not behind what opens. (ansi.Wrap takes a Chinese
// sentence for one word, and breaks dates at their hyphens.) A word that is
// wider is cut.
func Wrap(s string, width int) []string {
	width = max(width, 2)
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		line := ""
		for _, word := range splitWords(paragraph) {
			if line != "" && Width(line+strings.TrimRight(word, " ")) > width {
				lines, line = append(lines, strings.TrimRight(line, " ")), ""
			}
			cut := strings.Split(ansi.Hardwrap(word, width, true), "\n")
			if Width(strings.TrimRight(word, " ")) <= width {
				cut = []string{word}
			}
			lines = append(lines, cut[:len(cut)-1]...)
			line += cut[len(cut)-1]
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// splitWords divides a paragraph where a line may break. The blanks behind a word
// are part of it.
func splitWords(s string) []string {
	const opens, closes = "（《“‘【「", "，。、；：！？）》”’】」…—"
	var words []string
	start, before := 0, ' '
	for i, r := range s {
		wide := Width(string(r)) > 1 || Width(string(before)) > 1
		switch {
		case i == 0, r == ' ', strings.ContainsRune(closes, r), strings.ContainsRune(opens, before), Width(string(r)) == 0:
		case before == ' ', wide:
			words = append(words, s[start:i])
			start = i
		}
		before = r
	}
	return append(words, s[start:])
}

// WrapTrunc is Wrap in at most limit lines. If there is more, an ellipsis ends the
// last one.
func WrapTrunc(s string, width, limit int) []string {
	lines := Wrap(s, width)
	if len(lines) <= limit {
		return lines
	}
	last := strings.TrimRight(lines[limit-1], " ") + "…"
	return append(lines[:limit-1], ansi.Truncate(last, width, "…"))
}

// Justify puts one text at the left and one at the right of a line.
func Justify(left, right string, width int) string {
	room := width - Width(right)
	if room < 1 {
		return PadTrunc(left, width)
	}
	return PadTrunc(left, room) + right
}

// Highlight draws one cell of a line, or the wide character that begins there, in
// another style.
func Highlight(line string, x, width int, style lipgloss.Style) string {
	line = PadTrunc(line, width)
	cells := 1
	if Width(ansi.Cut(line, x, x+1)) == 0 {
		cells = 2
	}
	return ansi.Cut(line, 0, x) + style.Render(ansi.Strip(ansi.Cut(line, x, x+cells))) + ansi.Cut(line, x+cells, width)
}

// Frame makes a rectangle of exactly width by height cells.
func Frame(lines []string, width, height int) string {
	var b strings.Builder
	for y := range height {
		if y > 0 {
			b.WriteByte('\n')
		}
		line := ""
		if y < len(lines) {
			line = lines[y]
		}
		b.WriteString(PadTrunc(line, width))
	}
	return b.String()
}

// Window is the part of lines that fits, from a scroll position that is brought
// into range.
func Window(lines []string, top *int, height int) []string {
	*top = max(0, min(*top, len(lines)-height))
	return lines[*top:min(len(lines), *top+height)]
}

// Viewport is a Page whose last line tells how many are below it, if any are.
func Viewport(lines []string, top *int, height int, t *Theme, w *i18n.Text) []string {
	page := Window(lines, top, height)
	below := len(lines) - *top - len(page)
	if below == 0 || len(page) == 0 {
		return page
	}
	const margin = "  "
	return append(slices.Clone(page[:len(page)-1]), margin+t.Dim.Render(fmt.Sprintf(w.App.More, below+1)))
}
