package batch_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
)

// TestRun: every row ends in one outcome, each is sent once, and the output is the
// input with the results.
func TestRun(t *testing.T) {
	t.Parallel()
	s := newService(func(n, _ int) string {
		return []string{"match", "mismatch", "253504", "unclear"}[n%4]
	})
	d := newFixture(t, s)
	text := makeTable(8) + "\r\n" + // a blank row
		"9,北京晨星虚构科技0号有限公司,'91110199MAYY000000,张三丰,=\"110105195001010 00X\"\r\n" + // same as row 2, in wrappers
		"10,,91110199MAYY000009,张三丰,110105195001010000\r\n" +
		"11,北京晨星虚构科技11号有限公司,91110199MAYY000011,张三丰,1.10105E+17\r\n" +
		"12,北京晨星虚构科技12号有限公司,9111010800000001E5,张三丰,110105195001011000\r\n"
	r, plan := d.openPlanned(t, d.writeFile(t, "in.csv", text))
	if plan.Rows != 12 || plan.Invalid != 3 || plan.Duplicate != 1 || plan.Calls != 8 || plan.Wrapped != 2 || plan.Repeated != 0 {
		t.Errorf("%+v", plan)
	}
	var faults []string
	for _, f := range plan.InvalidRows {
		faults = append(faults, strings.Join([]string{f.Fault.Factor, table.ColumnName(f.Fault.Column), f.Fault.Problem}, " "))
	}
	if want := []string{"entname B empty", "idcard E scientific", "idcard E rounded"}; !slices.Equal(faults, want) || plan.InvalidRows[0].Row != 12 {
		t.Errorf("%q, row %d", faults, plan.InvalidRows[0].Row)
	}
	sum := assertRun(t, r, "match 2 mismatch 2 refused 2 unclear 2 sent 8")
	if !sum.IsFinished() || sum.Run.ID != 1 || s.requests() != 8 {
		t.Errorf("%+v, %d requests", sum, s.requests())
	}
	rows := readTable(t, sum.Run.OutputPath)
	if len(rows) != 13 || strings.Join(rows[0], ",") != "序号,企业名称,统一社会信用代码,姓名,证件号码,r_outcome,r_meaning,r_code,r_regstatus,r_orderid,r_billable,r_remarks,r_at,r_id" {
		t.Fatalf("%d rows, %q", len(rows), rows[0])
	}
	for i, want := range []string{
		"match match   7|7|yes", "mismatch mismatch   -22|-22|yes", "refused refused   253504|253504|unknown", "unclear unclear malformed  0||unknown",
	} {
		row := rows[1+i]
		if got := row[5] + " " + row[6] + "|" + row[7] + "|" + row[10]; got != want || row[13] == "" {
			t.Errorf("row %d: %q, want %q", i, got, want)
		}
	}
	if dup := rows[9]; dup[5] != "match" || dup[10] != "no" || !strings.Contains(dup[6], "as row 2") || dup[2] != "'91110199MAYY000000" || dup[13] != rows[1][13] {
		t.Errorf("%q", dup)
	}
	for i, want := range []string{"entname empty", "idcard scientific", "idcard rounded"} {
		if bad := rows[10+i]; bad[5] != "unsent" || bad[6] != want || bad[13] != "" {
			t.Errorf("%q", bad)
		}
	}
	if info, err := os.Stat(sum.Run.OutputPath); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info, err)
	}
	if today, err := d.ledger.SentToday(t.Context()); today != 8 || err != nil {
		t.Error(today, err)
	}
}

// TestRepeatedRows: the ledger answers the same rows of another run, free of charge.
func TestRepeatedRows(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	first, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(5)))
	assertRun(t, first, "match 5 sent 5")
	d.Rate = 0.001 // rows answered by the ledger do not wait for the rate limit
	if all, _ := d.openPlanned(t, d.writeFile(t, "all.csv", makeTable(5))); true {
		assertRun(t, all, "match 5 sent 0")
	}
	d.Rate = 0
	second, plan := d.openPlanned(t, d.writeFile(t, "b.csv", makeTable(7)))
	if plan.Repeated != 5 || plan.Calls != 2 {
		t.Errorf("%+v", plan)
	}
	// The output shows the warnings of the row, not those of the reused lookup.
	tidied := strings.Replace(makeTable(5), "张三丰", "张 三丰", 1)
	third, plan := d.openPlanned(t, d.writeFile(t, "c.csv", tidied))
	if plan.Normalized != 1 {
		t.Errorf("%+v", plan)
	}
	if rows := readTable(t, assertRun(t, third, "match 5 sent 0").Run.OutputPath); !strings.Contains(rows[1][11], "changed") || strings.Contains(rows[2][11], "changed") {
		t.Errorf("%q", rows)
	}
	sum := assertRun(t, second, "match 7 sent 2")
	rows := readTable(t, sum.Run.OutputPath)
	if s.requests() != 7 || rows[1][10] != "no" || rows[6][10] != "yes" || rows[1][13] != readTable(t, first.Record().OutputPath)[1][13] {
		t.Errorf("%d requests, %q", s.requests(), rows[1])
	}
	if list, err := d.runner().List(t.Context(), 0); err != nil || len(list) != 4 || formatCounts(list[0]) != "match 7 sent 2" || list[0].Run.ID != 4 {
		t.Errorf("%+v, %v", list, err)
	}
}

