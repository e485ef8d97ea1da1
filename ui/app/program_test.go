package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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

// binary builds the program once for all tests, with the race detector if they have it.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "fourfactor-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "fourfactor")
	args := []string{"build", "-o", path}
	if raceEnabled {
		args = append(args, "-race")
	}
	if out, err := exec.Command("go", append(args, "fourfactor")...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w: %s", err, out)
	}
	return path, nil
})

// TestMain removes the program after the tests.
func TestMain(m *testing.M) {
	code := m.Run()
	if built.Load() {
		if path, err := binary(); err == nil {
			os.RemoveAll(filepath.Dir(path))
		}
	}
	os.Exit(code)
}

var built atomic.Bool // whether a test has needed the program

// program returns the path of the built program.
func program(t testing.TB) string {
	t.Helper()
	built.Store(true)
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// deadline is the time that a test waits for something that should happen at once.
// Waiting for a mute terminal to report its background takes 5 s.
const deadline = 4 * time.Second

// ptySession is a program in a terminal of 80×24 that answers no query.
type ptySession struct {
	t    *testing.T
	file *os.File
	cmd  *exec.Cmd
	mu   sync.Mutex
	out  bytes.Buffer
	mark int // length of out at the last typeKeys
	news chan struct{}
	done chan error
}

// startProgram runs fourfactor in a terminal with a home directory of its own.
func startProgram(t *testing.T, env []string, args ...string) *ptySession {
	t.Helper()
	return startSized(t, &pty.Winsize{Cols: 80, Rows: 24}, env, args...)
}

// startSized runs it in a terminal of another size.
func startSized(t *testing.T, size *pty.Winsize, env []string, args ...string) *ptySession {
	t.Helper()
	return startCommand(t, size, env, append([]string{program(t)}, args...))
}

// startCommand runs a command line that ends with that of fourfactor.
func startCommand(t *testing.T, size *pty.Winsize, env, line []string) *ptySession {
	t.Helper()
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Env = append([]string{
		"HOME=" + t.TempDir(), "TERM=xterm-256color", "LANG=zh_CN.UTF-8", "PATH=",
		"GORACE=atexit_sleep_ms=0", // under the race detector a process else lingers for 1 s
	}, env...)
	file, err := pty.StartWithSize(cmd, size)
	if err != nil {
		t.Fatal(err)
	}
	file = closable(t, file)
	p := &ptySession{t: t, file: file, cmd: cmd, news: make(chan struct{}, 1), done: make(chan error, 1)}
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

// closable returns a file whose reads end when it is closed. Those of a file in
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

func (p *ptySession) read() {
	chunk := make([]byte, 4096)
	for {
		n, err := p.file.Read(chunk)
		p.mu.Lock()
		p.out.Write(chunk[:n])
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

func (p *ptySession) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

// waitFor waits until the output since the last typeKeys has text.
func (p *ptySession) waitFor(text string) {
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

func (p *ptySession) typeKeys(text string) {
	p.t.Helper()
	p.mark = len(p.output())
	if _, err := io.WriteString(p.file, text); err != nil {
		p.t.Fatal(err)
	}
}

// waitExit waits for the end of the program and returns its exit code.
func (p *ptySession) waitExit(within time.Duration) int {
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

// TestMuteTerminal: commands neither query the terminal nor wait for an answer.
func TestMuteTerminal(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"--version":    "fourfactor 0.",
		"codes 7":      "企业法人/负责人",
		"--demo check": "企业名称：",
		"config path":  "config.toml",
	} {
		t.Run(args, func(t *testing.T) {
			t.Parallel()
			p := startProgram(t, nil, strings.Fields(args)...)
			if strings.HasSuffix(args, "check") {
				f := mockserver.Companies()[0].Factors("query")
				p.waitFor("企业名称：")
				p.typeKeys(strings.Join(f[:], "\n") + "\n")
				want = "✓ 一致"
			}
			if code := p.waitExit(deadline); code != 0 || !strings.Contains(p.output(), want) {
				t.Errorf("exit %d: %q", code, p.output())
			}
			if strings.ContainsRune(p.output(), 0x1b) {
				t.Errorf("it speaks to the terminal: %q", p.output())
			}
		})
	}
}

// TestPlainOnTerminal: a dumb terminal gets the plain console, and the second
// Ctrl+C during a lookup makes it lost.
func TestPlainOnTerminal(t *testing.T) {
	t.Parallel()
	p := startProgram(t, []string{"TERM=dumb"}, "--demo")
	p.waitFor("企业名称（")
	p.typeKeys("=\n=\n=\n=\n")
	p.waitFor("核验下一笔：")
	p.typeKeys("\x04")
	if code := p.waitExit(deadline); code != 0 || !strings.Contains(p.output(), "✓ 一致") {
		t.Errorf("exit %d: %q", code, p.output())
	}
	arrived, hang := make(chan struct{}, 1), mockserver.New(mockserver.Key, mockserver.Openid)
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		hang.ServeHTTP(w, r)
	}))
	t.Cleanup(service.Close)
	q := startProgram(t, []string{"JUHE_BASE_URL=" + service.URL, "JUHE_KEY=" + mockserver.Key}, "--plain")
	f := mockserver.Companies()[0].Factors("query")
	q.waitFor("企业名称（")
	q.typeKeys(strings.Join([]string{"虚构hang公司", f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]}, "\n") + "\n")
	select {
	case <-arrived:
	case <-time.After(deadline):
		t.Fatal("the request does not arrive")
	}
	q.typeKeys("\x03")
	q.waitFor("再按一次 Ctrl+C")
	q.typeKeys("\x03")
	if code := q.waitExit(time.Second); code != 5 || !strings.Contains(q.output(), "~ 结果未知") {
		t.Errorf("exit %d: %q", code, q.output())
	}
	for _, output := range []string{p.output(), q.output()} {
		if strings.ContainsRune(output, 0x1b) {
			t.Errorf("it speaks to the terminal: %q", output)
		}
	}
}

// TestUnfinishedLine: a line that Ctrl+D leaves without a newline is not a
// value, so nothing is sent.
func TestUnfinishedLine(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"--plain", "check"} {
		s := mockserver.New(mockserver.Key, mockserver.Openid)
		service := httptest.NewServer(s)
		t.Cleanup(service.Close)
		p := startProgram(t, []string{"JUHE_BASE_URL=" + service.URL, "JUHE_KEY=" + mockserver.Key}, args)
		f := mockserver.Companies()[0].Factors("query")
		p.waitFor("企业名称")
		p.typeKeys(strings.Join(f[:], "\n"))
		p.waitFor("证件号码")
		p.waitFor(f[juhe.Idcard])
		p.typeKeys("\x04\x04")
		want := map[string]int{"--plain": 0, "check": 64}[args]
		if code := p.waitExit(deadline); code != want || s.Requests() != 0 {
			t.Errorf("%s: exit %d, %d requests: %q", args, code, s.Requests(), p.output())
		}
	}
}

