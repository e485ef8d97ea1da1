package batch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/i18n"
	"fourfactor/ui/uitest"
)

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
	for path, problem := range map[string]engine.Problem{taken: engine.ProblemOutExists, in: engine.ProblemOutInput, in + ".doc": engine.ProblemOutFormat} {
		d.Press("ctrl+u")
		d.UntilStatus(d.Press(path, "enter"), d.words.ErrorText(&engine.Error{Problem: problem, Path: path}))
		d.AssertShows(filepath.Base(path))
	}
	d.Press("ctrl+u")
	d.UntilShown(d.Press("~/b.csv", "enter"), d.words.Batch.Start)
	d.UntilShown(d.Press("n"), d.words.Records.CSVLosesDigits) // a CSV loses digits in a spreadsheet
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
	d.waitTask(planning)
	d.AssertShows(d.words.Batch.ColumnsHint)
	if d.service.Requests() > 0 {
		t.Error("a plan sends")
	}
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

// TestSheets: the arrows on the sheet choose another one with a table, whose rows are
// then sent. A cover sheet is passed over.
func TestSheets(t *testing.T) {
	t.Parallel()
	for keys, sheet := range map[string]string{"": "名单", "right": "旧", "left": "旧", "right right": "名单", "right left": "名单"} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		d.openColumns(d.writeWorkbook("a.xml", "封面", "名单", "旧"))
		d.AssertShows(d.words.Batch.Sheet+"名单2/3", "北京晨星虚构科技名单一有限公司")
		d.Press("up", "up")
		for _, key := range strings.Fields(keys) {
			d.waitTask(d.Press(key))
		}
		d.AssertShows(d.words.Batch.Sheet+sheet, "北京晨星虚构科技"+sheet+"一有限公司", "B公司名称")
		d.UntilShown(d.Press("enter"), d.words.Runs.Plan.Calls+"2")
		d.clock.advance(time.Second)
		d.runUntilEnded(d.Press("y"))
		for _, name := range []string{"名单", "旧"} {
			want := 0
			if name == sheet {
				want = 1
			}
			for _, row := range []string{"一", "二"} {
				if got := d.service.RequestsFor("北京晨星虚构科技" + name + row + "有限公司"); got != want {
					t.Errorf("%q: got %d requests for %s %s, want %d", keys, got, name, row, want)
				}
			}
		}
	}
}

// TestSheetCancelled: Esc while another sheet is read keeps the sheet and its columns.
func TestSheetCancelled(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openColumns(d.writeWorkbook("a.xml", "封面", "名单", "旧"))
	d.Press("c", "up", "up")
	reading := d.Press("right")
	d.Press("esc")
	d.waitTask(reading)
	d.AssertShows(d.words.Batch.Sheet+"名单2/3", d.words.Fields[juhe.Entname].Label+"C信用代码")
}

// TestUnmapped: a factor without a column is named and focused. Nothing is checked until
// all have one, each its own.
func TestUnmapped(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	w := d.words
	d.openColumns(d.writeFile("a.csv", "甲,乙,丙,丁,备注\n戊,己,庚,辛,壬\n"))
	missing := func(f juhe.Factor) string {
		return w.ErrorText(&engine.Error{Problem: engine.ProblemColumns, Fields: []string{f.String()}})
	}
	d.UntilStatus(d.Press("enter"), missing(juhe.Entname))
	d.AssertShows("▸" + w.Fields[juhe.Entname].Label)
	d.Press("left") // from none to the last
	d.AssertShows(w.Fields[juhe.Entname].Label + "E备注")
	d.Press("d")
	d.UntilStatus(d.Press("f5"), missing(juhe.Entmark))
	d.Press("right") // from none to the first
	d.AssertShows(w.Fields[juhe.Entmark].Label + "A甲")
	d.Press("c")
	d.UntilStatus(d.Press("enter"), missing(juhe.Realname))
	d.Press("B")
	d.UntilStatus(d.Press("ctrl+s"), missing(juhe.Idcard))
	d.Press("d")
	d.UntilStatus(d.Press("enter"), w.Batch.SameColumn)
	d.Press("a")
	d.UntilShown(d.Press("enter"), fmt.Sprintf(w.Runs.Plan.FaultAt, 2, "C"), "辛") // the mark and the company
	d.assertRequests(0)
}

