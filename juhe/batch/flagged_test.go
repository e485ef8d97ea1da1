package batch_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// flaggedTable are rows below invented ones: a good one, a duplicate of it, two with
// warnings and one that cannot be sent.
const flaggedTable = "91,北京晨星虚构科技91号有限公司,91110108551385082Q,张三丰,11010519491231002X\r\n" +
	"92,北京晨星虚构科技91号有限公司,91110108551385082Q,张三丰,11010519491231002X\r\n" +
	"93,北京晨星虚构科技93号有限公司,91110108551385082Q,李四,110105194912310020\r\n" +
	"94,北京晨星虚构科技94号有限公司,91110108551385082A,王五,11010519491231002X\r\n" +
	"95,北京晨星虚构科技95号有限公司,91110108551385082Q,,11010519491231002X\r\n"

const flaggedHeader = "序号,企业名称,统一社会信用代码,姓名,证件号码\r\n"

// flaggedRows returns the rows of a plan that are invalid or have warnings.
func flaggedRows(t *testing.T, r *batch.Run) (all []string) {
	t.Helper()
	for row, err := range r.FlaggedRows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprint(row.Row, " ", row.Fault.Problem)
		for _, m := range row.Fault.Warnings {
			text += fmt.Sprint(m.Factor, " ", m.Rule)
		}
		all = append(all, text)
	}
	return all
}

// TestWarned: rows with warnings are listed in the plan and sent.
func TestWarned(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	r, plan := d.openPlanned(t, d.writeFile(t, "a.csv", flaggedHeader+flaggedTable))
	if plan.Warned != 2 || plan.Held != 0 || plan.Invalid != 1 || plan.Duplicate != 1 || plan.Calls != 3 || len(plan.WarnedRows) != 2 || plan.WarnedRows[0].Row != 4 {
		t.Errorf("%+v", plan)
	}
	_, twice := d.openPlanned(t, d.writeFile(t, "b.csv", flaggedHeader+"1,`北京晨星虚构科技有限公司`,91110199MAYYY0013X,`张三`,11010519491231002X\r\n"))
	if twice.WarningsByRule[ident.RuleName] != 1 { // counts rows, not cells
		t.Errorf("%+v", twice.WarningsByRule)
	}
	if got := strings.Join(flaggedRows(t, r), "|"); got != "4 idcard checksum|5 entmark checksum|6 empty" {
		t.Errorf("%q", got)
	}
	sum := assertRun(t, r, "match 3 sent 3")
	if !sum.IsFinished() || sum.IsResolved() {
		t.Errorf("%+v", sum)
	}
}

// TestHeld: rows held back are not sent, also after a resume. They are unsent with the
// reason and belong to the unresolved rows.
func TestHeld(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	r, plan := d.openPlanned(t, d.writeFile(t, "a.csv", flaggedHeader+flaggedTable), func(q *batch.Request) { q.HoldWarned = true })
	if plan.Warned != 2 || plan.Held != 2 || plan.Calls != 1 {
		t.Errorf("%+v", plan)
	}
	sum := assertRun(t, r, "match 1 unsent 2 sent 1")
	if !sum.IsFinished() || sum.Run.Held != 2 || sum.Remaining() != 0 || sum.IsResolved() {
		t.Errorf("%+v", sum)
	}
	if rows := readTable(t, sum.Run.OutputPath); rows[3][5] != "unsent" || !strings.Contains(rows[3][6], "held: idcard checksum") {
		t.Errorf("%q", rows[3])
	}
	r.Close()
	rest := filepath.Join(d.dir, "rest.csv")
	if n, err := d.runner().Export(t.Context(), sum.Run.ID, rest, true); n != 3 || err != nil {
		t.Fatal(n, err)
	}
	if rows := readTable(t, rest); rows[1][0] != "93" || !strings.Contains(rows[1][5], "held: ") || rows[3][5] != "realname empty" {
		t.Errorf("%q", rows)
	}
	next, plan := d.resumePlanned(t, sum.Run.ID, true)
	if plan.Calls != 0 || plan.Held != 2 {
		t.Errorf("%+v", plan)
	}
	assertRun(t, next, "match 1 unsent 2 sent 1")
	next.SetHoldWarned(false) // the operator checked them
	if plan, err := next.Plan(t.Context()); err != nil || plan.Calls != 2 || plan.Held != 0 || plan.Warned != 2 {
		t.Errorf("%+v, %v", plan, err)
	}
	next.Close()
	if n := s.requests(); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// TestHeldKilled: rows held back stay so after the process is killed.
func TestHeldKilled(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 1 })
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", flaggedHeader+flaggedTable), func(q *batch.Request) { q.MaxCalls = 1 })
	sum := assertRun(t, r, "match 1 unsent 2 sent 1 limit")
	r.Close()
	failing := &failingSaves{Ledger: d.ledger, saves: 1} // only at the start
	d.Ledger = failing
	next, _ := d.resumePlanned(t, sum.Run.ID, false)
	next.SetHoldWarned(true)
	if _, err := next.Plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := next.Execute(context.WithoutCancel(t.Context())); !errors.Is(err, errSaveFailed) {
		t.Fatal(err)
	}
	next.Close()
	d.Ledger = d.ledger
	if kept, _, err := d.ledger.Run(t.Context(), sum.Run.ID); err != nil || !kept.HoldWarned || kept.Held != 2 {
		t.Errorf("%+v, %v", kept, err)
	}
	if _, plan := d.resumePlanned(t, sum.Run.ID, false); plan.Calls != 0 {
		t.Errorf("%+v", plan)
	}
}

