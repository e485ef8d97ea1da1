package batch_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/mockserver"
)

// rowsOf returns a table of n companies; change may edit the cells of each row.
func rowsOf(n int, change func(i int, cells []string)) string {
	text := tableHead
	for i := range n {
		c := mockserver.Companies()[i%5]
		cells := []string{"1", c.Entname, c.Entmark, c.Realname + string(rune('一'+i)), c.Idcard}
		change(i, cells)
		text += strings.Join(cells, ",") + "\n"
	}
	return text
}

// TestTableFaults: what a fifth of the rows have in common is a fault of the table.
func TestTableFaults(t *testing.T) {
	t.Parallel()
	around := func(before, after string) func(int, []string) {
		return func(_ int, cells []string) {
			for i := range cells {
				cells[i] = before + cells[i] + after
			}
		}
	}
	some := func(least int, change func(cells []string)) func(int, []string) {
		return func(i int, cells []string) {
			if i < least {
				change(cells)
			}
		}
	}
	swap := func(a, b int) func([]string) {
		return func(cells []string) { cells[a], cells[b] = cells[b], cells[a] }
	}
	for name, test := range map[string]struct {
		rows   int
		change func(int, []string)
		want   string // faults; empty for none
	}{
		"none":           {6, func(int, []string) {}, ""},
		"backticks":      {3, around("`", ""), "marks ` 3/3"},
		"one row":        {1, around("`", ""), "marks ` 1/1"},
		"apostrophes":    {3, around("'", "'"), "marks ' 3/3"},
		"quotation":      {3, around("“", "”"), "marks “ 3/3"},
		"bars":           {3, around("", "|"), "marks | 3/3"},
		"a fifth marked": {10, some(2, func(cells []string) { around("`", "")(0, cells) }), "marks ` 2/10"},
		"one of ten":     {10, some(1, func(cells []string) { around("`", "")(0, cells) }), ""},
		"names swapped":  {3, func(_ int, cells []string) { swap(1, 3)(cells) }, "holds entname realname 3/3; holds realname entname 3/3"},
		"codes swapped":  {3, func(_ int, cells []string) { swap(2, 4)(cells) }, "holds entmark idcard 3/3; holds idcard entmark 3/3"},
		"a number":       {3, func(_ int, cells []string) { cells[3] = cells[4] }, "holds realname idcard 3/3"},
		"shifted": {3, func(_ int, cells []string) {
			cells[1], cells[2], cells[3], cells[4] = cells[2], cells[3], cells[4], cells[1]
		}, "holds entname entmark 3/3; holds entmark realname 3/3; holds realname idcard 3/3; holds idcard entname 3/3"},
		"one swapped":    {5, some(1, swap(1, 3)), ""},
		"two swapped":    {10, some(2, swap(1, 3)), "holds entname realname 2/10; holds realname entname 2/10"},
		"check digits":   {5, some(2, func(cells []string) { cells[4] = cells[4][:17] + "5" }), "warning idcard checksum 2/5"},
		"one warning":    {5, some(1, func(cells []string) { cells[4] = cells[4][:17] + "5" }), ""},
		"few warnings":   {11, some(2, func(cells []string) { cells[4] = cells[4][:17] + "5" }), ""},
		"brackets":       {5, some(2, func(cells []string) { cells[1] = "苏州(虚构)有限公司" }), "warning entname lookalike bracket 2/5"},
		"only the codes": {3, func(_ int, cells []string) { cells[2], cells[4] = "`"+cells[2], "`"+cells[4] }, "marks ` 3/3"},
		"questions":      {3, func(_ int, cells []string) { cells[3] = "王??" }, "warning realname name unknown 3/3"},
		"garbled":        {3, func(_ int, cells []string) { cells[1] = "锟斤拷锟斤拷公司" }, "warning entname name garbled 3/3"},
		"several things": {4, func(i int, cells []string) { cells[3] = []string{"王??", "张三1", "李四2", "王五3"}[i] }, "warning realname name digits 3/4"},
		"a long number":  {3, func(_ int, cells []string) { cells[2] += "99" }, "warning entmark length 3/3"},
	} {
		d := newFixture(t, newService(alwaysAnswer("match")))
		_, p := d.openPlanned(t, d.writeFile(t, "a.csv", rowsOf(test.rows, test.change)))
		var got []string
		for _, w := range p.TableFaults {
			what := w.Mark
			switch w.Problem {
			case batch.TableWrongColumn:
				what = w.Field.String() + " " + w.FoundField.String()
			case batch.TableWarning:
				what = w.Field.String() + " " + string(w.Warning.Rule)
			}
			for _, f := range w.Warning.Findings {
				what += " " + string(f)
			}
			got = append(got, fmt.Sprintf("%s %s %d/%d", w.Problem, what, w.Rows, w.DataRows))
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("%s: %q, want %q", name, strings.Join(got, "; "), test.want)
		}
	}
}

