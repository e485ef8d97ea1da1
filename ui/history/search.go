package history

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// currentSearch returns the search that the field and the filter describe.
func (s *Screen) currentSearch() lookup.Search {
	return lookup.Search{Text: strings.TrimSpace(s.field.Value()), Outcome: s.filter}
}

// search starts the current search, unless it is the latest one.
func (s *Screen) search() tea.Cmd {
	want := s.currentSearch()
	if want == s.searched {
		return nil
	}
	s.searched = want
	want.Limit = pageSize
	return s.fetch(request{search: want})
}

func (s *Screen) setTyping(on bool) {
	s.typing = on
	if s.field.Blur(); on {
		s.field.Focus()
	}
}

// pressField handles a key in the search field. Enter and ↓ move the focus to the
// list; PgUp and PgDn also scroll it from here.
func (s *Screen) pressField(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	switch {
	case widget.IsText(msg):
	case k.Matches(msg, keymap.Back):
		if s.field.Value() == "" {
			s.setTyping(false)
		}
		s.field.SetValue("")
		return s.search()
	case k.Matches(msg, keymap.Accept), k.Matches(msg, keymap.Down):
		s.setTyping(false)
		return nil
	case k.Matches(msg, keymap.PageUp), k.Matches(msg, keymap.PageDown):
		return s.move(k.MoveKey(msg))
	}
	return s.edit(&s.field, msg)
}

// edit edits a field and searches if its text was changed.
func (s *Screen) edit(field *widget.Field, msg tea.KeyMsg) tea.Cmd {
	field.Update(msg)
	return s.search()
}

// cycleFilter selects the next outcome as the filter, or none after the last one.
func (s *Screen) cycleFilter() tea.Cmd {
	all := append(juhe.Outcomes(), "")
	s.filter = all[(slices.Index(all, s.filter)+1)%len(all)]
	s.layout()
	return s.search()
}

// clearSearch clears the search text and the filter.
func (s *Screen) clearSearch() tea.Cmd {
	s.filter = ""
	s.field.SetValue("")
	s.layout()
	return s.search()
}
