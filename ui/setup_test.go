package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/config"
	"fourfactor/ui/form"
	"fourfactor/ui/i18n"
	"fourfactor/ui/setup"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// setup returns a setup screen that cannot save.
func (c console) setup(w *i18n.Messages, theme *widget.Theme, keys widget.Keys) *setup.Screen {
	blocked := filepath.Join(c.dir, "blocked") // a file where a folder is needed
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		c.t.Fatal(err)
	}
	return setup.New(setup.Options{
		Common: widget.Common{Messages: w, Theme: theme, Keys: keys}, ThemeName: "dark",
		NewTheme: func(string) *widget.Theme { return theme },
		Setup: &config.Setup{
			NoKey: true, KeyPath: filepath.Join(blocked, "key"), OpenidPath: filepath.Join(blocked, "openid"),
			ConfigPath: filepath.Join(c.dir, "config.toml"), ConfigExists: true,
		},
		Encryption: "keyfile", LedgerKeyPath: filepath.Join(c.dir, "ledger.key"), Home: c.dir,
	})
}

// TestSetupFirst: without a key the setup is active. Its input stays while other
// screens are opened and the window is resized. The form says that there is no key.
func TestSetupFirst(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		c := newConsole(t, consoleOptions{lang: lang, noKey: true})
		c.Until(c.Init(), func() bool { return strings.Contains(c.Shown(), "0") })
		c.assertActive(c.words.Setup.Title)
		c.AssertHides(c.words.Form.NoKey)
		c.update(uitest.Paste("0123-key"))
		c.press("tab", "?")
		c.assertActive(c.words.Setup.Title)
		for _, there := range []struct{ key, title string }{
			{"f1", c.words.App.HelpTitle},
			{"f3", c.words.History.Title},
			{"f4", c.words.Batch.Title},
			{"f2", c.words.App.FormTitle},
			{"esc", c.words.App.FormTitle},
		} {
			cmd := c.press(there.key)
			c.assertActive(there.title)
			if there.title == c.words.App.FormTitle {
				c.Until(cmd, func() bool { return !strings.Contains(c.Shown(), c.words.Form.Today[:3]) })
				c.AssertShows(c.words.Form.NoKey)
			}
			c.resize(60, 20)
			switch there.key {
			case "f1":
				c.press("esc")
			case "f3", "f4": // these return to the form, which returns to the setup
				c.press("esc")
				c.update(uitest.Await[form.SetupMsg](t, c.press("esc")))
			default:
				c.update(uitest.Await[form.SetupMsg](t, c.press("esc")))
			}
			c.assertActive(c.words.Setup.Title)
			c.AssertShows("••••••••")
			c.resize(80, 24)
		}
		c.AssertHides("0123")
	}
}

// TestSetupIsPrivate: its input appears on no other screen, and it takes nothing from
// the clipboard.
func TestSetupIsPrivate(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh", noKey: true})
	c.press("0123-key")
	if c.press("ctrl+v") != nil {
		t.Error("the clipboard comes to every screen")
	}
	for _, key := range []string{"f2", "f3", "f4", "f1"} {
		c.press(key)
		c.AssertHides("0123")
	}
}

// TestSetupRestarts: the console ends and returns how to restart, unless the operator
// quits.
func TestSetupRestarts(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh", noKey: true})
	quit := c.update(c.press("ctrl+d")())
	if _, ok := quit().(tea.QuitMsg); !ok || c.Restart() == nil || !c.Restart().Demo {
		t.Errorf("%+v", c.Restart())
	}

	c = newConsole(t, consoleOptions{lang: "zh", noKey: true})
	if _, ok := c.press("ctrl+c")().(tea.QuitMsg); !ok || c.Restart() != nil {
		t.Errorf("%+v", c.Restart())
	}
}

// TestSetupWaits: a lookup in progress is awaited, and its record is not lost.
func TestSetupWaits(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.fill(queryNamed(caseName("late")))
	runAsync(c.press("f5"))
	<-c.arrived
	if !isQuit(c.update(setup.DoneMsg{})) {
		t.Fatal("it does not quit")
	}
	c.await(t.Context())
	if left := c.UnfinishedLookup(); left == nil || left.Record.Query.Factors[juhe.Entname] != caseName("late") || c.Restart() == nil {
		t.Errorf("%+v", left)
	}
}