// TestPlannedCalls: a run sends no more calls than planned, even if answers in the
// ledger expire meanwhile.
func TestPlannedCalls(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	now := time.Now()
	d := newFixture(t, s, func(o *batch.Options) { o.Now = func() time.Time { return now } })
	first, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(5)))
	assertRun(t, first, "match 5 sent 5")
	second, plan := d.openPlanned(t, d.writeFile(t, "b.csv", makeTable(8)))
	if plan.Calls != 3 || plan.Repeated != 5 {
		t.Errorf("%+v", plan)
	}
	now = now.Add(25 * time.Hour)
	sum := assertRun(t, second, "match 3 unsent 5 sent 3 limit")
	if s.requests() != 8 || sum.IsFinished() {
		t.Errorf("%d requests", s.requests())
	}
}

// TestResendLost: a lost row is sent again only with consent, also from another run.
func TestResendLost(t *testing.T) {
	t.Parallel()
	s := newService(func(n, time int) string {
		if n%2 == 0 && time == 1 {
			return "hang"
		}
		return "match"
	})
	d := newFixture(t, s)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(6)))
	sum := assertRun(t, r, "match 3 lost 3 sent 6")
	if !sum.IsFinished() {
		t.Errorf("%+v", sum)
	}
	r.Close()
	same, plan := d.resumePlanned(t, sum.Run.ID, false)
	if plan.Calls != 0 || plan.Done != 6 {
		t.Errorf("%+v", plan)
	}
	assertRun(t, same, "match 3 lost 3 sent 6")
	same.Close()
	other, plan := d.openPlanned(t, d.writeFile(t, "b.csv", makeTable(6)))
	if plan.Calls != 0 || plan.Repeated != 3 || plan.Unsettled != 3 {
		t.Errorf("%+v", plan)
	}
	assertRun(t, other, "match 3 lost 3 sent 0")
	if s.requests() != 6 {
		t.Errorf("%d requests", s.requests())
	}
	again, plan := d.resumePlanned(t, sum.Run.ID, true)
	if plan.Calls != 3 || plan.Done != 3 {
		t.Errorf("%+v", plan)
	}
	assertRun(t, again, "match 6 sent 9")
	again.Close()
	if rows := readTable(t, sum.Run.OutputPath); rows[1][5] != "match" {
		t.Errorf("the output is the old one: %q", rows[1])
	}
	other.Close()
	settled, _ := d.resumePlanned(t, 2, true) // the ledger has the answers of the other run
	assertRun(t, settled, "match 6 sent 0")
	if s.requests() != 9 {
		t.Errorf("%d requests", s.requests())
	}
}

// TestStopCode: a refusal that applies to every row stops the run after the calls in
// flight, and the run resumes there.
func TestStopCode(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"10001", "10009", "10012", "10013", "10020", "10021"} {
		s := newService(func(n, time int) string {
			if n >= 20 && n < 60 && time == 1 {
				return code
			}
			return "match"
		})
		d := newFixture(t, s)
		r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(100)))
		sum, err := r.Execute(t.Context())
		if err != nil || string(sum.Run.StopReason) != code || sum.Run.Finished || sum.Sent != sum.ByOutcome[juhe.Match] || sum.ByOutcome[juhe.Refused] != 0 {
			t.Fatalf("%+v, %v", sum, err)
		}
		if n := s.requests(); n < 10 || n > 20+2*d.Concurrency || sum.ByOutcome[juhe.Match] < 9 {
			t.Errorf("%s: %d requests, %s", code, n, formatCounts(sum))
		}
		if _, err := os.Stat(sum.Run.OutputPath); !errors.Is(err, os.ErrNotExist) {
			t.Error("there is an output already")
		}
		r.Close()
		if list, err := d.runner().List(t.Context(), 1); err != nil || formatCounts(list[0]) != formatCounts(sum) {
			t.Errorf("%v, %v", list, err)
		}
		refused := s.requests() - sum.Sent
		s.setAnswers(alwaysAnswer("match"))
		next, _ := d.resumePlanned(t, sum.Run.ID, false)
		assertRun(t, next, "match 100 sent 100")
		if s.requests() != 100+refused {
			t.Errorf("%d requests, %d were refused", s.requests(), refused)
		}
	}
}

