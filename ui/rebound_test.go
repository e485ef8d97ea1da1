package ui_test

import (
	"regexp"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// keys is the table of keys: the default, or one without any key of it.
func (c console) keys() []keymap.Entry {
	lines := keymap.Defaults()
	for i := range lines {
		for j, name := range lines[i].Keys {
			if c.options.rebound {
				lines[i].Keys[j] = reboundName(name)
			}
		}
		if more := c.options.extra[lines[i].Action]; more != "" {
			lines[i].Keys = append(lines[i].Keys, more)
		}
	}
	return lines
}

// other is a key that stands for a default one where all are rebound: the same
// with Alt, or what has Alt already with another letter.
func reboundName(name string) string {
	if letter, alt := strings.CutPrefix(name, "alt+"); alt {
		return "alt+" + string(letter[0]^0x10)
	}
	return "alt+" + name
}

func isDefault(name string) bool {
	for _, line := range keymap.Defaults() {
		for _, key := range line.Keys {
			if key == name {
				return true
			}
		}
	}
	return false
}

// TestRebound: every key can be rebound, and no text names one that was. The
// scenes press the keys that there are instead.
func TestRebound(t *testing.T) {
	t.Parallel()
	if fault := keymap.Check((console{options: consoleOptions{rebound: true}}).keys()); fault != nil {
		t.Fatalf("%+v", *fault)
	}
	names := map[string]bool{}
	for _, line := range keymap.Defaults() {
		for _, name := range line.Keys {
			if len(name) > 1 && !strings.HasPrefix(name, "alt+") {
				names[regexp.QuoteMeta(widget.JoinKeyLabels([]string{name}))] = true
			}
		}
	}
	var all []string
	for name := range names {
		all = append(all, name)
	}
	old := regexp.MustCompile(`(^|[^+\w])(` + strings.Join(all, "|") + `)($|[^\w+])`)
	for name, scene := range scenes() {
		for _, lang := range []string{"zh", "en"} {
			t.Run(name+"/"+lang, func(t *testing.T) {
				t.Parallel()
				c := newConsole(t, consoleOptions{lang: lang, rebound: true})
				c.resize(140, 45)
				scene(c)
				for y, line := range strings.Split(c.Shown(), "\n") {
					line = strings.TrimLeft(line, "↑↓ ")               // there is more above, or below
					line = strings.ReplaceAll(line, "个人中心 → 我的数据", "") // Juhe's own menu
					if named := old.FindString(line); named != "" {
						t.Errorf("line %d names %q: %s", y, named, line)
					}
				}
			})
		}
	}
}

// TestTextIsNoKey: what is typed is text, though it come in one piece and be the
// name of a key, or a character that is bound elsewhere.
func TestTextIsNoKey(t *testing.T) {
	t.Parallel()
	for name, scene := range scenes() {
		if name == "batch, number" { // which takes digits
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term, _ := newTerminal(t)
			c := newConsole(t, consoleOptions{lang: "zh", terminal: term, extra: map[keymap.Action]string{keymap.Quit: "q", keymap.Back: "b", keymap.OpenHistory: "h"}})
			scene(c)
			if !c.typeText([]string{"甲"}) {
				return
			}
			masked := strings.HasPrefix(name, "setup")
			for _, text := range []string{"f5", "ctrl+c", "enter", "esc", "ctrl+l", "up", "home", "alt+3", "q", "b", "h", "backspace"} {
				c.update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)})
				// What a run has under way arrives when it likes.
				if c.Form.InProgress() && !strings.Contains(name, "waiting") && !strings.Contains(name, "warned") {
					t.Fatalf("%s has sent", text)
				}
				if !masked {
					c.assertCaretBetween(text, "")
				}
			}
		})
	}
}
