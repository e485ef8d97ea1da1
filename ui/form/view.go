package form

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// wide is the width from which remarks stand beside their field instead of
// below it, in cells.
const wide = 100

// gutter is the pointer's column, and gap what stands between columns.
const (
	gutter = 2
	gap    = 2
)

func (s *Screen) wide() bool { return s.width >= wide }

func (s *Screen) labelWidth() int {
	w := 0
	for _, f := range s.Words.Fields {
		w = max(w, widget.Width(f.Label))
	}
	for _, label := range []string{s.Words.Form.Endpoint, s.Words.Form.Regstatus, s.Words.Form.Service} {
		w = max(w, widget.Width(label))
	}
	return w
}

// left is where values begin.
func (s *Screen) left() int { return gutter + s.labelWidth() + gap }

func (s *Screen) valueWidth() int {
	room := s.width - s.left()
	if s.wide() {
		return min(room/2, 52)
	}
	return room - 1
}

// rows is how many lines a field takes.
const rows = 2

// Caret is behind the text before it in the focused field.
func (s *Screen) Caret() (x, y int, ok bool) {
	return s.left() + s.inputs[s.focus].Caret(), s.focus * rows, s.question == nil
}

// View draws the fields, the endpoint, the way and the look-up under way.
func (s *Screen) View() string {
	normal, remarks := lookup.Check(s.Typed(), s.Now())
	below := []string{
		s.row(s.Words.Form.Endpoint, s.endpoint()),
		s.row(s.Words.Form.Regstatus, s.regstatusText()),
		s.row(s.Words.Form.Service, s.service()),
	}
	if s.Way.Proxy != "" {
		below = append(below, s.row("", s.Theme.Warn.Render(fmt.Sprintf(s.Words.App.Proxy, s.Way.Proxy))))
	}
	if s.Damaged != "" {
		below = append(below, note{s.Theme.Warn, s.Theme.Glyphs.Warning, s.Damaged}.indented(gutter, s.width-2*gutter, rows)...)
	}
	below = append(below, "", s.progress())
	if !s.wide() { // where it is, each field already ends with an empty line
		below = append([]string{""}, below...)
	}
	if len(s.warned.warnings) > 0 && s.question == nil {
		below = s.warningLines(s.height - rows*len(s.inputs))
	}
	spare := max(s.height-rows*len(s.inputs)-len(below), 0)
	var lines []string
	for i := range s.inputs {
		lines = append(lines, s.fieldLines(i, lookup.Value(normal.Factors, s.inputs[i].name), remarks, spare)...)
	}
	if s.question != nil {
		below = s.questionLines()
		lines = lines[:max(min(len(lines), s.height-len(below)), 0)]
	}
	lines = append(lines, below...)
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}

func (s *Screen) row(label, value string) string {
	return strings.Repeat(" ", gutter) + s.Theme.Label.Render(widget.PadTrunc(label, s.labelWidth()+gap)) + value
}

// fieldLines draws a field with its note: beside it, or below. In the focused
// field the note may take spare lines more, to be read to its end.
func (s *Screen) fieldLines(i int, normal string, remarks []ident.Remark, spare int) []string {
	in := &s.inputs[i]
	pointer, style := " ", s.Theme.Label
	if i == s.focus {
		pointer, style = s.Theme.Selected.Render(s.Theme.Glyphs.Pointer), s.Theme.Selected
	}
	lines := make([]string, rows)
	lines[0] = pointer + " " + style.Render(widget.PadTrunc(s.label(in.name), s.labelWidth()+gap)) + s.fieldView(i)
	x, y := s.left(), 1
	if s.wide() {
		x, y = x+s.valueWidth()+gap, 0
	}
	limit := rows - y
	if i == s.focus {
		limit += spare
	}
	for _, line := range s.note(in, normal, remarks).lines(s.width-x-1, limit) {
		if y == len(lines) {
			lines = append(lines, "")
		}
		lines[y] = widget.PadTrunc(lines[y], x) + line
		y++
	}
	return lines
}

// note is what is worth knowing about a field.
type note struct {
	style      lipgloss.Style
	mark, text string
}

func (n note) lines(width, limit int) []string {
	mark := n.mark
	if mark != "" {
		mark += " "
	}
	var lines []string
	for _, line := range widget.WrapTrunc(n.text, width-widget.Width(mark), limit) {
		lines = append(lines, n.style.Render(mark+line))
		mark = strings.Repeat(" ", widget.Width(mark))
	}
	return lines
}

