package cli

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/go-json-experiment/json"
	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/ui/config"
	"fourfactor/ui/i18n"
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

// doctor checks this machine. cfg, ledger and client are nil while the config is
// faulty.
type doctor struct {
	app       *App
	words     i18n.Doctor
	asJSON    bool
	demo      bool
	ascii     bool
	cfg       *config.Config
	ledger    ledger.Ledger
	client    *juhe.Client
	clientErr error     // why client is nil
	newest    time.Time // newest lookup in the ledger
	failed    map[string]bool
	fails     int
	warns     int
}

func (a *App) doctorCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "doctor", Short: a.Messages.Doctor.Short, Long: a.Messages.Doctor.Long, Args: a.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runDoctor(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.Messages.CLI.FlagJSON)
	return cmd
}

// runDoctor runs the checks and prints each result at once. It makes no lookup,
// sends no request and creates no file.
func (a *App) runDoctor(ctx context.Context, asJSON bool) error {
	d := &doctor{app: a, words: a.Messages.Doctor, asJSON: asJSON, demo: a.Flags.Demo, failed: map[string]bool{}}
	closeSession, err := d.open()
	if err != nil {
		return err
	}
	defer closeSession()
	for _, check := range []struct {
		name        string
		needsConfig bool
		run         func(context.Context) []finding
	}{
		{"version", false, d.version},
		{"terminal", false, d.terminal},
		{"locale", false, d.locale},
		{"widths", false, d.widths},
		{"caret", true, d.caret},
		{"clipboard", false, d.clipboard},
		{"config", false, d.config},
		{checkSetting, false, d.settings},
		{"key", true, d.key},
		{"openid", true, d.openid},
		{"ledger", true, d.checkLedger},
		{"clock", false, d.clock},
		{"proxy", true, d.proxy},
		{"service", true, d.service},
	} {
		findings := d.skipped()
		if d.cfg != nil || !check.needsConfig {
			findings = check.run(ctx)
		}
		if ctx.Err() != nil {
			return &ExitError{Code: ExitInterrupted}
		}
		if err := d.print(check.name, findings); err != nil {
			return err
		}
	}
	return d.summarize()
}

// open creates the parts to check, as far as the config allows. The caller must
// call closeSession.
func (d *doctor) open() (closeSession func(), err error) {
	if d.app.ConfigErr != nil && !d.demo {
		return func() {}, nil
	}
	s, err := d.app.CheckSession()
	if s == nil {
		return nil, err
	}
	d.cfg, d.ledger, d.client, d.clientErr = s.Config, s.Ledger, s.Client, err
	d.ascii = d.cfg.UI.Borders == "ascii"
	return s.Close, nil
}

// print writes the findings of a check and counts them. For people it omits
// settings that have their defaults.
func (d *doctor) print(check string, findings []finding) error {
	for _, f := range findings {
		if !d.asJSON && check == checkSetting && f.Origin == "" {
			continue
		}
		f.Schema, f.Demo, f.Check = 1, d.demo, check
		// Paths, variables and messages of the system are foreign text.
		for _, text := range []*string{&f.Text, &f.Advice, &f.File, &f.Key, &f.Nearest, &f.Value, &f.Origin} {
			*text = juhe.Sanitize(*text)
		}
		switch f.Status {
		case statusFail:
			d.failed[check] = true
			d.fails++
		case statusWarn:
			d.warns++
		}
		line, err := d.line(f)
		if err == nil {
			_, err = fmt.Fprintf(d.app.Out, "%s\n", line)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// line formats a finding, as JSON or for people.
func (d *doctor) line(f finding) (string, error) {
	if d.asJSON {
		text, err := json.Marshal(f)
		return string(text), err
	}
	width := 0
	for _, label := range d.words.Checks {
		width = max(width, ansi.StringWidth(label))
	}
	margin := strings.Repeat(" ", width+4)
	if f.Check == checkSetting {
		return margin + f.Text, nil
	}
	label := d.words.Checks[f.Check]
	label += strings.Repeat(" ", width-ansi.StringWidth(label))
	text := d.mark(f.Status) + " " + label + "  " + f.Text
	if f.Advice != "" {
		arrow := "→ "
		if d.ascii {
			arrow = "> "
		}
		text += "\n" + margin + arrow + f.Advice
	}
	return text, nil
}

func (d *doctor) mark(s status) string {
	marks := map[status]string{statusOK: "✓", statusNote: "·", statusWarn: "!", statusFail: "✗"}
	if d.ascii {
		marks = map[status]string{statusOK: "+", statusNote: "-", statusWarn: "!", statusFail: "x"}
	}
	return marks[s]
}

// summarize prints the number of errors and warnings and returns the exit code.
func (d *doctor) summarize() error {
	text := d.words.NoProblems
	if d.fails+d.warns > 0 {
		text = fmt.Sprintf(d.words.Summary, d.fails, d.warns)
	}
	d.app.Errf("%s\n", text)
	for _, e := range []struct {
		check string
		code  int
	}{
		{"config", ExitUsage},
		{"key", ExitUsage},
		{"openid", ExitUsage},
		{"ledger", ExitLedger},
		{"service", ExitUnsent},
	} {
		if d.failed[e.check] {
			return &ExitError{Code: e.code}
		}
	}
	return nil
}

// skipped is the result of a check that needs a valid config.
func (d *doctor) skipped() []finding {
	return []finding{{Status: statusNote, Text: d.words.Skipped}}
}

func (d *doctor) version(context.Context) []finding {
	return []finding{{
		Status: statusOK, Value: d.app.Version,
		Text: fmt.Sprintf("fourfactor %s, %s, %s/%s", d.app.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH),
	}}
}