// TestColumnMoved: the column that is shown is the one that is sent.
func TestColumnMoved(t *testing.T) {
	t.Parallel()
	c := mockserver.Companies()[0]
	const former = "北京晨星虚构旧名有限公司"
	for _, test := range []struct {
		keys []string
		want string
	}{{nil, c.Entname}, {[]string{"f"}, former}, {[]string{"f", "b"}, c.Entname}, {[]string{"left", "left"}, former}} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		d.openColumns(d.writeFile("a.csv", strings.TrimSpace(head)+",曾用名\n"+fmt.Sprintf("1,%s,%s,%s,%s,%s\n", c.Entname, c.Entmark, c.Realname, c.Idcard, former)))
		d.Press(test.keys...)
		d.AssertShows(test.want)
		d.UntilShown(d.Press("enter"), d.words.Runs.Plan.Calls)
		d.clock.advance(time.Second)
		d.runUntilEnded(d.Press("y"))
		if got := d.service.requests(); len(got) != 1 || got[0].entname != test.want {
			t.Errorf("%v: got requests %v, want one of %s", test.keys, got, test.want)
		}
	}
}

// TestColumnLetters: several letters in a row choose a column behind Z. Letters beyond the
// last column start again.
func TestColumnLetters(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	var heads, cells []string
	for i := range 30 {
		heads, cells = append(heads, fmt.Sprintf("列%d", i+1)), append(cells, "某某")
	}
	d.openColumns(d.writeFile("a.csv", strings.Join(heads, ",")+"\n"+strings.Join(cells, ",")+"\n"))
	for _, test := range [][2]string{{"a", "A列1 "}, {"b", "AB列28 "}, {"z", "Z列26 "}, {"a", "A列1 "}, {"d", "AD列30 "}, {"D", "D列4 "}, {"1", "D列4 "}} {
		d.Press(test[0])
		d.AssertShows(d.words.Fields[juhe.Entname].Label + test[1])
	}
	d.Press("a", "down", "up", "b") // the letters before do not count in another line
	d.AssertShows(d.words.Fields[juhe.Entname].Label + "B列2 ")
	d.Press("a", "right", "c")
	d.AssertShows(d.words.Fields[juhe.Entname].Label + "C列3 ")
}

// TestEndpoint: the endpoint and the status that are shown are those that are sent, even if
// they change after a plan.
func TestEndpoint(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		keys []string
		want received
	}{
		{nil, received{"query", "", ""}},
		{[]string{"ctrl+t"}, received{"queryEncry", "", ""}},
		{[]string{"ctrl+t", "ctrl+t"}, received{"queryV2", "", "0"}},
		{[]string{"ctrl+t", "ctrl+t", "ctrl+t"}, received{"query", "", ""}},
		{[]string{"ctrl+g"}, received{"query", "", "1"}},
		{[]string{"ctrl+g", "ctrl+g"}, received{"query", "", ""}},
		{[]string{"enter", "esc", "ctrl+g"}, received{"query", "", "1"}},
		{[]string{"enter", "n", "ctrl+t", "enter", "n"}, received{"queryEncry", "", ""}},
	} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		d.openColumns(d.writeFile("a.csv", makeTable("")))
		d.Press("b")
		for _, key := range test.keys {
			d.waitTask(d.Press(key))
		}
		d.AssertShows(test.want.endpoint+d.words.Endpoints[juhe.API(test.want.endpoint)], "B公司名称")
		d.UntilShown(d.Press("enter"), d.words.Runs.Plan.Calls)
		d.clock.advance(time.Second)
		d.runUntilEnded(d.Press("y"))
		got := d.service.requests()
		if len(got) != 1 || got[0].endpoint != test.want.endpoint || got[0].regstatus != test.want.regstatus {
			t.Errorf("%v: got requests %v, want %v", test.keys, got, test.want)
		}
	}
}

// TestEndpointCancelled: Esc while a change is read undoes the change.
func TestEndpointCancelled(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"ctrl+t", "+"} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		d.openColumns(d.writeFile("a.csv", makeTable("", "")))
		reading := d.Press(key)
		d.Press("esc")
		d.waitTask(reading)
		d.AssertShows("query "+d.words.Endpoints["query"], fmt.Sprintf(d.words.Runs.Plan.HeaderRow, 1))
		d.UntilShown(d.Press("enter"), d.words.Runs.Plan.Calls+"2")
		d.clock.advance(time.Second)
		d.runUntilEnded(d.Press("y"))
		if got := d.service.requests(); len(got) != 2 || got[0].endpoint != "query" {
			t.Errorf("%s: got requests %v", key, got)
		}
	}
}

