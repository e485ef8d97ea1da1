package batch

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
)

// pressRun is a key in front of one run, as it goes on or as it stands.
func (s *Screen) pressRun(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	switch {
	case s.watching() && unwell(s.live.progress) && k.Is(msg, keys.Yes):
		if s.noticed(s.live.notice) {
			return s.pause()
		}
		return nil
	case s.watching() && unwell(s.live.progress) && k.Is(msg, keys.No):
		return s.halt()
	case k.Is(msg, keys.Back):
		s.page = pageList
		return s.load()
	case k.Move(msg) != "":
		s.moveTroubles(k.Move(msg))
		return nil
	case s.watching() && k.Is(msg, keys.Pause) && !unwell(s.live.progress):
		return s.pause()
	case s.watching():
		return nil
	}
	switch may := s.may(); {
	case k.Is(msg, keys.ResumeRun) && may.resume:
		return s.takeUp(s.shown.Run.ID, false)
	case k.Is(msg, keys.ResendLost) && may.resend:
		return s.takeUp(s.shown.Run.ID, true)
	case k.Is(msg, keys.ExportRun) && may.export:
		return s.openExport(false)
	case k.Is(msg, keys.ExportRest) && may.rest:
		return s.openExport(true)
	case k.Is(msg, keys.NewRun):
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
		resume: !sum.Finished() || sum.Run.Written == "",
		resend: sum.Outcome[juhe.Lost] > 0,
		export: !gone(sum),
		rest:   concluded(sum)+sum.Run.Duplicate < sum.Run.Rows,
	}
}

// concluded is how many rows have a verdict.
func concluded(sum engine.Summary) int { return sum.Outcome[juhe.Match] + sum.Outcome[juhe.Mismatch] }

// troubles are the rows that need attention, by their numbers, of the run that
// is shown: those that this process has seen.
func (s *Screen) troubles() (rows []engine.Trouble, count int) {
	l := s.live
	if l == nil || s.page != pageRun || s.shown.Run.ID != 0 && s.shown.Run.ID != l.run.Kept().ID {
		return nil, 0
	}
	byRow := func(a, b engine.Trouble) int { return cmp.Compare(a.Row, b.Row) }
	return slices.SortedStableFunc(slices.Values(l.progress.Trouble), byRow), l.progress.Troubles
}

// troubleAt is the selected one of them: the last unless the operator looks
// further up.
func (s *Screen) troubleAt(rows []engine.Trouble) int {
	at := slices.IndexFunc(rows, func(t engine.Trouble) bool { return t.Row == s.live.row })
	if at < 0 {
		return len(rows) - 1
	}
	return at
}

// moveTroubles moves the selection among them. What is selected stays so when
// more come.
func (s *Screen) moveTroubles(by keys.Action) {
	rows, _ := s.troubles()
	if len(rows) == 0 {
		return
	}
	at := kit.Moved(by, s.troubleAt(rows), len(rows), s.troubleHeight())
	if s.live.row = rows[at].Row; at == len(rows)-1 {
		s.live.row = 0
	}
}
