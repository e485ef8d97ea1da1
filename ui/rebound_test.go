package ui_test

import (
	"regexp"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// keys returns the key table, with every key changed if the console is rebound.
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

// reboundName returns the key that replaces a default one: the same with Alt, or with
// Alt and another letter.
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

// TestRebound: every key can be rebound, and no text mentions a default key that was.
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
					line = strings.TrimLeft(line, "↑↓ ")               // scroll marks
					line = strings.ReplaceAll(line, "个人中心 → 我的数据", "") // a menu path on Juhe's website
					if named := old.FindString(line); named != "" {
						t.Errorf("line %d names %q: %s", y, named, line)
					}
				}
			})
		}
	}
}

// TestTextIsNoKey: text is text even if it arrives in one piece and equals the name of
// a key, or is a character that is bound elsewhere.
func TestTextIsNoKey(t *testing.T) {
	t.Parallel()
	for name, scene := range scenes() {
		if name == "batch, number" { // it takes digits only
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term, _ := uitest.NewTerminal(t)
			c := newConsole(t, consoleOptions{lang: "zh", terminal: term, extra: map[keymap.Action]string{keymap.Quit: "q", keymap.Back: "b", keymap.OpenHistory: "h"}})
			scene(c)
			if !c.typeText([]string{"甲"}) {
				return
			}
			masked := strings.HasPrefix(name, "setup")
			for _, text := range []string{"f5", "ctrl+c", "enter", "esc", "ctrl+l", "up", "home", "alt+3", "q", "b", "h", "backspace"} {
				c.update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)})
				// Results of a run may arrive at any time.
				if c.Form.InProgress() && !strings.Contains(name, "waiting") && !strings.Contains(name, "warned") {
					t.Fatalf("%s sent a request", text)
				}
				if !masked {
					c.assertCaretBetween(text, "")
				}
			}
		})
	}
}
