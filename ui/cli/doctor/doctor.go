// Package doctor is the command that checks this machine, the config and the way to
// the service.
package doctor

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/ui/cli"
)

// status is the severity of a finding.
type status string

const (
	statusOK   status = "ok"
	statusNote status = "note" // information; nothing is wrong
	statusWarn status = "warn" // works, but not as well as it should
	statusFail status = "fail" // does not work; sets the exit code
)

// finding is one line of doctor --json. A check may have several findings; the
// worst one counts. Empty members are omitted.
type finding struct {
	Schema  int    `json:"schema"` // 1
	Demo    bool   `json:"demo,omitzero"`
	Check   string `json:"check"` // version, terminal, locale, widths, caret, clipboard, config, setting, key, openid, ledger, clock, proxy, service
	Status  status `json:"status"`
	Text    string `json:"text"`             // in the operator's language
	Advice  string `json:"advice,omitzero"`  // in the operator's language
	File    string `json:"file,omitzero"`    // or the name of a faulty environment variable
	Line    int    `json:"line,omitzero"`    // in File, from 1
	Key     string `json:"key,omitzero"`     // config key, dotted
	Nearest string `json:"nearest,omitzero"` // the key or value that was probably meant
	Value   string `json:"value,omitzero"`   // independent of the language; TOML for a setting
	Origin  string `json:"origin,omitzero"`  // file, variable, flag or "command" the value comes from; absent for a default
}

// checkSetting is the check that lists the settings.
const checkSetting = "setting"

// machine is the subject of the checks: this machine, the config, and the session created
// from it.
type machine struct {
	*cli.Factory
	session   *cli.Session // nil while the config is faulty; its ledger is not opened
	clientErr error        // why session.Client is nil
	newest    time.Time    // newest lookup in the ledger
}

// isASCII reports whether the screens draw with ASCII characters.
func (m *machine) isASCII() bool { return m.session != nil && m.session.Config.UI.Borders == "ascii" }

// check is one check.
type check struct {
	name        string
	needsConfig bool
	run         func(context.Context, *machine) []finding
}

func checks() []check {
	return []check{
		{"version", false, checkVersion},
		{"terminal", false, checkTerminal},
		{"locale", false, checkLocale},
		{"widths", false, checkWidths},
		{"caret", true, checkCaret},
		{"clipboard", false, checkClipboard},
		{"config", false, checkConfig},
		{checkSetting, false, listSettings},
		{"key", true, checkKey},
		{"openid", true, checkOpenid},
		{"ledger", true, checkLedger},
		{"clock", false, checkClock},
		{"proxy", true, checkProxy},
		{"service", true, checkService},
	}
}

// NewCommand returns the command.
func NewCommand(f *cli.Factory) *cobra.Command {
	var asJSON bool
	w := f.Messages
	cmd := &cobra.Command{
		Use: "doctor", Short: w.Doctor.Short, Long: w.Doctor.Long, Args: f.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), f, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, w.CLI.FlagJSON)
	return cmd
}

// run runs the checks and prints each result at once. It makes no lookup, sends no
// request and creates no file.
func run(ctx context.Context, f *cli.Factory, asJSON bool) error {
	m := &machine{Factory: f}
	if f.ConfigErr == nil || f.Flags.Demo {
		if m.session, m.clientErr = f.InspectionSession(); m.session == nil {
			return m.clientErr
		}
		defer m.session.Close()
	}
	r := &report{machine: m, json: asJSON, failed: map[string]bool{}}
	for _, check := range checks() {
		findings := skipped(m)
		if m.session != nil || !check.needsConfig {
			findings = check.run(ctx, m)
		}
		if ctx.Err() != nil {
			return &cli.ExitError{Code: cli.ExitInterrupted}
		}
		for _, f := range findings {
			if err := r.print(check.name, f); err != nil {
				return err
			}
		}
	}
	return r.summarize()
}

// report prints findings and counts them.
type report struct {
	*machine
	json         bool
	failed       map[string]bool // by check
	fails, warns int
}

// print prints a finding. For people it omits settings that have their defaults.
func (r *report) print(check string, f finding) error {
	if !r.json && check == checkSetting && f.Origin == "" {
		return nil
	}
	f.Schema, f.Demo, f.Check = 1, r.Flags.Demo, check
	// Paths, variables and messages of the system are foreign text.
	for _, text := range []*string{&f.Text, &f.Advice, &f.File, &f.Key, &f.Nearest, &f.Value, &f.Origin} {
		*text = juhe.Sanitize(*text)
	}
	switch f.Status {
	case statusFail:
		r.failed[check] = true
		r.fails++
	case statusWarn:
		r.warns++
	}
	if r.json {
		return cli.PrintJSON(r.Out, f)
	}
	_, err := fmt.Fprintf(r.Out, "%s\n", r.line(f))
	return err
}

// line formats a finding for people.
func (r *report) line(f finding) string {
	labels, width := r.Messages.Doctor.Checks, 0
	for _, label := range labels {
		width = max(width, ansi.StringWidth(label))
	}
	margin := strings.Repeat(" ", width+4)
	if f.Check == checkSetting {
		return margin + f.Text
	}
	marks, arrow := map[status]string{statusOK: "✓", statusNote: "·", statusWarn: "!", statusFail: "✗"}, "→ "
	if r.isASCII() {
		marks, arrow = map[status]string{statusOK: "+", statusNote: "-", statusWarn: "!", statusFail: "x"}, "> "
	}
	label := labels[f.Check]
	text := marks[f.Status] + " " + label + strings.Repeat(" ", width-ansi.StringWidth(label)) + "  " + f.Text
	if f.Advice != "" {
		text += "\n" + margin + arrow + f.Advice
	}
	return text
}

// summarize prints the number of errors and warnings and returns the exit code.
func (r *report) summarize() error {
	text := r.Messages.Doctor.NoProblems
	if r.fails+r.warns > 0 {
		text = fmt.Sprintf(r.Messages.Doctor.Summary, r.fails, r.warns)
	}
	r.Errf("%s\n", text)
	for _, e := range []struct {
		check string
		code  int
	}{
		{"config", cli.ExitUsage},
		{"key", cli.ExitUsage},
		{"openid", cli.ExitUsage},
		{"ledger", cli.ExitLedger},
		{"service", cli.ExitUnsent},
	} {
		if r.failed[e.check] {
			return &cli.ExitError{Code: e.code}
		}
	}
	return nil
}

// skipped is the result of a check that needs a valid config.
func skipped(m *machine) []finding {
	return []finding{{Status: statusNote, Text: m.Messages.Doctor.Skipped}}
}

func checkVersion(_ context.Context, m *machine) []finding {
	return []finding{{
		Status: statusOK, Value: m.Version,
		Text: fmt.Sprintf("fourfactor %s, %s, %s/%s", m.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH),
	}}
}

// setVariables lists the variables that are set.
func setVariables(m *machine, names ...string) string {
	var all []string
	for _, name := range names {
		if m.Env(name) != "" {
			all = append(all, name)
		}
	}
	return strings.Join(all, " ")
}

// firstSet returns the first variable that is set, or "".
func firstSet(m *machine, names ...string) string {
	first, _, _ := strings.Cut(setVariables(m, names...), " ")
	return first
}

// onPath reports whether PATH has an executable of that name.
func onPath(m *machine, name string) bool {
	for _, dir := range filepath.SplitList(m.Env("PATH")) {
		info, err := os.Stat(filepath.Join(dir, name))
		if err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return true
		}
	}
	return false
}
