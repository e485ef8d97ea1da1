package batch_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/i18n"
)

// TestIssues: only the rows in sight are drawn, the newest unless the operator moves
// up.
func TestIssues(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.SetSize(80, 24)
	d.runUntilEnded(d.startRun(d.writeFile("a.csv", makeRowsOf(60, mockserver.ErrorCodeEntname(10014)))))
	d.AssertShows(fmt.Sprintf(d.words.Batch.RowIssues, 60), "  61  ")
	d.Press("home")
	d.AssertHides("  61  ")
	d.Press("end")
	d.AssertShows("  61  ")
	d.Press("pgup", "pgup")
	d.AssertHides("  61  ")
	d.AssertShows(fmt.Sprintf(d.words.Batch.Below, 6))
}

// TestIssuesKept: the ledger keeps the rows that need attention, invalid and held ones
// included, for the next console. A run that has some is not shown as complete.
func TestIssuesKept(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang})
		d.SetSize(160, 40)
		c := mockserver.Companies()
		rows := makeTable("", mockserver.ErrorCodeEntname(10014), "") + "4,北京晨星虚构科技4号有限公司," + c[3].Entmark + "," + c[3].Realname + ",\n" +
			"5,北京晨星虚构科技5号有限公司," + c[4].Entmark + "," + c[4].Realname + ",110105194912310021\n"
		d.openPlan(d.writeFile("a.csv", rows))
		d.UntilShown(d.Press("h"), w.Runs.RowWarnings.TitleHeld)
		d.clock.advance(time.Second)
		d.runUntilEnded(d.Press("y"))
		whole := func(d *fixture) {
			d.t.Helper()
			d.AssertShows(fmt.Sprintf(w.Batch.RowIssues, 3), w.Batch.Finished+fmt.Sprintf(w.Runs.RowWarnings.Unresolved, 3),
				mockserver.ErrorCodeEntname(10014), w.RowFault(lookup.RowFault{Factor: "idcard", Problem: string(lookup.InputEmpty)}), w.Runs.RowWarnings.HeldReason[:12])
			d.AssertHides(c[3].Realname, c[4].Realname, "110105194912310021")
		}
		whole(d)
		d.Close()
		d.ledger.Close()
		next := newFixture(t, fixtureOptions{lang: w.Lang, dir: d.dir, url: d.url, service: d.service})
		next.SetSize(60, 20) // the smallest window
		next.UntilShown(next.Open(), "a.csv", w.Batch.Finished+fmt.Sprintf(w.Runs.RowWarnings.Unresolved, 3))
		next.SetSize(160, 40)
		next.UntilShown(next.Press("enter"), fmt.Sprintf(w.Batch.RowIssues, 3))
		whole(next)
	}
}

// TestIssuesResumed: a resumed run keeps its issues.
func TestIssuesResumed(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.runUntil(func() bool { return len(d.service.arrived) == 4 }, d.startRun(d.writeFile("a.csv", makeRowsOf(8, mockserver.ErrorCodeEntname(10014)))))
	cmd, _ := d.Interrupt()
	close(d.service.gate)
	d.runUntilEnded(cmd)
	d.AssertShows(fmt.Sprintf(d.words.Batch.RowIssues, 4))
	d.UntilShown(d.Press("r"), d.words.Runs.Plan.AlreadyDone+"4")
	d.clock.advance(time.Second)
	d.runUntilEnded(d.Press("y"))
	d.AssertShows(fmt.Sprintf(d.words.Batch.RowIssues, 8), "  9  ")
}

// TestIssuesPaged: only one page of many rows is read at a time.
func TestIssuesPaged(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.SetSize(100, 30)
	id, err := d.ledger.CreateRun(t.Context(), lookup.Run{
		StartedAt: d.clock.Now(), InputPath: "/a.csv", Service: d.url, Query: juhe.Query{API: juhe.APIQuery}, Rows: 1000, Invalid: 1000, Finished: true,
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	var faults []lookup.RowFault
	for row := range 1000 {
		faults = append(faults, lookup.RowFault{Row: 2 + row, Factor: "idcard", Column: 4, Problem: "empty"})
	}
	if err := d.ledger.SaveRowFaults(t.Context(), id, faults); err != nil {
		t.Fatal(err)
	}
	d.UntilShown(d.Open(), "a.csv")
	d.UntilShown(d.Press("enter"), fmt.Sprintf(d.words.Batch.RowIssues, 1000), "  1001  ")
	d.UntilShown(d.Press("home"), "  2  "+"  ", "  3  ")
	below := strings.Count(d.Shown(), d.words.Outcomes["unsent"])
	for range 1000 / below { // page by page to the last row
		d.runUntil(func() bool { return strings.Count(d.Shown(), d.words.Outcomes["unsent"]) >= below }, d.Press("pgdown"))
	}
	d.UntilShown(d.Press("end"), "  1001  ")
}
