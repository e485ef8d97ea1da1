package config

import (
	"errors"
	"io/fs"
	"os"
)

// Setup is what the setup screen tells, and keeps what it is told.
type Setup struct {
	// Key and Openid are the files to be made. OpenidFrom is where the openid
	// comes from already, if it does.
	Key, Openid, OpenidFrom string
	// Config is the config's path, and HasConfig tells that it is there.
	Config    string
	HasConfig bool

	example string
}

// Setup is nil if there is a key, or something that should give it. path is
// that of config.toml, and example what it begins as.
func (c *Config) Setup(path, example string) *Setup {
	key, missing := c.Juhe.Key.Missing()
	if !missing {
		return nil
	}
	s := &Setup{Key: key, Config: path, example: example}
	if s.Openid, missing = c.Juhe.Openid.Missing(); !missing {
		s.OpenidFrom = c.Juhe.Openid.Origin()
	}
	_, err := os.Lstat(path)
	s.HasConfig = !errors.Is(err, fs.ErrNotExist)
	return s
}

// Clean is a secret without the white space around it. It is false for what is
// empty, or has white space or anything that does not print within.
func (s *Setup) Clean(text string) (string, bool) { return secretText(text) }

// Keep makes the files of what is not empty, and of a config if there is none.
// The key is the last: with it the setup is over. An error is that of
// [CreateAll].
func (s *Setup) Keep(key, openid, language, theme string) error {
	var files []NewFile
	if !s.HasConfig && language+theme != "" {
		files = append(files, NewFile{Path: s.Config, Text: Chosen(s.example, language, theme)})
	}
	if openid != "" {
		files = append(files, NewFile{Path: s.Openid, Text: openid + "\n"})
	}
	return CreateAll(append(files, NewFile{Path: s.Key, Text: key + "\n"})...)
}
