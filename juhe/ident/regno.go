package ident

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
