package batch_test

import (
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
)

// TestVerdictUnusable: a row with an earlier verdict that cannot be reused is left lost
// with the reason, until it is sent again with consent.
func TestVerdictUnusable(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	base := d.Client.Service()
	imported := make([]lookup.Record, 2)
	for n := range imported {
		imported[n] = lookup.Record{
			ID: "imported-" + string('a'+rune(n)), At: time.Now().Add(-time.Hour), Service: base,
			Query: juhe.Query{API: juhe.APIQuery, Factors: makeFactors(n)},
			Reply: juhe.Reply{Outcome: juhe.Mismatch, Billable: juhe.BillableYes},
		}
	}
	if n, err := d.ledger.Import(t.Context(), imported); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	r, plan := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(4)))
	if plan.Unsettled != 2 || plan.VerdictUnusable != 2 || plan.Calls != 2 || plan.Repeated != 0 {
		t.Errorf("%+v", plan)
	}
	sum := assertRun(t, r, "match 2 lost 2 sent 2")
	for n, row := range readTable(t, sum.Run.OutputPath)[1:3] {
		if text := strings.Join(row, " "); !strings.Contains(text, string(juhe.FaultVerdictImported)) || row[5] != "lost" {
			t.Errorf("row %d: %q", n, row)
		}
	}
	rows, _, _, err := batch.New(batch.Options{Ledger: d.ledger}).RowIssues(t.Context(), sum.Run.ID, 0, 10)
	if err != nil || len(rows) != 2 || !strings.Contains((testMessages{}).RowMeaning(rows[0]), string(juhe.FaultVerdictImported)) {
		t.Errorf("%v %+v", err, rows)
	}
	if s.requests() != 2 {
		t.Errorf("%d requests", s.requests())
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	again, plan := d.resumePlanned(t, sum.Run.ID, true)
	if plan.Calls != 2 {
		t.Errorf("%+v", plan)
	}
	assertRun(t, again, "match 4 sent 4")
}

// TestClockBehind: a run stops if the clock went back after the plan.
func TestClockBehind(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	now := time.Now()
	d := newFixture(t, s, func(o *batch.Options) { o.Now, o.Concurrency = func() time.Time { return now }, 1 })
	first, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(2)))
	assertRun(t, first, "match 2 sent 2")
	more, _ := d.openPlanned(t, d.writeFile(t, "b.csv", strings.ReplaceAll(makeTable(5), "晨星", "晨曦")))
	now = now.Add(-40 * 24 * time.Hour)
	sum := assertRun(t, more, "unsent 5 sent 0 unwell")
	if s.requests() != 2 {
		t.Errorf("%d requests", s.requests())
	}
	if err := more.Close(); err != nil {
		t.Fatal(err)
	}
	again, plan := d.resumePlanned(t, sum.Run.ID, false)
	if plan.ClockBehind == "" || plan.Calls != 5 {
		t.Errorf("%+v", plan)
	}
	assertRun(t, again, "match 5 sent 5")
}

// TestSameNames: rows whose names differ only invisibly cost one call.
func TestSameNames(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	text := "企业名称,统一社会信用代码,姓名,证件号码\r\n"
	for _, name := range []string{"José García", "José García", "Jose\u0301 Garci\u0301a", "José\u00a0García", "José  García"} {
		f := makeFactors(1)
		text += f[juhe.Entname] + "," + f[juhe.Entmark] + "," + name + "," + f[juhe.Idcard] + "\r\n"
	}
	r, plan := d.openPlanned(t, d.writeFile(t, "a.csv", text))
	if plan.Duplicate != 4 || plan.Calls != 1 {
		t.Errorf("%+v", plan)
	}
	assertRun(t, r, "match 1 sent 1")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	other, plan := d.openPlanned(t, d.writeFile(t, "b.csv", strings.ReplaceAll(text, "José García", "José   García")))
	if plan.Repeated != 1 || plan.Calls != 0 {
		t.Errorf("%+v", plan)
	}
	assertRun(t, other, "match 1 sent 0")
}

// TestVerdictAhead: a verdict ahead of the clock is named as the reason in the output
// and among the issues.
func TestVerdictAhead(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	now := time.Now()
	d := newFixture(t, s, func(o *batch.Options) { o.Now = func() time.Time { return now } })
	first, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(2)))
	assertRun(t, first, "match 2 sent 2")
	now = now.Add(-26 * time.Hour)
	r, plan := d.openPlanned(t, d.writeFile(t, "b.csv", makeTable(2)))
	if plan.VerdictUnusable != 2 || plan.ClockBehind == "" {
		t.Errorf("%+v", plan)
	}
	sum := assertRun(t, r, "lost 2 sent 0")
	rows, _, _, err := batch.New(batch.Options{Ledger: d.ledger}).RowIssues(t.Context(), sum.Run.ID, 0, 10)
	if err != nil || len(rows) != 2 {
		t.Fatal(err, rows)
	}
	want := string(juhe.FaultVerdictInFuture)
	if got := strings.Join(readTable(t, sum.Run.OutputPath)[1], " "); !strings.Contains(got, want) || !strings.Contains((testMessages{}).RowMeaning(rows[0]), want) {
		t.Errorf("%q, %q: want %s", got, (testMessages{}).RowMeaning(rows[0]), want)
	}
}
