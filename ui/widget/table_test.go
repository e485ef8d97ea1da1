package widget_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/ui/widget"
)

func columns() []widget.Column[int] {
	return []widget.Column[int]{
		{Title: "time", Width: 11},
		{Title: "company", Width: 10, Stretch: true},
		{Title: "person", Width: 8, Rank: 2},
		{Title: "code", Width: 6, Rank: 1},
	}
}

func names(columns []widget.Column[int]) string {
	var all []string
	for _, c := range columns {
		all = append(all, c.Title)
	}
	return strings.Join(all, " ")
}

func TestFitColumns(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		width, company int
		names          string
	}{
		{0, 1, "time company"},
		{18, 5, "time company"},
		{23, 10, "time company"},
		{24, 11, "time company"},
		{30, 17, "time company"},
		{31, 10, "time company code"},
		{40, 19, "time company code"},
		{41, 10, "time company person code"},
		{100, 69, "time company person code"},
	} {
		got := widget.FitColumns(columns(), test.width)
		if names(got) != test.names || got[1].Width != test.company {
			t.Errorf("%d cells: %s, the company has %d", test.width, names(got), got[1].Width)
		}
	}
}

// TestRow: whatever the cells contain, the columns are aligned and the row is as wide
// as the table.
func TestRow(t *testing.T) {
	t.Parallel()
	style := renderer().NewStyle().Bold(true)
	texts := append(pieces(), "", "👍", "👍🏽", "🇨🇳", "한글", "欧阳小红", "91110199MAYYY0013X")
	r := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		width := 23 + r.IntN(120)
		chosen := widget.FitColumns(columns(), width)
		row := widget.Row(chosen, func(c widget.Column[int]) string {
			text := strings.Repeat(texts[r.IntN(len(texts))], r.IntN(4))
			if r.IntN(2) == 0 {
				return style.Render(text)
			}
			return text
		})
		if widget.Width(row) != width {
			t.Fatalf("%d cells, want %d: %q", widget.Width(row), width, row)
		}
		x := 0
		for _, c := range chosen[1:] {
			x += chosen[0].Width + 2
			chosen = chosen[1:]
			if gap := ansi.Strip(ansi.Cut(row, x-2, x)); gap != "  " {
				t.Fatalf("%q before %s, at %d: %q", gap, c.Title, x, row)
			}
		}
	}
}

func TestScrollIntoView(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ top, at, count, height, want int }{
		{0, 0, 10, 3, 0},
		{0, 2, 10, 3, 0},
		{0, 3, 10, 3, 1},
		{5, 3, 10, 3, 3},
		{5, 9, 10, 3, 7},
		{9, 9, 10, 3, 7},
		{7, 1, 2, 3, 0},
		{0, 0, 0, 3, 0},
		{0, 4, 5, 1, 4},
	} {
		if got := widget.ScrollIntoView(test.top, test.at, test.count, test.height); got != test.want {
			t.Errorf("ScrollIntoView(%d, %d, %d, %d) = %d, want %d", test.top, test.at, test.count, test.height, got, test.want)
		}
	}
}
