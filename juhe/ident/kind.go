package ident

import (
	"strings"

	"fourfactor/juhe"
)

// Kind is a kind of identifier, recognised by its shape alone.
type Kind string

// The kinds. KindNone is a name, or a value of no other kind's shape.
const (
	KindNone          Kind = ""
	KindUSCC          Kind = "uscc"           // 统一社会信用代码, GB 32100-2015: 18 characters
	KindRegno         Kind = "regno"          // 注册号, GS 15-2006: 15 digits
	KindRegnoOld      Kind = "regno_old"      // 注册号 outside GS 15-2006: 13 digits, or Shanxi's 15 characters with a letter in place 9
	KindOrgcode       Kind = "orgcode"        // 组织机构代码, GB 11714-1997: 9 characters
	KindResident18    Kind = "resident18"     // 公民身份号码, GB 11643-1999: 17 digits and a digit or X
	KindResident15    Kind = "resident15"     // its predecessor, GB 11643-1989: 15 digits
	KindPermitHKMO    Kind = "permit_hkmo"    // 港澳居民居住证: as resident18, begins with 81 or 82
	KindPermitTW      Kind = "permit_tw"      // 台湾居民居住证: as resident18, begins with 83
	KindPermitForeign Kind = "permit_foreign" // 外国人永久居留身份证: as resident18, begins with 9; before 2023 3 letters and 12 digits
	KindPassport      Kind = "passport"       // 护照: 6 to 9 letters and digits
	KindTravelPermit  Kind = "travel_permit"  // 来往内地通行证, 来往大陆通行证
)

// KindOf recognises a normalised value by its shape. It does not check the value: a
// mistyped letter or digit rarely changes the kind. Names are KindNone.
func KindOf(f juhe.Factor, value string) Kind {
	switch f {
	case juhe.Entmark:
		return entmarkKind(value)
	case juhe.Idcard:
		return idcardKind(value)
	}
	return KindNone
}

func entmarkKind(value string) Kind {
	if !isAlnum(value) {
		return KindNone
	}
	switch len(value) {
	case 18:
		return KindUSCC
	case 15:
		if hasShape(value, "99999999A999999") {
			return KindRegnoOld
		}
		return KindRegno
	case 13:
		if isDigits(value) {
			return KindRegnoOld
		}
	case 9:
		return KindOrgcode
	}
	return KindNone
}

func idcardKind(value string) Kind {
	switch {
	case isTravelPermit(value):
		return KindTravelPermit
	case isPassport(value):
		return KindPassport
	case !isAlnum(value):
		return KindNone
	case len(value) == 18:
		return residentKind(value)
	case hasShape(value, "AAA999999999999"):
		return KindPermitForeign
	case len(value) == 15:
		return KindResident15
	}
	return KindNone
}

// residentKind returns the kind of an 18-digit number, which the first digits decide.
func residentKind(value string) Kind {
	switch {
	case strings.HasPrefix(value, "81"), strings.HasPrefix(value, "82"):
		return KindPermitHKMO
	case strings.HasPrefix(value, "83"):
		return KindPermitTW
	case strings.HasPrefix(value, "9"):
		return KindPermitForeign
	}
	return KindResident18
}
