package kit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The smallest window that the screens are made for, in cells.
const (
	MinWidth  = 60
	MinHeight = 20
)

// Width is the one measure of text, in cells. Escape sequences have none.
func Width(s string) int { return ansi.StringWidth(s) }

// Fit makes s exactly width cells wide: cut with an ellipsis, or padded.
func Fit(s string, width int) string {
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

// Wrap breaks text into lines of at most width cells.
func Wrap(s string, width int) []string {
	return strings.Split(ansi.Wrap(s, max(width, 1), ""), "\n")
}

// Sides puts one text at the left and one at the right of a line.
func Sides(left, right string, width int) string {
	room := width - Width(right)
	if room < 1 {
		return Fit(left, width)
	}
	return Fit(left, room) + right
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
		b.WriteString(Fit(line, width))
	}
	return b.String()
}

// Page is the part of lines that fits, from a scroll position that is brought
// into range.
func Page(lines []string, top *int, height int) []string {
	*top = max(0, min(*top, len(lines)-height))
	return lines[*top:min(len(lines), *top+height)]
}
