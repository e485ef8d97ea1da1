package form

import (
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/consent"
	"fourfactor/ui/keymap"
)

// confirmation has the warnings about a query that are shown before it is sent. A send
// key sends the query unless it is too soon. Any other key ends the
// confirmation.
type confirmation struct {
	query    juhe.Query
	shownAt  time.Time
	warnings []ident.Warning
}

// confirmWarnings reports whether query has no warnings that need confirmation, or the
// operator has confirmed them, not too soon after they were shown. Otherwise it shows them
// anew, so that holding down a key does not send.
func (s *Screen) confirmWarnings(query juhe.Query) bool {
	_, all := lookup.Check(query, s.Now())
	warnings := lookup.NeedingConfirmation(all)
	now := s.Now()
	shown := s.confirmation.query == query && !consent.TooSoon(s.confirmation.shownAt, now)
	if len(warnings) == 0 || shown && len(s.confirmation.warnings) > 0 {
		s.confirmation = confirmation{}
		return true
	}
	s.confirmation = confirmation{query, now, warnings}
	return false
}

// isSendKey reports whether a key sends the form.
func (s *Screen) isSendKey(msg tea.KeyMsg) bool {
	k := s.Options.Keys
	return !msg.Paste && (k.Matches(msg, keymap.Send) || k.Matches(msg, keymap.Advance) && s.focus == len(s.fields)-1)
}

// warningLines returns the lines with the warnings of each field and the key that sends
// the query nevertheless.
func (s *Screen) warningLines(height int) []string {
	key := s.Options.Keys.Name(keymap.Send)
	if s.focus == len(s.fields)-1 {
		key = s.Options.Keys.Name(keymap.Advance)
	}
	width := s.width - 2*gutter
	sendHint := fieldNote{s.Theme.Text, "", fmt.Sprintf(s.Messages.Form.SendWarned, key)}.indented(gutter, width, maxNoteLines)
	var lines []string
	for _, field := range s.fields {
		if text := s.warningText(s.confirmation.warnings, field.factor); text != "" {
			lines = append(lines, fieldNote{s.Theme.Warn, s.Theme.Glyphs.Warning, s.label(field.factor) + s.Messages.Colon + text}.indented(gutter, width, maxNoteLines)...)
		}
	}
	lines = append([]string{""}, lines...)
	return append(lines[:max(min(len(lines), height-len(sendHint)), 0)], sendHint...)
}

// warningText returns the text of the warnings about a field.
func (s *Screen) warningText(warnings []ident.Warning, f juhe.Factor) string {
	var texts []string
	for _, w := range warnings {
		if w.Factor == f {
			texts = append(texts, lookup.WarningText(s.Messages, w))
		}
	}
	return strings.Join(texts, s.Messages.Semicolon)
}

// warningsToConfirm returns the warnings about a query that need confirmation, one line for
// each field, for the end of a question.
func (s *Screen) warningsToConfirm(query juhe.Query) (text string) {
	_, warnings := lookup.Check(query, s.Now())
	for _, field := range s.fields {
		if w := s.warningText(lookup.NeedingConfirmation(warnings), field.factor); w != "" {
			text += "\n" + s.Theme.Glyphs.Warning + " " + s.label(field.factor) + s.Messages.Colon + w
		}
	}
	return text
}
