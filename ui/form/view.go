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

// wideWidth is the minimum width in cells for notes beside their fields. In a narrower
// window they are below the fields.
const wideWidth = 100

// Widths in cells of the pointer's column and of the space between columns.
const (
	gutter = widget.Gutter
	gap    = 2
)

func (s *Screen) isWide() bool { return s.width >= wideWidth }

func (s *Screen) labelWidth() int {
	w := 0
	for _, f := range s.Messages.Fields {
		w = max(w, widget.Width(f.Label))
	}
	for _, label := range []string{s.Messages.Form.Endpoint, s.Messages.Form.Regstatus, s.Messages.Form.Service} {
		w = max(w, widget.Width(label))
	}
	return w
}

// valueColumn returns the column where values begin.
func (s *Screen) valueColumn() int { return gutter + s.labelWidth() + gap }

func (s *Screen) valueWidth() int {
	room := s.width - s.valueColumn()
	if s.isWide() {
		return min(room/2, 52)
	}
	return room - 1
}

const (
	fieldHeight  = 2 // the minimum number of lines of a field with its note
	maxNoteLines = 2 // the maximum number of lines of a note below the fields
)

// Caret returns the position of the caret in the focused field.
func (s *Screen) Caret() (x, y int, ok bool) {
	return s.valueColumn() + s.fields[s.focus].Caret(), s.focus * fieldHeight, s.question == nil
}

// View draws the fields, the endpoint, the service and the lookup in progress.
func (s *Screen) View() string {
	normal, warnings := lookup.Check(s.Query(), s.Now())
	belowFields := []string{
		s.labelledLine(s.Messages.Form.Endpoint, s.endpointText()),
		s.labelledLine(s.Messages.Form.Regstatus, s.regstatusText()),
		s.labelledLine(s.Messages.Form.Service, s.serviceText()),
	}
	if s.Service.Proxy != "" {
		belowFields = append(belowFields, s.labelledLine("", s.Theme.Warn.Render(fmt.Sprintf(s.Messages.App.Proxy, s.Service.Proxy))))
	}
	if s.DamageNotice != "" {
		belowFields = append(belowFields, fieldNote{s.Theme.Warn, s.Theme.Glyphs.Warning, s.DamageNotice}.indented(gutter, s.width-2*gutter, maxNoteLines)...)
	}
	belowFields = append(belowFields, "", s.progressLine())
	if !s.isWide() { // if it is wide, the second line of a field is usually empty
		belowFields = append([]string{""}, belowFields...)
	}
	if len(s.confirmation.warnings) > 0 && s.question == nil {
		belowFields = s.warningLines(s.height - fieldHeight*len(s.fields))
	}
	spareLines := max(s.height-fieldHeight*len(s.fields)-len(belowFields), 0)
	var lines []string
	for i := range s.fields {
		lines = append(lines, s.fieldLines(i, normal.Factors[s.fields[i].factor], warnings, spareLines)...)
	}
	if s.question != nil {
		belowFields = s.questionLines()
		lines = lines[:max(min(len(lines), s.height-len(belowFields)), 0)]
	}
	lines = append(lines, belowFields...)
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}

func (s *Screen) labelledLine(label, value string) string {
	return strings.Repeat(" ", gutter) + s.Theme.Label.Render(widget.PadTrunc(label, s.labelWidth()+gap)) + value
}

// fieldLines draws a field with its note. The note of the focused field may take spare
// additional lines.
func (s *Screen) fieldLines(i int, normal string, warnings []ident.Warning, spare int) []string {
	field := &s.fields[i]
	style := s.Theme.Label
	if i == s.focus {
		style = s.Theme.Selected
	}
	lines := make([]string, fieldHeight)
	lines[0] = s.Theme.PointerColumn(i == s.focus) + style.Render(widget.PadTrunc(s.label(field.factor), s.labelWidth()+gap)) + s.fieldView(i)
	x, y := s.valueColumn(), 1
	if s.isWide() {
		x, y = x+s.valueWidth()+gap, 0
	}
	limit := fieldHeight - y
	if i == s.focus {
		limit += spare
	}
	for _, line := range s.noteFor(field, normal, warnings).lines(s.width-x-1, limit) {
		if y == len(lines) {
			lines = append(lines, "")
		}
		lines[y] = widget.PadTrunc(lines[y], x) + line
		y++
	}
	return lines
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

// indented returns the lines of n, indented by a number of cells.
func (n fieldNote) indented(by, width, limit int) []string {
	lines := n.lines(width, limit)
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", by) + line
	}
	return lines
}

