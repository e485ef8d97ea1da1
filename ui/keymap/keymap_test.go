package keymap_test

import (
	"slices"
	"strings"
	"testing"

	"fourfactor/ui/keymap"
)

// TestDefaults: the default table has no fault.
func TestDefaults(t *testing.T) {
	t.Parallel()
	if fault := keymap.Check(keymap.Defaults()); fault != nil {
		t.Errorf("%+v", *fault)
	}
}

// TestTable: each action occurs once, with existing keys.
func TestTable(t *testing.T) {
	t.Parallel()
	seen := map[keymap.Action]bool{}
	for _, line := range keymap.Defaults() {
		if seen[line.Action] || len(line.Keys) == 0 {
			t.Errorf("%s with %v", line.Action, line.Keys)
		}
		seen[line.Action] = true
		for _, key := range line.Keys {
			if !keymap.IsKey(key) {
				t.Errorf("%s has %q, which no terminal sends", line.Action, key)
			}
		}
	}
}

// TestNoFunctionKeyAlone: every action on a function key has a second key, for
// terminals that intercept function keys.
func TestNoFunctionKeyAlone(t *testing.T) {
	t.Parallel()
	for _, line := range keymap.Defaults() {
		if k := line.Keys[0]; len(k) == 2 && k[0] == 'f' && len(line.Keys) < 2 {
			t.Errorf("%s has %s alone", line.Action, k)
		}
	}
}

// TestInputMethod: every action has a key that a Chinese input method passes on. It
// intercepts letters, with Shift too, but not punctuation, control keys, or Alt and a
// letter.
func TestInputMethod(t *testing.T) {
	t.Parallel()
	for _, line := range keymap.Defaults() {
		through := func(key string) bool { return len(key) > 1 || strings.Contains("/?+-=", key) }
		if !slices.ContainsFunc(line.Keys, through) {
			t.Errorf("%s has %v alone", line.Action, line.Keys)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	with := func(action keymap.Action, names ...string) []keymap.Entry {
		lines := keymap.Defaults()
		at := slices.IndexFunc(lines, func(l keymap.Entry) bool { return l.Action == action })
		lines[at].Keys = names
		return lines
	}
	for name, test := range map[string]struct {
		lines []keymap.Entry
		want  keymap.Fault // zero for a valid table
	}{
		"another key":                   {with(keymap.Send, "f9", "ctrl+d"), keymap.Fault{}},
		"the key of another screen":     {with(keymap.Edit, "d", "alt+d"), keymap.Fault{}},
		"vi's keys in lists":            {with(keymap.Down, "down", "ctrl+j"), keymap.Fault{}},
		"twice of its own":              {with(keymap.Send, "f9", "f9"), keymap.Fault{}},
		"the key of the same screen":    {with(keymap.Clear, "ctrl+t"), keymap.Fault{keymap.Clear, "ctrl+t", keymap.Endpoint}},
		"a key that works anywhere":     {with(keymap.Send, "f1"), keymap.Fault{keymap.Send, "f1", keymap.Help}},
		"a key of every list":           {with(keymap.Raw, "pgup"), keymap.Fault{keymap.PageUp, "pgup", keymap.Raw}},
		"a character for the form":      {with(keymap.Send, "f9", "s"), keymap.Fault{keymap.Send, "s", ""}},
		"a character for a field":       {with(keymap.Accept, "enter", "。"), keymap.Fault{keymap.Accept, "。", ""}},
		"a character for the setup":     {with(keymap.OptionRight, "right", " "), keymap.Fault{keymap.OptionRight, " ", ""}},
		"the key of the same setup":     {with(keymap.StartDemo, "ctrl+s"), keymap.Fault{keymap.StartDemo, "ctrl+s", keymap.Save}},
		"only a character for anywhere": {with(keymap.Help, "?"), keymap.Fault{Action: keymap.Help}},
		"left on the columns page":      {with(keymap.Endpoint, "left"), keymap.Fault{keymap.ColumnLeft, "left", keymap.Endpoint}},
		"accept on the columns page":    {with(keymap.Accept, "right"), keymap.Fault{keymap.Accept, "right", keymap.ColumnRight}},
		"no, and accept":                {with(keymap.No, "enter"), keymap.Fault{keymap.No, "enter", keymap.Accept}},
		"yes, and send":                 {with(keymap.Yes, "f5"), keymap.Fault{keymap.Yes, "f5", keymap.Send}},
		"yes, and delete":               {with(keymap.Yes, "d"), keymap.Fault{keymap.Yes, "d", keymap.Delete}},
		"yes on another screen's key":   {with(keymap.Yes, "ctrl+l"), keymap.Fault{keymap.Yes, "ctrl+l", keymap.Clear}},
		"yes, where no was":             {swapped(), keymap.Fault{keymap.Yes, "n", keymap.New}},
		"none":                          {with(keymap.Quit), keymap.Fault{Action: keymap.Quit}},
		"none for a screen":             {with(keymap.Edit), keymap.Fault{Action: keymap.Edit}},
	} {
		var got keymap.Fault
		if fault := keymap.Check(test.lines); fault != nil {
			got = *fault
		}
		if got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

// swapped returns a table in which y means no and n means yes.
func swapped() []keymap.Entry {
	lines := keymap.Defaults()
	for i := range lines {
		switch lines[i].Action {
		case keymap.Yes:
			lines[i].Keys = []string{"n"}
		case keymap.No:
			lines[i].Keys = []string{"y"}
		}
	}
	return lines
}

func TestIsKey(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"f5": true, "ctrl+s": true, "alt+x": true, "alt+enter": true, "?": true, "中": true, "shift+tab": true, "ctrl+shift+up": true,
		"": false, "F5": false, "ctrl+i": false, "ctrl+m": false, "ctrl+S": false, "shift+enter": false, "ctrl+enter": false, "f21": false,
		"？": false, "、": false, "\u0301": false, " ": true, "alt+": false, "cmd+s": false, "space": false, "\x1b": false, "alt+alt+x": false,
	} {
		if keymap.IsKey(name) != want {
			t.Errorf("IsKey(%q) = %t", name, !want)
		}
	}
}
