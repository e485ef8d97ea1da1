package batch

import (
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
)

// pressRun is a key in front of one run, as it goes on or as it stands.
func (s *Screen) pressRun(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	switch {
	case s.watching() && unwell(s.live.progress) && k.Matches(msg, keymap.Yes):
		if s.noticed(s.live.notice) {
			return s.pause()
		}
		return nil
	case s.watching() && unwell(s.live.progress) && k.Matches(msg, keymap.No):
		return s.halt()
	case k.Matches(msg, keymap.Back):
		s.page = pageList
		return s.load()
	case k.MoveKey(msg) != "":
		return s.moveTroubles(k.MoveKey(msg))
	case s.watching() && k.Matches(msg, keymap.Pause) && !unwell(s.live.progress):
		return s.pause()
	case s.watching():
		return nil
	}
	switch may := s.may(); {
	case k.Matches(msg, keymap.ResumeRun) && may.resume:
		return s.takeUp(s.shown.Run.ID, false)
	case k.Matches(msg, keymap.ResendLost) && may.resend:
		return s.takeUp(s.shown.Run.ID, true)
	case k.Matches(msg, keymap.ExportRun) && may.export:
		return s.openExport(false)
	case k.Matches(msg, keymap.ExportRest) && may.rest:
		return s.openExport(true)
	case k.Matches(msg, keymap.NewRun):
		return s.openPick()
	}
	return nil
}

// may is what can be done with the run that is shown.
type may struct{ resume, resend, export, rest bool }

func (s *Screen) may() may {
	sum := s.shown
	if s.watching() || sum.Run.ID == 0 {
		return may{}
	}
	return may{
		resume: !sum.Finished() || sum.Run.OutputHash == "",
		resend: sum.Outcome[juhe.Lost] > 0,
		export: !gone(sum),
		rest:   concluded(sum)+sum.Run.Duplicate < sum.Run.Rows,
	}
}

// done tells whether nothing is left to do: every row has a verdict, and the output
// is there.
func done(sum engine.Summary) bool {
	return sum.Finished() && sum.Settled() && sum.Run.OutputHash != ""
}

// concluded is how many rows have a verdict.
func concluded(sum engine.Summary) int { return sum.Outcome[juhe.Match] + sum.Outcome[juhe.Mismatch] }
