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
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/batch"
	"fourfactor/ui/i18n"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

func withDailyLimit(limit int) fixtureOptions {
	return fixtureOptions{
		lang: "zh", screen: func(o *batch.Options) { o.Price = 1.5 },
		guard: lookup.Guard{RepeatWithin: time.Hour, DailyLimit: limit},
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

// TestDailyLimitTyped: the number to type is that of the calls that can be sent. If these
// are few, a key is enough.
func TestDailyLimitTyped(t *testing.T) {
	t.Parallel()
	d := newFixture(t, withDailyLimit(100))
	d.openPlan(d.writeFile("a.csv", makeRows(103)))
	d.AssertShows(fmt.Sprintf(d.words.Batch.Limited, 100, 3), "y "+d.words.Batch.Start)
	if d.Typing() {
		t.Error("a number that cannot be sent has to be typed")
	}
	d = newFixture(t, withDailyLimit(101))
	d.openPlan(d.writeFile("a.csv", makeRows(103)))
	d.AssertShows(fmt.Sprintf(d.words.Batch.TypeNumber, 101, "Enter"))
	d.runUntilEnded(d.Press("101", "enter"))
	d.assertRequests(101)
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
	d.UntilStatus(d.Press("y"), d.words.ErrorText(&engine.Error{Problem: engine.ProblemOutExists, Path: filepath.Join(d.dir, "a"+d.words.Batch.Suffix+".xlsx")}))
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
		d.words.App.Plain+d.words.Colon+"http://127.0.0.1:1", d.words.Form.Service)
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

// TestAnswerTooSoon: every question that leads to calls is answered only by a key that
// comes at least 400 ms after it has appeared, also after another question or a new plan.
func TestAnswerTooSoon(t *testing.T) {
	t.Parallel()
	table := makeTable("", "") + warnedRow()
	ask := func(rows string, keys ...string) func(*fixture) {
		return func(d *fixture) {
			d.openColumns(d.writeFile("a.csv", rows))
			for _, key := range append([]string{"enter"}, keys...) {
				d.clock.advance(time.Second)
				d.waitTask(d.Press(key))
			}
		}
	}
	for name, test := range map[string]struct {
		show   func(*fixture)
		answer []string
		calls  int
	}{
		"plan":         {ask(table), []string{"y"}, 3},
		"number":       {ask(makeRows(101)), []string{"101", "enter"}, 101},
		"held":         {ask(table, "h"), []string{"y"}, 2},
		"sent again":   {ask(table, "h", "h"), []string{"y"}, 3},
		"table fault":  {ask(markedTable(3), "y"), []string{"y"}, 3},
		"opened again": {ask(table, "n", "enter"), []string{"y"}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newFixture(t, fixtureOptions{lang: "zh"})
			test.show(d)
			for _, wait := range []time.Duration{0, 399 * time.Millisecond} {
				d.clock.advance(wait)
				d.deliver(d.messages(d.Press(test.answer...)))
				if d.IsRunning() {
					t.Errorf("it starts after %v", wait)
				}
				d.assertRequests(0)
			}
			d.clock.advance(time.Millisecond)
			d.runUntilEnded(d.Press(test.answer...))
			d.assertRequests(test.calls)
		})
	}
}

// TestTableFaultTooSoon: the question about a table fault, too, needs its 400 ms.
func TestTableFaultTooSoon(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openColumns(d.writeFile("a.csv", markedTable(3)))
	d.UntilShown(d.Press("enter"), d.words.Runs.TableFaults.Ask)
	d.clock.advance(399 * time.Millisecond)
	d.Press("y")
	d.AssertShows(d.words.Runs.TableFaults.Ask)
	d.clock.advance(time.Millisecond)
	d.Press("y")
	d.AssertHides(d.words.Runs.TableFaults.Ask)
	// A new plan asks about it again.
	d.Press("n")
	d.UntilShown(d.Press("enter"), d.words.Runs.TableFaults.Ask)
	d.assertRequests(0)
}

// TestNoAnswer: no other key, no paste and no text in one piece answers a question.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plan", "plan, number", "plan, table", "plan, asked", "plan, free", "plan, limit", "plan, resend", "plan, warned"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newScene(t, scenes()[name], "zh")
			before := len(d.service.requests())
			d.clock.advance(time.Second)
			for _, press := range []tea.KeyMsg{
				uitest.Paste("y"), uitest.Paste("120"), uitest.Paste("y\n"), uitest.Paste("120\n"),
				{Type: tea.KeyRunes, Runes: []rune("yy")},
				uitest.Key("Y"), uitest.Key(" "), uitest.Key("tab"), uitest.Key("s"), uitest.Key("r"), uitest.Key("l"), uitest.Key("f5"), uitest.Key("enter"),
			} {
				d.deliver(d.messages(d.Update(press)))
			}
			if d.IsRunning() {
				t.Error("it starts")
			}
			d.assertRequests(before)
		})
	}
}

