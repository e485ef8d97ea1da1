package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
)

// TestMain is the program itself when a test runs it in a terminal.
func TestMain(m *testing.M) {
	switch os.Getenv("FOURFACTOR_TEST_MAIN") {
	case "":
	case "panic":
		exitOnFatal()
		go panic("nobody catches it")
		select {}
	default:
		os.Exit(run(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// deadline is how long a test waits for what should come at once. Asking a
// mute terminal for its background takes 5 s.
const deadline = 4 * time.Second

// terminal is a program in a terminal of 80 by 24 that answers no query.
type terminal struct {
	t    *testing.T
	file *os.File
	cmd  *exec.Cmd
	mu   sync.Mutex
	said bytes.Buffer
	mark int // where said was when keys were typed last
	news chan struct{}
	done chan error
}

// start runs fourfactor in a terminal with a home of its own.
func start(t *testing.T, env []string, args ...string) *terminal {
	t.Helper()
	return startSized(t, &pty.Winsize{Cols: 80, Rows: 24}, env, args...)
}

// startSized runs it in a terminal of another size.
func startSized(t *testing.T, size *pty.Winsize, env []string, args ...string) *terminal {
	t.Helper()
	return startLine(t, size, env, append([]string{os.Args[0]}, args...))
}

// startLine runs a command line that ends in fourfactor's.
func startLine(t *testing.T, size *pty.Winsize, env, line []string) *terminal {
	t.Helper()
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Env = append([]string{
		"FOURFACTOR_TEST_MAIN=1", "HOME=" + t.TempDir(), "TERM=xterm-256color", "LANG=zh_CN.UTF-8", "PATH=",
		"GORACE=atexit_sleep_ms=0", // under the race detector a process else lingers for 1 s
	}, env...)
	file, err := pty.StartWithSize(cmd, size)
	if err != nil {
		t.Fatal(err)
	}
	file = closable(t, file)
	p := &terminal{t: t, file: file, cmd: cmd, news: make(chan struct{}, 1), done: make(chan error, 1)}
	read := make(chan struct{})
	go func() {
		defer close(read)
		p.read()
	}()
	go func() {
		err := cmd.Wait()
		<-read
		p.done <- err
	}()
	t.Cleanup(func() {
		cmd.Process.Kill()
		file.Close()
	})
	return p
}

// closable makes a file whose reads end when it is closed, as those of a file in
// blocking mode do not.
func closable(t *testing.T, file *os.File) *os.File {
	t.Helper()
	fd, err := syscall.Dup(int(file.Fd()))
	if err = errors.Join(err, file.Close(), syscall.SetNonblock(fd, true)); err != nil {
		t.Fatal(err)
	}
	syscall.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), file.Name())
}

func (p *terminal) read() {
	chunk := make([]byte, 4096)
	for {
		n, err := p.file.Read(chunk)
		p.mu.Lock()
		p.said.Write(chunk[:n])
		p.mu.Unlock()
		select {
		case p.news <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (p *terminal) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

// until waits for a text after the last keys.
func (p *terminal) until(text string) {
	p.t.Helper()
	late := time.After(deadline)
	for !strings.Contains(p.output()[p.mark:], text) {
		select {
		case <-p.news:
		case <-late:
			p.t.Fatalf("%q does not come: %q", text, p.output())
		}
	}
}

func (p *terminal) keys(text string) {
	p.t.Helper()
	p.mark = len(p.output())
	if _, err := io.WriteString(p.file, text); err != nil {
		p.t.Fatal(err)
	}
}

// end waits for the program's end and gives its exit code.
func (p *terminal) end(within time.Duration) int {
	p.t.Helper()
	select {
	case err := <-p.done:
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return exit.ExitCode()
		}
		return 0
	case <-time.After(within):
		p.t.Fatalf("it does not end: %q", p.output())
	}
	return -1
}

// TestMuteTerminal: commands neither ask the terminal anything nor wait for
// an answer.
func TestMuteTerminal(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"--version":    "fourfactor " + version,
		"codes 7":      "企业法人/负责人",
		"--demo check": "企业名称：",
		"config path":  "config.toml",
	} {
		t.Run(args, func(t *testing.T) {
			t.Parallel()
			p := start(t, nil, strings.Fields(args)...)
			if strings.HasSuffix(args, "check") {
				f := mockserver.Companies()[0].Factors("query")
				p.until("企业名称：")
				p.keys(strings.Join(f[:], "\n") + "\n")
				want = "✓ 一致"
			}
			if code := p.end(deadline); code != 0 || !strings.Contains(p.output(), want) {
				t.Errorf("exit %d: %q", code, p.output())
			}
			if strings.ContainsRune(p.output(), 0x1b) {
				t.Errorf("it speaks to the terminal: %q", p.output())
			}
		})
	}
}

// TestPlainTerminal: on a terminal that can do no more the console asks line by
// line, and the second Ctrl+C during a look-up ends it as lost.
func TestPlainTerminal(t *testing.T) {
	t.Parallel()
	p := start(t, []string{"TERM=dumb"}, "--demo")
	p.until("企业名称（")
	p.keys("=\n=\n=\n=\n")
	p.until("核验下一笔：")
	p.keys("\x04")
	if code := p.end(deadline); code != 0 || !strings.Contains(p.output(), "✓ 一致") {
		t.Errorf("exit %d: %q", code, p.output())
	}
	arrived, hang := make(chan struct{}, 1), mockserver.New(mockserver.Key, mockserver.Openid)
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		hang.ServeHTTP(w, r)
	}))
	t.Cleanup(service.Close)
	q := start(t, []string{"JUHE_BASE_URL=" + service.URL, "JUHE_KEY=" + mockserver.Key}, "--plain")
	f := mockserver.Companies()[0].Factors("query")
	q.until("企业名称（")
	q.keys(strings.Join([]string{"虚构hang公司", f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]}, "\n") + "\n")
	select {
	case <-arrived:
	case <-time.After(deadline):
		t.Fatal("the request does not arrive")
	}
	q.keys("\x03")
	q.until("再按一次 Ctrl+C")
	q.keys("\x03")
	if code := q.end(time.Second); code != 5 || !strings.Contains(q.output(), "~ 结果未知") {
		t.Errorf("exit %d: %q", code, q.output())
	}
	for _, output := range []string{p.output(), q.output()} {
		if strings.ContainsRune(output, 0x1b) {
			t.Errorf("it speaks to the terminal: %q", output)
		}
	}
}

