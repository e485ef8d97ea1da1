package batch_test

import (
	"context"
	"crypto/rand"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
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
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// plainWords are words that say the thing itself.
type plainWords struct{}

func (plainWords) Meaning(outcome, fault, detail string, code int) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %d", outcome, fault, detail, code))
}
func (plainWords) NextStep(string, string, int) string { return "" }
func (plainWords) Warning(field, rule, kind string, changes []string) string {
	return field + " " + rule + " " + kind + strings.Join(changes, ",")
}

func (plainWords) Earlier(at, api, outcome string, answered bool) string {
	return fmt.Sprint(at, api, outcome, answered)
}

func (plainWords) FromLedger(at, api, meaning string) string { return at + api + meaning }

func (plainWords) Ledger(problem, path, aside, detail string) string {
	return problem + path + aside + detail
}
func (plainWords) ResultColumn(name string) string     { return "r_" + name }
func (plainWords) OutcomeName(outcome string) string   { return outcome }
func (plainWords) BillableName(billable string) string { return billable }
func (plainWords) RowFault(field, problem string, cells int) string {
	if cells == 0 {
		return field + " " + problem
	}
	return fmt.Sprint(problem, " ", cells)
}

func (plainWords) Duplicate(row int) string { return fmt.Sprint("as row ", row) }
func (plainWords) NotYet() string           { return "not yet" }
func (plainWords) Held(w string) string     { return "held: " + w }
func (plainWords) Deleted() string          { return "deleted" }

// desk is what a test runs batches with: a stand-in, a ledger, and the folder
// they are in.
type desk struct {
	batch.Options
	dir    string
	ledger *ledger.Ledger
}

// newDesk makes one whose service is handler.
func newDesk(t testing.TB, handler http.Handler, change ...func(*batch.Options)) *desk {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return deskAt(t, server.URL, change...)
}

// deskAt makes one whose service is at url.
func deskAt(t testing.TB, url string, change ...func(*batch.Options)) *desk {
	t.Helper()
	d := &desk{dir: t.TempDir()}
	d.ledger = ledger.New(ledger.Options{
		Path: filepath.Join(d.dir, "data", "ledger.db"), KeyFile: filepath.Join(d.dir, "ledger.key"), Now: time.Now,
	})
	t.Cleanup(func() { d.ledger.Close() })
	key := func(context.Context) (string, error) { return mockserver.Key, nil }
	client, err := juhe.New(juhe.Options{BaseURL: url, Timeout: 10 * time.Second, Key: key, Openid: key})
	if err != nil {
		t.Fatal(err)
	}
	d.Options = batch.Options{
		Caller: client, Ledger: d.ledger, Guard: lookup.Guard{RepeatWithin: 24 * time.Hour},
		Words: plainWords{}, Now: time.Now, Concurrency: 4,
	}
	for _, c := range change {
		c(&d.Options)
	}
	return d
}

// file writes a file into the desk's folder.
func (d *desk) file(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// opened is a new run of a file, planned.
func (d *desk) opened(t testing.TB, path string, change ...func(*batch.Request)) (*batch.Run, batch.Plan) {
	t.Helper()
	q := batch.Request{Path: path, Head: batch.Find, Out: path + ".out.csv", API: juhe.APIQuery}
	for _, c := range change {
		c(&q)
	}
	r, err := batch.New(d.Options).Open(t.Context(), q)
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

// invented is a table of n rows that nobody has asked about.
func invented(n int) string {
	var b strings.Builder
	b.WriteString("序号,企业名称,统一社会信用代码,姓名,证件号码\r\n")
	for i := range n {
		f := factors(i)
		fmt.Fprintf(&b, "%d,%s,%s,%s,%s\r\n", i+1, f.Entname, f.Entmark, f.Realname, f.Idcard)
	}
	return b.String()
}

func factors(i int) juhe.Factors {
	base := fmt.Sprintf("110105%04d%02d%02d%03d", 1950+i%50, 1+i/50%12, 1+i/600%28, i/16800%1000)
	return juhe.Factors{
		Entname: fmt.Sprintf("北京晨星虚构科技%d号有限公司", i), Entmark: fmt.Sprintf("91110199MAYY%06d", i%1000000),
		Realname: "张三丰", Idcard: base + "X",
	}
}

// answer writes an answer: match, mismatch, the digits of an error code, or
// unclear. hang is for none at all.
func answer(w http.ResponseWriter, what string) {
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

// service answers as it is told for the number in a company's name, and counts.
type service struct {
	mu    sync.Mutex
	seen  map[int]int
	order []int
	say   func(n, time int) string
	wait  func(n int) // before the answer
}

func newService(say func(n, time int) string) *service {
	return &service{seen: map[int]int{}, say: say, wait: func(int) {}}
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
	s.seen[n]++
	s.order = append(s.order, n)
	time, wait, say := s.seen[n], s.wait, s.say
	s.mu.Unlock()
	wait(n)
	answer(w, say(n, time))
}

// waits sets what is waited for, while requests of other processes may come in.
func (s *service) waits(wait func(n int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wait = wait
}

// together holds requests until so many are there.
func together(n int64) func(int) {
	var count atomic.Int64
	there := make(chan struct{})
	return func(int) {
		if count.Add(1) == n {
			close(there)
		}
		<-there
	}
}

// nth has do done as the nth request comes in. Those that come later wait for it,
// however slow this machine is.
func (s *service) nth(n int64, do func()) {
	var count atomic.Int64
	done := make(chan struct{})
	s.waits(func(int) {
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

func (s *service) times(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[n]
}

// says sets what is said.
func (s *service) says(say func(n, time int) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.say = say
}

// nthAnswer says odd once, as the nth answer, and else the same.
func (s *service) nthAnswer(n int64, odd, same string) {
	var count atomic.Int64
	s.says(func(int, int) string {
		if count.Add(1) == n {
			return odd
		}
		return same
	})
}

// always says the same.
func always(what string) func(int, int) string { return func(int, int) string { return what } }

// counts are a summary's, without those that are 0.
func counts(s batch.Summary) string {
	text := ""
	for _, o := range juhe.Outcomes() {
		if n := s.Outcome[o]; n != 0 {
			text += fmt.Sprintf("%s %d ", o, n)
		}
	}
	return strings.TrimSpace(fmt.Sprintf("%ssent %d %s", text, s.Sent, s.Run.StopReason))
}

// went runs to the end.
func went(t testing.TB, r *batch.Run, want string) batch.Summary {
	t.Helper()
	s, err := r.Go(t.Context())
	if err != nil || counts(s) != want {
		t.Fatalf("%s, want %s, %v", counts(s), want, err)
	}
	return s
}

// resumed is a run that is taken up again, planned.
func (d *desk) resumed(t testing.TB, id lookup.RunID, resend bool) (*batch.Run, batch.Plan) {
	t.Helper()
	r, err := batch.New(d.Options).Resume(t.Context(), id, resend)
	if err != nil {
		t.Fatal(err)
	}
	p, err := r.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r, p
}

// begin opens a run, or takes it up again, and plans it.
func begin(t *testing.T, b *batch.Batch, path string, id lookup.RunID) (r *batch.Run) {
	t.Helper()
	var err error
	if id == 0 {
		r, err = b.Open(t.Context(), batch.Request{Path: path, Head: batch.Find, Out: path + ".out.csv", API: juhe.APIQuery})
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

// table reads an output.
func table(t testing.TB, path string) [][]string {
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
