package setup_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/config"
	"fourfactor/ui/i18n"
	"fourfactor/ui/setup"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// The secrets of the tests, which must appear only in their files.
const (
	appKey = "0123456789abcdef-app-key"
	openID = "JH0123456789-open-id"
)

// testScreen is a setup that saves to a real folder.
type testScreen struct {
	*setup.Screen
	*uitest.Driver
	t     *testing.T
	words *i18n.Messages
	theme *widget.Theme
	dir   string // of config.toml
}

// newScreen returns a setup with a config of these lines, or without one.
func newScreen(t *testing.T, lang string, lines ...string) *testScreen {
	t.Helper()
	return newScreenIn(t, filepath.Join(t.TempDir(), ".config", "fourfactor"), lang, lines...)
}

func newScreenIn(t *testing.T, dir, lang string, lines ...string) *testScreen {
	t.Helper()
	path := filepath.Join(dir, "config.toml")
	if lines != nil {
		writeFile(t, path, strings.Join(lines, "\n"))
	}
	env := func(string) string { return "" }
	c, err := config.Load(path, false, env)
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	from := c.Setup(path, string(example))
	newTheme := func(name string) *widget.Theme { return uitest.Theme(name, "rounded") }
	w := i18n.For(lang, nil)
	d := &testScreen{t: t, words: w, theme: newTheme(c.UI.Theme), dir: dir}
	d.Screen = setup.New(setup.Options{
		Common: widget.Common{Messages: w, Theme: d.theme, Keys: uitest.Keys(w)}, Setup: from,
		ThemeName: c.UI.Theme, NewTheme: newTheme,
		Encryption: c.Ledger.Encryption, LedgerKeyPath: c.Ledger.KeyFile, Home: filepath.Dir(filepath.Dir(dir)),
	})
	d.Driver = uitest.NewDriver(t, d.Screen)
	d.AnyWrap = true
	d.SetSize(80, 20)
	return d
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// press presses keys and returns the last one's command. It fails if a secret is shown.
func (d *testScreen) press(names ...string) tea.Cmd {
	d.t.Helper()
	var cmd tea.Cmd
	for _, name := range names {
		cmd = d.Update(uitest.Key(name))
		d.assertNoSecret()
	}
	return cmd
}

func (d *testScreen) paste(text string) {
	d.t.Helper()
	if d.Update(uitest.Paste(text)) != nil {
		d.t.Error("a paste returns a command")
	}
	d.assertNoSecret()
}

// save presses a key that saves and returns the resulting message.
func (d *testScreen) save(name string) tea.Msg {
	d.t.Helper()
	cmd := d.press(name)
	if cmd == nil {
		d.t.Fatal("nothing is saved")
	}
	msg := cmd()
	if then := d.Update(msg); then != nil {
		msg = then()
	}
	d.assertNoSecret()
	return msg
}

func (d *testScreen) assertNoSecret() {
	d.t.Helper()
	for _, part := range []string{appKey[:4], appKey[len(appKey)-4:], openID[len(openID)-4:]} {
		if strings.Contains(d.Shown(), part) {
			d.t.Fatalf("a secret is shown:\n%s", d.Shown())
		}
	}
}

// assertFile fails unless a file has this text and is private.
func (d *testScreen) assertFile(name, want string) {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	text, err := os.ReadFile(path)
	if err != nil || string(text) != want {
		d.t.Errorf("%s: %q, %v", name, text, err)
		return
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		d.t.Errorf("%s: %v", name, info.Mode())
	}
}

// files returns the names in the folder.
func (d *testScreen) files() string {
	entries, _ := os.ReadDir(d.dir)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}
