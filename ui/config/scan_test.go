package config

import (
	"fmt"
	"reflect"
	"testing"
)

func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want []string // name@offset
	}{
		{"a=1\nb = 2 # c = 3\n", []string{"a@0", "b@4"}},
		{" [t]\n  a . b = 1", []string{"t@1", "t.a.b@7"}},
		{"[[t]]\n[ t . \"u\" ]\nx=1", []string{"t@0", "t.u@6", "t.u.x@18"}},
		{`"a.b" = 1`, []string{`"a.b"@0`}},
		{`'a"b' = 1`, []string{`"a\"b"@0`}},
		{`"\u0061" = 1`, []string{"a@0"}},
		{"a = '#'\nb = \"\\\"\" # x\nc = 1", []string{"a@0", "b@8", "c@21"}},
		{"a = '''\nb = 1'\n'''\nc = \"\"\"\\\"\"\"\"\nd = 1", []string{"a@0", "c@19", "d@32"}},
		{"a = \"\"\"\"x\"\"\"\"\"\nb = 1", []string{"a@0", "b@15"}},
		{"a = [ # ]\n 'x', {b = 1, c = {d.e = 2}},\n]\nf = 1", []string{"a@0", "a.b@17", "a.c@24", "a.c.d.e@29", "f@42"}},
		{"a = 1979-05-27 07:32:00\r\nb = 1", []string{"a@0", "b@25"}},
		{"a = '", []string{"a@0"}},
		{"=\n]}", []string{`""@0`, `""@2`, `""@3`}},
	} {
		var got []string
		found, deep := places(tt.text)
		if deep >= 0 {
			t.Errorf("%q is too deep at %d", tt.text, deep)
		}
		for _, p := range found {
			got = append(got, fmt.Sprintf("%s@%d", dotted(p.path), p.offset))
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q\ngot  %q\nwant %q", tt.text, got, tt.want)
		}
	}
}

func TestColumnCountsCharacters(t *testing.T) {
	t.Parallel()
	s := newSource("", "\ufeff# 键\n\"键\" = 1 ; x")
	if line, column := s.position(len("# 键\n\"键\" ")); line != 2 || column != 5 {
		t.Errorf("%d:%d", line, column)
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, word string
		want       int
	}{
		{"timeout", "timeout", 0},
		{"TIMEOUT", "timeout", 0},
		{"tiemout", "timeout", 1},
		{"timout", "timeout", 1},
		{"timeouts", "timeout", 1},
		{"time-out", "timeout", 1},
		{"tmeuot", "timeout", 2},
		{"conect-timout", "connect_timeout", 3},
		{"none", "timeout", far},
		{"put", "post", far},
		{"", "ui", far},
	} {
		if got := distance(tt.text, tt.word); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, not %d", tt.text, tt.word, got, tt.want)
		}
	}
}
