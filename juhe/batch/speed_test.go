package batch_test

import (
	"flag"
	"net/http"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
)

var rows = flag.Int("rows", 2000, "rows of the benchmarks' input")

// BenchmarkRun is a whole run against a service on loopback that answers at
// once, 16 at a time, with every intent and every outcome durable.
func BenchmarkRun(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		d := newDesk(b, http.HandlerFunc(agrees), func(o *batch.Options) { o.Concurrency = 16 })
		r, plan := d.opened(b, d.file(b, "in.csv", invented(*rows)))
		if plan.Calls != *rows {
			b.Fatalf("%+v", plan)
		}
		b.StartTimer()
		s, err := r.Go(b.Context())
		if err != nil || s.Outcome[juhe.Match] != *rows || !s.Finished() {
			b.Fatalf("%+v, %v", s, err)
		}
	}
	b.ReportMetric(float64(*rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
