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
func (p *console) askQuery(ctx context.Context) (juhe.Query, error) {
	query := p.Query
	query.Factors = juhe.Factors{}
	for f := juhe.Entname; f < juhe.NumFactors; {
		line, err := p.ask(ctx, p.fieldPrompt(query.API, f))
		if err != nil {
			return query, err
		}
		switch foldWidth(line) {
		case "":
			if f == juhe.Entname {
				return query, io.EOF
			}
			p.Errf(p.Messages.Plain.Missing+"\n", p.fieldName(f))
		case lineHelp:
			p.Errf("%s\n%s\n", p.Messages.Plain.Help, p.today(ctx))
		case lineBack:
			if f == juhe.Entname {
				p.Errf("%s\n", p.Messages.Plain.IsFirstField)
			}
			f = max(f-1, juhe.Entname)
		default:
			if p.acceptField(&query, f, line) {
				f++
			}
		}
	}
	return query, nil
}

func (p *console) fieldName(f juhe.Factor) string { return p.Messages.Fields[f].Label }

// fieldPrompt is the prompt of a factor, with the endpoint's own term.
func (p *console) fieldPrompt(api juhe.API, f juhe.Factor) string {
	return fmt.Sprintf(p.Messages.Plain.Prompt, p.Messages.Fields[f].Label, p.Messages.FieldHint(api, f))
}

// acceptField stores line as factor f and prints its warnings. If the line is
// not acceptable it says why and returns false.
func (p *console) acceptField(query *juhe.Query, f juhe.Factor, line string) bool {
	w, name := p.Messages.Plain, p.fieldName(f)
	if foldWidth(line) == lineSame {
		if line = p.lastTyped[f]; line == "" {
			p.Errf(w.NoEarlierValue+"\n", name)
			return false
		}
		p.Errf(w.UsingEarlierValue+"\n", juhe.Sanitize(lookup.MaskPerson(p.lastTyped)[f]))
	}
	if text := p.rejectReason(f, line); text != "" {
		p.Errf("%s\n", text)
		return false
	}
	p.lastTyped[f] = line
	query.Factors[f] = line
	for _, r := range p.warnings(*query) {
		if r.Factor == f {
			p.Errf("%s%s%s\n", p.Messages.Labels["remark"], p.Messages.Colon, p.Messages.Warning(r))
		}
	}
	offered := lookup.SuggestCorrection(query.API, f, line)
	if _, characters := ident.ReplacePrivateUse(line); characters != "" {
		offered = characters // of a name only the characters that change
	}
	if offered != "" {
		p.Errf(p.Messages.Form.ShouldBe+"\n", offered)
	}
	return true
}

// rejectReason returns text saying why line cannot be a value of f, or returns "". A
// line with a control character comes from an arrow key.
func (p *console) rejectReason(f juhe.Factor, line string) string {
	problem := lookup.CheckInput(f, line)
	switch {
	case problem == lookup.InputInvalidUTF8:
		return p.Messages.Input(problem, p.fieldName(f))
	case cli.IsTableRow(line):
		return fmt.Sprintf(p.Messages.UnexpectedInput.TableRow, p.fieldName(f))
	case strings.ContainsFunc(line, unicode.IsControl):
		return fmt.Sprintf(p.Messages.Plain.ControlCharacters, p.fieldName(f))
	case problem == lookup.InputEmpty:
		return fmt.Sprintf(p.Messages.Plain.Missing, p.fieldName(f))
	case problem != "":
		return p.Messages.Input(problem, p.fieldName(f))
	}
	return ""
}
