package config

import (
	"errors"
	"io/fs"
	"os"
)

// Setup is what the setup screen tells, and keeps what it is told.
type Setup struct {
	// NoKey reports that there is no key, and nothing that should give one.
	NoKey bool
	// Key and Openid are their files, to be made or replaced. KeyFrom and
	// OpenidFrom are where they come from if that cannot be changed here: a
	// variable, the config, a command; without a key also an openid's file that
	// is there.
	Key, KeyFrom, Openid, OpenidFrom string
	// Config is the config's path, and HasConfig tells that it is there.
	Config    string
	HasConfig bool

	example string
}

// Setup is for the config that was read from path; example is what a new one
// begins as.
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

// Clean is a secret without the white space around it. It is false for what is
// empty, or has white space or anything that does not print within.
func (s *Setup) Clean(text string) (string, bool) { return secretText(text) }

// Save makes the files of what is not empty, and of a config if there is none.
// The key is the last: with it the setup is over. Where there is a key already,
// files are replaced (see [Replace]) and there is nothing else to keep. An error
// is that of [CreateAll].
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
		files = append(files, NewFile{Path: s.Config, Text: Chosen(s.example, language, theme)})
	}
	if openid != "" {
		files = append(files, NewFile{Path: s.Openid, Text: openid + "\n"})
	}
	return CreateAll(append(files, NewFile{Path: s.Key, Text: key + "\n"})...)
}
