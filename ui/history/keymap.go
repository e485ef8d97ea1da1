package history

import (
	"github.com/charmbracelet/bubbles/help"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Keys returns the current keys.
func (s *Screen) Keys() help.KeyMap {
	w, k := s.Messages.History, s.Options.Keys
	back := k[keymap.Back]
	switch {
	case s.confirming != nil:
		return keyMapOf(widget.Relabel(k[keymap.Yes], w.DeleteYes), widget.Relabel(k[keymap.No], w.DeleteNo), widget.Relabel(back, w.DeleteNo))
	case s.Exporting():
		return keyMapOf(widget.Relabel(back, w.Cancel))
	case s.export != nil:
		return keyMapOf(widget.Relabel(k[keymap.Accept], w.StartExport), widget.Relabel(back, w.Cancel))
	case s.typing && s.field.Value() == "":
		return keyMapOf(k.Pair(keymap.Accept, keymap.Down, w.ToList), widget.Relabel(back, w.LeaveSearch))
	case s.typing:
		return keyMapOf(k.Pair(keymap.Accept, keymap.Down, w.ToList), widget.Relabel(back, w.ClearText))
	}
	return s.listKeys()
}

func (s *Screen) listKeys() help.KeyMap {
	k := s.Options.Keys
	on := func(a keymap.Action, enabled bool) widget.Binding { return widget.Enable(k[a], enabled) }
	row := s.current() != nil
	open, recall, reveal := on(keymap.Open, row), on(keymap.Recall, row), on(keymap.RevealRow, row)
	remove, export := on(keymap.Delete, row && s.deleting == ""), on(keymap.Export, row)
	search, filter := on(keymap.Search, s.searchable()), on(keymap.Filter, s.searchable())
	back := k[keymap.Back]
	full := [][]widget.Binding{
		append([]widget.Binding{open, recall, reveal}, widget.EnableAll(k.MoveBindings(s.Messages), row || s.remainder.more)...),
		{search, filter, export, remove},
	}
	if s.isFiltered() {
		back = widget.Relabel(back, s.Messages.History.ClearAll)
		full[1] = append(full[1], back)
	}
	return widget.KeyMap{
		Short: []widget.Binding{back, open, search, filter, recall, export, remove, reveal},
		Full:  full,
	}
}

func keyMapOf(bindings ...widget.Binding) help.KeyMap {
	return widget.KeyMap{Short: bindings, Full: [][]widget.Binding{bindings}}
}
