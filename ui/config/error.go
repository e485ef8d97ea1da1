package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Problem says what is wrong with a file, a key or a value.
type Problem string

const (
	ProblemUnknown  Problem = "unknown_key"
	ProblemValue    Problem = "bad_value"
	ProblemType     Problem = "bad_type"
	ProblemSyntax   Problem = "syntax"
	ProblemConflict Problem = "conflict"
	ProblemNeeded   Problem = "needed" // not set, and another key asks for it
	ProblemUnused   Problem = "unused" // set, and nothing would come of it
	ProblemTaken    Problem = "taken"  // a key of the console that another action has
	ProblemKey      Problem = "no_key" // an action without a key that it can do with
	ProblemText     Problem = "text"   // a character where it is text
	ProblemRead     Problem = "unreadable"
)

// Problems lists every Problem there is.
func Problems() []Problem {
	return []Problem{
		ProblemUnknown, ProblemValue, ProblemType, ProblemSyntax,
		ProblemConflict, ProblemNeeded, ProblemUnused, ProblemTaken, ProblemKey, ProblemText, ProblemRead,
	}
}

// Error is what is wrong, and where. No field ever holds a secret or anything
// that was written in the place of one. Key and Value are safe to print: they
// are short and have no control characters.
type Error struct {
	File    string  // the file, or the environment variable or program that a value came from
	Line    int     // from 1; 0 if there is none
	Column  int     // in characters, from 1; 0 if there is none
	Key     string  // dotted, "juhe.timeout"; empty if the problem is not about a key
	Problem Problem // one of Problems
	Value   string  // ProblemValue: what was written, empty if that is private; ProblemType: the TOML type found; ProblemTaken, ProblemText: the key
	Nearest string  // ProblemUnknown: the key that may be meant, dotted if it is of another table; ProblemValue: the word
	Allowed string  // ProblemValue: what fits, "post | get", "1s…10m"; ProblemType: the TOML type that fits
	Other   string  // ProblemConflict: the other key, or Key again if it stands twice; ProblemRead: the reason, as the system words it;
	//                 ProblemNeeded, ProblemUnused: what Key goes with, `ledger.encryption = "command"`;
	//                 ProblemTaken: the other action

	cause error
}

// Error says it in one English line.
func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.text())
	}
	return e.File + ": " + e.text()
}

// Unwrap gives the cause, such as [fs.ErrNotExist], [ErrMissing] or a context's error.
func (e *Error) Unwrap() error { return e.cause }

func (e *Error) text() string {
	switch e.Problem {
	case ProblemUnknown:
		return fmt.Sprintf("unknown key %q", e.Key) + e.hint()
	case ProblemValue:
		return e.about() + "bad value" + after(" ", quoted(e.Value)) + e.hint() + after("; allowed: ", e.Allowed)
	case ProblemType:
		return e.about() + "has the wrong type" + after(": ", e.Value) + after("; allowed: ", e.Allowed)
	case ProblemSyntax:
		return "this is not TOML" + after(", near ", quoted(e.Key))
	case ProblemConflict:
		return e.conflict()
	case ProblemNeeded:
		return e.about() + "not set, but needed for " + e.Other
	case ProblemUnused:
		return e.about() + "does nothing without " + e.Other
	case ProblemTaken:
		return e.about() + quoted(e.Value) + " is the key of " + e.Other + " too"
	case ProblemKey:
		return e.about() + "needs a key that is no character"
	case ProblemText:
		return e.about() + quoted(e.Value) + " is text there"
	default:
		return e.about() + "cannot be read" + after(": ", e.Other)
	}
}

func (e *Error) conflict() string {
	if e.Key == e.Other {
		return fmt.Sprintf("%q stands twice", e.Key)
	}
	return fmt.Sprintf("%q and %q are both set", e.Other, e.Key)
}

func (e *Error) about() string {
	if e.Key == "" {
		return ""
	}
	return quoted(e.Key) + ": "
}

func (e *Error) hint() string {
	if e.Nearest == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", e.Nearest)
}

// quoted is text in quotes, or nothing if there is no text.
func quoted(text string) string {
	if text == "" {
		return ""
	}
	return fmt.Sprintf("%q", text)
}

// after is text behind lead, or nothing if there is no text.
func after(lead, text string) string {
	if text == "" {
		return ""
	}
	return lead + text
}

// shown is text cut to 80 characters, with � for what does not print.
func shown(text string) string {
	const most = 80
	runes := []rune(text)
	if len(runes) > most {
		runes = append(slices.Clone(runes[:most-1]), '…')
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, string(runes))
}
