package batch_test

import (
	"cmp"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/batch"
	"fourfactor/ui/i18n"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// fixture is a batch screen with a mock service and a ledger in a temporary folder.
type fixture struct {
	*batch.Screen
	*uitest.Driver
	t        testing.TB
	words    *i18n.Messages
	dir, url string
	service  *service
	ledger   *sqlite.Ledger
	clock    *clock
	terminal *terminal
}

// clock is a clock that a test advances.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// terminal records sequences that draw nothing.
type terminal struct {
	mu   sync.Mutex
	sent string
}

func (t *terminal) Send(sequence string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent += sequence
	return nil
}

func (t *terminal) sequences() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sent
}

// service is the mock service behind a gate. Requests wait until the gate is open.
type service struct {
	*mockserver.Server
	gate    chan struct{}
	arrived chan struct{}

	mu       sync.Mutex
	received []received
}

// received is a request.
type received struct{ endpoint, entname, regstatus string }

func newService(gated bool) *service {
	s := &service{Server: mockserver.New(mockserver.Key, mockserver.Openid), gate: make(chan struct{}), arrived: make(chan struct{}, 1000)}
	if !gated {
		close(s.gate)
	}
	return s
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.ParseForm() // needed to notice that the client has gone
	if s.arrived != nil {
		s.mu.Lock()
		s.received = append(s.received, received{path.Base(r.URL.Path), r.Form.Get("entname"), r.Form.Get("regstatus")})
		s.mu.Unlock()
		s.arrived <- struct{}{}
	}
	select {
	case <-s.gate:
	case <-r.Context().Done():
		return
	}
	s.Server.ServeHTTP(w, r)
}

// requests returns the requests so far.
func (s *service) requests() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.received)
}

type fixtureOptions struct {
	lang    string
	gated   bool
	screen  func(*batch.Options)
	engine  func(*engine.Options)
	guard   lookup.Guard // instead of 24 hours
	service *service
	dir     string // dir and url of an earlier fixture; empty for new ones
	url     string
	sealed  bool // the ledger is encrypted
}

func newFixture(t testing.TB, set fixtureOptions) *fixture {
	t.Helper()
	w := i18n.For(set.lang, nil)
	d := &fixture{
		t: t, words: w, dir: cmp.Or(set.dir, t.TempDir()), service: set.service, terminal: &terminal{},
		clock: &clock{now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)},
	}
	if d.service == nil {
		d.service = newService(set.gated)
	}
	d.url = set.url
	if d.url == "" {
		d.url = juhetest.NewServer(t, d.service)
	}
	lo := sqlite.Options{Path: filepath.Join(d.dir, "data", "ledger.db"), Encryption: sqlite.EncryptionNone, User: "老王", Now: d.clock.Now}
	if set.sealed {
		lo.Encryption, lo.KeyFile = sqlite.EncryptionKeyfile, filepath.Join(d.dir, "config", "ledger.key")
	}
	d.ledger = sqlite.New(lo)
	t.Cleanup(func() { d.ledger.Close() })
	client := juhetest.NewClient(t, juhetest.ClientOptions(d.url))
	eo := engine.Options{
		Verifier: lookup.New(client, d.ledger, cmp.Or(set.guard, lookup.Guard{RepeatWithin: 24 * time.Hour}), d.clock.Now), Ledger: d.ledger,
		Messages: w, Now: d.clock.Now, Concurrency: 4, Interactive: true,
	}
	if set.engine != nil {
		set.engine(&eo)
	}
	o := batch.Options{
		Common: widget.Common{Messages: w, Theme: uitest.Theme("dark", "rounded"), Keys: uitest.Keys(w)}, Runner: engine.New(eo),
		Terminal: d.terminal, Now: d.clock.Now, Query: juhe.Query{API: juhe.APIQuery},
		Home: d.dir, WorkDir: d.dir,
	}
	if set.screen != nil {
		set.screen(&o)
	}
	d.Screen = batch.New(o)
	d.Driver = uitest.NewDriver(t, d.Screen)
	d.AnyWrap = true
	d.SetSize(100, 30)
	t.Cleanup(func() { d.Cancel(); d.Close() })
	return d
}

