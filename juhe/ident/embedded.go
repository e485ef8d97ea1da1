package ident

import (
	"time"

	"fourfactor/juhe"
)

// embeddedIDKind returns the kind of a valid USCC or person's ID number within a text,
// such as a whole row that was put into one field, or KindNone.
func embeddedIDKind(f juhe.Factor, text string, today time.Time) (kind Kind) {
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
			if k := misplacedIDKind(f, number, today); k != KindNone {
				kind = k
			}
		}
		start = -1
	}
	return kind
}

// misplacedIDKind returns the kind of a valid USCC or 18-digit personal ID number that does
// not belong in field f. It returns KindNone for any other value.
func misplacedIDKind(f juhe.Factor, value string, today time.Time) Kind {
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
