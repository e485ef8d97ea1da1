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

// TestSaves: a pasted key is saved to a private file, and nothing else is written.
func TestSaves(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{
		"Enter to the end": {"enter", "enter", "enter", "enter"},
		"Ctrl+S":           {"ctrl+s"},
		"F5":               {"f5"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newScreen(t, "zh")
			d.paste("\r\n " + appKey + "\n")
			d.AssertShows(strings.Repeat("•", len(appKey)) + " ")
			d.press(keys[:len(keys)-1]...)
			if msg := d.save(keys[len(keys)-1]); msg != (setup.DoneMsg{}) {
				t.Errorf("got %+v", msg)
			}
			d.assertFile("key", appKey+"\n")
			if d.files() != "key" {
				t.Errorf("got files %s", d.files())
			}
			if info, err := os.Stat(d.dir); err != nil || info.Mode().Perm() != 0o700 {
				t.Error(info, err)
			}
			d.AssertHides("•")
		})
	}
}

// TestSavesAll: the openid is saved too, and the choices in a new config.
func TestSavesAll(t *testing.T) {
	t.Parallel()
	d := newScreen(t, "zh")
	d.press(appKey)
	d.press("tab", openID, "down", "right", "down", "left", "left")
	d.AssertShows("[English]")
	d.AssertShows(`language = "en"`)
	d.AssertShows(`[ui] theme = "light"`)
	if msg := d.save("enter"); msg != (setup.DoneMsg{Language: "en", Theme: "light"}) {
		t.Errorf("got %+v", msg)
	}
	d.assertFile("key", appKey+"\n")
	d.assertFile("openid", openID+"\n")
	if d.files() != "config.toml key openid" {
		t.Errorf("got files %s", d.files())
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

// TestKeepsConfig: an existing config is not changed. The screen shows the lines to
// add, and the key is saved to the file that the config names.
func TestKeepsConfig(t *testing.T) {
	t.Parallel()
	d := newScreen(t, "zh", "# mine", "[juhe]", "key_file = 'deep/mine'", "openid = 'set'")
	d.AssertShows(fmt.Sprintf(d.words.Setup.OpenidPresent, "config"))
	d.paste(appKey)
	d.AssertShows("~/.config/fourfactor/deep/mine")
	d.press("tab", "tab", "right")
	d.AssertShows(fmt.Sprintf(d.words.Setup.ConfigUnchanged, "~/.config/fourfactor/config.toml", `[ui] theme = "dark"`))
	if msg := d.save("f5"); msg != (setup.DoneMsg{Theme: "dark"}) {
		t.Errorf("got %+v", msg)
	}
	d.assertFile("deep/mine", appKey+"\n")
	d.assertFile("config.toml", "# mine\n[juhe]\nkey_file = 'deep/mine'\nopenid = 'set'")
}

// TestNeverOverwrites: a file that appeared meanwhile stays, and so does the input,
// until the file is moved away.
func TestNeverOverwrites(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		d := newScreen(t, lang)
		d.paste(appKey)
		d.press("tab")
		d.paste(openID)
		writeFile(t, filepath.Join(d.dir, "key"), "another")
		d.save("ctrl+s")
		d.AssertShows(fmt.Sprintf(d.words.Setup.Exists, "~/.config/fourfactor/key", "F5"))
		d.assertFile("key", "another")
		if d.files() != "key" {
			t.Errorf("got files %s", d.files())
		}
		d.press("shift+tab")
		if err := os.Remove(filepath.Join(d.dir, "key")); err != nil {
			t.Fatal(err)
		}
		if msg := d.save("ctrl+s"); msg != (setup.DoneMsg{}) {
			t.Errorf("got %+v", msg)
		}
		d.assertFile("key", appKey+"\n")
		d.assertFile("openid", openID+"\n")
	}
}

// TestNowhereToSave: the error shows reason and path, nothing is left behind, and
// saving can be repeated.
func TestNowhereToSave(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		file := filepath.Join(t.TempDir(), "file")
		writeFile(t, file, "")
		d := newScreen(t, lang, "juhe.key_file = '"+file+"/key'")
		d.paste(appKey)
		d.press("tab")
		d.paste(openID)
		d.save("ctrl+s")
		d.AssertShows(fmt.Sprintf(d.words.Setup.Failed, file+"/key", d.words.System("not a directory"), "F5"))
		if d.files() != "config.toml" {
			t.Errorf("got files %s", d.files())
		}
		d.SetSize(60, 16)
		d.AssertShows(fmt.Sprintf(d.words.Setup.Failed, file+"/key", d.words.System("not a directory"), "F5"))
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if msg := d.save("ctrl+s"); msg != (setup.DoneMsg{}) {
			t.Errorf("got %+v", msg)
		}
		if text, err := os.ReadFile(filepath.Join(file, "key")); string(text) != appKey+"\n" || err != nil {
			t.Errorf("%q, %v", text, err)
		}
	}
}

