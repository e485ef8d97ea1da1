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
	// Key and Openid are the paths of their files, which Save creates or replaces.
	// KeyFrom and OpenidFrom are their sources if these cannot be changed here: a
	// variable, the config or a command, and without a key also an existing openid
	// file.
	Key, KeyFrom, Openid, OpenidFrom string
	// Config is the config's path, and HasConfig reports whether it exists.
	Config    string
	HasConfig bool

	example string
}

// Setup returns the Setup for the config at path. example is the template of a new
// config.
func (c *Config) Setup(path, example string) *Setup {
	s := &Setup{Config: path, example: example}
	s.Key, s.NoKey = c.Juhe.Key.Missing()
	openid, missing := c.Juhe.Openid.Missing()
	switch s.Openid = openid; {
	case missing:
	case s.NoKey:
		s.OpenidFrom = c.Juhe.Openid.Origin()
	default:
		s.Openid, s.OpenidFrom = c.Juhe.Openid.file()
	}
	if !s.NoKey {
		s.Key, s.KeyFrom = c.Juhe.Key.file()
	}
	_, err := os.Lstat(path)
	s.HasConfig = !errors.Is(err, fs.ErrNotExist)
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
		for _, f := range []NewFile{{s.Openid, openid}, {s.Key, key}} {
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
	if !s.HasConfig && language+theme != "" {
		files = append(files, NewFile{Path: s.Config, Text: WithChoices(s.example, language, theme)})
	}
	if openid != "" {
		files = append(files, NewFile{Path: s.Openid, Text: openid + "\n"})
	}
	return CreateAll(append(files, NewFile{Path: s.Key, Text: key + "\n"})...)
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
