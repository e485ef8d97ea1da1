package lookup

import (
	"strconv"

	"fourfactor/juhe/ident"
)

// Messages are the texts about lookups in the reader's language.
type Messages interface {
	// Meaning explains how a lookup ended.
	Meaning(Record) string
	Warning(ident.Warning) string
	// Earlier describes a Record's Earlier lookup, which is in progress if it has no
	// outcome. answered reports whether its verdict was reused.
	Earlier(earlier Record, answered bool) string
}

// Code returns the code that decided the outcome: the detail code of a verdict, the
// error_code of a refusal, or 0.
func (r Record) Code() int {
	switch {
	case r.Reply.Code != nil:
		return *r.Reply.Code
	case r.Reply.ErrorCode != nil:
		return *r.Reply.ErrorCode
	}
	return 0
}

// CodeText returns Code in decimal, or "" for 0.
func (r Record) CodeText() string {
	if code := r.Code(); code != 0 {
		return strconv.Itoa(code)
	}
	return ""
}
