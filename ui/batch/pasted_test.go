package batch_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
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
		d.UntilShown(d.Paste(pastedRows(3, last)), d.words.Batch.PastedKept, d.words.Batch.NoHead, "A"+mockserver.Companies()[0].Entname)
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
	d.UntilShown(d.Paste(pastedRows(3, "")), d.words.Batch.PastedKept)
	d.UntilStatus(d.Press("esc"), d.words.Batch.PastedGone)
	d.assertNoPersons("after it was left")
}

// TestPasteResumed: another console resumes a run of pasted rows. Deleting a lookup
// deletes its pasted row.
func TestPasteResumed(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", sealed: true, gated: true})
	d.UntilShown(d.Paste(pastedRows(8, "")), d.words.Batch.PastedKept)
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
	next.UntilStatus(next.Press("r"), next.words.RunProblem("pasted_gone", "", "1", nil))
}

// TestImportPastedFiles: pasted rows kept in files by an older version are moved into
// the ledger where a run needs them, and deleted.
func TestImportPastedFiles(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", sealed: true})
	folder := filepath.Join(d.dir, "data", "pasted")
	old := d.clock.Now().Add(-2 * time.Hour)
	begin := func(name string, ended bool) lookup.RunID {
		text := strings.ReplaceAll(pastedRows(2, ""), "\r", "\n")
		path := filepath.Join(folder, name)
		sum := sha256.Sum256([]byte(text))
		kept := lookup.Run{
			StartedAt: old, InputPath: path, InputHash: hex.EncodeToString(sum[:]), Columns: [juhe.NumFactors]int{0, 1, 2, 3}, OutputPath: filepath.Join(d.dir, name+".xlsx"),
			Service: "http://127.0.0.1:1", Query: juhe.Query{API: juhe.APIQuery}, Rows: 2,
		}
		if ended {
			kept.Finished, kept.OutputHash, kept.Rows = true, "x", 0
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
		id, err := d.ledger.CreateRun(t.Context(), kept, "")
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	open, over := begin("pasted-20261122-100000-aa.tsv", false), begin("pasted-20261122-110000-bb.tsv", true)
	orphan := filepath.Join(folder, "pasted-20261122-120000-cc.tsv")
	if err := os.WriteFile(orphan, []byte(pastedRows(1, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(orphan, old, old); err != nil {
		t.Fatal(err)
	}
	d.UntilStatus(d.Open(), fmt.Sprintf(d.words.Runs.RowWarnings.Gone, 1, 2))
	d.assertNoPersons("after it was taken in")
	if _, err := os.Stat(folder); err == nil {
		t.Error("the folder is still there")
	}
	if d.storedRows(open) == "" || d.storedRows(over) != "" {
		t.Errorf("%q, %q", d.storedRows(open), d.storedRows(over))
	}
	if kept, _, err := d.ledger.Run(t.Context(), open); err != nil || kept.InputPath != "" {
		t.Errorf("%+v, %v", kept, err)
	}
}
