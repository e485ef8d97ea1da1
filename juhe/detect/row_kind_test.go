package detect_test

import (
	"testing"

	"fourfactor/juhe/detect"
)

// TestIsDataRow: company and document numbers distinguish a data row from a header, in any
// wrapper and inside other text.
func TestIsDataRow(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"11010519491231002X": true, "91110199MAYYY0013X": true, "1.10105E+17": true, "'11010519491231002X": true, `="110105194912310"`: true,
		"E12345678": true, "统一社会信用代码(18位)": false, "2026年1月1日": false, "ID number": false, "20261231": false, "": false,
		"身份证11010519491231002X": true, "91110199MAYYY0013X(有效)": true,
	} {
		if detect.IsDataRow([]string{"企业名称", text}) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}