// TestPlainUnended: what Ctrl+D pressed twice leaves on a terminal is no value, so
// nothing is sent.
func TestPlainUnended(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"--plain", "check"} {
		s := mockserver.New(mockserver.Key, mockserver.Openid)
		service := httptest.NewServer(s)
		t.Cleanup(service.Close)
		p := start(t, []string{"JUHE_BASE_URL=" + service.URL, "JUHE_KEY=" + mockserver.Key}, args)
		f := mockserver.Companies()[0].Factors("query")
		p.until("企业名称")
		p.keys(strings.Join(f[:], "\n"))
		p.until("证件号码")
		p.until(f[juhe.Idcard])
		p.keys("\x04\x04")
		want := map[string]int{"--plain": 0, "check": 64}[args]
		if code := p.end(deadline); code != want || s.Requests() != 0 {
			t.Errorf("%s: exit %d, %d requests: %q", args, code, s.Requests(), p.output())
		}
	}
}

// TestConsoleDemo is the main job, as an operator does it on a terminal that
// answers no query: Enter to the end, then another name.
func TestConsoleDemo(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--demo")
	p.until("北京晨星虚构科技有限公司")
	p.until("演示")
	p.keys("\r\r\r\r")
	p.until("四项要素全部一致")
	p.keys("e")
	p.until("▸")
	p.keys("\x1b[Z四")
	p.until("张三四")
	p.keys("\x13")
	p.until("姓名与登记的法定代表人或负责人不一致")
	p.keys("\x03")
	if code := p.end(deadline); code != 0 {
		t.Errorf("exit %d", code)
	}
	restored(t, p.output())
	for _, query := range []string{"\x1b]11;?", "\x1b]10;?", "\x1b[6n", "\x1b[c"} {
		if strings.Contains(p.output(), query) {
			t.Errorf("it asked the terminal %q", query)
		}
	}
}

// restored fails unless the last word is the main screen and a cursor.
func restored(t *testing.T, output string) {
	t.Helper()
	leave := strings.LastIndex(output, "\x1b[?1049l")
	if leave < strings.LastIndex(output, "\x1b[?1049h") || strings.LastIndex(output, "\x1b[?25h") < strings.LastIndex(output, "\x1b[?25l") {
		t.Errorf("the terminal is not restored: %q", output[max(0, len(output)-200):])
	}
}

