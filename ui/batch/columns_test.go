package batch_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fourfactor/juhe/ident"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/i18n"
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
	for path, problem := range map[string]string{taken: "out_there", in: "out_input", in + ".doc": "out_kind"} {
		d.Press("ctrl+u")
		d.UntilStatus(d.Press(path, "enter"), d.words.RunProblem(problem, path, "", nil))
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
	d.runUntil(func() bool { return len(d.Keys().ShortHelp()) > 2 }, planning)
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
