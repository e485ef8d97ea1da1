package juhe

import "testing"

func TestCatalogue(t *testing.T) {
	t.Parallel()
	count := map[Level]int{}
	for _, c := range Codes() {
		count[c.Level]++
		if c.Text == "" || (c.OldCode != 0) != (c.Level == LevelSystem) {
			t.Errorf("%+v", c)
		}
		if c.Level == LevelSystem && c.OldCode != c.Code-9900 {
			t.Errorf("%d has the old number %d", c.Code, c.OldCode)
		}
		if found, ok := FindCode(c.Code); !ok || found != c {
			t.Errorf("FindCode(%d) = %+v", c.Code, found)
		}
	}
	if count[LevelSystem] != 14 || count[LevelService] != 4 || count[LevelDetail] != 7 {
		t.Errorf("%v", count)
	}
	if c, ok := FindCode(112); !ok || c.Code != 10012 {
		t.Errorf("old number 112: %+v", c)
	}
	if _, ok := FindCode(0); ok {
		t.Error("0 is a code")
	}
}

func TestBillable(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]Billable{
		7: BillableYes, -21: BillableYes, -26: BillableYes,
		253501: BillableNo, 10001: BillableNo, 10013: BillableNo, 10020: BillableNo, 10021: BillableNo,
		253504: BillableUnknown, 253506: BillableUnknown, 253507: BillableUnknown, 10014: BillableUnknown,
	} {
		if c, _ := FindCode(code); c.Billable() != want {
			t.Errorf("%d: %s, want %s", code, c.Billable(), want)
		}
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	for number, want := range map[int]Level{200201: LevelService, 253599: LevelService, 10099: LevelSystem, 100201: LevelSystem, 5: "", -99: "", 999999: ""} {
		c, ok := ClassifyCode(number)
		if c.Level != want || ok != (want != "") || c.Code != number {
			t.Errorf("Explain(%d) = %+v, %v", number, c, ok)
		}
	}
}

func TestPerFactor(t *testing.T) {
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
			t.Errorf("%d: %+v, want %+v", code, got, want)
		}
		if got := (Reply{Outcome: Unclear, Code: &code}).FactorResults(); got != (FactorResults{}) {
			t.Errorf("unclear with %d: %+v", code, got)
		}
	}
	if got := (Reply{Outcome: Mismatch}).FactorResults(); got != all(ResultInconclusive) {
		t.Errorf("res 2: %+v", got)
	}
}
