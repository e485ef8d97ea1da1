package batch_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

var full = flag.Bool("full", false, "as many kills as it takes to be sure")

// Environment of a child process: this test binary, executing a run.
const (
	childDir    = "FOURFACTOR_TEST_DIR"
	childURL    = "FOURFACTOR_TEST_URL"
	childRun    = "FOURFACTOR_TEST_RUN"    // to resume; empty for a new run
	childPasted = "FOURFACTOR_TEST_PASTED" // input of a new run; empty for in.csv
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(runChild(dir))
	}
	os.Exit(m.Run())
}

// exitLocked is the exit code of a child if another process has locked the run.
const exitLocked = 3

func runChild(dir string) int {
	d, close, err := openFixture(dir, os.Getenv(childURL))
	if err == nil {
		defer close()
		err = d.execute(context.Background(), os.Getenv(childRun))
	}
	var problem *batch.Error
	switch {
	case errors.As(err, &problem) && problem.Problem == batch.ProblemLocked:
		return exitLocked
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// openFixture opens a fixture in an existing folder.
func openFixture(dir, url string) (d *fixture, done func(), err error) {
	l := sqlite.New(sqlite.Options{
		Path: filepath.Join(dir, "data", "ledger.db"), KeyFile: filepath.Join(dir, "ledger.key"), Now: time.Now,
	})
	client, err := juhe.New(juhetest.ClientOptions(url))
	return &fixture{dir: dir, ledger: l, Client: client, Options: batch.Options{
		Ledger: l, Messages: testMessages{}, Now: time.Now, Concurrency: 4,
	}}, func() { l.Close() }, err
}

// execute starts or resumes the run of in.csv and executes it.
func (d *fixture) execute(ctx context.Context, run string) error {
	b := d.runner()
	var r *batch.Run
	var err error
	if id, ok := lookup.ParseRunID(run); ok {
		r, err = b.Resume(ctx, id, false)
	} else {
		r, err = b.Open(ctx, batch.Request{
			InputPath: filepath.Join(d.dir, "in.csv"), Pasted: os.Getenv(childPasted), HeaderRow: batch.DetectHeader, OutputPath: filepath.Join(d.dir, "out.csv"), API: juhe.APIQuery,
		})
	}
	if err != nil {
		return err
	}
	defer r.Close()
	if _, err := r.Plan(ctx); err != nil {
		return err
	}
	_, err = r.Execute(ctx)
	return err
}

func startChild(t *testing.T, dir, url, run string, env ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), env...), childDir+"="+dir, childURL+"="+url, childRun+"="+run, "GORACE=atexit_sleep_ms=0")
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	return cmd
}

// TestKilled kills a run at random moments: at the start, between and during calls,
// while it writes the output. The service sees a row twice only if it was lost and is
// sent again, a kill loses no more than the calls in flight, and the final output
// equals that of an undisturbed run.
func TestKilled(t *testing.T) {
	t.Parallel()
	kills, rows := 12, 200
	if *full {
		kills, rows = 200, 1000
	}
	say := func(n, _ int) string { return []string{"match", "mismatch", "253504"}[n%3] }
	moment := make(chan struct{}, 1)
	kill := func(int) {
		if rand.IntN(max(rows/kills, 2)) == 0 {
			select {
			case moment <- struct{}{}:
			default:
			}
		}
	}
	s := newService(say)
	s.setWait(kill)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.ServeHTTP(w, r)
		kill(0)
	}))
	defer server.Close()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "in.csv"), []byte(makeTable(rows)), 0o600); err != nil {
		t.Fatal(err)
	}
	killed := 0
	for range kills {
		cmd := startChild(t, dir, server.URL, existingRun(t, dir, server.URL))
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case <-moment:
		case <-time.After(time.Duration(rand.IntN(200)) * time.Millisecond):
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			ended <- err
		}
		for spin := time.Now().Add(time.Duration(rand.IntN(3000)) * time.Microsecond); time.Now().Before(spin); {
		}
		if cmd.Process.Kill() == nil {
			killed++
		}
		<-ended
		select {
		case <-moment:
		default:
		}
	}
	s.setWait(func(int) {})
	d, done, err := openFixture(dir, server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	if err := d.execute(t.Context(), existingRun(t, dir, server.URL)); err != nil {
		t.Fatal(err)
	}
	r, plan := d.resumePlanned(t, 1, true)
	lost := plan.Calls
	if most := killed * 2 * d.Concurrency; lost > most { // in flight, or just answered
		t.Errorf("got %d rows lost by %d kills, want %d at most", lost, killed, most)
	}
	before := s.requests()
	for n := range rows {
		if s.requestsFor(n) > 1 {
			t.Errorf("the service saw row %d %d times", n, s.requestsFor(n))
		}
	}
	sum, err := r.Execute(t.Context())
	if err != nil || !sum.IsFinished() || sum.ByOutcome[juhe.Lost] != 0 || s.requests() != before+lost {
		t.Errorf("%s, %v", formatCounts(sum), err)
	}
	t.Logf("%d kills of %d rows: %d requests, then %d rows were lost and sent again", killed, rows, before, lost)
	calm, _ := newFixture(t, newService(say)).openPlanned(t, filepath.Join(dir, "in.csv"), func(q *batch.Request) { q.OutputPath = filepath.Join(t.TempDir(), "calm.csv") })
	undisturbed, err := calm.Execute(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, want := readTable(t, sum.Run.OutputPath), readTable(t, undisturbed.Run.OutputPath)
	if len(got) != rows+1 || len(got) != len(want) {
		t.Fatalf("%d rows, %d", len(got), len(want))
	}
	for i := range got {
		if a, b := withoutIDs(got[i]), withoutIDs(want[i]); a != b {
			t.Errorf("row %d is\n%s, not\n%s", i, a, b)
		}
	}
}

// withoutIDs returns an output row without order ID, time and lookup ID.
func withoutIDs(row []string) string {
	return strings.Join(append(append([]string(nil), row[:9]...), row[10:12]...), "|")
}

// existingRun returns the ID of the run in a folder, or "".
func existingRun(t *testing.T, dir, url string) string {
	t.Helper()
	d, done, err := openFixture(dir, url)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	runs, err := d.ledger.Runs(t.Context(), 0)
	switch {
	case err != nil || len(runs) > 1:
		t.Fatal(runs, err)
	case len(runs) == 0:
		return ""
	}
	return runs[0].ID.String()
}

// TestRunLocked: of two processes that resume a run at once, one refuses.
func TestRunLocked(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	server := httptest.NewServer(s)
	defer server.Close()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "in.csv"), []byte(makeTable(60)), 0o600); err != nil {
		t.Fatal(err)
	}
	d, done, err := openFixture(dir, server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	r, _ := d.openPlanned(t, filepath.Join(dir, "in.csv"), func(q *batch.Request) { q.MaxCalls, q.OutputPath = 10, filepath.Join(dir, "out.csv") })
	assertRun(t, r, "match 10 unsent 50 sent 10 limit")
	r.Close()
	refused := make(chan struct{})
	s.setWait(func(int) { <-refused }) // until the other process has refused
	codes := make(chan int, 2)
	for range 2 {
		cmd := startChild(t, dir, server.URL, "1")
		go func() {
			cmd.Wait()
			codes <- cmd.ProcessState.ExitCode()
		}()
	}
	if code := <-codes; code != exitLocked {
		t.Errorf("exit code %d", code)
	}
	close(refused)
	if code := <-codes; code != 0 {
		t.Errorf("exit code %d", code)
	}
	if s.requests() != 60 {
		t.Errorf("%d requests", s.requests())
	}
}
