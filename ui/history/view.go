package history

import (
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// SetSize sets the size in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.layout()
}

// layout sets the widths of the fields.
func (s *Screen) layout() {
	s.search.field.SetWidth(s.width - widget.Width(s.search.filterChip()) - widget.Gap + widget.Right)
	if s.export != nil {
		s.export.path.SetWidth(s.width)
	}
}

// View returns the search, the table, and below it the question or the selected
// lookup.
func (s *Screen) View() string {
	header, panel := s.header(), s.panel()
	height := s.height - len(header) - len(panel)
	body := s.list.lines(max(height-1, 1), s.width, func(rec lookup.Record) bool { return rec.ID == s.deletion.id }, s.factors)
	for len(body) < height {
		body = append(body, "")
	}
	return widget.Frame(append(append(header, body...), panel...), s.width, s.height)
}

// header returns the search, above an empty line if there is room.
func (s *Screen) header() []string {
	lines := []string{s.search.line(s.width)}
	if s.height >= 18 {
		lines = append(lines, "")
	}
	return lines
}

// tableHeight returns the number of visible rows.
func (s *Screen) tableHeight() int {
	return max(s.height-len(s.header())-len(s.panel())-1, 1)
}

// Caret returns the caret of the search field or of the export path.
func (s *Screen) Caret() (x, y int, ok bool) {
	switch {
	case s.export != nil && !s.export.running():
		return s.export.path.Caret(), s.height - len(s.panel()) + 1, true
	case s.search.typing:
		return s.search.field.Caret(), 0, true
	}
	return 0, 0, false
}

// panel returns the lower part of the screen: the open question, or the selected
// lookup.
func (s *Screen) panel() []string {
	var lines []string
	switch rec := s.list.current(); {
	case s.deletion.asking != nil:
		lines = s.deletion.lines(s.factors(*s.deletion.asking), s.width)
	case s.export != nil:
		lines = s.export.lines(s.width)
	case rec != nil:
		lines = append(s.detail(*rec), s.list.position(s.width)...)
	default:
		return nil
	}
	return append([]string{s.Theme.Rule(s.width)}, lines...)
}

// detail returns what the row of the selected lookup has no room for.
func (s *Screen) detail(rec lookup.Record) []string {
	shown := s.factors(rec)
	pad, space := strings.Repeat(" ", widget.Gutter), strings.Repeat(" ", widget.Gap)
	person := s.Theme.Text
	if s.reveal.Shows(rec.ID) {
		person = s.Theme.Warn
	}
	return []string{
		pad + s.Theme.Text.Bold(true).Render(juhe.Sanitize(shown[juhe.Entname])) + space + s.Theme.Dim.Render(juhe.Sanitize(shown[juhe.Entmark])),
		pad + person.Render(juhe.Sanitize(shown[juhe.Realname])+space+juhe.Sanitize(shown[juhe.Idcard])) +
			space + s.Theme.Dim.Render(juhe.Sanitize(s.Messages.Meaning(rec))),
	}
}

// factors returns a row's factors, masked unless they are revealed.
func (s *Screen) factors(rec lookup.Record) juhe.Factors {
	return rec.ShownFactors(s.reveal.Shows(rec.ID))
}
