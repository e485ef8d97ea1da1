package main

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

	"fourfactor/juhe/mockserver"
)

var full = flag.Bool("full", false, "try all the ways in which a paste can come, and as many signals as it takes to be sure, which takes minutes")

// slowly types text in pieces, with a pause after each.
func (p *terminal) slowly(text string, size int, pause time.Duration) {
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

// paced are the ways in which a paste comes: so many bytes at once, so many
// milliseconds apart.
func paced() [][2]int {
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

// TestPasteSendsNothing: however a paste comes, marked as one or not, no request
// leaves by it. One row fills the form, several are offered a batch.
func TestPasteSendsNothing(t *testing.T) {
	t.Parallel()
	f, g := mockserver.Companies()[0].Factors("query"), mockserver.Companies()[1].Factors("query")
	row := strings.Join(f[:], "\t") + "\r"
	other := strings.Join(g[:], "\t") + "\r"
	for name, form := range map[string]string{"bare": "%", "marked": "\x1b[200~%\x1b[201~", "with an end in it": "\x1b[200~\x1b[201~%\x1b[201~\r"} {
		for i, pace := range paced() {
			if !*full && name != "bare" && i > 0 {
				continue
			}
			size, pause := pace[0], time.Duration(pace[1])*time.Millisecond
			t.Run(name+"/"+strconv.Itoa(size)+"/"+pause.String(), func(t *testing.T) {
				t.Parallel()
				s := mockserver.New(mockserver.Key, mockserver.Openid)
				service := httptest.NewServer(s)
				t.Cleanup(service.Close)
				p := start(t, []string{"JUHE_BASE_URL=" + service.URL, "JUHE_KEY=" + mockserver.Key})
				p.until("企业名称")
				paste := func(rows string, seen ...string) {
					for range 9 { // a busy machine may write too slowly for a paste
						p.slowly(strings.Replace(form, "%", rows, 1), size, pause)
						if p.shows("\x1bOR", "历史"); p.shows("\x1bOQ", "核验", seen...) {
							break
						}
						p.keys("\x1b") // no question
						p.shows("\x1bOR", "历史")
						p.shows("\x1bOQ\x0c", "核验")
					}
					if news := p.output()[p.mark:]; s.Requests() != 0 || !strings.Contains(news, seen[0]) {
						t.Fatalf("%d requests: %q", s.Requests(), news)
					}
				}
				paste(other, strings.Split(strings.TrimSpace(other), "\t")...)
				paste(row, strings.Split(strings.TrimSpace(row), "\t")...) // into a full form
				paste(row+other, "粘贴了 2 行")
				p.insist("\x1b", func(news string) bool { return strings.Contains(news, "经营状态") })
				p.insist("\x13", func(news string) bool { return strings.Contains(news, "四项要素全部一致") })
				if n := s.Requests(); n != 1 {
					t.Errorf("%d requests", n)
				}
			})
		}
	}
}

// shows presses a key until a screen is in front, and reports whether these texts are
// in its frame.
func (p *terminal) shows(key, title string, texts ...string) bool {
	p.t.Helper()
	frame := ""
	p.insist(key, func(news string) bool {
		_, frame, _ = strings.Cut(news, "fourfactor\x1b[0m  "+title)
		return strings.Contains(frame, "\x1b[24;H")
	})
	return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(frame, text) })
}

// insist presses a key until what has come since is as it should be. Right behind a
// paste keys do not count.
func (p *terminal) insist(key string, so func(news string) bool) {
	p.t.Helper()
	again := time.NewTicker(300 * time.Millisecond)
	defer again.Stop()
	late := time.After(deadline)
	for p.keys(key); !so(p.output()[p.mark:]); {
		select {
		case <-p.news:
		case <-again.C:
			io.WriteString(p.file, key)
		case <-late:
			p.t.Fatalf("%q does nothing: %q", key, p.output())
		}
	}
}

// TestLateReplies: what a terminal answers late reaches neither a field nor a
// command, on any screen.
func TestLateReplies(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--demo")
	p.until("企业名称")
	for _, open := range []string{"\x1bOR", "\x1bOS", "\x1bOQ", "\x1bOP"} {
		p.keys(open)
		p.until("fourfactor")
		before := p.output()
		for _, reply := range []string{
			"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1bP>|tmux 3.4\x1b\\", "\x1b[?64;1;22c", "\x1b]52;c;eHJk\a", "\x1b_Gi=31;OK\x1b\\", "\x1b[<0;1;1M", "\x1b[M !!", "\x1b[24;80R",
		} {
			p.slowly(reply, 3, 2*time.Millisecond)
		}
		p.slowly("\x1b[97;1:3u", 1, 2*time.Millisecond)
		for _, seen := range []string{"fourfactor", "rgb", "tmux", "xdx", "Gi"} { // another screen, or text
			if news := p.output()[len(before):]; strings.Contains(news, seen) {
				t.Errorf("%q: it has drawn %q", open, news)
			}
		}
	}
	p.keys("\x1bOP\x1bOQ") // the form holds what it held
	p.until("北京晨星虚构科技有限公司")
	p.keys("\x03")
	if code := p.end(deadline); code != 0 {
		t.Errorf("exit %d: %q", code, p.output())
	}
}

// TestStopped: after a stop that it did not ask for the console takes the terminal
// again: raw mode, the alternate screen, and the whole frame.
func TestStopped(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--demo")
	p.until("北京晨星虚构科技有限公司")
	p.cmd.Process.Signal(syscall.SIGSTOP)
	cooked(t, p)
	if err := pty.Setsize(p.file, &pty.Winsize{Cols: 90, Rows: 30}); err != nil {
		t.Fatal(err)
	}
	p.mark = len(p.output())
	p.cmd.Process.Signal(syscall.SIGCONT)
	p.until("\x1b[?1049h")
	p.until("\x1b[?2004h")
	p.until(strings.Repeat("─", 90))
	p.until("北京晨星虚构科技有限公司")
	p.keys("\x1bOP") // one key, and no line
	p.until("帮助")
	p.keys("\x1bOP\x1bOR\x1a") // nobody can continue it here, so it does not stop
	p.until("不能挂起")
	p.mark = len(p.output())
	p.cmd.Process.Signal(syscall.SIGTSTP)
	p.until("\x1b[?1049l")
	p.resume("\x1b[?1049h")
	p.until("历史")
	p.keys("\x1bOQ")
	p.until("北京晨星虚构科技有限公司")
	p.keys("\x03")
	if code := p.end(deadline); code != 0 {
		t.Errorf("exit %d", code)
	}
	restored(t, p.output())
}

// resume has a program that stops go on until it has said something.
func (p *terminal) resume(text string) {
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

// TestNoSizeYet: on a terminal that does not know its size there is a frame.
func TestNoSizeYet(t *testing.T) {
	t.Parallel()
	p := startSized(t, &pty.Winsize{}, nil, "--demo")
	p.until("北京晨星虚构科技有限公司")
	p.until(strings.Repeat("─", 80) + "\x1b[0m\r\n")
	if err := pty.Setsize(p.file, &pty.Winsize{Cols: 100, Rows: 30}); err != nil {
		t.Fatal(err)
	}
	p.until(strings.Repeat("─", 100))
}
