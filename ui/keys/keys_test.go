package keys_test

import (
	"slices"
	"strings"
	"testing"

	"fourfactor/ui/keys"
)

// TestDefaults: the default table is a good one.
func TestDefaults(t *testing.T) {
	t.Parallel()
	if fault := keys.Check(keys.Lines()); fault != nil {
		t.Errorf("%+v", *fault)
	}
}

// TestTable: each action stands there once, with keys that there are.
func TestTable(t *testing.T) {
	t.Parallel()
	seen := map[keys.Action]bool{}
	for _, line := range keys.Lines() {
		if seen[line.Action] || len(line.Keys) == 0 {
			t.Errorf("%s with %v", line.Action, line.Keys)
		}
		seen[line.Action] = true
		for _, key := range line.Keys {
			if !keys.Known(key) {
				t.Errorf("%s has %q, which no terminal sends", line.Action, key)
			}
		}
	}
}

// TestNoFunctionKeyAlone: what is on an F-key has a second key, for terminals
// that keep the F-keys for themselves.
func TestNoFunctionKeyAlone(t *testing.T) {
	t.Parallel()
	for _, line := range keys.Lines() {
		if k := line.Keys[0]; len(k) == 2 && k[0] == 'f' && len(line.Keys) < 2 {
			t.Errorf("%s has %s alone", line.Action, k)
		}
	}
}

// TestInputMethod: every action has a key that a Chinese input method lets
// through: it keeps letters to itself, and Shift with them, but not marks,
// control keys, or a letter with Alt.
func TestInputMethod(t *testing.T) {
	t.Parallel()
	for _, line := range keys.Lines() {
		through := func(key string) bool { return len(key) > 1 || strings.Contains("/?+-=", key) }
		if !slices.ContainsFunc(line.Keys, through) {
			t.Errorf("%s has %v alone", line.Action, line.Keys)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	with := func(action keys.Action, names ...string) []keys.Line {
		lines := keys.Lines()
		at := slices.IndexFunc(lines, func(l keys.Line) bool { return l.Action == action })
		lines[at].Keys = names
		return lines
	}
	for name, test := range map[string]struct {
		lines []keys.Line
		want  keys.Fault // zero for a good table
	}{
		"another key":                   {with(keys.Send, "f9", "ctrl+d"), keys.Fault{}},
		"the key of another screen":     {with(keys.Edit, "d", "alt+d"), keys.Fault{}},
		"vi's keys in lists":            {with(keys.Down, "down", "ctrl+j"), keys.Fault{}},
		"twice of its own":              {with(keys.Send, "f9", "f9"), keys.Fault{}},
		"the key of the same screen":    {with(keys.Clear, "ctrl+t"), keys.Fault{keys.Clear, "ctrl+t", keys.Endpoint}},
		"a key that works anywhere":     {with(keys.Send, "f1"), keys.Fault{keys.Send, "f1", keys.Help}},
		"a key of every list":           {with(keys.Raw, "pgup"), keys.Fault{keys.PageUp, "pgup", keys.Raw}},
		"a character for the form":      {with(keys.Send, "f9", "s"), keys.Fault{keys.Send, "s", ""}},
		"a character for a field":       {with(keys.Accept, "enter", "。"), keys.Fault{keys.Accept, "。", ""}},
		"a character for the setup":     {with(keys.OptionRight, "right", " "), keys.Fault{keys.OptionRight, " ", ""}},
		"the key of the same setup":     {with(keys.StartDemo, "ctrl+s"), keys.Fault{keys.StartDemo, "ctrl+s", keys.Save}},
		"only a character for anywhere": {with(keys.Help, "?"), keys.Fault{Action: keys.Help}},
		"left on the columns page":      {with(keys.Endpoint, "left"), keys.Fault{keys.ColumnLeft, "left", keys.Endpoint}},
		"accept on the columns page":    {with(keys.Accept, "right"), keys.Fault{keys.Accept, "right", keys.ColumnRight}},
		"no, and accept":                {with(keys.No, "enter"), keys.Fault{keys.No, "enter", keys.Accept}},
		"yes, and send":                 {with(keys.Yes, "f5"), keys.Fault{keys.Yes, "f5", keys.Send}},
		"yes, and delete":               {with(keys.Yes, "d"), keys.Fault{keys.Yes, "d", keys.Delete}},
		"yes on another screen's key":   {with(keys.Yes, "ctrl+l"), keys.Fault{keys.Yes, "ctrl+l", keys.Clear}},
		"yes, where no was":             {swapped(), keys.Fault{keys.Yes, "n", keys.New}},
		"none":                          {with(keys.Quit), keys.Fault{Action: keys.Quit}},
		"none for a screen":             {with(keys.Edit), keys.Fault{Action: keys.Edit}},
	} {
		var got keys.Fault
		if fault := keys.Check(test.lines); fault != nil {
			got = *fault
		}
		if got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

// swapped is a table in which y means no, and n yes.
func swapped() []keys.Line {
	lines := keys.Lines()
	for i := range lines {
		switch lines[i].Action {
		case keys.Yes:
			lines[i].Keys = []string{"n"}
		case keys.No:
			lines[i].Keys = []string{"y"}
		}
	}
	return lines
}

func TestKnown(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"f5": true, "ctrl+s": true, "alt+x": true, "alt+enter": true, "?": true, "中": true, "shift+tab": true, "ctrl+shift+up": true,
		"": false, "F5": false, "ctrl+i": false, "ctrl+m": false, "ctrl+S": false, "shift+enter": false, "ctrl+enter": false, "f21": false,
		"？": false, "、": false, "\u0301": false, " ": true, "alt+": false, "cmd+s": false, "space": false, "\x1b": false, "alt+alt+x": false,
	} {
		if keys.Known(name) != want {
			t.Errorf("Known(%q) = %t", name, !want)
		}
	}
}
