package config

import "testing"

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
		{"none", "timeout", tooFar},
		{"put", "post", tooFar},
		{"", "ui", tooFar},
	} {
		if got := distance(tt.text, tt.word); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.text, tt.word, got, tt.want)
		}
	}
}
