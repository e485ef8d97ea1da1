package batch

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// live is a run that is driven here, or was. There is never a second one: it is
// set before the command that drives it is returned.
type live struct {
	id       int
	run      *engine.Run
	draft    *draft // that it began as
	cancel   context.CancelFunc
	begun    *atomic.Bool  // its command has begun, or may not any more
	over     chan struct{} // closed when the run has ended
	began    time.Time
	progress engine.Progress
	ended    bool
	endedAt  time.Time
	err      error
	unsaved  int // look-ups that were sent and not recorded
	ticks    int // counts the chains of ticks: an old one ends
	ticking  bool
	stopped  bool   // the operator has stopped it
	given    bool   // and given up what was under way
	left     bool   // because the program ends
	titled   string // what the window's title says of it
	notice   notice

	counted   int // that were sent when the day's were counted
	countedAt time.Time
}

// underWay tells whether it has not ended.
func (l *live) underWay() bool { return l != nil && !l.ended }

// UnderWay tells whether a run is driven here.
func (s *Screen) UnderWay() bool { return s.live.underWay() }

// RunID is the number of the run that is driven here.
func (s *Screen) RunID() lookup.RunID { return s.live.run.Kept().ID }

// OnTheWire is how many look-ups of it are under way.
func (s *Screen) OnTheWire() int {
	if !s.UnderWay() {
		return 0
	}
	return s.live.run.Progress().UnderWay
}

// EndedMsg is how a run ended that was driven here.
type EndedMsg struct {
	ID      int
	Summary engine.Summary
	Err     error

	troubles troublesMsg
}

// start drives the draft: here every run begins.
func (s *Screen) start() tea.Cmd {
	if s.UnderWay() {
		return s.oneAtATime()
	}
	d := s.draft
	ctx, cancel := context.WithCancel(context.Background())
	s.runs++
	l := &live{
		id: s.runs, run: d.run, draft: d, cancel: cancel, over: make(chan struct{}), begun: new(atomic.Bool), began: s.Now(),
		progress: d.run.Progress(),
	}
	s.live, s.draft, s.earlier = l, nil, nil
	s.setPath("") // the next file may be another one
	s.showLive()
	b := s.Batch
	return tea.Batch(s.startTicks(), s.work(func() tea.Msg {
		if l.begun.Swap(true) {
			return nil
		}
		defer close(l.over)
		sum, err := l.run.Go(ctx)
		end := EndedMsg{ID: l.id, Summary: sum, Err: err}
		if id := sum.Run.ID; id != 0 { // an error leaves those that are known
			t := troublesMsg{run: id}
			t.rows, t.from, t.count, t.err = b.Troubles(context.WithoutCancel(ctx), id, -1, troublePage)
			end.troubles = t
		}
		return end
	}))
}

// showLive shows the run that is driven.
func (s *Screen) showLive() {
	s.page, s.shown = pageRun, engine.Summary{Run: s.live.run.Kept()}
}

// watching tells whether the page shows the run that is driven here.
func (s *Screen) watching() bool {
	return s.page == pageRun && s.UnderWay() && (s.shown.Run.ID == 0 || s.shown.Run.ID == s.live.run.Kept().ID)
}

type tickMsg struct{ chain int }

// startTicks has the progress read again and again, while there is any.
func (s *Screen) startTicks() tea.Cmd {
	s.live.ticks++
	s.live.ticking = true
	return s.nextTick()
}

func (s *Screen) nextTick() tea.Cmd {
	chain := s.live.ticks
	return tea.Tick(tickEvery, func(time.Time) tea.Msg { return tickMsg{chain} })
}