// TestNumberTyped: only digits are typed, full-width ones too, and nothing is pasted. A
// wrong number is dropped and starts nothing.
func TestNumberTyped(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openPlan(d.writeFile("a.csv", makeRows(101)))
	ask := strings.Join(strings.Fields(fmt.Sprintf(d.words.Batch.TypeNumber, 101, "Enter")), "")
	typed := func() string {
		_, number, _ := strings.Cut(strings.Join(strings.Fields(d.Shown()), ""), ask)
		return number
	}
	for _, test := range []struct {
		keys []string
		want string // in the field
	}{
		{[]string{"1", "x", "0", "y", "1"}, "101"},
		{[]string{"１０１"}, "101"},
		{[]string{"1a0b1"}, "101"},
		{[]string{"110", "backspace", "backspace", "01"}, "101"},
		{[]string{"01", "home", "1"}, "101"},
		{[]string{"1012", "home", "right", "right", "right", "delete"}, "101"},
		{[]string{"999", "ctrl+u", "101"}, "101"},
		{[]string{"-101"}, "101"},
		{[]string{"1.01"}, "101"},
		{[]string{"alt+1", "01"}, "01"},
		{[]string{"102"}, "102"},
		{[]string{"100"}, "100"},
		{[]string{"0101"}, "0101"},
		{[]string{"1011"}, "1011"},
		{[]string{"十"}, ""},
	} {
		d.Press("end", "ctrl+u")
		d.Press(test.keys...)
		if got := typed(); got != test.want {
			t.Errorf("%q: got %q, want %q", test.keys, got, test.want)
		}
		if test.want == "101" {
			continue
		}
		d.Statuses = nil
		cmd := d.Press("enter")
		if test.want != "" {
			d.UntilStatus(cmd, d.words.Batch.WrongNumber)
			d.assertStatus(widget.Error, d.words.Batch.WrongNumber)
		}
		if got := typed(); d.IsRunning() || got != "" {
			t.Errorf("%q: running %t, got %q kept", test.keys, d.IsRunning(), got)
		}
	}
	d.Update(uitest.Paste("101"))
	if d.Press("enter"); d.IsRunning() || typed() != "" {
		t.Errorf("a pasted number is taken: %q", typed())
	}
	d.assertRequests(0)
	d.runUntilEnded(d.Press("101", "enter"))
	d.assertRequests(101)
}

// TestNumberOfPlan: the number to type is that of the plan on the screen. A number typed
// for another plan is dropped.
func TestNumberOfPlan(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openPlan(d.writeFile("a.csv", makeRows(101)+warnedRow()))
	d.Press("101")
	d.UntilShown(d.Press("h"), fmt.Sprintf(d.words.Batch.TypeNumber, 101, "Enter"))
	d.clock.advance(time.Second)
	if d.Press("enter"); d.IsRunning() {
		t.Fatal("it starts with a number that was typed for another plan")
	}
	d.UntilStatus(d.Press("102", "enter"), d.words.Batch.WrongNumber)
	d.Press("10")
	d.UntilStatus(d.Press("esc"), d.words.Batch.NothingSent)
	d.UntilShown(d.Press("enter"), fmt.Sprintf(d.words.Batch.TypeNumber, 101, "Enter"))
	d.clock.advance(time.Second)
	if d.Press("1", "enter"); d.IsRunning() {
		t.Fatal("it starts with a number of which a part was typed for another plan")
	}
	d.runUntilEnded(d.Press("101", "enter"))
	d.assertRequests(101)
}

