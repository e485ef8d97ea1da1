package ui_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// drawingProgram is a program that draws to a datagram socket, which preserves the
// boundaries of writes.
type drawingProgram struct {
	t       *testing.T
	program *tea.Program
	socket  *os.File
	done    chan error
}

func startProgram(t *testing.T, c console, term *widget.Terminal, socket *os.File) drawingProgram {
	t.Helper()
	w := drawingProgram{t: t, socket: socket, done: make(chan error, 1)}
	w.program = tea.NewProgram(c.Model, tea.WithAltScreen(), tea.WithInput(nil), tea.WithOutput(term), tea.WithoutSignalHandler())
	go func() {
		_, err := w.program.Run()
		w.done <- err
	}()
	return w
}

// next returns the next write.
func (w drawingProgram) next() string {
	w.t.Helper()
	text := make([]byte, 1<<18)
	n, err := w.socket.Read(text)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text[:n])
}

// until reads until all texts have been written, and returns the last write.
func (w drawingProgram) until(texts ...string) (last string) {
	w.t.Helper()
	for all := ""; slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(all, text) }); all += last {
		last = w.next()
	}
	return last
}

// socketPair returns both ends of a socket.
func socketPair(t *testing.T) (ours, theirs *os.File) {
	t.Helper()
	ends, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_DGRAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs = os.NewFile(uintptr(ends[0]), "ours"), os.NewFile(uintptr(ends[1]), "theirs")
	t.Cleanup(func() { ours.Close(); theirs.Close() })
	return ours, theirs
}

// TestOneWrite: the effect of a key is one write, with the caret, and a small one even
// in a large window. It includes a caret that only moved.
func TestOneWrite(t *testing.T) {
	t.Parallel()
	ours, theirs := socketPair(t)
	term := widget.NewTerminal(theirs)
	c := newConsole(t, consoleOptions{lang: "zh", borders: "rounded", terminal: term})
	for _, name := range []string{"甲", "乙", "丙"} {
		c.lookUp(queryNamed("虚构" + name + "公司"))
	}
	c.fill(matchingQuery())
	c.resize(140, 45)
	w := startProgram(t, c, term, ours)
	w.until("北京晨星", fmt.Sprintf(c.words.Form.Today, 3)) // the count arrives concurrently
	for _, step := range []struct {
		key, want string // part of the write
		caret     bool
	}{
		{"left", "\x1b[3;35H\x1b[?25h", true},
		{"京", "京", true},
		{"backspace", "\x1b[3;35H\x1b[?25h", true},
		{"right", "\x1b[3;37H\x1b[?25h", true},
		{"tab", "\x1b[5;31H\x1b[?25h", true},
		{"ctrl+t", "queryEncry", true},
		{"f1", c.words.App.HelpTitle, false},
		{"esc", c.words.App.FormTitle, true},
	} {
		w.program.Send(uitest.Key(step.key))
		got := w.next()
		if !strings.Contains(got, step.want) || strings.HasSuffix(got, "\x1b[?25h") != step.caret {
			t.Errorf("%s: %q", step.key, got)
		}
		// Another screen is drawn completely.
		if whole := step.key == "f1" || step.key == "esc"; !whole && len(got) > 2048 {
			t.Errorf("%s takes %d bytes", step.key, len(got))
		}
	}
	w.program.Quit()
	if err := <-w.done; err != nil {
		t.Error(err)
	}
}
