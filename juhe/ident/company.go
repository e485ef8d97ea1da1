package ident

import (
	"slices"
	"strings"
	"unicode"

	"fourfactor/juhe"
)

// companyFindings tell what is odd about the name of a company.
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
	const shortest = 4 // of what may end with 区
	n.add(FindingSample, isSample(value) || len(n.runes) < shortest && isOtherColumnWord(value))
	n.add(FindingHidden, n.han && strings.ContainsAny(value, "xX") && slices.ContainsFunc(strings.FieldsFunc(value, func(r rune) bool { return !isLatin(r) && !unicode.IsDigit(r) }), isXRun))
	n.add(FindingNote, hasStateNote(value))
	return n.found.keepOnly(FindingGarbled, FindingSample, FindingPerson)
}

// isFullWidth reports whether r is what names have in half width.
func isFullWidth(r rune) bool {
	return 0xFF01 <= r && r <= 0xFF5E && (isAlnumRune(r) || strings.ContainsRune("－＋＆．", r))
}

func isXRun(word string) bool { return len(word) > 1 && strings.Trim(word, "xX") == "" }

func isLatin(r rune) bool { return r != 0 && unicode.Is(unicode.Latin, r) }

// isBalanced reports whether each bracket has its other one.
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

// hasStateNote reports whether brackets behind a company tell of it what no name
// does: （已注销）, （曾用名…）.
func hasStateNote(value string) bool {
	at := strings.LastIndexAny(value, "（(")
	if at < 0 {
		return false
	}
	for _, word := range []string{"注销", "吊销", "曾用", "原名", "更名", "存续", "在业", "简称", "迁出", "法人", "备注", "统一社会"} {
		if strings.Contains(value[at:], word) {
			return true
		}
	}
	return false
}

// IsSoleTrader reports whether the mark of a company is that of an individual
// business (个体工商户), which may bear the name of a person or any other: a USCC of
// class 92, or a registration number with 6 to 9 in place 7 (GS 15-2006).
func IsSoleTrader(mark string) bool {
	switch KindOf(juhe.Entmark, mark) {
	case KindUSCC:
		return strings.HasPrefix(mark, "92")
	case KindRegno:
		return isDigits(mark) && mark[6] >= '6'
	}
	return false
}
