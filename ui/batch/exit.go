package batch

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// StopWarning returns what another Ctrl+C does to a run that is stopping, or "".
func (s *Screen) StopWarning() string {
	a, w := s.active, s.Messages.Batch
	switch {
	case !a.isRunning() || !a.stopped || a.abandoned:
		return ""
	case a.progress.State == engine.Writing:
		return fmt.Sprintf(w.WritingNow, s.Options.Keys.Name(keymap.Quit))
	}
	return fmt.Sprintf(w.StoppingNow, a.progress.InFlight, s.Options.Keys.Name(keymap.Quit))
}

// Interrupt handles Ctrl+C. The first one stops the run safely, the second abandons the
// calls in flight. It reports whether it handled the key.
func (s *Screen) Interrupt() (tea.Cmd, bool) {
	a, w := s.active, s.Messages.Batch
	switch {
	case a != nil && a.ended && a.stopped && s.Now().Sub(a.endedAt) < interruptGrace: // meant for the run
		return nil, true
	case !a.isRunning() || a.abandoned:
		return nil, false
	case !a.stopped:
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
	s.title.restore()
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

// Cancel abandons the calls in flight, which become lost.
func (s *Screen) Cancel() {
	if s.active.isRunning() {
		s.active.stopped, s.active.abandoned = true, true
		s.active.run.Stop()
		s.active.cancel()
	}
}

// Close ends everything in progress because the program exits. It abandons a run that
// does not end in time.
func (s *Screen) Close() {
	const timeout = 700 * time.Millisecond // of each wait
	ends := func(over <-chan struct{}) bool {
		select {
		case <-over:
			return true
		case <-time.After(timeout):
			return false
		}
	}
	if over := s.Shutdown(); over != nil && !ends(over) {
		s.active.cancel()
	}
	done := make(chan struct{})
	go func() {
		s.commands.Wait()
		close(done)
	}()
	ends(done)
	if s.IsRunning() {
		s.active.run.Close()
	}
}

// ExitMessage returns a message about a run that the exit of the program stopped, or
// "".
func (s *Screen) ExitMessage() string {
	if s.active == nil || !s.active.stoppedByExit || s.Finished() || s.RunID() == 0 {
		return ""
	}
	return fmt.Sprintf(s.Messages.Batch.ResumeAtExit, s.RunID())
}

// Finished reports whether the run that was in progress at the exit has nothing left to
// send.
func (s *Screen) Finished() bool {
	return s.active != nil && s.active.stoppedByExit && s.active.run.Record().Finished
}
