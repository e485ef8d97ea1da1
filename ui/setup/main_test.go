package setup_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"

	"fourfactor/ui/config"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/setup"
	"fourfactor/ui/widget"
)

// TestMain measures as main.go does.
func TestMain(m *testing.M) {
	runewidth.DefaultCondition.EastAsianWidth = false
	os.Exit(m.Run())
}

// The secrets of the tests, which must be nowhere but in their files.
const (
	appKey = "0123456789abcdef-app-key"
	openID = "JH0123456789-open-id"
)

// desk is a setup with a real folder behind it.
type desk struct {
	*setup.Screen
	t     *testing.T
	words *i18n.Text
	theme *widget.Theme
	dir   string // of config.toml
}

// newDesk has a config of these lines, or none.
func newDesk(t *testing.T, lang string, lines ...string) *desk {
	t.Helper()
	return newDeskIn(t, filepath.Join(t.TempDir(), ".config", "fourfactor"), lang, lines...)
}

func newDeskIn(t *testing.T, dir, lang string, lines ...string) *desk {
	t.Helper()
	path := filepath.Join(dir, "config.toml")
	if lines != nil {
		write(t, path, strings.Join(lines, "\n"))
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
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(0) // termenv.TrueColor
	themed := func(name string) *widget.Theme { return widget.NewTheme(renderer, "", name, "rounded") }
	w := i18n.For(lang, nil)
	d := &desk{t: t, words: w, theme: themed(c.UI.Theme), dir: dir}
	d.Screen = setup.New(setup.Options{
		Words: w, Theme: d.theme, Keys: widget.NewKeys(w, keymap.Defaults()), Secrets: from,
		ThemeName: c.UI.Theme, NewTheme: themed,
		Replace: !from.NoKey,
		KeyPath: from.Key, KeySource: from.KeyFrom, OpenidPath: from.Openid, OpenidSource: from.OpenidFrom,
		ConfigPath: from.Config, ConfigExists: from.HasConfig,
		Encryption: c.Ledger.Encryption, LedgerKeyPath: c.Ledger.KeyFile, Home: filepath.Dir(filepath.Dir(dir)),
	})
	d.SetSize(80, 20)
	return d
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// press presses keys, by Bubble Tea's names, or else as text, and gives the last
// one's command. Nothing of the secrets is ever drawn.
func (d *desk) press(names ...string) tea.Cmd {
	d.t.Helper()
	var cmd tea.Cmd
	for _, name := range names {
		cmd = d.Update(key(name))
		d.secret()
	}
	return cmd
}

func (d *desk) paste(text string) {
	d.t.Helper()
	if d.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}) != nil {
		d.t.Error("a paste does more than being taken")
	}
	d.secret()
}

func key(name string) tea.KeyMsg {
	for k := tea.KeyType(-100); k < 128; k++ {
		if msg := (tea.KeyMsg{Type: k}); k != tea.KeyRunes && msg.String() == name {
			return msg
		}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// save follows saving to its end.
func (d *desk) save(name string) tea.Msg {
	d.t.Helper()
	cmd := d.press(name)
	if cmd == nil {
		d.t.Fatal("nothing is saved")
	}
	msg := cmd()
	if then := d.Update(msg); then != nil {
		msg = then()
	}
	d.secret()
	return msg
}

func (d *desk) secret() {
	d.t.Helper()
	for _, part := range []string{appKey[:4], appKey[len(appKey)-4:], openID[len(openID)-4:]} {
		if strings.Contains(ansi.Strip(d.View()), part) {
			d.t.Fatalf("a secret is drawn:\n%s", ansi.Strip(d.View()))
		}
	}
}

// shows fails unless a text is drawn, on however many lines.
func (d *desk) shows(text string) {
	d.t.Helper()
	if !strings.Contains(packed(ansi.Strip(d.View())), packed(text)) {
		d.t.Errorf("%q is not shown:\n%s", text, ansi.Strip(d.View()))
	}
}

func (d *desk) hides(text string) {
	d.t.Helper()
	if strings.Contains(packed(ansi.Strip(d.View())), packed(text)) {
		d.t.Errorf("%q is shown:\n%s", text, ansi.Strip(d.View()))
	}
}

func packed(text string) string { return strings.Join(strings.Fields(text), "") }

// holds fails unless a file has this text, for one person alone.
func (d *desk) holds(name, want string) {
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

// files lists what is in the folder.
func (d *desk) files() string {
	entries, _ := os.ReadDir(d.dir)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}
