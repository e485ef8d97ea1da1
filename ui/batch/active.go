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
	askedAt       time.Time // when it last asked whether to continue

	countedSent int // calls at the last CountMsg
	countedAt   time.Time
}

func (a *activeRun) isRunning() bool { return a != nil && !a.ended }

// IsRunning reports whether a run is in progress here.
func (c *common) IsRunning() bool { return c.active.isRunning() }

// RunID returns the ID of the run in progress.
func (c *common) RunID() lookup.RunID { return c.active.run.Record().ID }

// InFlight returns the number of calls in flight.
func (c *common) InFlight() int {
	if !c.IsRunning() {
		return 0
	}
	return c.active.run.Progress().InFlight
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
		return widget.Notify(widget.Warn, s.Messages.Batch.OneAtATime)
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.runCount++
	b, run := s.Runner, s.draft.run
	a := &activeRun{
		id: s.runCount, run: run, cancel: cancel, done: make(chan struct{}), started: new(atomic.Bool), startedAt: s.Now(),
		progress: run.Progress(),
	}
	s.active, s.draft, s.previous = a, nil, nil
	s.picker.setName("")
	s.showActive()
	return tea.Batch(s.active.startTicks(), s.track(func() tea.Msg {
		if a.started.Swap(true) {
			return nil
		}
		defer close(a.done)
		sum, err := run.Execute(ctx)
		end := RunEndedMsg{ID: a.id, Summary: sum, Err: err}
		if id := sum.Run.ID; id != 0 { // zero if the run could not start
			end.issues = readIssuesOf(context.WithoutCancel(ctx), b, id, -1)
		}
		return end
	}))
}

// showActive shows the run in progress.
func (s *Screen) showActive() {
	s.run.summary = engine.Summary{Run: s.active.run.Record()}
	s.show(&s.run)
}

// watching reports whether the page in front shows the run in progress.
func (s *Screen) watching() bool { return s.page == &s.run && s.run.showsActive() }

type progressTickMsg struct{ chain int }

// startTicks reads the progress regularly until the run ends or pauses.
func (a *activeRun) startTicks() tea.Cmd {
	a.ticks++
	a.ticking = true
	return tick(progressTickMsg{a.ticks})
}

func (s *Screen) onProgressTick(msg progressTickMsg) tea.Cmd {
	a := s.active
	if !a.isRunning() || msg.chain != a.ticks {
		return nil
	}
	cmd := s.readProgress()
	// In a pause nothing changes once no call is in flight.
	still := a.progress.State == engine.Paused && a.progress.InFlight == 0
	cmds := []tea.Cmd{cmd, a.requestCount(s.Now(), still), s.title.set(a.title(s.Messages))}
	if s.watching() {
		cmds = append(cmds, s.run.followIssues(still))
	}
	if a.ticking = !still; a.ticking {
		cmds = append(cmds, tick(msg))
	}
	return tea.Batch(cmds...)
}

// requestCount returns a CountMsg at most once a second, or at once if the run stands
// still.
func (a *activeRun) requestCount(now time.Time, still bool) tea.Cmd {
	const every = time.Second
	if a.progress.Sent == a.countedSent || !still && now.Sub(a.countedAt) < every {
		return nil
	}
	a.countedSent, a.countedAt = a.progress.Sent, now
	return widget.Send(widget.CountMsg{})
}

// readProgress reads the progress. If the run asks to continue, it notifies an operator
// who is at another screen.
func (s *Screen) readProgress() tea.Cmd {
	a := s.active
	before := a.progress
	a.progress = a.run.Progress()
	if s.run.summary.Run.ID == 0 {
		s.run.summary.Run = a.run.Record()
	}
	if !asksToContinue(a.progress) || asksToContinue(before) {
		return nil
	}
	a.askedAt = s.Now()
	rings := s.title.send("\a")
	if s.visible {
		return rings
	}
	return tea.Batch(rings, widget.Notify(widget.Warn, fmt.Sprintf(s.Messages.Batch.FailingElsewhere, a.progress.RunID, s.Options.Keys.Name(keymap.OpenBatch))))
}

// asksToContinue reports whether the run paused because of failures.
func asksToContinue(p engine.Progress) bool {
	return p.State == engine.Paused && p.Reason == lookup.StopFailures
}

// togglePause pauses or continues the run.
func (s *Screen) togglePause() tea.Cmd {
	a := s.active
	switch p := a.run.Progress(); {
	case p.State == engine.Running:
		a.run.Pause()
	case asksToContinue(p) && !asksToContinue(a.progress): // the question is not on the screen yet
	case p.State == engine.Paused:
		a.run.Continue()
	default:
		return nil
	}
	cmd := s.readProgress()
	if a.ticking {
		return cmd
	}
	return tea.Batch(cmd, s.active.startTicks())
}

// stopRun stops the run safely and waits for calls in flight.
func (s *Screen) stopRun() tea.Cmd {
	s.active.stopped = true
	s.active.run.Stop()
	return tea.Batch(s.readProgress(), s.active.startTicks())
}

// onRunEnded takes the end of a run.
func (s *Screen) onRunEnded(msg RunEndedMsg) tea.Cmd {
	a := s.active
	if a == nil || msg.ID != a.id || a.ended {
		return nil
	}
	watching := s.watching()
	a.cancel()
	a.ended, a.endedAt, a.err, a.unrecorded = true, s.Now(), msg.Err, len(msg.Summary.Unrecorded)
	a.progress = a.run.Progress()
	if a.run.Record().ID == 0 { // it never started
		return s.startFailed(msg.Err)
	}
	a.run.Close()
	if msg.Summary.Run.ID == 0 { // a resumed run that did not start is as it was
		s.active = nil
		if watching {
			s.show(&s.runs)
		}
		return tea.Batch(s.title.reset(), s.runs.read(), widget.Notify(widget.Error, s.errorText(msg.Err)))
	}
	cmds := []tea.Cmd{s.runs.read(), s.ring(), widget.Send(widget.CountMsg{})}
	if watching {
		s.run.summary = msg.Summary
		read := s.run.readIssues()
		if s.run.issues.moved {
			cmds = append(cmds, read)
		} else { // the message has the last rows
			msg.issues.reads = s.run.issues.reads
			s.run.take(msg.issues)
		}
	}
	text := fmt.Sprintf(s.Messages.Batch.EndedHere, msg.Summary.Run.ID, s.Messages.RunState(msg.Summary))
	if !s.visible || !watching {
		text = fmt.Sprintf(s.Messages.Batch.EndedElsewhere, msg.Summary.Run.ID, s.Messages.RunState(msg.Summary), s.Options.Keys.Name(keymap.OpenBatch))
	}
	return tea.Batch(append(cmds, widget.Notify(severity(msg.Summary, msg.Err), text))...)
}

// startFailed returns to the columns of a run that could not start.
func (s *Screen) startFailed(err error) tea.Cmd {
	s.active = nil
	s.draft = s.columns.draft
	s.columns.focus(settingEntname)
	s.show(s.columns)
	return tea.Batch(s.title.reset(), widget.Notify(widget.Error, s.errorText(err)))
}

func severity(sum engine.Summary, err error) widget.Severity {
	switch {
	case err != nil:
		return widget.Error
	case !sum.IsFinished(), !sum.IsResolved():
		return widget.Warn
	}
	return widget.Note
}
