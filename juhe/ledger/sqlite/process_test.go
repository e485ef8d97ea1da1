package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// The environment of a child: this test program running as a process that makes lookups.
const (
	childDir   = "FOURFACTOR_TEST_DIR"
	childURL   = "FOURFACTOR_TEST_URL"
	childName  = "FOURFACTOR_TEST_NAME"
	childCount = "FOURFACTOR_TEST_COUNT"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(runChild(dir))
	}
	os.Exit(m.Run())
}

// runChild makes lookups and acknowledges each on a line: its ID, outcome and company.
func runChild(dir string) int {
	count, err := strconv.Atoi(os.Getenv(childCount))
	if err != nil {
		return 2
	}
	o := options(dir)
	o.Now = time.Now
	l := sqlite.New(o)
	client, err := juhe.New(juhetest.ClientOptions(os.Getenv(childURL)))
	if err != nil {
		fmt.Println("error", err)
		return 1
	}
	verifier := lookup.New(client, l, lookup.Guard{RepeatWithin: time.Hour}, time.Now)
	for n := range count {
		query := juhetest.QueryNamed(juhe.APIQuery, fmt.Sprintf("虚构%s之%d公司", os.Getenv(childName), n))
		rec, err := verifier.Do(context.Background(), query, lookup.Consent{})
		if err != nil || rec.RecordErr != nil {
			fmt.Println("error", err, rec.RecordErr)
			return 1
		}
		fmt.Println(rec.ID, rec.Reply.Outcome, query.Factors[juhe.Entname])
	}
	if err := l.Close(); err != nil {
		fmt.Println("error", err)
		return 1
	}
	return 0
}

// startChild starts a child and calls line for each line that it prints.
func startChild(t *testing.T, dir, url, name string, count int, line func(string)) (cmd *exec.Cmd, ended func() error) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, childURL+"="+url, childName+"="+name, childCount+"="+strconv.Itoa(count),
		"GORACE=atexit_sleep_ms=0")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			line(lines.Text())
		}
	}()
	return cmd, func() error { <-read; return cmd.Wait() }
}

// TestKilled kills a process at random moments: after the service has received a
// request, after it has answered, and in between. Every acknowledged lookup is recorded,
// and every request was recorded before the service received it.
func TestKilled(t *testing.T) {
	t.Parallel()
	kills := 20
	if *longTests {
		kills = 500
	}
	dir := t.TempDir()
	o := options(dir)
	o.Now = time.Now
	watcher := sqlite.New(o)
	defer watcher.Close()

	server := httptest.NewUnstartedServer(nil)
	defer server.Close()
	url := "http://" + server.Listener.Addr().String()
	var mu sync.Mutex
	seen := map[string]bool{}
	moment := make(chan struct{}, 1) // one is put in when it is time to kill
	kill := func(odds int) {
		if rand.IntN(odds) == 0 {
			select {
			case moment <- struct{}{}:
			default:
			}
		}
	}
	service := mockserver.New(mockserver.Key, mockserver.Openid)
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		factors := juhe.Factors{
			juhe.Entname: r.FormValue("entname"), juhe.Entmark: r.FormValue("entmark"),
			juhe.Realname: r.FormValue("realname"), juhe.Idcard: r.FormValue("idcard"),
		}
		prior, err := watcher.Prior(context.WithoutCancel(r.Context()), lookup.Record{
			At: time.Now(), Service: url, Query: juhe.Query{API: juhe.APIQuery, Factors: factors},
		})
		if err != nil || prior.Pending == nil && len(prior.Concluded) == 0 {
			t.Errorf("the service saw %s, which is not recorded: %v", factors[juhe.Entname], err)
		}
		mu.Lock()
		seen[factors[juhe.Entname]] = true
		mu.Unlock()
		kill(20)
		service.ServeHTTP(w, r)
		kill(20)
	})
	server.Start()

	acknowledged := map[string]string{}
	for n := range kills {
		cmd, ended := startChild(t, dir, url, strconv.Itoa(n), 1000, func(line string) {
			id, rest, _ := strings.Cut(line, " ")
			if id == "error" {
				t.Error(line)
			}
			mu.Lock()
			acknowledged[id] = rest
			mu.Unlock()
			kill(20)
		})
		<-moment
		for until := time.Now().Add(time.Duration(rand.IntN(1000)) * time.Microsecond); time.Now().Before(until); {
		}
		cmd.Process.Kill()
		ended()
		select {
		case <-moment:
		default:
		}
	}
	mu.Lock()
	defer mu.Unlock()
	started := time.Now()
	after := sqlite.New(o)
	defer after.Close()
	if err := after.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d kills, %d acknowledged, %d received; the next start took %s", kills, len(acknowledged), len(seen), time.Since(started))
	checkStream(t, after, acknowledged, seen)
}

// checkStream compares a ledger with what its processes have acknowledged and what the
// service has received.
func checkStream(t *testing.T, l *sqlite.Ledger, acknowledged map[string]string, seen map[string]bool) {
	t.Helper()
	ledgertest.Check(t, "pending", ledgertest.MustVerify(t, l).Pending, 0)
	for id, rest := range acknowledged {
		outcome, entname, _ := strings.Cut(rest, " ")
		rec, ok, err := l.Get(t.Context(), id)
		if err != nil || !ok {
			t.Errorf("%s %s: got %t, %v", id, rest, ok, err)
			continue
		}
		ledgertest.Check(t, id+": outcome", string(rec.Reply.Outcome), outcome)
		ledgertest.Check(t, id+": company", rec.Query.Factors[juhe.Entname], entname)
	}
	search := lookup.Search{Limit: 500}
	for {
		page, err := l.Search(t.Context(), search)
		if err != nil {
			t.Fatal(err)
		}
		for _, rec := range page.Records {
			delete(seen, rec.Query.Factors[juhe.Entname])
		}
		if search.After = page.Next; !page.More {
			break
		}
	}
	for entname := range seen {
		t.Errorf("the service saw %s, which is not in the ledger", entname)
	}
}

// TestProcesses runs several processes on one ledger and expects no lookup to be lost.
func TestProcesses(t *testing.T) {
	t.Parallel()
	processes, count := 8, 30
	if *longTests {
		count = 200
	}
	dir := t.TempDir()
	server := httptest.NewServer(mockserver.New(mockserver.Key, mockserver.Openid))
	defer server.Close()
	var mu sync.Mutex
	acknowledged := map[string]string{}
	var ends []func() error
	for p := range processes {
		_, ended := startChild(t, dir, server.URL, strconv.Itoa(p), count, func(line string) {
			mu.Lock()
			defer mu.Unlock()
			id, rest, _ := strings.Cut(line, " ")
			if id == "error" {
				t.Error(line)
			}
			acknowledged[id] = rest
		})
		ends = append(ends, ended)
	}
	for _, ended := range ends {
		if err := ended(); err != nil {
			t.Error(err)
		}
	}
	o := options(dir)
	o.Now = time.Now
	l := sqlite.New(o)
	defer l.Close()
	checkStream(t, l, acknowledged, map[string]bool{})
	ledgertest.Check(t, "acknowledged", len(acknowledged), processes*count)
	ledgertest.Check(t, "lookups", ledgertest.MustVerify(t, l).Lookups, processes*count)
	if today, err := l.SentToday(t.Context()); err != nil || today != processes*count {
		t.Errorf("got %v, %v, want %v", today, err, processes*count)
	}
}
