package batch_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/batch"
	"fourfactor/ui/i18n"
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

// TestPlan: the plan shows what is wrong and what the run costs.
func TestPlan(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang, screen: withPrice})
		c := mockserver.Companies()
		text := makeTable("", "", "") + fmt.Sprintf("4,%s,%s,%s,1.10105E+17\n", c[3].Entname, c[3].Entmark, c[3].Realname) +
			fmt.Sprintf("5,%s,%s,%s,%s\n", c[0].Entname, c[0].Entmark, c[0].Realname, c[0].Idcard) +
			fmt.Sprintf("6,%s,%s,%s,11010519491231002Y\n", c[0].Entname, c[0].Entmark, c[0].Realname)
		d.openPlan(d.writeFile("a.csv", text))
		b, p := w.Batch, w.Runs.Plan
		d.AssertShows(p.Rows+"6", p.Invalid+"1", p.Duplicate+"1", p.Calls+"4", fmt.Sprintf(w.Form.Estimate, 6.0),
			fmt.Sprintf(p.RuleRows, p.Rules["charset"], 1), fmt.Sprintf(p.FaultAt, 5, "E"), w.Runs.Cures["scientific"],
			fmt.Sprintf(b.Ask, 4, fmt.Sprintf(b.Estimate, 6.0)))
		d.UntilStatus(d.Press("n"), b.NothingSent)
		d.AssertShows(b.ColumnsHint)
		if d.service.Requests() > 0 {
			t.Error("a plan sends")
		}
	}
}

func withPrice(o *batch.Options) { o.Price = 1.5 }

// TestQuestionDelay: a key that arrives with the question does not answer it.
func TestQuestionDelay(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openColumns(d.writeFile("a.csv", makeTable("")))
	d.UntilShown(d.Press("enter"), d.words.Batch.Start)
	d.Press("y")
	if d.IsRunning() {
		t.Fatal("a key that came with the question has answered it")
	}
	d.AssertShows(d.words.Batch.Start)
}

// TestWarned: the plan lists rows with warnings, and a key holds them back.
func TestWarned(t *testing.T) {
	t.Parallel()
	c := mockserver.Companies()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang})
		d.SetSize(100, 40)
		d.openPlan(d.writeFile("a.csv", makeTable("", "", "")+"4,"+c[3].Entname+","+c[3].Entmark+","+c[3].Realname+",110105194912310021\n"))
		d.AssertShows(w.Runs.RowWarnings.Label+"1", w.Runs.RowWarnings.Title, fmt.Sprintf(w.Runs.Plan.FaultAt, 5, "E"), fmt.Sprintf(w.Batch.Ask, 4, ""))
		d.AssertHides("110105194912310021", c[3].Realname)
		d.UntilShown(d.Press("h"), w.Runs.RowWarnings.TitleHeld, fmt.Sprintf(w.Batch.Ask, 3, ""))
		d.UntilShown(d.Press("h"), w.Runs.RowWarnings.Title, fmt.Sprintf(w.Batch.Ask, 4, ""))
		d.UntilShown(d.Press("h"), w.Runs.RowWarnings.TitleHeld)
		d.clock.advance(time.Second)
		d.runUntilEnded(d.Press("y"))
		if n := d.service.Requests(); n != 3 {
			t.Errorf("%d requests", n)
		}
	}
}

// TestManyCalls: more than a hundred calls must be typed.
func TestManyCalls(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openPlan(d.writeFile("a.csv", makeRows(101)))
	d.Press("y", "enter")
	if !d.Typing() || d.IsRunning() {
		t.Fatal("it starts without a number")
	}
	for _, wrong := range []string{"100", "1010", "0101"} {
		d.UntilStatus(d.Press(wrong, "enter"), d.words.Batch.WrongNumber)
		d.Statuses = nil
		if d.IsRunning() {
			t.Fatalf("it starts with %s", wrong)
		}
	}
	d.runUntilEnded(d.Press("１０1", "enter"))
	if n := d.service.Requests(); n != 101 {
		t.Errorf("%d requests", n)
	}
}

