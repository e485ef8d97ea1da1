package batch

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Keys returns the keys that work now.
func (s *Screen) Keys() help.KeyMap {
	w, k := s.Messages.Batch, s.Options.Keys
	back := k[keymap.Back]
	switch {
	case s.task.isActive():
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
	row := s.selectedRun() != nil
	open, begin := widget.Enable(k[keymap.OpenRun], row), widget.Enable(k[keymap.NewRun], !s.IsRunning())
	return s.withStopKey(widget.KeyMap{
		Short: []widget.Binding{back, open, begin},
		Full:  [][]widget.Binding{{open, begin}, k.MoveBindings(s.Messages, row)},
	})
}

// withStopKey adds Ctrl+C while a run is in progress.
func (c *common) withStopKey(m widget.KeyMap) widget.KeyMap {
	if !c.IsRunning() || c.active.abandoned {
		return m
	}
	w, stop := c.Messages.Batch, c.Options.Keys[keymap.Quit]
	stop = widget.Relabel(stop, w.Stop)
	if c.active.stopped {
		stop = widget.Relabel(stop, w.StopWaiting)
	}
	m.Short = append(m.Short, stop)
	m.Full = append(m.Full, []widget.Binding{stop})
	return m
}

func (s *Screen) columnKeys() help.KeyMap {
	w, k := s.Messages.Batch, s.Options.Keys
	plan, change := widget.Relabel(k[keymap.Accept], w.Check), k.Pair(keymap.ColumnLeft, keymap.ColumnRight, w.Change)
	head := k.Pair(keymap.HeaderDown, keymap.HeaderUp, w.ChangeHeader)
	at := s.focusedSetting()
	change.SetEnabled(at != settingOutput)
	head.SetEnabled(at != settingOutput)
	return s.withStopKey(widget.KeyMap{
		Short: []widget.Binding{k[keymap.Back], plan, k.Pair(keymap.Previous, keymap.Next, w.Choose), change, head, k[keymap.Endpoint], k[keymap.Regstatus]},
		Full: [][]widget.Binding{
			{plan, k[keymap.Next], k[keymap.Previous], change, widget.Enable(columnLetters(w.Letter), at <= settingIdcard), head},
			{k[keymap.Endpoint], k[keymap.Regstatus]},
		},
	})
}

func (s *Screen) planKeys() help.KeyMap {
	w, k := s.Messages.Batch, s.Options.Keys
	scroll := k.Pair(keymap.Up, keymap.Down, s.Messages.App.Move)
	hold := widget.Relabel(widget.Enable(k[keymap.HoldWarned], s.draft.plan.Warned > 0), s.Messages.Runs.RowWarnings.Hold)
	if s.draft.run.Record().HoldWarned {
		hold = widget.Relabel(hold, s.Messages.Runs.RowWarnings.Send)
	}
	if !s.canStart() {
		return s.keyList(k.Pair(keymap.No, keymap.Back, k[keymap.Back].Help().Desc), hold, scroll)
	}
	yes, no := widget.Relabel(k[keymap.Yes], w.Start), widget.Relabel(k[keymap.No], w.DoNot)
	switch {
	case s.draft.plan.Calls == 0:
		yes, no = widget.Relabel(yes, w.Write), widget.Relabel(no, w.DoNotWrite)
	case s.asksTableFault():
		yes = widget.Relabel(yes, s.Messages.Runs.TableFaults.Send)
	case s.needsNumber():
		yes = widget.Relabel(k[keymap.Accept], w.Start)
	}
	return s.keyList(yes, no, hold, k[keymap.Back], scroll)
}

func (s *Screen) runKeys() help.KeyMap {
	w, k := s.Messages.Batch, s.Options.Keys
	back := k[keymap.Back]
	move := widget.Enable(k.Pair(keymap.Up, keymap.Down, s.Messages.App.Move), s.issueCount() > 0)
	if s.showsActive() {
		if asksToContinue(s.active.progress) {
			return s.keyList(widget.Relabel(k[keymap.Yes], w.Continue), widget.Relabel(k[keymap.No], w.Stop), move, back)
		}
		pause := widget.Relabel(widget.Enable(k[keymap.Pause], !s.active.stopped), w.Pause)
		if s.active.progress.State == engine.Paused {
			pause = widget.Relabel(pause, w.Continue)
		}
		return s.keyList(pause, move, back)
	}
	m := s.actions()
	resume := widget.Enable(k[keymap.ResumeRun], m.resume)
	if s.selectedSummary.IsFinished() {
		resume = widget.Relabel(resume, w.WriteResults)
	}
	first := []widget.Binding{resume, widget.Enable(k[keymap.ResendLost], m.resend)}
	second := []widget.Binding{widget.Enable(k[keymap.ExportRun], m.export), widget.Enable(k[keymap.ExportRest], m.rest), widget.Enable(k[keymap.NewRun], !s.IsRunning())}
	return s.withStopKey(widget.KeyMap{
		Short: append(append([]widget.Binding{back}, append(first, move)...), second...),
		Full:  [][]widget.Binding{append(first, move), second},
	})
}

func (c *common) keyList(bindings ...widget.Binding) help.KeyMap {
	return c.withStopKey(widget.KeyMap{Short: bindings, Full: [][]widget.Binding{bindings}})
}

// columnLetters returns a binding for help only: column letters are not an action.
func columnLetters(text string) widget.Binding {
	const all = "A–Z"
	return key.NewBinding(key.WithKeys(all), key.WithHelp(all, text))
}
