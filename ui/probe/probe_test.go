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

// slack is for what answers, brief for what does not.
const (
	slack = 20 * time.Second
	brief = 50 * time.Millisecond
)

// opened is a terminal: the program's end, and the one of whoever draws it.
func opened(t *testing.T) (tty, screen *os.File) {
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

// player draws as a terminal does that gives wide characters two cells.
type player struct {
	screen *os.File
	wide   string
	mute   bool
	line   []rune // what stands on it
	column int
	done   chan struct{}
}

// play draws until it has been told to wipe the line, or for ever.
func play(screen *os.File, wide string, mute bool) *player {
	p := &player{screen: screen, wide: wide, mute: mute, done: make(chan struct{})}
	go p.run()
	return p
}

func (p *player) run() {
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

// draw does the first of what it is told, and gives the rest.
func (p *player) draw(text string) string {
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

// TestCells: what the terminal says, not what we would say; nothing stays on
// the line, and the mode is as it was.
func TestCells(t *testing.T) {
	t.Parallel()
	texts := []string{"─", "…", "中", "ab"}
	for _, test := range []struct {
		wide string
		want []int
	}{
		{"中", []int{1, 1, 2, 2}},
		{"─…中", []int{2, 2, 2, 2}},
	} {
		tty, screen := opened(t)
		before := state(t, tty)
		p := play(screen, test.wide, false)
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

// TestCellsMute: a terminal that does not answer costs the time that was given
// and no more.
func TestCellsMute(t *testing.T) {
	t.Parallel()
	tty, screen := opened(t)
	before := state(t, tty)
	play(screen, "", true)
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

// TestCellsTyped: what was typed before is left for whoever it is for, and
// nothing is drawn.
func TestCellsTyped(t *testing.T) {
	t.Parallel()
	tty, screen := opened(t)
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

// TestCellsNoTerminal: a file is none.
func TestCellsNoTerminal(t *testing.T) {
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