// TestRateLimited: a row refused by the rate limit is sent again after a delay, at most
// five times.
func TestRateLimited(t *testing.T) {
	t.Parallel()
	s := newService(func(n, time int) string {
		if n == 3 || n == 7 && time <= 5 {
			return "10011"
		}
		return "match"
	})
	d := newFixture(t, s)
	b := d.runner()
	b.SetBackoff(time.Millisecond)
	r := openOrResume(t, b, d.writeFile(t, "a.csv", makeTable(10)), 0)
	sum := assertRun(t, r, "match 9 unsent 1 sent 9 10011")
	if sum.IsFinished() || !sum.Run.Finished || s.requestsFor(3) != 6 || s.requestsFor(7) != 6 || s.requests() != 20 {
		t.Errorf("%+v: %d, %d, %d requests", sum, s.requestsFor(3), s.requestsFor(7), s.requests())
	}
	if rows := readTable(t, sum.Run.OutputPath); rows[4][5] != "unsent" || rows[4][7] != "10011" || rows[8][5] != "match" {
		t.Errorf("%q", rows[4])
	}
}

// TestBreaker: ten consecutive failures stop the run.
func TestBreaker(t *testing.T) {
	t.Parallel()
	for _, what := range []string{"hang", "unclear", "253506", "253507", "253501"} {
		s := newService(alwaysAnswer(what))
		d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 16 })
		r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(200)))
		sum, err := r.Execute(t.Context())
		if err != nil || sum.Run.StopReason != lookup.StopFailures || s.requests() != 10 || sum.ByOutcome[juhe.Unsent] != 190 {
			t.Errorf("%s: %s, %d requests, %v", what, formatCounts(sum), s.requests(), err)
		}
	}
	turn := 0
	s := newService(nil) // never ten in a row
	s.setAnswers(func(int, int) string {
		turn++
		return map[bool]string{true: "match", false: "unclear"}[turn%10 == 0]
	})
	d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 1 })
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(100)))
	assertRun(t, r, "match 10 unclear 90 sent 100")
}

// TestSameAnswers: the same mismatch, or 253504, for all first rows stops the run. Any
// other answer among them disarms the check.
func TestSameAnswers(t *testing.T) {
	t.Parallel()
	for _, what := range []string{"-21", "-22", "-26", "253504"} {
		s := newService(alwaysAnswer(what))
		d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 64 })
		r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(200)))
		sum, err := r.Execute(t.Context())
		code, _ := strconv.Atoi(what)
		if err != nil || sum.Run.StopReason != lookup.StopFailures || s.requests() != 20 || sum.ByOutcome[juhe.Unsent] != 180 || sum.SameAnswer.Code != code {
			t.Errorf("%s: %s, %d requests, %+v, %v", what, formatCounts(sum), s.requests(), sum.SameAnswer, err)
		}
		r.Close()
		next, _ := d.resumePlanned(t, sum.Run.ID, false) // resuming confirms them
		if sum, err := next.Execute(t.Context()); err != nil || sum.ByOutcome[juhe.Unsent] != 0 || sum.Sent != 200 {
			t.Errorf("%s: %s, %v", what, formatCounts(sum), err)
		}
	}
	for _, odd := range []string{"match", "-23", "253503"} {
		s := newService(nil)
		s.answerNth(20, odd, "-22")
		d := newFixture(t, s)
		r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(60)))
		if sum, err := r.Execute(t.Context()); err != nil || !sum.IsFinished() || sum.Sent != 60 {
			t.Errorf("%s: %s, %v", odd, formatCounts(sum), err)
		}
	}
}

// TestSameAnswersResumed: the first answers count across a resume. A run that ends with
// its twentieth row does not stop.
func TestSameAnswersResumed(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("mismatch"))
	d := newFixture(t, s)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(100)), func(q *batch.Request) { q.MaxCalls = 15 })
	sum := assertRun(t, r, "mismatch 15 unsent 85 sent 15 limit")
	r.Close()
	next, _ := d.resumePlanned(t, sum.Run.ID, false)
	assertRun(t, next, "mismatch 20 unsent 80 sent 20 unwell")
	short, _ := d.openPlanned(t, d.writeFile(t, "b.csv", strings.ReplaceAll(makeTable(20), "张三丰", "李四")))
	if sum := assertRun(t, short, "mismatch 20 sent 20"); !sum.IsFinished() {
		t.Errorf("%+v", sum)
	}
}

