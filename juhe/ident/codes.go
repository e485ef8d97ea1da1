package ident

import (
	"strings"
	"time"
)

// usccAlphabet holds the characters of GB 32100-2015 in the order of their
// values 0 to 30: no I, O, S, V, Z.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// usccFaults returns the rules that an 18-character USCC breaks, or nil: the first one
// of its own, and RuleOrgCheck if the organisation code in places 9 to 17 is wrong.
func usccFaults(code string) []Rule {
	if !hasUSCCCharset(code) {
		return []Rule{RuleCharset}
	}
	var broken []Rule
	switch {
	case !hasUSCCChecksum(code):
		broken = append(broken, RuleChecksum)
	case !isUSCCClass(code[:2]), !isEntmarkRegion(code[2:4]):
		broken = append(broken, RuleRegion)
	}
	if orgcodeFault(code[8:17]) != "" {
		broken = append(broken, RuleOrgCheck)
	}
	return broken
}

// hasUSCCCharset reports whether code has only characters of the alphabet, and digits in
// places 3 to 8, the region of the registration authority.
func hasUSCCCharset(code string) bool {
	return consistsOf(code, usccAlphabet) && isDigits(code[2:8])
}

// hasUSCCChecksum reports whether the values, weighted with powers of 3 from the
// left and the check character with 1, add up to a multiple of 31
// (GB 32100-2015, annex; GB/T 17710).
func hasUSCCChecksum(code string) bool {
	last := len(code) - 1
	sum, weight := strings.IndexByte(usccAlphabet, code[last]), 1
	for i := range last {
		sum += weight * strings.IndexByte(usccAlphabet, code[i])
		weight = weight * 3 % 31
	}
	return sum%31 == 0
}

// isUSCCClass reports whether the first two characters of a code, the registration
// department and the class of organisation, are in table 1 of GB 32100-2015.
func isUSCCClass(class string) bool {
	const classes = "11 12 13 19 " + // 机构编制
		"21 29 " + // 外交
		"31 32 33 34 35 39 " + // 司法行政
		"41 49 " + // 文化
		"51 52 53 59 " + // 民政
		"61 62 69 " + // 旅游
		"71 72 79 " + // 宗教
		"81 89 " + // 工会
		"91 92 93 " + // 工商
		"A1 A9 " + // 中央军委改革和编制办公室
		"N1 N2 N3 N9 " + // 农业
		"Y1" // 其他
	return strings.Contains(classes, class)
}

// orgcodeAlphabet holds the characters of GB 11714-1997 in the order of their
// values 0 to 35.
const orgcodeAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// orgcodeFault returns the first rule that a 9-character organisation code
// breaks (GB 11714-1997), or "".
func orgcodeFault(code string) Rule {
	switch {
	case !consistsOf(code[:8], orgcodeAlphabet), !consistsOf(code[8:], digitsX):
		return RuleCharset
	case orgcodeCheckDigit(code[:8]) != code[8]:
		return RuleChecksum
	}
	return ""
}

// orgcodeCheckDigit returns the check character for the first eight characters.
func orgcodeCheckDigit(body string) byte {
	sum := 0
	for i, weight := range [...]int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * strings.IndexByte(orgcodeAlphabet, body[i])
	}
	return digitsX[(11-sum%11)%11]
}

// regnoFault returns the first rule that a 15-digit registration number breaks
// (GS 15-2006), or "".
func regnoFault(number string) Rule {
	switch {
	case !isDigits(number):
		return RuleCharset
	case !hasRegnoChecksum(number):
		return RuleChecksum
	case !isEntmarkRegion(number[:2]):
		return RuleRegion
	}
	return ""
}

// hasRegnoChecksum reports whether the check digit is right (ISO 7064 MOD 11,10).
func hasRegnoChecksum(number string) bool {
	last := len(number) - 1
	product := 10
	for i := range last {
		sum := (product + digit(number[i])) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return (product+digit(number[last]))%10 == 1
}

// digitsX holds the check characters of GB 11643-1999 and GB 11714-1997 in the
// order of their values 0 to 10.
const digitsX = "0123456789X"

// residentFault returns the first rule that an 18-digit number breaks (GB
// 11643-1999, which the residence permits follow), or "". The 15-character form
// of the permit for foreigners has nothing to check.
func residentFault(kind Kind, number string, today time.Time) Rule {
	switch {
	case len(number) != 18:
		return ""
	case !isDigits(number[:17]), !consistsOf(number[17:], digitsX):
		return RuleCharset
	case !hasResidentChecksum(number):
		return RuleChecksum
	case !hasResidentRegion(kind, number):
		return RuleRegion
	case !isBirthday(number[6:14], today):
		return RuleDate
	}
	return ""
}

// resident15Fault returns the first rule that a 15-digit number breaks, or "".
// It has no check digit, and its years are 19YY.
func resident15Fault(number string, today time.Time) Rule {
	switch {
	case !isDigits(number):
		return RuleCharset
	case !isProvince(number[:2]):
		return RuleRegion
	case !isBirthday("19"+number[6:12], today):
		return RuleDate
	}
	return ""
}

// hasResidentChecksum reports whether the check character is right (ISO 7064 MOD 11-2).
func hasResidentChecksum(number string) bool {
	last := len(number) - 1
	product := 0
	for i := range last {
		product = (product + digit(number[i])) * 2 % 11
	}
	check := 10
	if number[last] != 'X' {
		check = digit(number[last])
	}
	return (product+check)%11 == 1
}

// hasResidentRegion reports whether the province code is valid. It is at the start, or
// after the leading 9 of a foreigner's permit. Permits for Hong Kong, Macao and Taiwan
// have none.
func hasResidentRegion(kind Kind, number string) bool {
	switch kind {
	case KindPermitHKMO, KindPermitTW:
		return true
	case KindPermitForeign:
		return isProvince(number[1:3])
	}
	return isProvince(number[:2])
}

// isBirthday reports whether date (YYYYMMDD) is valid and not after today.
func isBirthday(date string, today time.Time) bool {
	day, err := time.Parse("20060102", date)
	y, m, d := today.Date()
	return err == nil && !day.After(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// isPassport reports whether s looks like a passport number. Chinese ones
// have one or two letters before seven or eight digits (E12345678, EA1234567,
// G12345678, D…, S…, P…); other countries print 6 to 9 letters and digits in any
// order, most of them digits (ICAO Doc 9303 allows nine places).
func isPassport(s string) bool {
	digits := CountDigits(s)
	return isAlnum(s) && 6 <= len(s) && len(s) <= 9 && digits >= 5 && digits < len(s)
}

// isTravelPermit reports whether s looks like the number of a permit to travel to
// the mainland: 港澳居民来往内地通行证 has H or M, 8 digits and, on booklets, 2
// more for the issue; 台湾居民来往大陆通行证 has 8 digits and, on those issued
// until 2008, 2 more and the letter of the issuing office, printed in brackets.
func isTravelPermit(s string) bool {
	return matchesAny(s, hasShape, "H99999999", "M99999999", "H9999999999", "M9999999999", "99999999", "9999999999A", "9999999999(A)")
}

// isProvince reports whether two digits are the code of a province in GB/T 2260 that
// issues identifiers (71 is Taiwan).
func isProvince(code string) bool {
	const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 " +
		"41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71"
	return strings.Contains(provinces, code)
}

// isEntmarkRegion reports whether two digits are the code of a province, or 10, which
// stands for the national authorities in company IDs.
func isEntmarkRegion(code string) bool {
	return code == "10" || isProvince(code)
}
