package ui_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "fourfactor/"

// mayImport returns, for each package, which of our packages it may import. A
// package that is not in the table must not exist.
func mayImport() map[string][]string {
	table := map[string][]string{
		"juhe/internal/aesecb": nil,
		"juhe/ident":           {"juhe"},
		"juhe/atomicfile":      nil,
		"juhe/table":           nil,
		"juhe/detect":          {"juhe", "juhe/ident", "juhe/table"},
		"ui/i18n":              {"juhe", "juhe/ident", "juhe/detect", "juhe/lookup", "juhe/batch", "juhe/table", "ui/config", "ui/keymap"},
		"ui/keymap":            {"juhe/ident"},
		"ui/termbg":            nil,
		"ui/probe":             nil,
		"juhe":                 {"juhe/internal/aesecb"},
		"juhe/mockserver":      {"juhe", "juhe/internal/aesecb", "juhe/ident"},
		"juhe/lookup":          {"juhe", "juhe/ident"},
		"juhe/ledger":          {"juhe/ledger/gram", "juhe/ledger/pinyin", "juhe/lookup", "juhe"},
		"juhe/ledger/gram":     {"juhe/ident"},
		"juhe/ledger/pinyin":   nil,
		"juhe/ledger/sqlite":   {"juhe/ledger", "juhe/ledger/gram", "juhe/lookup", "juhe", "juhe/atomicfile"},
		"juhe/batch":           {"juhe/lookup", "juhe", "juhe/ident", "juhe/detect", "juhe/table", "juhe/atomicfile"},
		"ui/export":            {"ui/i18n", "juhe", "juhe/lookup", "juhe/table", "juhe/atomicfile"},
		"ui/config":            {"ui/keymap", "juhe/atomicfile"},
		"ui/widget":            {"juhe", "ui/i18n", "ui/keymap", "juhe/lookup"},
		"ui":                   append(screens(), "ui/widget", "ui/i18n", "ui/keymap", "juhe", "juhe/lookup"),
		"ui/consent":           {"ui/i18n", "juhe", "juhe/ident", "juhe/lookup", "juhe/batch", "juhe/table"},
		"ui/cli":               {"ui/export", "ui/consent", "ui/i18n", "ui/config", "juhe", "juhe/..."},
		"ui/app":               {"juhe", "juhe/...", "ui", "ui/..."},
		"":                     {"ui/app", "ui/cli", "ui/termbg"},
	}
	for _, group := range commandGroups() {
		table[group] = append(table["ui/cli"], "ui/cli")
	}
	for _, screen := range screens() {
		// Types that it shows. Services are interfaces that it declares.
		table[screen] = []string{
			"ui/widget", "ui/consent", "ui/i18n", "ui/keymap", "ui/export",
			"juhe", "juhe/ident", "juhe/detect", "juhe/table", "juhe/lookup", "juhe/batch",
		}
	}
	table["ui/setup"] = append(table["ui/setup"], "ui/config")
	return table
}

func screens() []string {
	return []string{"ui/form", "ui/result", "ui/history", "ui/batch", "ui/help", "ui/setup"}
}

// commandGroups are the commands that are packages. None imports another.
func commandGroups() []string {
	return []string{"ui/cli/batchcmd", "ui/cli/doctor", "ui/cli/historycmd", "ui/cli/plain"}
}

func allowed(pkg string, may []string) bool {
	return slices.ContainsFunc(may, func(m string) bool {
		below, all := strings.CutSuffix(m, "...")
		return pkg == m || all && strings.HasPrefix(pkg, below)
	})
}

func TestImports(t *testing.T) {
	t.Parallel()
	table := mayImport()
	for _, s := range sources(t) {
		may, known := table[s.pkg]
		if !known {
			t.Errorf("%s: package %s is not in the table", s.name, s.pkg)
		}
		for _, imported := range s.imports {
			if ours, ok := strings.CutPrefix(imported, module); ok && (!allowed(ours, may) || isTestPackage(ours)) {
				t.Errorf("%s imports %s", s.name, ours)
			}
		}
	}
}

