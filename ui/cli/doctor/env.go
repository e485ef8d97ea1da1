package doctor

import (
	"os"
	"path/filepath"
	"strings"
)

// setVariables lists the variables that are set.
func setVariables(m *machine, names ...string) string {
	var all []string
	for _, name := range names {
		if m.Env(name) != "" {
			all = append(all, name)
		}
	}
	return strings.Join(all, " ")
}

// firstSet returns the first variable that is set, or "".
func firstSet(m *machine, names ...string) string {
	first, _, _ := strings.Cut(setVariables(m, names...), " ")
	return first
}

// onPath reports whether PATH has an executable of that name.
func onPath(m *machine, name string) bool {
	for _, dir := range filepath.SplitList(m.Env("PATH")) {
		info, err := os.Stat(filepath.Join(dir, name))
		if err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return true
		}
	}
	return false
}
