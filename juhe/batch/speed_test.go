package batch_test

import (
	"bufio"
	"flag"
	"fmt"
	"net"
	"net/textproto"
	"strconv"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
)

// For figures that matter: -rows 50000.
var rows = flag.Int("rows", 2000, "rows of the benchmarks' input")

// quick is a service that costs next to nothing: it answers at once, on kept
// connections and on fresh ones.
func quick(tb testing.TB) (url string) {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { listener.Close() })
	body := fmt.Sprintf(verdict, "JH5352026112312000000001", 1, 7, "企业法人/负责人")
	answer := []byte("HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\nContent-Length: " +
		strconv.Itoa(len(body)) + "\r\n\r\n" + body)
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go serve(c, answer)
		}
	}()
	return "http://" + listener.Addr().String()
}

func serve(c net.Conn, answer []byte) {
	defer c.Close()
	r := bufio.NewReader(c)
	for lines := textproto.NewReader(r); ; {
		if _, err := lines.ReadLine(); err != nil {
			return
		}
		head, err := lines.ReadMIMEHeader()
		if err != nil {
			return
		}
		n, err := strconv.Atoi(head.Get("Content-Length"))
		if err != nil {
			return
		}
		if _, err := r.Discard(n); err != nil {
			return
		}
		if _, err := c.Write(answer); err != nil || head.Get("Connection") == "close" {
			return
		}
	}
}

// BenchmarkRun is a whole run, from the first row to the output, against a
// service on loopback that answers at once, 16 at a time, with every intent and
// every outcome durable. To compare with: `curl -Z --parallel-max 16`, which
// records nothing.
func BenchmarkRun(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		d := deskAt(b, quick(b), func(o *batch.Options) { o.Concurrency = 16 })
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

// BenchmarkPlan is the look ahead: each row read, checked and compared with the
// ledger.
func BenchmarkPlan(b *testing.B) {
	d := deskAt(b, quick(b))
	r, _ := d.opened(b, d.file(b, "in.csv", invented(*rows)))
	for b.Loop() {
		if _, err := r.Plan(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(*rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
