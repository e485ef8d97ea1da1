package ident_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// TestComparable: names that a reader cannot tell apart compare equal. Codes are
// compared as they are.
func TestComparable(t *testing.T) {
	t.Parallel()
	const name = "José García"
	for _, other := range []string{name, "Jose\u0301 Garci\u0301a", "José\u00a0García", "José  García", " José\u3000García\t", "José\u2009García"} {
		for _, f := range []juhe.Factor{juhe.Entname, juhe.Realname} {
			if got := ident.Comparable(f, other); got != name {
				t.Errorf("%s %+q: got %+q", f, other, got)
			}
		}
	}
	for _, other := range []string{"JoséGarcía", "Jose García", "josé García", "José Garcia"} {
		if ident.Comparable(juhe.Realname, other) == name {
			t.Errorf("%q is taken for another name", other)
		}
	}
	for _, other := range []string{"张三", "张 三", "\u2ec4", "ＡＢ", "\u212b"} {
		if got := ident.Comparable(juhe.Idcard, other); got != other {
			t.Errorf("%+q: a code has become %+q", other, got)
		}
		_, changes := ident.Normalize(juhe.Realname, other)
		if normal, _ := ident.Normalize(juhe.Realname, other); ident.Comparable(juhe.Realname, normal) != normal {
			t.Errorf("%+q: the normal form %+q is not compared as it is, %v", other, normal, changes)
		}
	}
}
