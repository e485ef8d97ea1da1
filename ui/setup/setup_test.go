package setup_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// TestPastes: what a field would drop or cut is not taken, and said; what makes
// no key is, and said.
func TestPastes(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		d := newDesk(t, lang)
		w := d.words.Setup
		unfit := fmt.Sprintf(w.Unfit, "Ctrl+L")
		for _, test := range []struct {
			text, says string
			marks      int
		}{
			{appKey, fmt.Sprintf(w.KeyTyped, len(appKey), "~/.config/fourfactor/key"), len(appKey)},
			{"\u3000" + appKey + "\r\n", fmt.Sprintf(w.KeyTyped, len(appKey), "~/.config/fourfactor/key"), len(appKey)},
			{"ab\x1b[31mcd", w.Refused, 0},
			{"ab\x00cd", w.Refused, 0},
			{"ab\x9bcd", w.Refused, 0},
			{"ab\ufffdcd", w.Refused, 0},
			{strings.Repeat("x", 1025), fmt.Sprintf(w.TooLong, 1024), 0},
			{"ab\ncd", unfit, 5},
			{"ab\tcd", unfit, 5},
			{"ab\u200bcd", unfit, 5},
			{"ab\u202ecd", unfit, 5},
			{"ａｂｃ", w.Foreign, 3},
		} {
			d.press("ctrl+l")
			d.paste(test.text)
			d.shows(test.says)
			if n := strings.Count(d.View(), "•"); n != test.marks {
				t.Errorf("%q: %d marks", test.text, n)
			}
		}
	}
}

// TestRefusedKeepsTyping: a paste that is not taken leaves what was typed.
func TestRefusedKeepsTyping(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "zh")
	d.press(appKey)
	d.paste("\x1b\x01")
	d.shows(d.words.Setup.Refused)
	d.press("left", "left")
	d.hides(d.words.Setup.Refused)
	if x, y, ok := d.Caret(); x != 10+len(appKey)-2 || !ok || !strings.Contains(strings.Split(d.View(), "\n")[y], "•") {
		t.Errorf("%d, %d, %t", x, y, ok)
	}
	d.save("f5")
	d.holds("key", appKey+"\n")
}

// TestCaret: it stands in the field with the focus, behind as many marks as were
// typed, in every size.
func TestCaret(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		for _, size := range [][2]int{{60, 16}, {80, 20}, {140, 41}} {
			d := newDesk(t, lang)
			d.SetSize(size[0], size[1])
			for range 2 {
				d.press("北京ab")
				x, y, ok := d.Caret()
				line := strings.Split(ansi.Strip(d.View()), "\n")[y]
				if !ok || !strings.HasPrefix(line, "▸ ") || widget.Width(strings.TrimRight(line, " ")) != x || !strings.HasSuffix(strings.TrimRight(line, " "), " ••••") {
					t.Errorf("%v: the caret is at %d in %q", size, x, line)
				}
				d.press("tab")
			}
			if _, _, ok := d.Caret(); ok || d.Typing() {
				t.Error("a choice has a caret")
			}
		}
	}
}

// TestColours: a theme is seen at once, a language after saving.
func TestColours(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "zh")
	before := d.theme.Title.GetForeground()
	d.press("shift+tab", "right")
	d.shows("[" + d.words.Setup.Themes["dark"] + "]")
	if d.theme.Title.GetForeground() == before {
		t.Error("the colours are what they were")
	}
	d.press("left")
	if d.theme.Title.GetForeground() != before {
		t.Error("the colours do not come back")
	}
	d.hides("theme =")
	d.press("up", "x", "left")
	d.shows(d.words.Setup.AtSaving)
	if d.Words.Lang != "zh" {
		t.Error("others read the words too")
	}
}

// TestLedgerKey: where the history's key is, whatever the encryption.
func TestLedgerKey(t *testing.T) {
	t.Parallel()
	for text, lines := range map[string][]string{
		"~/.config/fourfactor/ledger.key": nil,
		"~/.config/fourfactor/mine.key":   {"ledger.key_file = 'mine.key'"},
		"key_command":                     {"[ledger]", "encryption = 'command'", "key_command = ['x']"},
		`encryption = "none"`:             {"ledger.encryption = 'none'"},
	} {
		for _, lang := range []string{"zh", "en"} {
			d := newDesk(t, lang, lines...)
			d.shows(text)
			d.shows(strings.ReplaceAll(d.words.Setup.Ledger[d.Encryption], "{path}", text))
		}
	}
}

// TestSmallest: in 60×20 nothing is cut, and the line is within the window.
func TestSmallest(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		d := newDesk(t, lang)
		d.SetSize(60, 16)
		w := d.words.Setup
		for _, text := range []string{
			w.Where, fmt.Sprintf(w.Demo, "Ctrl+D"), fmt.Sprintf(w.KeyNote, "~/.config/fourfactor/key"), w.OpenidNote,
			strings.ReplaceAll(w.Ledger["keyfile"], "{path}", "~/.config/fourfactor/ledger.key"), w.Languages["en"], w.Themes["mono"],
		} {
			d.shows(text)
		}
		d.hides("…")
	}
}

// TestKeys: what the keys do is said where they do it.
func TestKeys(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "zh")
	enabled := func(a keymap.Action) (on bool) {
		for _, group := range d.Screen.Keys().FullHelp() {
			for _, b := range group {
				if b.Help().Desc == d.words.Keys[string(a)] {
					on = b.Enabled()
				}
			}
		}
		return on
	}
	if !enabled(keymap.ClearField) || enabled(keymap.OptionRight) || !enabled(keymap.StartDemo) {
		t.Error("the keys of a field")
	}
	d.press("up")
	if enabled(keymap.ClearField) || !enabled(keymap.OptionRight) || !enabled(keymap.Save) {
		t.Error("the keys of a choice")
	}
}