// TestLimitOfHundred: a hundred calls are confirmed by a key, one more by their number.
func TestLimitOfHundred(t *testing.T) {
	t.Parallel()
	for rows, typed := range map[int]bool{100: false, 101: true} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		d.openPlan(d.writeFile("a.csv", makeRows(rows)))
		if d.Typing() != typed {
			t.Errorf("%d calls: typing %t, want %t", rows, d.Typing(), typed)
		}
		if d.Press("enter"); typed && (d.Press("y") != nil || d.IsRunning()) {
			t.Errorf("%d calls: it starts without a number", rows)
		}
	}
}

// TestLeavePlan: every plan is left by n and Esc, and nothing was sent. A resumed run is
// free for another program then.
func TestLeavePlan(t *testing.T) {
	t.Parallel()
	for name, s := range planScenes() {
		for _, key := range []string{"n", "esc"} {
			if key == "esc" && name != "plan, number" && name != "plan, resend" {
				continue
			}
			t.Run(name+"/"+key, func(t *testing.T) {
				t.Parallel()
				d := newScene(t, s, "zh")
				before := len(d.service.requests())
				d.UntilStatus(d.Press(key), d.words.Batch.NothingSent)
				d.assertStatus(widget.Note, d.words.Batch.NothingSent)
				d.assertRequests(before)
				if name != "plan, reached" && name != "plan, resend" {
					d.AssertShows(d.words.Batch.ColumnsHint)
					return
				}
				d.AssertShows(fmt.Sprintf(d.words.Batch.Number, 1))
				run, err := d.Runner.Resume(t.Context(), 1, false)
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				// While another program has it, it cannot be resumed here.
				d.UntilStatus(d.Press("r"), d.words.ErrorText(&engine.Error{Problem: engine.ProblemLocked, Detail: "1"}))
				d.AssertShows(fmt.Sprintf(d.words.Batch.Number, 1))
			})
		}
	}
}

// TestChangedBeforeStart: rows that were not in the confirmed plan are never sent.
func TestChangedBeforeStart(t *testing.T) {
	t.Parallel()
	const planned, other = "北京晨星虚构原表有限公司", "北京晨星虚构改表有限公司"
	for name, change := range map[string]func(d *fixture, path string){
		"overwritten": func(d *fixture, _ string) { d.writeFile("a.csv", makeTable(other, other, other)) },
		"appended":    func(d *fixture, _ string) { d.writeFile("a.csv", makeTable(planned, planned, other)) },
		"replaced":    func(d *fixture, path string) { os.Remove(path); d.writeFile("a.csv", makeTable(other)) },
		"removed":     func(_ *fixture, path string) { os.Remove(path) },
		"cut":         func(d *fixture, path string) { os.Truncate(path, 10) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newFixture(t, fixtureOptions{lang: "zh"})
			path := d.writeFile("a.csv", makeTable(planned, planned))
			d.openPlan(path)
			change(d, path)
			d.runUntilEnded(d.Press("y"))
			if got := d.service.RequestsFor(other); got != 0 {
				t.Errorf("got %d requests of rows that were not planned", got)
			}
			if got := len(d.service.requests()); got > 2 {
				t.Errorf("got %d requests, want at most 2", got)
			}
			if name == "overwritten" {
				d.AssertShows(d.words.ErrorText(&engine.Error{Problem: engine.ProblemChanged, Path: path}), d.words.Batch.Interrupted)
			}
		})
	}
}

