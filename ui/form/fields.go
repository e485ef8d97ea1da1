package form

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// fields are the query as typed: the four factors, the endpoint and regstatus.
type fields struct {
	*Options
	inputs    [juhe.NumFactors]widget.Field
	focus     juhe.Factor
	api       juhe.API
	regstatus bool
	width     int
}

func newFields(o *Options) fields {
	f := fields{Options: o, api: o.InitialQuery.API, regstatus: o.InitialQuery.Regstatus}
	for i := range f.inputs {
		f.inputs[i] = widget.NewField()
	}
	return f
}

// query returns the content as typed.
func (f *fields) query() juhe.Query {
	q := juhe.Query{API: f.api, Regstatus: f.regstatus}
	for i := range f.inputs {
		q.Factors[i] = f.inputs[i].Value()
	}
	return q
}

// setFactors puts factors into the fields and focuses one.
func (f *fields) setFactors(factors juhe.Factors, focus juhe.Factor) {
	for i := range f.inputs {
		f.inputs[i].SetValue(factors[i])
	}
	f.setFocus(focus)
}

func (f *fields) setFocus(i juhe.Factor) {
	f.focused().Blur()
	f.focus = (i + juhe.NumFactors) % juhe.NumFactors
	f.focused().Focus()
}

func (f *fields) focused() *widget.Field { return &f.inputs[f.focus] }

// sendKeys returns the actions whose keys send the form.
func (f *fields) sendKeys() []keymap.Action {
	if f.focus == juhe.NumFactors-1 {
		return []keymap.Action{keymap.Advance, keymap.Send}
	}
	return []keymap.Action{keymap.Send}
}

func (f *fields) isSendKey(msg tea.KeyMsg) bool {
	return slices.ContainsFunc(f.sendKeys(), func(a keymap.Action) bool { return f.Keys.Matches(msg, a) })
}

func (f *fields) nextAPI() {
	all := juhe.APIs()
	f.api = all[(slices.Index(all, f.api)+1)%len(all)]
}

// completionKey returns what a completion of the focused field depends on.
func (f *fields) completionKey() completionKey {
	return completionKey{f.focus, f.focused().Value(), f.inputs[juhe.Entname].Value()}
}

// wideWidth is the minimum width in cells for notes beside their fields. In a narrower
// window they are below the fields.
const wideWidth = 100

// fieldHeight is the minimum number of lines of a field with its note.
const fieldHeight = 2

func (f *fields) isWide() bool { return f.width >= wideWidth }

func (f *fields) setWidth(width int) {
	f.width = width
	for i := range f.inputs {
		f.inputs[i].SetWidth(f.valueWidth())
	}
}

func (f *fields) labelWidth() int {
	w := f.Messages.Form
	widest := max(widget.Width(w.Endpoint), widget.Width(w.Regstatus), widget.Width(w.Service))
	for _, field := range f.Messages.Fields {
		widest = max(widest, widget.Width(field.Label))
	}
	return widest
}

// valueColumn returns the column where values begin.
func (f *fields) valueColumn() int { return widget.Gutter + f.labelWidth() + widget.Gap }

func (f *fields) valueWidth() int {
	room := f.width - f.valueColumn()
	if f.isWide() {
		return min(room/2, 52)
	}
	return room - 1
}

// lines draws the fields with their notes. The note of the focused field may take spare
// additional lines, and its value is followed by a suggestion.
func (f *fields) lines(normal juhe.Factors, warnings []ident.Warning, spare int, suggested suggestion) []string {
	var lines []string
	for i := range juhe.NumFactors {
		value, more := f.inputs[i].View(), 0
		if i == f.focus {
			value, more = suggested.behind(value, f.valueWidth(), f.Theme), spare
		}
		head := f.Theme.RowHead(f.label(i), f.labelWidth(), i == f.focus)
		lines = append(lines, f.withNote(head+value, f.note(i, normal[i], warnings), more)...)
	}
	return lines
}

// withNote draws a note below a field, or beside it in a wide window.
func (f *fields) withNote(field string, note fieldNote, spare int) []string {
	lines, x, y := append(make([]string, 0, fieldHeight), field, ""), f.valueColumn(), 1
	if f.isWide() {
		x, y = x+f.valueWidth()+widget.Gap, 0
	}
	for i, line := range note.lines(f.width-x-1, fieldHeight-y+spare) {
		if y+i == len(lines) {
			lines = append(lines, "")
		}
		lines[y+i] = widget.PadTrunc(lines[y+i], x) + line
	}
	return lines
}

// queryLines draws the endpoint, regstatus and the service.
func (f *fields) queryLines() []string {
	w, regstatus := f.Messages, f.Theme.Text.Render(f.Messages.Form.Off)
	if f.regstatus {
		regstatus = f.Theme.Accent.Render(w.Form.On)
	}
	endpoint := f.Theme.Accent.Render(string(f.api)) + f.Theme.Dim.Render("  "+w.Endpoints[f.api])
	lines := []string{
		f.labelledLine(w.Form.Endpoint, endpoint), f.labelledLine(w.Form.Regstatus, regstatus), f.labelledLine(w.Form.Service, f.serviceText()),
	}
	if f.Service.Proxy != "" {
		lines = append(lines, f.labelledLine("", f.Theme.Warn.Render(fmt.Sprintf(w.App.Proxy, f.Service.Proxy))))
	}
	return lines
}

func (f *fields) labelledLine(label, value string) string {
	return f.Theme.RowHead(label, f.labelWidth(), false) + value
}

// serviceText returns the base URL, truncated if necessary, and a mark that shows
// whether the connection is encrypted.
func (f *fields) serviceText() string {
	mark := f.Theme.Dim.Render(f.Messages.App.Secure)
	if f.Service.Insecure {
		mark = f.Theme.Warn.Render(f.Theme.Glyphs.Warning + " " + f.Messages.App.Plain)
	}
	room := f.width - f.valueColumn() - widget.Gap - widget.Width(mark)
	address := widget.PadTrunc(f.Service.BaseURL, min(widget.Width(f.Service.BaseURL), room))
	return f.Theme.Text.Render(address) + strings.Repeat(" ", widget.Gap) + mark
}

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
	case normal == "":
		return fieldNote{t.Dim, "", f.Messages.FieldHint(f.api, factor)}
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
