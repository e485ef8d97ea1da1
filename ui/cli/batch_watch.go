package cli

import (
	"context"
	"fmt"
	"time"

	"fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
)

// How often the line of progress is drawn, and after how many times it is
// written where it cannot be drawn again.
const (
	watchEvery = 200 * time.Millisecond
	watchLines = 25
)

// progressWatcher tells how far a run has come, on standard error: in a line that is drawn
// again and again on a terminal, else in one from time to time.
type progressWatcher struct {
	*App
	s             *Session
	run           *batch.Run
	ticks         int
	drawn         string // what stands in the terminal's line
	stopAnnounced bool   // that it is stopping
}

// withProgress does some work on a run and tells of it meanwhile. The last line is
// left where lines are written, if last is set.
func (a *App) withProgress(ctx context.Context, s *Session, run *batch.Run, last bool, work func() error) error {
	w := &progressWatcher{App: a, s: s, run: run}
	over, end := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.watchUntil(ctx, over)
	}()
	defer func() { // in a panic too
		end()
		<-ended
		w.clear()
		if last && !w.canRedraw() {
			w.writeLine(run.Progress())
		}
	}()
	return work()
}

// watchUntil tells until the work is over.
func (w *progressWatcher) watchUntil(ctx, over context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-over.Done():
			return
		case <-tick.C:
		}
		p := w.run.Progress()
		switch {
		case p.State == batch.Paused && p.Reason == lookup.StopFailures:
			w.askContinue(ctx, over, p)
		case p.State == batch.Stopping && ctx.Err() != nil && !w.stopAnnounced:
			w.stopAnnounced = true
			w.clear()
			w.errf(w.words.Runs.Progress.GivesUp+"\n", p.InFlight, w.s.Client.Timeout())
		default:
			w.draw(p)
		}
	}
}

// askContinue asks whether to go on although the service is unwell.
func (w *progressWatcher) askContinue(ctx, over context.Context, p batch.Progress) {
	w.clear()
	asking, end := context.WithCancel(ctx)
	defer end()
	defer context.AfterFunc(over, end)()
	if on, err := w.confirm(asking, w.breakerQuestion(p)); on && err == nil {
		w.run.Continue()
		return
	}
	if asking.Err() != nil { // the line with the question is not ended
		w.errf("\n")
	}
	w.run.Stop()
}

// breakerQuestion is the question whether to go on.
func (w *progressWatcher) breakerQuestion(p batch.Progress) string {
	texts := w.words.Runs.Progress
	if p.SameAnswer != (batch.Answer{}) {
		return fmt.Sprintf(texts.Alike, w.sameAnswerText(p.SameAnswer))
	}
	said := ""
	if n := len(p.LatestIssues); n > 0 {
		said = p.LatestIssues[n-1].Record.Meaning(w.words)
	}
	return fmt.Sprintf(texts.Unwell, said)
}

// sameAnswerText says what many rows have been told.
func (a *App) sameAnswerText(is batch.Answer) string {
	text := a.words.Outcomes[string(is.Outcome)]
	if is.Code != 0 {
		text += fmt.Sprintf(" %d", is.Code)
	}
	return text + a.words.Colon + a.words.Meaning(string(is.Outcome), "", "", is.Code)
}

func (w *progressWatcher) canRedraw() bool {
	return w.ErrTerminal && !w.flags.debug && w.Env("TERM") != "dumb"
}

func (w *progressWatcher) draw(p batch.Progress) {
	w.ticks++
	if !w.canRedraw() {
		if w.ticks%watchLines == 0 {
			w.writeLine(p)
		}
		return
	}
	if line := progressLine(w.words, p, w.width()-1); line != w.drawn {
		w.drawn = line
		w.errf("\r%s\x1b[K", line)
	}
}

func (w *progressWatcher) writeLine(p batch.Progress) {
	const wide = 1 << 10
	w.errf("%s\n", progressText(w.words, p, wide))
}

// clear leaves the terminal's line empty.
func (w *progressWatcher) clear() {
	if w.drawn != "" {
		w.drawn = ""
		w.errf("\r\x1b[K")
	}
}

func (w *progressWatcher) width() int {
	if w.Width != nil {
		if width := w.Width(); width > 0 {
			return width
		}
	}
	return 80
}
