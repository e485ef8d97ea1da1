package widget

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// The smallest supported window, in cells.
const (
	MinWidth  = 60
	MinHeight = 20
)

// Margins of the screens and the space between columns, in cells. The left one contains
// the pointer of a list.
const (
	Gutter = 2
	Right  = 1
	Gap    = 2
)

// Indent indents lines by the gutter, in a style.
func Indent(style lipgloss.Style, lines []string) []string {
	return Hang(strings.Repeat(" ", Gutter), style, lines)
}

// Paragraph wraps a text to the width of a window, in a style, indented by the gutter.
func Paragraph(style lipgloss.Style, text string, width int) []string {
	return Indent(style, Wrap(text, width-2*Gutter))
}

// Width returns the width of s in cells, without escape sequences. All layout uses it.
func Width(s string) int { return ansi.StringWidth(s) }

// MaxWidth returns the width of the widest text.
func MaxWidth(texts iter.Seq[string]) int {
	widest := 0
	for text := range texts {
		widest = max(widest, Width(text))
	}
	return widest
}

// PadTrunc pads or truncates s to exactly width cells. An ellipsis marks a truncation.
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

// Wrap breaks s into lines of at most width cells, at least 2. It breaks at spaces,
// which it drops, and next to wide characters, but not before closing or after opening
// punctuation. (ansi.Wrap treats a Chinese sentence as one word and breaks dates at
// hyphens.) Longer words are split.
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

// splitWords splits a paragraph where a line may break. Trailing spaces belong to the
// word before them.
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

// WrapTrunc is like Wrap but returns at most limit lines. An ellipsis marks a
// truncation.
func WrapTrunc(s string, width, limit int) []string {
	lines := Wrap(s, width)
	if len(lines) <= limit {
		return lines
	}
	last := strings.TrimRight(lines[limit-1], " ") + "…"
	return append(lines[:limit-1], ansi.Truncate(last, width, "…"))
}

// Hang returns lines in a style behind head. Lines after the first are indented to its
// width.
func Hang(head string, style lipgloss.Style, lines []string) []string {
	hung := make([]string, len(lines))
	for i, line := range lines {
		hung[i] = head + style.Render(line)
		head = strings.Repeat(" ", Width(head))
	}
	return hung
}

// Justify places one text at the left and one at the right of a line.
func Justify(left, right string, width int) string {
	room := width - Width(right)
	if room < 1 {
		return PadTrunc(left, width)
	}
	return PadTrunc(left, room) + right
}

// Highlight draws the cell x of a line, or the wide character that begins there, in
// another style.
func Highlight(line string, x, width int, style lipgloss.Style) string {
	line = PadTrunc(line, width)
	cells := 1
	if Width(ansi.Cut(line, x, x+1)) == 0 {
		cells = 2
	}
	return ansi.Cut(line, 0, x) + style.Render(ansi.Strip(ansi.Cut(line, x, x+cells))) + ansi.Cut(line, x+cells, width)
}

// Frame returns a rectangle of exactly width by height cells.
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

// Viewport returns the lines that are visible at a scroll position, which it clamps to
// the valid range. It replaces the last visible line by the number of lines below, in a
// format, if there are any.
func Viewport(lines []string, top *int, height int, t *Theme, format string) []string {
	*top = max(0, min(*top, len(lines)-height))
	page := lines[*top:min(len(lines), *top+height)]
	below := len(lines) - *top - len(page)
	if below == 0 || len(page) == 0 {
		return page
	}
	const margin = "  "
	return append(slices.Clone(page[:len(page)-1]), margin+t.Dim.Render(fmt.Sprintf(format, below+1)))
}
