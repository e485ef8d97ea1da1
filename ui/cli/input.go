package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/consent"
)

// stdinLimit is the largest JSON object on standard input, in bytes.
const stdinLimit = 64 << 10

// readFactorsJSON reads factors from one JSON object on standard input. It must
// not repeat factors that flags have set.
func (a *App) readFactorsJSON(ctx context.Context, f *juhe.Factors) error {
	text, err := readInterruptible(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(a.In, stdinLimit+1)) })
	if err != nil {
		return err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	members := map[string]jsontext.Value{}
	if len(text) > stdinLimit || json.Unmarshal(text, &members) != nil || members == nil {
		return usageError(a.messages.Errors.Stdin)
	}
	for name, value := range members {
		field, ok := juhe.ParseFactor(name)
		switch {
		case !ok:
			return usageError(fmt.Sprintf(a.messages.Errors.StdinMember, juhe.Sanitize(name)))
		case value.Kind() != '"':
			return usageError(fmt.Sprintf(a.messages.Errors.StdinType, name))
		case f[field] != "":
			return usageError(fmt.Sprintf(a.messages.Errors.StdinTwice, name))
		}
		var typed string
		if err := json.Unmarshal(value, &typed); err != nil {
			return usageError(a.messages.Errors.Stdin)
		}
		f[field] = typed
	}
	return nil
}

// askFactors asks for the missing factors.
func (a *App) askFactors(ctx context.Context, f *juhe.Factors) error {
	for field := range juhe.NumFactors {
		for f[field] == "" {
			if !a.InTerminal {
				return usageError(fmt.Sprintf(a.messages.Errors.NotTerminal, a.fieldLabel(field)))
			}
			a.errf("%s%s", a.messages.Fields[field.String()].Label, a.messages.Colon)
			line, err := a.readLine(ctx)
			switch {
			case errors.Is(err, io.EOF):
				return usageError(a.messages.Input(string(lookup.InputEmpty), a.fieldLabel(field)))
			case err != nil:
				return err
			case isTableRow(line):
				a.errf(a.messages.UnexpectedInput.TableRow+"\n", a.messages.Fields[field.String()].Label)
				continue
			}
			if problem := lookup.CheckInput(field, line); problem != "" && line != "" {
				a.errf("%s\n", a.messages.Input(string(problem), a.messages.Fields[field.String()].Label))
				continue
			}
			f[field] = line
		}
	}
	return nil
}

// isTableRow reports whether line is a row of a spreadsheet: it has tabs. As a
// company name it would show the person in it.
func isTableRow(line string) bool { return strings.Contains(line, "\t") }

// lineLimit is the longest line of standard input, in bytes.
const lineLimit = 64 << 10

// readLine reads a line of standard input and trims it. The error is io.EOF at
// the end, and an *exitError for a line that is too long, which is skipped.
//
// A last line without a newline counts, unless it was typed: after Ctrl+D nobody
// has pressed Enter, so it is neither a value nor consent.
//
// All lines go through one reader, so that lines typed ahead are not lost.
func (a *App) readLine(ctx context.Context) (string, error) {
	if a.stdin == nil {
		a.stdin = bufio.NewReaderSize(a.In, lineLimit)
	}
	return readInterruptible(ctx, func() (string, error) {
		slice, err := a.stdin.ReadSlice('\n')
		line := string(slice)
		if errors.Is(err, bufio.ErrBufferFull) {
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = a.stdin.ReadSlice('\n')
			}
			return "", usageError(a.messages.Plain.TooLong)
		}
		switch {
		case err != nil && a.InTerminal:
			return "", err
		case line != "":
			err = nil
		}
		return strings.TrimSpace(line), err
	})
}

// confirm asks a question on the terminal. Without a terminal it returns true.
func (a *App) confirm(ctx context.Context, question string) (bool, error) {
	if !a.InTerminal {
		return true, nil
	}
	for {
		asked := a.Now()
		a.errf("%s", question)
		line, err := a.readLine(ctx)
		switch {
		case ctx.Err() != nil:
			return false, err
		case !consent.IsYes(line):
			return false, nil
		case !consent.TooSoon(asked, a.Now()):
			return true, nil
		}
		a.errf("%s\n", a.messages.UnexpectedInput.TooSoon)
	}
}

// readInterruptible calls read and returns its result, or an *exitError once ctx
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
		return none, &exitError{code: ExitInterrupted}
	}
}
