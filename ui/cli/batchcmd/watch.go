package batchcmd

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/cli"
	"fourfactor/ui/i18n"
)

// How often the progress line is drawn, and how many ticks pass between lines
// where it cannot be redrawn.
const (
	watchEvery = 200 * time.Millisecond
	watchLines = 25
)

// progressWatcher shows the progress of a run on standard error: in one line
// that is redrawn on a terminal, otherwise in a line from time to time.
type progressWatcher struct {
	*cli.Factory
	timeout       time.Duration // of a call
	run           *batch.Run
	ticks         int
	drawn         string // the current line of the terminal
	stopAnnounced bool   // that the run is stopping
}

// withProgress runs work and shows the progress of run meanwhile. If last is set
// and lines are not redrawn, it prints the final state.
func (o *sendOptions) withProgress(ctx context.Context, s *cli.Session, run *batch.Run, last bool, work func() error) error {
	w := &progressWatcher{Factory: o.Factory, timeout: s.Client.Timeout(), run: run}
	finished, end := context.WithCancel(context.WithoutCancel(ctx))
	watcherDone := make(chan struct{})
	go func() {
		defer close(watcherDone)
		w.watchUntil(ctx, finished)
	}()
	defer func() { // even if work panics
		end()
		<-watcherDone
		w.clear()
		if last && !w.canRedraw() {
			w.writeLine(run.Progress())
		}
	}()
	return work()
}

// watchUntil shows progress until finished ends.
func (w *progressWatcher) watchUntil(ctx, finished context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-finished.Done():
			return
		case <-tick.C:
		}
		p := w.run.Progress()
		switch {
		case p.State == batch.Paused && p.Reason == lookup.StopFailures:
			w.askContinue(ctx, finished, p)
		case p.State == batch.Stopping && ctx.Err() != nil && !w.stopAnnounced:
			w.stopAnnounced = true
			w.clear()
			w.Errf(w.Messages.Runs.Progress.Interrupted+"\n", p.InFlight, w.timeout)
		default:
			w.draw(p)
		}
	}
}

// askContinue asks whether to continue after repeated failures.
func (w *progressWatcher) askContinue(ctx, finished context.Context, p batch.Progress) {
	w.clear()
	asking, end := context.WithCancel(ctx)
	defer end()
	defer context.AfterFunc(finished, end)()
	if on, err := w.Confirm(asking, w.breakerQuestion(p)); on && err == nil {
		w.run.Continue()
		return
	}
	if asking.Err() != nil { // the run has ended, or a signal stops it: see send
		w.Errf("\n") // ends the line of the question
		return
	}
	w.run.Stop()
}

// breakerQuestion is the question whether to continue.
func (w *progressWatcher) breakerQuestion(p batch.Progress) string {
	texts := w.Messages.Runs.Progress
	if p.SameAnswer != (batch.Answer{}) {
		return fmt.Sprintf(texts.AskAfterIdentical, sameAnswerText(w.Messages, p.SameAnswer))
	}
	said := ""
	if n := len(p.LatestIssues); n > 0 {
		said = w.Messages.Meaning(p.LatestIssues[n-1].Record)
	}
	return fmt.Sprintf(texts.AskAfterFailures, said)
}

// sameAnswerText describes the answer that many rows got.
func sameAnswerText(w *i18n.Messages, is batch.Answer) string {
	text := w.Outcomes[is.Outcome]
	if is.Code != 0 {
		text += fmt.Sprintf(" %d", is.Code)
	}
	return text + w.Colon + w.AnswerMeaning(is)
}

func (w *progressWatcher) canRedraw() bool {
	return w.ErrTerminal && !w.Flags.Debug && w.Env("TERM") != "dumb"
}

func (w *progressWatcher) draw(p batch.Progress) {
	w.ticks++
	if !w.canRedraw() {
		if w.ticks%watchLines == 0 {
			w.writeLine(p)
		}
		return
	}
	width, _ := w.Terminal.Size()
	if line := progressLine(w.Messages, p, cmp.Or(width, 80)-1); line != w.drawn {
		w.drawn = line
		w.Errf("\r%s\x1b[K", line)
	}
}

func (w *progressWatcher) writeLine(p batch.Progress) {
	const wide = 1 << 10
	w.Errf("%s\n", progressText(w.Messages, p, wide))
}

// clear empties the line of the terminal.
func (w *progressWatcher) clear() {
	if w.drawn != "" {
		w.drawn = ""
		w.Errf("\r\x1b[K")
	}
}
