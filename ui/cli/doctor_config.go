package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"fourfactor/ui/config"
)

// config reports errors of the config and files whose permissions are too loose.
func (d *doctor) config(context.Context) []finding {
	a := d.app
	if d.demo {
		return append([]finding{{Status: statusOK, Text: d.words.Demo}}, d.loosePermissions()...)
	}
	if a.ConfigErr != nil {
		return append([]finding{d.configFinding(a.ConfigErr)}, d.loosePermissions()...)
	}
	return append([]finding{{Status: statusOK, File: a.ConfigPath, Text: a.ConfigState()}}, d.loosePermissions()...)
}

// loosePermissions lists files that others can read. The next command that uses them
// tightens their permissions, where the file system supports that.
func (d *doctor) loosePermissions() (findings []finding) {
	cfg := d.app.PermissionsConfig()
	if cfg == nil || d.demo {
		return nil
	}
	for _, note := range cfg.LoosePermissions() {
		f := finding{Status: statusWarn, File: note.Path, Value: fmt.Sprintf("%04o", note.Mode.Perm())}
		f.Text = fmt.Sprintf(d.words.Loose, note.Path, note.Mode.Perm())
		if note.Ignored {
			f.Status, f.Text = statusFail, d.app.PermissionText(note)
		}
		findings = append(findings, f)
	}
	return findings
}

// configFinding is an error in the config or in the source of a secret.
func (d *doctor) configFinding(err error) finding {
	f := finding{Status: statusFail, Text: d.app.ConfigErrorText(err), Advice: d.words.ConfigAdvice}
	var e *config.Error
	if errors.As(err, &e) {
		f.File, f.Line, f.Key, f.Nearest, f.Value = e.File, e.Line, e.Key, e.Nearest, e.Value
	}
	return f
}

// settings lists the effective settings. The demo has none of its own.
func (d *doctor) settings(context.Context) (findings []finding) {
	if d.cfg == nil || d.demo {
		return nil
	}
	for _, s := range d.cfg.Settings() {
		findings = append(findings, finding{
			Status: statusOK, Key: s.Key, Value: s.Value, Origin: s.Origin,
			Text: fmt.Sprintf("%s = %s  # %s", s.Key, cmp.Or(s.Value, "…"), cmp.Or(s.Origin, d.app.Messages.CLI.ConfigDefault)),
		})
	}
	return findings
}

// key reports where the key comes from. It never shows the key and runs no
// command.
func (d *doctor) key(ctx context.Context) []finding {
	w := d.app.Messages.Errors
	if !d.demo && !d.cfg.Juhe.Key.Configured() {
		return []finding{{Status: statusWarn, Key: "juhe.key", Text: w.NotConfigured, Advice: w.KeyHelp}}
	}
	return []finding{d.secret(ctx, "juhe.key", w.KeyHelp, d.cfg.Juhe.Key)}
}

// openid is like key, but only queryEncry needs an openid.
func (d *doctor) openid(ctx context.Context) []finding {
	w := d.app.Messages.Errors
	needed := d.cfg.Juhe.API == "queryEncry"
	if !d.demo && !d.cfg.Juhe.Openid.Configured() {
		f := finding{Status: statusNote, Key: "juhe.openid", Text: d.words.OpenidUnused}
		if needed {
			f.Status, f.Text, f.Advice = statusWarn, w.NotConfigured, w.OpenidHelp
		}
		return []finding{f}
	}
	f := d.secret(ctx, "juhe.openid", w.OpenidHelp, d.cfg.Juhe.Openid)
	if f.Status == statusFail && !needed {
		f.Status = statusWarn
	}
	return []finding{f}
}

// secret reports the origin of a configured secret and whether it can be read.
// It does not run commands.
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
		f := d.configFinding(err)
		f.Key, f.Advice = key, help
		return f
	}
	return f
}
