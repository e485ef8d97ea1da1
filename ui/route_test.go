package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/result"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// TestHelp: F1 and Alt+1 open and close help, Esc closes it, and the covered screen
// stays unchanged.
func TestHelp(t *testing.T) {
	t.Parallel()
	for _, scene := range []string{"form", "result"} {
		for _, open := range []string{"f1", "alt+1"} {
			for _, shut := range []string{"f1", "alt+1", "esc", "?", "？", "f2"} {
				t.Run(strings.Join([]string{scene, open, shut}, "/"), func(t *testing.T) {
					t.Parallel()
					c := newConsole(t, consoleOptions{lang: "zh"})
					c.fill(matchingQuery())
					if scene == "result" {
						c.lookUp(matchingQuery())
					}
					c.press("left") // clears the status
					before := c.View()
					c.press(open)
					c.assertActive(c.words.App.HelpTitle)
					c.AssertShows("Ctrl+C")
					if cmd := c.press(shut); cmd != nil && shut != "f2" {
						t.Error("closing help does more than that")
					}
					if c.View() != before && shut != "f2" {
						t.Errorf("behind help the screen has changed:\n%s", c.Shown())
					}
				})
			}
		}
	}
}

// TestHelpListsTheKeys: help lists the current keys of the covered screen.
func TestHelpListsTheKeys(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.press("f1")
	c.AssertShows("F5 / Ctrl+S   " + c.words.Keys["send"])
	c.AssertHides(c.words.Form.StopWaiting)
	c.press("f1")
	c.lookUp(matchingQuery())
	c.press("?")
	c.AssertShows("x / Alt+X   " + c.words.Keys["reveal"])
	c.AssertHides(c.words.Keys["send"] + "\n")
}

// TestText: where text is typed, printable keys are text and other keys are not.
func TestText(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.press("?", "？", "x", "r")
	c.assertActive(c.words.App.FormTitle)
	c.AssertShows("?？xr")
	c.press("alt+9", "alt+x")
	c.AssertHides("xr9")
	c.AssertHides("xrx")
	c.update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("北京"), Paste: true})
	c.AssertShows("xr北京")
}

// TestOption: the characters that a Mac types for Option and a digit work like Alt and
// the digit, unless other text comes with them.
func TestOption(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	for _, step := range [][2]string{
		{"£", c.words.History.Title},
		{"¢", c.words.Batch.Title},
		{"™", c.words.App.FormTitle},
		{"¡", c.words.App.HelpTitle},
		{"¡", c.words.App.FormTitle},
	} {
		c.press(step[0])
		c.assertActive(step[1])
	}
	c.press("∞", "£5", "ª")
	c.update(uitest.Paste("¢"))
	c.assertActive(c.words.App.FormTitle)
	c.AssertShows("∞£5ª¢")
}

// TestHelpKeys: help has a key that no desktop environment intercepts, also where text
// is typed.
func TestHelpKeys(t *testing.T) {
	t.Parallel()
	for _, scene := range []string{"form", "setup", "result", "history, search", "batch, file", "batch, output"} {
		c := newConsole(t, consoleOptions{lang: "zh"})
		scenes()[scene](c)
		c.press("ctrl+y")
		c.assertActive(c.words.App.HelpTitle)
	}
}

// TestSuspend: Ctrl+Z suspends wherever it does not undo.
func TestSuspend(t *testing.T) {
	t.Parallel()
	for name, scene := range scenes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, consoleOptions{lang: "zh"})
			stopped := false
			c.Suspend = func() tea.Msg { stopped = true; return nil }
			scene(c)
			undoes := strings.HasPrefix(c.line(0), "  fourfactor  "+c.words.App.FormTitle+" ")
			if cmd := c.press("ctrl+z"); cmd != nil && !undoes {
				cmd()
			}
			if stopped == undoes {
				t.Errorf("stopped: %t", stopped)
			}
		})
	}
}

// TestNoAnswer: letters that arrive together work as keys, but never confirm a
// question.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.openPlan(c.writeTable(3, ""))
	c.clockOffset.Store(int64(time.Second))
	for _, text := range []string{"yes", "ya", "甲y", "ｙｙ"} {
		if c.press(text); c.Batch.IsRunning() {
			t.Fatalf("%q sent a request", text)
		}
	}
	for _, name := range []string{"y", "alt+y"} {
		c.update(widget.MaybePastedMsg{})
		if c.press(name); c.Batch.IsRunning() {
			t.Fatalf("%s among other keys sent a request", name)
		}
	}
	if c.press("y"); !c.Batch.IsRunning() {
		t.Error("y alone does not either")
	}
}

// TestPastedNumber: an Enter that arrives together with the number of calls does not
// confirm either.
func TestPastedNumber(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.openColumns(c.writeTable(101, ""))
	c.waitFor(c.press("enter"), fmt.Sprintf(c.words.Batch.TypeNumber, 101, "Enter"))
	c.clockOffset.Store(int64(time.Second))
	c.press("101")
	c.update(widget.MaybePastedMsg{})
	rejected := c.press("enter")
	if c.Batch.IsRunning() {
		t.Fatal("a pasted number sent a request")
	}
	c.waitFor(rejected, "刚刚粘贴")
	if c.press("enter"); !c.Batch.IsRunning() {
		t.Error("Enter alone does not either")
	}
}

