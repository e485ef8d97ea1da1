package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/ui/config"
)

func (a *App) configCommand() *cobra.Command {
	w := a.messages.CLI
	command := func(name, short string, run func() error) *cobra.Command {
		return &cobra.Command{
			Use: name, Short: short, Args: a.noArgs,
			RunE: func(*cobra.Command, []string) error { return run() },
		}
	}
	return a.groupCommand("config", w.Config,
		command("path", w.ConfigPath, a.printConfigPath), command("check", w.ConfigCheck, a.checkConfig),
		command("show", w.ConfigShow, a.printConfig), command("init", w.ConfigInit, a.writeConfig))
}

func (a *App) printConfigPath() error {
	if a.configFile == "" {
		return usageError(a.configText(a.configErr))
	}
	_, err := fmt.Fprintln(a.Out, juhe.Sanitize(a.configFile))
	return err
}

func (a *App) checkConfig() error {
	if _, err := a.loadedConfig(); err != nil {
		return err
	}
	a.errf("%s\n", a.configState())
	return nil
}

// configState returns text saying that the config has no problems or does not exist.
func (a *App) configState() string {
	format := a.messages.CLI.ConfigValid
	if _, err := os.Stat(a.configFile); err != nil {
		format = a.messages.CLI.ConfigMissing
	}
	return fmt.Sprintf(format, juhe.Sanitize(a.configFile))
}

// printConfig prints the effective settings as TOML, with their origins.
func (a *App) printConfig() error {
	cfg, err := a.loadedConfig()
	if err != nil {
		return err
	}
	for _, s := range cfg.Settings() {
		line := s.Key + " = " + s.Value
		if s.Value == "" {
			line = "# " + s.Key
		}
		if _, err := fmt.Fprintf(a.Out, "%s  # %s\n", juhe.Sanitize(line), juhe.Sanitize(cmp.Or(s.Origin, a.messages.CLI.ConfigDefault))); err != nil {
			return err
		}
	}
	return nil
}

// writeConfig writes the example config, with every key commented out. It never
// overwrites.
func (a *App) writeConfig() error {
	if a.configFile == "" {
		return usageError(a.configText(a.configErr))
	}
	err := config.CreateAll(config.NewFile{Path: a.configFile, Text: a.Example})
	switch {
	case errors.Is(err, fs.ErrExist):
		return usageError(fmt.Sprintf(a.messages.CLI.ConfigExists, juhe.Sanitize(a.configFile)))
	case err != nil:
		return usageError(a.configText(err))
	}
	a.errf(a.messages.CLI.ConfigWritten+"\n", juhe.Sanitize(a.configFile))
	return nil
}

// configText describes an error of the config: where, what, and how to fix it.
func (a *App) configText(err error) string {
	var e *config.Error
	if errors.Is(err, config.ErrMissing) {
		return a.messages.Errors.NotConfigured
	}
	if !errors.As(err, &e) {
		return juhe.Sanitize(err.Error())
	}
	w := a.messages.Errors
	if e.File == "HOME" {
		return w.NoHome
	}
	if e.Problem == config.ProblemConflict && e.Key == e.Other {
		e.Problem, e.Other = "twice", ""
	}
	var b strings.Builder
	b.WriteString(juhe.Sanitize(e.File))
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	b.WriteString(a.messages.Colon + w.Config[string(e.Problem)])
	for _, about := range []string{e.Key, e.Value} {
		if about != "" {
			fmt.Fprintf(&b, " %q", about)
		}
	}
	for _, more := range []struct{ format, value string }{
		{w.Nearest, e.Nearest}, {w.Allowed, e.Allowed}, {w.InParentheses, a.messages.System(e.Other)},
	} {
		if more.value != "" {
			fmt.Fprintf(&b, more.format, more.value)
		}
	}
	return b.String()
}
