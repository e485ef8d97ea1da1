package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// What a line can be at a field, besides its value, also in full width.
const (
	lineBack = "<"
	lineSame = "="
	lineHelp = "?"
)

// query asks for the four fields. The error is io.EOF when the operator ends.
func (p *plain) query(ctx context.Context) (juhe.Query, error) {
	query := p.s.Query
	query.Factors = juhe.Factors{}
	fields := ident.Fields()
	for at := 0; at < len(fields); {
		line, err := p.line(ctx, p.prompt(query.API, fields[at]))
		if err != nil {
			return query, err
		}
		switch folded(line) {
		case "":
			if at == 0 {
				return query, io.EOF
			}
			p.tell(p.words.Plain.Missing+"\n", p.fieldName(fields[at]))
		case lineHelp:
			p.tell("%s\n%s\n", p.words.Plain.Help, p.today(ctx))
		case lineBack:
			if at == 0 {
				p.tell("%s\n", p.words.Plain.First)
			}
			at = max(at-1, 0)
		default:
			if p.take(&query, fields[at], line) {
				at++
			}
		}
	}
	return query, nil
}

// folded is a line as it is compared with commands: in half width, and small.
func folded(line string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		const first, last, apart = '！', '～', '！' - '!'
		if first <= r && r <= last {
			return r - apart
		}
		return r
	}, line))
}

func (p *plain) fieldName(f ident.Field) string { return p.words.Fields[string(f)].Label }

// prompt asks for a field, in the endpoint's own term.
func (p *plain) prompt(api juhe.API, f ident.Field) string {
	field := p.words.Fields[string(f)]
	hint := field.Hint
	if api == juhe.APIQueryV2 {
		hint = field.V2
	}
	return fmt.Sprintf(p.words.Plain.Prompt, field.Label, hint)
}

// take puts a line into a field and reads out what there is to remark, or says
// why it cannot be taken.
func (p *plain) take(query *juhe.Query, f ident.Field, line string) bool {
	w, name := p.words.Plain, p.fieldName(f)
	if folded(line) == lineSame {
		if line = lookup.Value(p.typed, f); line == "" {
			p.tell(w.NoBefore+"\n", name)
			return false
		}
		p.tell(w.Same+"\n", juhe.Harmless(lookup.Value(lookup.MaskPerson(p.typed), f)))
	}
	if text := p.unfit(f, line); text != "" {
		p.tell("%s\n", text)
		return false
	}
	lookup.SetValue(&p.typed, f, line)
	lookup.SetValue(&query.Factors, f, line)
	for _, r := range p.remarks(*query) {
		if r.Field == f {
			p.tell("%s%s%s\n", p.words.Facts["remark"], p.words.Colon, lookup.WarningText(p.words, r))
		}
	}
	offered := lookup.SuggestValue(query.API, f, line)
	if _, characters := ident.Standard(line); characters != "" {
		offered = characters // of a name no more is read out
	}
	if offered != "" {
		p.tell(p.words.Form.Standard+"\n", offered)
	}
	return true
}

// unfit says why a line is no value of a field. An arrow key would leave a
// control and some letters in it.
func (p *plain) unfit(f ident.Field, line string) string {
	problem := lookup.CheckInput(f, line)
	switch {
	case problem == lookup.InputUTF8:
		return p.words.Input(string(problem), p.fieldName(f))
	case isRow(line):
		return fmt.Sprintf(p.words.Typed.Row, p.fieldName(f))
	case strings.ContainsFunc(line, unicode.IsControl):
		return fmt.Sprintf(p.words.Plain.Control, p.fieldName(f))
	case problem == lookup.InputEmpty:
		return fmt.Sprintf(p.words.Plain.Missing, p.fieldName(f))
	case problem != "":
		return p.words.Input(string(problem), p.fieldName(f))
	}
	return ""
}

// remarks are those on a query, as it was typed.
func (p *plain) remarks(query juhe.Query) []ident.Remark {
	_, remarks := lookup.Check(query, p.Now())
	return remarks
}
