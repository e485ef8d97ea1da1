package batch_test

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// panickingClient panics at its third call.
type panickingClient struct {
	lookup.Client
	calls *atomic.Int64
}

func (b panickingClient) Prepare(ctx context.Context, q juhe.Query) (func(context.Context) juhe.Reply, error) {
	send, err := b.Client.Prepare(ctx, q)
	return func(ctx context.Context) juhe.Reply {
		if b.calls.Add(1) == 3 {
			panic("a defect")
		}
		return send(ctx)
	}, err
}

// TestPanic: Execute panics only after the calls in flight are recorded. The run can be
// resumed without sending a row twice.
func TestPanic(t *testing.T) {
	t.Parallel()
	const rows = 60
	var requests atomic.Int64
	d := newFixture(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		writeAnswer(w, "match")
	}))
	sound := d.Client
	d.Client = panickingClient{sound, new(atomic.Int64)}
	r, _ := d.openPlanned(t, d.writeFile(t, "in.csv", makeTable(rows)))
	func() {
		defer func() {
			defect, ok := recover().(*juhe.Panic)
			if !ok || defect.Value != "a defect" || !strings.Contains(string(defect.Stack), "batch_test.") {
				t.Errorf("it ends with %v", defect)
			}
		}()
		r.Execute(t.Context())
	}()
	if got := requests.Load(); got >= rows-1 { // all but the one that panics
		t.Errorf("got %d requests, want fewer than %d: the run goes on", got, rows-1)
	}
	id := r.Record().ID
	r.Close()
	d.Client = sound
	b := d.runner()
	b.SetPendingTimeout(0) // the panic leaves a lookup pending
	again, err := b.Resume(t.Context(), id, false)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if _, err := again.Plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	sum, err := again.Execute(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n := requests.Load(); n > rows || sum.ByOutcome[juhe.Match]+sum.ByOutcome[juhe.Lost] != rows || sum.ByOutcome[juhe.Lost] > 1 {
		t.Errorf("%d requests, %v", n, sum.ByOutcome)
	}
}