// TestFirstStart: with no key the setup is in front. A pasted key is kept, for
// one person alone, is never written to the terminal, and the form that comes
// then sends with it.
func TestFirstStart(t *testing.T) {
	t.Parallel()
	service := httptest.NewServer(mockserver.New(mockserver.Key, mockserver.Openid))
	t.Cleanup(service.Close)
	home := t.TempDir()
	p := start(t, []string{"HOME=" + home, "JUHE_BASE_URL=" + service.URL})
	p.until("个人中心 → 我的数据")
	p.keys("\x1b[200~" + mockserver.Key + "\n\x1b[201~")
	p.until(strings.Repeat("•", 5))
	p.keys("\t")
	p.until("\x1b[?25h")
	p.keys("\t\t\x1b[C\x1b[C\r") // a light theme, and Enter on the last row
	p.until("key 已存入")
	p.until("企业名称")
	dir := filepath.Join(home, ".config", "fourfactor")
	for name, want := range map[string]string{"key": mockserver.Key + "\n", "config.toml": "\ntheme = \"light\"\n"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		info, _ := os.Stat(filepath.Join(dir, name))
		if err != nil || !strings.Contains("\n"+string(text), want) || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %q, %v, %v", name, text, info, err)
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	f := mockserver.Companies()[0].Factors("query")
	for _, text := range f {
		p.keys(text)
		p.until(text)
		p.keys("\r")
	}
	p.until("四项要素全部一致")
	p.keys("\x03")
	if code := p.end(deadline); code != 0 {
		t.Errorf("exit %d", code)
	}
	restored(t, p.output())
	if strings.Contains(p.output(), mockserver.Key) || strings.Contains(p.output(), mockserver.Key[:8]) {
		t.Error("the key is on the terminal")
	}
}

// TestKeyReplaced: a key that the service rejects is replaced in the console, and
// the form still holds what was typed.
func TestKeyReplaced(t *testing.T) {
	t.Parallel()
	service := mockserver.New(mockserver.Key, mockserver.Openid)
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	home := t.TempDir()
	dir := filepath.Join(home, ".config", "fourfactor")
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "key"), []byte("expired0key"), 0o600)); err != nil {
		t.Fatal(err)
	}
	p := start(t, []string{"HOME=" + home, "JUHE_BASE_URL=" + server.URL})
	p.until("企业名称")
	f := mockserver.Companies()[0].Factors("query")
	for _, text := range f {
		p.keys(text)
		p.until(text)
		p.keys("\r")
	}
	p.until("key 不正确")
	p.until("更换 key")
	p.keys("\x12") // Ctrl+R
	p.until("更换密钥")
	p.keys("\x1b[200~" + mockserver.Key + "\n\x1b[201~")
	p.until(strings.Repeat("•", 5))
	p.keys("\x13") // Ctrl+S
	p.until("已更换")
	p.until(f[juhe.Idcard])
	p.keys("\x1b[15~") // F5
	p.until("四项要素全部一致")
	for name, want := range map[string]string{"key": mockserver.Key + "\n", "key.old": "expired0key"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		info, _ := os.Stat(filepath.Join(dir, name))
		if err != nil || string(text) != want || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: got %q, %v, want %q", name, text, err, want)
		}
	}
	if strings.Contains(p.output(), mockserver.Key) {
		t.Error("the key is on the terminal")
	}
	if got := service.Requests(); got != 2 {
		t.Errorf("got %d requests, want 2", got)
	}
}

