// Package probe measures the terminal. It leaves nothing on the screen.
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

// MeasureCells measures how many cells the terminal uses for each text: it draws them
// at the start of a line, requests the cursor position, and erases the line. It waits
// at most until the timeout for all reports. It restores the terminal's mode and reads no input
// that was typed before.
func MeasureCells(in, out *os.File, texts []string, timeout time.Duration) (cells []int, err error) {
	fd := int(in.Fd())
	// The system stops a background process that changes its terminal's mode. The ioctl
	// fails for a terminal that is not the controlling one, where this does not apply.
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
	return readReports(fd, len(texts), time.Now().Add(timeout))
}

// readReports reads cursor position reports until it has want of them or the deadline
// passes.
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
			return nil, ErrNoAnswer // end of file
		}
		read.Write(piece[:max(0, n)])
	}
}

// report matches a cursor position report: CSI row ; column R.
var report = regexp.MustCompile(`\x1b\[\d{1,5};(\d{1,5})R`)

// parseReports returns the cursor's distance from the start of the line in each report
// of text.
func parseReports(text []byte) (cells []int) {
	for _, found := range report.FindAllSubmatch(text, -1) {
		column, _ := strconv.Atoi(string(found[1])) // at most five digits, so it cannot fail
		cells = append(cells, column-1)
	}
	return cells
}

// readable waits at most wait until fd has input.
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
