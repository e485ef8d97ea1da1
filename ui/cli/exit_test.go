package cli

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
)

// TestExitCodes: every outcome, error code and fault has its specified exit
// code.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	record := func(o juhe.Outcome, code int, fault juhe.FaultKind) lookup.Record {
		rec := lookup.Record{Reply: juhe.Reply{Outcome: o, Fault: juhe.Fault{Kind: fault}}}
		if o == juhe.Refused {
			rec.Reply.ErrorCode = &code
		}
		return rec
	}
	for outcome, want := range map[juhe.Outcome]int{
		juhe.Match: 0, juhe.Mismatch: 1, juhe.Unclear: 3, juhe.Lost: 5, juhe.Unsent: 7,
	} {
		for _, fault := range append(juhetest.Constants[juhe.FaultKind](t), "") {
			want := want
			if outcome == juhe.Unsent && fault == juhe.FaultCancelled {
				want = 130
			}
			if got := outcomeExitCode(record(outcome, 0, fault)); got != want {
				t.Errorf("%s, %s: got %d, want %d", outcome, fault, got, want)
			}
		}
	}
	for _, span := range [][2]int{{-30, 30}, {9990, 10040}, {253490, 253520}} {
		for code := span[0]; code <= span[1]; code++ {
			want := 3
			if code >= 10001 && code <= 10013 {
				want = 4
			}
			if got := outcomeExitCode(record(juhe.Refused, code, "")); code != 0 && got != want {
				t.Errorf("refused with %d: got %d, want %d", code, got, want)
			}
		}
	}
}
