package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// WriteExample writes template to a new config.toml at path, with mode 0600, and
// creates its folder with mode 0700 if needed, whatever the umask. An error is an
// [*fs.PathError]: [fs.ErrExist] if the file exists, which is left unchanged.
func WriteExample(path, template string) error {
	return CreateAll(NewFile{path, template})
}

// WithChoices returns template, the example, with language and theme set unless they
// are empty.
func WithChoices(template, language, theme string) string {
	return uncomment(uncomment(template, "language", language), "theme", theme)
}

// uncomment returns template with a key uncommented and set to value.
func uncomment(template, key, value string) string {
	lines := strings.Split(template, "\n")
	for i, line := range lines {
		if value != "" && strings.HasPrefix(line, "# "+key+" = ") {
			lines[i] = fmt.Sprintf("%s = %q", key, value)
		}
	}
	return strings.Join(lines, "\n")
}

// makeFolder creates dir and its parents. An existing folder keeps its mode.
func makeFolder(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	switch err := os.Mkdir(dir, 0o700); {
	case err == nil:
		return os.Chmod(dir, 0o700)
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	return nil
}
