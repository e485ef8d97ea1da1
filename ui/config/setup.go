package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
)

// Setup has the facts that the setup screen shows, and saves its input.
type Setup struct {
	// NoKey reports whether no key is configured.
	NoKey bool
	// KeyPath and OpenidPath are the paths of their files, which Save creates or replaces.
	// KeySource and OpenidSource are their sources if these cannot be changed here: a
	// variable, the config or a command, and without a key also an existing openid
	// file.
	KeyPath, KeySource, OpenidPath, OpenidSource string
	// ConfigPath is the config's path, and ConfigExists reports whether it exists.
	ConfigPath   string
	ConfigExists bool

	example string
}

// Setup returns the Setup for the config at path. example is the template of a new
// config.
func (c *Config) Setup(path, example string) *Setup {
	s := &Setup{ConfigPath: path, example: example}
	s.KeyPath, s.NoKey = c.Juhe.Key.Missing()
	openid, missing := c.Juhe.Openid.Missing()
	switch s.OpenidPath = openid; {
	case missing:
	case s.NoKey:
		s.OpenidSource = c.Juhe.Openid.Origin()
	default:
		s.OpenidPath, s.OpenidSource = c.Juhe.Openid.file()
	}
	if !s.NoKey {
		s.KeyPath, s.KeySource = c.Juhe.Key.file()
	}
	_, err := os.Lstat(path)
	s.ConfigExists = !errors.Is(err, fs.ErrNotExist)
	return s
}

// Clean returns a secret without surrounding white space. It returns false if text
// is empty, or contains white space or characters that do not print.
func (s *Setup) Clean(text string) (string, bool) { return cleanSecret(text) }

// Save creates the files of the values that are not empty, and a config if there
// is none. The key comes last, because it ends the setup. If a key is configured
// already, Save only replaces files; see [Replace]. Its errors are those of
// [CreateAll].
func (s *Setup) Save(key, openid, language, theme string) error {
	if !s.NoKey {
		for _, f := range []NewFile{{s.OpenidPath, openid}, {s.KeyPath, key}} {
			if f.Text == "" {
				continue
			}
			if err := Replace(NewFile{f.Path, f.Text + "\n"}); err != nil {
				return err
			}
		}
		return nil
	}
	var files []NewFile
	if !s.ConfigExists && language+theme != "" {
		files = append(files, NewFile{Path: s.ConfigPath, Text: WithChoices(s.example, language, theme)})
	}
	if openid != "" {
		files = append(files, NewFile{Path: s.OpenidPath, Text: openid + "\n"})
	}
	return CreateAll(append(files, NewFile{Path: s.KeyPath, Text: key + "\n"})...)
}

// WithChoices returns template, the example, with language and theme set unless they
// are empty.
func WithChoices(template, language, theme string) string {
	for _, choice := range [][2]string{{"language", language}, {"theme", theme}} {
		key, value := choice[0], choice[1]
		if value != "" {
			line := regexp.MustCompile(`(?m)^# ` + key + ` = .*$`)
			template = line.ReplaceAllLiteralString(template, fmt.Sprintf("%s = %q", key, value))
		}
	}
	return template
}
