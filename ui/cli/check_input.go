package cli

import (
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
)

// stdinLimit is the largest JSON object on standard input, in bytes.
const stdinLimit = 64 << 10

// readFactorsJSON reads factors from one JSON object on standard input. It must
// not repeat factors that flags have set.
func readFactorsJSON(ctx context.Context, s *Streams, f *juhe.Factors) error {
	text, err := readInterruptible(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(s.In, stdinLimit+1)) })
	if err != nil {
		return err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	members := map[string]jsontext.Value{}
	if len(text) > stdinLimit || json.Unmarshal(text, &members) != nil || members == nil {
		return UsageError(s.Messages.Errors.Stdin)
	}
	for name, value := range members {
		field, ok := juhe.ParseFactor(name)
		switch {
		case !ok:
			return UsageError(fmt.Sprintf(s.Messages.Errors.StdinMember, juhe.Sanitize(name)))
		case value.Kind() != '"':
			return UsageError(fmt.Sprintf(s.Messages.Errors.StdinType, name))
		case f[field] != "":
			return UsageError(fmt.Sprintf(s.Messages.Errors.StdinTwice, name))
		}
		var typed string
		if err := json.Unmarshal(value, &typed); err != nil {
			return UsageError(s.Messages.Errors.Stdin)
		}
		f[field] = typed
	}
	return nil
}

// askFactors asks for the missing factors.
func askFactors(ctx context.Context, s *Streams, f *juhe.Factors) error {
	for field := range juhe.NumFactors {
		for f[field] == "" {
			if !s.InTerminal {
				return UsageError(fmt.Sprintf(s.Messages.Errors.NotTerminal, s.fieldLabel(field)))
			}
			s.Errf("%s%s", s.Messages.Fields[field].Label, s.Messages.Colon)
			line, err := s.ReadLine(ctx)
			switch {
			case errors.Is(err, io.EOF):
				return UsageError(s.Messages.Input(lookup.InputEmpty, s.fieldLabel(field)))
			case err != nil:
				return err
			case IsTableRow(line):
				s.Errf(s.Messages.UnexpectedInput.TableRow+"\n", s.Messages.Fields[field].Label)
				continue
			}
			if problem := lookup.CheckInput(field, line); problem != "" && line != "" {
				s.Errf("%s\n", s.Messages.Input(problem, s.Messages.Fields[field].Label))
				continue
			}
			f[field] = line
		}
	}
	return nil
}

// IsTableRow reports whether line is a row of a spreadsheet: it has tabs. As a
// company name it would show the person in it.
func IsTableRow(line string) bool { return strings.Contains(line, "\t") }
