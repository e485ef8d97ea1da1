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

// activeRun is a run that is driven here, or was. There is never a second one: it is
// set before the command that drives it is returned.
type activeRun struct {
	id            int
	run           *engine.Run
	draft         *draft // that it began as
	cancel        context.CancelFunc
	started       *atomic.Bool  // its command has begun, or may not any more
	done          chan struct{} // closed when the run has ended
	startedAt     time.Time
	progress      engine.Progress
	ended         bool
	endedAt       time.Time
	err           error
	unrecorded    int // look-ups that were sent and not recorded
	ticks         int // counts the chains of ticks: an old one ends
	ticking       bool
	stopped       bool   // the operator has stopped it
	abandoned     bool   // and given up what was under way
	stoppedByExit bool   // because the program ends
	windowTitle   string // what the window's title says of it
	question      question

	countedSent int // that were sent when the day's were counted
	countedAt   time.Time
}

// isRunning tells whether it has not ended.
func (l *activeRun) isRunning() bool { return l != nil && !l.ended }

// IsRunning tells whether a run is driven here.
func (s *Screen) IsRunning() bool { return s.active.isRunning() }

// RunID is the number of the run that is driven here.
func (s *Screen) RunID() lookup.RunID { return s.active.run.Record().ID }

// InFlight is how many look-ups of it are under way.
func (s *Screen) InFlight() int {
	if !s.IsRunning() {
		return 0
	}
	return s.active.run.Progress().InFlight
}

// RunEndedMsg is how a run ended that was driven here.
type RunEndedMsg struct {
	ID      int
	Summary engine.Summary
	Err     error

	issues issuesReadMsg
}

// startRun drives the draft: here every run begins.
func (s *Screen) startRun() tea.Cmd {
	if s.IsRunning() {
		return s.notifyOneRun()
	}
	d := s.draft
	ctx, cancel := context.WithCancel(context.Background())
	s.runCount++
	l := &activeRun{
		id: s.runCount, run: d.run, draft: d, cancel: cancel, done: make(chan struct{}), started: new(atomic.Bool), startedAt: s.Now(),
		progress: d.run.Progress(),
	}
	s.active, s.draft, s.previous = l, nil, nil
	s.setPath("") // the next file may be another one
	s.showActive()
	b := s.Runner
	return tea.Batch(s.startTicks(), s.track(func() tea.Msg {
		if l.started.Swap(true) {
			return nil
		}
		defer close(l.done)
		sum, err := l.run.Execute(ctx)
		end := RunEndedMsg{ID: l.id, Summary: sum, Err: err}
		if id := sum.Run.ID; id != 0 { // an error leaves those that are known
			t := issuesReadMsg{run: id}
			t.rows, t.from, t.count, t.err = b.RowIssues(context.WithoutCancel(ctx), id, -1, issuePage)
			end.issues = t
		}
		return end
	}))
}

// showActive shows the run that is driven.
func (s *Screen) showActive() {
	s.page, s.selectedSummary = pageRun, engine.Summary{Run: s.active.run.Record()}
}

// showsActive tells whether the page shows the run that is driven here.
func (s *Screen) showsActive() bool {
	return s.page == pageRun && s.IsRunning() && (s.selectedSummary.Run.ID == 0 || s.selectedSummary.Run.ID == s.active.run.Record().ID)
}

type progressTickMsg struct{ chain int }

// startTicks has the progress read again and again, while there is any.
func (s *Screen) startTicks() tea.Cmd {
	s.active.ticks++
	s.active.ticking = true
	return s.nextTick()
}

func (s *Screen) nextTick() tea.Cmd {
	chain := s.active.ticks
	return tea.Tick(tickInterval, func(time.Time) tea.Msg { return progressTickMsg{chain} })
}

func (s *Screen) onProgressTick(msg progressTickMsg) tea.Cmd {
	l := s.active
	if !l.isRunning() || msg.chain != l.ticks {
		return nil
	}
	told := s.readProgress()
	// In a pause nothing changes any more once what was under way has ended: what is
	// read now is shown until it goes on.
	still := l.progress.State == engine.Paused && l.progress.InFlight == 0
	told = tea.Batch(told, s.requestCount(still), s.followIssues(still))
	if still {
		l.ticking = false
		return tea.Batch(told, s.updateTitle())
	}
	return tea.Batch(told, s.updateTitle(), s.nextTick())
}

