package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"fourfactor/juhe"
	"fourfactor/ui/consent"
	"fourfactor/ui/i18n"
)

// Streams are the standard streams of a command, and the language and the clock of
// what is printed and asked on them.
type Streams struct {
	In       io.Reader
	Out, Err *Output
	// InTerminal reports whether a person can be asked on In; OutTerminal and
	// ErrTerminal whether Out and Err are terminals.
	InTerminal, OutTerminal, ErrTerminal bool
	Messages                             *i18n.Messages
	Now                                  func() time.Time // in the time zone of the config

	lines *bufio.Reader // In; nil until the first line is read
}

// Output serialises writes, because the log and the commands write to the same
// stream, and remembers the first error.
type Output struct {
	mu  sync.Mutex
	w   io.Writer
	err error
}

// NewOutput returns an Output that writes to w.
func NewOutput(w io.Writer) *Output { return &Output{w: w} }

// Write writes p.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n, err := o.w.Write(p)
	o.err = cmp.Or(o.err, err)
	return n, err
}

// Err returns the first error of a write.
func (o *Output) Err() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// Errf writes text for people to standard error. It sanitises its arguments,
// which may hold paths and messages of the system.
func (s *Streams) Errf(format string, args ...any) {
	args = slices.Clone(args)
	for i, arg := range args {
		switch arg := arg.(type) {
		case string:
			args[i] = juhe.SanitizeLines(arg)
		case error:
			args[i] = juhe.SanitizeLines(arg.Error())
		}
	}
	fmt.Fprintf(s.Err, format, args...)
}

// lineLimit is the longest line of standard input, in bytes.
const lineLimit = 64 << 10

// ReadLine reads a line of standard input and trims it. The error is io.EOF at
// the end, and an *ExitError for a line that is too long, which is skipped.
//
// A last line without a newline counts, unless it was typed: after Ctrl+D nobody
// has pressed Enter, so it is neither a value nor consent.
//
// All lines go through one reader, so that lines typed ahead are not lost.
func (s *Streams) ReadLine(ctx context.Context) (string, error) {
	if s.lines == nil {
		s.lines = bufio.NewReaderSize(s.In, lineLimit)
	}
	return readInterruptible(ctx, func() (string, error) {
		slice, err := s.lines.ReadSlice('\n')
		line := string(slice)
		if errors.Is(err, bufio.ErrBufferFull) {
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = s.lines.ReadSlice('\n')
			}
			return "", UsageError(s.Messages.Plain.TooLong)
		}
		switch {
		case err != nil && s.InTerminal:
			return "", err
		case line != "":
			err = nil
		}
		return strings.TrimSpace(line), err
	})
}

// Confirm asks a question on the terminal. Without a terminal it returns true.
func (s *Streams) Confirm(ctx context.Context, question string) (bool, error) {
	if !s.InTerminal {
		return true, nil
	}
	for {
		asked := s.Now()
		s.Errf("%s", question)
		line, err := s.ReadLine(ctx)
		switch {
		case ctx.Err() != nil:
			return false, err
		case !consent.IsYes(line):
			return false, nil
		case !consent.TooSoon(asked, s.Now()):
			return true, nil
		}
		s.Errf("%s\n", s.Messages.UnexpectedInput.TooSoon)
	}
}

// readInterruptible calls read and returns its result, or an *ExitError once ctx
// ends: a read of standard input cannot be cancelled.
func readInterruptible[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		value, err := read()
		done <- answer{value, err}
	}()
	select {
	case a := <-done:
		return a.value, a.err
	case <-ctx.Done():
		var none T
		return none, &ExitError{Code: ExitInterrupted}
	}
}
