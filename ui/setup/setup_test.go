package setup_test

import (
	"fmt"
	"strings"
	"testing"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// TestPastes: a paste that the field would change or truncate is rejected with a note.
// One that cannot be a key is accepted with a warning.
func TestPastes(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		d := newScreen(t, lang)
		w := d.words.Setup
		unfit := fmt.Sprintf(w.InvalidInput, "Ctrl+L")
		for _, test := range []struct {
			text, says string
			marks      int
		}{
			{appKey, fmt.Sprintf(w.KeyLength, len(appKey), "~/.config/fourfactor/key"), len(appKey)},
			{"\u3000" + appKey + "\r\n", fmt.Sprintf(w.KeyLength, len(appKey), "~/.config/fourfactor/key"), len(appKey)},
			{"ab\x1b[31mcd", w.PasteRefused, 0},
			{"ab\x00cd", w.PasteRefused, 0},
			{"ab\x9bcd", w.PasteRefused, 0},
			{"ab\ufffdcd", w.PasteRefused, 0},
			{strings.Repeat("x", 1025), fmt.Sprintf(w.TooLong, 1024), 0},
			{"ab\ncd", unfit, 5},
			{"ab\tcd", unfit, 5},
			{"ab\u200bcd", unfit, 5},
			{"ab\u202ecd", unfit, 5},
			{"ａｂｃ", w.NotLikeKey, 3},
		} {
			d.press("ctrl+l")
			d.paste(test.text)
			d.AssertShows(test.says)
			if n := strings.Count(d.View(), "•"); n != test.marks {
				t.Errorf("%q: %d marks", test.text, n)
			}
		}
	}
}

// TestRefusedKeepsTyping: a rejected paste leaves the input unchanged.
func TestRefusedKeepsTyping(t *testing.T) {
	t.Parallel()
	d := newScreen(t, "zh")
	d.press(appKey)
	d.paste("\x1b\x01")
	d.AssertShows(d.words.Setup.PasteRefused)
	d.press("left", "left")
	d.AssertHides(d.words.Setup.PasteRefused)
	if x, y, ok := d.Caret(); x != 10+len(appKey)-2 || !ok || !strings.Contains(strings.Split(d.View(), "\n")[y], "•") {
		t.Errorf("%d, %d, %t", x, y, ok)
	}
	d.save("f5")
	d.assertFile("key", appKey+"\n")
}

// TestCaret: the caret is in the focused field, after one mark for each character, at
// every size.
func TestCaret(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		for _, size := range [][2]int{{60, 16}, {80, 20}, {140, 41}} {
			d := newScreen(t, lang)
			d.SetSize(size[0], size[1])
			for range 2 {
				d.press("北京ab")
				x, y, ok := d.Caret()
				line := strings.TrimRight(strings.Split(d.Shown(), "\n")[y], " ")
				if !strings.HasPrefix(line, "▸ ") || !strings.HasSuffix(line, " ••••") {
					t.Errorf("%v: got line %q", size, line)
				}
				if want := widget.Width(line); !ok || x != want {
					t.Errorf("%v: got caret %d, want %d", size, x, want)
				}
				d.press("tab")
			}
			if _, _, ok := d.Caret(); ok || d.Typing() {
				t.Error("a choice has a caret")
			}
		}
	}
}

// TestColours: a theme takes effect at once, a language after saving.
func TestColours(t *testing.T) {
	t.Parallel()
	d := newScreen(t, "zh")
	before := d.theme.Title.GetForeground()
	d.press("shift+tab", "right")
	d.AssertShows("[" + d.words.Setup.Themes["dark"] + "]")
	if d.theme.Title.GetForeground() == before {
		t.Error("the colours are what they were")
	}
	d.press("left")
	if d.theme.Title.GetForeground() != before {
		t.Error("the colours do not come back")
	}
	d.AssertHides("theme =")
	d.press("up", "x", "left")
	d.AssertShows(d.words.Setup.AppliedWhenSaved)
	if d.Messages.Lang != "zh" {
		t.Error("others read the words too")
	}
}

// TestLedgerKey: the screen shows where the ledger's key is, for each encryption.
func TestLedgerKey(t *testing.T) {
	t.Parallel()
	for text, lines := range map[string][]string{
		"~/.config/fourfactor/ledger.key": nil,
		"~/.config/fourfactor/mine.key":   {"ledger.key_file = 'mine.key'"},
		"key_command":                     {"[ledger]", "encryption = 'command'", "key_command = ['x']"},
		`encryption = "none"`:             {"ledger.encryption = 'none'"},
	} {
		for _, lang := range []string{"zh", "en"} {
			d := newScreen(t, lang, lines...)
			d.AssertShows(text)
			d.AssertShows(strings.ReplaceAll(d.words.Setup.Ledger[d.Encryption], "{path}", text))
		}
	}
}

// TestSmallest: in 60×20 nothing is truncated and the caret is visible.
func TestSmallest(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		d := newScreen(t, lang)
		d.SetSize(60, 16)
		w := d.words.Setup
		for _, text := range []string{
			w.WhereToFindKey, fmt.Sprintf(w.Demo, "Ctrl+D"), fmt.Sprintf(w.KeyNote, "~/.config/fourfactor/key"), w.OpenidNote,
			strings.ReplaceAll(w.Ledger["keyfile"], "{path}", "~/.config/fourfactor/ledger.key"), w.Languages["en"], w.Themes["mono"],
		} {
			d.AssertShows(text)
		}
		d.AssertHides("…")
	}
}

// TestKeys: the footer shows the keys of the focused row.
func TestKeys(t *testing.T) {
	t.Parallel()
	d := newScreen(t, "zh")
	enabled := func(a keymap.Action) (on bool) {
		for _, group := range d.Screen.Keys().FullHelp() {
			for _, b := range group {
				if b.Help().Desc == d.words.Keys[a] {
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