// indented are its lines behind some blanks.
func (n note) indented(by, width, limit int) []string {
	lines := n.lines(width, limit)
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", by) + line
	}
	return lines
}

// note is remarks first, then what the value was recognised as, then what
// belongs there.
func (s *Screen) note(in *input, normal string, remarks []ident.Remark) note {
	var odd, changed []string
	for _, r := range remarks {
		if r.Field != in.name {
			continue
		}
		text := lookup.WarningText(s.Words, r)
		if _, better := ident.Standard(normal); r.Rule == ident.RuleName && better != "" {
			text = fmt.Sprintf(s.Words.Form.Standard, better) + s.Words.Semicolon + text
		}
		switch r.Rule {
		case ident.RuleChanged:
			changed = append(changed, text)
		case ident.RuleKind: // which explains the others
			odd = append([]string{text}, odd...)
		default:
			odd = append(odd, text)
		}
	}
	g, t := s.Theme.Glyphs, s.Theme
	kind := s.Words.Kinds[string(ident.KindOf(in.name, normal))]
	switch {
	case len(odd) > 0:
		return note{t.Warn, g.Warning, strings.Join(append(odd, changed...), s.Words.Semicolon)}
	case len(changed) > 0:
		return note{t.Note, g.Changed, strings.Join(changed, s.Words.Semicolon)}
	case normal == "":
		return note{t.Dim, "", s.hint(in.name)}
	case kind != "":
		return note{t.Dim, g.Check, kind}
	}
	return note{}
}

// hint says what belongs into a field, in the endpoint's own term.
func (s *Screen) hint(f ident.Field) string {
	field := s.Words.Fields[string(f)]
	if s.api == juhe.APIQueryV2 {
		return field.V2
	}
	return field.Hint
}

func (s *Screen) endpoint() string {
	return s.Theme.Accent.Render(string(s.api)) + s.Theme.Dim.Render("  "+s.Words.Endpoints[string(s.api)])
}

func (s *Screen) regstatusText() string {
	if s.regstatus {
		return s.Theme.Accent.Render(s.Words.Form.On)
	}
	return s.Theme.Text.Render(s.Words.Form.Off)
}

// service says where the look-up goes, and whether anyone on the way can read
// it: this is never cut, however long the address is.
func (s *Screen) service() string {
	mark := s.Theme.Dim.Render(s.Words.App.Secure)
	if s.Way.Plain {
		mark = s.Theme.Warn.Render(s.Theme.Glyphs.Warning + " " + s.Words.App.Plain)
	}
	room := s.width - s.left() - gap - widget.Width(mark)
	address := widget.PadTrunc(s.Way.Service, min(widget.Width(s.Way.Service), room))
	return s.Theme.Text.Render(address) + strings.Repeat(" ", gap) + mark
}

// progress shows a look-up under way against its deadline.
func (s *Screen) progress() string {
	switch {
	case s.call.underWay():
	case s.unseen:
		return strings.Repeat(" ", gutter) + s.Theme.Note.Render(s.arrivedText(*s.last))
	default:
		return ""
	}
	elapsed := s.Now().Sub(s.call.started)
	g := s.Theme.Glyphs
	text := s.Words.Form.Sending
	if !s.call.waiting {
		text = s.Words.Form.Unwaited
	}
	const cells = 16
	if s.Typed() != s.call.typed { // the form holds something else by now
		room := s.width - 2*gutter - widget.Width(text) - cells - len("  00.0 / 00 s") - len("    ")
		text += s.Words.Colon + ansi.Truncate(juhe.Harmless(ident.MaskMisplaced(ident.Entname, s.call.query.Entname)), max(room, gutter), "…")
	}
	full := min(int(elapsed*cells/max(s.Way.Timeout, 1)), cells)
	return strings.Repeat(" ", gutter) +
		s.Theme.Accent.Render(g.Spinner[s.call.frame%len(g.Spinner)]+" "+text) + "  " +
		s.Theme.Accent.Render(strings.Repeat(g.BarFull, full)) +
		s.Theme.Dim.Render(strings.Repeat(g.BarEmpty, cells-full)) +
		s.Theme.Text.Render(fmt.Sprintf("  %.1f / %g s", elapsed.Seconds(), s.Way.Timeout.Seconds()))
}
