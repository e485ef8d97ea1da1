package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"fourfactor/ui/config"
)

// checkConfig reports errors of the config and files whose permissions are too loose.
func checkConfig(_ context.Context, m *machine) []finding {
	f := finding{Status: statusOK}
	switch {
	case m.Flags.Demo:
		f.Text = m.Messages.Doctor.Demo
	case m.ConfigErr != nil:
		f = configFinding(m, m.ConfigErr)
	default:
		f.File, f.Text = m.ConfigPath, m.ConfigState()
	}
	return append([]finding{f}, loosePermissions(m)...)
}

// loosePermissions lists files that others can read. The next command that uses them
// tightens their permissions, where the file system supports that.
func loosePermissions(m *machine) (findings []finding) {
	for _, note := range m.LoosePermissions() {
		f := finding{Status: statusWarn, File: note.Path, Value: fmt.Sprintf("%04o", note.Mode.Perm())}
		f.Text = fmt.Sprintf(m.Messages.Doctor.Loose, note.Path, note.Mode.Perm())
		if note.Ignored {
			f.Status, f.Text = statusFail, m.PermissionText(note)
		}
		findings = append(findings, f)
	}
	return findings
}

// configFinding is an error in the config or in the source of a secret.
func configFinding(m *machine, err error) finding {
	f := finding{Status: statusFail, Text: m.Messages.ErrorText(err), Advice: m.Messages.Doctor.ConfigAdvice}
	if e, ok := errors.AsType[*config.Error](err); ok {
		f.File, f.Line, f.Key, f.Nearest, f.Value = e.File, e.Line, e.Key, e.Nearest, e.Value
	}
	return f
}

// listSettings lists the effective settings. The demo has none of its own.
func listSettings(_ context.Context, m *machine) (findings []finding) {
	if m.session == nil || m.Flags.Demo {
		return nil
	}
	for _, s := range m.session.Config.Settings() {
		findings = append(findings, finding{
			Status: statusOK, Key: s.Key, Value: s.Value, Origin: s.Origin,
			Text: fmt.Sprintf("%s = %s  # %s", s.Key, cmp.Or(s.Value, "…"), cmp.Or(s.Origin, m.Messages.CLI.ConfigDefault)),
		})
	}
	return findings
}

// checkKey reports where the key comes from. It never shows the key and runs no
// command.
func checkKey(ctx context.Context, m *machine) []finding {
	w, key := m.Messages.Errors, m.session.Config.Juhe.Key
	if !m.Flags.Demo && !key.Configured() {
		return []finding{{Status: statusWarn, Key: "juhe.key", Text: w.NotConfigured, Advice: w.KeyHelp}}
	}
	return []finding{secret(ctx, m, "juhe.key", w.KeyHelp, key)}
}

// checkOpenid is like key, but only queryEncry needs an openid.
func checkOpenid(ctx context.Context, m *machine) []finding {
	w, cfg := m.Messages.Errors, m.session.Config.Juhe
	needed := cfg.API == "queryEncry"
	if !m.Flags.Demo && !cfg.Openid.Configured() {
		f := finding{Status: statusNote, Key: "juhe.openid", Text: m.Messages.Doctor.OpenidUnused}
		if needed {
			f.Status, f.Text, f.Advice = statusWarn, w.NotConfigured, w.OpenidHelp
		}
		return []finding{f}
	}
	f := secret(ctx, m, "juhe.openid", w.OpenidHelp, cfg.Openid)
	if f.Status == statusFail && !needed {
		f.Status = statusWarn
	}
	return []finding{f}
}

// secret reports the origin of a configured secret and whether it can be read.
// It does not run commands.
func secret(ctx context.Context, m *machine, key, help string, s config.Secret) finding {
	w := m.Messages.Doctor
	if m.Flags.Demo {
		return finding{Status: statusOK, Key: key, Text: w.DemoSecret}
	}
	f := finding{Status: statusOK, Key: key, Origin: s.Origin()}
	switch f.Origin {
	case "command":
		f.Text = w.FromCommand
		return f
	case "config":
		f.Text = fmt.Sprintf(w.From, w.FromConfig)
	default:
		f.Text = fmt.Sprintf(w.From, f.Origin)
	}
	if _, err := s.Get(ctx); err != nil {
		f := configFinding(m, err)
		f.Key, f.Advice = key, help
		return f
	}
	return f
}
