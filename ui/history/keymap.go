package history

import (
	"github.com/charmbracelet/bubbles/help"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Keys returns the current keys.
func (s *Screen) Keys() help.KeyMap {
	switch {
	case s.deletion.asking != nil:
		return s.deletion.keys()
	case s.export != nil:
		return s.export.keys()
	case s.search.typing:
		return s.search.keys()
	}
	k := s.Options.Keys
	on := func(a keymap.Action, enabled bool) widget.Binding { return widget.Enable(k[a], enabled) }
	row := s.list.current() != nil
	open, recall, reveal := on(keymap.Open, row), on(keymap.Recall, row), on(keymap.RevealRow, row)
	remove, export := on(keymap.Delete, row && s.deletion.id == ""), on(keymap.Export, row)
	search, filter := on(keymap.Search, s.searchable()), on(keymap.Filter, s.searchable())
	back := k[keymap.Back]
	full := [][]widget.Binding{
		append([]widget.Binding{open, recall, reveal}, k.MoveBindings(s.Messages, row || s.list.remainder.more)...),
		{search, filter, export, remove},
	}
	if s.search.isActive() {
		back = widget.Relabel(back, s.Messages.History.ClearAll)
		full[1] = append(full[1], back)
	}
	return widget.KeyMap{
		Short: []widget.Binding{back, open, search, filter, recall, export, remove, reveal},
		Full:  full,
	}
}

func keyMapOf(bindings ...widget.Binding) widget.KeyMap {
	return widget.KeyMap{Short: bindings, Full: [][]widget.Binding{bindings}}
}
