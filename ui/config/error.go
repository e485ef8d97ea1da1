package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Problem is the kind of an [Error].
type Problem string

const (
	ProblemUnknown  Problem = "unknown_key"
	ProblemValue    Problem = "bad_value"
	ProblemType     Problem = "bad_type"
	ProblemSyntax   Problem = "syntax"
	ProblemConflict Problem = "conflict"
	ProblemNeeded   Problem = "needed" // not set, but required by another key
	ProblemUnused   Problem = "unused" // set, but without effect
	ProblemTaken    Problem = "taken"  // a key of the console that another action uses
	ProblemKey      Problem = "no_key" // an action without a usable key
	ProblemText     Problem = "text"   // a character where text is entered
	ProblemRead     Problem = "unreadable"
)

// Error is an error of the configuration and its place. No field ever holds a
// secret, or a value that stood in place of one. Key and Value are short and have
// no control characters.
type Error struct {
	File    string // the file, or the environment variable or program that a value came from
	Line    int    // from 1; 0 if unknown
	Key     string // dotted: "juhe.timeout"; empty if the problem is not about a key
	Problem Problem
	Value   string // ProblemValue: the value, empty if it is private; ProblemType: the TOML type found; ProblemTaken, ProblemText: the key
	Nearest string // ProblemUnknown: the nearest key, dotted if it is in another table; ProblemValue: the nearest word
	Allowed string // ProblemValue: the allowed values, "post | get", "1s…10m"; ProblemType: the allowed TOML type
	Other   string // ProblemConflict: the other key, or Key again if it is set twice; ProblemRead: the message of the system;
	//                 ProblemNeeded, ProblemUnused: the setting that Key depends on, `ledger.encryption = "command"`;
	//                 ProblemTaken: the other action

	cause error
}

// Error returns what is wrong in one line, for logs. The console and the
// commands word it in their own language.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	b.WriteString(": " + string(e.Problem))
	for _, part := range []struct{ format, value string }{
		{" %q", e.Key}, {" %q", e.Value}, {"; did you mean %q?", e.Nearest}, {"; allowed: %s", e.Allowed}, {"; %s", e.Other},
	} {
		if part.value != "" {
			fmt.Fprintf(&b, part.format, part.value)
		}
	}
	return b.String()
}

// Unwrap returns the cause, such as [fs.ErrNotExist], [ErrMissing] or a context's error.
func (e *Error) Unwrap() error { return e.cause }

// printable returns text cut to 80 characters, with � for characters that do not print.
func printable(text string) string {
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