// writeFile writes a file into the folder of the fixture.
func (d *fixture) writeFile(name, text string) string {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

const head = "序号,公司名称,信用代码,法定代表人,身份证号\n"

// makeTable returns a table of the mock service's companies, with other names where
// given.
func makeTable(names ...string) string {
	var b strings.Builder
	b.WriteString(head)
	for i, name := range names {
		c := mockserver.Companies()[i%len(mockserver.Companies())]
		if name != "" {
			c.Entname = name
		}
		fmt.Fprintf(&b, "%d,%s,%s,%s,%s\n", i+1, c.Entname, c.Entmark, c.Realname, c.Idcard)
	}
	return b.String()
}

// makeRows returns a table of n different rows. The first one matches, because a run
// without any match pauses.
func makeRows(n int) string { return makeRowsOf(n, "") }

// makeRowsOf returns a table of n persons of the same company.
func makeRowsOf(n int, entname string) string {
	var b strings.Builder
	b.WriteString(head)
	c := mockserver.Companies()[0]
	for i := range n {
		if i == 0 && entname == "" {
			fmt.Fprintf(&b, "1,%s,%s,%s,%s\n", c.Entname, c.Entmark, c.Realname, c.Idcard)
			continue
		}
		name := cmp.Or(entname, fmt.Sprintf("北京晨星虚构科技%d号有限公司", i))
		number := fmt.Sprintf("11010519%02d%02d%02d%03d", 50+i%40, 1+i%12, 1+i%28, i%1000)
		fmt.Fprintf(&b, "%d,%s,%s,%s,%s\n", i+1, name, c.Entmark, c.Realname+string(rune('一'+i/1000)), withCheckDigit(number))
	}
	return b.String()
}

// withCheckDigit returns a document number with its check digit.
func withCheckDigit(number string) string {
	sum := 0
	for i, r := range number {
		sum += int(r-'0') * (1 << (17 - i) % 11)
	}
	return number + string("10X98765432"[sum%11])
}

// runUntil runs commands and delivers their messages until done is true.
func (d *fixture) runUntil(done func() bool, cmds ...tea.Cmd) {
	d.t.Helper()
	d.Until(tea.Batch(cmds...), done)
}

// messages runs a command and those of a batch, and returns their messages.
func (d *fixture) messages(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	batch, ok := msg.(tea.BatchMsg)
	if !ok {
		return []tea.Msg{msg}
	}
	var all []tea.Msg
	for _, cmd := range batch {
		all = append(all, d.messages(cmd)...)
	}
	return all
}

// deliver delivers messages.
func (d *fixture) deliver(all []tea.Msg) {
	for _, msg := range all {
		d.Update(msg)
	}
}

// assertStatus checks the last status message.
func (d *fixture) assertStatus(severity widget.Severity, text string) {
	d.t.Helper()
	want := widget.StatusMsg{Severity: severity, Text: text}
	if len(d.Statuses) == 0 || d.Statuses[len(d.Statuses)-1] != want {
		d.t.Errorf("got statuses %v, want %v last", d.Statuses, want)
	}
}

// assertRequests checks how many requests the service has received.
func (d *fixture) assertRequests(want int) {
	d.t.Helper()
	if got := len(d.service.requests()); got != want {
		d.t.Errorf("got %d requests, want %d", got, want)
	}
}

// waitTask waits for the end of the task that a command runs. During a task help has only
// the key that cancels it.
func (d *fixture) waitTask(cmd tea.Cmd) {
	d.t.Helper()
	d.runUntil(func() bool { return len(d.Keys().ShortHelp()) > 1 }, cmd)
}

// openColumns opens the columns page of a file.
func (d *fixture) openColumns(path string) {
	d.t.Helper()
	d.runUntil(func() bool { return true }, d.Open())
	d.UntilShown(d.Press("n", "ctrl+u", path, "enter"), d.words.Batch.ColumnsHint)
}

// openPlan opens the plan of a file and waits until it can be confirmed.
func (d *fixture) openPlan(path string) {
	d.t.Helper()
	d.openColumns(path)
	d.UntilShown(d.Press("enter"), d.words.Runs.Plan.Rows, d.words.Runs.Plan.Calls)
	d.clock.advance(time.Second)
}

// startRun starts a run of a file.
func (d *fixture) startRun(path string) tea.Cmd {
	d.t.Helper()
	d.openPlan(path)
	return d.Press("y")
}

// runUntilEnded waits for the end of the run.
func (d *fixture) runUntilEnded(cmd tea.Cmd) {
	d.t.Helper()
	d.runUntil(func() bool { return !d.IsRunning() }, cmd)
}

// outputs returns the output files.
func (d *fixture) outputs() []string {
	d.t.Helper()
	all, err := filepath.Glob(filepath.Join(d.dir, "*"+d.words.Batch.Suffix+"*"))
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}
