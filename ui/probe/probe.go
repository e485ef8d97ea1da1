// Package probe asks the terminal, and tmux around it, about themselves. It
// draws nothing that stays.
package probe

import (
	"bytes"
	"errors"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// The reasons why a terminal is not measured.
var (
	ErrNoAnswer     = errors.New("the terminal does not answer")
	ErrPendingInput = errors.New("something has been typed that would be lost")
	ErrBackground   = errors.New("the terminal belongs to another program just now")
)

// MeasureCells asks a terminal how many cells it gives to each of the texts: it draws
// them at the start of a line, asks where the cursor is, and wipes them away. It
// waits no longer than patience for all of the answers. The mode of the terminal
// is as it was afterwards, and nothing is read that was typed before.
func MeasureCells(in, out *os.File, texts []string, patience time.Duration) (cells []int, err error) {
	fd := int(in.Fd())
	// Whoever changes the terminal from the background is stopped by the system.
	// A terminal that is not this program's own has no such order.
	if owner, err := unix.IoctlGetInt(fd, unix.TIOCGPGRP); err == nil && owner != unix.Getpgrp() {
		return nil, ErrBackground
	}
	mode, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, term.Restore(in.Fd(), mode)) }()
	if typed, err := readable(fd, 0); typed || err != nil {
		return nil, errors.Join(err, ErrPendingInput)
	}
	var ask strings.Builder
	for _, text := range texts {
		ask.WriteString("\r" + text + ansi.RequestCursorPositionReport)
	}
	if _, err := out.WriteString(ask.String() + "\r" + ansi.EraseEntireLine); err != nil {
		return nil, err
	}
	return readReports(fd, len(texts), time.Now().Add(patience))
}

// readReports reads so many reports of where the cursor is, until a time.
func readReports(fd, want int, until time.Time) ([]int, error) {
	var read bytes.Buffer
	piece := make([]byte, 256)
	for {
		if cells := parseReports(read.Bytes()); len(cells) >= want {
			return cells[:want], nil
		}
		ready, err := readable(fd, time.Until(until))
		if err != nil {
			return nil, err
		}
		if !ready {
			return nil, ErrNoAnswer
		}
		n, err := unix.Read(fd, piece)
		if err != nil && !errors.Is(err, unix.EINTR) {
			return nil, err
		}
		if n == 0 && err == nil {
			return nil, ErrNoAnswer // it has hung up
		}
		read.Write(piece[:max(0, n)])
	}
}

// report is an answer: CSI row ; column R.
var report = regexp.MustCompile(`\x1b\[\d{1,5};(\d{1,5})R`)

// parseReports is how far from the start of the line each report tells the cursor.
func parseReports(text []byte) (cells []int) {
	for _, found := range report.FindAllSubmatch(text, -1) {
		column, _ := strconv.Atoi(string(found[1])) // at most five digits
		cells = append(cells, column-1)
	}
	return cells
}

// readable waits until something can be read, for so long.
func readable(fd int, wait time.Duration) (bool, error) {
	until := time.Now().Add(wait)
	for {
		var set unix.FdSet
		set.Set(fd)
		left := unix.NsecToTimeval(max(0, time.Until(until)).Nanoseconds())
		n, err := unix.Select(fd+1, &set, nil, nil, &left)
		if !errors.Is(err, unix.EINTR) {
			return n > 0, err
		}
	}
}
