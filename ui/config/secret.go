package config

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"
)

// ErrMissing means that a secret is configured nowhere and its default file does
// not exist.
var ErrMissing = errors.New("not configured")

// maxSecret is the maximum size in bytes of a secret from a file or a program.
const maxSecret = 64 << 10

// Secret is a value that is fetched on first use. Copies share the fetched value.
type Secret struct{ source *secret }

// secret has the sources of one secret, in order of precedence.
type secret struct {
	key, envVar string // "juhe.key", "JUHE_KEY"

	environment string
	inline      string
	command     []string
	path        string // the path in the file; made absolute by Load
	defaultPath string // the path of the default file

	fetching chan struct{} // holds a token during a fetch
	value    string        // the fetched value, or ""
}

func newSecret(key, variable, standard string) Secret {
	return Secret{&secret{key: key, envVar: variable, defaultPath: standard, fetching: make(chan struct{}, 1)}}
}

// Get returns the secret from the first configured source: the environment, the
// config, the command or the file. It caches a success. While one call runs the
// command others wait, each until its ctx ends.
//
// An error is [ErrMissing], that of ctx, or an [*Error] whose File is the
// variable, the program or the file: ProblemValue for a value that is empty or
// contains white space or control characters, else ProblemRead. No error holds
// anything that was read.
func (s Secret) Get(ctx context.Context) (string, error) {
	select {
	case s.source.fetching <- struct{}{}:
		defer func() { <-s.source.fetching }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if s.source.value != "" {
		return s.source.value, nil
	}
	value, err := s.source.fetch(ctx)
	if err != nil {
		return "", err
	}
	clean, ok := cleanSecret(value)
	if !ok {
		return "", &Error{File: s.Origin(), Key: s.source.key, Problem: ProblemValue}
	}
	s.source.value = clean
	return clean, nil
}

// Known returns the secret if no command has to run for it, or "". Redaction uses
// it.
func (s Secret) Known() string {
	if s.Origin() != "command" {
		value, _ := s.Get(context.Background())
		return value
	}
	select {
	case s.source.fetching <- struct{}{}:
		defer func() { <-s.source.fetching }()
		return s.source.value
	default:
		return ""
	}
}

// Configured reports whether the secret has a source. It runs no command and reads
// no file, so Get may still fail.
func (s Secret) Configured() bool {
	if s.source.environment != "" || len(s.source.keys()) > 0 {
		return true
	}
	_, err := os.Stat(s.source.defaultPath)
	return !errors.Is(err, fs.ErrNotExist)
}

// Origin returns the source of the secret: the environment variable, "config",
// "command", or the path of the file, which may not exist.
func (s Secret) Origin() string {
	switch {
	case s.source.environment != "":
		return s.source.envVar
	case s.source.inline != "":
		return "config"
	case len(s.source.command) > 0:
		return "command"
	default:
		return s.source.file()
	}
}

// Format writes Origin for every verb, so that a printed Config shows no secret.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.Origin()) }

func (s *secret) fetch(ctx context.Context) (string, error) {
	switch {
	case s.environment != "":
		return s.environment, nil
	case s.inline != "":
		return s.inline, nil
	case len(s.command) > 0:
		return run(ctx, s.key+"_command", s.command)
	default:
		return s.read()
	}
}

// read reads the key file.
func (s *secret) read() (string, error) {
	path, key := s.file(), s.key+"_file"
	text, err := readFile(path, maxSecret)
	if err != nil {
		if s.path == "" && errors.Is(err, fs.ErrNotExist) {
			err.cause = ErrMissing
		}
		err.Key = key
		return "", err
	}
	if encoded := encodingOf(text); encoded != "" {
		return "", unreadable(path, key, errors.New(encoded))
	}
	return text, nil
}

// encodingOf returns what is wrong with the encoding of a text, or "". Some
// editors on Windows add a byte order mark or save UTF-16, which is invisible
// there.
func encodingOf(text string) string {
	switch {
	case strings.HasPrefix(text, "\xef\xbb\xbf"):
		return "it begins with a BOM; save it as plain UTF-8"
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"), strings.Contains(text, "\x00"):
		return "it is UTF-16; save it as plain UTF-8"
	}
	return ""
}

// file returns the path of the key file in use.
func (s *secret) file() string {
	if s.path != "" {
		return s.path
	}
	return s.defaultPath
}

// keys returns the keys of the secret that the file sets.
func (s *secret) keys() []string {
	var keys []string
	if s.inline != "" {
		keys = append(keys, s.key)
	}
	if len(s.command) > 0 {
		keys = append(keys, s.key+"_command")
	}
	if s.path != "" {
		keys = append(keys, s.key+"_file")
	}
	return keys
}

// cleanSecret returns text without surrounding white space, and whether that can be
// a secret: it is not empty and contains neither white space nor characters that
// do not print.
func cleanSecret(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if text == "" || !utf8.ValidString(text) || strings.ContainsFunc(text, isSpaceOrUnprintable) {
		return "", false
	}
	return text, true
}
