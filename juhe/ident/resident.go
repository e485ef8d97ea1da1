package ident

import "time"

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
