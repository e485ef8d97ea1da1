package detect_test

import (
	"slices"
	"testing"

	"fourfactor/juhe/detect"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/table"
)

func TestWrappers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"'110105194912310021": "110105194912310021", `="0110"`: "0110", "1": "1", "": "", " '1": " '1"} {
		for _, code := range []bool{false, true} {
			got, taken, corruption := detect.FactorText(table.Value{Text: text}, code)
			if got != want || taken != (got != text) || corruption != "" {
				t.Errorf("%q: %q, %v, %q, want %q", text, got, taken, corruption, want)
			}
		}
	}
}

func TestCorruptions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text       string
		kind       table.Kind
		code, name detect.Corruption
	}{
		{"", table.KindText, "", ""},
		{"1.10105E+17", table.KindText, detect.CorruptionScientific, ""},
		{" 1.10105e+17\t", table.KindText, detect.CorruptionScientific, ""},
		{"'1.1E+017", table.KindText, detect.CorruptionScientific, ""},
		{"1E+17", table.KindText, detect.CorruptionScientific, ""},
		{"1.10105E17", table.KindText, detect.CorruptionScientific, ""},
		{"9111010800000001E5", table.KindText, "", ""},
		{"91110108E000000015", table.KindText, "", ""},
		{"9E17", table.KindText, "", ""},
		{"1.E+17", table.KindText, "", ""},
		{"12.1E+17", table.KindText, "", ""},
		{"E+17", table.KindText, "", ""},
		{"1.1E+", table.KindText, "", ""},
		{"1.1E-17", table.KindText, "", ""},
		{"110105194912310000", table.KindText, detect.CorruptionRounded, ""},
		{`="110105194912310000"`, table.KindText, detect.CorruptionRounded, ""},
		{"110105194912310021", table.KindText, "", ""},
		{"91110108000000000X", table.KindText, "", ""},
		{"110105194912000", table.KindText, "", ""},
		{"110105491231002", table.KindNumber, detect.CorruptionNumber, detect.CorruptionNumber},
		{"1.1010519491231E17", table.KindNumber, detect.CorruptionNumber, detect.CorruptionNumber},
		{"2026-01-02", table.KindDate, detect.CorruptionNumber, detect.CorruptionNumber},
		{"TRUE", table.KindBool, detect.CorruptionNumber, detect.CorruptionNumber},
		{"2026-01-02", table.KindText, "", ""},
		{"#N/A", table.KindError, detect.CorruptionError, detect.CorruptionError},
		{"#N/A", table.KindText, detect.CorruptionError, detect.CorruptionError},
		{"#DIV/0!", table.KindText, detect.CorruptionError, detect.CorruptionError},
		{"########", table.KindText, detect.CorruptionError, detect.CorruptionError},
		{"#1", table.KindText, "", ""},
		{"0", table.KindNumber, detect.CorruptionNumber, detect.CorruptionNumber},
		{"Err:502", table.KindText, detect.CorruptionError, detect.CorruptionError},
		{"Err:", table.KindText, "", ""},
		{"#NUM! 360", table.KindText, detect.CorruptionError, detect.CorruptionError},
		{"１１０１０５１９４９１２３１２０００", table.KindText, detect.CorruptionRounded, ""},
		{"110105 19491231 2000", table.KindText, detect.CorruptionRounded, ""},
		{"110105\u200b194912312000", table.KindText, detect.CorruptionRounded, ""},
		{"110105194912312000.00", table.KindText, detect.CorruptionRounded, ""},
		{"110,105,194,912,312,000", table.KindText, detect.CorruptionRounded, ""},
		{"110105491231002.0", table.KindText, detect.CorruptionNumber, ""},
		{"110,105,491,231,002", table.KindText, detect.CorruptionNumber, ""},
		{"１.１Ｅ+１７", table.KindText, detect.CorruptionScientific, ""},
		{"1,10105E+17", table.KindText, detect.CorruptionScientific, ""},
		{"1.10105E 17", table.KindText, detect.CorruptionScientific, ""},
		{"91110108,X", table.KindText, "", ""},
		{"1.5", table.KindText, "", ""},
		{"张\ufffd", table.KindText, detect.CorruptionEncoding, detect.CorruptionEncoding},
	} {
		cell := table.Value{Text: test.text, Kind: test.kind}
		if _, _, got := detect.FactorText(cell, true); got != test.code || got != "" && !slices.Contains(juhetest.Constants[detect.Corruption](t), got) {
			t.Errorf("code %q is %q, want %q", test.text, got, test.code)
		}
		if _, _, got := detect.FactorText(cell, false); got != test.name {
			t.Errorf("name %q is %q, want %q", test.text, got, test.name)
		}
	}
}

// TestWholeNumbers: a number is written out if a spreadsheet keeps all its
// digits.
func TestWholeNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"110105491231002": "110105491231002", "1.10105491231002E+14": "110105491231002", "110105491231002.0": "110105491231002", "1.5": "1.5",
		"999999999999999": "999999999999999", "1000000000000000": "1000000000000000", "1.10105491231002E+17": "1.10105491231002E+17", "-5": "-5", "x": "x",
	} {
		if got, wrapped, corruption := detect.FactorText(table.Value{Text: text, Kind: table.KindNumber}, true); got != want || wrapped || corruption != detect.CorruptionNumber {
			t.Errorf("%s: %s, %v, %q", text, got, wrapped, corruption)
		}
	}
}
