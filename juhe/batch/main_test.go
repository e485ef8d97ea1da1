package batch_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/standin"
)

// plainWords are words that say the thing itself.
type plainWords struct{}

func (plainWords) Meaning(outcome, fault, detail string, code int) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %d", outcome, fault, detail, code))
}
func (plainWords) Next(string, int) string { return "" }
func (plainWords) Remark(field, rule, kind string, changes []string) string {
	return field + " " + rule + " " + kind + strings.Join(changes, ",")
}

func (plainWords) Earlier(at, api, outcome string, answered bool) string {
	return fmt.Sprint(at, api, outcome, answered)
}

func (plainWords) Ledger(problem, path, aside, detail string) string {
	return problem + path + aside + detail
}
func (plainWords) ResultColumn(name string) string       { return "r_" + name }
func (plainWords) OutcomeName(outcome string) string     { return outcome }
func (plainWords) BillableName(billable string) string   { return billable }
func (plainWords) RowFault(field, problem string) string { return field + " " + problem }
func (plainWords) Duplicate(row int) string              { return fmt.Sprint("as row ", row) }
func (plainWords) NotYet() string                        { return "not yet" }
func (plainWords) Deleted() string                       { return "deleted" }

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
	d := &desk{dir: t.TempDir()}
	d.ledger = ledger.New(ledger.Options{
		Path: filepath.Join(d.dir, "data", "ledger.db"), KeyFile: filepath.Join(d.dir, "ledger.key"), Now: time.Now,
	})
	t.Cleanup(func() { d.ledger.Close() })
	key := func(context.Context) (string, error) { return standin.Key, nil }
	client, err := juhe.New(juhe.Options{BaseURL: server.URL, Timeout: 10 * time.Second, Key: key, Openid: key})
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

// agrees answers every look-up at once, with a match.
func agrees(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	fmt.Fprint(w, `{"reason":"成功","result":{"orderid":"JH5352026112312000000001","state":1,"detail":{"code":7,"desc":"企业法人/负责人","regstatus":""}},"error_code":0}`)
}

var _ = ident.Entname
