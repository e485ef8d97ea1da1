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

// limited has a daily limit.
func limited(limit int) setting {
	return setting{
		lang: "zh", screen: func(o *batch.Options) { o.Price = 1.5 },
		engine: func(o *engine.Options) { o.Guard = lookup.Guard{RepeatWithin: time.Hour, DailyLimit: limit} },
	}
}

// TestDailyLimit: the question counts what can be sent today, and is none where
// nothing can.
func TestDailyLimit(t *testing.T) {
	t.Parallel()
	d := newDesk(t, limited(3))
	w := d.words.Batch
	d.planned(d.file("a.csv", many(5)))
	d.shows(fmt.Sprintf(w.Limited, 3, 2), fmt.Sprintf(w.Ask, 3, fmt.Sprintf(w.About, 4.5)), w.Calls+"5")
	d.ends(d.press("y"))
	if n := d.service.Requests(); n != 3 {
		t.Fatalf("%d requests", n)
	}
	d.see(d.press("r"), w.LimitReached)
	d.clock.pass(time.Second)
	d.hides(w.Go, fmt.Sprintf(w.Limit, 3, 3, 0))
	if d.press("y"); d.UnderWay() {
		t.Error("it starts although nothing can be sent")
	}
	d.see(d.press("esc"), w.Number[:len("批次")])
}

// TestDailyLimitTyped: the number to type is that of what can be sent.
func TestDailyLimitTyped(t *testing.T) {
	t.Parallel()
	d := newDesk(t, limited(101))
	d.planned(d.file("a.csv", many(103)))
	d.shows(fmt.Sprintf(d.words.Batch.TypeNumber, 101, "Enter"))
	d.ends(d.press("101", "enter"))
	if n := d.service.Requests(); n != 101 {
		t.Errorf("%d requests", n)
	}
}

// TestTitleGivenBack: a program that ends runs no commands any more; the title
// is given back all the same, and once.
func TestTitleGivenBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t, setting{lang: "zh", gated: true})
	d.until(func() bool { return strings.Contains(d.terminal.all(), "\x1b[22;2t") }, d.runs(d.file("a.csv", table("", ""))))
	close(d.service.gate)
	d.ends(nil)
	d.Close()
	d.Close()
	if n := strings.Count(d.terminal.all(), "\x1b[23;2t"); n != 1 {
		t.Errorf("given back %d times: %q", n, d.terminal.all())
	}
}

// TestUnwellSignals: a run that asks rings.
func TestUnwellSignals(t *testing.T) {
	t.Parallel()
	d := newDesk(t, setting{lang: "zh"})
	d.see(d.runs(d.file("a.csv", manyOf(12, "虚构html-502公司"))), d.words.Batch.Unwell, fmt.Sprintf(d.words.Batch.LastRows, 10))
	d.until(func() bool { return strings.Contains(d.terminal.all(), "\a") })
	d.ends(d.press("n"))
}

// TestDraftKept: whoever goes back to the file and opens it again finds the
// columns as they were, unless the file has changed.
func TestDraftKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t, setting{lang: "zh"})
	path := d.file("a.csv", table("", ""))
	d.columns(path)
	d.press("a")
	d.see(d.press("ctrl+t"), "queryEncry")
	d.press("up", "up", "ctrl+u", "~/b.xlsx")
	d.shows("A序号", "~/b.xlsx")
	d.see(d.press("esc"), d.words.Batch.PickHint)
	d.see(d.press("enter"), "A序号", "~/b.xlsx", "queryEncry")
	d.see(d.press("esc"), d.words.Batch.PickHint)
	d.file("a.csv", table("", "", ""))
	d.see(d.press("enter"), "B公司名称", "a"+d.words.Batch.Suffix+".xlsx")
	d.hides("~/b.xlsx")
}

// TestFolder: Enter goes into a folder that is typed, and what a terminal puts
// around a file that is dropped is taken off.
func TestFolder(t *testing.T) {
	t.Parallel()
	d := newDesk(t, setting{lang: "zh"})
	os.Mkdir(filepath.Join(d.dir, "资料"), 0o700)
	d.file("资料/a.csv", table(""))
	d.see(d.press("n", "~/资料", "enter"), "~/资料/", "a.csv")
	d.press("ctrl+u")
	d.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("'" + filepath.Join(d.dir, "资料/a.csv") + "' "), Paste: true})
	d.hides("'")
	d.see(d.press("enter"), d.words.Batch.ColumnsHint)
}

// TestPlanWhere: the plan tells what is asked, where it goes and how long it
// takes, as far as there is room.
func TestPlanWhere(t *testing.T) {
	t.Parallel()
	d := newDesk(t, setting{lang: "zh", screen: func(o *batch.Options) {
		o.Rate, o.Service, o.Plain = 5, "http://127.0.0.1:1", true
	}})
	d.planned(d.file("a.csv", many(30)))
	d.shows(d.words.Endpoints["query"], filepath.Join(d.dir, "a"+d.words.Batch.Suffix+".xlsx"), d.words.Batch.Duration+"6 秒",
		d.words.App.Plain+d.words.Colon+"http://127.0.0.1:1", d.words.Batch.Service)
	d.SetSize(60, 11)
	d.hides(d.words.Batch.Duration)
	d.shows(fmt.Sprintf(d.words.Batch.Ask, 30, ""))
}
