package widget_test

import (
	"strings"
	"testing"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// isInvisible reports whether a character must not reach a terminal.
func isInvisible(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Zl, unicode.Zp,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

func TestSplitKeys(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		msg  tea.KeyMsg
		want string // the key presses in Bubble Tea's names
	}{
		"one":                 {typed("r"), "r"},
		"joined":              {typed(":qx"), ": q x"},
		"full-width":          {typed("？"), "?"},
		"the key of /":        {typed("、"), "/"},
		"full-width, joined":  {typed("／ｒ"), "/ r"},
		"full-width capital":  {typed("Ｒ"), "R"},
		"the first and last":  {typed("！～"), "! ~"},
		"Chinese stays":       {typed("北京"), "北 京"},
		"an ideographic stop": {typed("。"), "。"},
		"alt stays":           {tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("１"), Alt: true}, "alt+1"},
		"a paste is no keys":  {pasted("？r"), "[？r]"},
		"a key by name":       {tea.KeyMsg{Type: tea.KeyF1}, "f1"},
		"the blank":           {tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}, " "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, press := range widget.SplitKeys(test.msg) {
				got = append(got, press.String())
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestJoinKeyLabels(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		names []string
		want  string
	}{
		{[]string{"f5", "ctrl+s"}, "F5 / Ctrl+S"},
		{[]string{"shift+tab", "up"}, "Shift+Tab / ↑"},
		{[]string{"down", "pgup", "pgdown"}, "↓ / PgUp / PgDn"},
		{[]string{"r"}, "r"},
		{[]string{"?"}, "?"},
		{[]string{"alt+1"}, "Alt+1"},
		{[]string{"+"}, "+"},
		{[]string{"ctrl++"}, "Ctrl++"},
		{[]string{"alt+北"}, "Alt+北"},
		{nil, ""},
	} {
		if got := widget.JoinKeyLabels(test.names); got != test.want {
			t.Errorf("JoinKeyLabels(%v) = %q, want %q", test.names, got, test.want)
		}
	}
}

// TestKeys: every action has a binding with its keys and its help.
func TestKeys(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		all := widget.NewKeys(w, keymap.Defaults())
		for _, line := range keymap.Defaults() {
			b := all[line.Action]
			if b.Help().Key != widget.JoinKeyLabels(line.Keys) || b.Help().Desc != w.Keys[line.Action] || !b.Enabled() {
				t.Errorf("%s: %s has %+v", w.Lang, line.Action, b.Help())
			}
		}
		if !all.Matches(tea.KeyMsg{Type: tea.KeyCtrlS}, keymap.Send) || all.Matches(tea.KeyMsg{Type: tea.KeyCtrlS}, keymap.Quit) {
			t.Error("Ctrl+S is not send alone")
		}
	}
}

// TestWheel: the mouse wheel moves and has no other effect.
func TestWheel(t *testing.T) {
	t.Parallel()
	k := widget.NewKeys(i18n.For("zh", nil), keymap.Defaults())
	for button, want := range map[tea.MouseButton]keymap.Action{
		tea.MouseButtonWheelUp: keymap.Up, tea.MouseButtonWheelDown: keymap.Down, tea.MouseButtonLeft: "", tea.MouseButtonNone: "",
	} {
		presses := widget.WheelKeys(tea.MouseMsg{Button: button})
		if (len(presses) > 0) != (want != "") {
			t.Errorf("%v is %v", button, presses)
		}
		f := field(8)
		for _, press := range presses {
			f.Update(press)
			if k.MoveKey(press) != want || f.Value() != "" || widget.IsText(press) {
				t.Errorf("%v is %q, and types %q", button, k.MoveKey(press), f.Value())
			}
			for _, line := range keymap.Defaults() {
				if k.Matches(press, line.Action) {
					t.Errorf("%v is %s", button, line.Action)
				}
			}
		}
	}
}

// TestIsKey: exactly Bubble Tea's key names can be configured.
func TestIsKey(t *testing.T) {
	t.Parallel()
	for k := tea.KeyType(-100); k < 128; k++ {
		name := tea.KeyMsg{Type: k}.String()
		if name != "" && k != tea.KeyRunes && !keymap.IsKey(name) {
			t.Errorf("%q is not known", name)
		}
	}
	sent := map[string]bool{}
	for k := tea.KeyType(-100); k < 128; k++ {
		sent[tea.KeyMsg{Type: k}.String()] = true
	}
	for _, name := range keymap.KeyNames() {
		if !sent[name] {
			t.Errorf("%q is sent by no terminal", name)
		}
	}
}

func TestMoveCursor(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		by                      keymap.Action
		at, count, height, want int
	}{
		{keymap.Down, 0, 3, 9, 1},
		{keymap.Down, 2, 3, 9, 2},
		{keymap.Up, 0, 3, 9, 0},
		{keymap.PageDown, 0, 99, 10, 9},
		{keymap.PageDown, 95, 99, 10, 98},
		{keymap.PageUp, 12, 99, 10, 3},
		{keymap.PageDown, 0, 99, 1, 1},
		{keymap.Top, 50, 99, 10, 0},
		{keymap.Bottom, 50, 99, 10, 98},
		{keymap.Bottom, 0, 0, 10, 0},
		{"", 7, 99, 10, 7},
	} {
		if got := widget.MoveCursor(test.by, test.at, test.count, test.height); got != test.want {
			t.Errorf("%s from %d of %d leads to %d, want %d", test.by, test.at, test.count, got, test.want)
		}
	}
}