// TestLettersOfAResult: letters that arrive together are single keys, full-width
// letters are keys, and a paste is not.
func TestLettersOfAResult(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	for _, letter := range []string{"r", "ｒ"} {
		c.lookUp(matchingQuery())
		repeat := uitest.Await[result.RecallMsg](t, c.press(letter))
		c.waitFor(c.update(repeat), c.words.Form.Filled)
		c.assertActive(c.words.App.FormTitle)
		c.AssertShows(matchingQuery().Factors[juhe.Idcard])
		if c.Form.InProgress() {
			t.Fatal("repeating sends a request")
		}
	}
	c.lookUp(matchingQuery())
	if cmd := c.update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r"), Paste: true}); cmd != nil {
		t.Error("a paste is taken for a key")
	}
	c.press("？")
	c.assertActive(c.words.App.HelpTitle)
	c.press("esc", "zo")
	c.AssertShows(c.words.Result.Raw)
}

// TestJoinedDoNotWait: keys that arrive together do not wait for each other's
// commands, such as a reveal of an hour.
func TestJoinedDoNotWait(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(matchingQuery())
	c.update(uitest.Await[result.EditMsg](t, c.press("xe")))
	c.assertActive(c.words.App.FormTitle)
}

// TestBack: Esc and F2 return to the form with its text and caret unchanged.
func TestBack(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"esc", "f2", "alt+2", "e"} {
		c := newConsole(t, consoleOptions{lang: "zh"})
		c.fill(matchingQuery())
		c.press("tab", "left", "left")
		before := c.View()
		done := uitest.Await[form.DoneMsg](t, c.press("f5"))
		c.update(uitest.Await[form.ShowResultMsg](t, c.update(done)))
		c.assertActive(c.words.App.ResultTitle)
		if cmd := c.press(name); cmd != nil {
			c.update(cmd())
		}
		x, y, _ := c.Form.Caret()
		if wantX, wantY := 12+16, 2; x != wantX || y != wantY {
			t.Errorf("%s: caret at %d, %d", name, x, y)
		}
		after := strings.Split(c.View(), "\n")
		// The status line and the footer may differ.
		if last := len(after) - 2; strings.Join(after[:last], "\n") != strings.Join(strings.Split(before, "\n")[:last], "\n") {
			t.Errorf("%s: the form has changed:\n%s", name, c.Shown())
		}
	}
}

// TestNew: n clears the form and keeps the endpoint.
func TestNew(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	q := juhe.Query{API: juhe.APIQueryEncry, Factors: mockserver.Companies()[1].Factors(juhe.APIQueryEncry)}
	c.lookUp(q)
	c.update(uitest.Await[result.NewMsg](t, c.press("n")))
	c.assertActive(c.words.App.FormTitle)
	c.AssertHides(q.Factors[juhe.Entname])
	c.AssertShows(c.words.Endpoints[q.API])
}

// TestDelivered: an answer reaches the form while another screen is active, and can be
// opened from there.
func TestDelivered(t *testing.T) {
	t.Parallel()
	for _, away := range []string{"f1", "ctrl+o"} {
		t.Run(away, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, consoleOptions{lang: "zh"})
			c.lookUp(matchingQuery())
			c.press("esc")
			c.fill(queryNamed("某公司"))
			sent := c.press("f5")
			c.press("esc")
			if cmd := c.press(away); cmd != nil {
				c.update(cmd())
			}
			said := uitest.Await[widget.StatusMsg](t, c.update(uitest.Await[form.DoneMsg](t, sent)))
			c.update(said)
			c.AssertShows(fmt.Sprintf(c.words.Form.PreviousFinished, "✗ "+c.words.Outcomes["mismatch"], "Ctrl+O"))
			if c.Form.InProgress() {
				t.Error("the form has not received the answer")
			}
			c.update(uitest.Await[form.ShowResultMsg](t, c.press("ctrl+o")))
			c.assertActive(c.words.App.ResultTitle)
			c.AssertShows("某公司")
		})
	}
}

// TestCopy: the result is copied, and the status confirms it.
func TestCopy(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(matchingQuery())
	said := uitest.Await[widget.StatusMsg](t, c.update(c.press("c")()))
	c.update(said)
	c.AssertShows(fmt.Sprintf(c.words.Result.CopyMethods["tmux"], c.words.Result.CopiedText))
	if !strings.Contains(c.clipboard.Text, matchingQuery().Factors[juhe.Entname]) || strings.Contains(c.clipboard.Text, matchingQuery().Factors[juhe.Idcard]) {
		t.Errorf("got copy %q", c.clipboard.Text)
	}
}

// TestInit: Init shows what the screens have to report.
func TestInit(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.Until(c.Init(), func() bool { return strings.Contains(c.Shown(), fmt.Sprintf(c.words.Form.Today, 0)) })
	c.Form.NoKey = true
	c.update(uitest.Await[widget.StatusMsg](t, c.Init()))
	c.AssertShows(c.words.Form.NoKey)
}
