package setup

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// maxTextWidth limits the width of sentences for readability.
const maxTextWidth = 100

// spaciousHeight is the height from which empty lines separate the fields.
const spaciousHeight = 20

// View returns the introduction or the error, the rows, and where the ledger's key is.
func (s *Screen) View() string {
	lines, _ := s.lines()
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}

// Caret returns the caret of the focused field.
func (s *Screen) Caret() (x, y int, ok bool) {
	if !s.Typing() {
		return 0, 0, false
	}
	_, y = s.lines()
	return s.left() + s.rows[s.focus].field.Caret(), y, y < s.height
}

// lines returns the whole content and the line with the focus.
func (s *Screen) lines() (lines []string, focus int) {
	w := s.Messages.Setup
	lines = append(s.header(), "")
	elsewhere := w.OpenidPresent
	if !s.NoKey {
		elsewhere = w.ReplaceThere
	}
	for i := range s.rows {
		if i == s.focus {
			focus = len(lines)
		}
		lines = append(lines, s.rowLines(i)...)
		if s.rows[i].name == openid && s.KeySource != "" {
			lines = append(lines, s.label(false, w.Key)+s.Theme.Dim.Render(fmt.Sprintf(elsewhere, s.displayPath(s.KeySource))))
		}
		if s.rows[i].name == key && s.OpenidSource != "" {
			lines = append(lines, s.label(false, w.Openid)+s.Theme.Dim.Render(fmt.Sprintf(elsewhere, s.displayPath(s.OpenidSource))))
		}
	}
	lines = append(append(lines, s.changeLines()...), "")
	if !s.NoKey {
		return lines, focus
	}
	last := widget.WrapTrunc(strings.ReplaceAll(w.Ledger[s.Encryption], "{path}", s.displayPath(s.LedgerKeyPath)), s.textWidth(), max(s.height-len(lines), 1))
	return append(lines, widget.Indent(s.Theme.Dim, last)...), focus
}

// header returns the progress, the error, or the introduction.
func (s *Screen) header() []string {
	w := s.Messages.Setup
	switch {
	case s.saving:
		return s.text(s.Theme.Accent, w.Saving)
	case s.problem != "":
		return s.text(s.Theme.Error, s.problem)
	}
	more := fmt.Sprintf(w.Demo, s.Options.Keys.Name(keymap.StartDemo))
	if !s.NoKey {
		more = w.Replaces
	}
	return append(s.text(s.Theme.Text, w.WhereToFindKey), s.text(s.Theme.Dim, more)...)
}

// rowLines returns a row and its note, which is shown in full only for the focused
// row.
func (s *Screen) rowLines(i int) []string {
	r, focused := &s.rows[i], i == s.focus
	head := s.label(focused, r.label)
	if r.isChoice() {
		return []string{head + s.options(r)}
	}
	limit := 1
	if focused {
		limit = 3
	}
	lines := []string{head + s.Theme.Text.Render(r.field.View())}
	style, note := s.note(r)
	for _, line := range widget.WrapTrunc(note, s.textWidth()-s.left()+widget.Gutter, limit) {
		lines = append(lines, strings.Repeat(" ", s.left())+style.Render(line))
	}
	if s.height >= spaciousHeight {
		lines = append(lines, "")
	}
	return lines
}

func (s *Screen) label(focused bool, text string) string {
	return s.Theme.RowHead(text, s.labelWidth(), focused)
}

// note returns what is wrong with a secret, or where it will be saved.
func (s *Screen) note(r *row) (lipgloss.Style, string) {
	w, value := s.Messages.Setup, r.field.Value()
	_, fits := s.Clean(value)
	mark := s.Theme.Glyphs.Warning + " "
	switch {
	case r.rejection != "":
		return s.Theme.Warn, mark + r.rejection
	case value == "" && !s.NoKey:
		return s.Theme.Dim, w.Unchanged
	case value == "" && r.name == key:
		return s.Theme.Dim, fmt.Sprintf(w.KeyNote, s.displayPath(s.KeyPath))
	case value == "":
		return s.Theme.Dim, w.OpenidNote
	case !fits:
		return s.Theme.Warn, mark + fmt.Sprintf(w.InvalidInput, s.Options.Keys.Name(keymap.ClearField))
	case strings.ContainsFunc(value, isFullWidth):
		return s.Theme.Warn, mark + w.NotLikeKey
	case r.name == openid:
		return s.Theme.Dim, fmt.Sprintf(w.OpenidLength, utf8.RuneCountInString(value), s.displayPath(s.OpenidPath))
	case r != &s.rows[s.focus]:
		return s.Theme.Dim, fmt.Sprintf(w.OpenidLength, utf8.RuneCountInString(value), s.displayPath(s.KeyPath))
	}
	return s.Theme.Dim, fmt.Sprintf(w.KeyLength, utf8.RuneCountInString(value), s.displayPath(s.KeyPath))
}

// isFullWidth reports whether r is a character that only an input method types.
func isFullWidth(r rune) bool { return r > unicode.MaxASCII }

// options returns the options of a choice, side by side.
func (s *Screen) options(r *row) string {
	names := s.Messages.Setup.Languages
	if r.name == theme {
		names = s.Messages.Setup.Themes
	}
	var line strings.Builder
	for i, option := range r.options {
		if i == r.selected {
			line.WriteString(s.Theme.Selected.Render("[" + names[option] + "]"))
			continue
		}
		line.WriteString(s.Theme.Text.Render(" " + names[option] + " "))
	}
	return line.String()
}

// changeLines shows how changed choices will be saved.
func (s *Screen) changeLines() []string {
	var set []string
	if name := s.changed(language); name != "" {
		set = append(set, fmt.Sprintf("language = %q", name))
	}
	if name := s.changed(theme); name != "" {
		set = append(set, fmt.Sprintf("[ui] theme = %q", name))
	}
	if set == nil {
		return nil
	}
	w := s.Messages.Setup
	format := w.ConfigNew
	if s.ConfigExists {
		format = w.ConfigUnchanged
	}
	text := fmt.Sprintf(format, s.displayPath(s.ConfigPath), strings.Join(set, s.Messages.Semicolon))
	if s.changed(language) != "" {
		text = w.AppliedWhenSaved + text
	}
	return s.text(s.Theme.Note, text)
}

func (s *Screen) labelWidth() int {
	w := s.Messages.Setup
	return max(widget.Width(w.Key), widget.Width(w.Openid), widget.Width(w.Lang), widget.Width(w.Colour))
}

// left returns the column of the values.
func (s *Screen) left() int { return widget.Gutter + s.labelWidth() + widget.Gap }

// textWidth returns the width of sentences, which is limited for readability.
func (s *Screen) textWidth() int { return min(s.width, maxTextWidth) - 2*widget.Gutter }

func (s *Screen) text(style lipgloss.Style, text string) []string {
	return widget.Indent(style, widget.Wrap(text, s.textWidth()))
}

// displayPath returns a sanitized path, with ~ for the home directory.
func (s *Screen) displayPath(path string) string {
	return juhe.Sanitize(widget.ShortPath(path, s.Home))
}