// TestOneRun: three quick answers start one run.
func TestOneRun(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openPlan(d.writeFile("a.csv", makeTable("", "", "")))
	d.runUntilEnded(d.Press("y", "y", "y"))
	if n := d.service.Requests(); n != 3 || len(d.outputs()) != 1 {
		t.Errorf("%d requests, outputs %v", n, d.outputs())
	}
}

// TestFree: rows answered by the ledger are confirmed too and cost nothing.
func TestFree(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.runUntilEnded(d.startRun(d.writeFile("a.csv", makeTable("", ""))))
	d.Press("esc")
	d.openPlan(d.writeFile("b.csv", makeTable("", "")))
	d.AssertShows(d.words.Batch.AskFree, d.words.Runs.Plan.Repeated+"2")
	d.runUntilEnded(d.Press("y"))
	if n := d.service.Requests(); n != 2 || len(d.outputs()) != 2 {
		t.Errorf("%d requests, outputs %v", n, d.outputs())
	}
}

// TestNoRow: a table without a valid row cannot be confirmed.
func TestNoRow(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openColumns(d.writeFile("a.csv", head+"1,某公司,,张三,11010519491231002X\n"))
	d.UntilShown(d.Press("enter"), d.words.Batch.NothingToDo)
	d.Press("y")
	if d.IsRunning() {
		t.Error("it starts")
	}
}

// TestBadKey: a run that cannot start returns to its columns.
func TestBadKey(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	path := d.writeFile("a.csv", makeTable(""))
	d.openPlan(path)
	d.writeFile("a"+d.words.Batch.Suffix+".xlsx", "") // created meanwhile
	d.UntilStatus(d.Press("y"), d.words.RunProblem("out_there", filepath.Join(d.dir, "a"+d.words.Batch.Suffix+".xlsx"), "", nil))
	d.AssertShows(d.words.Batch.ColumnsHint)
	if d.IsRunning() || d.service.Requests() > 0 {
		t.Error("it has begun")
	}
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

// TestTableFault: a table fault is shown on the plan and confirmed separately, before
// the calls.
func TestTableFault(t *testing.T) {
	t.Parallel()
	for _, rows := range []int{3, 101} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		w, whole := d.words.Batch, d.words.Runs.TableFaults
		lines := strings.Split(strings.TrimSpace(makeRows(rows)), "\n")
		for i, line := range lines[1:] {
			lines[i+1] = "`" + strings.ReplaceAll(line, ",", ",`")
		}
		d.openPlan(d.writeFile("a.csv", strings.Join(lines, "\n")))
		d.AssertShows(fmt.Sprintf("%d 行（共 %d 行）的每个单元格都带有符号 `", rows, rows), "仍要发送吗？")
		d.AssertHides(strings.SplitAfter(w.Ask, "%d")[1], fmt.Sprintf(w.TypeNumber, rows, "Enter"))
		d.Press("n")
		d.UntilShown(d.Press("enter"), whole.Ask)
		d.clock.advance(time.Second)
		if d.Press("y", "enter"); d.IsRunning() {
			t.Error("it starts although one question is open")
		}
		d.AssertHides(whole.Ask)
		d.Press("y", "enter") // confirms the table fault
		if d.IsRunning() {
			t.Error("it starts on a key that was meant for the question before")
		}
		d.clock.advance(time.Second)
		if rows < 100 {
			d.runUntilEnded(d.Press("y"))
		} else { // pauses after 20 identical refusals
			d.runUntil(func() bool { return d.service.Requests() > 0 }, d.Press("101", "enter"))
		}
		if n := d.service.Requests(); rows < 100 && n != rows {
			t.Errorf("%d requests, want %d", n, rows)
		}
	}
}