// CountMsg asks the root to count again what was sent today.
type CountMsg struct{}

// requestCount asks for it now and then, while there is more, and at once where the run
// stands still.
func (s *Screen) requestCount(still bool) tea.Cmd {
	const every = time.Second
	l := s.active
	if l.progress.Sent == l.countedSent || !still && s.Now().Sub(l.countedAt) < every {
		return nil
	}
	l.countedSent, l.countedAt = l.progress.Sent, s.Now()
	return func() tea.Msg { return CountMsg{} }
}

// readProgress reads how far the run is. It tells an operator who looks elsewhere when
// the run asks something.
func (s *Screen) readProgress() tea.Cmd {
	l := s.active
	before := l.progress
	l.progress = l.run.Progress()
	if s.selectedSummary.Run.ID == 0 {
		s.selectedSummary.Run = l.run.Record()
	}
	if !asksToContinue(l.progress) || asksToContinue(before) {
		return nil
	}
	l.question = question{s.Now()}
	rings := s.sendSequence("\a")
	if s.visible {
		return rings
	}
	return tea.Batch(rings, widget.Notify(widget.Warn, fmt.Sprintf(s.Words.Batch.UnwellAway, l.progress.RunID, s.keyName(keymap.OpenBatch))))
}

// asksToContinue tells whether the run asks whether to go on.
func asksToContinue(p engine.Progress) bool {
	return p.State == engine.Paused && p.Reason == lookup.StopFailures
}

// togglePause stops the run for a while, or goes on.
func (s *Screen) togglePause() tea.Cmd {
	l := s.active
	switch l.run.Progress().State {
	case engine.Running:
		l.run.Pause()
	case engine.Paused:
		l.run.Continue()
	default:
		return nil
	}
	told := s.readProgress()
	if l.ticking {
		return told
	}
	return tea.Batch(told, s.startTicks())
}

// StopWarning says what another Ctrl+C would do to a run that is stopping, as long
// as it would; empty else.
func (s *Screen) StopWarning() string {
	l, w := s.active, s.Words.Batch
	switch {
	case !l.isRunning() || !l.stopped || l.abandoned:
		return ""
	case l.progress.State == engine.Writing:
		return fmt.Sprintf(w.WritingNow, s.keyName(keymap.Quit))
	}
	return fmt.Sprintf(w.StoppingNow, l.progress.InFlight, s.keyName(keymap.Quit))
}

// Interrupt is Ctrl+C in front of a run that is driven: the first one stops it
// safely, the second gives up what is under way. It tells whether it was either.
func (s *Screen) Interrupt() (tea.Cmd, bool) {
	l, w := s.active, s.Words.Batch
	switch {
	case l != nil && l.ended && l.stopped && s.Now().Sub(l.endedAt) < interruptGrace: // it was meant for the run
		return nil, true
	case !l.isRunning() || l.abandoned:
		return nil, false
	case !l.stopped:
		return s.stopRun(), true
	}
	s.Cancel()
	return widget.Notify(widget.Warn, w.GivenUp), true
}

// interruptGrace is how long after a run that was stopped a key that gives it up is not
// taken for one that quits.
const interruptGrace = time.Second

// Shutdown stops what is in progress because the program ends, a run safely. What it
// returns is closed when the run has ended; nil if there is none. It may be
// called when nobody delivers messages any more.
func (s *Screen) Shutdown() <-chan struct{} {
	s.restoreTitle()
	if s.task.isActive() {
		s.task.stop()
	}
	if !s.IsRunning() {
		return nil
	}
	s.active.stoppedByExit, s.active.stopped = true, true
	s.active.run.Shutdown()
	if !s.active.started.Swap(true) { // Bubble Tea has ended before its command began
		return nil
	}
	return s.active.done
}