// TestConsoleDemo: Enter through the fields sends the example; then the name is
// edited and sent again.
func TestConsoleDemo(t *testing.T) {
	t.Parallel()
	p := startProgram(t, nil, "--demo")
	p.waitFor("北京晨星虚构科技有限公司")
	p.waitFor("演示")
	p.typeKeys("\r\r\r\r")
	p.waitFor("四项要素全部一致")
	p.typeKeys("e")
	p.waitFor("▸")
	p.typeKeys("\x1b[Z四")
	p.waitFor("张三四")
	p.typeKeys("\x13")
	p.waitFor("姓名与登记的法定代表人或负责人不一致")
	p.typeKeys("\x03")
	if code := p.waitExit(deadline); code != 0 {
		t.Errorf("exit %d", code)
	}
	assertRestored(t, p.output())
	for _, query := range []string{"\x1b]11;?", "\x1b]10;?", "\x1b[6n", "\x1b[c"} {
		if strings.Contains(p.output(), query) {
			t.Errorf("it asked the terminal %q", query)
		}
	}
}

// assertRestored checks that the output ends with the main screen and a cursor.
func assertRestored(t *testing.T, output string) {
	t.Helper()
	leave := strings.LastIndex(output, "\x1b[?1049l")
	if leave < strings.LastIndex(output, "\x1b[?1049h") || strings.LastIndex(output, "\x1b[?25h") < strings.LastIndex(output, "\x1b[?25l") {
		t.Errorf("the terminal is not restored: %q", output[max(0, len(output)-200):])
	}
}

