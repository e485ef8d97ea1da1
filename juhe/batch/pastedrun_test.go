package batch_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
)

// pastedTable returns a table of n rows as a terminal pastes it.
func pastedTable(n int) string {
	return strings.ReplaceAll(strings.ReplaceAll(makeTable(n), ",", "\t"), "\r\n", "\r")
}

// assertNoPersons checks that no file in a folder, apart from outputs, contains a
// person.
func assertNoPersons(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // just deleted
			return nil
		case err != nil || !e.Type().IsRegular() || filepath.Ext(path) == ".csv":
			return err
		}
		content, err := os.ReadFile(path)
		for _, value := range []string{makeFactors(0)[juhe.Realname], makeFactors(0)[juhe.Idcard], makeFactors(3)[juhe.Idcard]} {
			if bytes.Contains(content, []byte(value)) {
				t.Errorf("%s holds %s", path, value)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestPastedRun: pasted rows are in no file, and in the ledger until each has a
// verdict.
func TestPastedRun(t *testing.T) {
	t.Parallel()
	s := newService(func(n, time int) string { return map[bool]string{true: "unclear", false: "match"}[n == 3 && time == 1] })
	d := newFixture(t, s)
	b := d.runner()
	q := batch.Request{Pasted: pastedTable(6), HeaderRow: batch.DetectHeader, OutputPath: filepath.Join(d.dir, "out.csv"), API: juhe.APIQuery}
	r, err := b.Open(t.Context(), q)
	if err == nil {
		_, err = r.Plan(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(d.dir, "data")); err == nil {
		assertNoPersons(t, d.dir)
	}
	sum := assertRun(t, r, "match 5 unclear 1 sent 6")
	r.Close()
	assertNoPersons(t, d.dir)
	if rows := readTable(t, sum.Run.OutputPath); len(rows) != 7 || rows[1][5] != "match" || sum.Run.InputPath != "" {
		t.Errorf("%q, %q", rows, sum.Run.InputPath)
	}
	next, plan := d.resumePlanned(t, sum.Run.ID, false)
	if plan.Done != 6 {
		t.Errorf("%+v", plan)
	}
	next.Close()
	if n, err := b.Export(t.Context(), sum.Run.ID, filepath.Join(d.dir, "rest.csv"), true); n != 1 || err != nil {
		t.Error(n, err)
	}
	s.setAnswers(alwaysAnswer("match"))
	q.Pasted, q.OutputPath = pastedTable(5), filepath.Join(d.dir, "more.csv") // all but one answered already
	if r, err = b.Open(t.Context(), q); err == nil {
		_, err = r.Plan(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	sum, err = r.Execute(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	if _, kept, err := d.ledger.PastedRows(t.Context(), sum.Run.ID); err != nil || kept == sum.IsResolved() {
		t.Errorf("%t, %t, %v", kept, sum.IsResolved(), err)
	}
}

// TestPastedKilled: a run of pasted rows that is killed leaves no person in any file
// and can be resumed if it had started.
func TestPastedKilled(t *testing.T) {
	t.Parallel()
	kills, rows := 4, 60
	if *full {
		kills, rows = 100, 200
	}
	s := newService(alwaysAnswer("match"))
	server := httptest.NewServer(s)
	defer server.Close()
	dir := t.TempDir()
	for range kills {
		cmd := startChild(t, dir, server.URL, existingRun(t, dir, server.URL), childPasted+"="+pastedTable(rows))
		ended := make(chan struct{})
		go func() {
			cmd.Wait()
			close(ended)
		}()
		select {
		case <-ended:
		case <-time.After(time.Duration(rand.IntN(200)) * time.Millisecond):
			cmd.Process.Kill()
			<-ended
		}
		assertNoPersons(t, dir)
	}
	d, done, err := openFixture(dir, server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	if id := existingRun(t, dir, server.URL); id != "" {
		if err := d.execute(t.Context(), id); err != nil {
			var problem *batch.Error
			if !errors.As(err, &problem) || problem.Problem != batch.ProblemPastedGone {
				t.Fatal(err)
			}
		}
		if got := readTable(t, filepath.Join(dir, "out.csv")); len(got) != rows+1 {
			t.Errorf("%d rows", len(got))
		}
	}
	for n := range rows {
		if s.requestsFor(n) > 1 {
			t.Errorf("the service saw row %d %d times", n, s.requestsFor(n))
		}
	}
}
