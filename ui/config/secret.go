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

// ErrMissing is that a secret is configured nowhere and its default file does not exist.
var ErrMissing = errors.New("not configured")

// maxSecret is the most bytes that a file or a program may give for a secret.
const maxSecret = 64 << 10

// Secret is a value that is fetched when it is first needed. Copies share what
// was fetched. The zero Secret is one that is configured nowhere.
type Secret struct{ source *secret }

// secret is where one secret comes from, in the order of the fields.
type secret struct {
	key, variable string // "juhe.key", "JUHE_KEY"

	environment string
	inline      string
	command     []string
	named       string // the path in the file; once loaded, one that does not depend on the folder of it
	standard    string // the path of the default file

	turn  chan struct{} // holds one token while somebody fetches
	value string        // what was fetched, else empty
}

func newSecret(key, variable, standard string) Secret {
	return Secret{&secret{key: key, variable: variable, standard: standard, turn: make(chan struct{}, 1)}}
}

// Get gives the secret: from the environment, the config, the command or the
// file, the first that is configured. It remembers a success. While one call
// runs the command others wait, each until its ctx ends.
//
// An error is [ErrMissing], that of ctx, or an [*Error] whose File is the
// variable, the program or the file: ProblemValue for a value that is empty or
// has white space or control characters within, else ProblemRead. None of them
// holds anything that was read.
func (s Secret) Get(ctx context.Context) (string, error) {
	if s.source == nil {
		return "", ErrMissing
	}
	select {
	case s.source.turn <- struct{}{}:
		defer func() { <-s.source.turn }()
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
	clean, ok := secretText(value)
	if !ok {
		return "", &Error{File: s.Origin(), Key: s.source.key, Problem: ProblemValue}
	}
	s.source.value = clean
	return clean, nil
}

// Known gives the secret if that takes no command, or none any more; else
// nothing. It is for redaction, which needs what is known and no more.
func (s Secret) Known() string {
	if s.source == nil {
		return ""
	}
	if s.Origin() != "command" {
		value, _ := s.Get(context.Background())
		return value
	}
	select {
	case s.source.turn <- struct{}{}:
		defer func() { <-s.source.turn }()
		return s.source.value
	default:
		return ""
	}
}

// Configured reports whether there is somewhere to fetch the secret from. That
// may fail still: no command is run and no file read.
func (s Secret) Configured() bool {
	if s.source == nil {
		return false
	}
	if s.source.environment != "" || len(s.source.keys()) > 0 {
		return true
	}
	_, err := os.Stat(s.source.standard)
	return !errors.Is(err, fs.ErrNotExist)
}

// Origin names where the secret comes from: the environment variable,
// "config", "command", or the path of the file, which may not exist.
func (s Secret) Origin() string {
	switch {
	case s.source == nil:
		return ""
	case s.source.environment != "":
		return s.source.variable
	case s.source.inline != "":
		return "config"
	case len(s.source.command) > 0:
		return "command"
	default:
		return s.source.file()
	}
}

// Format writes Origin whatever the verb, so that printing a Config shows no secret.
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
	path := s.file()
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return "", &Error{File: path, Key: s.key + "_file", Problem: ProblemRead, Other: "not a regular file"}
	}
	text, err := readFile(path, maxSecret)
	if err == nil {
		if encoded := encodingOf(text); encoded != "" {
			return "", &Error{File: path, Key: s.key + "_file", Problem: ProblemRead, Other: encoded}
		}
		return text, nil
	}
	if s.named == "" && errors.Is(err, fs.ErrNotExist) {
		err.cause = ErrMissing
	}
	err.Key = s.key + "_file"
	return "", err
}

// encodingOf says how a text is encoded if that is not plain UTF-8: some editors
// of Windows save a text so, and what they add is invisible there.
func encodingOf(text string) string {
	switch {
	case strings.HasPrefix(text, "\xef\xbb\xbf"):
		return "it begins with a BOM; save it as plain UTF-8"
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"), strings.Contains(text, "\x00"):
		return "it is UTF-16; save it as plain UTF-8"
	}
	return ""
}

// file is the path of the key file in use.
func (s *secret) file() string {
	if s.named != "" {
		return s.named
	}
	return s.standard
}

// keys lists the keys of the file that are set.
func (s *secret) keys() []string {
	var keys []string
	if s.inline != "" {
		keys = append(keys, s.key)
	}
	if len(s.command) > 0 {
		keys = append(keys, s.key+"_command")
	}
	if s.named != "" {
		keys = append(keys, s.key+"_file")
	}
	return keys
}

// secretText is a secret without the white space around it. It is not one if
// it is empty or has white space or anything that does not print within.
func secretText(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if text == "" || !utf8.ValidString(text) || strings.ContainsFunc(text, unseen) {
		return "", false
	}
	return text, true
}