// TestFirstStart: without a key the console opens the setup. A pasted key is
// stored in a private file, is never printed, and works for the next lookup.
func TestFirstStart(t *testing.T) {
	t.Parallel()
	service := httptest.NewServer(mockserver.New(mockserver.Key, mockserver.Openid))
	t.Cleanup(service.Close)
	home := t.TempDir()
	p := startProgram(t, []string{"HOME=" + home, "JUHE_BASE_URL=" + service.URL})
	p.waitFor("个人中心 → 我的数据")
	p.typeKeys("\x1b[200~" + mockserver.Key + "\n\x1b[201~")
	p.waitFor(strings.Repeat("•", 5))
	p.typeKeys("\t")
	p.waitFor("\x1b[?25h")
	p.typeKeys("\t\t\x1b[C\x1b[C\r") // a light theme, and Enter on the last row
	p.waitFor("key 已存入")
	p.waitFor("企业名称")
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
		p.typeKeys(text)
		p.waitFor(text)
		p.typeKeys("\r")
	}
	p.waitFor("四项要素全部一致")
	p.typeKeys("\x03")
	if code := p.waitExit(deadline); code != 0 {
		t.Errorf("exit %d", code)
	}
	assertRestored(t, p.output())
	if strings.Contains(p.output(), mockserver.Key) || strings.Contains(p.output(), mockserver.Key[:8]) {
		t.Error("the key is on the terminal")
	}
}

// TestKeyReplaced: a key that the service rejects can be replaced in the
// console, and the form keeps its values.
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
	p := startProgram(t, []string{"HOME=" + home, "JUHE_BASE_URL=" + server.URL})
	p.waitFor("企业名称")
	f := mockserver.Companies()[0].Factors("query")
	for _, text := range f {
		p.typeKeys(text)
		p.waitFor(text)
		p.typeKeys("\r")
	}
	p.waitFor("key 不正确")
	p.waitFor("更换 key")
	p.typeKeys("\x12") // Ctrl+R
	p.waitFor("更换密钥")
	p.typeKeys("\x1b[200~" + mockserver.Key + "\n\x1b[201~")
	p.waitFor(strings.Repeat("•", 5))
	p.typeKeys("\x13") // Ctrl+S
	p.waitFor("已更换")
	p.waitFor(f[juhe.Idcard])
	p.typeKeys("\x1b[15~") // F5
	p.waitFor("四项要素全部一致")
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

