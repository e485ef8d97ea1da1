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
		return s.keyList(kit.Called(back, w.Cancel))
	case s.export != nil:
		return s.keyList(kit.Called(k[keys.Accept], w.Export), kit.Called(back, w.Cancel))
	}
	switch s.page {
	case pagePick:
		return s.keyList(kit.Called(k[keys.Accept], w.OpenFile), kit.Called(k[keys.CompletePath], w.Complete), k.Pair(keys.Up, keys.Down, w.Choose), back)
	case pageColumns:
		return s.columnKeys()
	case pagePlan:
		return s.planKeys()
	case pageRun:
		return s.runKeys()
	}
	row := s.selected() != nil
	open, begin := kit.On(k[keys.OpenRun], row), kit.On(k[keys.NewRun], !s.UnderWay())
	return s.stoppable(kit.KeyMap{
		Short: []kit.Binding{back, open, begin},
		Full:  [][]kit.Binding{{open, begin}, kit.AllOn(k.Moves(s.Words), row)},
	})
}

// stoppable adds what Ctrl+C does while a run is under way.
func (s *Screen) stoppable(m kit.KeyMap) kit.KeyMap {
	if !s.UnderWay() || s.live.given {
		return m
	}
	w, stop := s.Words.Batch, s.Options.Keys[keys.Quit]
	stop = kit.Called(stop, w.Stop)
	if s.live.stopped {
		stop = kit.Called(stop, w.GiveUp)
	}
	m.Short = append(m.Short, stop)
	m.Full = append(m.Full, []kit.Binding{stop})
	return m
}

func (s *Screen) columnKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	plan, change := kit.Called(k[keys.Accept], w.Check), k.Pair(keys.ColumnLeft, keys.ColumnRight, w.Change)
	head := k.Pair(keys.HeadDown, keys.HeadUp, w.ChangeHead)
	at := s.rowAt()
	change.SetEnabled(at != rowOut)
	head.SetEnabled(at != rowOut)
	return s.stoppable(kit.KeyMap{
		Short: []kit.Binding{k[keys.Back], plan, k.Pair(keys.Previous, keys.Next, w.Choose), change, head, k[keys.Endpoint], k[keys.Regstatus]},
		Full: [][]kit.Binding{
			{plan, k[keys.Next], k[keys.Previous], change, kit.On(letters(w.Letter), at <= rowIdcard), head},
			{k[keys.Endpoint], k[keys.Regstatus]},
		},
	})
}

func (s *Screen) planKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	scroll := k.Pair(keys.Up, keys.Down, s.Words.App.Move)
	hold := kit.Called(kit.On(k[keys.HoldWarned], s.draft.plan.Warned > 0), s.Words.Runs.Warned.Hold)
	if s.draft.run.Kept().Hold {
		hold = kit.Called(hold, s.Words.Runs.Warned.Send)
	}
	if !s.mayStart() {
		return s.keyList(k.Pair(keys.No, keys.Back, k[keys.Back].Help().Desc), hold, scroll)
	}
	yes, no := kit.Called(k[keys.Yes], w.Go), kit.Called(k[keys.No], w.DoNot)
	switch {
	case s.draft.plan.Calls == 0:
		yes, no = kit.Called(yes, w.Write), kit.Called(no, w.DoNotWrite)
	case s.asksWhole():
		yes = kit.Called(yes, s.Words.Runs.Whole.Send)
	case s.typesNumber():
		yes = kit.Called(k[keys.Accept], w.Go)
	}
	return s.keyList(yes, no, hold, k[keys.Back], scroll)
}

func (s *Screen) runKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	back := k[keys.Back]
	move := kit.On(k.Pair(keys.Up, keys.Down, s.Words.App.Move), s.troubled() > 0)
	if s.watching() {
		if unwell(s.live.progress) {
			return s.keyList(kit.Called(k[keys.Yes], w.GoOn), kit.Called(k[keys.No], w.Stop), move, back)
		}
		pause := kit.Called(kit.On(k[keys.Pause], !s.live.stopped), w.Pause)
		if s.live.progress.State == engine.Paused {
			pause = kit.Called(pause, w.GoOn)
		}
		return s.keyList(pause, move, back)
	}
	m := s.may()
	resume := kit.On(k[keys.ResumeRun], m.resume)
	if s.shown.Finished() {
		resume = kit.Called(resume, w.WriteResults)
	}
	first := []kit.Binding{resume, kit.On(k[keys.ResendLost], m.resend)}
	second := []kit.Binding{kit.On(k[keys.ExportRun], m.export), kit.On(k[keys.ExportRest], m.rest), kit.On(k[keys.NewRun], !s.UnderWay())}
	return s.stoppable(kit.KeyMap{
		Short: append(append([]kit.Binding{back}, append(first, move)...), second...),
		Full:  [][]kit.Binding{append(first, move), second},
	})
}

func (s *Screen) keyList(bindings ...kit.Binding) help.KeyMap {
	return s.stoppable(kit.KeyMap{Short: bindings, Full: [][]kit.Binding{bindings}})
}

// key is a key as it is read.
func (s *Screen) key(a keys.Action) string { return s.Options.Keys.Name(a) }

// letters are the letters of columns, which are no actions.
func letters(text string) kit.Binding {
	const all = "A–Z"
	return key.NewBinding(key.WithKeys(all), key.WithHelp(all, text))
}
