package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/ui/cli"
	"fourfactor/ui/cli/batchcmd"
	"fourfactor/ui/cli/doctor"
	"fourfactor/ui/cli/historycmd"
	"fourfactor/ui/config"
)

// rootCommand returns fourfactor with all commands.
func (a *App) rootCommand() *cobra.Command {
	w := a.Messages.CLI
	root := &cobra.Command{
		Use: "fourfactor", Short: w.Root, Long: w.RootLong, Version: a.Version,
		SilenceErrors: true, SilenceUsage: true, SuggestionsMinimumDistance: 2,
		Args: a.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runConsole(cmd.Context()) },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.Flags.Config, "config", "", w.FlagConfig)
	flags.StringVar(&a.Flags.Lang, "lang", "", w.FlagLang)
	flags.BoolVar(&a.Flags.Debug, "debug", false, w.FlagDebug)
	flags.BoolVar(&a.Flags.Demo, "demo", false, w.FlagDemo)
	flags.BoolP("help", "h", false, w.FlagHelp)
	root.Flags().Bool("version", false, w.Version)
	root.Flags().BoolVar(&a.plain, "plain", false, a.Messages.Plain.FlagPlain)
	root.SetVersionTemplate("fourfactor {{.Version}}\n")
	root.SetUsageTemplate(a.usageTemplate())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		a.fixPermissions(cmd)
		if l := a.Flags.Lang; l != "" && l != "zh" && l != "en" {
			return cli.UsageError(fmt.Sprintf(a.Messages.Errors.BadLang, l))
		}
		return nil
	}
	root.SetHelpCommand(&cobra.Command{
		Use: "help [COMMAND]", Short: w.HelpCommand, Hidden: true,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return a.NoArgs(root, args)
			}
			return cmd.Help()
		},
	})
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	cli.CompleteFile(root, "config")
	cli.CompleteValues(root, "lang", "zh", "en")
	f := &a.Factory
	root.AddCommand(cli.NewCheck(f), cli.NewCodes(f), cli.NewMockServer(f), cli.NewConfig(f), cli.NewCompletion(f, root), doctor.NewCommand(f), historycmd.NewCommand(f), batchcmd.NewCommand(f))
	return root
}

// fixPermissions makes our files private and reports whose permissions were too
// loose. Commands about the program or the machine alone change nothing.
func (a *App) fixPermissions(cmd *cobra.Command) {
	if slices.ContainsFunc([]string{"doctor", "completion", "help", "man", "mock-server"}, func(name string) bool {
		return cmd.Name() == name || cmd.HasParent() && cmd.Parent().Name() == name
	}) || strings.HasPrefix(cmd.Name(), cobra.ShellCompRequestCmd) {
		return
	}
	for _, note := range a.checkPermissions(true) {
		a.Errf("fourfactor: %s\n", a.PermissionText(note))
	}
}

// checkPermissions returns whose permissions are too loose among our files, and fixes them if fix
// is true; nothing in the demo.
func (a *App) checkPermissions(fix bool) []config.PermissionFix {
	if a.privateFiles == nil || a.Flags.Demo {
		return nil
	}
	return a.privateFiles.CheckPermissions(sqlite.OwnFiles, fix)
}

// moveNegativesLast moves negative numbers behind all flags, so that `codes -25`
// is not parsed as a flag.
func moveNegativesLast(args []string) []string {
	negative := func(arg string) bool { n, err := strconv.Atoi(arg); return err == nil && n < 0 }
	if !slices.Contains(args, "codes") || !slices.ContainsFunc(args, negative) || slices.Contains(args, "--") {
		return args
	}
	flags := slices.DeleteFunc(slices.Clone(args), negative)
	numbers := slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return !negative(arg) })
	return slices.Concat(flags, []string{"--"}, numbers)
}

// usageTemplate is cobra's usage template in the operator's language.
func (a *App) usageTemplate() string {
	w := a.Messages.CLI
	return w.Usage + `
  {{.UseLine}}{{if .HasAvailableSubCommands}}

` + w.Commands + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

` + w.Flags + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + w.GlobalFlags + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`
}
