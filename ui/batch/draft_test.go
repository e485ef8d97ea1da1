package batch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/ident"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/batch"
	"fourfactor/ui/i18n"
)

// TestEmpty: an empty list says what to do.
func TestEmpty(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang})
		d.UntilShown(d.Open(), w.Batch.Empty, fmt.Sprintf(w.Batch.EmptyNext, "n"))
		if d.TakesBack() || d.Typing() {
			t.Error("the back key leads nowhere")
		}
	}
}

// TestComplete: names of folders and tables are completed, hidden ones only after a
// dot. Other files are not offered.
func TestComplete(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	os.MkdirAll(filepath.Join(d.dir, "客户资料", "十一月"), 0o700)
	d.writeFile("客户资料/客户甲.csv", makeTable(""))
	d.writeFile("客户资料/客户乙.xlsx", "")
	d.writeFile("客户资料/说明.pdf", "")
	d.writeFile("客户资料/.旧.csv", "")
	d.UntilShown(d.Press("n", "~/客", "tab"), "~/客户资料/", "客户甲.csv", "客户乙.xlsx", "十一月/")
	d.AssertHides("说明", ".旧")
	d.UntilShown(d.Press("客", "tab"), "~/客户资料/客户", "客户甲.csv")
	d.AssertHides("十一月")
	d.UntilShown(d.Press("甲", "tab"), "~/客户资料/客户甲.csv")
	d.Press("ctrl+u")
	d.UntilShown(d.Press("客户资料/.", "tab"), "客户资料/.旧.csv")
	d.Press("ctrl+u")
	d.UntilShown(d.Press("客户资料/x", "tab"), d.words.Batch.NoCandidate)
	d.Press("ctrl+u")
	d.UntilShown(d.Press("没有/"), fmt.Sprintf(d.words.Batch.NoFolder, "~/没有"))
	d.Press("ctrl+u")
	// Arrows select, Enter opens a folder or a file.
	d.UntilShown(d.Press("客户资料/"), "十一月/")
	d.UntilShown(d.Press("down", "enter"), "客户资料/十一月/", d.words.Batch.NoCandidate)
	d.Press("ctrl+u")
	d.UntilShown(d.Press("客户资料/"), "客户甲.csv")
	d.UntilShown(d.Press("down", "down", "down", "enter"), d.words.Batch.ColumnsHint)
}

// TestCannotOpen: an error is shown below the typed path, which stays.
func TestCannotOpen(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.writeFile("空.csv", "")
	old := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 512)
	d.writeFile("旧.csv", old)
	for _, test := range []struct{ name, problem string }{
		{"没有.csv", "not_there"}, {"空.csv", "empty"}, {"旧.csv", "old_excel"},
	} {
		path := filepath.Join(d.dir, test.name)
		d.UntilShown(d.Press("n", "ctrl+u", path, "enter"), d.words.ReadProblem(test.problem, path, "", 0, ""))
		d.AssertShows(path)
		d.Press("esc")
	}
	if len(d.outputs()) > 0 || d.service.Requests() > 0 {
		t.Error("something was made of it")
	}
}

// TestColumns: the factors are found by the header and shown with a masked sample.
// Arrows and letters move them.
func TestColumns(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang})
		c := mockserver.Companies()[0]
		d.openColumns(d.writeFile("a.csv", makeTable("", "")))
		d.AssertShows(c.Entname, c.Entmark, ident.MaskName(c.Realname), ident.MaskNumber(c.Idcard), "B公司名称", "E身份证号",
			filepath.Join("~", "a"+w.Batch.Suffix+".xlsx"))
		d.AssertHides(c.Realname, c.Idcard)
		// Persons stay masked in any column.
		for range 6 {
			d.Press("right")
			d.AssertHides(c.Realname, c.Idcard)
		}
		d.Press("a")
		d.AssertShows("A序号")
		d.Press("B")
		d.AssertShows("B公司名称")
		// Two factors cannot have the same column.
		d.Press("C")
		d.UntilStatus(d.Press("enter"), w.Batch.SameColumn)
		d.Press("f9", "z") // no such column
		d.Press("up", "up", "down", "down", "B")
		d.UntilShown(d.Press("ctrl+t"), "queryEncry")
		d.Press("ctrl+g")
		d.AssertShows(w.Form.On)
	}
}

