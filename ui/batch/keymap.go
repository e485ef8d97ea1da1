package batch

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Keys are those that work now.
func (s *Screen) Keys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	back := k[keymap.Back]
	switch {
	case s.job.underWay():
		return s.keyList(widget.Relabel(back, w.Cancel))
	case s.export != nil:
		return s.keyList(widget.Relabel(k[keymap.Accept], w.Export), widget.Relabel(back, w.Cancel))
	}
	switch s.page {
	case pagePick:
		return s.keyList(widget.Relabel(k[keymap.Accept], w.OpenFile), widget.Relabel(k[keymap.CompletePath], w.Complete), k.Pair(keymap.Up, keymap.Down, w.Choose), back)
	case pageColumns:
		return s.columnKeys()
	case pagePlan:
		return s.planKeys()
	case pageRun:
		return s.runKeys()
	}
	row := s.selected() != nil
	open, begin := widget.Enable(k[keymap.OpenRun], row), widget.Enable(k[keymap.NewRun], !s.UnderWay())
	return s.stoppable(widget.KeyMap{
		Short: []widget.Binding{back, open, begin},
		Full:  [][]widget.Binding{{open, begin}, widget.EnableAll(k.MoveBindings(s.Words), row)},
	})
}

// stoppable adds what Ctrl+C does while a run is under way.
func (s *Screen) stoppable(m widget.KeyMap) widget.KeyMap {
	if !s.UnderWay() || s.live.given {
		return m
	}
	w, stop := s.Words.Batch, s.Options.Keys[keymap.Quit]
	stop = widget.Relabel(stop, w.Stop)
	if s.live.stopped {
		stop = widget.Relabel(stop, w.GiveUp)
	}
	m.Short = append(m.Short, stop)
	m.Full = append(m.Full, []widget.Binding{stop})
	return m
}

func (s *Screen) columnKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	plan, change := widget.Relabel(k[keymap.Accept], w.Check), k.Pair(keymap.ColumnLeft, keymap.ColumnRight, w.Change)
	head := k.Pair(keymap.HeaderDown, keymap.HeaderUp, w.ChangeHead)
	at := s.rowAt()
	change.SetEnabled(at != rowOut)
	head.SetEnabled(at != rowOut)
	return s.stoppable(widget.KeyMap{
		Short: []widget.Binding{k[keymap.Back], plan, k.Pair(keymap.Previous, keymap.Next, w.Choose), change, head, k[keymap.Endpoint], k[keymap.Regstatus]},
		Full: [][]widget.Binding{
			{plan, k[keymap.Next], k[keymap.Previous], change, widget.Enable(letters(w.Letter), at <= rowIdcard), head},
			{k[keymap.Endpoint], k[keymap.Regstatus]},
		},
	})
}

func (s *Screen) planKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	scroll := k.Pair(keymap.Up, keymap.Down, s.Words.App.Move)
	hold := widget.Relabel(widget.Enable(k[keymap.HoldWarned], s.draft.plan.Warned > 0), s.Words.Runs.Warned.Hold)
	if s.draft.run.Kept().HoldWarned {
		hold = widget.Relabel(hold, s.Words.Runs.Warned.Send)
	}
	if !s.mayStart() {
		return s.keyList(k.Pair(keymap.No, keymap.Back, k[keymap.Back].Help().Desc), hold, scroll)
	}
	yes, no := widget.Relabel(k[keymap.Yes], w.Go), widget.Relabel(k[keymap.No], w.DoNot)
	switch {
	case s.draft.plan.Calls == 0:
		yes, no = widget.Relabel(yes, w.Write), widget.Relabel(no, w.DoNotWrite)
	case s.asksWhole():
		yes = widget.Relabel(yes, s.Words.Runs.Whole.Send)
	case s.typesNumber():
		yes = widget.Relabel(k[keymap.Accept], w.Go)
	}
	return s.keyList(yes, no, hold, k[keymap.Back], scroll)
}

func (s *Screen) runKeys() help.KeyMap {
	w, k := s.Words.Batch, s.Options.Keys
	back := k[keymap.Back]
	move := widget.Enable(k.Pair(keymap.Up, keymap.Down, s.Words.App.Move), s.troubled() > 0)
	if s.watching() {
		if unwell(s.live.progress) {
			return s.keyList(widget.Relabel(k[keymap.Yes], w.GoOn), widget.Relabel(k[keymap.No], w.Stop), move, back)
		}
		pause := widget.Relabel(widget.Enable(k[keymap.Pause], !s.live.stopped), w.Pause)
		if s.live.progress.State == engine.Paused {
			pause = widget.Relabel(pause, w.GoOn)
		}
		return s.keyList(pause, move, back)
	}
	m := s.may()
	resume := widget.Enable(k[keymap.ResumeRun], m.resume)
	if s.shown.Finished() {
		resume = widget.Relabel(resume, w.WriteResults)
	}
	first := []widget.Binding{resume, widget.Enable(k[keymap.ResendLost], m.resend)}
	second := []widget.Binding{widget.Enable(k[keymap.ExportRun], m.export), widget.Enable(k[keymap.ExportRest], m.rest), widget.Enable(k[keymap.NewRun], !s.UnderWay())}
	return s.stoppable(widget.KeyMap{
		Short: append(append([]widget.Binding{back}, append(first, move)...), second...),
		Full:  [][]widget.Binding{append(first, move), second},
	})
}

func (s *Screen) keyList(bindings ...widget.Binding) help.KeyMap {
	return s.stoppable(widget.KeyMap{Short: bindings, Full: [][]widget.Binding{bindings}})
}

// key is a key as it is read.
func (s *Screen) key(a keymap.Action) string { return s.Options.Keys.Name(a) }

// letters are the letters of columns, which are no actions.
func letters(text string) widget.Binding {
	const all = "A–Z"
	return key.NewBinding(key.WithKeys(all), key.WithHelp(all, text))
}
