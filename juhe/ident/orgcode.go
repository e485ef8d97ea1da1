package ident

import "strings"

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