// TestSameAnswersInteractive: an interactive run asks once.
func TestSameAnswersInteractive(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("mismatch"))
	d := newFixture(t, s, func(o *batch.Options) { o.Interactive = true })
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(70)))
	done := startRun(t, r)
	waitUntil(t, r, func(p batch.Progress) bool { return p.State == batch.Paused && p.InFlight == 0 })
	if p := r.Progress(); p.Reason != lookup.StopFailures || s.requests() != 20 || p.SameAnswer != (batch.Answer{Outcome: juhe.Mismatch, Code: -22}) {
		t.Errorf("%+v, %d requests", p, s.requests())
	}
	r.Continue()
	if sum := <-done; formatCounts(sum) != "mismatch 70 sent 70" || !sum.IsFinished() {
		t.Errorf("%s", formatCounts(sum))
	}
}

// TestBreakerInteractive: an interactive run pauses after ten failures and can
// continue.
func TestBreakerInteractive(t *testing.T) {
	t.Parallel()
	s := newService(func(n, _ int) string {
		return map[bool]string{true: "match", false: "unclear"}[n >= 15]
	})
	d := newFixture(t, s, func(o *batch.Options) { o.Interactive = true })
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(30)))
	done := startRun(t, r)
	waitUntil(t, r, func(p batch.Progress) bool { return p.State == batch.Paused && p.InFlight == 0 })
	if p := r.Progress(); p.Reason != lookup.StopFailures || s.requests() != 10 || p.ByOutcome[juhe.Unclear] != 10 {
		t.Errorf("%+v, %d requests", p, s.requests())
	}
	r.Continue()
	if sum := <-done; formatCounts(sum) != "match 15 unclear 15 sent 30" || !sum.IsFinished() {
		t.Errorf("%s", formatCounts(sum))
	}
}

// waitUntil waits until the progress satisfies as.
func waitUntil(t *testing.T, r *batch.Run, as func(batch.Progress) bool) {
	t.Helper()
	for !as(r.Progress()) {
		if t.Context().Err() != nil {
			t.Fatal(t.Context().Err())
		}
		runtime.Gosched()
	}
}

// TestPause: a paused run sends nothing new until it continues.
func TestPause(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(40)))
	s.onNth(11, r.Pause)
	done := startRun(t, r)
	waitUntil(t, r, func(p batch.Progress) bool { return p.State == batch.Paused && p.InFlight == 0 })
	if n := s.requests(); n < 11 || n >= 11+d.Concurrency {
		t.Errorf("%d requests", n)
	}
	r.Continue()
	if sum := <-done; formatCounts(sum) != "match 40 sent 40" {
		t.Error(formatCounts(sum))
	}
}

// TestPauseHolds: a paused run sends neither new rows nor retries.
func TestPauseHolds(t *testing.T) {
	t.Parallel()
	s := newService(func(n, time int) string {
		if time == 1 {
			return "10011"
		}
		return "match"
	})
	d := newFixture(t, s)
	b := d.runner()
	b.SetBackoff(time.Millisecond)
	r := openOrResume(t, b, d.writeFile(t, "a.csv", makeTable(10)), 0)
	s.setWait(func(int) { r.Pause() })
	done := startRun(t, r)
	waitUntil(t, r, func(p batch.Progress) bool { return p.State == batch.Paused && p.InFlight == 0 && p.Backoff == 0 })
	before := s.requests()
	if before > d.Concurrency {
		t.Errorf("%d requests", before)
	}
	s.setWait(func(int) {})
	r.Continue()
	if sum := <-done; formatCounts(sum) != "match 10 sent 10" {
		t.Error(formatCounts(sum))
	}
}

// startRun executes a run in the background.
func startRun(t *testing.T, r *batch.Run) <-chan batch.Summary {
	t.Helper()
	done := make(chan batch.Summary, 1)
	go func() {
		sum, err := r.Execute(t.Context())
		if err != nil {
			t.Error(err)
		}
		done <- sum
	}()
	return done
}