// TestFirstStartInEnglish: what was chosen takes effect with the next console,
// also where a config is not touched.
func TestFirstStartInEnglish(t *testing.T) {
	t.Parallel()
	config := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(config, []byte("# mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, nil, "--config", config, "--lang", "zh")
	p.until("个人中心 → 我的数据")
	p.keys(mockserver.Key)
	p.until(strings.Repeat("•", 5))
	p.keys("\t\t\x1b[C")
	p.until("language = \"en\"")
	p.keys("\x13")
	p.until("Company name")
	p.until("The key is in")
	p.keys("\x03")
	if code := p.end(deadline); code != 0 {
		t.Errorf("exit %d", code)
	}
	if text, err := os.ReadFile(config); string(text) != "# mine\n" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

// TestFirstStartDemo: the demo starts from the setup, and writes nothing.
func TestFirstStartDemo(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	p := start(t, []string{"HOME=" + home})
	p.until("试用演示")
	p.keys("\x04")
	p.until("北京晨星虚构科技有限公司")
	p.until("虚构数据，不产生费用")
	p.keys("\r\r\r\r")
	p.until("四项要素全部一致")
	p.keys("\x03")
	if code := p.end(deadline); code != 0 {
		t.Errorf("exit %d", code)
	}
	restored(t, p.output())
	if _, err := os.Stat(filepath.Join(home, ".config", "fourfactor", "key")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a key is there", err)
	}
}

// TestFirstStartCannotSave: where there is no folder for the key it says so,
// what was typed stays, and once there is one it is kept.
func TestFirstStartCannotSave(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, config := filepath.Join(dir, "file"), filepath.Join(dir, "config.toml")
	for path, text := range map[string]string{file: "", config: "juhe.key_file = \"file/key\"\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := start(t, nil, "--config", config)
	p.until("个人中心 → 我的数据")
	p.keys("\x1b[200~" + mockserver.Key + "\x1b[201~\x13")
	p.until("没有保存：写不进")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	p.keys("\x13")
	p.until("key 已存入")
	if text, err := os.ReadFile(filepath.Join(file, "key")); string(text) != mockserver.Key+"\n" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	p.keys("\x03")
	if code := p.end(deadline); code != 0 || strings.Contains(p.output(), mockserver.Key[:8]) {
		t.Errorf("exit %d", code)
	}
}

// underWay is a console with a look-up that has left and is not answered.
func underWay(t *testing.T) (*terminal, *atomic.Int64) {
	t.Helper()
	requests, arrived := new(atomic.Int64), make(chan struct{}, 8)
	hang := mockserver.New(mockserver.Key, mockserver.Openid)
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		arrived <- struct{}{}
		hang.ServeHTTP(w, r)
	}))
	t.Cleanup(service.Close)
	p := start(t, []string{"JUHE_BASE_URL=" + service.URL, "JUHE_KEY=" + mockserver.Key})
	p.until("企业名称")
	f := mockserver.Companies()[0].Factors("query")
	for _, text := range []string{"虚构hang公司", f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]} {
		p.keys(text)
		p.until(text)
		p.keys("\r")
	}
	p.until("正在核验")
	select {
	case <-arrived:
	case <-time.After(deadline):
		t.Fatal("the request does not arrive")
	}
	return p, requests
}

// TestConsoleQuitsDuringRequest: Ctrl+C warns, the second one gives the terminal
// back at once and awaits the lookup, which is said, and the next one gives it up
// within a second. The lookup is named.
func TestConsoleQuitsDuringRequest(t *testing.T) {
	t.Parallel()
	p, requests := underWay(t)
	p.keys("\x03")
	p.until("再按一次 Ctrl+C")
	p.keys("\x03")
	p.until("\x1b[?1049l")
	p.until("再按一次 Ctrl+C 不再等待")
	p.keys("\x03")
	if code := p.end(time.Second); code != 5 {
		t.Errorf("exit %d", code)
	}
	if n := requests.Load(); n != 1 {
		t.Errorf("%d requests", n)
	}
	restored(t, p.output())
	if tail := p.output()[strings.LastIndex(p.output(), "\x1b[?1049l"):]; !strings.Contains(tail, "虚构hang公司") || !strings.Contains(tail, "结果未知") {
		t.Errorf("the look-up under way is not named: %q", tail)
	}
}

// TestConsoleSignals: a signal ends the console as a second Ctrl+C does, also
// when nothing is under way; the next one gives up what is.
func TestConsoleSignals(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			p := start(t, nil, "--demo")
			p.until("企业名称")
			p.cmd.Process.Signal(signal)
			if code := p.end(deadline); code != 130 {
				t.Errorf("idle: exit %d", code)
			}
			restored(t, p.output())

			p, _ = underWay(t)
			p.cmd.Process.Signal(signal)
			p.until("再按一次 Ctrl+C 不再等待")
			p.cmd.Process.Signal(signal)
			if code := p.end(time.Second); code != 5 || !strings.Contains(p.output(), "结果未知") {
				t.Errorf("during a look-up: exit %d", code)
			}
			restored(t, p.output())
		})
	}
}

// TestBatchTerminal: a batch asks, draws its progress in place, waits after the
// first Ctrl+C, and ends within a second after the next one.
func TestBatchTerminal(t *testing.T) {
	t.Parallel()
	service := httptest.NewServer(mockserver.New(mockserver.Key, mockserver.Openid))
	t.Cleanup(service.Close)
	f := mockserver.Companies()[0].Factors("query")
	in := filepath.Join(t.TempDir(), "in.csv")
	table := "企业名称,企业标识,姓名,证件号码\n"
	for i := range 101 {
		table += fmt.Sprintf("虚构hang公司,%s,%s%c,%s\n", f[juhe.Entmark], f[juhe.Realname], '一'+i, f[juhe.Idcard])
	}
	if err := os.WriteFile(in, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, []string{"JUHE_BASE_URL=" + service.URL, "JUHE_KEY=" + mockserver.Key}, "batch", "run", in, "--out", in+".csv")
	p.until("请输入笔数 101")
	p.keys("101\n") // which, unlike y, needs no time to have been read
	p.until("0/101 行\x1b[K")
	p.keys("\x03")
	p.until("再按一次 Ctrl+C")
	p.keys("\x03")
	if code := p.end(time.Second); code != 6 || !strings.Contains(p.output(), "~ 结果未知") || !strings.Contains(p.output(), "\nfourfactor batch resume 1 --resend-lost\r\n") {
		t.Errorf("exit %d: %q", code, p.output())
	}
}

