package history

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// panel returns the lower part of the screen: the open question, or the selected
// lookup.
func (s *Screen) panel() []string {
	var lines []string
	switch {
	case s.confirming != nil:
		lines = s.question(*s.confirming)
	case s.export != nil:
		lines = s.exportLines()
	case s.current() != nil:
		lines = append(s.detail(*s.current()), s.positionLines()...)
	default:
		return nil
	}
	return append([]string{s.Theme.Dim.Render(strings.Repeat(s.Theme.Glyphs.Rule, max(s.width, 0)))}, lines...)
}

// detail returns what the row of the selected lookup has no room for.
func (s *Screen) detail(rec lookup.Record) []string {
	shown := s.factors(rec)
	pad, space := strings.Repeat(" ", gutter), strings.Repeat(" ", gap)
	person := s.Theme.Text
	if s.reveal.shown {
		person = s.Theme.Warn
	}
	return []string{
		pad + s.Theme.Text.Bold(true).Render(juhe.Sanitize(shown[juhe.Entname])) + space + s.Theme.Dim.Render(juhe.Sanitize(shown[juhe.Entmark])),
		pad + person.Render(juhe.Sanitize(shown[juhe.Realname])+space+juhe.Sanitize(shown[juhe.Idcard])) +
			space + s.Theme.Dim.Render(juhe.Sanitize(rec.Meaning(s.Messages))),
	}
}

// positionLines shows the position of the selection and whether there are more rows.
func (s *Screen) positionLines() []string {
	w := s.Messages.History
	texts := []string{fmt.Sprintf(w.Position, s.selected+1, len(s.rows))}
	style := s.Theme.Dim
	switch {
	case s.request.slow:
		texts = append(texts, w.Loading)
	case s.remainder.more && !s.remainder.through.IsZero():
		texts, style = append(texts, fmt.Sprintf(w.SearchedBackTo, s.shortTime(s.remainder.through))), s.Theme.Warn
	case s.remainder.more:
		texts = append(texts, w.More)
	}
	return s.text(style, strings.Join(texts, " "+s.Theme.Glyphs.Dot+" "))
}

// question asks whether to delete a lookup.
func (s *Screen) question(rec lookup.Record) []string {
	w := s.Messages.History
	// The name is truncated so that the time and the outcome stay visible.
	rest := " / " + s.shortTime(rec.At) + " / " + s.outcome(rec.Reply.Outcome)
	name := ansi.Truncate(juhe.Sanitize(s.factors(rec)[juhe.Entname]), s.width-2*gutter-widget.Width(rest), "…")
	return slices.Concat(
		s.text(s.Theme.Warn.Bold(true), s.Theme.Glyphs.Warning+" "+w.Delete),
		s.text(s.Theme.Text, name+rest),
		s.text(s.Theme.Text, w.DeleteNote+"  "+s.hint(keymap.Yes, w.DeleteYes)+" "+s.Theme.Glyphs.Dot+" "+s.hint(keymap.No, w.DeleteNo)),
	)
}

func (s *Screen) hint(a keymap.Action, text string) string {
	return s.Theme.Key.Render(s.keyName(a)) + " " + text
}

// exportLines asks for the path of an export, or shows its progress.
func (s *Screen) exportLines() []string {
	w, e := s.Messages.History, s.export
	path := strings.Repeat(" ", gutter) + s.Theme.Selected.Render(w.Export) + strings.Repeat(" ", gap) + e.field.View()
	if !e.running() {
		return slices.Concat([]string{path}, s.text(s.Theme.Text, fmt.Sprintf(w.ExportWhat, s.exportScope(e.search))),
			s.text(s.Theme.Text, w.ExportMasked), s.text(s.Theme.Dim, w.ExportFull))
	}
	text := fmt.Sprintf(w.Exporting, e.written.Load())
	if e.cancelled {
		text = w.ExportCancelling
	}
	return slices.Concat([]string{path}, s.text(s.Theme.Accent, s.Theme.SpinnerFrame(e.frame)+" "+text),
		s.text(s.Theme.Text, s.hint(keymap.Back, w.Cancel)))
}

// exportScope describes which lookups an export contains.
func (s *Screen) exportScope(search lookup.Search) string {
	var parts []string
	if search.Text != "" {
		parts = append(parts, "“"+juhe.Sanitize(search.Text)+"”")
	}
	if search.Outcome != "" {
		parts = append(parts, s.Messages.Outcomes[string(search.Outcome)])
	}
	if parts == nil {
		return s.Messages.History.ExportAll
	}
	return strings.Join(parts, " "+s.Theme.Glyphs.Dot+" ")
}