// TestTableFaultIsCertain: which faults are certain.
func TestTableFaultIsCertain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		want   bool
		column int
		value  string
	}{
		{true, 4, "13800000000"},
		{true, 4, "身份证：11010519491231002X"},
		{true, 2, "91110199MAYYY0013X/1"},
		{true, 3, "张三（法人）"},
		{true, 3, "张先生"},
		{true, 3, "张三1"},
		{true, 3, "张三、李四"},
		{false, 3, "阿卜杜拉•买买提"},
		{false, 3, "张\ue815"},
		{false, 1, "苏州(虚构)有限公司"},
		{false, 2, "MAYYY001-3"},
	} {
		d := newFixture(t, newService(alwaysAnswer("match")))
		_, p := d.openPlanned(t, d.writeFile(t, "a.csv", rowsOf(3, func(_ int, cells []string) { cells[test.column] = test.value })))
		if len(p.TableFaults) == 0 || slices.ContainsFunc(p.TableFaults, batch.TableFault.IsCertain) != test.want {
			t.Errorf("%s: %+v", test.value, p.TableFaults)
		}
	}
}

// TestTableFaultsHeld: rows held back do not count as table faults.
func TestTableFaultsHeld(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	path := d.writeFile(t, "a.csv", rowsOf(3, func(_ int, cells []string) { cells[4] = cells[4][:17] + "5" }))
	if _, p := d.openPlanned(t, path); len(p.TableFaults) != 1 || p.TableFaults[0].Warning.Rule != ident.RuleChecksum || p.TableFaults[0].IsCertain() {
		t.Errorf("%+v", p.TableFaults)
	}
	if _, p := d.openPlanned(t, path, func(q *batch.Request) { q.HoldWarned = true }); len(p.TableFaults) != 0 || p.Held != 3 {
		t.Errorf("%+v", p)
	}
}

// TestMaskedTable: a table of masked persons is refused, a single masked row is not.
func TestMaskedTable(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	masked := func(least int) string {
		return rowsOf(4, func(i int, cells []string) {
			if i < least {
				cells[3], cells[4] = ident.MaskName(cells[3]), ident.MaskNumber(cells[4])
			}
		})
	}
	jsonl := "id,entname,entmark,realname,idcard,masked\nx,北京晨星虚构科技有限公司,91110199MAYYY0013X,张*,1***************2X,true\n"
	for name, path := range map[string]string{"export": d.fieldFile(t, "hist_masked.csv"), "most": d.writeFile(t, "most.csv", masked(3)), "from JSON": d.writeFile(t, "json.csv", jsonl)} {
		r, err := d.runner().Open(t.Context(), batch.Request{InputPath: path, HeaderRow: batch.DetectHeader, OutputPath: path + ".out.csv"})
		if err != nil {
			t.Fatal(name, err)
		}
		var problem *batch.Error
		if _, err := r.Plan(t.Context()); !errors.As(err, &problem) || problem.Problem != batch.ProblemMasked {
			t.Errorf("%s: %v", name, err)
		}
		r.Close()
	}
	if _, p := d.openPlanned(t, d.writeFile(t, "two.csv", masked(2))); p.Invalid != 2 || p.Calls != 2 {
		t.Errorf("%+v", p)
	}
}

// TestBacktick: a real table with backticks has one fault, and its total row is not
// sent.
func TestBacktick(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	_, p := d.openPlanned(t, d.fieldFile(t, "wechat_backtick.csv"))
	if len(p.TableFaults) != 1 || p.TableFaults[0].Problem != batch.TableStrayMarks || p.TableFaults[0].Mark != "`" || p.TableFaults[0].Rows != 3 || problemsByRow(p)[5] != "heading" || p.Invalid != 2 {
		t.Errorf("%+v", p)
	}
}
