package cli

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"fourfactor/juhe/batch"
)

// sendOptions are the flags of whatever drives a run.
type sendOptions struct {
	concurrency int
	rate        float64
	yes, json   bool

	set func(flag string) bool // tells whether a flag was given
}

func (a *App) addSendFlags(cmd *cobra.Command, o *sendOptions) {
	w, flags := a.words.Runs, cmd.Flags()
	flags.IntVar(&o.concurrency, "concurrency", 0, w.FlagConcurrency)
	flags.Float64Var(&o.rate, "rate", 0, w.FlagRate)
	flags.BoolVar(&o.yes, "yes", false, w.FlagYes)
	flags.BoolVar(&o.json, "json", false, a.words.CLI.FlagJSON)
	o.set = flags.Changed
}

func (a *App) checkSendFlags(o sendOptions) error {
	switch {
	case o.set("concurrency") && (o.concurrency < 1 || o.concurrency > 256):
		return usageError(a.words.Runs.End.BadConcurrency)
	case math.IsNaN(o.rate) || o.rate < 0 || o.rate > 100000:
		return usageError(a.words.Runs.End.BadRate)
	}
	return nil
}

// apply makes batches as the flags say. With --yes there is nobody to ask.
func (o sendOptions) apply(b *batch.Options) {
	b.Interactive = b.Interactive && !o.yes
	if o.set("concurrency") {
		b.Concurrency = o.concurrency
	}
	if o.set("rate") {
		b.Rate = o.rate
	}
}

// resumeFlags are the flags that a resumed run needs to be as fast as this one.
func (o sendOptions) resumeFlags() (flags []string) {
	if o.set("concurrency") {
		flags = append(flags, fmt.Sprintf("--concurrency %d", o.concurrency))
	}
	if o.set("rate") {
		flags = append(flags, fmt.Sprintf("--rate %g", o.rate))
	}
	return flags
}

// ErrTerminated is the cause of a context that ended because the system says so, by a signal
// other than Ctrl+C's.
var ErrTerminated = errors.New("the program ends")

// sendRows sends the rows of a run, and tells how it ended.
//
// The first signal stops the run: what is under way is awaited, since it may be
// paid for. The next one gives it up.
func (a *App) sendRows(ctx context.Context, s *Session, run *batch.Run, o sendOptions) error {
	driving, end := context.WithCancel(a.giveUpContext())
	defer end()
	defer context.AfterFunc(ctx, func() {
		if context.Cause(ctx) == ErrTerminated {
			run.Shutdown()
			return
		}
		run.Stop()
	})()
	var sum batch.Summary
	err := a.withProgress(ctx, s, run, true, func() (err error) {
		sum, err = run.Execute(driving)
		return err
	})
	return a.runExit(ctx, s, sum, err, o)
}
