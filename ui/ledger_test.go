package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/history"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// companyQuery returns the query for a company of the mock server.
func companyQuery(n int) juhe.Query {
	return juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[n].Factors(juhe.APIQuery)}
}

// TestHistory: a lookup is in the history, opens as a result with the others of the
// same factors, and returns to the form without being sent.
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
	c.waitFor(c.press("enter"), "  "+c.words.Labels["official"]+"  ")
	c.assertActive(c.words.App.ResultTitle)
	c.waitFor(c.press("esc"), companyQuery(1).Factors[juhe.Entname])
	c.assertActive(c.words.History.Title)
	c.press("down")
	c.waitFor(c.press("r"), c.words.Form.Filled)
	c.assertActive(c.words.App.FormTitle)
	c.AssertShows(companyQuery(1).Factors[juhe.Idcard])
	if c.Form.InProgress() || c.server.Requests() != 3 {
		t.Errorf("a recall sent a request: %d requests", c.server.Requests())
	}
	c.waitFor(c.press("alt+3"), companyQuery(1).Factors[juhe.Entname])
	c.waitFor(c.press("esc"), companyQuery(1).Factors[juhe.Idcard])
	c.assertActive(c.words.App.FormTitle)
}

// TestWheelOnForm: on the form the mouse wheel has no effect.
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
		t.Errorf("got caret %d, %d", nx, ny)
	}
}

// TestHistoryOfTheSame: the result lists earlier lookups of the same factors and the
// differences.
func TestHistoryOfTheSame(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(companyQuery(0))
	c.press("esc")
	c.fill(companyQuery(0))
	c.press("ctrl+g") // the first lookup did not ask for it
	done := uitest.Await[form.DoneMsg](t, c.press("f5"))
	c.waitFor(c.update(done), c.words.Result.Earlier)
	c.AssertShows(c.words.Result.Unchanged)
	if c.server.Requests() != 2 {
		t.Errorf("got %d requests", c.server.Requests())
	}
}

// TestSendAgain: a lookup that the ledger answered is sent only after a question.
func TestSendAgain(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(companyQuery(0))
	c.lookUp(companyQuery(0))
	if c.server.Requests() != 1 {
		t.Fatalf("got %d requests", c.server.Requests())
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
		t.Errorf("got %d requests", c.server.Requests())
	}
}

// TestToday: the status line shows the number of lookups sent today.
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

// TestTodayLimit: the status line shows the daily limit, which is near, and the estimate.
func TestTodayLimit(t *testing.T) {
	t.Parallel()
	for limit, near := range map[int]bool{0: false, 1: true, 2: false} {
		c := newConsole(t, consoleOptions{lang: "zh", dailyLimit: limit, price: 1.5})
		c.lookUp(companyQuery(0))
		text, style := fmt.Sprintf(c.words.Form.Today, 1), c.Theme.Dim
		if limit > 0 {
			text = fmt.Sprintf(c.words.Form.TodayOf, 1, limit)
		}
		if near {
			style = c.Theme.Warn
		}
		text += "  " + fmt.Sprintf(c.words.Form.Estimate, 1.5)
		c.waitFor(c.press("f2"), text)
		if !strings.Contains(c.View(), style.Render(text)) {
			t.Errorf("limit %d: got near %t", limit, !near)
		}
	}
}

// TestTodayFails: of consecutive errors of the ledger only the first is shown, and the
// count is not.
func TestTodayFails(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.waitFor(c.press("f2"), fmt.Sprintf(c.words.Form.Today, 0))
	c.SentToday = func(context.Context) (int, error) {
		return 0, &lookup.LedgerError{Problem: lookup.LedgerFull, Where: "ledger.db"}
	}
	text := c.words.ErrorText(&lookup.LedgerError{Problem: lookup.LedgerFull, Where: "ledger.db"})
	c.UntilShown(c.update(widget.CountMsg{}), text)
	c.press("tab")
	if cmd := c.update(c.update(widget.CountMsg{})()); cmd != nil {
		t.Errorf("the second error is shown: %v", cmd())
	}
	c.AssertHides(fmt.Sprintf(c.words.Form.Today, 0))
}

// TestDeletedIsForgotten: a deleted lookup cannot return to the form.
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

// TestNotDeletedIsKept: after a failed deletion the lookup can still return.
func TestNotDeletedIsKept(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(companyQuery(0))
	c.press("f2", "ctrl+l")
	c.update(history.DeletedMsg{})
	c.press("ctrl+z")
	c.AssertShows(companyQuery(0).Factors[juhe.Idcard])
}