// noteFor returns the note for a field: its problems, followed by the changes by
// normalising. Without either it is the hint of an empty field or the recognised kind.
func (s *Screen) noteFor(field *factorField, normal string, warnings []ident.Warning) fieldNote {
	var problems, changes []string
	for _, w := range warnings {
		if w.Factor != field.factor {
			continue
		}
		text := lookup.WarningText(s.Messages, w)
		if _, replacements := ident.ReplacePrivateUse(normal); w.Rule == ident.RuleName && replacements != "" {
			text = fmt.Sprintf(s.Messages.Form.ShouldBe, replacements) + s.Messages.Semicolon + text
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
	g, t := s.Theme.Glyphs, s.Theme
	kind := s.Messages.Kinds[string(ident.KindOf(field.factor, normal))]
	switch {
	case len(problems) > 0:
		return fieldNote{t.Warn, g.Warning, strings.Join(append(problems, changes...), s.Messages.Semicolon)}
	case len(changes) > 0:
		return fieldNote{t.Note, g.Changed, strings.Join(changes, s.Messages.Semicolon)}
	case normal == "":
		return fieldNote{t.Dim, "", s.hint(field.factor)}
	case kind != "":
		return fieldNote{t.Dim, g.Check, kind}
	}
	return fieldNote{}
}

// hint returns the note of an empty field, which depends on the endpoint.
func (s *Screen) hint(f juhe.Factor) string {
	field := s.Messages.Fields[f.String()]
	if s.api == juhe.APIQueryV2 {
		return field.V2
	}
	return field.Hint
}

func (s *Screen) endpointText() string {
	return s.Theme.Accent.Render(string(s.api)) + s.Theme.Dim.Render("  "+s.Messages.Endpoints[string(s.api)])
}

func (s *Screen) regstatusText() string {
	if s.regstatus {
		return s.Theme.Accent.Render(s.Messages.Form.On)
	}
	return s.Theme.Text.Render(s.Messages.Form.Off)
}

// serviceText returns the base URL, truncated if necessary, and a mark that shows
// whether the connection is encrypted.
func (s *Screen) serviceText() string {
	mark := s.Theme.Dim.Render(s.Messages.App.Secure)
	if s.Service.Insecure {
		mark = s.Theme.Warn.Render(s.Theme.Glyphs.Warning + " " + s.Messages.App.Plain)
	}
	room := s.width - s.valueColumn() - gap - widget.Width(mark)
	address := widget.PadTrunc(s.Service.BaseURL, min(widget.Width(s.Service.BaseURL), room))
	return s.Theme.Text.Render(address) + strings.Repeat(" ", gap) + mark
}

// progressLine shows how much of the timeout the lookup in progress has used, or announces
// an unviewed result.
func (s *Screen) progressLine() string {
	switch {
	case s.pending.inProgress():
	case s.unviewed:
		return strings.Repeat(" ", gutter) + s.Theme.Note.Render(s.resultReadyText(*s.lastResult))
	default:
		return ""
	}
	elapsed := s.Now().Sub(s.pending.startedAt)
	text := s.Messages.Form.Sending
	if !s.pending.waiting {
		text = s.Messages.Form.PreviousPending
	}
	const barWidth, timesWidth, spacesWidth = 16, len("  00.0 / 00 s"), 4
	if s.Query() != s.pending.typedQuery { // name the company, since the form shows another query
		room := s.width - 2*gutter - widget.Width(text) - barWidth - timesWidth - spacesWidth
		text += s.Messages.Colon + ansi.Truncate(juhe.Sanitize(ident.MaskEmbeddedIDs(juhe.Entname, s.pending.normalQuery.Factors[juhe.Entname])), max(room, gutter), "…")
	}
	return strings.Repeat(" ", gutter) +
		s.Theme.Accent.Render(s.Theme.SpinnerFrame(s.pending.spinnerFrame)+" "+text) + "  " +
		s.Theme.Bar(elapsed.Seconds()/s.Service.Timeout.Seconds(), barWidth) +
		s.Theme.Text.Render(fmt.Sprintf("  %.1f / %g s", elapsed.Seconds(), s.Service.Timeout.Seconds()))
}