// TestOtherRules: a run started by a version with other rules resumes. Answers stay,
// open rows are checked anew, and a row that no longer is the one sent is refused.
func TestOtherRules(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	text := makeTable(3) + "4,暂无,91110108551385082Q,张三丰,11010519491231002X\r\n" + "5,无,91110108551385082Q,张三丰,11010519491231002X\r\n"
	r, plan := d.openPlanned(t, d.writeFile(t, "a.csv", text), func(q *batch.Request) { q.MaxCalls = 2 })
	if plan.Invalid != 2 {
		t.Errorf("%+v", plan)
	}
	sum := assertRun(t, r, "match 2 unsent 1 sent 2 limit")
	r.Close()
	kept, _, err := d.ledger.Run(t.Context(), sum.Run.ID)
	if err != nil {
		t.Fatal(err)
	}
	kept.Invalid = 0 // an older version sent one of them
	rec := lookup.Record{
		ID: "20261130-120000-olderone", At: time.Now(), Service: d.Client.Service(), RowRef: lookup.RowRef{Run: kept.ID, Row: 5},
		Query: juhe.Query{API: juhe.APIQuery, Factors: juhe.Factors{juhe.Entname: "暂无", juhe.Entmark: "91110108551385082Q", juhe.Realname: "张三丰", juhe.Idcard: "11010519491231002X"}},
	}
	if ok, err := d.ledger.RecordIntent(t.Context(), rec, func(lookup.Prior) bool { return true }); !ok || err != nil {
		t.Fatal(ok, err)
	}
	state, code := 2, -24
	rec.Reply = juhe.Reply{Outcome: juhe.Mismatch, Billable: juhe.BillableYes, State: &state, Code: &code}
	if err := errors.Join(d.ledger.RecordOutcome(t.Context(), rec), d.ledger.SaveRun(t.Context(), kept)); err != nil {
		t.Fatal(err)
	}
	next, plan := d.resumePlanned(t, sum.Run.ID, false)
	if plan.Invalid != 1 || plan.Done != 3 || plan.Calls != 1 {
		t.Errorf("%+v", plan)
	}
	sum = assertRun(t, next, "match 3 mismatch 1 sent 4")
	next.Close()
	if rows := readTable(t, sum.Run.OutputPath); rows[4][5] != "mismatch" || rows[5][5] != "unsent" || sum.Run.Invalid != 1 {
		t.Errorf("%q", rows)
	}
	if err := d.ledger.RecordRow(t.Context(), sum.Run.ID, lookup.RunRow{Row: 2, ID: rec.ID, Outcome: juhe.Mismatch}); err != nil {
		t.Fatal(err)
	}
	other, err := d.runner().Resume(t.Context(), sum.Run.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var problem *batch.Error
	if _, err := other.Plan(t.Context()); !errors.As(err, &problem) || problem.Problem != batch.ProblemChanged {
		t.Error(err)
	}
}

// TestRowIssuePages: RowIssues returns pages of the requested size, and the last rows
// for a skip that is negative or too large.
func TestRowIssuePages(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("10014")))
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(25)))
	sum := assertRun(t, r, "refused 25 sent 25")
	r.Close()
	b := d.runner()
	for _, c := range []struct{ skip, first, from, rows int }{
		{-1, 17, 15, 10}, {0, 2, 0, 10}, {7, 9, 7, 10}, {15, 17, 15, 10}, {16, 17, 15, 10}, {99, 17, 15, 10},
	} {
		rows, from, count, err := b.RowIssues(t.Context(), sum.Run.ID, c.skip, 10)
		if err != nil || count != 25 || from != c.from || len(rows) != c.rows || rows[0].Row != c.first || (testMessages{}).RowMeaning(rows[0]) != "refused   10014" {
			t.Errorf("%+v: %d rows from %d of %d, %+v, %v", c, len(rows), from, count, rows[0].Row, err)
		}
	}
	if rows, from, count, err := b.RowIssues(t.Context(), 99, -1, 10); err != nil || len(rows)+from+count != 0 {
		t.Error(rows, from, count, err)
	}
}

// TestRowIssues: the ledger lists all rows that need attention, those not sent included.
func TestRowIssues(t *testing.T) {
	t.Parallel()
	s := newService(func(n, _ int) string { return map[bool]string{true: "253506", false: "match"}[n == 91] })
	d := newFixture(t, s)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", flaggedHeader+flaggedTable), func(q *batch.Request) { q.HoldWarned = true })
	sum := assertRun(t, r, "refused 1 unsent 2 sent 1")
	r.Close()
	rows, count, err := d.ledger.UnresolvedRows(t.Context(), sum.Run.ID, 0, 100)
	if err != nil || count != 4 || len(rows) != 4 {
		t.Fatalf("%+v, %d, %v", rows, count, err)
	}
	var got []string
	for _, row := range rows {
		got = append(got, fmt.Sprint(row.Row, row.Outcome, row.Fault.Factor, row.Fault.Problem, len(row.Fault.Warnings), row.ID != ""))
	}
	if text := strings.Join(got, " "); text != "2refused0 true 4unsent1 false 5unsent1 false 6unsentrealnameempty0 false" {
		t.Errorf("%s", text)
	}
	if page, count, err := d.ledger.UnresolvedRows(t.Context(), sum.Run.ID, 3, 100); err != nil || count != 4 || len(page) != 1 || page[0].Row != 6 || page[0].Outcome != juhe.Unsent {
		t.Errorf("%+v, %d, %v", page, count, err)
	}
}
