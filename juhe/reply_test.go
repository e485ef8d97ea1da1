package juhe

import "testing"

func TestFactorResults(t *testing.T) {
	t.Parallel()
	all := func(s FactorResult) FactorResults { return FactorResults{s, s, s, s} }
	for code, want := range map[int]FactorResults{
		7:   all(ResultAgrees),
		-21: {Entname: ResultUnrelated, Entmark: ResultUnrelated},
		-22: {Realname: ResultDiffers}, -23: {Idcard: ResultDiffers},
		-24: {Entname: ResultDiffers}, -25: {Entmark: ResultDiffers},
		-26: all(ResultInconclusive),
	} {
		outcome := Mismatch
		if code == 7 {
			outcome = Match
		}
		if got := (Reply{Outcome: outcome, Code: &code}).FactorResults(); got != want {
			t.Errorf("%d: got %+v, want %+v", code, got, want)
		}
		if got := (Reply{Outcome: Unclear, Code: &code}).FactorResults(); got != (FactorResults{}) {
			t.Errorf("unclear with %d: got %+v, want none", code, got)
		}
	}
	if got := (Reply{Outcome: Mismatch}).FactorResults(); got != all(ResultInconclusive) {
		t.Errorf("res 2: got %+v, want %s for all", got, ResultInconclusive)
	}
}
