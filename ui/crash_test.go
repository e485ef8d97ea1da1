package ui_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// panickingClipboard panics with the text that it receives.
type panickingClipboard struct{}

func (panickingClipboard) Copy(text string) (string, error) { panic("cannot copy " + text) }

// TestCrash: a panic anywhere ends the console. The terminal is restored, and the
// panic's text does not appear on it.
func TestCrash(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(console) tea.Msg{
		"in a command": func(c console) tea.Msg {
			c.lookUp(matchingQuery())
			c.Result.Clipboard = panickingClipboard{}
			return uitest.Key("c")
		},
		"in an update": func(c console) tea.Msg {
			c.Form.Now = func() time.Time { panic("北京晨星") }
			return uitest.Key("f5")
		},
		"in a view": func(c console) tea.Msg { c.Form.Theme = nil; return uitest.Key("f2") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ours, theirs := socketPair(t)
			term := widget.NewTerminal(theirs)
			c := newConsole(t, consoleOptions{lang: "zh", terminal: term})
			c.fill(matchingQuery())
			msg := do(c)
			w := startProgram(t, c, term, ours)
			w.program.Send(msg)
			if err := <-w.done; err != nil {
				t.Error(err)
			}
			theirs.Close()
			var last string
			for all := make([]byte, 1<<18); !strings.Contains(last, "\x1b[?1049l"); {
				n, err := ours.Read(all)
				if err != nil {
					t.Fatalf("the terminal is not restored: %v", err)
				}
				last = string(all[:n])
				if strings.Contains(last, "cannot copy") || strings.Contains(last, "goroutine") {
					t.Errorf("the terminal shows %q", last)
				}
			}
			crash := c.Crash()
			if crash == nil || len(crash.Stack) == 0 {
				t.Fatalf("%v", crash)
			}
		})
	}
	if c := newConsole(t, consoleOptions{lang: "zh"}); c.Crash() != nil {
		t.Error("a console that does nothing has crashed")
	}
}
