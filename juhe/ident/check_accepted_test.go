package ident_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

const (
	uscc         = "91110000600037341L"
	usccOfDigits = "914403001922038216" // a USCC of digits only
	person       = "11010519491231002X"
	permit       = "810000199408230021"
	orgcode      = "192203821"
)

func TestCheckAccepted(t *testing.T) {
	t.Parallel()
	marks := []ident.Kind{ident.KindUSCC, ident.KindRegno}
	residents := []ident.Kind{ident.KindResident18, ident.KindResident15}
	tests := []struct {
		field juhe.Factor
		value string
		takes []ident.Kind
		want  string
		kind  ident.Kind // of the last warning
	}{
		{juhe.Entmark, uscc, marks, "", ""},
		{juhe.Entmark, orgcode, nil, "", ""},
		{juhe.Entmark, orgcode, marks, "kind", ident.KindOrgcode},
		{juhe.Entmark, "192203822", marks, "checksum kind", ident.KindOrgcode},
		{juhe.Entmark, "1100001000001", marks, "kind", ident.KindRegnoOld},
		{juhe.Entmark, uscc, []ident.Kind{}, "kind", ident.KindUSCC},
		{juhe.Entmark, "12", marks, "length", ident.KindNone},
		{juhe.Idcard, person, residents, "", ""},
		{juhe.Idcard, permit, residents, "kind", ident.KindPermitHKMO},
		{juhe.Idcard, "E12345678", residents, "kind", ident.KindPassport},
		{juhe.Idcard, "12345678", residents, "kind", ident.KindTravelPermit},
		{juhe.Idcard, "GBR310075101001", residents, "kind", ident.KindPermitForeign},
		{juhe.Realname, "张三", []ident.Kind{}, "", ""},
	}
	for _, test := range tests {
		got := ident.Check(test.field, test.value, test.takes, today)
		if ruleNames(got) != test.want || len(got) > 0 && got[len(got)-1].Kind != test.kind {
			t.Errorf("Check(%s, %s, %v) = %v, want %q of %q",
				test.field, test.value, test.takes, got, test.want, test.kind)
		}
	}
}

func TestWrongField(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field juhe.Factor
		raw   string
		want  string
		kind  ident.Kind // of the warning of RuleKind
	}{
		{juhe.Entname, uscc, "kind", ident.KindUSCC},
		{juhe.Entname, usccOfDigits, "kind charset", ident.KindUSCC},
		{juhe.Realname, person, "kind", ident.KindResident18},
		{juhe.Realname, "1101 0519 4912 3100 2x", "kind", ident.KindResident18},
		{juhe.Realname, permit, "kind charset", ident.KindPermitHKMO},
		{juhe.Realname, "110105194912310021", "charset", ident.KindNone},
		{juhe.Entmark, person, "checksum org_check kind", ident.KindResident18},
		{juhe.Entmark, permit, "checksum org_check kind", ident.KindPermitHKMO},
		{juhe.Idcard, uscc, "charset kind", ident.KindUSCC},
		{juhe.Idcard, usccOfDigits, "checksum kind", ident.KindUSCC},
		{juhe.Idcard, "91110000600037341N", "charset", ident.KindNone},
	}
	for _, test := range tests {
		got := checkRaw(test.field, test.raw)
		if ruleNames(got) != test.want || kindOfWarning(got) != test.kind {
			t.Errorf("Check(%s, %s) = %v, want %q of %q", test.field, test.raw, got, test.want, test.kind)
		}
	}
}

// TestWrongFieldVectors puts every valid identifier into the field of the other code.
func TestWrongFieldVectors(t *testing.T) {
	t.Parallel()
	for _, line := range readVectors(t, "uscc_valid.txt") {
		if got := kindOfWarning(checkRaw(juhe.Idcard, line[0])); got != ident.KindUSCC {
			t.Errorf("%s as idcard: kind %q", line[0], got)
		}
	}
	for _, line := range readVectors(t, "id_valid.txt") {
		if len(line[0]) != 18 {
			continue
		}
		if got := kindOfWarning(checkRaw(juhe.Entmark, line[0])); got != ident.Kind(line[1]) {
			t.Errorf("%s as entmark: kind %q", line[0], got)
		}
	}
}

func kindOfWarning(warnings []ident.Warning) ident.Kind {
	for _, r := range warnings {
		if r.Rule == ident.RuleKind {
			return r.Kind
		}
	}
	return ident.KindNone
}
