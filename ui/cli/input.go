package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// stdinLimit bounds the JSON object on standard input, in bytes.
const stdinLimit = 64 << 10

// readFactorsJSON takes the four factors from one JSON object on standard input.
// What a flag has given may be left out there, but not be given twice.
func (a *App) readFactorsJSON(ctx context.Context, f *juhe.Factors) error {
	text, err := readInterruptible(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(a.In, stdinLimit+1)) })
	if err != nil {
		return err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	members := map[string]jsontext.Value{}
	if len(text) > stdinLimit || json.Unmarshal(text, &members) != nil || members == nil {
		return usageError(a.words.Errors.Stdin)
	}
	for name, value := range members {
		field, ok := juhe.ParseFactor(name)
		switch {
		case !ok:
			return usageError(fmt.Sprintf(a.words.Errors.StdinMember, juhe.Sanitize(name)))
		case value.Kind() != '"':
			return usageError(fmt.Sprintf(a.words.Errors.StdinType, name))
		case f[field] != "":
			return usageError(fmt.Sprintf(a.words.Errors.StdinTwice, name))
		}
		var typed string
		if err := json.Unmarshal(value, &typed); err != nil {
			return usageError(a.words.Errors.Stdin)
		}
		f[field] = typed
	}
	return nil
}

// askFactors asks a person for what is missing.
func (a *App) askFactors(ctx context.Context, f *juhe.Factors) error {
	for field := range juhe.NumFactors {
		for f[field] == "" {
			if !a.InTerminal {
				return usageError(fmt.Sprintf(a.words.Errors.NotTerminal, a.fieldLabel(field)))
			}
			a.errf("%s%s", a.words.Fields[field.String()].Label, a.words.Colon)
			line, err := a.readLine(ctx)
			switch {
			case errors.Is(err, io.EOF):
				return usageError(a.words.Input(string(lookup.InputEmpty), a.fieldLabel(field)))
			case err != nil:
				return err
			case isTableRow(line):
				a.errf(a.words.Typed.Row+"\n", a.words.Fields[field.String()].Label)
				continue
			}
			if problem := lookup.CheckInput(field, line); problem != "" && line != "" {
				a.errf("%s\n", a.words.Input(string(problem), a.words.Fields[field.String()].Label))
				continue
			}
			f[field] = line
		}
	}
	return nil
}

// isTableRow tells whether a line is more than one value: a row of a spreadsheet has
// tabs. Taken for a company it would show the person that is in it.
func isTableRow(line string) bool { return strings.Contains(line, "\t") }

// lineLimit bounds a line of standard input, in bytes.
const lineLimit = 64 << 10

// readLine reads a line of standard input, without its end and the blanks
// round it. The error is io.EOF when there is none, and an *exitError for one
// that is too long, which is passed over.
//
// The last one need not have an end, unless somebody types it: nobody has
// pressed Enter behind what Ctrl+D leaves, so that it is neither a value nor
// consent.
//
// All lines come by one reader: what is typed ahead is not lost between two
// questions.
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
			return "", usageError(a.words.Plain.TooLong)
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

// minAnswerTime is how long a question is there before it can be agreed to: a line
// that was typed or pasted for something else is no consent.
const minAnswerTime = 400 * time.Millisecond

// tooSoon tells whether an answer was there before its question was read.
func (a *App) tooSoon(asked time.Time) bool { return a.Now().Sub(asked) < minAnswerTime }

// confirm asks a person, if there is one to ask.
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
		case !isYes(line):
			return false, nil
		case !a.tooSoon(asked):
			return true, nil
		}
		a.errf("%s\n", a.words.Typed.TooSoon)
	}
}

// isYes tells whether a line is consent. Anything that is not is none.
func isYes(line string) bool {
	switch strings.ToLower(line) {
	case "y", "ｙ", "yes", "是":
		return true
	}
	return false
}

// readInterruptible reads, unless the program is interrupted first: a read of standard
// input cannot be.
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
