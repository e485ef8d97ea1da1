package app_test

import (
	"flag"
	"io"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"fourfactor/juhe/mockserver"
)

var full = flag.Bool("full", false, "test every speed of a paste and many more signals; takes minutes")

// typeSlowly types text in pieces of size bytes with a pause after each.
func (p *ptySession) typeSlowly(text string, size int, pause time.Duration) {
	p.t.Helper()
	p.mark = len(p.output())
	tick := time.NewTicker(max(pause, time.Microsecond))
	defer tick.Stop()
	for piece := range slices.Chunk([]byte(text), size) {
		if _, err := p.file.Write(piece); err != nil {
			p.t.Fatal(err)
		}
		<-tick.C
	}
}

// pasteSpeeds returns the speeds of a paste: bytes at once, milliseconds
// between.
func pasteSpeeds() [][2]int {
	if !*full {
		return [][2]int{{1, 3}, {7, 15}, {64, 25}}
	}
	var all [][2]int
	for _, size := range []int{1, 7, 64, 4096} {
		for _, pause := range []int{0, 5, 15, 25} {
			all = append(all, [2]int{size, pause})
		}
	}
	return all
}

// TestPasteSendsNothing: no paste sends a request, however it arrives. One row
// fills the form, several offer a batch.
func TestPasteSendsNothing(t *testing.T) {
	t.Parallel()
	f, g := mockserver.Companies()[0].Factors("query"), mockserver.Companies()[1].Factors("query")
	row := strings.Join(f[:], "\t") + "\r"
	other := strings.Join(g[:], "\t") + "\r"
	for name, form := range map[string]string{"bare": "%", "marked": "\x1b[200~%\x1b[201~", "with an end in it": "\x1b[200~\x1b[201~%\x1b[201~\r"} {
		for i, pace := range pasteSpeeds() {
			if !*full && name != "bare" && i > 0 {
				continue
			}
			size, pause := pace[0], time.Duration(pace[1])*time.Millisecond
			t.Run(name+"/"+strconv.Itoa(size)+"/"+pause.String(), func(t *testing.T) {
				t.Parallel()
				s := mockserver.New(mockserver.Key, mockserver.Openid)
				service := httptest.NewServer(s)
				t.Cleanup(service.Close)
				p := startProgram(t, []string{"JUHE_BASE_URL=" + service.URL, "JUHE_KEY=" + mockserver.Key})
				p.waitFor("企业名称")
				paste := func(rows string, seen ...string) {
					for range 9 { // a busy machine may write too slowly for a paste
						p.typeSlowly(strings.Replace(form, "%", rows, 1), size, pause)
						if p.opens("\x1bOR", "历史"); p.opens("\x1bOQ", "核验", seen...) {
							break
						}
						p.typeKeys("\x1b") // no question
						p.opens("\x1bOR", "历史")
						p.opens("\x1bOQ\x0c", "核验")
					}
					if news := p.output()[p.mark:]; s.Requests() != 0 || !strings.Contains(news, seen[0]) {
						t.Fatalf("%d requests: %q", s.Requests(), news)
					}
				}
				paste(other, strings.Split(strings.TrimSpace(other), "\t")...)
				paste(row, strings.Split(strings.TrimSpace(row), "\t")...) // into a full form
				paste(row+other, "粘贴了 2 行")
				p.pressUntil("\x1b", func(news string) bool { return strings.Contains(news, "经营状态") })
				p.pressUntil("\x13", func(news string) bool { return strings.Contains(news, "四项要素全部一致") })
				if n := s.Requests(); n != 1 {
					t.Errorf("%d requests", n)
				}
			})
		}
	}
}

// opens presses a key until a screen is shown, and reports whether its frame has
// these texts.
func (p *ptySession) opens(key, title string, texts ...string) bool {
	p.t.Helper()
	frame := ""
	p.pressUntil(key, func(news string) bool {
		_, frame, _ = strings.Cut(news, "fourfactor\x1b[0m  "+title)
		return strings.Contains(frame, "\x1b[24;H")
	})
	return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(frame, text) })
}

// pressUntil presses a key until the output since then is as expected. Keys
// right after a paste do not count.
func (p *ptySession) pressUntil(key string, so func(news string) bool) {
	p.t.Helper()
	again := time.NewTicker(300 * time.Millisecond)
	defer again.Stop()
	late := time.After(deadline)
	for p.typeKeys(key); !so(p.output()[p.mark:]); {
		select {
		case <-p.news:
		case <-again.C:
			io.WriteString(p.file, key)
		case <-late:
			p.t.Fatalf("%q does nothing: %q", key, p.output())
		}
	}
}

