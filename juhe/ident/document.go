package ident

// isPassport reports whether s looks like a passport number. Chinese ones
// have one or two letters before seven or eight digits (E12345678, EA1234567,
// G12345678, D…, S…, P…); other countries print 6 to 9 letters and digits in any
// order, most of them digits (ICAO Doc 9303 allows nine places).
func isPassport(s string) bool {
	digits := countDigits(s)
	return isAlnum(s) && 6 <= len(s) && len(s) <= 9 && digits >= 5 && digits < len(s)
}

// isTravelPermit reports whether s looks like the number of a permit to travel to
// the mainland: 港澳居民来往内地通行证 has H or M, 8 digits and, on booklets, 2
// more for the issue; 台湾居民来往大陆通行证 has 8 digits and, on those issued
// until 2008, 2 more and the letter of the issuing office, printed in brackets.
func isTravelPermit(s string) bool {
	return matchesAny(s, hasShape, "H99999999", "M99999999", "H9999999999", "M9999999999", "99999999", "9999999999A", "9999999999(A)")
}
