package ident

import (
	"time"

	"fourfactor/juhe"
)

// embeddedID returns the kind of a right USCC or personal number inside of a text, as
// when a whole row was put into one field.
func embeddedID(f juhe.Factor, text string, today time.Time) (kind Kind) {
	start := -1
	for end := 0; end <= len(text); end++ {
		if end < len(text) && (isDigit(text[end]) || isCapital(text[end]&^0x20)) {
			if start < 0 {
				start = end
			}
			continue
		}
		if start >= 0 {
			number, _ := Normalize(juhe.Idcard, text[start:end])
			if of := foreignID(f, number, today); of != KindNone {
				kind = of
			}
		}
		start = -1
	}
	return kind
}

// foreignID returns the kind of a right USCC or 18-digit personal number that
// stands in field f where only the other, or neither, belongs; else KindNone.
func foreignID(f juhe.Factor, value string, today time.Time) Kind {
	if len(value) != 18 || !isAlnum(value) {
		return KindNone
	}
	if f != juhe.Entmark && usccFaults(value) == nil {
		return KindUSCC
	}
	if f != juhe.Idcard {
		if kind := residentKind(value); residentFault(kind, value, today) == "" {
			return kind
		}
	}
	return KindNone
}