// TestOutputTyped: in the output every character is text. A path that cannot be written is
// refused before anything is sent, and stays to be corrected.
func TestOutputTyped(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openColumns(d.writeFile("a.csv", makeTable("")))
	d.Press("up", "up", "ctrl+u")
	d.UntilStatus(d.Press("enter"), d.words.Batch.NoOutput)
	d.Press("y n+-h?.csv")
	d.AssertShows(d.words.Runs.Plan.Out+"y n+-h?.csv", d.words.Records.CSVLosesDigits)
	d.Press("ctrl+u")
	d.Update(uitest.Paste("'~/没有/结果.xlsx'"))
	d.UntilStatus(d.Press("enter"), d.words.ErrorText(&engine.Error{Problem: engine.ProblemOutFail, Path: filepath.Join(d.dir, "没有", "结果.xlsx"), Detail: "file does not exist"}))
	d.AssertShows("~/没有/结果.xlsx")
	if !d.Typing() {
		t.Error("the output is not focused")
	}
	d.Press("ctrl+u", "结果.xlsx") // relative
	d.UntilShown(d.Press("enter"), d.words.Runs.Plan.Calls)
	d.assertRequests(0)
	d.clock.advance(time.Second)
	d.runUntilEnded(d.Press("y"))
	if _, err := os.Stat(filepath.Join(d.dir, "结果.xlsx")); err != nil {
		t.Error(err)
	}
}

// TestColumnsKept: leaving the columns and opening the file again keeps what was typed,
// but not for another file.
func TestColumnsKept(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.writeFile("b.csv", makeTable(""))
	d.openColumns(d.writeFile("a.csv", makeTable("")))
	d.Press("a", "ctrl+g", "up", "up", "ctrl+u", "~/c.xlsx")
	d.UntilShown(d.Press("esc"), d.words.Batch.PickHint)
	d.UntilShown(d.Press("ctrl+u", "b.csv", "enter"), d.words.Batch.ColumnsHint)
	d.AssertShows("B公司名称", "b"+d.words.Batch.Suffix+".xlsx", d.words.Form.Off)
	d.AssertHides("~/c.xlsx")
}

// TestStaleOpen: an input that arrives again, after its page was left, opens nothing.
func TestStaleOpen(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.writeFile("a.csv", makeTable(""))
	d.messages(d.Press("n"))
	opened := d.messages(d.Press("a.csv", "enter"))
	d.deliver(opened)
	d.AssertShows(d.words.Batch.ColumnsHint)
	planned := d.messages(d.Press("enter"))
	d.deliver(planned)
	d.AssertShows(d.words.Batch.Start)
	d.Press("n")
	d.deliver(planned)
	d.AssertShows(d.words.Batch.ColumnsHint)
	planning := d.Press("enter")
	d.deliver(planned)
	if len(d.Keys().ShortHelp()) != 1 {
		t.Error("the end of an earlier task has ended this one")
	}
	d.waitTask(planning)
	d.Press("n", "esc")
	d.deliver(append(opened, planned...))
	d.AssertShows(d.words.Batch.PickHint)
	d.Press("esc")
	d.deliver(append(opened, planned...))
	if d.HandlesBack() || d.Typing() {
		t.Error("a page is open again")
	}
}

// TestRegstatusKept: what was chosen stays chosen when the input cannot be opened for it.
func TestRegstatusKept(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	taken := d.writeFile("b.xlsx", "")
	d.openColumns(d.writeFile("a.csv", makeTable("")))
	d.Press("ctrl+g", "up", "up", "ctrl+u")
	d.UntilStatus(d.Press(taken, "enter"), d.words.ErrorText(&engine.Error{Problem: engine.ProblemOutExists, Path: taken}))
	d.AssertShows(d.words.Form.On)
	d.Press("ctrl+u")
	d.UntilShown(d.Press("c.xlsx", "enter"), d.words.Batch.Start)
	d.clock.advance(time.Second)
	d.runUntilEnded(d.Press("y"))
	if got := d.service.requests(); len(got) != 1 || got[0].regstatus != "1" {
		t.Errorf("got requests %v", got)
	}
}