// TestFirstStartInEnglish: choices take effect in the next console, even if an
// existing config is left alone.
func TestFirstStartInEnglish(t *testing.T) {
	t.Parallel()
	config := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(config, []byte("# mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := startProgram(t, nil, "--config", config, "--lang", "zh")
	p.waitFor("个人中心 → 我的数据")
	p.typeKeys(mockserver.Key)
	p.waitFor(strings.Repeat("•", 5))
	p.typeKeys("\t\t\x1b[C")
	p.waitFor("language = \"en\"")
	p.typeKeys("\x13")
	p.waitFor("Company name")
	p.waitFor("The key was saved to")
	p.typeKeys("\x03")
	if code := p.waitExit(deadline); code != 0 {
		t.Errorf("exit %d", code)
	}
	if text, err := os.ReadFile(config); string(text) != "# mine\n" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

// TestFirstStartDemo: the setup can start the demo, which writes nothing.
func TestFirstStartDemo(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	p := startProgram(t, []string{"HOME=" + home})
	p.waitFor("试用演示")
	p.typeKeys("\x04")
	p.waitFor("北京晨星虚构科技有限公司")
	p.waitFor("虚构数据，不产生费用")
	p.typeKeys("\r\r\r\r")
	p.waitFor("四项要素全部一致")
	p.typeKeys("\x03")
	if code := p.waitExit(deadline); code != 0 {
		t.Errorf("exit %d", code)
	}
	assertRestored(t, p.output())
	if _, err := os.Stat(filepath.Join(home, ".config", "fourfactor", "key")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a key is there", err)
	}
}

// TestFirstStartCannotSave: a key that cannot be stored stays in its field, and
// is stored once there is a folder.
func TestFirstStartCannotSave(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, config := filepath.Join(dir, "file"), filepath.Join(dir, "config.toml")
	for path, text := range map[string]string{file: "", config: "juhe.key_file = \"file/key\"\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := startProgram(t, nil, "--config", config)
	p.waitFor("个人中心 → 我的数据")
	p.typeKeys("\x1b[200~" + mockserver.Key + "\x1b[201~\x13")
	p.waitFor("未保存：无法写入")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	p.typeKeys("\x13")
	p.waitFor("key 已存入")
	if text, err := os.ReadFile(filepath.Join(file, "key")); string(text) != mockserver.Key+"\n" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	p.typeKeys("\x03")
	if code := p.waitExit(deadline); code != 0 || strings.Contains(p.output(), mockserver.Key[:8]) {
		t.Errorf("exit %d", code)
	}
}

// startPendingLookup returns a console with a lookup that was sent and is not
// answered.
func startPendingLookup(t *testing.T) (*ptySession, *atomic.Int64) {
	t.Helper()
	requests, arrived := new(atomic.Int64), make(chan struct{}, 8)
	hang := mockserver.New(mockserver.Key, mockserver.Openid)
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		arrived <- struct{}{}
		hang.ServeHTTP(w, r)
	}))
	t.Cleanup(service.Close)
	p := startProgram(t, []string{"JUHE_BASE_URL=" + service.URL, "JUHE_KEY=" + mockserver.Key})
	p.waitFor("企业名称")
	f := mockserver.Companies()[0].Factors("query")
	for _, text := range []string{"虚构hang公司", f[juhe.Entmark], f[juhe.Realname], f[juhe.Idcard]} {
		p.typeKeys(text)
		p.waitFor(text)
		p.typeKeys("\r")
	}
	p.waitFor("正在核验")
	select {
	case <-arrived:
	case <-time.After(deadline):
		t.Fatal("the request does not arrive")
	}
	return p, requests
}

// TestConsoleQuitsDuringRequest: Ctrl+C warns, the second one restores the
// terminal and awaits the lookup, and the third one gives up within a second.
// The lookup is named.
func TestConsoleQuitsDuringRequest(t *testing.T) {
	t.Parallel()
	p, requests := startPendingLookup(t)
	p.typeKeys("\x03")
	p.waitFor("再按一次 Ctrl+C")
	p.typeKeys("\x03")
	p.waitFor("\x1b[?1049l")
	p.waitFor("再按一次 Ctrl+C 不再等待")
	p.typeKeys("\x03")
	if code := p.waitExit(time.Second); code != 5 {
		t.Errorf("exit %d", code)
	}
	if n := requests.Load(); n != 1 {
		t.Errorf("%d requests", n)
	}
	assertRestored(t, p.output())
	if tail := p.output()[strings.LastIndex(p.output(), "\x1b[?1049l"):]; !strings.Contains(tail, "虚构hang公司") || !strings.Contains(tail, "结果未知") {
		t.Errorf("the lookup under way is not named: %q", tail)
	}
}

// TestConsoleSignals: a signal ends the console like a second Ctrl+C; the next
// one gives up the lookup in progress.
func TestConsoleSignals(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			p := startProgram(t, nil, "--demo")
			p.waitFor("企业名称")
			p.cmd.Process.Signal(signal)
			if code := p.waitExit(deadline); code != 130 {
				t.Errorf("idle: exit %d", code)
			}
			assertRestored(t, p.output())

			p, _ = startPendingLookup(t)
			p.cmd.Process.Signal(signal)
			p.waitFor("再按一次 Ctrl+C 不再等待")
			p.cmd.Process.Signal(signal)
			if code := p.waitExit(time.Second); code != 5 || !strings.Contains(p.output(), "结果未知") {
				t.Errorf("during a lookup: exit %d", code)
			}
			assertRestored(t, p.output())
		})
	}
}

