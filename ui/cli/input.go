package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// stdinLimit bounds the JSON object on standard input, in bytes.
const stdinLimit = 64 << 10

// readFactors takes the four factors from one JSON object on standard input.
// What a flag has given may be left out there, but not be given twice.
func (a *App) readFactors(ctx context.Context, f *juhe.Factors) error {
	text, err := await(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(a.In, stdinLimit+1)) })
	if err != nil {
		return err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	members := map[string]jsontext.Value{}
	if len(text) > stdinLimit || json.Unmarshal(text, &members) != nil || members == nil {
		return usage(a.words.Errors.Stdin)
	}
	for name, value := range members {
		field := ident.Field(name)
		switch {
		case !slices.Contains(ident.Fields(), field):
			return usage(fmt.Sprintf(a.words.Errors.StdinMember, juhe.Harmless(name)))
		case value.Kind() != '"':
			return usage(fmt.Sprintf(a.words.Errors.StdinType, name))
		case lookup.Value(*f, field) != "":
			return usage(fmt.Sprintf(a.words.Errors.StdinTwice, name))
		}
		var typed string
		if err := json.Unmarshal(value, &typed); err != nil {
			return usage(a.words.Errors.Stdin)
		}
		lookup.SetValue(f, field, typed)
	}
	return nil
}

// askFactors asks a person for what is missing.
func (a *App) askFactors(ctx context.Context, f *juhe.Factors) error {
	for _, field := range ident.Fields() {
		for lookup.Value(*f, field) == "" {
			if !a.InTerminal {
				return usage(fmt.Sprintf(a.words.Errors.NotTerminal, a.label(field)))
			}
			a.tell("%s%s", a.words.Fields[string(field)].Label, a.words.Colon)
			line, err := a.readLine(ctx)
			switch {
			case errors.Is(err, io.EOF):
				return usage(a.words.Input(string(lookup.InputEmpty), a.label(field)))
			case err != nil:
				return err
			case isRow(line):
				a.tell(a.words.Typed.Row+"\n", a.words.Fields[string(field)].Label)
				continue
			}
			if problem := lookup.CheckInput(field, line); problem != "" && line != "" {
				a.tell("%s\n", a.words.Input(string(problem), a.words.Fields[string(field)].Label))
				continue
			}
			lookup.SetValue(f, field, line)
		}
	}
	return nil
}

// isRow tells whether a line is more than one value: a row of a spreadsheet has
// tabs. Taken for a company it would show the person that is in it.
func isRow(line string) bool { return strings.Contains(line, "\t") }

// typedLimit bounds a line of standard input, in bytes.
const typedLimit = 64 << 10

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
	if a.input == nil {
		a.input = bufio.NewReaderSize(a.In, typedLimit)
	}
	return await(ctx, func() (string, error) {
		slice, err := a.input.ReadSlice('\n')
		line := string(slice)
		if errors.Is(err, bufio.ErrBufferFull) {
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = a.input.ReadSlice('\n')
			}
			return "", usage(a.words.Plain.TooLong)
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

// notice is how long a question is there before it can be agreed to: a line
// that was typed or pasted for something else is no consent.
const notice = 400 * time.Millisecond

// tooSoon tells whether an answer was there before its question was read.
func (a *App) tooSoon(asked time.Time) bool { return a.Now().Sub(asked) < notice }

// agreed asks a person, if there is one to ask.
func (a *App) agreed(ctx context.Context, question string) (bool, error) {
	if !a.InTerminal {
		return true, nil
	}
	for {
		asked := a.Now()
		a.tell("%s", question)
		line, err := a.readLine(ctx)
		switch {
		case ctx.Err() != nil:
			return false, err
		case !isYes(line):
			return false, nil
		case !a.tooSoon(asked):
			return true, nil
		}
		a.tell("%s\n", a.words.Typed.TooSoon)
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

// await reads, unless the program is interrupted first: a read of standard
// input cannot be.
func await[T any](ctx context.Context, read func() (T, error)) (T, error) {
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
