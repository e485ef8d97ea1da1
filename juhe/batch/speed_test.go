package batch_test

import (
	"bufio"
	"flag"
	"fmt"
	"net"
	"net/textproto"
	"runtime/metrics"
	"strconv"
	"sync"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
)

// Use -rows 20000 -benchtime 1x for meaningful figures.
var rows = flag.Int("rows", 2000, "rows of the benchmarks' input")

// startFixedServer starts a server that sends the same answer to every request after
// latency, one request per connection.
func startFixedServer(tb testing.TB, latency time.Duration) (url string) {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { listener.Close() })
	body := fmt.Sprintf(verdict, "JH5352026112312000000001", 1, 7, "企业法人/负责人")
	answer := []byte("HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\nContent-Length: " +
		strconv.Itoa(len(body)) + "\r\nConnection: close\r\n\r\n" + body)
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go serveFixed(c, answer, latency)
		}
	}()
	return "http://" + listener.Addr().String()
}

func serveFixed(c net.Conn, answer []byte, latency time.Duration) {
	defer c.Close()
	r := bufio.NewReader(c)
	lines := textproto.NewReader(r)
	if _, err := lines.ReadLine(); err != nil {
		return
	}
	header, err := lines.ReadMIMEHeader()
	if err != nil {
		return
	}
	n, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return
	}
	if _, err := r.Discard(n); err != nil {
		return
	}
	<-time.After(latency)
	c.Write(answer)
}

// heapSampler records the largest heap during the first and during the last tenth
// of a run.
type heapSampler struct {
	first, last uint64
	quit        chan struct{}
	stopped     sync.WaitGroup
}

func sampleHeap(r *batch.Run, rows int) *heapSampler {
	s := &heapSampler{quit: make(chan struct{})}
	s.stopped.Go(func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			select {
			case <-s.quit:
				return
			case <-tick.C:
			}
			metrics.Read(heap)
			switch n, done := heap[0].Value.Uint64(), r.Progress().Done; {
			case done <= rows/10:
				s.first = max(s.first, n)
			case done >= rows-rows/10:
				s.last = max(s.last, n)
			}
		}
	})
	return s
}

func (s *heapSampler) stop() {
	close(s.quit)
	s.stopped.Wait()
}

// BenchmarkRun measures a whole run, from the first row to the output: 16 lookups
// at a time over HTTP on loopback, with every intent and every outcome durable.
// One case has a service that answers at once. In the other it takes 100 ms, so
// that no client can do more than 160 rows/s.
func BenchmarkRun(b *testing.B) {
	const concurrency = 16
	for _, bench := range []struct {
		name    string
		rows    int
		latency time.Duration
	}{
		{"instant", *rows, 0},
		{"latency=100ms", min(*rows, 4800), 100 * time.Millisecond},
	} {
		b.Run(bench.name, func(b *testing.B) {
			var heap heapSampler
			for b.Loop() {
				b.StopTimer()
				d := newFixtureAt(b, startFixedServer(b, bench.latency), func(o *batch.Options) { o.Concurrency = concurrency })
				r, plan := d.openPlanned(b, d.writeFile(b, "in.csv", makeTable(bench.rows)))
				if plan.Calls != bench.rows {
					b.Fatalf("got %d calls, want %d", plan.Calls, bench.rows)
				}
				sampler := sampleHeap(r, bench.rows)
				b.StartTimer()
				s, err := r.Execute(b.Context())
				b.StopTimer()
				if err != nil {
					b.Fatal(err)
				}
				if got := s.ByOutcome[juhe.Match]; got != bench.rows {
					b.Fatalf("got %d matches, want %d", got, bench.rows)
				}
				sampler.stop()
				heap.first, heap.last = max(heap.first, sampler.first), max(heap.last, sampler.last)
				b.StartTimer()
			}
			rate := float64(bench.rows) * float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(rate, "rows/s")
			if bench.latency > 0 {
				b.ReportMetric(100*rate*bench.latency.Seconds()/concurrency, "%ofservice")
			}
			b.ReportMetric(float64(heap.first)/1e6, "MB-first-tenth")
			b.ReportMetric(float64(heap.last)/1e6, "MB-last-tenth")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkPlan measures planning: each row is read, checked and compared with the
// ledger.
func BenchmarkPlan(b *testing.B) {
	d := newFixtureAt(b, startFixedServer(b, 0))
	r, _ := d.openPlanned(b, d.writeFile(b, "in.csv", makeTable(*rows)))
	for b.Loop() {
		if _, err := r.Plan(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(*rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
