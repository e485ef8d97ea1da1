package cli

import (
	"context"
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/ui/export"
)

// runOptions are the flags of batch run.
type runOptions struct {
	sendOptions
	out, sheet, columns, api string
	head, maxCalls           int
	regstatus, dry, hold     bool
	concurrency              int
	rate                     float64

	set func(flag string) bool // reports whether a flag was given
}

// apply sets the options of a batch.
func (o runOptions) apply(b *batch.Options) {
	o.sendOptions.apply(b)
	if o.set("concurrency") {
		b.Concurrency = o.concurrency
	}
	if o.set("rate") {
		b.Rate = o.rate
	}
}

func (a *App) batchRunCommand() *cobra.Command {
	var o runOptions
	w := a.Messages.Runs
	cmd := &cobra.Command{
		Use: "run FILE --out FILE", Short: w.RunShort, Long: w.RunLong, Args: exactlyOne(w.End.NeedFile),
		ValidArgsFunction: cobra.FixedCompletions([]string{"csv", "tsv", "txt", "xlsx", "xlsm", "xls", "html", "htm", "mht", "mhtml", "xml"}, cobra.ShellCompDirectiveFilterFileExt),
		PreRunE:           func(*cobra.Command, []string) error { return a.checkRun(o) },
		RunE:              a.withBatchSession(func(ctx context.Context, s *Session, args []string) error { return a.runBatch(ctx, s, args[0], o) }),
	}
	flags := cmd.Flags()
	o.set = flags.Changed
	flags.StringVar(&o.out, "out", "", w.FlagOut)
	flags.StringVar(&o.sheet, "sheet", "", w.FlagSheet)
	flags.IntVar(&o.head, "header-row", 0, w.FlagHeaderRow)
	flags.StringVar(&o.columns, "map", "", w.FlagMap)
	flags.StringVar(&o.api, "api", "", a.Messages.CLI.FlagAPI)
	flags.BoolVar(&o.regstatus, "regstatus", false, a.Messages.CLI.FlagRegstatus)
	flags.IntVar(&o.maxCalls, "max-calls", 0, w.FlagMaxCalls)
	flags.BoolVar(&o.hold, "hold-warned", false, w.FlagHoldWarned)
	flags.BoolVar(&o.dry, "dry-run", false, w.FlagDryRun)
	flags.IntVar(&o.concurrency, "concurrency", 0, w.FlagConcurrency)
	flags.Float64Var(&o.rate, "rate", 0, w.FlagRate)
	a.addSendFlags(cmd, &o.sendOptions)
	CompleteValues(cmd, "api", "query", "queryEncry", "queryV2")
	CompleteFile(cmd, "out")
	return cmd
}

// checkRun checks the flags before anything else is done.
func (a *App) checkRun(o runOptions) error {
	w := a.Messages.Runs.End
	switch {
	case o.maxCalls < 0:
		return UsageError(w.BadMaxCalls)
	case o.head < 0:
		return UsageError(w.BadHeadRow)
	case o.set("api") && !juhe.API(o.api).IsValid():
		return UsageError(fmt.Sprintf(a.Messages.Errors.BadAPI, juhe.Sanitize(o.api)))
	case o.out == "" && !o.dry:
		return UsageError(fmt.Sprintf(a.Messages.Records.MissingFlag, "--out"))
	case o.set("concurrency") && (o.concurrency < 1 || o.concurrency > 256):
		return UsageError(w.BadConcurrency)
	case math.IsNaN(o.rate) || o.rate < 0 || o.rate > 100000:
		return UsageError(w.BadRate)
	}
	return nil
}

// request combines the flags with the config.
func (o runOptions) request(s *Session, path string) batch.Request {
	q := batch.Request{
		InputPath: export.ExpandHome(s.Home, path), OutputPath: export.ExpandHome(s.Home, o.out), Sheet: o.sheet, HeaderRow: batch.DetectHeader, Columns: o.columns,
		API: s.Query.API, Regstatus: s.Query.Regstatus, MaxCalls: o.maxCalls, HoldWarned: o.hold,
	}
	if o.set("header-row") {
		q.HeaderRow = o.head
	}
	if o.set("api") {
		q.API = juhe.API(o.api)
	}
	if o.set("regstatus") {
		q.Regstatus = o.regstatus
	}
	return q
}

// runBatch looks up a spreadsheet.
func (a *App) runBatch(ctx context.Context, s *Session, path string, o runOptions) error {
	run, err := s.batchWith(o.apply).Open(ctx, o.request(s, path))
	if run != nil {
		defer run.Close()
	}
	if err != nil {
		return a.openError(run, err)
	}
	plan, err := a.printPlannedRun(ctx, s, run)
	switch {
	case err != nil:
		return err
	case plan.Rows == plan.Invalid:
		return UsageError(a.Messages.Runs.Problems[batch.ProblemNothing])
	case o.dry && o.json:
		return a.printPlanJSON(ctx, s, run, plan)
	case o.dry: // the text is printed
		return nil
	}
	if err := a.confirmTable(ctx, plan, o.yes); err != nil {
		return err
	}
	if err := a.confirmCalls(ctx, plan.Sendable(), false, o.yes); err != nil {
		return err
	}
	defer s.ExpireBriefly(ctx)
	return a.sendRows(ctx, s, run, o.sendOptions)
}
