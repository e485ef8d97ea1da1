package kit_test

import (
	"strings"
	"testing"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
	"fourfactor/ui/words"
)

// shapeless tells whether a character must not reach a terminal.
func shapeless(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Zl, unicode.Zp,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

func TestSplit(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		msg  tea.KeyMsg
		want string // the presses as Bubble Tea names them
	}{
		"one":                 {typed("r"), "r"},
		"joined":              {typed(":qx"), ": q x"},
		"full-width":          {typed("？"), "?"},
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
			for _, press := range kit.Split(test.msg) {
				got = append(got, press.String())
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestLabel(t *testing.T) {
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
		if got := kit.Label(test.names); got != test.want {
			t.Errorf("Label(%v) = %q, want %q", test.names, got, test.want)
		}
	}
}

// TestKeys: every action has a binding with its keys and its help.
func TestKeys(t *testing.T) {
	t.Parallel()
	for _, w := range words.Languages() {
		all := kit.NewKeys(w)
		for _, line := range keys.Lines() {
			b := all[line.Action]
			if b.Help().Key != kit.Label(line.Keys) || b.Help().Desc != w.Keys[string(line.Action)] || !b.Enabled() {
				t.Errorf("%s: %s has %+v", w.Lang, line.Action, b.Help())
			}
		}
		if !all.Is(tea.KeyMsg{Type: tea.KeyCtrlS}, keys.Send) || all.Is(tea.KeyMsg{Type: tea.KeyCtrlS}, keys.Quit) {
			t.Error("Ctrl+S is not send alone")
		}
	}
}
