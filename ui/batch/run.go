package batch

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/ui/consent"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// runPage shows a run: the one in progress, or the state of another one.
type runPage struct {
	*common
	summary engine.Summary
	issues  issueList
	export  *exportPrompt
}

// showsActive reports whether the run is the one in progress.
func (p *runPage) showsActive() bool {
	return p.IsRunning() && (p.summary.Run.ID == 0 || p.summary.Run.ID == p.active.run.Record().ID)
}

// asks reports whether the run asks to continue.
func (p *runPage) asks() bool { return p.showsActive() && asksToContinue(p.active.progress) }

// Update handles a key.
func (p *runPage) Update(msg tea.KeyMsg) (choice, tea.Cmd) {
	k, can := p.Options.Keys, p.actions()
	switch {
	case p.export != nil:
		return p.updateExport(msg), nil
	case p.asks() && k.Matches(msg, keymap.Yes):
		if consent.TooSoon(p.active.askedAt, p.Now()) {
			return nil, nil
		}
		return pause{}, nil
	case p.asks() && k.Matches(msg, keymap.No):
		return stop{}, nil
	case k.Matches(msg, keymap.Back):
		return leave{}, nil
	case k.MoveKey(msg) != "":
		return nil, p.moveIssue(k.MoveKey(msg))
	case k.Matches(msg, keymap.Pause) && p.showsActive() && !p.asks():
		return pause{}, nil
	case p.showsActive():
	case k.Matches(msg, keymap.ResumeRun) && can.resume:
		return resume{p.summary.Run.ID, false}, nil
	case k.Matches(msg, keymap.ResendLost) && can.resend:
		return resume{p.summary.Run.ID, true}, nil
	case k.Matches(msg, keymap.ExportRun) && can.export:
		p.openExport(false)
	case k.Matches(msg, keymap.ExportRest) && can.exportUnresolved:
		p.openExport(true)
	case k.Matches(msg, keymap.NewRun):
		return newRun{}, nil
	}
	return nil, nil
}

// actions are the actions available for the shown run.
type actions struct{ resume, resend, export, exportUnresolved bool }

func (p *runPage) actions() actions {
	sum := p.summary
	if p.showsActive() || sum.Run.ID == 0 {
		return actions{}
	}
	return actions{
		resume:           !sum.IsFinished() || sum.Run.OutputHash == "",
		resend:           sum.ByOutcome[juhe.Lost] > 0,
		export:           sum.Run.InputPath != "" || !isComplete(sum), // complete pasted rows are deleted
		exportUnresolved: !sum.IsResolved(),
	}
}

// isComplete reports whether every row has a verdict and the output is written.
func isComplete(sum engine.Summary) bool {
	return sum.IsFinished() && sum.IsResolved() && sum.Run.OutputHash != ""
}

// Keys returns the keys of the run, or those of the export.
func (p *runPage) Keys() widget.KeyMap {
	w, k := p.Messages.Batch, p.Options.Keys
	back := k[keymap.Back]
	move := widget.Enable(k.Pair(keymap.Up, keymap.Down, p.Messages.App.Move), p.issueCount() > 0)
	switch {
	case p.export != nil:
		return widget.KeyList(widget.Relabel(k[keymap.Accept], w.Export), widget.Relabel(back, p.Messages.History.Cancel))
	case p.asks():
		return widget.KeyList(widget.Relabel(k[keymap.Yes], w.Continue), widget.Relabel(k[keymap.No], w.Stop), move, back)
	case p.showsActive():
		pause := widget.Relabel(widget.Enable(k[keymap.Pause], !p.active.stopped), w.Pause)
		if p.active.progress.State == engine.Paused {
			pause = widget.Relabel(pause, w.Continue)
		}
		return widget.KeyList(pause, move, back)
	}
	can := p.actions()
	resume := widget.Enable(k[keymap.ResumeRun], can.resume)
	if p.summary.IsFinished() {
		resume = widget.Relabel(resume, w.WriteResults)
	}
	first := []widget.Binding{resume, widget.Enable(k[keymap.ResendLost], can.resend), move}
	second := []widget.Binding{widget.Enable(k[keymap.ExportRun], can.export), widget.Enable(k[keymap.ExportRest], can.exportUnresolved), widget.Enable(k[keymap.NewRun], !p.IsRunning())}
	return widget.KeyMap{
		Short: slices.Concat([]widget.Binding{back}, first, second),
		Full:  [][]widget.Binding{first, second},
	}
}
