package plain

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
)

// What a line can be instead of a value, also in full width.
const (
	lineBack = "<"
	lineSame = "="
	lineHelp = "?"
)

// askQuery asks for the four factors. The error is io.EOF when the operator
// ends.
func (c *console) askQuery(ctx context.Context) (juhe.Query, error) {
	query := c.Query
	query.Factors = juhe.Factors{}
	for f := juhe.Entname; f < juhe.NumFactors; {
		line, err := c.ask(ctx, fmt.Sprintf(c.Messages.Plain.Prompt, c.fieldName(f), c.Messages.FieldHint(query.API, f)))
		if err != nil {
			return query, err
		}
		switch foldWidth(line) {
		case "":
			if f == juhe.Entname {
				return query, io.EOF
			}
			c.Errf(c.Messages.Plain.Missing+"\n", c.fieldName(f))
		case lineHelp:
			c.Errf("%s\n%s\n", c.Messages.Plain.Help, c.today(ctx))
		case lineBack:
			if f == juhe.Entname {
				c.Errf("%s\n", c.Messages.Plain.IsFirstField)
			}
			f = max(f-1, juhe.Entname)
		default:
			if c.acceptField(&query, f, line) {
				f++
			}
		}
	}
	return query, nil
}

func (c *console) fieldName(f juhe.Factor) string { return c.Messages.Fields[f].Label }

// acceptField stores line as factor f and prints its warnings. If the line is
// not acceptable it says why and returns false.
func (c *console) acceptField(query *juhe.Query, f juhe.Factor, line string) bool {
	w, name := c.Messages.Plain, c.fieldName(f)
	if foldWidth(line) == lineSame {
		if line = c.lastTyped[f]; line == "" {
			c.Errf(w.NoEarlierValue+"\n", name)
			return false
		}
		c.Errf(w.UsingEarlierValue+"\n", juhe.Sanitize(lookup.MaskPerson(c.lastTyped)[f]))
	}
	if text := c.rejectReason(f, line); text != "" {
		c.Errf("%s\n", text)
		return false
	}
	c.lastTyped[f] = line
	query.Factors[f] = line
	for _, r := range c.warnings(*query) {
		if r.Factor == f {
			c.Errf("%s%s%s\n", c.Messages.Labels["remark"], c.Messages.Colon, c.Messages.Warning(r))
		}
	}
	offered := lookup.SuggestCorrection(query.API, f, line)
	if _, characters := ident.ReplacePrivateUse(line); characters != "" {
		offered = characters // of a name only the characters that change
	}
	if offered != "" {
		c.Errf(c.Messages.Form.ShouldBe+"\n", offered)
	}
	return true
}

// rejectReason returns text saying why line cannot be a value of f, or returns "". A
// line with a control character comes from an arrow key.
func (c *console) rejectReason(f juhe.Factor, line string) string {
	problem := lookup.CheckInput(f, line)
	switch {
	case problem == lookup.InputInvalidUTF8:
		return c.Messages.Input(problem, c.fieldName(f))
	case cli.IsTableRow(line):
		return fmt.Sprintf(c.Messages.UnexpectedInput.TableRow, c.fieldName(f))
	case strings.ContainsFunc(line, unicode.IsControl):
		return fmt.Sprintf(c.Messages.Plain.ControlCharacters, c.fieldName(f))
	case problem == lookup.InputEmpty:
		return fmt.Sprintf(c.Messages.Plain.Missing, c.fieldName(f))
	case problem != "":
		return c.Messages.Input(problem, c.fieldName(f))
	}
	return ""
}