// TestHeader: another row can be the header, or none.
func TestHeader(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	c := mockserver.Companies()
	row := func(i int) string {
		return strings.Join([]string{c[i].Entname, c[i].Entmark, c[i].Realname, c[i].Idcard}, ",") + "\n"
	}
	d.openColumns(d.writeFile("a.csv", "甲,乙,丙,丁\n戊,己,庚,辛\n"+row(0)+row(1)))
	d.AssertShows(fmt.Sprintf(d.words.Runs.Plan.HeaderRow, 1))
	d.UntilShown(d.Press("+"), fmt.Sprintf(d.words.Runs.Plan.HeaderRow, 2))
	d.AssertShows(c[0].Entname) // guessed from the cells
	d.UntilShown(d.Press("-"), fmt.Sprintf(d.words.Runs.Plan.HeaderRow, 1))
	d.UntilShown(d.Press("-"), d.words.Batch.NoHeader)
	d.Press("-") // nothing above the first row
	d.UntilShown(d.Press("+"), fmt.Sprintf(d.words.Runs.Plan.HeaderRow, 1))
}

// TestNoHeader: a first row with data is no header, and the columns are guessed from
// the cells.
func TestNoHeader(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	c := mockserver.Companies()
	var b strings.Builder
	for i := range 3 {
		fmt.Fprintf(&b, "%s,%s,%s,%s\n", c[i].Idcard, c[i].Realname, c[i].Entmark, c[i].Entname)
	}
	d.openColumns(d.writeFile("a.csv", b.String()))
	d.AssertShows(d.words.Batch.NoHeader, "D"+c[0].Entname, "C"+c[0].Entmark, "B"+ident.MaskName(c[0].Realname), "A"+ident.MaskNumber(c[0].Idcard))
	d.AssertHides(c[0].Idcard)
}

// TestOutput: an existing output is neither suggested nor accepted.
func TestOutput(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	in := d.writeFile("a.csv", makeTable(""))
	taken := d.writeFile("a"+d.words.Batch.Suffix+".xlsx", "")
	d.openColumns(in)
	d.AssertShows("a" + d.words.Batch.Suffix + "-2.xlsx")
	d.Press("up", "up") // wraps around to the output
	if !d.Typing() {
		t.Fatal("the output cannot be typed")
	}
	for path, problem := range map[string]string{taken: "out_there", in: "out_input", in + ".doc": "out_kind"} {
		d.Press("ctrl+u")
		d.UntilStatus(d.Press(path, "enter"), d.words.RunProblem(problem, path, "", nil))
		d.AssertShows(filepath.Base(path))
	}
	d.Press("ctrl+u")
	d.UntilShown(d.Press("~/b.csv", "enter"), d.words.Batch.Start)
	d.UntilShown(d.Press("n"), d.words.Records.CSVLosesDigits) // a CSV loses digits in a spreadsheet
}

// TestPasteIntoFields: a pasted path is text, not keys.
func TestPasteIntoFields(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	path := d.writeFile("带 空格.csv", makeTable(""))
	d.Press("n")
	d.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("'" + path + "'"), Paste: true})
	d.UntilShown(d.Press("enter"), d.words.Batch.ColumnsHint)
}

// TestCancel: Esc cancels a task and drops its result.
func TestCancel(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	path := d.writeFile("a.csv", makeRows(2000))
	d.Press("n", path)
	opening := d.Press("enter")
	d.Press("esc")
	d.runUntil(func() bool { return !d.Shows(d.words.Batch.Cancelling) && d.Typing() }, opening)
	d.AssertShows("a.csv")
	d.UntilShown(d.Press("enter"), d.words.Batch.ColumnsHint)
	planning := d.Press("enter")
	d.Press("esc")
	d.runUntil(func() bool { return len(d.Keys().ShortHelp()) > 2 }, planning)
	d.AssertShows(d.words.Batch.ColumnsHint)
	if d.service.Requests() > 0 {
		t.Error("a plan sends")
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
