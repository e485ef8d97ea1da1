package history

import (
	"github.com/charmbracelet/bubbles/help"

	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
)

// Keys are those that work now.
func (s *Screen) Keys() help.KeyMap {
	w, k := s.Words.History, s.Options.Keys
	back := k[keys.Back]
	switch {
	case s.asked != nil:
		return list(kit.Called(k[keys.Yes], w.DeleteYes), kit.Called(k[keys.No], w.DeleteNo), kit.Called(back, w.DeleteNo))
	case s.UnderWay():
		return list(kit.Called(back, w.Cancel))
	case s.export != nil:
		return list(kit.Called(k[keys.Accept], w.Start), kit.Called(back, w.Cancel))
	case s.typing && s.field.Value() == "":
		return list(k.Pair(keys.Accept, keys.Down, w.ToList), kit.Called(back, w.Leave))
	case s.typing:
		return list(k.Pair(keys.Accept, keys.Down, w.ToList), kit.Called(back, w.ClearText))
	}
	return s.listKeys()
}

func (s *Screen) listKeys() help.KeyMap {
	k := s.Options.Keys
	on := func(a keys.Action, enabled bool) kit.Binding { return kit.On(k[a], enabled) }
	row := s.current() != nil
	open, recall, reveal := on(keys.Open, row), on(keys.Recall, row), on(keys.RevealRow, row)
	remove, export := on(keys.Delete, row && s.deleting == ""), on(keys.Export, row)
	search, filter := on(keys.Search, s.searchable()), on(keys.Filter, s.searchable())
	back := k[keys.Back]
	full := [][]kit.Binding{
		append([]kit.Binding{open, recall, reveal}, kit.AllOn(k.Moves(s.Words), row || s.rest.more)...),
		{search, filter, export, remove},
	}
	if s.narrowed() {
		back = kit.Called(back, s.Words.History.ClearAll)
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