// stopRun stops the run safely: what is under way is waited for.
func (s *Screen) stopRun() tea.Cmd {
	s.active.stopped = true
	s.active.run.Stop()
	return tea.Batch(s.readProgress(), s.startTicks())
}

// Cancel ends the run without waiting for what is under way, which becomes
// lost.
func (s *Screen) Cancel() {
	if s.active.isRunning() {
		s.active.stopped, s.active.abandoned = true, true
		s.active.run.Stop()
		s.active.cancel()
	}
}

// onRunEnded takes the end of a run.
func (s *Screen) onRunEnded(msg RunEndedMsg) tea.Cmd {
	l := s.active
	if l == nil || msg.ID != l.id || l.ended {
		return nil
	}
	watching := s.showsActive()
	l.cancel()
	l.ended, l.endedAt, l.err, l.unrecorded = true, s.Now(), msg.Err, len(msg.Summary.Unrecorded)
	l.progress = l.run.Progress()
	if l.run.Record().ID == 0 { // it has not even begun
		return s.startFailed(msg.Err)
	}
	l.run.Close()
	var again tea.Cmd
	if watching {
		s.selectedSummary = msg.Summary
		again = s.readIssues()
		if !s.issues.moved { // which needs no second look
			msg.issues.reads = s.issues.reads
			s.onIssuesRead(msg.issues)
			again = nil
		}
	}
	cmds := []tea.Cmd{again, s.readRuns(), s.ringBell(), func() tea.Msg { return CountMsg{} }}
	text := fmt.Sprintf(s.Words.Batch.EndedHere, msg.Summary.Run.ID, s.stateText(msg.Summary))
	if !s.visible || !watching {
		text = fmt.Sprintf(s.Words.Batch.EndedAway, msg.Summary.Run.ID, s.stateText(msg.Summary), s.keyName(keymap.OpenBatch))
	}
	return tea.Batch(append(cmds, widget.Notify(s.severity(msg.Summary, msg.Err), text))...)
}

// startFailed goes back to the draft of a run that could not begin.
func (s *Screen) startFailed(err error) tea.Cmd {
	d := s.active.draft
	s.active = nil
	s.draft, s.page = d, pageColumns
	s.focusSetting(settingEntname)
	s.layout()
	return tea.Batch(s.resetTitle(), widget.Notify(widget.Error, s.errorText(err)))
}

func (s *Screen) severity(sum engine.Summary, err error) widget.Severity {
	switch {
	case err != nil:
		return widget.Error
	case !sum.IsFinished(), !sum.IsResolved():
		return widget.Warn
	}
	return widget.Note
}

// Close ends what is in progress, because the program ends. What a run does not
// end by itself (see Halt) is given up.
func (s *Screen) Close() {
	if over := s.Shutdown(); over != nil {
		select {
		case <-over:
		case <-time.After(closeTimeout):
			s.active.cancel()
		}
	}
	done := make(chan struct{})
	go func() {
		s.commands.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(closeTimeout):
	}
	if s.IsRunning() {
		s.active.run.Close()
	}
}

// closeTimeout is how long Close waits for what it has given up.
const closeTimeout = 700 * time.Millisecond

// ExitMessage is what there is to say of a run that the end of the program has
// stopped; empty if there is none.
func (s *Screen) ExitMessage() string {
	if s.active == nil || !s.active.stoppedByExit {
		return ""
	}
	kept := s.active.run.Record()
	if kept.Finished || kept.ID == 0 {
		return ""
	}
	return fmt.Sprintf(s.Words.Batch.Left, kept.ID)
}

// Finished reports whether the run that the end of the program found in progress
// has nothing left to send.
func (s *Screen) Finished() bool {
	return s.active != nil && s.active.stoppedByExit && s.active.run.Record().Finished
}

// estimateText is the estimate of so many calls, in words; empty without a price.
func (s *Screen) estimateText(calls int) string {
	yuan, known := lookup.Estimate(calls, s.Price)
	if !known {
		return ""
	}
	return fmt.Sprintf(s.Words.Form.Estimate, yuan)
}
