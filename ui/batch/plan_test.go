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
	d.AssertShows(fmt.Sprintf(w.Limited, 3, 2), fmt.Sprintf(w.Ask, 3, fmt.Sprintf(w.Estimate, 4.5)), d.words.Runs.Plan.Calls+"5")
	d.runUntilEnded(d.Press("y"))
	if n := d.service.Requests(); n != 3 {
		t.Fatalf("%d requests", n)
	}
	d.UntilShown(d.Press("r"), w.LimitReached)
	d.clock.advance(time.Second)
	d.AssertHides(w.Start, fmt.Sprintf(w.Limit, 3, 3, 0))
	if d.Press("y"); d.IsRunning() {
		t.Error("it starts although nothing can be sent")
	}
	d.UntilShown(d.Press("esc"), w.Number[:len("批次")])
}

// TestDailyLimitTyped: the number to type is that of the calls that can be sent.
func TestDailyLimitTyped(t *testing.T) {
	t.Parallel()
	d := newFixture(t, withDailyLimit(101))
	d.openPlan(d.writeFile("a.csv", makeRows(103)))
	d.AssertShows(fmt.Sprintf(d.words.Batch.TypeNumber, 101, "Enter"))
	d.runUntilEnded(d.Press("101", "enter"))
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
	d.UntilShown(d.startRun(d.writeFile("a.csv", makeRowsOf(12, "虚构html-502公司"))), d.words.Batch.AskAfterFailures, fmt.Sprintf(d.words.Batch.LastRows, 10))
	d.runUntil(func() bool { return strings.Contains(d.terminal.sequences(), "\a") })
	d.runUntilEnded(d.Press("n"))
}

// TestDraftKept: a file that is opened again keeps its columns unless it has changed.
func TestDraftKept(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	path := d.writeFile("a.csv", makeTable("", ""))
	d.openColumns(path)
	d.Press("a")
	d.UntilShown(d.Press("ctrl+t"), "queryEncry")
	d.Press("up", "up", "ctrl+u", "~/b.xlsx")
	d.AssertShows("A序号", "~/b.xlsx")
	d.UntilShown(d.Press("esc"), d.words.Batch.PickHint)
	d.UntilShown(d.Press("enter"), "A序号", "~/b.xlsx", "queryEncry")
	d.UntilShown(d.Press("esc"), d.words.Batch.PickHint)
	d.writeFile("a.csv", makeTable("", "", ""))
	d.UntilShown(d.Press("enter"), "B公司名称", "a"+d.words.Batch.Suffix+".xlsx")
	d.AssertHides("~/b.xlsx")
}

// TestFolder: Enter lists a typed folder, and the quotation marks of a dropped file are
// removed.
func TestFolder(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	os.Mkdir(filepath.Join(d.dir, "资料"), 0o700)
	d.writeFile("资料/a.csv", makeTable(""))
	d.UntilShown(d.Press("n", "~/资料", "enter"), "~/资料/", "a.csv")
	d.Press("ctrl+u")
	d.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("'" + filepath.Join(d.dir, "资料/a.csv") + "' "), Paste: true})
	d.AssertHides("'")
	d.UntilShown(d.Press("enter"), d.words.Batch.ColumnsHint)
}

// TestPlanSettings: the plan shows the settings that fit.
func TestPlanSettings(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", screen: func(o *batch.Options) {
		o.Rate, o.Service, o.Insecure = 5, "http://127.0.0.1:1", true
	}})
	d.openPlan(d.writeFile("a.csv", makeRows(30)))
	d.AssertShows(d.words.Endpoints["query"], filepath.Join(d.dir, "a"+d.words.Batch.Suffix+".xlsx"), d.words.Batch.Duration+"6 秒",
		d.words.App.Plain+d.words.Colon+"http://127.0.0.1:1", d.words.Batch.Service)
	d.SetSize(60, 11)
	d.AssertHides(d.words.Batch.Duration)
	d.AssertShows(fmt.Sprintf(d.words.Batch.Ask, 30, ""))
}