// TestOnlyPlace: some libraries may be imported by one package only, and test
// libraries by tests only.
func TestOnlyPlace(t *testing.T) {
	t.Parallel()
	only := []struct{ prefix, pkg string }{
		{"github.com/ncruces/go-sqlite3", "juhe/ledger/sqlite"},
		{"database/sql", "juhe/ledger/sqlite"},
		{module + "juhe/ledger/sqlite", "ui/app"},
		{"github.com/xuri/excelize", "juhe/table"},
		{"testing", "nowhere"},
		{"net/http/httptest", "nowhere"},
	}
	for _, s := range sources(t) {
		for _, imported := range s.imports {
			for _, o := range only {
				if (imported == o.prefix || strings.HasPrefix(imported, o.prefix+"/")) && s.pkg != o.pkg {
					t.Errorf("%s imports %s", s.name, imported)
				}
			}
		}
	}
}

// TestCommandsReachNoScreen: commands import no screen, not even through another
// package.
func TestCommandsReachNoScreen(t *testing.T) {
	t.Parallel()
	imports := map[string][]string{}
	for _, s := range sources(t) {
		imports[s.pkg] = append(imports[s.pkg], s.imports...)
	}
	reached := reach(imports, append(commandGroups(), "ui/cli")...)
	if !reached[module+"ui/i18n"] || !reached[module+"juhe/internal/aesecb"] {
		t.Fatalf("the walk has missed some: %v", slices.Sorted(maps.Keys(reached)))
	}
	forbidden := []string{module + "ui/widget", "github.com/charmbracelet/bubbletea", "github.com/charmbracelet/bubbles"}
	for _, screen := range screens() {
		forbidden = append(forbidden, module+screen)
	}
	for imported := range reached {
		for _, f := range forbidden {
			if imported == f || strings.HasPrefix(imported, f+"/") {
				t.Errorf("a command reaches %s", imported)
			}
		}
	}
}

// reach returns everything that packages import, directly or through our packages.
func reach(imports map[string][]string, todo ...string) map[string]bool {
	reached := map[string]bool{}
	for len(todo) > 0 {
		pkg := todo[0]
		todo = todo[1:]
		for _, imported := range imports[pkg] {
			if ours, ok := strings.CutPrefix(imported, module); ok && !reached[imported] {
				todo = append(todo, ours)
			}
			reached[imported] = true
		}
	}
	return reached
}

// TestEndings: only main.go ends the program.
func TestEndings(t *testing.T) {
	t.Parallel()
	exits := 0
	for _, s := range sources(t) {
		for _, call := range s.calls() {
			if call != "os.Exit" && !strings.HasPrefix(call, "log.Fatal") && !strings.HasPrefix(call, "log.Panic") {
				continue
			}
			exits++
			if s.name != "main.go" {
				t.Errorf("%s: %s", s.name, call)
			}
		}
	}
	if exits == 0 {
		t.Error("main.go does not call os.Exit: the walk has missed it")
	}
}

// TestColours: colours are in the widget package's palette and nowhere else.
func TestColours(t *testing.T) {
	t.Parallel()
	styles := []string{"lipgloss.Color", "lipgloss.NewStyle", "lipgloss.AdaptiveColor", "lipgloss.CompleteColor"}
	hex := regexp.MustCompile(`#[0-9a-fA-F]{6}\b`)
	found := 0
	for _, s := range sources(t) {
		for _, call := range s.calls() {
			if slices.Contains(styles, call) && s.pkg != "ui/widget" {
				t.Errorf("%s: %s", s.name, call)
			}
		}
		for _, text := range s.texts() {
			if !hex.MatchString(text) {
				continue
			}
			found++
			if s.pkg != "ui/widget" {
				t.Errorf("%s: colour %q", s.name, text)
			}
		}
	}
	if found == 0 {
		t.Error("no colour found: the walk has missed the palette")
	}
}

// TestTermbg: the terminal's background is settled before Bubble Tea asks for it
// only if main imports ui/termbg and that package is initialised first.
func TestTermbg(t *testing.T) {
	t.Parallel()
	const termbg, bubbletea = module + "ui/termbg", "github.com/charmbracelet/bubbletea"
	if termbg > bubbletea {
		t.Errorf("%s is initialised after %s", termbg, bubbletea)
	}
	for _, s := range sources(t) {
		switch {
		case s.name == "main.go" && !slices.Contains(s.imports, termbg):
			t.Errorf("main.go does not import %s", termbg)
		case s.pkg == "ui/termbg" && !slices.Equal(s.imports, []string{"github.com/charmbracelet/lipgloss"}):
			t.Errorf("%s imports %v: it has to be ready before Bubble Tea is", s.name, s.imports)
		}
	}
}