// TestSavesOnce: keys have no effect while saving.
func TestSavesOnce(t *testing.T) {
	t.Parallel()
	d := newScreen(t, "zh")
	d.paste(appKey)
	cmd := d.press("f5")
	for _, name := range []string{"f5", "enter", "ctrl+d", "ctrl+l", "x"} {
		if d.press(name) != nil {
			t.Errorf("%s is taken", name)
		}
	}
	d.AssertShows(d.words.Setup.Saving)
	d.Update(cmd())
	d.assertFile("key", appKey+"\n")
}

// TestNotSaved: without a valid key nothing is saved, and the row in question gets the
// focus.
func TestNotSaved(t *testing.T) {
	t.Parallel()
	d := newScreen(t, "zh")
	w := d.words.Setup
	d.press("tab")
	d.paste(openID)
	said, _ := d.press("f5")().(widget.StatusMsg)
	if said.Text != fmt.Sprintf(w.NoKey, "Ctrl+D") {
		t.Errorf("got %+v", said)
	}
	d.press("a b")
	d.AssertShows(fmt.Sprintf(w.InvalidInput, "Ctrl+L"))
	said, _ = d.press("f5")().(widget.StatusMsg)
	if !strings.Contains(said.Text, w.Key) || said.Severity != widget.Error {
		t.Errorf("got %+v", said)
	}
	d.press("ctrl+l")
	d.AssertHides(fmt.Sprintf(w.InvalidInput, "Ctrl+L"))
	d.press(appKey, "tab", " x")
	said, _ = d.press("f5")().(widget.StatusMsg)
	if !strings.Contains(said.Text, w.Openid) {
		t.Errorf("got %+v", said)
	}
	if d.files() != "" {
		t.Errorf("got files %s", d.files())
	}
}

// TestDemo: the demo starts without a key, and takes over the choices but no secret.
func TestDemo(t *testing.T) {
	t.Parallel()
	d := newScreen(t, "zh")
	d.paste(appKey)
	d.press("tab", "tab", " ")
	if msg := d.press("ctrl+d")(); msg != (setup.DoneMsg{Demo: true, Language: "en"}) {
		t.Errorf("got %+v", msg)
	}
	if d.files() != "" {
		t.Errorf("got files %s", d.files())
	}
	d.AssertHides("•")
}

// TestForeignMessages: messages of other screens have no effect.
func TestForeignMessages(t *testing.T) {
	t.Parallel()
	d := newScreen(t, "zh")
	before := d.View()
	for _, msg := range []tea.Msg{widget.StatusMsg{}, setup.DoneMsg{}, "a paste of the clipboard"} {
		if d.Update(msg) != nil || d.View() != before {
			t.Errorf("got %+v", msg)
		}
	}
	if d.Init() != nil {
		t.Error("it starts something")
	}
}
