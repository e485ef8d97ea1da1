package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// WriteExample writes template as a new config.toml at path, mode 0600, in a
// folder that it makes, mode 0700, if there is none; both whatever the umask.
// An error is an [*fs.PathError], [fs.ErrExist] if there is a file already,
// which stays as it is.
func WriteExample(path, template string) error {
	return CreateAll(NewFile{path, template})
}

// Chosen is template, the example, with a language and a theme set where they
// are not empty.
func Chosen(template, language, theme string) string {
	return uncommented(uncommented(template, "language", language), "theme", theme)
}

// uncommented is template with a text set in the line of a key.
func uncommented(template, key, value string) string {
	lines := strings.Split(template, "\n")
	for i, line := range lines {
		if value != "" && strings.HasPrefix(line, "# "+key+" = ") {
			lines[i] = fmt.Sprintf("%s = %q", key, value)
		}
	}
	return strings.Join(lines, "\n")
}

// makeFolder makes dir and what it is in. One that is there keeps its mode.
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
