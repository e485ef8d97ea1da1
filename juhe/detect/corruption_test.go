package detect_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/table"
)

func TestWrappers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"'110105194912310021": "110105194912310021", `="0110"`: "0110", "1": "1", "": "", " '1": " '1"} {
		for f := range juhe.NumFactors {
			got, taken, corruption := detect.FactorText(f, table.Value{Text: text}, pastedDay)
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
		{"1.1E-17", table.KindText, detect.CorruptionScientific, ""}, // its normal form has no hyphen
		{"110105194912310000", table.KindText, detect.CorruptionRounded, ""},
		{`="110105194912310000"`, table.KindText, detect.CorruptionRounded, ""},
		{"110105194912310021", table.KindText, "", ""},
		{"91110108000000000X", table.KindText, "", ""},
		{"110105194912000", table.KindText, "", ""},
		{"110105491231002", table.KindNumber, "", detect.CorruptionNumber}, // all digits of a registration number
		{"110105491231", table.KindNumber, detect.CorruptionNumber, detect.CorruptionNumber},
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
		if _, _, got := detect.FactorText(juhe.Entmark, cell, pastedDay); got != test.code || got != "" && !slices.Contains(juhetest.Constants[detect.Corruption](t), got) {
			t.Errorf("code %q is %q, want %q", test.text, got, test.code)
		}
		if _, _, got := detect.FactorText(juhe.Realname, cell, pastedDay); got != test.name {
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
		if got, wrapped, corruption := detect.FactorText(juhe.Realname, table.Value{Text: text, Kind: table.KindNumber}, pastedDay); got != want || wrapped || corruption != detect.CorruptionNumber {
			t.Errorf("%s: %s, %v, %q", text, got, wrapped, corruption)
		}
	}
}

// TestFormulaCells: a formula without a saved result is not a number.
func TestFormulaCells(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]detect.Corruption{"": detect.CorruptionFormula, "0": detect.CorruptionFormula, "0.0": detect.CorruptionFormula, "12": detect.CorruptionNumber} {
		if _, _, got := detect.FactorText(juhe.Realname, table.Value{Text: text, Kind: table.KindNumber, Formula: true}, pastedDay); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// readAgain writes rows with a header and reads them.
func readAgain(t *testing.T, f table.Format, rows [][]table.Cell) (all []table.Row, err error) {
	t.Helper()
	var file strings.Builder
	w, err := table.NewWriter(&file, f, []string{"a"})
	for _, row := range rows {
		err = errors.Join(err, w.Write(row))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	in, err := table.OpenText(t.Context(), "again."+string(f), file.String(), detect.CountFactors)
	if err != nil {
		t.Fatal(err)
	}
	return in.FirstRows(t.Context(), len(rows)+1)
}

// TestCopies: a cell that is copied is read as it was, and a corrupted one stays
// so.
func TestCopies(t *testing.T) {
	t.Parallel()
	values := []table.Value{
		{Text: "110105491231002", Kind: table.KindNumber},
		{Text: "440308199901101512", Kind: table.KindNumber},
		{Text: "9E17", Kind: table.KindNumber},
		{Text: "-5", Kind: table.KindNumber},
		{Text: "x", Kind: table.KindNumber},
		{Text: "=1", Kind: table.KindNumber},
		{Text: "NaN", Kind: table.KindNumber},
		{Text: "TRUE", Kind: table.KindBool},
		{Text: "FALSE", Kind: table.KindBool},
		{Text: "?", Kind: table.KindBool},
		{Text: "2026-01-02", Kind: table.KindDate},
		{Text: "2026-01-02 03:04:05", Kind: table.KindDate},
		{Text: "06:00:00", Kind: table.KindDate},
		{Text: "1900-01-01", Kind: table.KindDate},
		{Text: "1900-02-28", Kind: table.KindDate},
		{Text: "1900-02-29", Kind: table.KindDate},
		{Text: "1900-03-01", Kind: table.KindDate},
		{Text: "soon", Kind: table.KindDate},
		{Text: "#N/A", Kind: table.KindError},
		{Text: "Err:502", Kind: table.KindError},
		{Text: "odd", Kind: table.KindError},
		{Text: "张\ufffd"},
	}
	for _, factor := range []juhe.Factor{juhe.Idcard, juhe.Realname} {
		for _, f := range []table.Format{table.CSV, table.XLSX} {
			var lines [][]table.Cell
			for _, v := range values {
				lines = append(lines, []table.Cell{table.Copy(v), detect.Corrupted(factor, v)})
			}
			again, err := readAgain(t, f, lines)
			if err != nil || len(again) != len(values)+1 {
				t.Fatal(len(again), err)
			}
			for i, row := range again[1:] {
				got, want := row.Cells[0], values[i]
				if text, _, _ := detect.FactorText(factor, row.Cells[0], pastedDay); text != want.Text {
					t.Errorf("%s: %v became %v", f, want, got)
				}
				if _, _, corruption := detect.FactorText(factor, row.Cells[1], pastedDay); corruption == "" && (factor != juhe.Idcard || want.Text != "110105491231002") {
					t.Errorf("%s, %v: %v became %v, which would be sent", f, factor, want, row.Cells[1])
				}
				odd := slices.Contains([]string{"x", "=1", "NaN", "?", "1900-02-29", "soon", "Err:502", "odd"}, want.Text)
				if f == table.XLSX && !odd && (got != want || row.Cells[1] != want) {
					t.Errorf("%v became %v and %v", want, got, row.Cells[1])
				}
			}
		}
	}
	// A corruption that the text shows needs no mark.
	for text, want := range map[string]string{"110105194912312000": "110105194912312000", "1.1E+17": "1.1E+17", "360": "#NUM! 360"} {
		rows, err := readAgain(t, table.CSV, [][]table.Cell{{detect.Corrupted(juhe.Idcard, table.Value{Text: text, Kind: table.KindNumber})}})
		if err != nil || rows[1].Cells[0].Text != want {
			t.Errorf("%s: got %v, %v, want %s", text, rows, err, want)
		}
	}
}
