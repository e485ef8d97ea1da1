package ident_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

func TestKindOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		field juhe.Factor
		value string
		want  ident.Kind
	}{
		{juhe.Entmark, "", ident.KindNone},
		{juhe.Entmark, "914403001922038217", ident.KindUSCC},
		{juhe.Entmark, "91440300192203821I", ident.KindUSCC},
		{juhe.Entmark, "91440300192203821é", ident.KindNone},
		{juhe.Entmark, "44030110309741X", ident.KindRegno},
		{juhe.Entmark, "140825000A00118", ident.KindRegno},
		{juhe.Entmark, "110000100000A", ident.KindNone},
		{juhe.Entmark, "深圳市腾讯计算机系", ident.KindNone},
		{juhe.Idcard, "", ident.KindNone},
		{juhe.Idcard, "T60426199101010078", ident.KindResident18},
		{juhe.Idcard, "911228199001010011", ident.KindPermitForeign},
		{juhe.Idcard, "GBR310075101001", ident.KindPermitForeign},
		{juhe.Idcard, "GB3310075101001", ident.KindResident15},
		{juhe.Idcard, "E12345678", ident.KindPassport},
		{juhe.Idcard, "EA1234567", ident.KindPassport},
		{juhe.Idcard, "G12345678", ident.KindPassport},
		{juhe.Idcard, "D1234567", ident.KindPassport},
		{juhe.Idcard, "SE1234567", ident.KindPassport},
		{juhe.Idcard, "P1234567", ident.KindPassport},
		{juhe.Idcard, "12AB34567", ident.KindPassport},
		{juhe.Idcard, "A12345", ident.KindPassport},
		{juhe.Idcard, "AB1234", ident.KindNone},
		{juhe.Idcard, "A1234", ident.KindNone},
		{juhe.Idcard, "A123456789", ident.KindNone},
		{juhe.Idcard, "123456789", ident.KindNone},
		{juhe.Idcard, "H12345678", ident.KindTravelPermit},
		{juhe.Idcard, "M1234567890", ident.KindTravelPermit},
		{juhe.Idcard, "12345678", ident.KindTravelPermit},
		{juhe.Idcard, "0561682001D", ident.KindTravelPermit},
		{juhe.Idcard, "0561682001(D)", ident.KindTravelPermit},
		{juhe.Idcard, "张三", ident.KindNone},
		{juhe.Entname, "914403001922038216", ident.KindNone},
		{juhe.Realname, "11010519491231002X", ident.KindNone},
	}
	for _, test := range tests {
		if got := ident.KindOf(test.field, test.value); got != test.want {
			t.Errorf("KindOf(%s, %q) = %q, want %q", test.field, test.value, got, test.want)
		}
	}
}