func (s *Screen) tick(msg tickMsg) tea.Cmd {
	l := s.live
	if !l.underWay() || msg.chain != l.ticks {
		return nil
	}
	told := s.read()
	// In a pause nothing changes any more once what was under way has ended: what is
	// read now is shown until it goes on.
	still := l.progress.State == engine.Paused && l.progress.UnderWay == 0
	told = tea.Batch(told, s.count(still), s.followTroubles(still))
	if still {
		l.ticking = false
		return tea.Batch(told, s.title())
	}
	return tea.Batch(told, s.title(), s.nextTick())
}

// CountMsg asks the root to count again what was sent today.
type CountMsg struct{}

// count asks for it now and then, while there is more, and at once where the run
// stands still.
func (s *Screen) count(still bool) tea.Cmd {
	const every = time.Second
	l := s.live
	if l.progress.Sent == l.counted || !still && s.Now().Sub(l.countedAt) < every {
		return nil
	}
	l.counted, l.countedAt = l.progress.Sent, s.Now()
	return func() tea.Msg { return CountMsg{} }
}

// read reads how far the run is. It tells an operator who looks elsewhere when
// the run asks something.
func (s *Screen) read() tea.Cmd {
	l := s.live
	before := l.progress
	l.progress = l.run.Progress()
	if s.shown.Run.ID == 0 {
		s.shown.Run = l.run.Kept()
	}
	if !unwell(l.progress) || unwell(before) {
		return nil
	}
	l.notice = notice{s.Now()}
	rings := s.send("\a")
	if s.front {
		return rings
	}
	return tea.Batch(rings, widget.Notify(widget.Warn, fmt.Sprintf(s.Words.Batch.UnwellAway, l.progress.Run, s.key(keymap.OpenBatch))))
}

// unwell tells whether the run asks whether to go on.
func unwell(p engine.Progress) bool {
	return p.State == engine.Paused && p.Reason == lookup.StopFailures
}

// pause stops the run for a while, or goes on.
func (s *Screen) pause() tea.Cmd {
	l := s.live
	switch l.run.Progress().State {
	case engine.Running:
		l.run.Pause()
	case engine.Paused:
		l.run.Continue()
	default:
		return nil
	}
	told := s.read()
	if l.ticking {
		return told
	}
	return tea.Batch(told, s.startTicks())
}

// Warning says what another Ctrl+C would do to a run that is stopping, as long
// as it would; empty else.
func (s *Screen) Warning() string {
	l, w := s.live, s.Words.Batch
	switch {
	case !l.underWay() || !l.stopped || l.given:
		return ""
	case l.progress.State == engine.Writing:
		return fmt.Sprintf(w.WritingNow, s.key(keymap.Quit))
	}
	return fmt.Sprintf(w.StoppingNow, l.progress.UnderWay, s.key(keymap.Quit))
}

// Interrupt is Ctrl+C in front of a run that is driven: the first one stops it
// safely, the second gives up what is under way. It tells whether it was either.
func (s *Screen) Interrupt() (tea.Cmd, bool) {
	l, w := s.live, s.Words.Batch
	switch {
	case l != nil && l.ended && l.stopped && s.Now().Sub(l.endedAt) < grace: // it was meant for the run
		return nil, true
	case !l.underWay() || l.given:
		return nil, false
	case !l.stopped:
		return s.halt(), true
	}
	s.GiveUp()
	return widget.Notify(widget.Warn, w.GivenUp), true
}

// grace is how long after a run that was stopped a key that gives it up is not
// taken for one that quits.
const grace = time.Second

// Halt stops what is in progress because the program ends, a run safely. What it
// returns is closed when the run has ended; nil if there is none. It may be
// called when nobody delivers messages any more.
func (s *Screen) Halt() <-chan struct{} {
	s.giveTitle()
	if s.job.underWay() {
		s.job.stop()
	}
	if !s.UnderWay() {
		return nil
	}
	s.live.left, s.live.stopped = true, true
	s.live.run.End()
	if !s.live.begun.Swap(true) { // Bubble Tea has ended before its command began
		return nil
	}
	return s.live.over
}

