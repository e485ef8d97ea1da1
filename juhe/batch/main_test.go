package batch_test

import (
	"crypto/rand"
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// testMessages returns its arguments as texts.
type testMessages struct{}

func (m testMessages) Meaning(r lookup.Record) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %d", r.Reply.Outcome, m.FaultMeaning(r.Reply.Fault), r.Code()))
}
func (testMessages) FaultMeaning(f juhe.Fault) string { return string(f.Kind) + " " + f.Detail }
func (testMessages) Warning(w ident.Warning) string {
	return fmt.Sprint(w.Factor, " ", w.Rule, " ", w.Kind, w.Placeholder, w.Changes, w.Findings)
}

func (testMessages) Earlier(earlier lookup.Record, answered bool) string {
	return fmt.Sprint(earlier.At.Format(time.DateTime), earlier.Query.API, earlier.Reply.Outcome, answered)
}
func (testMessages) ColumnTitle(c batch.Column) string   { return "r_" + string(c) }
func (testMessages) OutcomeName(o juhe.Outcome) string   { return string(o) }
func (testMessages) BillableName(b juhe.Billable) string { return string(b) }

func (m testMessages) RowMeaning(i batch.RowIssue) string {
	switch {
	case i.Fault.ExtraCells != 0:
		return fmt.Sprint(i.Fault.Problem, " ", i.Fault.ExtraCells)
	case i.Fault.Problem != "":
		return i.Fault.Factor + " " + i.Fault.Problem
	case len(i.Fault.Warnings) > 0:
		return "held: " + m.RowWarnings(i.Fault.Warnings)
	case i.Reused && i.Outcome == juhe.Lost:
		return string(i.LostReason) + " "
	case i.Record.ID != "":
		return m.Meaning(i.Record)
	case i.Outcome == "":
		return "not yet"
	}
	return "deleted"
}

func (m testMessages) RowWarnings(warnings []ident.Warning) string {
	var all []string
	for _, w := range warnings {
		all = append(all, m.Warning(w))
	}
	return strings.Join(all, "; ")
}

func (testMessages) Duplicate(row int) string { return fmt.Sprint("as row ", row) }

// fixture is a mock service and a ledger in a temporary folder.
type fixture struct {
	batch.Options // a nil Verifier stands for a new one of each runner
	Client        lookup.Client
	Guard         lookup.Guard
	dir           string
	ledger        *sqlite.Ledger
}

// newFixture returns a fixture whose service is handler.
func newFixture(t testing.TB, handler http.Handler, change ...func(*batch.Options)) *fixture {
	t.Helper()
	return newFixtureAt(t, juhetest.NewServer(t, handler), change...)
}

// newFixtureAt returns a fixture whose service is at url.
func newFixtureAt(t testing.TB, url string, change ...func(*batch.Options)) *fixture {
	t.Helper()
	d := &fixture{dir: t.TempDir(), Client: juhetest.NewClient(t, juhetest.ClientOptions(url)), Guard: lookup.Guard{RepeatWithin: 24 * time.Hour}}
	d.ledger = sqlite.New(sqlite.Options{
		Path: filepath.Join(d.dir, "data", "ledger.db"), KeyFile: filepath.Join(d.dir, "ledger.key"), Now: time.Now,
	})
	t.Cleanup(func() { d.ledger.Close() })
	d.Options = batch.Options{
		Ledger: d.ledger, Messages: testMessages{}, Now: time.Now, Concurrency: 4,
	}
	for _, c := range change {
		c(&d.Options)
	}
	return d
}

// runner returns a Runner with the options of the fixture.
func (d *fixture) runner() *batch.Runner {
	o := d.Options
	if o.Verifier == nil {
		o.Verifier = lookup.New(d.Client, d.Ledger, d.Guard, d.Now)
	}
	return batch.New(o)
}

// writeFile writes a file into the folder of the fixture.
func (d *fixture) writeFile(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// openPlanned opens and plans a new run.
func (d *fixture) openPlanned(t testing.TB, path string, change ...func(*batch.Request)) (*batch.Run, batch.Plan) {
	t.Helper()
	q := batch.Request{InputPath: path, HeaderRow: batch.DetectHeader, OutputPath: path + ".out.csv", API: juhe.APIQuery}
	for _, c := range change {
		c(&q)
	}
	r, err := d.runner().Open(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	p, err := r.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r, p
}

// makeTable returns a table of n different rows.
func makeTable(n int) string {
	var b strings.Builder
	b.WriteString("序号,企业名称,统一社会信用代码,姓名,证件号码\r\n")
	for i := range n {
		f := makeFactors(i)
		fmt.Fprintf(&b, "%d,%s,%s,%s,%s\r\n", i+1, f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard])
	}
	return b.String()
}

func makeFactors(i int) juhe.Factors {
	base := fmt.Sprintf("110105%04d%02d%02d%03d", 1950+i%50, 1+i/50%12, 1+i/600%28, i/16800%1000)
	return juhe.Factors{
		juhe.Entname: fmt.Sprintf("北京晨星虚构科技%d号有限公司", i), juhe.Entmark: fmt.Sprintf("91110199MAYY%06d", i%1000000),
		juhe.Realname: "张三丰", juhe.Idcard: base + "X",
	}
}

// writeAnswer writes an answer: match, mismatch, an error code, unclear, or hang for a
// dropped connection.
func writeAnswer(w http.ResponseWriter, what string) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	switch what {
	case "match":
		fmt.Fprintf(w, verdict, rand.Text(), 1, 7, "企业法人/负责人")
	case "mismatch":
		fmt.Fprintf(w, verdict, rand.Text(), 2, -22, "姓名不一致")
	case "-21", "-22", "-23", "-26":
		fmt.Fprintf(w, verdict, rand.Text(), 2, what, "不一致")
	case "unclear":
		fmt.Fprint(w, "<html>")
	case "hang":
		panic(http.ErrAbortHandler)
	default:
		fmt.Fprintf(w, `{"reason":"x","result":null,"error_code":%s}`, what)
	}
}