// TestPlanNotes: the plan says what is unusual about the table, the ledger and the
// settings.
func TestPlanNotes(t *testing.T) {
	t.Parallel()
	plain := func(rows int) func(*fixture) string {
		return func(d *fixture) string { return d.writeFile("a.csv", makeRows(rows)) }
	}
	workbook := func(d *fixture) string { return d.writeWorkbook("a.xml", "封面", "名单", "旧") }
	edited := func(old, text string) func(*fixture) string {
		return func(d *fixture) string {
			path := workbook(d)
			all, err := os.ReadFile(path)
			if err != nil {
				d.t.Fatal(err)
			}
			return d.writeFile("a.xml", strings.Replace(string(all), old, text, 1))
		}
	}
	w := i18n.For("zh", nil)
	p := w.Runs.Plan
	for name, test := range map[string]struct {
		screen func(*batch.Options)
		table  func(*fixture) string
		want   string
	}{
		"no key":     {func(o *batch.Options) { o.NoKey = true }, plain(2), w.Form.NoKey},
		"plain HTTP": {func(o *batch.Options) { o.Insecure, o.Service = true, "http://v.example" }, plain(2), w.App.Plain + w.Colon + "http://v.example"},
		"demo":       {func(o *batch.Options) { o.Demo, o.Price = true, 1.5 }, plain(2), fmt.Sprintf(w.Batch.Ask, 2, w.Batch.DemoIsFree)},
		"price":      {func(o *batch.Options) { o.Price = 1.5 }, plain(2), fmt.Sprintf(w.Batch.Ask, 2, fmt.Sprintf(w.Batch.Estimate, 3.0))},
		"duration":   {func(o *batch.Options) { o.Rate = 0.5 }, plain(2), w.Batch.Duration + w.Duration(4*time.Second) + "  (" + fmt.Sprintf(w.Runs.Progress.Rate, 0.5) + ")"},
		"sheets":     {nil, workbook, fmt.Sprintf(w.Batch.OtherSheets, "名单", "封面"+w.Semicolon+"旧")},
		"hidden row": {nil, edited("<Row><Cell><Data ss:Type=\"String\">1</Data>", "<Row ss:Hidden=\"1\"><Cell><Data ss:Type=\"String\">1</Data>"), fmt.Sprintf(p.Hidden, 1)},
		"formula":    {nil, edited("<Cell><Data ss:Type=\"String\">北京", "<Cell ss:Formula=\"=A1\"><Data ss:Type=\"String\">北京"), fmt.Sprintf(p.Formulas, 1)},
		"wide text": {nil, func(d *fixture) string {
			return d.writeFile("a.csv", strings.ReplaceAll(makeTable(""), "91", "９１"))
		}, fmt.Sprintf(p.Normalized, 1)},
		"prefix": {nil, func(d *fixture) string {
			return d.writeFile("a.tsv", strings.ReplaceAll(strings.ReplaceAll(makeTable(""), ",", "\t"), "9111", "'9111"))
		}, fmt.Sprintf(p.TextPrefixes, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newFixture(t, fixtureOptions{lang: w.Lang, screen: test.screen})
			d.SetSize(120, 40)
			d.openPlan(test.table(d))
			d.AssertShows(test.want)
		})
	}
}

// TestClockBehind: a clock that is behind the ledger is shown before the operator confirms
// the plan, which accepts it.
func TestClockBehind(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.runFile("a.csv", makeTable(""))
	d.clock.advance(-48 * time.Hour)
	d.Press("esc")
	d.openPlan(d.writeFile("b.csv", makeTable("", "", "")))
	before, _, _ := strings.Cut(d.words.Runs.Plan.Clock, "%s")
	d.AssertShows(before, "2026-11-21")
	d.assertRequests(1)
	d.runUntilEnded(d.Press("y"))
	d.AssertShows(d.words.Batch.Finished)
	if got := len(d.service.requests()); got < 3 {
		t.Errorf("got %d requests, want the new rows too", got)
	}
}

// TestUnsettledRows: rows whose earlier lookup in another run was lost are not sent.
func TestUnsettledRows(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.loseRows()
	before := len(d.service.requests())
	d.Press("esc")
	d.openPlan(d.writeFile("b.csv", makeRows(10)))
	p := d.words.Runs.Plan
	d.AssertShows(p.Unsettled+"4"+p.UnsettledNote, p.Calls+"6")
	d.runUntilEnded(d.Press("y"))
	d.assertRequests(before + 6)
	d.AssertShows(d.words.Outcomes["lost"] + "4")
}

