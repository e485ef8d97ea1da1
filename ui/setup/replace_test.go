package setup_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"fourfactor/ui/setup"
	"fourfactor/ui/widget"
)

// TestReplaces: if a key exists, the screen replaces what was entered, keeps the old
// files as backups, and changes nothing else.
func TestReplaces(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name        string
		key, openid string // entered
		files       string
		holds       map[string]string
	}{
		{"key", appKey, "", "key key.old openid", map[string]string{"key": appKey + "\n", "key.old": "old-key\n", "openid": "old-openid\n"}},
		{"openid", "", openID, "key openid openid.old", map[string]string{"key": "old-key\n", "openid": openID + "\n", "openid.old": "old-openid\n"}},
		{"both", appKey, openID, "key key.old openid openid.old", map[string]string{"key": appKey + "\n", "openid": openID + "\n"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "fourfactor")
			writeFile(t, filepath.Join(dir, "key"), "old-key\n")
			writeFile(t, filepath.Join(dir, "openid"), "old-openid\n")
			d := newScreenIn(t, dir, "zh")
			d.AssertShows(d.words.Setup.Unchanged)
			for _, text := range []string{"old-key", "old-openid", d.words.Setup.Lang} {
				d.AssertHides(text)
			}
			if test.key != "" {
				d.press(test.key)
			}
			d.press("tab")
			if test.openid != "" {
				d.press(test.openid)
			}
			if msg := d.save("ctrl+s"); msg != (setup.DoneMsg{Replaced: true}) {
				t.Errorf("got %+v", msg)
			}
			if d.files() != test.files {
				t.Errorf("got %s, want %s", d.files(), test.files)
			}
			for name, want := range test.holds {
				d.assertFile(name, want)
			}
		})
	}
}

// TestReplacesNothing: an empty field keeps the old secret.
func TestReplacesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "fourfactor")
	writeFile(t, filepath.Join(dir, "key"), "old-key\n")
	d := newScreenIn(t, dir, "zh")
	if msg := d.press("ctrl+s")(); msg != (widget.StatusMsg{Severity: widget.Warn, Text: d.words.Setup.NothingNew}) {
		t.Errorf("got %+v", msg)
	}
	if d.press("ctrl+d") != nil {
		t.Error("the demo starts in place of the console with the key")
	}
	d.assertFile("key", "old-key\n")
	if d.files() != "key" {
		t.Errorf("got files %s", d.files())
	}
}

// TestReplacesThere: a secret from another source is not replaced here, but the other
// secret can be.
func TestReplacesThere(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "fourfactor")
	d := newScreenIn(t, dir, "zh", "[juhe]", `key_command = ["pass", "juhe"]`)
	d.AssertShows(fmt.Sprintf(d.words.Setup.ReplaceThere, "command"))
	if d.ReadOnlyReason() != "" {
		t.Error(d.ReadOnlyReason())
	}
	d.press(openID)
	if msg := d.save("ctrl+s"); msg != (setup.DoneMsg{Replaced: true}) {
		t.Errorf("got %+v", msg)
	}
	d.assertFile("openid", openID+"\n")
	d = newScreenIn(t, dir, "zh", "[juhe]", `key_command = ["pass", "juhe"]`, `openid = "x"`)
	if d.ReadOnlyReason() == "" {
		t.Error("neither can be replaced, and nothing says so")
	}
}