// TestLateReplies: late replies of the terminal reach neither a field nor a
// command, on any screen.
func TestLateReplies(t *testing.T) {
	t.Parallel()
	p := startProgram(t, nil, "--demo")
	p.waitFor("企业名称")
	for _, open := range []string{"\x1bOR", "\x1bOS", "\x1bOQ", "\x1bOP"} {
		p.typeKeys(open)
		p.waitFor("fourfactor")
		before := p.output()
		for _, reply := range []string{
			"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1bP>|tmux 3.4\x1b\\", "\x1b[?64;1;22c", "\x1b]52;c;eHJk\a", "\x1b_Gi=31;OK\x1b\\", "\x1b[<0;1;1M", "\x1b[M !!", "\x1b[24;80R",
		} {
			p.typeSlowly(reply, 3, 2*time.Millisecond)
		}
		p.typeSlowly("\x1b[97;1:3u", 1, 2*time.Millisecond)
		for _, seen := range []string{"fourfactor", "rgb", "tmux", "xdx", "Gi"} { // another screen, or text
			if news := p.output()[len(before):]; strings.Contains(news, seen) {
				t.Errorf("%q: it has drawn %q", open, news)
			}
		}
	}
	p.typeKeys("\x1bOP\x1bOQ") // the form holds what it held
	p.waitFor("北京晨星虚构科技有限公司")
	p.typeKeys("\x03")
	if code := p.waitExit(deadline); code != 0 {
		t.Errorf("exit %d: %q", code, p.output())
	}
}

// TestStopped: after SIGSTOP and SIGCONT the console restores raw mode, the
// alternate screen and the whole frame.
func TestStopped(t *testing.T) {
	t.Parallel()
	p := startProgram(t, nil, "--demo")
	p.waitFor("北京晨星虚构科技有限公司")
	p.cmd.Process.Signal(syscall.SIGSTOP)
	setCooked(t, p)
	if err := pty.Setsize(p.file, &pty.Winsize{Cols: 90, Rows: 30}); err != nil {
		t.Fatal(err)
	}
	p.mark = len(p.output())
	p.cmd.Process.Signal(syscall.SIGCONT)
	p.waitFor("\x1b[?1049h")
	p.waitFor("\x1b[?2004h")
	p.waitFor(strings.Repeat("─", 90))
	p.waitFor("北京晨星虚构科技有限公司")
	p.typeKeys("\x1bOP") // one key, and no line
	p.waitFor("帮助")
	p.typeKeys("\x1bOP\x1bOR\x1a") // nobody can continue it here, so it does not stop
	p.waitFor("无法挂起")
	p.mark = len(p.output())
	p.cmd.Process.Signal(syscall.SIGTSTP)
	p.waitFor("\x1b[?1049l")
	p.continueUntil("\x1b[?1049h")
	p.waitFor("历史")
	p.typeKeys("\x1bOQ")
	p.waitFor("北京晨星虚构科技有限公司")
	p.typeKeys("\x03")
	if code := p.waitExit(deadline); code != 0 {
		t.Errorf("exit %d", code)
	}
	assertRestored(t, p.output())
}

// continueUntil continues a stopped program until it has printed text.
func (p *ptySession) continueUntil(text string) {
	p.t.Helper()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	late := time.After(deadline)
	for !strings.Contains(p.output()[p.mark:], text) {
		select {
		case <-again.C: // it may not have stopped before
			p.cmd.Process.Signal(syscall.SIGCONT)
		case <-late:
			p.t.Fatalf("%q does not come: %q", text, p.output())
		}
	}
}

// TestNoSizeYet: a terminal without a size gets a frame of 80 columns.
func TestNoSizeYet(t *testing.T) {
	t.Parallel()
	p := startSized(t, &pty.Winsize{}, nil, "--demo")
	p.waitFor("北京晨星虚构科技有限公司")
	p.waitFor(strings.Repeat("─", 80) + "\x1b[0m\r\n")
	if err := pty.Setsize(p.file, &pty.Winsize{Cols: 100, Rows: 30}); err != nil {
		t.Fatal(err)
	}
	p.waitFor(strings.Repeat("─", 100))
}

// setCooked gives the terminal the mode of a shell.
func setCooked(t *testing.T, p *ptySession) {
	t.Helper()
	mode, err := unix.IoctlGetTermios(int(p.file.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	mode.Iflag |= unix.ICRNL
	mode.Lflag |= unix.ICANON | unix.ECHO | unix.ISIG
	if err := unix.IoctlSetTermios(int(p.file.Fd()), unix.TCSETS, mode); err != nil {
		t.Fatal(err)
	}
}