// TestPlanScroll: a long plan scrolls to its last row, and says how many lines are below.
func TestPlanScroll(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plan, faults", "plan, number"} {
		d := newScene(t, scenes()[name], "zh")
		d.SetSize(80, 16)
		d.AssertShows("a.csv")
		d.Press("pgdown", "pgdown", "pgdown")
		if name == "plan, number" { // fits
			d.AssertShows("a.csv")
			continue
		}
		d.AssertHides("a.csv")
		d.Press("home")
		d.AssertShows("a.csv", "↓")
		d.Press("end")
		d.AssertShows(fmt.Sprintf(d.words.Runs.Plan.FaultAt, 54, "C"))
		d.AssertHides("↓")
		d.Press("down", "down", "up")
		d.AssertShows(fmt.Sprintf(d.words.Batch.Below, 2))
		d.SetSize(80, 200) // everything fits
		d.AssertShows("a.csv", fmt.Sprintf(d.words.Runs.Plan.FaultAt, 54, "C"))
		d.AssertHides("↓")
	}
}

// TestHoldKey: the key that holds rows back works only if there are rows with warnings.
func TestHoldKey(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openPlan(d.writeFile("a.csv", makeTable("", "")))
	if cmd := d.Press("h"); cmd != nil && len(d.messages(cmd)) > 0 && d.messages(cmd)[0] != nil {
		t.Error("h does something")
	}
	d.AssertShows(fmt.Sprintf(d.words.Batch.Ask, 2, ""))
	d.Press("n", "esc", "esc")
	d.openPlan(d.writeFile("b.csv", head+warnedRow()))
	d.UntilShown(d.Press("h"), d.words.Batch.NothingToDo) // the only row is held
	d.clock.advance(time.Second)
	if d.Press("y"); d.IsRunning() {
		t.Error("a run without rows starts")
	}
	d.UntilShown(d.Press("h"), fmt.Sprintf(d.words.Batch.Ask, 1, ""))
	d.assertRequests(0)
}

// replanCancelled presses the key that holds rows back or sends them, which plans again,
// and Esc before that is done.
func (d *fixture) replanCancelled() {
	d.t.Helper()
	planning := d.Press("h")
	d.Press("esc")
	d.waitTask(planning)
	d.clock.advance(time.Second)
}

// TestReplanCancelledResumed: Esc while the plan of a resumed run is made again closes the
// run, so no key uses that plan any more.
func TestReplanCancelledResumed(t *testing.T) {
	t.Parallel()
	for _, press := range []string{"esc", "n", "y", "h"} {
		t.Run(press, func(t *testing.T) {
			t.Parallel()
			d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
			cmd := d.startRun(d.writeFile("a.csv", makeTable("", "", "", "", "", "", "", "")+warnedRow()))
			d.runUntil(func() bool { return len(d.service.requests()) > 0 }, cmd)
			stop, _ := d.Interrupt()
			close(d.service.gate)
			d.runUntilEnded(stop)
			before := len(d.service.requests())
			d.UntilShown(d.Press("r"), d.words.Runs.Plan.Calls)
			d.replanCancelled()
			d.Press(press)
			d.assertRequests(before)
		})
	}
}

// TestReplanCancelled: a row that the plan on the screen holds back is not sent after a
// plan that would send it was cancelled.
func TestReplanCancelled(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	c := mockserver.Companies()
	d.openPlan(d.writeFile("a.csv", head+warnedRow()+makeTable("", "", "")[len(head):]))
	d.UntilShown(d.Press("h"), fmt.Sprintf(d.words.Batch.Ask, 3, "")) // the row is held back
	d.replanCancelled()
	if !d.Shows(fmt.Sprintf(d.words.Batch.Ask, 3, "")) {
		return // the plan was left
	}
	d.runUntilEnded(d.Press("y"))
	for _, r := range d.service.requests() {
		if r.entname == c[3].Entname {
			t.Errorf("a row that is held back was sent")
		}
	}
}
