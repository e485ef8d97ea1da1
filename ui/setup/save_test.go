package setup_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/config"
	"fourfactor/ui/setup"
	"fourfactor/ui/widget"
)

// TestSaves: a pasted key goes into its file, for one person alone, and nothing
// else is made.
func TestSaves(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{
		"Enter to the end": {"enter", "enter", "enter", "enter"},
		"Ctrl+S":           {"ctrl+s"},
		"F5":               {"f5"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, "zh")
			d.paste("\r\n " + appKey + "\n")
			d.shows(strings.Repeat("•", len(appKey)) + " ")
			d.press(keys[:len(keys)-1]...)
			if msg := d.save(keys[len(keys)-1]); msg != (setup.DoneMsg{}) {
				t.Errorf("%+v", msg)
			}
			d.holds("key", appKey+"\n")
			if d.files() != "key" {
				t.Error(d.files())
			}
			if info, err := os.Stat(d.dir); err != nil || info.Mode().Perm() != 0o700 {
				t.Error(info, err)
			}
			d.hides("•")
		})
	}
}

// TestSavesAll: the openid too, and what was chosen in a new config.
func TestSavesAll(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "zh")
	d.press(appKey)
	d.press("tab", openID, "down", "right", "down", "left", "left")
	d.shows("[English]")
	d.shows(`language = "en"`)
	d.shows(`[ui] theme = "light"`)
	if msg := d.save("enter"); msg != (setup.DoneMsg{Language: "en", Theme: "light"}) {
		t.Errorf("%+v", msg)
	}
	d.holds("key", appKey+"\n")
	d.holds("openid", openID+"\n")
	if d.files() != "config.toml key openid" {
		t.Error(d.files())
	}
	path := filepath.Join(d.dir, "config.toml")
	c, err := config.Load(path, true, func(string) string { return "" })
	if err != nil || c.Language != "en" || c.UI.Theme != "light" {
		t.Fatalf("%+v, %v", c, err)
	}
	if c.Setup(path, "").NoKey {
		t.Error("with a key there is nothing to set up")
	}
	for secret, want := range map[config.Secret]string{c.Juhe.Key: appKey, c.Juhe.Openid: openID} {
		if got, err := secret.Get(t.Context()); got != want || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
}

// TestKeepsConfig: a config that is there is not touched, but the lines to put
// into it are shown; a file that it names for the key is made.
func TestKeepsConfig(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "zh", "# mine", "[juhe]", "key_file = 'deep/mine'", "openid = 'set'")
	d.shows(fmt.Sprintf(d.words.Setup.OpenidSet, "config"))
	d.paste(appKey)
	d.shows("~/.config/fourfactor/deep/mine")
	d.press("tab", "tab", "right")
	d.shows(fmt.Sprintf(d.words.Setup.ConfigKept, "~/.config/fourfactor/config.toml", `[ui] theme = "dark"`))
	if msg := d.save("f5"); msg != (setup.DoneMsg{Theme: "dark"}) {
		t.Errorf("%+v", msg)
	}
	d.holds("deep/mine", appKey+"\n")
	d.holds("config.toml", "# mine\n[juhe]\nkey_file = 'deep/mine'\nopenid = 'set'")
}

// TestNeverOverwrites: a file that has come meanwhile stays, and so does what
// was typed, until the file is moved away.
func TestNeverOverwrites(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		d := newDesk(t, lang)
		d.paste(appKey)
		d.press("tab")
		d.paste(openID)
		write(t, filepath.Join(d.dir, "key"), "another")
		d.save("ctrl+s")
		d.shows(fmt.Sprintf(d.words.Setup.Exists, "~/.config/fourfactor/key", "F5"))
		d.holds("key", "another")
		if d.files() != "key" {
			t.Error(d.files())
		}
		d.press("shift+tab")
		if err := os.Remove(filepath.Join(d.dir, "key")); err != nil {
			t.Fatal(err)
		}
		if msg := d.save("ctrl+s"); msg != (setup.DoneMsg{}) {
			t.Errorf("%+v", msg)
		}
		d.holds("key", appKey+"\n")
		d.holds("openid", openID+"\n")
	}
}

// TestNowhereToSave: the error says what and where, nothing is left behind, and
// it goes on from there.
func TestNowhereToSave(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		file := filepath.Join(t.TempDir(), "file")
		write(t, file, "")
		d := newDesk(t, lang, "juhe.key_file = '"+file+"/key'")
		d.paste(appKey)
		d.press("tab")
		d.paste(openID)
		d.save("ctrl+s")
		d.shows(fmt.Sprintf(d.words.Setup.Failed, file+"/key", d.words.System("not a directory"), "F5"))
		if d.files() != "config.toml" {
			t.Error(d.files())
		}
		d.SetSize(60, 16)
		d.shows(fmt.Sprintf(d.words.Setup.Failed, file+"/key", d.words.System("not a directory"), "F5"))
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if msg := d.save("ctrl+s"); msg != (setup.DoneMsg{}) {
			t.Errorf("%+v", msg)
		}
		if text, err := os.ReadFile(filepath.Join(file, "key")); string(text) != appKey+"\n" || err != nil {
			t.Errorf("%q, %v", text, err)
		}
	}
}

// TestSavesOnce: what is pressed while it is saved begins nothing.
func TestSavesOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "zh")
	d.paste(appKey)
	cmd := d.press("f5")
	for _, name := range []string{"f5", "enter", "ctrl+d", "ctrl+l", "x"} {
		if d.press(name) != nil {
			t.Errorf("%s is taken", name)
		}
	}
	d.shows(d.words.Setup.Saving)
	d.Update(cmd())
	d.holds("key", appKey+"\n")
}

// TestNotSaved: without a key, or with what cannot be one, nothing is made, and
// the row is in front that lacks something.
func TestNotSaved(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "zh")
	w := d.words.Setup
	d.press("tab")
	d.paste(openID)
	said, _ := d.press("f5")().(widget.StatusMsg)
	if said.Text != fmt.Sprintf(w.NoKey, "Ctrl+D") {
		t.Errorf("%+v", said)
	}
	d.press("a b")
	d.shows(fmt.Sprintf(w.Unfit, "Ctrl+L"))
	said, _ = d.press("f5")().(widget.StatusMsg)
	if !strings.Contains(said.Text, w.Key) || said.Severity != widget.Error {
		t.Errorf("%+v", said)
	}
	d.press("ctrl+l")
	d.hides(fmt.Sprintf(w.Unfit, "Ctrl+L"))
	d.press(appKey, "tab", " x")
	said, _ = d.press("f5")().(widget.StatusMsg)
	if !strings.Contains(said.Text, w.Openid) {
		t.Errorf("%+v", said)
	}
	if d.files() != "" {
		t.Error(d.files())
	}
}

// TestDemo: it starts without a key, and takes along what was chosen, but
// nothing that was typed.
func TestDemo(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "zh")
	d.paste(appKey)
	d.press("tab", "tab", " ")
	if msg := d.press("ctrl+d")(); msg != (setup.DoneMsg{Demo: true, Language: "en"}) {
		t.Errorf("%+v", msg)
	}
	if d.files() != "" {
		t.Error(d.files())
	}
	d.hides("•")
}

// TestIgnores: what comes for others does nothing here.
func TestIgnores(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "zh")
	before := d.View()
	for _, msg := range []tea.Msg{widget.StatusMsg{}, setup.DoneMsg{}, "a paste of the clipboard"} {
		if d.Update(msg) != nil || d.View() != before {
			t.Errorf("%+v", msg)
		}
	}
	if d.Init() != nil {
		t.Error("it starts something")
	}
}
