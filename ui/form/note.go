package form

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/ui/widget"
)

// fieldNote is a note about a field.
type fieldNote struct {
	style      lipgloss.Style
	mark, text string
}

func (n fieldNote) lines(width, limit int) []string {
	mark := n.mark
	if mark != "" {
		mark += " "
	}
	return widget.Hang(n.style.Render(mark), n.style, widget.WrapTrunc(n.text, width-widget.Width(mark), limit))
}

// maxNoteLines is the maximum number of lines of a note below the fields.
const maxNoteLines = 2

// below returns the lines of n in a window, for below the fields.
func (n fieldNote) below(width int) []string {
	lines := n.lines(width-2*widget.Gutter, maxNoteLines)
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", widget.Gutter) + line
	}
	return lines
}

// note returns the note for a field: its problems, followed by the changes by
// normalising. Without either it is the hint of an empty field or the recognised kind.
func (f *fields) note(factor juhe.Factor, normal string, warnings []ident.Warning) fieldNote {
	var problems, changes []string
	for _, w := range warnings {
		if w.Factor != factor {
			continue
		}
		text := f.Messages.Warning(w)
		if _, replacements := ident.ReplacePrivateUse(normal); w.Rule == ident.RuleName && replacements != "" {
			text = fmt.Sprintf(f.Messages.Form.ShouldBe, replacements) + f.Messages.Semicolon + text
		}
		switch w.Rule {
		case ident.RuleChanged:
			changes = append(changes, text)
		case ident.RuleKind: // first, because it explains the others
			problems = append([]string{text}, problems...)
		default:
			problems = append(problems, text)
		}
	}
	g, t := f.Theme.Glyphs, f.Theme
	kind := f.Messages.Kinds[ident.KindOf(factor, normal)]
	switch {
	case len(problems) > 0:
		return fieldNote{t.Warn, g.Warning, strings.Join(append(problems, changes...), f.Messages.Semicolon)}
	case len(changes) > 0:
		return fieldNote{t.Note, g.Changed, strings.Join(changes, f.Messages.Semicolon)}
	case normal == "" && f.api == juhe.APIQueryV2:
		return fieldNote{t.Dim, "", f.Messages.Fields[factor].V2}
	case normal == "":
		return fieldNote{t.Dim, "", f.Messages.Fields[factor].Hint}
	case kind != "":
		return fieldNote{t.Dim, g.Check, kind}
	}
	return fieldNote{}
}

// label returns the label of a factor's field.
func (o *Options) label(f juhe.Factor) string { return o.Messages.Fields[f].Label }

// warningTexts returns the warnings about a query, one text for each field that has some.
func (o *Options) warningTexts(warnings []ident.Warning) []string {
	var all []string
	for f := range juhe.NumFactors {
		var texts []string
		for _, w := range warnings {
			if w.Factor == f {
				texts = append(texts, o.Messages.Warning(w))
			}
		}
		if texts != nil {
			all = append(all, o.label(f)+o.Messages.Colon+strings.Join(texts, o.Messages.Semicolon))
		}
	}
	return all
}
