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

// TestChaos: whatever the service answers, and whoever pauses, goes on, stops
// and gives up at whatever moment, no row is sent twice that was answered or
// lost, and what the run says is what the ledger knows.
func TestChaos(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			chaos(t, seed)
		})
	}
}

func chaos(t *testing.T, seed uint64) {
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
	d := newDesk(t, s, func(o *batch.Options) {
		o.Attended, o.Concurrency = seed%2 == 0, 1+int(seed%7)
		if seed%3 == 0 {
			o.Rate = 5000
		}
	})
	b := batch.New(d.Options)
	b.SetBackoff(100 * time.Microsecond)
	path := d.file(t, "a.csv", invented(rows))
	var id lookup.RunID
	for round := 0; ; round++ {
		r := begin(t, b, path, id)
		sum := disturbed(t, s, r, random, round > 30)
		id = sum.Run.ID
		if list, err := b.List(t.Context(), 1); err != nil || counts(list[0]) != counts(sum) {
			t.Errorf("round %d: %s, in the ledger %v, %v", round, counts(sum), list, err)
		}
		r.Close()
		if sum.Finished() {
			break
		}
	}
	paid := 0
	for n := range rows {
		times := s.times(n)
		if free(n) {
			times -= 2
		}
		if times > 1 {
			t.Errorf("row %d, %s, was sent %d times", n, answers[n], s.times(n))
		}
		paid += times
	}
	tally, err := d.ledger.RunTally(t.Context(), id)
	if err != nil || tally.Sent < paid || tally.ByOutcome[juhe.Unsent] != 0 {
		t.Errorf("%+v, %d paid, %v", tally, paid, err)
	}
}

// disturbed drives a run while somebody interferes as the requests come in; calm
// if nobody does.
func disturbed(t *testing.T, s *service, r *batch.Run, random *rand.Rand, calm bool) batch.Summary {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var mu sync.Mutex
	s.waits(func(int) {
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
		sum, err := r.Go(ctx)
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
			r.Continue() // of a run that does not pause this is nothing
			runtime.Gosched()
		}
	}
}
