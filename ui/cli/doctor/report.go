package doctor

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/ui/cli"
)

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
