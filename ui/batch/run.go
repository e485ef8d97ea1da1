package batch

import (
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/ui/consent"
	"fourfactor/ui/keymap"
)

// pressRun handles a key on the page of a run.
func (s *Screen) pressRun(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	switch {
	case s.showsActive() && asksToContinue(s.active.progress) && k.Matches(msg, keymap.Yes):
		if consent.TooSoon(s.active.askedAt, s.Now()) {
			return nil
		}
		return s.togglePause()
	case s.showsActive() && asksToContinue(s.active.progress) && k.Matches(msg, keymap.No):
		return s.stopRun()
	case k.Matches(msg, keymap.Back):
		s.page = pageList
		return s.readRuns()
	case k.MoveKey(msg) != "":
		return s.moveIssue(k.MoveKey(msg))
	case s.showsActive() && k.Matches(msg, keymap.Pause) && !asksToContinue(s.active.progress):
		return s.togglePause()
	case s.showsActive():
		return nil
	}
	switch can := s.actions(); {
	case k.Matches(msg, keymap.ResumeRun) && can.resume:
		return s.resumeRun(s.selectedSummary.Run.ID, false)
	case k.Matches(msg, keymap.ResendLost) && can.resend:
		return s.resumeRun(s.selectedSummary.Run.ID, true)
	case k.Matches(msg, keymap.ExportRun) && can.export:
		return s.openExport(false)
	case k.Matches(msg, keymap.ExportRest) && can.rest:
		return s.openExport(true)
	case k.Matches(msg, keymap.NewRun):
		return s.openPick()
	}
	return nil
}

// actions are the actions available for the shown run.
type actions struct{ resume, resend, export, rest bool }

func (s *Screen) actions() actions {
	sum := s.selectedSummary
	if s.showsActive() || sum.Run.ID == 0 {
		return actions{}
	}
	return actions{
		resume: !sum.IsFinished() || sum.Run.OutputHash == "",
		resend: sum.ByOutcome[juhe.Lost] > 0,
		export: !pastedRowsDeleted(sum),
		rest:   !sum.IsResolved(),
	}
}

// isComplete reports whether every row has a verdict and the output is written.
func isComplete(sum engine.Summary) bool {
	return sum.IsFinished() && sum.IsResolved() && sum.Run.OutputHash != ""
}