// TestBreakerWhilePaused: a run paused just before the tenth failure still asks, and
// can continue.
func TestBreakerWhilePaused(t *testing.T) {
	t.Parallel()
	turn := 0
	s := newService(nil)
	s.setAnswers(func(int, int) string {
		turn++
		return map[bool]string{true: "unclear", false: "match"}[turn > 5 && turn <= 15]
	})
	d := newFixture(t, s, func(o *batch.Options) { o.Interactive, o.Concurrency = true, 1 })
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(40)))
	s.setWait(func(int) {
		if turn == 14 {
			r.Pause()
		}
	})
	done := startRun(t, r)
	waitUntil(t, r, func(p batch.Progress) bool { return p.State == batch.Paused && p.InFlight == 0 })
	if p := r.Progress(); p.Reason != lookup.StopFailures {
		t.Errorf("%+v", p)
	}
	r.Continue()
	if sum := <-done; formatCounts(sum) != "match 30 unclear 10 sent 40" {
		t.Error(formatCounts(sum))
	}
}

// TestStop: Stop waits for calls in flight, and the run can be resumed.
func TestStop(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(40)))
	s.onNth(11, r.Stop)
	sum, err := r.Execute(t.Context())
	if err != nil || sum.Run.StopReason != lookup.StopOperator || sum.Sent != s.requests() || sum.ByOutcome[juhe.Match] != sum.Sent || sum.IsFinished() {
		t.Errorf("%s, %d requests, %v", formatCounts(sum), s.requests(), err)
	}
	r.Close()
	s.setWait(func(int) {})
	next, plan := d.resumePlanned(t, sum.Run.ID, false)
	if plan.Done != sum.Sent || plan.Calls != 40-sum.Sent {
		t.Errorf("%+v", plan)
	}
	assertRun(t, next, "match 40 sent 40")
	if s.requests() != 40 {
		t.Errorf("%d requests", s.requests())
	}
}

// TestStopWaits: after Stop a call in flight is awaited, however long its answer takes.
func TestStopWaits(t *testing.T) {
	t.Parallel()
	var r *batch.Run
	d := newFixture(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.Stop()
		const late = 700 * time.Millisecond // longer than an abandoned call takes
		select {
		case <-time.After(late):
			writeAnswer(w, "match")
		case <-req.Context().Done():
			t.Error("the client does not wait")
		}
	}), func(o *batch.Options) { o.Concurrency = 1 })
	r, _ = d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(3)))
	assertRun(t, r, "match 1 unsent 2 sent 1 operator")
}

// TestKeyLost: a run whose key is no longer available stops with that error. The rows that
// were not sent stay unsent.
func TestKeyLost(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 1 })
	o := juhetest.ClientOptions(d.Client.Service())
	key, reads := o.Key, 0
	o.Key = func(ctx context.Context) (string, error) {
		if reads++; reads > 4 { // once for the run
			return "", os.ErrNotExist
		}
		return key(ctx)
	}
	d.Client = juhetest.NewClient(t, o)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(10)))
	sum, err := r.Execute(t.Context())
	var missing *juhe.CredentialError
	if !errors.As(err, &missing) || formatCounts(sum) != "match 3 unsent 7 sent 3" || s.requests() != 3 {
		t.Errorf("%s, %d requests, %v", formatCounts(sum), s.requests(), err)
	}
}

// TestStopConnecting: a row that is still connecting when the run stops is not sent.
func TestStopConnecting(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0") // no TLS handshake
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	d := newFixtureAt(t, "https://"+listener.Addr().String())
	r, _ := d.openPlanned(t, d.writeFile(t, "in.csv", makeTable(20)))
	go func() {
		conn, err := listener.Accept()
		if r.Stop(); err == nil {
			<-t.Context().Done()
			conn.Close()
		}
	}()
	began := time.Now()
	assertRun(t, r, "unsent 20 sent 0 operator")
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it takes %v", took)
	}
}

// TestStopAtEnd: a run that is stopped with nothing left to send has finished.
func TestStopAtEnd(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(10)))
	s.setWait(func(int) {
		if s.requests() == 10 {
			r.Stop()
		}
	})
	if sum := assertRun(t, r, "match 10 sent 10"); !sum.IsFinished() || len(readTable(t, sum.Run.OutputPath)) != 11 {
		t.Errorf("%+v", sum)
	}
}

// TestCancelled: calls in flight become lost when the context is cancelled.
func TestCancelled(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 1 })
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(20)))
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	s.setWait(func(int) {
		if s.requests() == 6 {
			cancel()
			<-release
		}
	})
	sum, err := r.Execute(ctx)
	close(release)
	if err != nil || formatCounts(sum) != "match 5 lost 1 unsent 14 sent 6 operator" {
		t.Errorf("%s, %v", formatCounts(sum), err)
	}
}

