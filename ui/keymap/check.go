package keymap

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe/ident"
)

// Fault describes why a key table cannot be used.
type Fault struct {
	Action Action
	Key    string // empty if the action has no usable key
	Other  Action // an action with the same key; empty if the fault is about Action alone
}

// Check returns the first fault of a table, or nil. Two actions that are available at
// the same time must not share a key. A character is not a key where text is typed,
// and an action that works everywhere needs another key besides characters.
func Check(lines []Entry) *Fault {
	for _, line := range lines {
		for _, key := range line.Keys {
			if isCharacter(key) && (line.Context == Form || line.Context == Setup || line.Context == Input) {
				return &Fault{Action: line.Action, Key: key}
			}
		}
		if !slices.ContainsFunc(line.Keys, func(key string) bool {
			return !isCharacter(key) || line.Context != Anywhere && line.Context != OutsideForm
		}) {
			return &Fault{Action: line.Action}
		}
	}
	return clash(lines)
}

// clash returns a fault if two actions that are available at the same time share a
// key.
func clash(lines []Entry) *Fault {
	for _, inSet := range contextSets() {
		taken := map[string]Action{}
		for _, line := range lines {
			if !inSet(line) {
				continue
			}
			for _, key := range line.Keys {
				if other, ok := taken[key]; ok && other != line.Action {
					return &Fault{line.Action, key, other}
				}
				taken[key] = line.Action
			}
		}
	}
	return yesConflict(lines)
}

// contextSets returns one predicate for each set of actions that are available at the
// same time: those of a screen with the global ones, and those of the two batch pages
// that borrow actions of other screens.
func contextSets() []func(Entry) bool {
	of := func(places ...Context) func(Entry) bool {
		return func(line Entry) bool { return line.Context == Anywhere || slices.Contains(places, line.Context) }
	}
	columns := []Action{Send, Next, Previous, Endpoint, Regstatus, ColumnLeft, ColumnRight, HeaderDown, HeaderUp, Accept}
	return []func(Entry) bool{
		of(Form), of(OutsideForm, Setup), of(OutsideForm, List, Result), of(OutsideForm, List, History), of(OutsideForm, List, Batch),
		of(OutsideForm, List, Input), of(OutsideForm, List, Question),
		func(line Entry) bool { return of(OutsideForm)(line) || slices.Contains(columns, line.Action) },
		func(line Entry) bool { return of(Question)(line) || line.Action == Accept },
	}
}

// yesConflict returns a fault if another action shares a key with Yes: a key that is
// held down or pressed twice must never confirm a question. The default keys of No
// count as well.
func yesConflict(lines []Entry) *Fault {
	i := slices.IndexFunc(lines, func(line Entry) bool { return line.Action == Yes })
	if i < 0 {
		return nil
	}
	defaultNo := slices.DeleteFunc(Defaults(), func(line Entry) bool { return line.Action != No })
	for _, line := range slices.Concat(lines, defaultNo) {
		for _, key := range line.Keys {
			if line.Action != Yes && slices.Contains(lines[i].Keys, key) {
				return &Fault{Yes, key, line.Action}
			}
		}
	}
	return nil
}

// isCharacter reports whether a key could be text.
func isCharacter(key string) bool { return utf8.RuneCountInString(key) == 1 }

// IsKey reports whether a terminal can send a key of this name.
func IsKey(name string) bool {
	name = strings.TrimPrefix(name, "alt+")
	if isCharacter(name) {
		r, _ := utf8.DecodeRuneInString(name)
		return unicode.IsPrint(r) && !unicode.IsMark(r) && r != utf8.RuneError && ASCIIKey(r) == r
	}
	return slices.Contains(KeyNames(), name)
}

// ASCIIKey returns the ASCII key for a character that an active input method sends for
// it: a full-width form, or 、 for /. It returns r for any other character.
func ASCIIKey(r rune) rune {
	if r == '、' {
		return '/'
	}
	return ident.HalfWidth(r)
}

// KeyNames returns the keys that are not characters, in Bubble Tea's names. Each of
// them and each character may be prefixed with alt+. Terminals send the same bytes for
// Tab and Ctrl+I, Enter and Ctrl+M, Esc and Ctrl+[, so those have one name.
func KeyNames() []string {
	names := []string{
		"tab", "enter", "esc", "backspace", "delete", "insert", "shift+tab",
		"ctrl+@", "ctrl+\\", "ctrl+]", "ctrl+^", "ctrl+_",
	}
	for r := 'a'; r <= 'z'; r++ {
		if r != 'i' && r != 'm' {
			names = append(names, "ctrl+"+string(r))
		}
	}
	for _, end := range []string{"up", "down", "left", "right", "home", "end"} {
		names = append(names, end, "shift+"+end, "ctrl+"+end, "ctrl+shift+"+end)
	}
	names = append(names, "pgup", "pgdown", "ctrl+pgup", "ctrl+pgdown")
	for _, f := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"} {
		names = append(names, "f"+f)
	}
	return names
}

// Canonical returns the name in KeyNames that an alternative name stands for, or "".
func Canonical(name string) string {
	return map[string]string{
		"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc", "return": "enter", "escape": "esc",
		"pageup": "pgup", "pagedown": "pgdown", "del": "delete", "ins": "insert", "space": " ",
	}[strings.ToLower(name)]
}
