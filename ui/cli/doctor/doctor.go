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

	"github.com/spf13/cobra"

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
