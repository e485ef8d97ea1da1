package batch

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
)

// Keys are those that work now.
func (s *Screen) Keys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	back := k[keys.Back]
	switch {
	case s.job.underWay():
		return listed(called(back, w.Cancel))
	case s.export != nil:
		return listed(fixed(w.Export, "enter"), called(back, w.Cancel))
	}
	switch s.page {
	case pagePick:
		return listed(fixed(w.OpenFile, "enter"), fixed(w.Complete, "tab"), fixed(w.Choose, "↑↓"), back)
	case pageColumns:
		return s.columnKeys()
	case pagePlan:
		return s.planKeys()
	case pageRun:
		return s.runKeys()
	}
	row := s.selected() != nil
	return kit.KeyMap{
		Short: []kit.Binding{back, on(k[keys.OpenRun], row), k[keys.NewRun]},
		Full:  [][]kit.Binding{{on(k[keys.OpenRun], row), k[keys.NewRun], on(k[keys.MoveRun], row)}},
	}
}

func (s *Screen) columnKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	plan, change := fixed(w.Check, "enter"), fixed(w.Change, "←→")
	head := fixed(w.ChangeHead, "+/-")
	at := s.rowAt()
	change.SetEnabled(at != rowOut)
	head.SetEnabled(at != rowOut)
	return kit.KeyMap{
		Short: []kit.Binding{k[keys.Back], plan, fixed(w.Choose, "↑↓"), change, head, k[keys.Endpoint], k[keys.Regstatus]},
		Full: [][]kit.Binding{
			{plan, k[keys.Next], k[keys.Previous], change, on(fixed(w.Letter, "A–Z"), at <= rowIdcard), head},
			{k[keys.Endpoint], k[keys.Regstatus]},
		},
	}
}

func (s *Screen) planKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	yes, no := called(k[keys.Yes], w.Go), called(k[keys.No], w.DoNot)
	if s.typesNumber() {
		yes = fixed(w.Go, "enter")
	}
	yes.SetEnabled(s.draft.sendable())
	return listed(yes, no, called(k[keys.Back], w.DoNot), fixed(s.Words.Keys[string(keys.Scroll)], "↑↓"))
}

func (s *Screen) runKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	back := k[keys.Back]
	rows, _ := s.troubles()
	move := on(k[keys.MoveRun], len(rows) > 0)
	if s.watching() {
		stop := called(k[keys.Quit], w.Stop)
		if s.live.stopped {
			stop = called(k[keys.Quit], w.GiveUp)
		}
		if unwell(s.live.progress) {
			return listed(called(k[keys.Yes], w.GoOn), called(k[keys.No], w.Stop), back, move, stop)
		}
		pause := called(on(k[keys.Pause], !s.live.stopped), w.Pause)
		if s.live.progress.State == engine.Paused {
			pause = called(pause, w.GoOn)
		}
		return listed(pause, stop, move, back)
	}
	m := s.may()
	first := []kit.Binding{on(k[keys.ResumeRun], m.resume), on(k[keys.ResendLost], m.resend)}
	second := []kit.Binding{on(k[keys.ExportRun], m.export), on(k[keys.ExportRest], m.rest), k[keys.NewRun]}
	return kit.KeyMap{
		Short: append(append([]kit.Binding{back}, first...), second...),
		Full:  [][]kit.Binding{append(first, move), second},
	}
}

func listed(bindings ...kit.Binding) help.KeyMap {
	return kit.KeyMap{Short: bindings, Full: [][]kit.Binding{bindings}}
}

// on is a key that works only sometimes.
func on(b kit.Binding, enabled bool) kit.Binding {
	b.SetEnabled(enabled)
	return b
}

// called is a key that does something else here than its name says.
func called(b kit.Binding, text string) kit.Binding {
	b.SetHelp(b.Help().Key, text)
	return b
}

// fixed is for keys that cannot be rebound.
func fixed(text string, names ...string) kit.Binding {
	return key.NewBinding(key.WithKeys(names...), key.WithHelp(kit.Label(names), text))
}

// key is a key as it is read.
func (s *Screen) key(a keys.Action) string { return kit.Label(s.Options.Keys[a].Keys()[:1]) }
