package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"fourfactor/juhe"
	"fourfactor/ui/config"
)

// NewConfig returns the commands about the config.
func NewConfig(f *Factory) *cobra.Command {
	w := f.Messages.CLI
	command := func(name, short string, run func(*Factory) error) *cobra.Command {
		return &cobra.Command{
			Use: name, Short: short, Args: f.NoArgs,
			RunE: func(*cobra.Command, []string) error { return run(f) },
		}
	}
	return f.NewGroup("config", w.Config,
		command("path", w.ConfigPath, printConfigPath), command("check", w.ConfigCheck, checkConfig),
		command("show", w.ConfigShow, printConfig), command("init", w.ConfigInit, writeConfig))
}

func printConfigPath(f *Factory) error {
	if f.ConfigPath == "" {
		return UsageError(f.Messages.ErrorText(f.ConfigErr))
	}
	_, err := fmt.Fprintln(f.Out, juhe.Sanitize(f.ConfigPath))
	return err
}

func checkConfig(f *Factory) error {
	if _, err := f.LoadedConfig(); err != nil {
		return err
	}
	f.Errf("%s\n", f.ConfigState())
	return nil
}

// printConfig prints the effective settings as TOML, with their origins.
func printConfig(f *Factory) error {
	cfg, err := f.LoadedConfig()
	if err != nil {
		return err
	}
	for _, s := range cfg.Settings() {
		line := s.Key + " = " + s.Value
		if s.Value == "" {
			line = "# " + s.Key
		}
		if _, err := fmt.Fprintf(f.Out, "%s  # %s\n", juhe.Sanitize(line), juhe.Sanitize(cmp.Or(s.Origin, f.Messages.CLI.ConfigDefault))); err != nil {
			return err
		}
	}
	return nil
}

// writeConfig writes the example config, with every key commented out. It never
// overwrites.
func writeConfig(f *Factory) error {
	if f.ConfigPath == "" {
		return UsageError(f.Messages.ErrorText(f.ConfigErr))
	}
	err := config.CreateAll(config.NewFile{Path: f.ConfigPath, Text: f.Example})
	switch {
	case errors.Is(err, fs.ErrExist):
		return UsageError(fmt.Sprintf(f.Messages.CLI.ConfigExists, juhe.Sanitize(f.ConfigPath)))
	case err != nil:
		return UsageError(f.Messages.ErrorText(err))
	}
	f.Errf(f.Messages.CLI.ConfigWritten+"\n", juhe.Sanitize(f.ConfigPath))
	return nil
}

// PermissionText returns text saying whose permissions were too loose and whether they
// are fixed.
func (s *Streams) PermissionText(note config.PermissionFix) string {
	w := s.Messages.CLI
	format := w.PermissionsNotFixed
	switch {
	case note.Ignored:
		format = w.PermissionsIgnored
	case note.Fixed:
		format = w.PermissionsFixed
	}
	return fmt.Sprintf(format, juhe.Sanitize(note.Path), note.Mode.Perm())
}
