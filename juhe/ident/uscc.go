package ident

import "strings"

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
