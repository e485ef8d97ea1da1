package batch_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
)

// TestCodes: each code of the catalogue says what it means for a run. A new one has to be
// decided here too.
func TestCodes(t *testing.T) {
	t.Parallel()
	const stops, fails, goesOn = "stops", "fails", "goes on"
	want := map[int]string{
		253501: fails, 253504: goesOn, 253506: fails, 253507: fails,
		10001: stops, 10002: stops, 10003: stops, 10004: stops, 10005: stops, 10007: stops, 10008: stops, 10009: stops,
		10011: goesOn, 10012: stops, 10013: stops, 10014: goesOn, 10020: stops, 10021: stops,
	}
	for _, c := range juhe.Codes() {
		if c.Level == juhe.LevelDetail {
			continue
		}
		rec := lookup.Record{Reply: juhe.Reply{Outcome: juhe.Refused, ErrorCode: &c.Code}}
		got := goesOn
		switch {
		case rec.StopCode() != 0:
			got = stops
		case batch.IsFailure(rec):
			got = fails
		}
		if got != want[c.Code] {
			t.Errorf("%d: got %q, want %q", c.Code, got, want[c.Code])
		}
	}
	for _, o := range juhetest.Constants[juhe.Outcome](t) {
		got, want := batch.IsFailure(lookup.Record{Reply: juhe.Reply{Outcome: o}}), !o.IsVerdict() && o != juhe.Refused
		if got != want {
			t.Errorf("%s: got failure %t, want %t", o, got, want)
		}
	}
}
