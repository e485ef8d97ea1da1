package history

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

const gap = 2 // cells between adjacent items

// View returns the search, the table, and below it the question or the selected
// lookup.
func (s *Screen) View() string {
	panel := s.panel()
	lines := s.header()
	height := s.height - len(lines) - len(panel)
	body := s.notice()
	if len(s.rows) > 0 {
		body = s.table(max(height-1, 1))
	}
	for len(body) < height {
		body = append(body, "")
	}
	lines = append(append(lines, body...), panel...)
	return widget.Frame(lines, s.width, s.height)
}

// tableHeight returns the number of visible rows.
func (s *Screen) tableHeight() int {
	return max(s.height-len(s.header())-len(s.panel())-1, 1)
}

// Caret returns the caret of the search field or of the export path.
func (s *Screen) Caret() (x, y int, ok bool) {
	switch {
	case s.export != nil && !s.export.running():
		return s.exportLeft() + s.export.field.Caret(), s.height - len(s.panel()) + 1, true
	case s.typing:
		return s.searchLeft() + s.field.Caret(), 0, true
	}
	return 0, 0, false
}

// layout sets the widths of the fields.
func (s *Screen) layout() {
	s.field.SetWidth(s.width - s.searchLeft() - widget.Width(s.filterChip()) - gap)
	if s.export != nil {
		s.export.field.SetWidth(s.width - s.exportLeft() - right)
	}
}

func (s *Screen) searchLeft() int { return gutter + widget.Width(s.Messages.History.Search) + gap }

func (s *Screen) exportLeft() int { return gutter + widget.Width(s.Messages.History.Export) + gap }

// header returns the search field and the filter.
func (s *Screen) header() []string {
	w := s.Messages.History
	label, text := s.Theme.Label, s.Theme.Text.Render(s.field.View())
	switch {
	case s.typing:
		label = s.Theme.Selected
	case s.field.Value() == "":
		text = s.Theme.Dim.Render(fmt.Sprintf(w.SearchHint, s.keyName(keymap.Search)))
	}
	line := strings.Repeat(" ", gutter) + label.Render(w.Search) + strings.Repeat(" ", gap) + text
	lines := []string{widget.Justify(line, s.filterChip(), s.width)}
	if s.height >= 18 {
		lines = append(lines, "")
	}
	return lines
}

// filterChip returns the filter, or "".
func (s *Screen) filterChip() string {
	if s.filter == "" {
		return ""
	}
	return " [" + s.outcome(s.filter) + "]" + strings.Repeat(" ", right)
}

// keyName returns the label of an action's first key.
func (s *Screen) keyName(a keymap.Action) string { return s.Options.Keys.Name(a) }

// notice explains why there are no rows and what to do.
func (s *Screen) notice() []string {
	w := s.Messages.History
	switch {
	case s.loadErr != nil:
		return slices.Concat([]string{""}, s.text(s.Theme.Error, w.Failed), s.text(s.Theme.Text, lookup.ErrorText(s.Messages, s.loadErr)),
			s.text(s.Theme.Text, fmt.Sprintf(w.Retry, s.keyName(keymap.OpenHistory))))
	case s.request.slow:
		return append([]string{""}, s.text(s.Theme.Dim, w.Loading)...)
	case s.remainder.loaded:
		return append([]string{""}, s.emptyResult()...)
	}
	return nil
}

// emptyResult reports that the search found nothing.
func (s *Screen) emptyResult() []string {
	w := s.Messages.History
	text, outcome := juhe.Sanitize(s.shown.Text), s.Messages.Outcomes[string(s.shown.Outcome)]
	var first string
	switch {
	case s.remainder.more && !s.remainder.through.IsZero():
		first = fmt.Sprintf(w.NoneBackTo, s.shortTime(s.remainder.through))
	case s.remainder.more:
		first = w.NoneSoFar
	case text != "" && outcome != "":
		first = fmt.Sprintf(w.NothingBoth, text, outcome)
	case text != "":
		first = fmt.Sprintf(w.NothingText, text)
	case outcome != "":
		first = fmt.Sprintf(w.NothingOutcome, outcome)
	default:
		return slices.Concat(s.text(s.Theme.Text, w.Empty),
			s.text(s.Theme.Text, fmt.Sprintf(w.EmptyNext, s.keyName(keymap.OpenForm))), s.text(s.Theme.Dim, w.EmptyImport))
	}
	return append(s.text(s.Theme.Text, first), s.text(s.Theme.Dim, fmt.Sprintf(w.Clear, s.keyName(keymap.Back)))...)
}

// text wraps a text to the width of the window, with a style.
func (s *Screen) text(style lipgloss.Style, text string) []string {
	return widget.Indent(style, widget.Wrap(text, s.width-2*gutter))
}
