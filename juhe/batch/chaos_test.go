package batch_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
)

// TestChaos: whatever the service answers, and whenever somebody pauses, stops or
// abandons the run, no row with an answer or a lost call is sent twice, and the summary
// agrees with the ledger.
func TestChaos(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			testChaos(t, seed)
		})
	}
}

func testChaos(t *testing.T, seed uint64) {
	const rows = 60
	random := rand.New(rand.NewPCG(seed, 1))
	answers := make([]string, rows)
	for i := range answers {
		answers[i] = []string{
			"10011", "10012", "hang", "unclear", "mismatch", "253504", "match", "match", "match", "match", "match", "match",
		}[random.IntN(12)]
	}
	free := func(n int) bool { return answers[n] == "10011" || answers[n] == "10012" }
	s := newService(func(n, time int) string {
		if free(n) && time > 2 {
			return "match"
		}
		return answers[n]
	})
	d := newFixture(t, s, func(o *batch.Options) {
		o.Interactive, o.Concurrency = seed%2 == 0, 1+int(seed%7)
		if seed%3 == 0 {
			o.Rate = 5000
		}
	})
	b := d.runner()
	b.SetBackoff(100 * time.Microsecond)
	path := d.writeFile(t, "a.csv", makeTable(rows))
	var id lookup.RunID
	for round := 0; ; round++ {
		r := openOrResume(t, b, path, id)
		sum := executeDisturbed(t, s, r, random, round > 30)
		id = sum.Run.ID
		if list, err := b.List(t.Context(), 1); err != nil || formatCounts(list[0]) != formatCounts(sum) {
			t.Errorf("round %d: %s, in the ledger %v, %v", round, formatCounts(sum), list, err)
		}
		r.Close()
		if sum.IsFinished() {
			break
		}
	}
	paid := 0
	for n := range rows {
		times := s.requestsFor(n)
		if free(n) {
			times -= 2
		}
		if times > 1 {
			t.Errorf("row %d, %s, was sent %d times", n, answers[n], s.requestsFor(n))
		}
		paid += times
	}
	tally, err := d.ledger.RunTally(t.Context(), id)
	if err != nil || tally.Calls < paid || tally.ByOutcome[juhe.Unsent] != 0 {
		t.Errorf("%+v, %d paid, %v", tally, paid, err)
	}
}

// executeDisturbed executes a run while requests trigger random interruptions, unless
// calm.
func executeDisturbed(t *testing.T, s *service, r *batch.Run, random *rand.Rand, calm bool) batch.Summary {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var mu sync.Mutex
	s.setWait(func(int) {
		mu.Lock()
		what := random.IntN(60)
		mu.Unlock()
		switch {
		case calm:
		case what < 6:
			r.Pause()
		case what == 6:
			r.Stop()
			r.Stop()
		case what == 7:
			cancel()
		}
	})
	type end struct {
		sum batch.Summary
		err error
	}
	done := make(chan end, 1)
	go func() {
		sum, err := r.Execute(ctx)
		done <- end{sum, err}
	}()
	for {
		select {
		case e := <-done:
			if e.err != nil && ctx.Err() == nil {
				t.Error(e.err)
			}
			return e.sum
		default:
			r.Continue() // no effect unless paused
			runtime.Gosched()
		}
	}
}
