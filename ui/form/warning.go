package form

import (
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
)

// confirmation is what the operator has been told about a query before paying for it. The
// next key decides: one that sends sends, every other one makes it untold.
type confirmation struct {
	query    juhe.Query
	shownAt  time.Time
	warnings []ident.Warning
}

// confirmWarnings reports whether the operator has been told of the warnings on exactly this
// query and has had the time to read them. If not, they are told now. A key that is
// held down never gets that time.
func (s *Screen) confirmWarnings(query juhe.Query) bool {
	_, remarks := lookup.Check(query, s.Now())
	warnings := lookup.NeedingConfirmation(remarks)
	now := s.Now()
	told := s.confirmation.query == query && now.Sub(s.confirmation.shownAt) >= readingTime
	if len(warnings) == 0 || told && len(s.confirmation.warnings) > 0 {
		s.confirmation = confirmation{}
		return true
	}
	s.confirmation = confirmation{query, now, warnings}
	return false
}

// isSendKey reports whether a key sends what stands in the form.
func (s *Screen) isSendKey(msg tea.KeyMsg) bool {
	k := s.Options.Keys
	return !msg.Paste && (k.Matches(msg, keymap.Send) || k.Matches(msg, keymap.Advance) && s.focus == len(s.inputs)-1)
}

// warningLines say field by field what is wrong, and which key sends although it is.
func (s *Screen) warningLines(room int) []string {
	key := s.Options.Keys.Name(keymap.Send)
	if s.focus == len(s.inputs)-1 {
		key = s.Options.Keys.Name(keymap.Advance)
	}
	width := s.width - 2*gutter
	last := fieldNote{s.Theme.Text, "", fmt.Sprintf(s.Words.Form.SendWarned, key)}.indented(gutter, width, fieldHeight)
	var lines []string
	for _, in := range s.inputs {
		if text := s.warningText(s.confirmation.warnings, in.name); text != "" {
			lines = append(lines, fieldNote{s.Theme.Warn, s.Theme.Glyphs.Warning, s.label(in.name) + s.Words.Colon + text}.indented(gutter, width, fieldHeight)...)
		}
	}
	lines = append([]string{""}, lines...)
	return append(lines[:max(min(len(lines), room-len(last)), 0)], last...)
}

// warningText says what is wrong with a field.
func (s *Screen) warningText(warnings []ident.Warning, f juhe.Factor) string {
	var texts []string
	for _, w := range warnings {
		if w.Field == f {
			texts = append(texts, lookup.WarningText(s.Words, w))
		}
	}
	return strings.Join(texts, s.Words.Semicolon)
}

// warningsBelow say what is wrong with a query, behind a question about it.
func (s *Screen) warningsBelow(query juhe.Query) (text string) {
	_, remarks := lookup.Check(query, s.Now())
	for _, in := range s.inputs {
		if w := s.warningText(lookup.NeedingConfirmation(remarks), in.name); w != "" {
			text += "\n" + s.Theme.Glyphs.Warning + " " + s.label(in.name) + s.Words.Colon + w
		}
	}
	return text
}
