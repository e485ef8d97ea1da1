package form

import (
	"fmt"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/consent"
	"fourfactor/ui/keymap"
)

// confirmation has the warnings about a query that are shown before it is sent. A send
// key sends the query unless it is too soon. Any other key ends the confirmation.
type confirmation struct {
	query    juhe.Query
	shownAt  time.Time
	warnings []ident.Warning
}

func (c *confirmation) isShown() bool { return len(c.warnings) > 0 }

// confirm reports whether query has no warnings that need confirmation, or the operator
// has confirmed them, not too soon after they were shown. Otherwise it shows them anew, so
// that holding down a key does not send.
func (c *confirmation) confirm(query juhe.Query, now time.Time) bool {
	_, all := lookup.Check(query, now)
	old := *c
	*c = confirmation{query, now, lookup.NeedingConfirmation(all)}
	if !c.isShown() || old.isShown() && old.query == query && !consent.TooSoon(old.shownAt, now) {
		*c = confirmation{}
		return true
	}
	return false
}

// warningLines returns the lines with the warnings of each field and the key that sends
// the query nevertheless.
func (s *Screen) warningLines(height int) []string {
	key := s.Options.Keys.Name(keymap.Send)
	if s.fields.isLastFocused() {
		key = s.Options.Keys.Name(keymap.Advance)
	}
	sendHint := fieldNote{s.Theme.Text, "", fmt.Sprintf(s.Messages.Form.SendWarned, key)}.below(s.width)
	lines := []string{""}
	for _, text := range s.warningTexts(s.warned.warnings) {
		lines = append(lines, fieldNote{s.Theme.Warn, s.Theme.Glyphs.Warning, text}.below(s.width)...)
	}
	return append(lines[:max(min(len(lines), height-len(sendHint)), 0)], sendHint...)
}