const verdict = `{"reason":"成功","result":{"orderid":"%s","state":%d,"detail":{"code":%v,"desc":"%s"}},"error_code":0}`

// service answers each row, identified by the number in its company's name, and counts
// the requests.
type service struct {
	mu         sync.Mutex
	countByRow map[int]int
	order      []int
	answerFor  func(n, time int) string
	wait       func(n int) // called before the answer
}

func newService(answerFor func(n, time int) string) *service {
	return &service{countByRow: map[int]int{}, answerFor: answerFor, wait: func(int) {}}
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, r.FormValue("entname")))
	if err != nil {
		panic(err)
	}
	s.mu.Lock()
	s.countByRow[n]++
	s.order = append(s.order, n)
	time, wait, say := s.countByRow[n], s.wait, s.answerFor
	s.mu.Unlock()
	wait(n)
	writeAnswer(w, say(n, time))
}

// setWait sets a function that is called before each answer.
func (s *service) setWait(wait func(n int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wait = wait
}

// waitForAll returns a wait function that holds requests until n have arrived.
func waitForAll(n int64) func(int) {
	var count atomic.Int64
	there := make(chan struct{})
	return func(int) {
		if count.Add(1) == n {
			close(there)
		}
		<-there
	}
}

// onNth calls do when the nth request arrives. Later requests wait for its end.
func (s *service) onNth(n int64, do func()) {
	var count atomic.Int64
	done := make(chan struct{})
	s.setWait(func(int) {
		switch is := count.Add(1); {
		case is == n:
			do()
			close(done)
		case is > n:
			<-done
		}
	})
}

func (s *service) requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.order)
}

func (s *service) requestsFor(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.countByRow[n]
}

// setAnswers sets the answers.
func (s *service) setAnswers(say func(n, time int) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answerFor = say
}

// answerNth answers odd to the nth request and same to all others.
func (s *service) answerNth(n int64, odd, same string) {
	var count atomic.Int64
	s.setAnswers(func(int, int) string {
		if count.Add(1) == n {
			return odd
		}
		return same
	})
}

// alwaysAnswer returns the same answer for every row.
func alwaysAnswer(what string) func(int, int) string { return func(int, int) string { return what } }

// formatCounts formats the counts of a summary that are not 0.
func formatCounts(s batch.Summary) string {
	text := ""
	for _, o := range juhe.Outcomes() {
		if n := s.ByOutcome[o]; n != 0 {
			text += fmt.Sprintf("%s %d ", o, n)
		}
	}
	return strings.TrimSpace(fmt.Sprintf("%ssent %d %s", text, s.Sent, s.Run.StopReason))
}

// assertRun executes a run and compares its counts.
func assertRun(t testing.TB, r *batch.Run, want string) batch.Summary {
	t.Helper()
	s, err := r.Execute(t.Context())
	if err != nil || formatCounts(s) != want {
		t.Fatalf("%s, want %s, %v", formatCounts(s), want, err)
	}
	return s
}

// resumePlanned resumes and plans a run.
func (d *fixture) resumePlanned(t testing.TB, id lookup.RunID, resend bool) (*batch.Run, batch.Plan) {
	t.Helper()
	r, err := d.runner().Resume(t.Context(), id, resend)
	if err != nil {
		t.Fatal(err)
	}
	p, err := r.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r, p
}

// openOrResume opens or resumes a run and plans it.
func openOrResume(t *testing.T, b *batch.Runner, path string, id lookup.RunID) (r *batch.Run) {
	t.Helper()
	var err error
	if id == 0 {
		r, err = b.Open(t.Context(), batch.Request{InputPath: path, HeaderRow: batch.DetectHeader, OutputPath: path + ".out.csv", API: juhe.APIQuery})
	} else {
		r, err = b.Resume(t.Context(), id, false)
	}
	if err == nil {
		_, err = r.Plan(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// readTable reads an output.
func readTable(t testing.TB, path string) [][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