// halt stops the run safely: what is under way is waited for.
func (s *Screen) halt() tea.Cmd {
	s.live.stopped = true
	s.live.run.Stop()
	return tea.Batch(s.read(), s.startTicks())
}

// GiveUp ends the run without waiting for what is under way, which becomes
// lost.
func (s *Screen) GiveUp() {
	if s.live.underWay() {
		s.live.stopped, s.live.given = true, true
		s.live.run.Stop()
		s.live.cancel()
	}
}

// ended takes the end of a run.
func (s *Screen) ended(msg EndedMsg) tea.Cmd {
	l := s.live
	if l == nil || msg.ID != l.id || l.ended {
		return nil
	}
	watching := s.watching()
	l.cancel()
	l.ended, l.endedAt, l.err, l.unsaved = true, s.Now(), msg.Err, len(msg.Summary.Unsaved)
	l.progress = l.run.Progress()
	if l.run.Kept().ID == 0 { // it has not even begun
		return s.notBegun(msg.Err)
	}
	l.run.Close()
	var again tea.Cmd
	if watching {
		s.shown = msg.Summary
		again = s.readTroubles()
		if !s.troubles.moved { // which needs no second look
			msg.troubles.reads = s.troubles.reads
			s.tookTroubles(msg.troubles)
			again = nil
		}
	}
	cmds := []tea.Cmd{again, s.load(), s.bell(), func() tea.Msg { return CountMsg{} }}
	text := fmt.Sprintf(s.Words.Batch.EndedHere, msg.Summary.Run.ID, s.stateText(msg.Summary))
	if !s.front || !watching {
		text = fmt.Sprintf(s.Words.Batch.EndedAway, msg.Summary.Run.ID, s.stateText(msg.Summary), s.key(keymap.OpenBatch))
	}
	return tea.Batch(append(cmds, widget.Notify(s.severity(msg.Summary, msg.Err), text))...)
}

// notBegun goes back to the draft of a run that could not begin.
func (s *Screen) notBegun(err error) tea.Cmd {
	d := s.live.draft
	s.live = nil
	s.draft, s.page = d, pageColumns
	s.focusRow(rowEntname)
	s.layout()
	return tea.Batch(s.resetTitle(), widget.Notify(widget.Error, s.errorText(err)))
}

func (s *Screen) severity(sum engine.Summary, err error) widget.Severity {
	switch {
	case err != nil:
		return widget.Error
	case !sum.Finished(), !sum.Settled():
		return widget.Warn
	}
	return widget.Note
}

// Close ends what is in progress, because the program ends. What a run does not
// end by itself (see Halt) is given up.
func (s *Screen) Close() {
	if over := s.Halt(); over != nil {
		select {
		case <-over:
		case <-time.After(closePatience):
			s.live.cancel()
		}
	}
	done := make(chan struct{})
	go func() {
		s.works.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(closePatience):
	}
	if s.UnderWay() {
		s.live.run.Close()
	}
}

// closePatience is how long Close waits for what it has given up.
const closePatience = 700 * time.Millisecond

// Left is what there is to say of a run that the end of the program has
// stopped; empty if there is none.
func (s *Screen) Left() string {
	if s.live == nil || !s.live.left {
		return ""
	}
	kept := s.live.run.Kept()
	if kept.Finished || kept.ID == 0 {
		return ""
	}
	return fmt.Sprintf(s.Words.Batch.Left, kept.ID)
}

// Finished reports whether the run that the end of the program found in progress
// has nothing left to send.
func (s *Screen) Finished() bool { return s.live != nil && s.live.left && s.live.run.Kept().Finished }

// billed is the estimate of so many calls, in words; empty without a price.
func (s *Screen) billed(calls int) string {
	yuan, known := lookup.Estimate(calls, s.Price)
	if !known {
		return ""
	}
	return fmt.Sprintf(s.Words.Form.Estimate, yuan)
}
