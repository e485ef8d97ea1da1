package ident

import (
	"slices"
	"strings"
	"unicode"

	"fourfactor/juhe"
)

// companyFindings returns the findings about a company's name.
func companyFindings(value string) findings {
	n := newNameScan(value)
	for i, r := range n.runes {
		if n.scanCommon(i) {
			continue
		}
		switch {
		case isFullWidth(r):
			n.found[FindingWidth] = true
		case unicode.IsLetter(r), unicode.IsNumber(r), strings.ContainsRune("（）&+-–—.", r):
		case strings.ContainsRune("()[]【】〔〕{}「」﹙﹚", r):
			n.add(FindingBracket, n.han)
		case strings.ContainsRune(",'’", r) && (isLatin(n.at(i-1)) || n.at(i-1) == '.'):
		case strings.ContainsRune("/!@#", r):
			n.add(FindingPunctuation, n.han)
		default:
			n.found[FindingPunctuation] = true
		}
	}
	n.add(FindingBracket, n.han && !isBalanced(value))
	n.add(FindingGarbled, isGarbled(value))
	n.add(FindingPerson, (len(n.runes) < 5 || isDotted(value)) && personScore(value) == ScoreCertain)
	const shortest = 4 // company names that may end with 区
	n.add(FindingSample, isSample(value) || len(n.runes) < shortest && isOtherColumnWord(value))
	n.add(FindingHidden, n.han && strings.ContainsAny(value, "xX") && slices.ContainsFunc(strings.FieldsFunc(value, func(r rune) bool { return !isLatin(r) && !unicode.IsDigit(r) }), isXRun))
	n.add(FindingNote, hasStateNote(value))
	return n.found.keepOnly(FindingGarbled, FindingSample, FindingPerson)
}

// isFullWidth reports whether r is a full-width character that names have in half
// width.
func isFullWidth(r rune) bool {
	return HalfWidth(r) != r && (isAlnumRune(r) || strings.ContainsRune("－＋＆．", r))
}

func isXRun(word string) bool { return len(word) > 1 && strings.Trim(word, "xX") == "" }

func isLatin(r rune) bool { return r != 0 && unicode.Is(unicode.Latin, r) }

// isBalanced reports whether round brackets are balanced.
func isBalanced(value string) bool {
	open := 0
	for _, r := range value {
		switch r {
		case '(', '（':
			open++
		case ')', '）':
			open--
		}
		if open < 0 {
			return false
		}
	}
	return open == 0
}

// hasStateNote reports whether brackets at the end of a company's name have a note that
// is not part of it: （已注销）, （曾用名…）.
func hasStateNote(value string) bool {
	at := strings.LastIndexAny(value, "（(")
	return at >= 0 && matchesAny(value[at:], strings.Contains, "注销", "吊销", "曾用", "原名", "更名", "存续", "在业", "简称", "迁出", "法人", "备注", "统一社会")
}

// IsSoleTrader reports whether a company ID is that of an individual business
// (个体工商户), which may be named like a person: a USCC of
// class 92, or a registration number with 6 to 9 in place 7 (GS 15-2006).
func IsSoleTrader(entmark string) bool {
	switch KindOf(juhe.Entmark, entmark) {
	case KindUSCC:
		return strings.HasPrefix(entmark, "92")
	case KindRegno:
		return isDigits(entmark) && entmark[6] >= '6'
	}
	return false
}
