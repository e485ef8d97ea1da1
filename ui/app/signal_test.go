package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
)

var seed = flag.Uint64("seed", 0, "seed of the random moments; 0 for a new one each time")

// TestSignalMoments sends signals at random moments to the console, plain, check
// and batch. Every answer that the service sent is in the history, nothing is
// sent twice, and the exit code is the specified one.
func TestSignalMoments(t *testing.T) {
	t.Parallel()
	rounds := 1
	if *full {
		rounds = 7
	}
	from := *seed
	if from == 0 {
		from = rand.Uint64()
	}
	t.Logf("-seed %d", from)
	random := rand.New(rand.NewPCG(from, 0))
	modes := []string{"check", "batch", "plain", "console"}
	stopped := modes[random.IntN(len(modes))]
	for round := range rounds {
		for _, mode := range modes {
			for _, how := range []string{"TERM", "HUP", "INT", "QUIT", "STOP", "nohup", "close", "twice"} {
				few := how != "STOP" && random.IntN(3) > 0 || how == "STOP" && mode != stopped
				if !*full && few || how == "close" && (mode == "check" || mode == "batch") {
					continue
				}
				m := newSignalCase(t, mode, how, random)
				t.Run(fmt.Sprintf("%s/%s/%d", mode, how, round), func(t *testing.T) {
					t.Parallel()
					m.run(t)
				})
			}
		}
	}
}

// signalCase is a signal that a program gets some time after its start or its
// first request.
type signalCase struct {
	mode, how string
	arrived   bool
	after     time.Duration
	answers   []time.Duration // that the service takes
	home      string
	service   *recordingService
}

// The timeout of lookups, and how long a program is stopped. An answer within
// half the timeout must be recorded, however slow this machine is.
const (
	timeout = "1s"
	stop    = 1200 * time.Millisecond
	inTime  = 500 * time.Millisecond
)

// rows is the number of rows of the batch: too few for it to pause when all get
// the same answer.
const rows = 18

func newSignalCase(t *testing.T, mode, how string, random *rand.Rand) *signalCase {
	m := &signalCase{mode: mode, how: how, arrived: random.IntN(3) > 0, after: time.Duration(random.IntN(60)) * time.Millisecond, home: t.TempDir()}
	for range 16 {
		answer := time.Duration(random.IntN(100)) * time.Millisecond
		if random.IntN(2) == 0 { // when what has been given up is not read any more
			answer += inTime / 2
		}
		m.answers = append(m.answers, answer)
	}
	return m
}

// recordingService records which answers it has sent completely, and when.
type recordingService struct {
	*mockserver.Server
	answers []time.Duration
	givenUp bool          // a second signal stops the wait for an answer
	goesOn  chan struct{} // closed when the program is no longer stopped
	first   chan struct{} // closed when the first request arrives
	mu      sync.Mutex
	asked   int
	sent    map[string]time.Time // in time, by company
}

func (s *recordingService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := httptest.NewRecorder()
	s.Server.ServeHTTP(answer, r)
	arrived := time.Now()
	s.mu.Lock()
	if s.asked++; s.asked == 1 {
		close(s.first)
	}
	wait := s.answers[s.asked%len(s.answers)]
	s.mu.Unlock()
	if wait > inTime/2 {
		<-s.goesOn
		arrived = time.Now()
	}
	<-time.After(wait)
	w.Header().Set("Content-Length", fmt.Sprint(answer.Body.Len()))
	_, err := io.Copy(w, answer.Body)
	err = errors.Join(err, http.NewResponseController(w).Flush())
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if awaited := now.Sub(arrived) < inTime; awaited && (err == nil || !s.givenUp) { // else nobody was there any more
		s.sent[r.FormValue("entname")] = now
	}
}

// run runs the program, sends the signal and checks the history.
func (m *signalCase) run(t *testing.T) {
	m.service = &recordingService{
		Server: mockserver.New(mockserver.Key, mockserver.Openid), answers: m.answers, goesOn: make(chan struct{}), givenUp: m.how == "twice",
		first: make(chan struct{}), sent: map[string]time.Time{},
	}
	if m.how != "STOP" {
		close(m.service.goesOn)
	}
	server := httptest.NewServer(m.service)
	t.Cleanup(server.Close)
	env := []string{"HOME=" + m.home, "JUHE_BASE_URL=" + server.URL, "JUHE_KEY=" + mockserver.Key}
	dir := filepath.Join(m.home, ".config", "fourfactor")
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "config.toml"), []byte("juhe.timeout = \""+timeout+"\"\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	var code int
	var last time.Time // that an answer may come
	if m.mode == "plain" || m.mode == "console" {
		code, last = m.onTerminal(t, env)
	} else {
		code, last = m.command(t, env)
	}
	server.Close() // which waits for the answers to be sent
	m.check(t, env, code, last)
}

