package setup_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"fourfactor/ui/setup"
	"fourfactor/ui/widget"
)

// TestReplaces: with a key the screen replaces what is typed, keeps the old files
// beside it, and leaves everything else as it is.
func TestReplaces(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name        string
		key, openid string // typed
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
			write(t, filepath.Join(dir, "key"), "old-key\n")
			write(t, filepath.Join(dir, "openid"), "old-openid\n")
			d := newDeskIn(t, dir, "zh")
			d.shows(d.words.Setup.Unchanged)
			for _, text := range []string{"old-key", "old-openid", d.words.Setup.Lang} {
				d.hides(text)
			}
			if test.key != "" {
				d.press(test.key)
			}
			d.press("tab")
			if test.openid != "" {
				d.press(test.openid)
			}
			if msg := d.save("ctrl+s"); msg != (setup.DoneMsg{Replaced: true}) {
				t.Errorf("%+v", msg)
			}
			if d.files() != test.files {
				t.Errorf("got %s, want %s", d.files(), test.files)
			}
			for name, want := range test.holds {
				d.holds(name, want)
			}
		})
	}
}

// TestReplacesNothing: what is left empty is no new key.
func TestReplacesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "fourfactor")
	write(t, filepath.Join(dir, "key"), "old-key\n")
	d := newDeskIn(t, dir, "zh")
	if msg := d.press("ctrl+s")(); msg != (widget.StatusMsg{Severity: widget.Warn, Text: d.words.Setup.NothingNew}) {
		t.Errorf("%+v", msg)
	}
	if d.press("ctrl+d") != nil {
		t.Error("the demo starts in place of the console with the key")
	}
	d.holds("key", "old-key\n")
	if d.files() != "key" {
		t.Error(d.files())
	}
}

// TestReplacesThere: a secret that comes from elsewhere is replaced there, and
// the other one here.
func TestReplacesThere(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "fourfactor")
	d := newDeskIn(t, dir, "zh", "[juhe]", `key_command = ["pass", "juhe"]`)
	d.shows(fmt.Sprintf(d.words.Setup.SetThere, "command"))
	if d.ReadOnlyReason() != "" {
		t.Error(d.ReadOnlyReason())
	}
	d.press(openID)
	if msg := d.save("ctrl+s"); msg != (setup.DoneMsg{Replaced: true}) {
		t.Errorf("%+v", msg)
	}
	d.holds("openid", openID+"\n")
	d = newDeskIn(t, dir, "zh", "[juhe]", `key_command = ["pass", "juhe"]`, `openid = "x"`)
	if d.ReadOnlyReason() == "" {
		t.Error("neither can be replaced, and nothing says so")
	}
}
