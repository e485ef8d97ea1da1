package ui_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/history"
	"fourfactor/ui/uitest"
)

// company is the look-up of one of the stand-in's companies.
func companyQuery(n int) juhe.Query {
	return juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[n].Factors(juhe.APIQuery)}
}

// TestHistory: a look-up is in the history, opens as a result with the others
// of the same factors, and comes back into the form without being sent.
func TestHistory(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	wrong := companyQuery(0)
	wrong.Factors[juhe.Realname] = "李四"
	for _, q := range []juhe.Query{companyQuery(0), companyQuery(1), wrong} {
		c.lookUp(q)
	}
	c.waitFor(c.press("f3"), companyQuery(1).Factors[juhe.Entname])
	c.assertActive(c.words.History.Title)
	c.AssertHides(companyQuery(0).Factors[juhe.Idcard])
	c.waitFor(c.press("enter"), "  "+c.words.Facts["official"]+"  ")
	c.assertActive(c.words.App.ResultTitle)
	c.waitFor(c.press("esc"), companyQuery(1).Factors[juhe.Entname])
	c.assertActive(c.words.History.Title)
	c.press("down")
	c.waitFor(c.press("r"), c.words.Form.Filled)
	c.assertActive(c.words.App.FormTitle)
	c.AssertShows(companyQuery(1).Factors[juhe.Idcard])
	if c.Form.InProgress() || c.server.Requests() != 3 {
		t.Errorf("a recall has sent: %d requests", c.server.Requests())
	}
	c.waitFor(c.press("alt+3"), companyQuery(1).Factors[juhe.Entname])
	c.waitFor(c.press("esc"), companyQuery(1).Factors[juhe.Idcard])
	c.assertActive(c.words.App.FormTitle)
}

// TestWheelOnForm: the wheel neither keeps a recall from coming nor moves, and takes
// no warning back.
func TestWheelOnForm(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(companyQuery(0))
	c.lookUp(companyQuery(1))
	c.press("f2", "ctrl+l")
	x, y, _ := c.Form.Caret()
	recall := c.press("ctrl+p")
	c.waitFor(recall, companyQuery(1).Factors[juhe.Idcard])
	recall = c.press("ctrl+p")
	for _, button := range []tea.MouseButton{tea.MouseButtonWheelUp, tea.MouseButtonWheelDown, tea.MouseButtonWheelUp} {
		if c.update(tea.MouseMsg{Button: button, Action: tea.MouseActionPress}) != nil {
			t.Error("the wheel does something")
		}
	}
	c.waitFor(recall, companyQuery(0).Factors[juhe.Idcard])
	if nx, ny, _ := c.Form.Caret(); ny != y || nx < x {
		t.Errorf("the caret is at %d, %d", nx, ny)
	}
}

// TestHistoryOfTheSame: the result shows the earlier look-ups of the same
// factors and what has changed.
func TestHistoryOfTheSame(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(companyQuery(0))
	c.press("esc")
	c.fill(companyQuery(0))
	c.press("ctrl+g") // which the first one was not asked
	done := uitest.Await[form.DoneMsg](t, c.press("f5"))
	c.waitFor(c.update(done), c.words.Result.Earlier)
	c.AssertShows(c.words.Result.Unchanged)
	if c.server.Requests() != 2 {
		t.Errorf("%d requests", c.server.Requests())
	}
}

// TestAgain: what an earlier look-up has answered is sent once more only
// after a question.
func TestAgain(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(companyQuery(0))
	c.lookUp(companyQuery(0))
	if c.server.Requests() != 1 {
		t.Fatalf("%d requests", c.server.Requests())
	}
	c.waitFor(c.press("a"), c.words.Form.SendAgain)
	c.assertActive(c.words.App.FormTitle)
	c.press("y") // too soon to be an answer
	if c.Form.InProgress() {
		t.Fatal("a key that came with the question has answered it")
	}
	c.press("esc")
	c.AssertHides(c.words.Form.SendAgain)
	if c.server.Requests() != 1 {
		t.Errorf("%d requests", c.server.Requests())
	}
}

// TestToday: the status line tells what was sent.
func TestToday(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(companyQuery(0))
	c.lookUp(companyQuery(1))
	c.waitFor(c.press("f2"), "今天已发送 2")
	if lines := strings.Split(c.Shown(), "\n"); !strings.Contains(lines[len(lines)-2], "今天已发送 2") {
		t.Error(c.Shown())
	}
}

// TestDeletedIsForgotten: what was deleted cannot come back into the form.
func TestDeletedIsForgotten(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(companyQuery(0))
	c.press("f2", "ctrl+l")
	c.Until(c.press("ctrl+p"), func() bool { return strings.Contains(c.Shown(), companyQuery(0).Factors[juhe.Entname]) })
	c.press("ctrl+n")
	c.waitFor(c.press("f3"), companyQuery(0).Factors[juhe.Entname])
	c.press("d")
	c.waitFor(c.press("y"), c.words.History.Empty)
	for _, name := range []string{"ctrl+z", "ctrl+o", "ctrl+p"} {
		c.press("f2")
		c.settle(c.press(name), 0)
		c.AssertHides(companyQuery(0).Factors[juhe.Entname])
	}
	c.AssertHides(companyQuery(0).Factors[juhe.Idcard])
}

// TestNotDeletedIsKept: where deleting has failed nothing is forgotten.
func TestNotDeletedIsKept(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(companyQuery(0))
	c.press("f2", "ctrl+l")
	c.update(history.DeletedMsg{})
	c.press("ctrl+z")
	c.AssertShows(companyQuery(0).Factors[juhe.Idcard])
}