// TestQuietLog: what net/http logs of a service's stray bytes goes nowhere.
func TestQuietLog(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", "")
	run([]string{"config", "path"})
	if log.Writer() != io.Discard {
		t.Error("the log package writes to the terminal")
	}
}

// TestConsoleNeedsTerminal: without one it names the command to use instead.
func TestConsoleNeedsTerminal(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{"FOURFACTOR_TEST_MAIN=1", "HOME=" + t.TempDir()}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 64 || !strings.Contains(string(out), "fourfactor check --stdin --json") {
		t.Errorf("%v: %s", err, out)
	}
}

// BenchmarkStart is a whole process up to its first frame, on a terminal that
// answers nothing. Compare with a bare Bubble Tea program's, which asks for
// the background first.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		cmd := exec.Command(os.Args[0], "--demo")
		cmd.Env = []string{"FOURFACTOR_TEST_MAIN=1", "HOME=" + b.TempDir(), "TERM=xterm-256color"}
		file, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
		if err != nil {
			b.Fatal(err)
		}
		var said bytes.Buffer
		chunk := make([]byte, 4096)
		for !strings.Contains(said.String(), "企业名称") {
			n, err := file.Read(chunk)
			if err != nil {
				b.Fatal(fmt.Errorf("%w: %q", err, said.String()))
			}
			said.Write(chunk[:n])
		}
		cmd.Process.Kill()
		cmd.Wait()
		file.Close()
	}
}

// TestDoctorOnTerminal: the terminal is asked for its widths, and one that does
// not answer is not waited for.
func TestDoctorOnTerminal(t *testing.T) {
	t.Parallel()
	mute := start(t, nil, "--demo", "doctor")
	if code := mute.end(deadline); code != 0 || !strings.Contains(mute.output(), "没有量到") || !strings.Contains(mute.output(), "80×24") {
		t.Errorf("exit %d: %q", code, mute.output())
	}
	for column, want := range map[int]string{2: "画面能对齐", 3: `ui.borders = "ascii"`} {
		p := start(t, nil, "--demo", "doctor")
		p.until("\x1b[6n")
		p.keys(strings.Repeat(fmt.Sprintf("\x1b[9;%dR", column), 15) + "\x1b[9;3R")
		if code := p.end(deadline); code != 0 || !strings.Contains(p.output(), want) {
			t.Errorf("exit %d: %q", code, p.output())
		}
	}
}

// TestSecretsStayHere: what a program of ours starts does not get the secrets of the
// environment, which this one still knows.
func TestSecretsStayHere(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	seen := filepath.Join(home, "seen")
	config := filepath.Join(home, "config.toml")
	text := fmt.Sprintf("[ledger]\nencryption = 'command'\nkey_command = ['/bin/sh', '-c', 'export -p > %s; printf %%064d 7']\n", seen)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"history", "list"}, {"doctor"}} {
		cmd := exec.Command(os.Args[0], append(args, "--config", config)...)
		cmd.Env = []string{
			"FOURFACTOR_TEST_MAIN=1", "HOME=" + home, "LANG=zh_CN.UTF-8", "PATH=/usr/bin:/bin",
			"JUHE_KEY=secret-key", "JUHE_OPENID=secret-openid", "GORACE=atexit_sleep_ms=0",
		}
		out, err := cmd.CombinedOutput()
		if args[0] == "history" {
			given, read := os.ReadFile(seen)
			if err != nil || read != nil || !bytes.Contains(given, []byte("HOME=")) || bytes.Contains(given, []byte("secret-")) || bytes.Contains(given, []byte("JUHE_")) {
				t.Errorf("%v, %v: the command got\n%s\n%s", err, read, given, out)
			}
			continue
		}
		if !bytes.Contains(out, []byte("JUHE_KEY")) || bytes.Contains(out, []byte("secret-")) {
			t.Errorf("the key is not known, or is shown:\n%s", out)
		}
	}
}
