package widget_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/widget"
)

// field returns a focused field.
func field(width int) *widget.Field {
	f := widget.NewField()
	f.SetWidth(width)
	f.Focus()
	return &f
}

func typed(text string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)} }

func pasted(text string) tea.KeyMsg {
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}
}

func TestField(t *testing.T) {
	t.Parallel()
	key := func(k tea.KeyType) tea.KeyMsg { return tea.KeyMsg{Type: k} }
	for name, test := range map[string]struct {
		width int
		msgs  []tea.KeyMsg
		view  string
		caret int
	}{
		"nothing":                {20, nil, "", 0},
		"two cells a character":  {20, []tea.KeyMsg{typed("北京")}, "北京", 4},
		"left":                   {20, []tea.KeyMsg{typed("北京"), key(tea.KeyLeft)}, "北京", 2},
		"home":                   {20, []tea.KeyMsg{typed("北京"), key(tea.KeyHome)}, "北京", 0},
		"end":                    {20, []tea.KeyMsg{typed("北京"), key(tea.KeyHome), key(tea.KeyEnd)}, "北京", 4},
		"typed in the middle":    {20, []tea.KeyMsg{typed("北京"), key(tea.KeyLeft), typed("a")}, "北a京", 3},
		"a blank":                {20, []tea.KeyMsg{typed("a"), {Type: tea.KeySpace, Runes: []rune{' '}}}, "a ", 2},
		"backspace":              {20, []tea.KeyMsg{typed("北京"), key(tea.KeyBackspace)}, "北", 2},
		"full":                   {5, []tea.KeyMsg{typed("北京")}, "北京", 4},
		"scrolled":               {5, []tea.KeyMsg{typed("北京晨星")}, "晨星", 4},
		"scrolled by odd cells":  {6, []tea.KeyMsg{typed("a北京晨星")}, "晨星", 4},
		"back to the start":      {5, []tea.KeyMsg{typed("北京晨星"), key(tea.KeyHome)}, "北京", 0},
		"scrolls back as needed": {5, []tea.KeyMsg{typed("北京晨星"), key(tea.KeyLeft), key(tea.KeyLeft), key(tea.KeyLeft)}, "京晨", 0},
		"pulled in by deleting":  {5, []tea.KeyMsg{typed("北京晨星"), key(tea.KeyBackspace)}, "京晨", 4},
		"wider than the room":    {2, []tea.KeyMsg{typed("北")}, "", 0},
		"a combining mark":       {20, []tea.KeyMsg{typed("e\u0301a")}, "e\u0301a", 2},
		"alt and a letter":       {20, []tea.KeyMsg{{Type: tea.KeyRunes, Runes: []rune("q"), Alt: true}}, "", 0},
		"alt and a Chinese one":  {20, []tea.KeyMsg{{Type: tea.KeyRunes, Runes: []rune("北"), Alt: true}}, "", 0},
		"alt+b, a word back":     {20, []tea.KeyMsg{typed("ab cd"), {Type: tea.KeyRunes, Runes: []rune("b"), Alt: true}}, "ab cd", 3},
		"tabs and line breaks":   {20, []tea.KeyMsg{pasted("北\t京\r\n")}, "北 京", 5},
		"zero-width":             {20, []tea.KeyMsg{pasted("北\u200b京\ufeff")}, "北�京�", 6},
		"bidi":                   {20, []tea.KeyMsg{pasted("a\u202eb\u2066")}, "a�b�", 4},
		"separators":             {20, []tea.KeyMsg{pasted("a\u2028b")}, "a�b", 3},
		"variation selector":     {20, []tea.KeyMsg{pasted("a\ufe0fb\U000e0100")}, "a�b�", 4},
		"Hangul filler":          {20, []tea.KeyMsg{pasted("a\u3164b")}, "a�b", 3},
		"controls are dropped":   {20, []tea.KeyMsg{pasted("a\x1b[31m\x00\u009bb\x7f")}, "a[31mb", 6},
		"newer than Go's tables": {20, []tea.KeyMsg{typed("\U0002ebf0")}, "\U0002ebf0", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := field(test.width)
			for _, msg := range test.msgs {
				f.Update(msg)
				f.View() // as after every message
			}
			if f.View() != test.view || f.Caret() != test.caret {
				t.Errorf("%q with the caret at %d, want %q at %d", f.View(), f.Caret(), test.view, test.caret)
			}
		})
	}
}

