package ident

import "time"

// misplaced returns the kind of a right USCC or 18-digit personal number that
// stands in field f where only the other, or neither, belongs; else KindNone.
func misplaced(f Field, value string, today time.Time) Kind {
	if len(value) != 18 || !isAlnum(value) {
		return KindNone
	}
	if f != Entmark && usccFaults(value) == nil {
		return KindUSCC
	}
	if f != Idcard {
		if kind := personKind(value); personFault(kind, value, today) == "" {
			return kind
		}
	}
	return KindNone
}
