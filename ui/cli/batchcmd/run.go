package batchcmd

import (
	"context"
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/ui/cli"
	"fourfactor/ui/export"
)

// runOptions are the flags of batch run.
type runOptions struct {
	sendOptions
	out, sheet, columns, api      string
	headerRow, maxCalls           int
	regstatus, dryRun, holdWarned bool
	concurrency                   int
	rate                          float64

	set func(flag string) bool // reports whether a flag was given
}

func newRun(f *cli.Factory) *cobra.Command {
	o := runOptions{sendOptions: sendOptions{Factory: f}}
	w := f.Messages.Runs
	cmd := &cobra.Command{
		Use: "run FILE --out FILE", Short: w.RunShort, Long: w.RunLong, Args: exactlyOne(w.End.NeedFile),
		ValidArgsFunction: cobra.FixedCompletions([]string{"csv", "tsv", "txt", "xlsx", "xlsm", "xls", "html", "htm", "mht", "mhtml", "xml"}, cobra.ShellCompDirectiveFilterFileExt),
		PreRunE:           o.check,
		RunE:              withSession(f, o.run),
	}
	flags := cmd.Flags()
	o.set = flags.Changed
	flags.StringVar(&o.out, "out", "", w.FlagOut)
	flags.StringVar(&o.sheet, "sheet", "", w.FlagSheet)
	flags.IntVar(&o.headerRow, "header-row", 0, w.FlagHeaderRow)
	flags.StringVar(&o.columns, "map", "", w.FlagMap)
	flags.StringVar(&o.api, "api", "", f.Messages.CLI.FlagAPI)
	flags.BoolVar(&o.regstatus, "regstatus", false, f.Messages.CLI.FlagRegstatus)
	flags.IntVar(&o.maxCalls, "max-calls", 0, w.FlagMaxCalls)
	flags.BoolVar(&o.holdWarned, "hold-warned", false, w.FlagHoldWarned)
	flags.BoolVar(&o.dryRun, "dry-run", false, w.FlagDryRun)
	flags.IntVar(&o.concurrency, "concurrency", 0, w.FlagConcurrency)
	flags.Float64Var(&o.rate, "rate", 0, w.FlagRate)
	o.addFlags(cmd)
	cli.CompleteValues(cmd, "api", "query", "queryEncry", "queryV2")
	cli.CompleteFile(cmd, "out")
	return cmd
}

// check checks the flags before anything else is done.
func (o *runOptions) check(*cobra.Command, []string) error {
	w := o.Messages.Runs.End
	switch {
	case o.maxCalls < 0:
		return cli.UsageError(w.BadMaxCalls)
	case o.headerRow < 0:
		return cli.UsageError(w.BadHeadRow)
	case o.set("api") && !juhe.API(o.api).IsValid():
		return cli.UsageError(fmt.Sprintf(o.Messages.Errors.BadAPI, juhe.Sanitize(o.api)))
	case o.out == "" && !o.dryRun:
		return cli.UsageError(fmt.Sprintf(o.Messages.Records.MissingFlag, "--out"))
	case o.set("concurrency") && (o.concurrency < 1 || o.concurrency > 256):
		return cli.UsageError(w.BadConcurrency)
	case math.IsNaN(o.rate) || o.rate < 0 || o.rate > 100000:
		return cli.UsageError(w.BadRate)
	}
	return nil
}

// request combines the flags with the config.
func (o *runOptions) request(s *cli.Session, path string) batch.Request {
	q := batch.Request{
		InputPath: export.ExpandHome(s.Home, path), OutputPath: export.ExpandHome(s.Home, o.out), Sheet: o.sheet, HeaderRow: batch.DetectHeader, Columns: o.columns,
		API: s.Query.API, Regstatus: s.Query.Regstatus, MaxCalls: o.maxCalls, HoldWarned: o.holdWarned,
	}
	if o.set("header-row") {
		q.HeaderRow = o.headerRow
	}
	if o.set("api") {
		q.API = juhe.API(o.api)
	}
	if o.set("regstatus") {
		q.Regstatus = o.regstatus
	}
	return q
}

// run looks up a spreadsheet.
func (o *runOptions) run(ctx context.Context, s *cli.Session, args []string) error {
	options := o.batchOptions(s)
	if o.set("concurrency") {
		options.Concurrency = o.concurrency
	}
	if o.set("rate") {
		options.Rate = o.rate
	}
	run, err := batch.New(options).Open(ctx, o.request(s, args[0]))
	if run != nil {
		defer run.Close()
	}
	if err != nil {
		return openError(s, run, err)
	}
	plan, err := o.plan(ctx, s, run)
	switch {
	case err != nil:
		return err
	case plan.Rows == plan.Invalid:
		return cli.UsageError(s.Messages.Runs.Problems[batch.ProblemNothing])
	case o.dryRun && o.json:
		return printPlanJSON(ctx, s, run, plan)
	case o.dryRun: // the text is printed
		return nil
	}
	if err := o.confirmTable(ctx, plan); err != nil {
		return err
	}
	if err := o.confirmCalls(ctx, plan.Sendable(), false); err != nil {
		return err
	}
	return o.send(ctx, s, run)
}