// command runs check or batch and sends the signal.
func (m *signalCase) command(t *testing.T, env []string) (code int, last time.Time) {
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	args, in := []string{"check", "--stdin", "--json"}, fmt.Sprintf(`{"entname":%q,"entmark":%q,"realname":%q,"idcard":%q}`, f[juhe.Entname], f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard])
	if m.mode == "batch" {
		table := "企业名称,企业标识,姓名,证件号码\n"
		for i := range rows {
			table += fmt.Sprintf("北京第%d虚构公司,%s,%s,%s\n", i, f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard])
		}
		path := filepath.Join(m.home, "in.csv")
		if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
		args, in = []string{"batch", "run", path, "--out", path + ".csv", "--yes", "--json", "--rate", "0", "--concurrency", "4"}, ""
	}
	cmd := exec.Command(program(t), args...)
	if m.how == "nohup" {
		cmd = exec.Command("/bin/sh", append([]string{"-c", `trap '' HUP; exec "$@"`, "sh"}, cmd.Args...)...)
	}
	cmd.Env = append([]string{"PATH=", "LANG=zh_CN.UTF-8", "GORACE=atexit_sleep_ms=0"}, env...)
	cmd.Stdin = strings.NewReader(in)
	stderr := &watchedOutput{text: "再按一次", found: make(chan struct{})}
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	ended := make(chan struct{})
	go func() {
		cmd.Wait()
		close(ended)
	}()
	last = m.signal(cmd.Process, stderr.found, ended)
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatalf("it does not end: %s", stderr)
	}
	if m.how == "twice" && time.Since(last) > time.Second && !*full {
		t.Errorf("it ends %v after the second signal", time.Since(last))
	}
	if _, err := os.Stat(filepath.Join(m.home, ".local")); err != nil && m.service.Requests() == 0 {
		return 130, last // it had not even begun to take signals
	}
	return cmd.ProcessState.ExitCode(), last
}

// watchedOutput is an output that reports when it has a text.
type watchedOutput struct {
	mu    sync.Mutex
	all   bytes.Buffer
	text  string
	found chan struct{} // closed when text is in all
	done  bool          // found is closed
}

func (w *watchedOutput) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all.Write(p)
	if !w.done && strings.Contains(w.all.String(), w.text) {
		w.done = true
		close(w.found)
	}
	return len(p), nil
}

func (w *watchedOutput) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.all.String()
}

// onTerminal types a lookup into the console or plain and sends the signal.
func (m *signalCase) onTerminal(t *testing.T, env []string) (code int, last time.Time) {
	f := mockserver.Companies()[0].Factors(juhe.APIQuery)
	args := []string{}
	if m.mode == "plain" {
		args = []string{"--plain"}
	}
	line := append([]string{program(t)}, args...)
	if m.how == "nohup" {
		line = append([]string{"/bin/sh", "-c", `trap '' HUP; exec "$@"`, "sh"}, line...)
	}
	p := startCommand(t, &pty.Winsize{Cols: 80, Rows: 24}, env, line)
	p.waitFor("企业名称")
	if m.mode == "plain" {
		p.typeKeys(strings.Join(f[:], "\n") + "\n")
	} else {
		for _, text := range f {
			p.typeKeys(text)
			p.waitFor(text)
			p.typeKeys("\r")
		}
	}
	said := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.done <- <-p.done // end takes it
	}()
	go func() {
		defer close(said)
		for m.how == "twice" && !strings.Contains(p.output(), "再按一次") {
			select {
			case <-p.news:
			case <-ended:
				return
			case <-time.After(10 * time.Second):
				return
			}
		}
	}()
	last = m.signal(p.cmd.Process, said, ended)
	switch {
	case m.how == "close": // which says so by a signal, and the shell by another one
		p.file.Close()
		<-time.After(10 * time.Millisecond) // or they would be one
		p.cmd.Process.Signal(syscall.SIGHUP)
	case m.how != "STOP" && m.how != "nohup":
	case m.mode == "plain":
		p.mark = 0
		p.waitFor("核验下一笔：")
		p.typeKeys("\x04")
	default:
		p.mark = 0
		p.waitFor("四项要素全部一致")
		p.cmd.Process.Signal(syscall.SIGTERM)
	}
	return p.waitExit(10 * time.Second), last
}

