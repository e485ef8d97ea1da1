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
		return s.keyList(called(back, w.Cancel))
	case s.export != nil:
		return s.keyList(fixed(w.Export, "enter"), called(back, w.Cancel))
	}
	switch s.page {
	case pagePick:
		return s.keyList(fixed(w.OpenFile, "enter"), fixed(w.Complete, "tab"), fixed(w.Choose, "↑↓"), back)
	case pageColumns:
		return s.columnKeys()
	case pagePlan:
		return s.planKeys()
	case pageRun:
		return s.runKeys()
	}
	row := s.selected() != nil
	open, begin := on(k[keys.OpenRun], row), on(k[keys.NewRun], !s.UnderWay())
	return s.stoppable(kit.KeyMap{
		Short: []kit.Binding{back, open, begin},
		Full:  [][]kit.Binding{{open, begin, on(k[keys.MoveRun], row)}},
	})
}

// stoppable adds what Ctrl+C does while a run is under way.
func (s *Screen) stoppable(m kit.KeyMap) kit.KeyMap {
	if !s.UnderWay() || s.live.given {
		return m
	}
	w, stop := s.Words.Batch, s.Options.Keys[keys.Quit]
	stop = called(stop, w.Stop)
	if s.live.stopped {
		stop = called(stop, w.GiveUp)
	}
	m.Short = append(m.Short, stop)
	m.Full = append(m.Full, []kit.Binding{stop})
	return m
}

func (s *Screen) columnKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	plan, change := fixed(w.Check, "enter"), fixed(w.Change, "←→")
	head := fixed(w.ChangeHead, "+/-")
	at := s.rowAt()
	change.SetEnabled(at != rowOut)
	head.SetEnabled(at != rowOut)
	return s.stoppable(kit.KeyMap{
		Short: []kit.Binding{k[keys.Back], plan, fixed(w.Choose, "↑↓"), change, head, k[keys.Endpoint], k[keys.Regstatus]},
		Full: [][]kit.Binding{
			{plan, k[keys.Next], k[keys.Previous], change, on(fixed(w.Letter, "A–Z"), at <= rowIdcard), head},
			{k[keys.Endpoint], k[keys.Regstatus]},
		},
	})
}

func (s *Screen) planKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	scroll := fixed(s.Words.Keys[string(keys.Scroll)], "↑↓")
	if !s.mayStart() {
		return s.keyList(fixed(k[keys.Back].Help().Desc, s.Options.Keys[keys.No].Keys()[0], k[keys.Back].Keys()[0]), scroll)
	}
	yes, no := called(k[keys.Yes], w.Go), called(k[keys.No], w.DoNot)
	switch {
	case s.draft.plan.Calls == 0:
		yes, no = called(yes, w.Write), called(no, w.DoNotWrite)
	case s.typesNumber():
		yes = fixed(w.Go, "enter")
	}
	return s.keyList(yes, no, k[keys.Back], scroll)
}

func (s *Screen) runKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	back := k[keys.Back]
	rows, _ := s.troubles()
	move := on(fixed(k[keys.MoveRun].Help().Desc, "↑↓"), len(rows) > 0)
	if s.watching() {
		if unwell(s.live.progress) {
			return s.keyList(called(k[keys.Yes], w.GoOn), called(k[keys.No], w.Stop), move, back)
		}
		pause := called(on(k[keys.Pause], !s.live.stopped), w.Pause)
		if s.live.progress.State == engine.Paused {
			pause = called(pause, w.GoOn)
		}
		return s.keyList(pause, move, back)
	}
	m := s.may()
	resume := on(k[keys.ResumeRun], m.resume)
	if s.shown.Finished() {
		resume = called(resume, w.WriteResults)
	}
	first := []kit.Binding{resume, on(k[keys.ResendLost], m.resend)}
	second := []kit.Binding{on(k[keys.ExportRun], m.export), on(k[keys.ExportRest], m.rest), on(k[keys.NewRun], !s.UnderWay())}
	return s.stoppable(kit.KeyMap{
		Short: append(append([]kit.Binding{back}, append(first, move)...), second...),
		Full:  [][]kit.Binding{append(first, move), second},
	})
}

func (s *Screen) keyList(bindings ...kit.Binding) help.KeyMap {
	return s.stoppable(kit.KeyMap{Short: bindings, Full: [][]kit.Binding{bindings}})
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
