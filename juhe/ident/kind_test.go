package ident_test

import (
	"testing"

	"fourfactor/juhe/ident"
)

func TestKindOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field ident.Field
		value string
		want  ident.Kind
	}{
		{ident.Entmark, "", ident.KindNone},
		{ident.Entmark, "914403001922038217", ident.KindUSCC},
		{ident.Entmark, "91440300192203821I", ident.KindUSCC},
		{ident.Entmark, "91440300192203821é", ident.KindNone},
		{ident.Entmark, "44030110309741X", ident.KindRegno},
		{ident.Entmark, "140825000A00118", ident.KindRegno},
		{ident.Entmark, "110000100000A", ident.KindNone},
		{ident.Entmark, "深圳市腾讯计算机系", ident.KindNone},
		{ident.Idcard, "", ident.KindNone},
		{ident.Idcard, "T60426199101010078", ident.KindResident18},
		{ident.Idcard, "911228199001010011", ident.KindPermitForeign},
		{ident.Idcard, "GBR310075101001", ident.KindPermitForeign},
		{ident.Idcard, "GB3310075101001", ident.KindResident15},
		{ident.Idcard, "E12345678", ident.KindPassport},
		{ident.Idcard, "EA1234567", ident.KindPassport},
		{ident.Idcard, "G12345678", ident.KindPassport},
		{ident.Idcard, "D1234567", ident.KindPassport},
		{ident.Idcard, "SE1234567", ident.KindPassport},
		{ident.Idcard, "P1234567", ident.KindPassport},
		{ident.Idcard, "12AB34567", ident.KindPassport},
		{ident.Idcard, "A12345", ident.KindPassport},
		{ident.Idcard, "AB1234", ident.KindNone},
		{ident.Idcard, "A1234", ident.KindNone},
		{ident.Idcard, "A123456789", ident.KindNone},
		{ident.Idcard, "123456789", ident.KindNone},
		{ident.Idcard, "H12345678", ident.KindTravelPermit},
		{ident.Idcard, "M1234567890", ident.KindTravelPermit},
		{ident.Idcard, "12345678", ident.KindTravelPermit},
		{ident.Idcard, "0561682001D", ident.KindTravelPermit},
		{ident.Idcard, "0561682001(D)", ident.KindTravelPermit},
		{ident.Idcard, "张三", ident.KindNone},
		{ident.Entname, "914403001922038216", ident.KindNone},
		{ident.Realname, "11010519491231002X", ident.KindNone},
		{"other", "914403001922038216", ident.KindNone},
	}
	for _, test := range tests {
		if got := ident.KindOf(test.field, test.value); got != test.want {
			t.Errorf("KindOf(%s, %q) = %q, want %q", test.field, test.value, got, test.want)
		}
	}
}
