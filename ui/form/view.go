package form

import (
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// Caret returns the position of the caret in the focused field.
func (s *Screen) Caret() (x, y int, ok bool) {
	return s.fields.valueColumn() + s.fields.focused().Caret(), int(s.fields.focus) * fieldHeight, s.question == nil
}

// View draws the fields, and below them the endpoint, the service and the lookup in
// progress, or what has to be confirmed.
func (s *Screen) View() string {
	normal, warnings := lookup.Check(s.Query(), s.Now())
	room := s.height - fieldHeight*int(juhe.NumFactors)
	below := s.belowFields(room)
	lines := s.fields.lines(normal.Factors, warnings, max(room-len(below), 0), s.suggestion())
	if s.question != nil {
		below = s.question.lines(s.Common, s.width)
		lines = lines[:max(min(len(lines), s.height-len(below)), 0)]
	}
	lines = append(lines, below...)
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}

// belowFields draws what is below the fields while no question is shown.
func (s *Screen) belowFields(room int) (lines []string) {
	if s.warned.isShown() && s.question == nil {
		return s.warningLines(room)
	}
	if !s.fields.isWide() { // if it is wide, the second line of a field is usually empty
		lines = append(lines, "")
	}
	lines = append(lines, s.fields.queryLines()...)
	if s.DamageNotice != "" {
		lines = append(lines, fieldNote{s.Theme.Warn, s.Theme.Glyphs.Warning, s.DamageNotice}.below(s.width)...)
	}
	return append(lines, "", s.progressLine())
}

// progressLine shows the lookup in progress, or announces an unviewed result.
func (s *Screen) progressLine() string {
	pad := strings.Repeat(" ", widget.Gutter)
	switch {
	case s.InProgress():
		return pad + s.progress(s.Query(), s.width-2*widget.Gutter)
	case s.unviewed:
		return pad + s.Theme.Note.Render(s.readyText())
	}
	return ""
}