// TestLimits: MaxCalls and the daily limit hold.
func TestLimits(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(20)), func(q *batch.Request) { q.MaxCalls = 7 })
	sum := assertRun(t, r, "match 7 unsent 13 sent 7 limit")
	r.Close()
	d.Guard.DailyLimit = 12
	next, _ := d.resumePlanned(t, sum.Run.ID, false)
	assertRun(t, next, "match 12 unsent 8 sent 12 limit")
	if s.requests() != 12 {
		t.Errorf("%d requests", s.requests())
	}
}

// TestLimitOverMidnight: the confirmed calls are those that the limit left on that day,
// even after midnight.
func TestLimitOverMidnight(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	now := time.Date(2026, 11, 30, 15, 59, 0, 0, time.UTC) // 23:59 in Beijing
	d.Now = func() time.Time { return now }
	d.Guard.DailyLimit = 5
	before, _ := d.openPlanned(t, d.writeFile(t, "before.csv", makeTable(3)))
	assertRun(t, before, "match 3 sent 3")
	r, plan := d.openPlanned(t, d.writeFile(t, "a.csv", strings.ReplaceAll(makeTable(10), "张三丰", "李四")))
	if plan.Calls != 10 || plan.Sendable() != 2 {
		t.Errorf("%+v", plan)
	}
	now = now.Add(time.Hour)
	sum := assertRun(t, r, "match 2 unsent 8 sent 2 limit")
	r.Close()
	if _, plan := d.resumePlanned(t, sum.Run.ID, false); plan.Sendable() != 3 {
		t.Errorf("%+v", plan)
	}
}

