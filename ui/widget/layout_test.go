package widget_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/ui/i18n"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

func TestPadTrunc(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		width int
		want  string
	}{
		{"北京", 6, "北京  "},
		{"北京", 4, "北京"},
		{"北京晨星", 7, "北京晨…"},
		{"北京晨星", 6, "北京… "}, // the next character does not fit
		{"北京", 1, "…"},
		{"北京", 2, "… "},
		{"北京", 0, ""},
		{"北京", -1, ""},
		{"", 3, "   "},
		{"\x1b[31m北京\x1b[0m", 5, "\x1b[31m北京\x1b[0m "},
		{"\x1b[31m北京晨星\x1b[0m", 5, "\x1b[31m北京…\x1b[0m"},
		{"─│·…●", 5, "─│·…●"},
	} {
		got := widget.PadTrunc(test.text, test.width)
		if got != test.want || widget.Width(got) != max(test.width, 0) {
			t.Errorf("PadTrunc(%q, %d) = %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

// pieces returns texts that a line may contain.
func pieces() []string {
	return []string{
		"北京", "有限公司", "张", "𠮷", "（", "·", "…", "─", "█", "a", "Z9", " ", "  ", "-", "/",
		"e\u0301", "ｒ", "\x1b[1m", "\x1b[31m", "\x1b[0m", "\x1b[38;5;12m", "https://apis.juhe.cn",
	}
}

func randomLine(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(30) {
		b.WriteString(pieces()[r.IntN(len(pieces()))])
	}
	return b.String()
}

func TestFrameIsARectangle(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		lines := make([]string, r.IntN(12))
		for i := range lines {
			lines[i] = randomLine(r)
		}
		width, height := 1+r.IntN(60), 1+r.IntN(14)
		uitest.AssertRectangle(t, widget.Frame(lines, width, height), width, height)
	}
}

func TestJustify(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		left, right string
		width       int
		want        string
	}{
		{"左", "右", 8, "左    右"},
		{"左边很长", "右", 6, "左… 右"},
		{"左", "右边很长", 6, "左    "},
	} {
		if got := widget.Justify(test.left, test.right, test.width); got != test.want {
			t.Errorf("Justify(%q, %q, %d) = %q, want %q", test.left, test.right, test.width, got, test.want)
		}
	}
}

// TestWrapKeepsEverything: no line is wider than the limit, and only blanks are lost.
func TestWrapKeepsEverything(t *testing.T) {
	t.Parallel()
	squeeze := func(s string) string { return strings.Join(strings.Fields(ansi.Strip(s)), "") }
	r := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		text, width := randomLine(r), 2+r.IntN(50)
		lines := widget.Wrap(text, width)
		for _, line := range lines {
			if widget.Width(line) > width {
				t.Fatalf("Wrap(%q, %d): %q is %d wide", text, width, line, widget.Width(line))
			}
		}
		if got := squeeze(strings.Join(lines, " ")); got != squeeze(text) {
			t.Fatalf("Wrap(%q, %d) = %q", text, width, lines)
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		width int
		want  []string
	}{
		{"北京 晨星 科技", 8, []string{"北京 晨", "星 科技"}},
		{"同样四要素（2026-11-24，query）：结论", 16, []string{"同样四要素", "（2026-11-24，", "query）：结论"}},
		{"上一笔 2026-11-24 06:32:36 ~\u00a0结果", 17, []string{"上一笔 2026-11-24", "06:32:36 ~\u00a0结果"}},
		{"一二三，四", 6, []string{"一二", "三，四"}},
		{"aaaa bbb --c", 8, []string{"aaaa bbb", "--c"}},
		{"aaaa-bbb c", 8, []string{"aaaa-bbb", "c"}},
		{"天地玄黄宇宙", 8, []string{"天地玄黄", "宇宙"}},
		{"", 8, []string{""}},
		{"a\n\nb", 8, []string{"a", "", "b"}},
	} {
		if got := widget.Wrap(test.text, test.width); !slices.Equal(got, test.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

// TestViewport: the lines at a scroll position are shown, and the last one says how many
// are below.
func TestViewport(t *testing.T) {
	t.Parallel()
	w, theme := i18n.For("en", nil), uitest.Theme("mono", "rounded")
	more := func(n int) string { return "  " + theme.Dim.Render(fmt.Sprintf(w.App.More, n)) }
	lines := []string{"0", "1", "2", "3", "4"}
	for _, test := range []struct {
		top, height, wantTop int
		want                 []string
	}{
		{0, 3, 0, []string{"0", "1", more(3)}},
		{1, 3, 1, []string{"1", "2", more(2)}},
		{9, 3, 2, lines[2:]},
		{-9, 3, 0, []string{"0", "1", more(3)}},
		{3, 9, 0, lines},
		{0, 0, 0, nil},
	} {
		top := test.top
		got := widget.Viewport(lines, &top, test.height, theme, w.App.More)
		if top != test.wantTop || !slices.Equal(got, test.want) {
			t.Errorf("Viewport(%d, %d) = %q from %d, want %q from %d", test.top, test.height, got, top, test.want, test.wantTop)
		}
	}
}

func TestWrapTrunc(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		width, limit int
		want         []string
	}{
		{20, 3, []string{"one two three"}},
		{8, 2, []string{"one two", "three"}},
		{8, 1, []string{"one two…"}},
		{7, 1, []string{"one tw…"}},
		{4, 2, []string{"one", "two…"}},
	} {
		if got := widget.WrapTrunc("one two three", test.width, test.limit); !slices.Equal(got, test.want) {
			t.Errorf("WrapTrunc in %d by %d = %q, want %q", test.width, test.limit, got, test.want)
		}
	}
}

// TestHighlight: one character changes its style, and no cell moves.
func TestHighlight(t *testing.T) {
	t.Parallel()
	style := renderer().NewStyle().Reverse(true)
	for _, test := range []struct {
		line string
		x    int
		want string
	}{
		{"abc", 1, "a\x1b[7mb\x1b[0mc   "},
		{"北京", 2, "北\x1b[7m京\x1b[0m  "},
		{"北京", 4, "北京\x1b[7m \x1b[0m "},
		{"", 0, "\x1b[7m \x1b[0m     "},
		{"abcdef", 5, "abcde\x1b[7mf\x1b[0m"},
	} {
		if got := widget.Highlight(test.line, test.x, 6, style); got != test.want {
			t.Errorf("Highlight(%q, %d) = %q, want %q", test.line, test.x, got, test.want)
		}
	}
}