// signal sends the signal at its moment. It returns the time until which answers
// must be in the history.
func (m *signalCase) signal(p *os.Process, said, ended <-chan struct{}) (last time.Time) {
	if m.arrived {
		select {
		case <-m.service.first:
		case <-ended:
		}
	}
	select {
	case <-time.After(m.after):
	case <-ended:
	}
	whenever := time.Now().Add(time.Hour)
	switch signals := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "INT": syscall.SIGINT, "QUIT": syscall.SIGQUIT, "nohup": syscall.SIGHUP}; m.how {
	case "STOP":
		p.Signal(syscall.SIGSTOP)
		<-time.After(stop)
		p.Signal(syscall.SIGCONT)
		close(m.service.goesOn)
	case "twice":
		p.Signal(syscall.SIGTERM)
		select {
		case <-said:
		case <-ended:
		}
		last = time.Now()
		p.Signal(syscall.SIGTERM)
		return last
	case "close":
	default:
		p.Signal(signals[m.how])
	}
	return whenever
}

// lookups returns the outcomes in the history by company, and the number of
// runs.
func (m *signalCase) lookups(t *testing.T, env []string) (outcomes map[string]string, runs int) {
	ask := func(args ...string) []byte {
		cmd := exec.Command(program(t), args...)
		cmd.Env = append([]string{"PATH=", "GORACE=atexit_sleep_ms=0"}, env...)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return bytes.TrimSpace(out)
	}
	outcomes = map[string]string{}
	for _, line := range bytes.Split(ask("history", "list", "--json", "--limit", "1000"), []byte("\n")) {
		var l struct{ Entname, Outcome string }
		if len(line) == 0 {
			continue
		}
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if was := outcomes[l.Entname]; was != "" {
			t.Errorf("%s is there twice: %s and %s", l.Entname, was, l.Outcome)
		}
		outcomes[l.Entname] = l.Outcome
	}
	return outcomes, len(bytes.Fields(ask("batch", "list", "--json")))
}

// check compares what the service has sent with the history.
func (m *signalCase) check(t *testing.T, env []string, code int, last time.Time) {
	t.Helper()
	outcomes, runs := m.lookups(t, env)
	m.service.mu.Lock()
	defer m.service.mu.Unlock()
	about := fmt.Sprintf("%s %s %v after (arrived %t), exit %d, %d requests", m.mode, m.how, m.after, m.arrived, code, m.service.asked)
	verdict := map[bool]string{true: "mismatch", false: "match"}[m.mode == "batch"]
	sent := 0
	for entname, outcome := range outcomes {
		if outcome != "unsent" {
			sent++
		}
		if n := m.service.RequestsFor(entname); n > 1 || n == 1 && outcome == "unsent" {
			t.Errorf("%s: %s was sent %d times and is %s", about, entname, n, outcome)
		}
	}
	if lost := sent - m.service.asked; lost < 0 || lost > 0 && m.how != "twice" {
		t.Errorf("%s: the history has %v", about, outcomes)
	}
	for entname, at := range m.service.sent {
		if at.Before(last) && outcomes[entname] != verdict {
			t.Errorf("%s: the answer for %s is %s", about, entname, outcomes[entname])
		}
	}
	want := []int{map[string]int{"match": 0, "lost": 5}[outcomes[mockserver.Companies()[0].Entname]]}
	switch {
	case m.mode == "batch" && runs > 0 && sent < rows:
		want = []int{6}
	case m.mode == "batch" && runs > 0:
		want = []int{0}
	case sent == 0 && m.how == "close": // or as after Ctrl+D, where that is noticed first
		want = []int{130, 0}
	case sent == 0:
		want = []int{130}
	case m.mode == "console": // which was told before, if it had ended
		want = append(want, 130)
	}
	if code != want[0] && code != want[len(want)-1] {
		t.Errorf("%s: want %v: %v", about, want, outcomes)
	}
	t.Log(about, outcomes)
}

// TestUncaught: a crash that nobody can recover from does not exit with 2, which
// would mean that nothing was sent, and leaves no core.
func TestUncaught(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(program(t), "mock-server")
	cmd.Env = []string{"HOME=" + t.TempDir(), "GORACE=atexit_sleep_ms=0"}
	out, err := cmd.StdoutPipe()
	if err = errors.Join(err, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	cmd.Process.Signal(syscall.SIGSEGV)
	err = cmd.Wait()
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || status.Signal() != syscall.SIGABRT {
		t.Errorf("got %v, want SIGABRT", err)
	}
	if status.CoreDump() {
		t.Error("it has left a core")
	}
}