func TestFieldValue(t *testing.T) {
	t.Parallel()
	f := field(8)
	f.SetValue("北京晨星虚构科技有限公司")
	if f.Value() != "北京晨星虚构科技有限公司" || f.View() != "限公司" || f.Caret() != 6 {
		t.Errorf("%q shown as %q with the caret at %d", f.Value(), f.View(), f.Caret())
	}
	f.SetValue("a\u200bb")
	if f.Value() != "a\u200bb" {
		t.Errorf("the value is %q: it has to stay as it was typed", f.Value())
	}
	f.SetValue("")
	if f.View() != "" || f.Caret() != 0 {
		t.Errorf("%q with the caret at %d", f.View(), f.Caret())
	}
	f.SetValue(strings.Repeat("北", 1000))
	if n := len([]rune(f.Value())); n != 256 {
		t.Errorf("a field takes %d characters", n)
	}
}

// TestFieldBlurs: a field without focus ignores keys.
func TestFieldBlurs(t *testing.T) {
	t.Parallel()
	f := field(20)
	f.Update(pasted("京北"))
	f.Blur()
	f.Update(typed("晨"))
	if f.Value() != "京北" {
		t.Errorf("%q: a field without the focus takes keys", f.Value())
	}
}

// TestFieldStaysInItsRoom: text and caret fit the width, and no invisible character is
// drawn.
func TestFieldStaysInItsRoom(t *testing.T) {
	t.Parallel()
	keys := []tea.KeyType{
		tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyBackspace, tea.KeyDelete,
		tea.KeyCtrlW, tea.KeyCtrlK, tea.KeyCtrlU,
	}
	texts := append(pieces(), "\u200b", "\u202e", "\x1b", "\x00", "\t", "\n", "\u2029", "한", "👍", "👍🏽", "🇨🇳", "\u00ad")
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		f, width := field(2), 2
		for range 60 {
			switch n := r.IntN(10); {
			case n < 5:
				f.Update(typed(texts[r.IntN(len(texts))]))
			case n < 6:
				width = 2 + r.IntN(12)
				f.SetWidth(width)
			default:
				f.Update(tea.KeyMsg{Type: keys[r.IntN(len(keys))]})
			}
			checkField(t, f, width-1)
		}
	}
}

func checkField(t *testing.T, f *widget.Field, room int) {
	t.Helper()
	view, caret := f.View(), f.Caret()
	if widget.Width(view) > room || caret < 0 || caret > room {
		t.Fatalf("%q with the caret at %d in %d cells", view, caret, room)
	}
	if strings.ContainsFunc(view, isInvisible) {
		t.Fatalf("%q is drawn", view)
	}
}

// TestFieldShowsScroll: the mark for hidden text takes the cells of the character it
// replaces, and the caret is never on it.
func TestFieldShowsScroll(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"/home/wang/customers/list.csv", "/家/王/客户资料/十一月.csv"} {
		f := widget.NewField()
		f.ShowOverflow()
		f.SetWidth(12)
		f.Focus()
		f.SetValue(text)
		if view := f.View(); !strings.HasPrefix(view, "…") || widget.Width(view) > 12 || f.Caret() != widget.Width(view) {
			t.Errorf("%q, caret at %d", view, f.Caret())
		}
		for range []rune(text) {
			f.Update(tea.KeyMsg{Type: tea.KeyLeft})
			if view := f.View(); strings.HasPrefix(view, "…") && f.Caret() == 0 {
				t.Errorf("the caret stands on the mark: %q", view)
			}
		}
		if view := f.View(); strings.HasPrefix(view, "…") {
			t.Errorf("%q", view)
		}
	}
}

// TestFieldHides: a masked field draws one mark for each character, however wide, and
// no text.
func TestFieldHides(t *testing.T) {
	t.Parallel()
	for _, mark := range []string{"•", "*"} {
		f := field(6)
		f.SetMask(mark)
		f.Update(pasted("a北\u200bc"))
		f.Update(tea.KeyMsg{Type: tea.KeyLeft})
		if f.View() != strings.Repeat(mark, 4) || f.Caret() != 3 {
			t.Errorf("%q with the caret at %d", f.View(), f.Caret())
		}
		f.Update(typed("secret-secret"))
		if f.View() != strings.Repeat(mark, 5) || f.Caret() != 5 || f.Value() != "a北\u200bsecret-secretc" {
			t.Errorf("%q with the caret at %d: %q", f.View(), f.Caret(), f.Value())
		}
	}
}
