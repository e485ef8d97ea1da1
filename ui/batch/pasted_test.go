package batch_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// pastedRows returns n rows as a terminal pastes them, with a company name for the last
// one.
func pastedRows(n int, last string) string {
	var b strings.Builder
	for i, c := range mockserver.Companies()[:n] {
		if i == n-1 && last != "" {
			c.Entname = last
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\r", c.Entname, c.Entmark, c.Realname, c.Idcard)
	}
	return b.String()
}

// assertNoPersons checks that no file apart from the outputs contains a person.
func (d *fixture) assertNoPersons(when string) {
	d.t.Helper()
	err := filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || filepath.Ext(path) == ".xlsx" {
			return err
		}
		content, err := os.ReadFile(path)
		for _, c := range mockserver.Companies() {
			for _, value := range []string{c.Realname, c.Idcard} {
				if bytes.Contains(content, []byte(value)) {
					d.t.Errorf("%s: %s holds %s", when, path, value)
				}
			}
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// storedRows returns the pasted rows that the ledger keeps for a run.
func (d *fixture) storedRows(id lookup.RunID) string {
	d.t.Helper()
	rows, _, err := d.ledger.PastedRows(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return rows
}

// TestPaste: pasted rows are a table of their own. The ledger keeps them from the start
// of the run until each has a verdict, and no file does.
func TestPaste(t *testing.T) {
	t.Parallel()
	for _, last := range []string{"", mockserver.ErrorCodeEntname(253504)} {
		d := newFixture(t, fixtureOptions{lang: "zh", sealed: true})
		d.UntilShown(d.Paste(pastedRows(3, last)), d.words.Batch.PastedStorage, d.words.Batch.NoHeader, "A"+mockserver.Companies()[0].Entname)
		if runs, err := d.ledger.Runs(t.Context(), 0); len(runs) != 0 || err != nil {
			t.Error(runs, err)
		}
		d.assertNoPersons("on the columns")
		d.UntilShown(d.Press("enter"), d.words.Runs.Plan.Calls)
		d.assertNoPersons("on the plan")
		d.clock.advance(time.Second)
		d.runUntilEnded(d.Press("y"))
		if kept := d.storedRows(1); (kept != "") != (last != "") || len(d.outputs()) != 1 {
			t.Errorf("%q is kept, outputs %v", kept, d.outputs())
		}
		d.assertNoPersons("at the end")
	}
	d := newFixture(t, fixtureOptions{lang: "zh", sealed: true})
	d.UntilShown(d.Paste(pastedRows(3, "")), d.words.Batch.PastedStorage)
	d.UntilStatus(d.Press("esc"), d.words.Batch.PastedGone)
	d.assertNoPersons("after it was left")
}

// TestPasteResumed: another console resumes a run of pasted rows. Deleting a lookup
// deletes its pasted row.
func TestPasteResumed(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", sealed: true, gated: true})
	d.UntilShown(d.Paste(pastedRows(8, "")), d.words.Batch.PastedStorage)
	d.UntilShown(d.Press("enter"), d.words.Runs.Plan.Calls)
	d.clock.advance(time.Second)
	d.runUntil(func() bool { return len(d.service.arrived) == 4 }, d.Press("y"))
	d.assertNoPersons("as it runs")
	d.Shutdown()
	close(d.service.gate)
	d.Close()
	d.ledger.Close()
	d.assertNoPersons("after it was stopped")

	next := newFixture(t, fixtureOptions{lang: "zh", sealed: true, dir: d.dir, url: d.url, service: d.service})
	next.service.arrived = nil
	next.UntilShown(next.Open(), next.words.Batch.PastedName)
	next.UntilShown(next.Press("enter"), next.words.Batch.Input+next.words.Batch.PastedName)
	next.UntilShown(next.Press("r"), next.words.Runs.Plan.Calls+"4")
	next.UntilShown(next.Press("n"), next.words.Outcomes["match"]+"4")
	page, err := next.ledger.Search(t.Context(), lookup.Search{})
	if err != nil || len(page.Records) != 4 || next.storedRows(1) == "" {
		t.Fatal(len(page.Records), err)
	}
	if _, err := next.ledger.Delete(t.Context(), page.Records[0].ID); err != nil {
		t.Fatal(err)
	}
	if rows := next.storedRows(1); rows != "" {
		t.Errorf("%q is left", rows)
	}
	next.UntilStatus(next.Press("r"), next.words.ErrorText(&engine.Error{Problem: engine.ProblemPastedGone, Detail: "1"}))
}