// TestBatchTerminal: a batch asks, redraws its progress in place, waits after
// the first Ctrl+C, and ends within a second after the next one.
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
	p := startProgram(t, []string{"JUHE_BASE_URL=" + service.URL, "JUHE_KEY=" + mockserver.Key}, "batch", "run", in, "--out", in+".csv")
	p.waitFor("请输入笔数 101")
	p.typeKeys("101\n") // which, unlike y, needs no time to have been read
	p.waitFor("0/101 行\x1b[K")
	p.typeKeys("\x03")
	p.waitFor("再按一次 Ctrl+C")
	p.typeKeys("\x03")
	if code := p.waitExit(time.Second); code != 6 || !strings.Contains(p.output(), "~ 结果未知") || !strings.Contains(p.output(), "\nfourfactor batch resume 1 --resend-lost\r\n") {
		t.Errorf("exit %d: %q", code, p.output())
	}
}

// TestConsoleNeedsTerminal: without a terminal the error names the command to
// use instead.
func TestConsoleNeedsTerminal(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(program(t))
	cmd.Env = []string{"HOME=" + t.TempDir()}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 64 || !strings.Contains(string(out), "fourfactor check --stdin --json") {
		t.Errorf("%v: %s", err, out)
	}
}

// BenchmarkStart measures a process up to its first frame, on a terminal that
// answers nothing.
func BenchmarkStart(b *testing.B) {
	path := program(b)
	for b.Loop() {
		cmd := exec.Command(path, "--demo")
		cmd.Env = []string{"HOME=" + b.TempDir(), "TERM=xterm-256color"}
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

// TestDoctorOnTerminal: doctor measures the terminal, and does not wait for a
// mute one.
func TestDoctorOnTerminal(t *testing.T) {
	t.Parallel()
	mute := startProgram(t, nil, "--demo", "doctor")
	if code := mute.waitExit(deadline); code != 0 || !strings.Contains(mute.output(), "未能测量") || !strings.Contains(mute.output(), "80×24") {
		t.Errorf("exit %d: %q", code, mute.output())
	}
	for column, want := range map[int]string{2: "画面能对齐", 3: `ui.borders = "ascii"`} {
		p := startProgram(t, nil, "--demo", "doctor")
		p.waitFor("\x1b[6n")
		p.typeKeys(strings.Repeat(fmt.Sprintf("\x1b[9;%dR", column), 15) + "\x1b[9;3R")
		if code := p.waitExit(deadline); code != 0 || !strings.Contains(p.output(), want) {
			t.Errorf("exit %d: %q", code, p.output())
		}
	}
}

// TestSecretsStayHere: programs that we start do not inherit the secrets of the
// environment, which we still use.
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
		cmd := exec.Command(program(t), append(args, "--config", config)...)
		cmd.Env = []string{
			"HOME=" + home, "LANG=zh_CN.UTF-8", "PATH=/usr/bin:/bin",
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
