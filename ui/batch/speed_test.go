package batch_test

import (
	"strings"
	"testing"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/uitest"
)

// BenchmarkPress measures a key pressed during a run with a thousand issues, to the
// frame that shows it.
func BenchmarkPress(b *testing.B) {
	d := newFixture(b, fixtureOptions{lang: "zh", engine: func(o *engine.Options) { o.Concurrency = 16 }})
	d.service.arrived = nil
	d.SetSize(140, 45)
	first := makeRowsOf(1, "") // another answer, so that the run does not pause for twenty identical ones
	d.openPlan(d.writeFile("a.csv", first+strings.TrimPrefix(makeRowsOf(200_000, mockserver.ErrorCodeEntname(253504)), head)))
	d.runUntil(func() bool { return d.Shows("1%") }, d.Press("200001", "enter")) // 2000 rows
	up, down := uitest.Key("up"), uitest.Key("down")
	b.ReportAllocs()
	for b.Loop() {
		d.Update(up)
		d.View()
		d.Update(down)
		d.View()
	}
	// Two presses are counted as one.
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(2*b.N), "ns/press")
	if !d.IsRunning() {
		b.Fatal("the run has ended before the last press")
	}
}
