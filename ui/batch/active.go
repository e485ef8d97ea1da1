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

// activeRun is the run in progress, or the last one. There is one at a time: it is set
// before its command starts.
type activeRun struct {
	id            int
	run           *engine.Run
	draft         *draft
	cancel        context.CancelFunc
	started       *atomic.Bool  // its command has started, or must not any more
	done          chan struct{} // closed when the run has ended
	startedAt     time.Time
	progress      engine.Progress
	ended         bool
	endedAt       time.Time
	err           error
	unrecorded    int // lookups sent but not recorded
	ticks         int // current chain of ticks; older ones end
	ticking       bool
	stopped       bool // by the operator
	abandoned     bool // calls in flight are not waited for
	stoppedByExit bool
	windowTitle   string
	askedAt       time.Time // when it last asked whether to continue

	countedSent int // calls at the last CountMsg
	countedAt   time.Time
}

func (l *activeRun) isRunning() bool { return l != nil && !l.ended }

// IsRunning reports whether a run is in progress here.
func (c *common) IsRunning() bool { return c.active.isRunning() }

// RunID returns the ID of the run in progress.
func (s *Screen) RunID() lookup.RunID { return s.active.run.Record().ID }

// InFlight returns the number of calls in flight.
func (s *Screen) InFlight() int {
	if !s.IsRunning() {
		return 0
	}
	return s.active.run.Progress().InFlight
}

// RunEndedMsg reports the end of a run.
type RunEndedMsg struct {
	ID      int
	Summary engine.Summary
	Err     error

	issues issuesReadMsg
}

// startRun executes the draft. Every run of the console starts here.
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
	s.setPath("")
	s.showActive()
	b := s.Runner
	return tea.Batch(s.startTicks(), s.track(func() tea.Msg {
		if l.started.Swap(true) {
			return nil
		}
		defer close(l.done)
		sum, err := l.run.Execute(ctx)
		end := RunEndedMsg{ID: l.id, Summary: sum, Err: err}
		if id := sum.Run.ID; id != 0 { // zero if the run could not start
			t := issuesReadMsg{run: id}
			t.rows, t.from, t.count, t.err = b.RowIssues(context.WithoutCancel(ctx), id, -1, issuePage)
			end.issues = t
		}
		return end
	}))
}

// showActive shows the run in progress.
func (s *Screen) showActive() {
	s.page, s.selectedSummary = pageRun, engine.Summary{Run: s.active.run.Record()}
}

// showsActive reports whether the page shows the run in progress.
func (s *Screen) showsActive() bool {
	return s.page == pageRun && s.IsRunning() && (s.selectedSummary.Run.ID == 0 || s.selectedSummary.Run.ID == s.active.run.Record().ID)
}

type progressTickMsg struct{ chain int }

// startTicks reads the progress regularly until the run ends or pauses.
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
	cmd := s.readProgress()
	// In a pause nothing changes once no call is in flight.
	still := l.progress.State == engine.Paused && l.progress.InFlight == 0
	cmd = tea.Batch(cmd, s.requestCount(still), s.followIssues(still))
	if still {
		l.ticking = false
		return tea.Batch(cmd, s.updateTitle())
	}
	return tea.Batch(cmd, s.updateTitle(), s.nextTick())
}

// CountMsg asks the root model to count today's calls again.
type CountMsg struct{}

// requestCount returns a CountMsg at most once a second, or at once if the run stands
// still.
func (s *Screen) requestCount(still bool) tea.Cmd {
	const every = time.Second
	l := s.active
	if l.progress.Sent == l.countedSent || !still && s.Now().Sub(l.countedAt) < every {
		return nil
	}
	l.countedSent, l.countedAt = l.progress.Sent, s.Now()
	return func() tea.Msg { return CountMsg{} }
}

// readProgress reads the progress. If the run asks to continue, it notifies an operator
// who is at another screen.
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
	l.askedAt = s.Now()
	rings := s.sendSequence("\a")
	if s.visible {
		return rings
	}
	return tea.Batch(rings, widget.Notify(widget.Warn, fmt.Sprintf(s.Messages.Batch.FailingElsewhere, l.progress.RunID, s.Options.Keys.Name(keymap.OpenBatch))))
}

// asksToContinue reports whether the run paused because of failures.
func asksToContinue(p engine.Progress) bool {
	return p.State == engine.Paused && p.Reason == lookup.StopFailures
}

