package probe_test

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"fourfactor/ui/probe"
)

// slack is a timeout that should not expire, brief one that should.
const (
	slack = 20 * time.Second
	brief = 50 * time.Millisecond
)

// openTerminal returns both ends of a pseudoterminal.
func openTerminal(t *testing.T) (tty, screen *os.File) {
	t.Helper()
	screen, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		tty.Close()
		screen.Close()
	})
	return tty, screen
}

// emulator draws like a terminal that gives wide characters two cells.
type emulator struct {
	screen *os.File
	wide   string
	mute   bool
	line   []rune // the current line
	column int
	done   chan struct{}
}

// emulate starts an emulator that draws until the line is erased.
func emulate(screen *os.File, wide string, mute bool) *emulator {
	p := &emulator{screen: screen, wide: wide, mute: mute, done: make(chan struct{})}
	go p.run()
	return p
}

func (p *emulator) run() {
	defer close(p.done)
	var got []byte
	piece := make([]byte, 64)
	for !strings.HasSuffix(string(got), "\x1b[2K") {
		n, err := p.screen.Read(piece)
		if err != nil {
			return
		}
		got = append(got, piece[:n]...)
	}
	text := string(got)
	for text != "" {
		text = p.draw(text)
	}
}

// draw handles the first sequence or character of text and returns the rest.
func (p *emulator) draw(text string) string {
	if rest, ok := strings.CutPrefix(text, "\x1b[6n"); ok {
		if !p.mute {
			fmt.Fprintf(p.screen, "\x1b[24;%dR", p.column+1)
		}
		return rest
	}
	if rest, ok := strings.CutPrefix(text, "\x1b[2K"); ok {
		p.line = nil
		return rest
	}
	if rest, ok := strings.CutPrefix(text, "\r"); ok {
		p.column = 0
		return rest
	}
	r := []rune(text)[0]
	p.line = append(p.line, r)
	p.column++
	if strings.ContainsRune(p.wide, r) {
		p.column++
	}
	return text[len(string(r)):]
}

// TestMeasureCells: the terminal's own widths are measured, the line is erased, and the mode
// is restored.
func TestMeasureCells(t *testing.T) {
	t.Parallel()
	texts := []string{"─", "…", "中", "ab"}
	for _, test := range []struct {
		wide string
		want []int
	}{
		{"中", []int{1, 1, 2, 2}},
		{"─…中", []int{2, 2, 2, 2}},
	} {
		tty, screen := openTerminal(t)
		before := state(t, tty)
		p := emulate(screen, test.wide, false)
		cells, err := probe.MeasureCells(tty, tty, texts, slack)
		if err != nil || !slices.Equal(cells, test.want) {
			t.Errorf("%v, %v, want %v", cells, err, test.want)
		}
		<-p.done
		if len(p.line) != 0 || p.column != 0 {
			t.Errorf("%q stays, the cursor is at %d", string(p.line), p.column)
		}
		if after := state(t, tty); !reflect.DeepEqual(before, after) {
			t.Error("the mode has changed")
		}
	}
}

// TestMeasureCellsMute: a terminal that does not answer costs no more than the timeout.
func TestMeasureCellsMute(t *testing.T) {
	t.Parallel()
	tty, screen := openTerminal(t)
	before := state(t, tty)
	emulate(screen, "", true)
	began := time.Now()
	cells, err := probe.MeasureCells(tty, tty, []string{"─", "中"}, brief)
	if !errors.Is(err, probe.ErrNoAnswer) || cells != nil {
		t.Errorf("%v, %v", cells, err)
	}
	if took := time.Since(began); took < brief || took > slack {
		t.Errorf("it took %v", took)
	}
	if !reflect.DeepEqual(before, state(t, tty)) {
		t.Error("the mode has changed")
	}
}

// TestMeasureCellsTyped: pending input is not consumed, and nothing is drawn.
func TestMeasureCellsTyped(t *testing.T) {
	t.Parallel()
	tty, screen := openTerminal(t)
	mode, err := term.MakeRaw(tty.Fd())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := screen.WriteString("ls"); err != nil {
		t.Fatal(err)
	}
	if ready, err := probe.Readable(int(tty.Fd()), slack); !ready || err != nil {
		t.Fatalf("%v, %v", ready, err)
	}
	if _, err := probe.MeasureCells(tty, tty, []string{"─"}, brief); !errors.Is(err, probe.ErrPendingInput) {
		t.Errorf("%v", err)
	}
	kept := make([]byte, 8)
	if n, err := tty.Read(kept); err != nil || string(kept[:n]) != "ls" {
		t.Errorf("%q, %v", kept[:n], err)
	}
	if err := term.Restore(tty.Fd(), mode); err != nil {
		t.Fatal(err)
	}
}

// TestMeasureCellsNoTerminal: a file cannot be measured.
func TestMeasureCellsNoTerminal(t *testing.T) {
	t.Parallel()
	file, err := os.Create(t.TempDir() + "/file")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := probe.MeasureCells(file, file, []string{"─"}, brief); err == nil {
		t.Error("a file answers")
	}
}

func state(t *testing.T, tty *os.File) *term.State {
	t.Helper()
	s, err := term.GetState(tty.Fd())
	if err != nil {
		t.Fatal(err)
	}
	return s
}
