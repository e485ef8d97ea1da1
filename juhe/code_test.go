package juhe

import (
	"maps"
	"testing"
)

func TestCodes(t *testing.T) {
	t.Parallel()
	count := map[Level]int{}
	for _, c := range Codes() {
		count[c.Level]++
		if c.Text == "" {
			t.Errorf("%d has no text", c.Code)
		}
		if got, want := c.OldCode != 0, c.Level == LevelSystem; got != want {
			t.Errorf("%d has the old number %d", c.Code, c.OldCode)
		}
		if c.Level == LevelSystem && c.OldCode != c.Code-9900 {
			t.Errorf("%d has the old number %d", c.Code, c.OldCode)
		}
		if found, ok := FindCode(c.Code); !ok || found != c {
			t.Errorf("FindCode(%d) = %+v, want %+v", c.Code, found, c)
		}
	}
	if want := (map[Level]int{LevelSystem: 14, LevelService: 4, LevelDetail: 7}); !maps.Equal(count, want) {
		t.Errorf("got %v codes, want %v", count, want)
	}
	if c, ok := FindCode(112); !ok || c.Code != 10012 {
		t.Errorf("FindCode(112) = %+v, want 10012", c)
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
			t.Errorf("%d: got %s, want %s", code, c.Billable(), want)
		}
	}
}

func TestUndocumentedCode(t *testing.T) {
	t.Parallel()
	for number, want := range map[int]Level{200201: LevelService, 253599: LevelService, 10099: LevelSystem, 100201: LevelSystem, 5: "", -99: "", 999999: ""} {
		if c, documented := FindCode(number); documented || c != (Code{Code: number, Level: want}) {
			t.Errorf("FindCode(%d) = %+v, %t, want level %q, false", number, c, documented, want)
		}
	}
}