// TestErrors: errors that keep a run from starting or resuming.
func TestErrors(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	in := d.writeFile(t, "a.csv", makeTable(3))
	b := d.runner()
	refused := func(want batch.Problem, err error) {
		t.Helper()
		var problem *batch.Error
		if !errors.As(err, &problem) || problem.Problem != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	open := func(change func(*batch.Request)) error {
		q := batch.Request{InputPath: in, HeaderRow: batch.DetectHeader, OutputPath: filepath.Join(d.dir, "out.xlsx"), API: juhe.APIQuery}
		change(&q)
		r, err := b.Open(t.Context(), q)
		if r != nil {
			r.Close()
		}
		return err
	}
	refused(batch.ProblemOutInput, open(func(q *batch.Request) { q.OutputPath = in }))
	refused(batch.ProblemOutFormat, open(func(q *batch.Request) { q.OutputPath = "x.json" }))
	refused(batch.ProblemOutExists, open(func(q *batch.Request) { q.OutputPath = d.writeFile(t, "there.csv", "") }))
	refused(batch.ProblemOutFail, open(func(q *batch.Request) { q.OutputPath = filepath.Join(d.dir, "none", "x.csv") }))
	for _, name := range []string{strings.Repeat("长", 84) + ".csv", strings.Repeat("x", 252) + ".csv", "a\x00b.csv"} { // 256 bytes each, and an invalid name
		refused(batch.ProblemOutName, open(func(q *batch.Request) { q.OutputPath = filepath.Join(d.dir, name) }))
	}
	if err := open(func(q *batch.Request) { q.OutputPath = filepath.Join(d.dir, strings.Repeat("x", 251)+".csv") }); err != nil {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(d.dir, "*~")); err != nil || len(left) > 0 {
		t.Error(left, err)
	}
	refused(batch.ProblemMapping, open(func(q *batch.Request) { q.Columns = "entname" }))
	refused(batch.ProblemColumns, open(func(q *batch.Request) { q.InputPath = d.writeFile(t, "b.csv", "a,b\n1,2\n") }))
	refused(batch.ProblemAmbiguous, open(func(q *batch.Request) {
		q.InputPath = d.writeFile(t, "c.csv", "企业名称,企业名称,企业标识,姓名,证件号码\n1,2,3,4,5\n")
	}))
	refused(batch.ProblemNoRow, open(func(q *batch.Request) { q.InputPath = d.writeFile(t, "d.csv", makeTable(0)) }))
	if _, err := b.Resume(t.Context(), 99, false); err == nil {
		t.Error("there is no run 99")
	} else {
		refused(batch.ProblemUnknownRun, err)
	}

	r, _ := d.openPlanned(t, in)
	var second error
	s.setWait(func(n int) {
		if n == 1 {
			_, second = d.runner().Resume(context.Background(), r.Record().ID, false)
		}
	})
	sum := assertRun(t, r, "match 3 sent 3")
	refused(batch.ProblemLocked, second)
	_, err := b.Resume(t.Context(), sum.Run.ID, false)
	refused(batch.ProblemLocked, err) // locked until Close
	r.Close()
	if err := os.WriteFile(sum.Run.OutputPath, []byte("mine now"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = b.Resume(t.Context(), sum.Run.ID, false)
	refused(batch.ProblemOutExists, err)
	os.Remove(sum.Run.OutputPath)
	d.writeFile(t, "a.csv", makeTable(4))
	_, err = b.Resume(t.Context(), sum.Run.ID, false)
	refused(batch.ProblemChanged, err)
	d.writeFile(t, "a.csv", makeTable(3))
	other := newFixture(t, s)
	d.Client = other.Client
	_, err = d.runner().Resume(t.Context(), sum.Run.ID, false)
	refused(batch.ProblemService, err)
	if s.requests() != 3 {
		t.Errorf("%d requests", s.requests())
	}
}

// TestExportUnresolved: an export of unresolved rows can be run again.
func TestExportUnresolved(t *testing.T) {
	t.Parallel()
	s := newService(func(n, time int) string {
		return map[bool]string{true: "match", false: "253504"}[n%2 == 0 || time > 1]
	})
	d := newFixture(t, s)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(6)+makeTable(2)[len("序号,企业名称,统一社会信用代码,姓名,证件号码\r\n"):]))
	sum := assertRun(t, r, "match 3 refused 3 sent 6")
	b := d.runner()
	rest := filepath.Join(d.dir, "rest.csv")
	if n, err := b.Export(t.Context(), sum.Run.ID, rest, true); n != 4 || err != nil {
		t.Fatal(n, err)
	}
	if rows := readTable(t, rest); len(rows) != 5 || len(rows[0]) != 6 || rows[1][0] != "2" || rows[1][5] != "refused   253504" {
		t.Errorf("%q", rows)
	}
	all := filepath.Join(d.dir, "all.xlsx")
	if n, err := b.Export(t.Context(), sum.Run.ID, all, false); n != 8 || err != nil {
		t.Fatal(n, err)
	}
	next, plan := d.openPlanned(t, rest)
	if plan.Duplicate != 1 || plan.Rows != 4 || plan.Unsettled != 3 {
		t.Errorf("%+v", plan)
	}
	sum = assertRun(t, next, "lost 3 sent 0")
	next.Close()
	again := filepath.Join(d.dir, "again.csv") // the reason column is reused
	if n, err := b.Export(t.Context(), sum.Run.ID, again, true); n != 4 || err != nil {
		t.Fatal(n, err)
	}
	if rows := readTable(t, again); len(rows[0]) != 6 || rows[1][5] != "unsettled " {
		t.Errorf("%q", rows)
	}
}

// TestExportHeld: an unsent row does not take the answer of the row behind it.
func TestExportHeld(t *testing.T) {
	t.Parallel()
	d := newFixture(t, newService(alwaysAnswer("match")))
	rows := strings.SplitAfter(flaggedTable, "\r\n")
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", flaggedHeader+rows[2]+rows[0]), func(q *batch.Request) { q.HoldWarned = true })
	sum := assertRun(t, r, "match 1 unsent 1 sent 1")
	r.Close()
	out := filepath.Join(d.dir, "so far.csv")
	if n, err := d.runner().Export(t.Context(), sum.Run.ID, out, false); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if rows := readTable(t, out); rows[1][5] != "unsent" || rows[2][5] != "match" {
		t.Errorf("%q", rows)
	}
}

// TestReplaceOutput: a run that is killed while it replaces its output recognizes both
// the old and the new file.
func TestReplaceOutput(t *testing.T) {
	t.Parallel()
	s := newService(func(n, time int) string {
		return map[bool]string{true: "hang", false: "match"}[n == 1 && time == 1]
	})
	d := newFixture(t, s)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(3)))
	sum := assertRun(t, r, "match 2 lost 1 sent 3")
	r.Close()
	old, err := os.ReadFile(sum.Run.OutputPath)
	if err != nil {
		t.Fatal(err)
	}
	failing := &failingSaves{Ledger: d.ledger, saves: 3} // at the start, at the end, and before the rename
	d.Ledger = failing
	again, _ := d.resumePlanned(t, sum.Run.ID, true)
	if _, err := again.Execute(t.Context()); !errors.Is(err, errSaveFailed) {
		t.Fatal(err)
	}
	again.Close()
	d.Ledger = d.ledger
	if now, err := os.ReadFile(sum.Run.OutputPath); err != nil || string(now) == string(old) {
		t.Errorf("it was not replaced, %v", err)
	}
	for _, text := range [][]byte{nil, old} { // the new file, then the old one
		if text != nil {
			if err := os.WriteFile(sum.Run.OutputPath, text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		r, err := d.runner().Resume(t.Context(), sum.Run.ID, false)
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
}

// failingSaves is a ledger that saves a run only so many times.
type failingSaves struct {
	batch.Ledger
	saves int
}

var errSaveFailed = errors.New("not saved")

func (u *failingSaves) SaveRun(ctx context.Context, r lookup.Run) error {
	if u.saves--; u.saves < 0 {
		return errSaveFailed
	}
	return u.Ledger.SaveRun(ctx, r)
}

// TestPendingElsewhere: a row whose factors somebody else is looking up stays lost, and
// the output does not show the later answer as its own.
func TestPendingElsewhere(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	q, _ := lookup.Check(juhe.Query{API: juhe.APIQuery, Factors: makeFactors(1)}, time.Now())
	rec := lookup.Record{ID: "20261123-120000-elsewher", At: time.Now(), Service: d.Client.Service(), Query: q}
	if ok, err := d.ledger.RecordIntent(t.Context(), rec, func(lookup.Prior) bool { return true }); !ok || err != nil {
		t.Fatal(ok, err)
	}
	b := d.runner()
	b.SetPendingTimeout(0)
	r := openOrResume(t, b, d.writeFile(t, "a.csv", makeTable(3)), 0)
	sum := assertRun(t, r, "match 2 lost 1 sent 2")
	r.Close()
	state, code := 1, 7
	rec.Reply = juhe.Reply{Outcome: juhe.Match, Billable: juhe.BillableYes, State: &state, Code: &code}
	before := readTable(t, sum.Run.OutputPath)[2]
	if err := d.ledger.RecordOutcome(t.Context(), rec); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(d.dir, "later.csv")
	if _, err := d.runner().Export(t.Context(), sum.Run.ID, out, false); err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]string{before, readTable(t, out)[2]} {
		if row[5] != "lost" || row[6] != "unsettled " || row[7] != "" {
			t.Errorf("%q", row)
		}
	}
	next, _ := d.resumePlanned(t, sum.Run.ID, true)
	assertRun(t, next, "match 3 sent 2")
}

// TestOverlap: two simultaneous runs with the same rows pay once for each row and both
// get all answers.
func TestOverlap(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	s.setWait(waitForAll(8)) // no answer before both runs have sent
	var runs []<-chan batch.Summary
	for _, name := range []string{"a.csv", "b.csv"} {
		r, _ := d.openPlanned(t, d.writeFile(t, name, makeTable(40)))
		runs = append(runs, startRun(t, r))
	}
	sent := 0
	for _, run := range runs {
		sum := <-run
		if sum.ByOutcome[juhe.Match] != 40 || !sum.IsFinished() {
			t.Errorf("%s", formatCounts(sum))
		}
		sent += sum.Sent
	}
	if s.requests() != 40 || sent != 40 {
		t.Errorf("%d requests, %d sent", s.requests(), sent)
	}
}

// TestDeleted: a row whose lookup was deleted from the history is not sent again, and
// its row says so.
func TestDeleted(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("match"))
	d := newFixture(t, s)
	r, _ := d.openPlanned(t, d.writeFile(t, "a.csv", makeTable(3)))
	sum := assertRun(t, r, "match 3 sent 3")
	r.Close()
	id := readTable(t, sum.Run.OutputPath)[1][13]
	if n, err := d.ledger.Delete(t.Context(), id); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	os.Remove(sum.Run.OutputPath)
	next, plan := d.resumePlanned(t, sum.Run.ID, true)
	if plan.Calls != 0 {
		t.Errorf("%+v", plan)
	}
	assertRun(t, next, "match 3 sent 3")
	if rows := readTable(t, sum.Run.OutputPath); rows[1][5] != "match" || rows[1][6] != "deleted" || rows[2][6] == "deleted" {
		t.Errorf("%q", rows[1])
	}
}

// TestRateLimitedForEver: a permanent rate limit stops the run after ten rows were
// given up.
func TestRateLimitedForEver(t *testing.T) {
	t.Parallel()
	s := newService(alwaysAnswer("10011"))
	d := newFixture(t, s, func(o *batch.Options) { o.Concurrency = 16 })
	b := d.runner()
	b.SetBackoff(100 * time.Microsecond)
	r := openOrResume(t, b, d.writeFile(t, "a.csv", makeTable(100)), 0)
	sum, err := r.Execute(t.Context())
	if err != nil || formatCounts(sum) != "unsent 100 sent 0 unwell" || s.requests() != 60 {
		t.Errorf("%s, %d requests, %v", formatCounts(sum), s.requests(), err)
	}
}
