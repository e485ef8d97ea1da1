package ui_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/juhe/table"
	"fourfactor/ui"
	"fourfactor/ui/form"
	"fourfactor/ui/widget"
)

// writeTable writes a table of the mock server's companies, all under one name unless
// it is empty. After the twelfth row the persons differ from the register.
func (c console) writeTable(rows int, entname string) string {
	c.t.Helper()
	var b strings.Builder
	b.WriteString("企业名称,企业标识,姓名,证件号码\n")
	for i := range rows {
		company := mockserver.Companies()[i%12]
		if i >= 12 {
			company.Realname += string(rune('一' + i))
		}
		if entname != "" {
			company.Entname = entname
		}
		fmt.Fprintf(&b, "%s,%s,%s,%s\n", company.Entname, company.Entmark, company.Realname, company.Idcard)
	}
	path := filepath.Join(c.dir, "客户.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// openColumns opens the columns page for a table.
func (c console) openColumns(path string) {
	c.t.Helper()
	c.waitFor(c.press("f4"), c.words.Batch.Title)
	c.press("n", "ctrl+u", path)
	c.waitFor(c.press("enter"), c.words.Fields[juhe.Idcard].Label+"  ")
}

// openPlan opens the question whether to send.
func (c console) openPlan(path string) {
	c.t.Helper()
	c.openColumns(path)
	c.waitFor(c.press("enter"), c.words.Batch.Start)
}

// startRun answers the question and returns the run's command.
func (c console) startRun(path string) tea.Cmd {
	c.t.Helper()
	c.openPlan(path)
	c.clockOffset.Store(int64(time.Second))
	return c.press("y")
}

// writeFaultyTable writes a table with rows that cannot be sent.
func (c console) writeFaultyTable(rows int) string {
	c.t.Helper()
	path := c.writeTable(2, "")
	text, err := os.ReadFile(path)
	if err != nil {
		c.t.Fatal(err)
	}
	text = append(text, strings.Repeat("某公司,1.10105E+17,张三,1.10105E+17\n", rows)...)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// waitSending follows a run until a request is in progress.
func (c console) waitSending(running tea.Cmd) {
	c.t.Helper()
	c.Until(running, func() bool { return c.Batch.InFlight() > 0 })
}

// waitFinished follows a run to its end. It answers no when the run asks whether to
// continue.
func (c console) waitFinished(running tea.Cmd) {
	c.t.Helper()
	c.Until(running, func() bool {
		if strings.Contains(c.Shown(), c.words.Batch.Continue+"    ") {
			c.press("n")
		}
		return !c.Batch.IsRunning()
	})
}

// hasReadProblem reports whether the file could not be opened.
func (c console) hasReadProblem() bool {
	return strings.Contains(c.Shown(), strings.TrimSpace(c.words.ErrorText(&table.ReadError{Problem: table.ProblemNotFound})))
}

// TestBatch: a run continues while another screen is active, which shows its progress
// and its end.
func TestBatch(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	running := c.startRun(c.writeTable(3, caseName("late")))
	c.assertActive(c.words.Batch.Title)
	c.press("f2")
	c.waitFor(running, fmt.Sprintf(c.words.Batch.Badge, 1, 0))
	c.assertActive(c.words.App.FormTitle)
	c.waitFor(nil, fmt.Sprintf(c.words.Batch.EndedElsewhere, 1, c.words.Batch.Finished, "F4"))
	c.press("f4")
	c.AssertShows(c.words.Batch.Finished)
	c.waitFor(c.press("esc"), "客户.csv")
	c.press("esc")
	c.assertActive(c.words.App.FormTitle)
	c.waitFor(c.press("f2"), fmt.Sprintf(c.words.Form.Today, 3))
}

// TestBatchStops: Ctrl+C on the batch screen stops a run and does not quit. It quits
// when no run is in progress.
func TestBatchStops(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	running := c.startRun(c.writeTable(3, caseName("late")))
	c.Until(running, func() bool { return len(c.arrived) > 0 })
	if !strings.HasSuffix(c.footer(), "Ctrl+C "+c.words.Batch.Stop+" ") {
		t.Errorf("got footer %q", c.footer())
	}
	c.Until(c.press("ctrl+c"), func() bool { return !c.Batch.IsRunning() })
	c.assertActive(c.words.Batch.Title)
	if isQuit(c.press("ctrl+c")) {
		t.Error("a key that was meant for the run quits")
	}
	c.clockOffset.Add(int64(2 * time.Second))
	if !isQuit(c.press("ctrl+c")) {
		t.Error("it does not quit with nothing in progress")
	}
}

// TestQuitWithRun: on another screen the first Ctrl+C warns and the second quits.
// Requests in progress are awaited until a signal aborts them; the other rows are not
// sent.
func TestQuitWithRun(t *testing.T) {
	t.Parallel()
	for _, patient := range []bool{true, false} {
		c := newConsole(t, consoleOptions{lang: "zh"})
		name := map[bool]string{true: "late", false: "hang"}[patient]
		running := c.startRun(c.writeTable(8, caseName(name)))
		c.Until(running, func() bool { return len(c.arrived) == 4 })
		c.fill(matchingQuery())
		c.press("ctrl+c")
		c.AssertShows(fmt.Sprintf(c.words.Batch.QuitWarning, 1, "Ctrl+C"))
		c.press("esc")
		c.press("ctrl+c")
		c.AssertShows(fmt.Sprintf(c.words.Batch.QuitWarning, 1, "Ctrl+C"))
		if !isQuit(c.press("ctrl+c")) {
			t.Fatal("it does not quit")
		}
		giving, giveUp := context.WithCancel(t.Context())
		c.Await(giving, func(text string) {
			if want := fmt.Sprintf(c.words.Runs.Progress.Interrupted, 4, c.Form.Service.Timeout); text != want {
				t.Errorf("got notices %q", text)
			}
			if !patient {
				giveUp()
			}
		})
		giveUp()
		if got := c.UnfinishedLookup(); got != nil {
			t.Errorf("got unfinished lookup %+v", got)
		}
		if got, want := c.Batch.ExitMessage(), fmt.Sprintf(c.words.Batch.ResumeAtExit, 1); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got := len(c.arrived); got != 4 {
			t.Errorf("got %d requests, want 4", got)
		}
		runs, err := c.Batch.Runner.List(t.Context(), 0)
		if want := map[bool]juhe.Outcome{true: juhe.Match, false: juhe.Lost}[patient]; err != nil || runs[0].ByOutcome[want] != 4 {
			t.Errorf("%+v, %v", runs, err)
		}
	}
}

// TestQuitWithBoth: a lookup of the form and a run are both awaited.
func TestQuitWithBoth(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	running := c.startRun(c.writeTable(1, caseName("late")))
	c.Until(running, func() bool { return len(c.arrived) == 1 })
	other := queryNamed(caseName("late"))
	other.Factors[juhe.Realname] = "李四"
	c.fill(other)
	sent := c.press("f5")
	c.Until(sent, func() bool { return len(c.arrived) == 2 })
	if !isQuit(c.update(ui.TerminateMsg{})) {
		t.Error("a signal does not end it")
	}
	c.await(t.Context())
	assertLookup(t, c.UnfinishedLookup(), other, juhe.Match)
	if !c.Batch.Finished() {
		t.Error("the run is not finished")
	}
}

// TestUnstartedRun: a run whose command Bubble Tea never ran does not delay the end.
func TestUnstartedRun(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.startRun(c.writeTable(1, "")) // nobody runs its command
	c.press("f2", "ctrl+c")
	if !isQuit(c.press("ctrl+c")) {
		t.Error("it does not quit")
	}
	if said := c.await(t.Context()); len(said) != 0 {
		t.Errorf("got notices %q", said)
	}
}

// TestPastedRows: the form does not take several pasted rows, but offers a batch.
func TestPastedRows(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	a, b := mockserver.Companies()[0], mockserver.Companies()[1]
	rows := fmt.Sprintf("%s\t%s\t%s\t%s\r%s\t%s\t%s\t%s\r", a.Entname, a.Entmark, a.Realname, a.Idcard, b.Entname, b.Entmark, b.Realname, b.Idcard)
	c.update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(rows), Paste: true})
	c.AssertShows(fmt.Sprintf(c.words.Form.AskRows, 2))
	c.waitFor(c.update(form.PastedRowsMsg{Rows: rows}), c.words.Batch.NoHeader)
	c.assertActive(c.words.Batch.Title)
	c.AssertShows(a.Entname)
	c.AssertHides(a.Idcard)
}

// TestStopLabels: wherever Ctrl+C stops a run, the footer and the help say so, the
// help only once. The warning stays visible until the run has ended.
func TestStopLabels(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	running := c.startRun(c.writeTable(3, caseName("hang")))
	c.Until(running, func() bool { return len(c.arrived) == 3 })
	c.press("esc")
	for range 2 { // in the list and in its help
		if foot := c.footer(); !strings.HasSuffix(foot, "Ctrl+C "+c.words.Batch.Stop+" ") || strings.Contains(foot, "n "+c.words.Keys["new_run"]) {
			t.Errorf("got footer %q", foot)
		}
		c.press("f1")
	}
	c.press("f1")
	if n := strings.Count(c.Shown(), "Ctrl+C"); n != 2 {
		t.Errorf("Ctrl+C is listed %d times:\n%s", n, c.Shown())
	}
	c.press("f1")
	c.press("ctrl+c")
	warning := fmt.Sprintf(c.words.Batch.StoppingNow, 3, "Ctrl+C")
	for _, name := range []string{"", "x", "up", "f1", "f1", "f2", "f4"} {
		if name != "" {
			c.press(name)
		}
		if name != "f2" {
			c.AssertShows(warning)
		}
	}
	if !strings.HasSuffix(c.footer(), "Ctrl+C "+c.words.Form.StopWaiting+" ") {
		t.Errorf("got footer %q", c.footer())
	}
	// A status message does not hide the warning for the next key.
	c.update(widget.StatusMsg{Text: "别的"})
	c.press("ctrl+c")
	c.AssertShows(warning)
	c.Until(c.press("ctrl+c"), func() bool { return !c.Batch.IsRunning() })
}
