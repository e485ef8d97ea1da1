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

// status is how serious a finding is.
type status string

const (
	statusOK   status = "ok"
	statusNote status = "note" // nothing is wrong, but it explains something
	statusWarn status = "warn" // it works, but not as well as it should
	statusFail status = "fail" // it does not work; decides the exit code
)

// finding is what doctor has to say, one line of JSON. A check may have
// several, the worst counts; what there is not is absent.
type finding struct {
	Schema  int    `json:"schema"` // 1
	Demo    bool   `json:"demo,omitzero"`
	Check   string `json:"check"` // version, terminal, locale, widths, caret, clipboard, tmux, config, setting, key, openid, ledger, clock, proxy, service
	Status  status `json:"status"`
	Text    string `json:"text"`             // in the operator's language
	Advice  string `json:"advice,omitzero"`  // what to do, in the operator's language
	File    string `json:"file,omitzero"`    // that it is about; for a wrong variable its name
	Line    int    `json:"line,omitzero"`    // in the file, from 1
	Key     string `json:"key,omitzero"`     // of the config, dotted, or the name that stands there
	Nearest string `json:"nearest,omitzero"` // the key or word that may be meant
	Value   string `json:"value,omitzero"`   // what was found, in no language; of a setting, as TOML
	Origin  string `json:"origin,omitzero"`  // where the value comes from: a file, a variable, a flag, command; absent for a default

	row []string // a setting in the human table, instead of the text
}

// doctor looks at the machine. Without a good config there is neither cfg nor
// what is made from it.
type doctor struct {
	app      *App
	words    i18n.Doctor
	asJSON   bool
	demo     bool
	ascii    bool
	cfg      *config.Config
	ledger   *ledger.Ledger
	client   *juhe.Client
	noClient error     // why there is none
	newest   time.Time // look-up in the ledger
	failed   map[string]bool
	fails    int
	warns    int
	settled  table
}

func (a *App) doctorCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "doctor", Short: a.words.Doctor.Short, Long: a.words.Doctor.Long, Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runDoctor(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.words.CLI.FlagJSON)
	return cmd
}

// runDoctor prints what it finds, each check as soon as it is done. It makes no
// look-up, sends no request and makes no file.
func (a *App) runDoctor(ctx context.Context, asJSON bool) error {
	d := &doctor{app: a, words: a.words.Doctor, asJSON: asJSON, demo: a.flags.demo, failed: map[string]bool{}}
	end, err := d.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	for _, check := range []struct {
		name string
		look func(context.Context) []finding
	}{
		{"version", d.version},
		{"terminal", d.terminal},
		{"locale", d.locale},
		{"widths", d.widths},
		{"caret", d.caret},
		{"clipboard", d.clipboard},
		{"tmux", d.tmux},
		{"config", d.config},
		{"setting", d.settings},
		{"key", d.key},
		{"openid", d.openid},
		{"ledger", d.look},
		{"clock", d.clock},
		{"proxy", d.proxy},
		{"service", d.service},
	} {
		found := check.look(ctx)
		if ctx.Err() != nil {
			return &exitError{code: ExitInterrupted}
		}
		if err := d.print(check.name, found); err != nil {
			return err
		}
	}
	return d.end()
}

// begin makes the parts to look at, as far as the config lets it.
func (d *doctor) begin(ctx context.Context) (end func(), err error) {
	if d.demo {
		s, err := d.app.demoSession(d.app.commandLog())
		if err != nil {
			return nil, err
		}
		d.cfg, d.ledger, d.client = s.Config, s.Ledger, s.Client
		if s.WaitForDemo(ctx) != nil {
			s.Close()
			return nil, &exitError{code: ExitInterrupted}
		}
		return s.Close, nil
	}
	if d.cfg = d.app.config; d.app.configErr != nil {
		d.cfg = nil
		return func() {}, nil
	}
	d.ascii = d.cfg.UI.Borders == "ascii"
	d.ledger = ledger.New(d.app.ledgerOptions(d.cfg)) // which is not opened
	d.client, d.noClient = d.app.client(d.cfg, juhe.Options{})
	return func() {}, nil
}

// print writes what a check has found, and counts it.
func (d *doctor) print(check string, found []finding) error {
	for _, f := range found {
		if f.usual() && !d.asJSON {
			continue
		}
		f.Schema, f.Demo, f.Check = 1, d.demo, check
		// Paths, variables and what the system says are foreign text.
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

// line is a finding as it is printed: as JSON, or for people.
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
	if f.row != nil {
		return margin + strings.TrimRight(d.settled.render([][]string{f.row}), "\n"), nil
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

// end sums up, and gives the exit code.
func (d *doctor) end() error {
	text := d.words.Fine
	if d.fails+d.warns > 0 {
		text = fmt.Sprintf(d.words.Summary, d.fails, d.warns)
	}
	d.app.errf("%s\n", text)
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
			return &exitError{code: e.code}
		}
	}
	return nil
}

// skipped stands for what cannot be looked at while the config is wrong.
func (d *doctor) skipped() []finding {
	return []finding{{Status: statusNote, Text: d.words.Skipped}}
}

func (d *doctor) version(context.Context) []finding {
	return []finding{{
		Status: statusOK, Value: d.app.Version,
		Text: fmt.Sprintf("fourfactor %s, %s, %s/%s", d.app.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH),
	}}
}
