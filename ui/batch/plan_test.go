package batch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/batch"
)

func withDailyLimit(limit int) fixtureOptions {
	return fixtureOptions{
		lang: "zh", screen: func(o *batch.Options) { o.Price = 1.5 },
		engine: func(o *engine.Options) { o.Guard = lookup.Guard{RepeatWithin: time.Hour, DailyLimit: limit} },
	}
}

// TestDailyLimit: the question names the calls that can be sent today. Without any
// there is no question.
func TestDailyLimit(t *testing.T) {
	t.Parallel()
	d := newFixture(t, withDailyLimit(3))
	w := d.words.Batch
	d.openPlan(d.writeFile("a.csv", makeRows(5)))
	d.assertShows(fmt.Sprintf(w.Limited, 3, 2), fmt.Sprintf(w.Ask, 3, fmt.Sprintf(w.About, 4.5)), d.words.Runs.Plan.Calls+"5")
	d.runUntilEnded(d.press("y"))
	if n := d.service.Requests(); n != 3 {
		t.Fatalf("%d requests", n)
	}
	d.runUntilShown(d.press("r"), w.LimitReached)
	d.clock.advance(time.Second)
	d.assertHides(w.Go, fmt.Sprintf(w.Limit, 3, 3, 0))
	if d.press("y"); d.IsRunning() {
		t.Error("it starts although nothing can be sent")
	}
	d.runUntilShown(d.press("esc"), w.Number[:len("批次")])
}

// TestDailyLimitTyped: the number to type is that of the calls that can be sent.
func TestDailyLimitTyped(t *testing.T) {
	t.Parallel()
	d := newFixture(t, withDailyLimit(101))
	d.openPlan(d.writeFile("a.csv", makeRows(103)))
	d.assertShows(fmt.Sprintf(d.words.Batch.TypeNumber, 101, "Enter"))
	d.runUntilEnded(d.press("101", "enter"))
	if n := d.service.Requests(); n != 101 {
		t.Errorf("%d requests", n)
	}
}

// TestTitleRestored: the title is restored once when the program exits, although no
// command runs any more.
func TestTitleRestored(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.runUntil(func() bool { return strings.Contains(d.terminal.sequences(), "\x1b[22;2t") }, d.startRun(d.writeFile("a.csv", makeTable("", ""))))
	close(d.service.gate)
	d.runUntilEnded(nil)
	d.Close()
	d.Close()
	if n := strings.Count(d.terminal.sequences(), "\x1b[23;2t"); n != 1 {
		t.Errorf("given back %d times: %q", n, d.terminal.sequences())
	}
}

// TestBreakerSignals: a run that asks rings the bell.
func TestBreakerSignals(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.runUntilShown(d.startRun(d.writeFile("a.csv", makeRowsOf(12, "虚构html-502公司"))), d.words.Batch.AskAfterFailures, fmt.Sprintf(d.words.Batch.LastRows, 10))
	d.runUntil(func() bool { return strings.Contains(d.terminal.sequences(), "\a") })
	d.runUntilEnded(d.press("n"))
}

// TestDraftKept: a file that is opened again keeps its columns unless it has changed.
func TestDraftKept(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	path := d.writeFile("a.csv", makeTable("", ""))
	d.openColumns(path)
	d.press("a")
	d.runUntilShown(d.press("ctrl+t"), "queryEncry")
	d.press("up", "up", "ctrl+u", "~/b.xlsx")
	d.assertShows("A序号", "~/b.xlsx")
	d.runUntilShown(d.press("esc"), d.words.Batch.PickHint)
	d.runUntilShown(d.press("enter"), "A序号", "~/b.xlsx", "queryEncry")
	d.runUntilShown(d.press("esc"), d.words.Batch.PickHint)
	d.writeFile("a.csv", makeTable("", "", ""))
	d.runUntilShown(d.press("enter"), "B公司名称", "a"+d.words.Batch.Suffix+".xlsx")
	d.assertHides("~/b.xlsx")
}

// TestFolder: Enter lists a typed folder, and the quotation marks of a dropped file are
// removed.
func TestFolder(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	os.Mkdir(filepath.Join(d.dir, "资料"), 0o700)
	d.writeFile("资料/a.csv", makeTable(""))
	d.runUntilShown(d.press("n", "~/资料", "enter"), "~/资料/", "a.csv")
	d.press("ctrl+u")
	d.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("'" + filepath.Join(d.dir, "资料/a.csv") + "' "), Paste: true})
	d.assertHides("'")
	d.runUntilShown(d.press("enter"), d.words.Batch.ColumnsHint)
}

// TestPlanSettings: the plan shows the settings that fit.
func TestPlanSettings(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", screen: func(o *batch.Options) {
		o.Rate, o.Service, o.Insecure = 5, "http://127.0.0.1:1", true
	}})
	d.openPlan(d.writeFile("a.csv", makeRows(30)))
	d.assertShows(d.words.Endpoints["query"], filepath.Join(d.dir, "a"+d.words.Batch.Suffix+".xlsx"), d.words.Batch.Duration+"6 秒",
		d.words.App.Plain+d.words.Colon+"http://127.0.0.1:1", d.words.Batch.Service)
	d.SetSize(60, 11)
	d.assertHides(d.words.Batch.Duration)
	d.assertShows(fmt.Sprintf(d.words.Batch.Ask, 30, ""))
}
