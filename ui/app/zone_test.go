package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe/lookup"
)

// TestZone: times, days and IDs are in Beijing time wherever the machine is, or
// in ui.timezone.
func TestZone(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 29, 20, 30, 0, 0, time.UTC) // the next day in Beijing
	for config, want := range map[string]struct{ id, day, offset string }{
		"":                                 {"20261130-0430", "2026-11-30 04:30:00", "+08:00"},
		"[ui]\ntimezone = \"UTC\"":         {"20261129-2030", "2026-11-29 20:30:00", "Z"},
		"[ui]\ntimezone = \"Asia/Urumqi\"": {"20261130-0230", "2026-11-30 02:30:00", "+06:00"},
	} {
		t.Run(want.offset, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			r.configure(t, config)
			run := func(in string, args ...string) result {
				prog, out, errs := r.newApp(strings.NewReader(in))
				prog.Now = func() time.Time { return at }
				code := prog.Run(context.Background(), args)
				return result{code, out.String(), errs.String()}
			}
			said := parseLookup(t, run(example, "check", "--stdin", "--json").out)
			id := fmt.Sprint(said["id"])
			if !strings.HasPrefix(id, want.id) {
				t.Errorf("ID: got %s, want %s…", id, want.id)
			}
			if got := fmt.Sprint(said["at"]); got != strings.Replace(want.day, " ", "T", 1)+want.offset {
				t.Errorf("at: got %s, want %s%s", got, want.day, want.offset)
			}
			for _, args := range [][]string{{"history", "list"}, {"history", "show", id}} {
				assertResult(t, run("", args...), 0, []string{want.day}, nil)
			}
			day, _, _ := strings.Cut(want.day, " ")
			if got := run("", "history", "list", "--since", day, "--json"); strings.Count(got.out, "\n") != 1 {
				t.Errorf("since %s: got %s", day, got.out)
			}
			if got, want := lookup.BeijingDate(at), "2026-11-30"; got != want { // of the daily limit, whatever is shown
				t.Errorf("day: got %s, want %s", got, want)
			}
		})
	}
}
