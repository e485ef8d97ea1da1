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

// currentSearch is what the operator asks to see.
func (s *Screen) currentSearch() lookup.Search {
	return lookup.Search{Text: strings.TrimSpace(s.field.Value()), Outcome: s.filter}
}

// search looks for it, unless it was looked for already.
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

// pressField is a key in the search field. Enter and ↓ give the keys to the
// list; PgUp and PgDn move in it from here too.
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

// edit changes a field, and searches if that is the search field.
func (s *Screen) edit(field *widget.Field, msg tea.KeyMsg) tea.Cmd {
	field.Update(msg)
	return s.search()
}

// cycleFilter shows the next outcome alone, and behind the last one all.
func (s *Screen) cycleFilter() tea.Cmd {
	all := append(juhe.Outcomes(), "")
	s.filter = all[(slices.Index(all, s.filter)+1)%len(all)]
	s.layout()
	return s.search()
}

// clearSearch takes back what narrows the rows.
func (s *Screen) clearSearch() tea.Cmd {
	s.filter = ""
	s.field.SetValue("")
	s.layout()
	return s.search()
}
