package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"fourfactor/juhe"
	"fourfactor/ui/config"
)

// config tells what is wrong with the config, and whose permissions were too
// wide.
func (d *doctor) config(context.Context) []finding {
	a := d.app
	if d.demo {
		return append([]finding{{Status: statusOK, Text: d.words.Demo}}, d.wide()...)
	}
	if a.configErr != nil {
		return append([]finding{d.wrong(a.configErr)}, d.wide()...)
	}
	format := a.words.CLI.ConfigGood
	if _, err := os.Stat(a.configFile); err != nil {
		format = a.words.CLI.ConfigNone
	}
	return append([]finding{{Status: statusOK, File: a.configFile, Text: fmt.Sprintf(format, a.configFile)}}, d.wide()...)
}

// wide tells whose permissions are too wide. The next command that needs the
// files makes them narrow, where the file system keeps that.
func (d *doctor) wide() (found []finding) {
	cfg := d.app.permissionsConfig()
	if cfg == nil || d.demo {
		return nil
	}
	look := d.app.Terminal.Wide
	if look == nil {
		look = (*config.Config).Wide
	}
	for _, note := range look(cfg) {
		f := finding{Status: statusWarn, File: note.Path, Value: fmt.Sprintf("%04o", note.Mode.Perm())}
		f.Text = fmt.Sprintf(d.words.Loose, note.Path, note.Mode.Perm())
		if note.Kept {
			f.Status, f.Text = statusFail, d.app.permissionText(note)
		}
		found = append(found, f)
	}
	return found
}

// wrong is what is wrong with the config, or with where a secret comes from.
func (d *doctor) wrong(err error) finding {
	f := finding{Status: statusFail, Text: d.app.configText(err), Advice: d.words.ConfigAdvice}
	var e *config.Error
	if errors.As(err, &e) {
		f.File, f.Line, f.Key, f.Nearest, f.Value = e.File, e.Line, e.Key, e.Nearest, e.Value
	}
	return f
}

// settings lists what is in force. The demo has no settings of its own.
func (d *doctor) settings(context.Context) []finding {
	if d.cfg == nil || d.demo {
		return nil
	}
	var found []finding
	for _, s := range d.cfg.Settings() {
		origin := cmp.Or(s.Origin, d.app.words.CLI.ConfigDefault)
		found = append(found, finding{
			Status: statusOK, Key: s.Key, Value: s.Value, Origin: s.Origin,
			Text: fmt.Sprintf("%s = %s  # %s", s.Key, cmp.Or(s.Value, "…"), origin),
			row:  []string{s.Key, juhe.Sanitize(cmp.Or(s.Value, "…") + "  # " + origin)},
		})
	}
	d.settled.render(rows(found))
	return found
}

// rows are the settings of the human table, whose columns fit all of them.
func rows(found []finding) (all [][]string) {
	for _, f := range found {
		if !f.usual() {
			all = append(all, f.row)
		}
	}
	return all
}

// usual tells whether it is a key of the console that nobody has changed. They
// are as many as all the rest, and left out for people.
func (f finding) usual() bool {
	return f.row != nil && f.Origin == "" && strings.HasPrefix(f.Key, "keys.")
}

// key tells where the key comes from. What it is shows nowhere, and no command
// is run.
func (d *doctor) key(ctx context.Context) []finding {
	if d.cfg == nil {
		return d.skipped()
	}
	w := d.app.words.Errors
	if !d.demo && !d.cfg.Juhe.Key.Configured() {
		return []finding{{Status: statusWarn, Key: "juhe.key", Text: w.Missing, Advice: w.KeyHelp}}
	}
	return []finding{d.secret(ctx, "juhe.key", w.KeyHelp, d.cfg.Juhe.Key)}
}

// openid is as key, but only the endpoint that encrypts needs it.
func (d *doctor) openid(ctx context.Context) []finding {
	if d.cfg == nil {
		return d.skipped()
	}
	w := d.app.words.Errors
	needed := d.cfg.Juhe.API == "queryEncry"
	if !d.demo && !d.cfg.Juhe.Openid.Configured() {
		f := finding{Status: statusNote, Key: "juhe.openid", Text: d.words.OpenidUnused}
		if needed {
			f.Status, f.Text, f.Advice = statusWarn, w.Missing, w.OpenidHelp
		}
		return []finding{f}
	}
	f := d.secret(ctx, "juhe.openid", w.OpenidHelp, d.cfg.Juhe.Openid)
	if f.Status == statusFail && !needed {
		f.Status = statusWarn
	}
	return []finding{f}
}

// secret reads a secret that is configured, unless that takes a command, and
// tells whether there is one.
func (d *doctor) secret(ctx context.Context, key, help string, s config.Secret) finding {
	if d.demo {
		return finding{Status: statusOK, Key: key, Text: d.words.DemoSecret}
	}
	f := finding{Status: statusOK, Key: key, Origin: s.Origin()}
	switch f.Origin {
	case "command":
		f.Text = d.words.FromCommand
		return f
	case "config":
		f.Text = fmt.Sprintf(d.words.From, d.words.FromConfig)
	default:
		f.Text = fmt.Sprintf(d.words.From, f.Origin)
	}
	if _, err := s.Get(ctx); err != nil {
		f := d.wrong(err)
		f.Key, f.Advice = key, help
		return f
	}
	return f
}
