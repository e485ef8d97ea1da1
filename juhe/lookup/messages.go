package lookup

import "fourfactor/juhe/ident"

// Messages are the texts about lookups in the reader's language.
type Messages interface {
	// Meaning explains how a lookup ended.
	Meaning(Record) string
	Warning(ident.Warning) string
	// Earlier describes a Record's Earlier lookup, which is in progress if it has no
	// outcome. answered reports whether its verdict was reused.
	Earlier(earlier Record, answered bool) string
}
