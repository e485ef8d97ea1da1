package history

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"

	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
)

// Keys are those that work now.
func (s *Screen) Keys() help.KeyMap {
	w, k := s.Words.History, s.Options.Keys
	back := k[keys.Back]
	switch {
	case s.asked != nil:
		return list(called(k[keys.Yes], w.DeleteYes), called(k[keys.No], w.DeleteNo), called(back, w.DeleteNo))
	case s.UnderWay():
		return list(called(back, w.Cancel))
	case s.export != nil:
		return list(fixed(w.Start, "enter"), called(back, w.Cancel))
	case s.typing && s.field.Value() == "":
		return list(fixed(w.ToList, "enter", "down"), called(back, w.Leave))
	case s.typing:
		return list(fixed(w.ToList, "enter", "down"), called(back, w.ClearText))
	}
	return s.listKeys()
}

func (s *Screen) listKeys() help.KeyMap {
	k := s.Options.Keys
	on := func(a keys.Action, enabled bool) kit.Binding {
		b := k[a]
		b.SetEnabled(enabled)
		return b
	}
	row := s.current() != nil
	open, recall, reveal := on(keys.Open, row), on(keys.Recall, row), on(keys.RevealRow, row)
	remove, export, move := on(keys.Delete, row && s.deleting == ""), on(keys.Export, row), on(keys.Move, row || s.rest.more)
	search, filter := on(keys.Search, s.searchable()), on(keys.Filter, s.searchable())
	back := k[keys.Back]
	full := [][]kit.Binding{
		{open, recall, reveal, move},
		{search, filter, export, remove},
	}
	if s.narrowed() {
		back = called(back, s.Words.History.ClearAll)
		full[1] = append(full[1], back)
	}
	return kit.KeyMap{
		Short: []kit.Binding{back, open, search, filter, recall, export, remove, reveal},
		Full:  full,
	}
}

func list(bindings ...kit.Binding) help.KeyMap {
	return kit.KeyMap{Short: bindings, Full: [][]kit.Binding{bindings}}
}

// called is a key that does something else here than its name says.
func called(b kit.Binding, text string) kit.Binding {
	b.SetHelp(b.Help().Key, text)
	return b
}

// fixed is for the keys of a text field, which cannot be rebound.
func fixed(text string, names ...string) kit.Binding {
	return key.NewBinding(key.WithKeys(names...), key.WithHelp(kit.Label(names), text))
}