// togglePause pauses or continues the run.
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
	cmd := s.readProgress()
	if l.ticking {
		return cmd
	}
	return tea.Batch(cmd, s.startTicks())
}

// StopWarning returns what another Ctrl+C does to a run that is stopping, or "".
func (s *Screen) StopWarning() string {
	l, w := s.active, s.Messages.Batch
	switch {
	case !l.isRunning() || !l.stopped || l.abandoned:
		return ""
	case l.progress.State == engine.Writing:
		return fmt.Sprintf(w.WritingNow, s.Options.Keys.Name(keymap.Quit))
	}
	return fmt.Sprintf(w.StoppingNow, l.progress.InFlight, s.Options.Keys.Name(keymap.Quit))
}

// Interrupt handles Ctrl+C. The first one stops the run safely, the second abandons the
// calls in flight. It reports whether it handled the key.
func (s *Screen) Interrupt() (tea.Cmd, bool) {
	l, w := s.active, s.Messages.Batch
	switch {
	case l != nil && l.ended && l.stopped && s.Now().Sub(l.endedAt) < interruptGrace: // meant for the run
		return nil, true
	case !l.isRunning() || l.abandoned:
		return nil, false
	case !l.stopped:
		return s.stopRun(), true
	}
	s.Cancel()
	return widget.Notify(widget.Warn, w.StoppedWaiting), true
}

// interruptGrace is the time after the end of a stopped run in which Ctrl+C does not quit
// the program.
const interruptGrace = time.Second

// Shutdown stops the task and the run because the program exits. It returns a channel
// that is closed when the run has ended, or nil if there is none. It works without a
// running event loop.
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
	if !s.active.started.Swap(true) { // Bubble Tea ended before the command started
		return nil
	}
	return s.active.done
}

// stopRun stops the run safely and waits for calls in flight.
func (s *Screen) stopRun() tea.Cmd {
	s.active.stopped = true
	s.active.run.Stop()
	return tea.Batch(s.readProgress(), s.startTicks())
}

// Cancel abandons the calls in flight, which become lost.
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
	if l.run.Record().ID == 0 { // it never started
		return s.startFailed(msg.Err)
	}
	l.run.Close()
	var again tea.Cmd
	if watching {
		s.selectedSummary = msg.Summary
		again = s.readIssues()
		if !s.issues.moved { // the message has the last page
			msg.issues.reads = s.issues.reads
			s.onIssuesRead(msg.issues)
			again = nil
		}
	}
	cmds := []tea.Cmd{again, s.readRuns(), s.ringBell(), func() tea.Msg { return CountMsg{} }}
	text := fmt.Sprintf(s.Messages.Batch.EndedHere, msg.Summary.Run.ID, s.stateText(msg.Summary))
	if !s.visible || !watching {
		text = fmt.Sprintf(s.Messages.Batch.EndedElsewhere, msg.Summary.Run.ID, s.stateText(msg.Summary), s.Options.Keys.Name(keymap.OpenBatch))
	}
	return tea.Batch(append(cmds, widget.Notify(s.severity(msg.Summary, msg.Err), text))...)
}

// startFailed returns to the draft of a run that could not start.
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

// Close ends everything in progress because the program exits. It abandons a run that
// does not end in time.
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

// closeTimeout limits each wait of Close.
const closeTimeout = 700 * time.Millisecond

// ExitMessage returns a message about a run that the exit of the program stopped, or
// "".
func (s *Screen) ExitMessage() string {
	if s.active == nil || !s.active.stoppedByExit {
		return ""
	}
	kept := s.active.run.Record()
	if kept.Finished || kept.ID == 0 {
		return ""
	}
	return fmt.Sprintf(s.Messages.Batch.ResumeAtExit, kept.ID)
}

// Finished reports whether the run that was in progress at the exit has nothing left to
// send.
func (s *Screen) Finished() bool {
	return s.active != nil && s.active.stoppedByExit && s.active.run.Record().Finished
}

// estimateText returns the estimated price of calls, or "" if the price is unknown.
func (c *common) estimateText(calls int) string {
	yuan, known := lookup.Estimate(calls, c.Price)
	if !known {
		return ""
	}
	return fmt.Sprintf(c.Messages.Form.Estimate, yuan)
}
