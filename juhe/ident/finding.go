package ident

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
)

// Finding is a fault of a name, the detail of RuleLookalike and RuleName.
type Finding string

// The findings of RuleLookalike: characters that resemble the registered ones.
const (
	FindingDot     Finding = "dot"     // another character for ·, or · in a wrong place
	FindingBracket Finding = "bracket" // in a company's name, brackets other than （） or unbalanced
	FindingWidth   Finding = "width"   // full-width letters or digits
	FindingVariant Finding = "variant" // 戶 or 戸 for 户
)

// The findings of RuleName. FindingCompany and FindingPerson replace all others, which
// they explain.
const (
	FindingPrivate     Finding = "private"     // private-use characters
	FindingReplaceable Finding = "standard"    // private-use characters that ReplacePrivateUse replaces
	FindingUnknown     Finding = "unknown"     // ? or □ instead of a character
	FindingGarbled     Finding = "garbled"     // decoded with a wrong encoding
	FindingDigits      Finding = "digits"      // in a person's name
	FindingLatin       Finding = "latin"       // Latin letters among Han characters
	FindingCompany     Finding = "company"     // a company's name in the person's field
	FindingPerson      Finding = "person"      // a person's name in the company's field
	FindingNote        Finding = "note"        // 张三（法人）
	FindingTitle       Finding = "title"       // 张三先生, 总经理张三
	FindingSeveral     Finding = "several"     // 张三/李四
	FindingPunctuation Finding = "punctuation" // punctuation that no name has
	FindingHidden      Finding = "hidden"      // 张某, 北京XX公司
	FindingSample      Finding = "sample"      // 测试, 姓名
)

// Findings returns every finding, those of RuleLookalike first.
func Findings() []Finding {
	return []Finding{
		FindingDot, FindingBracket, FindingWidth, FindingVariant,
		FindingPrivate, FindingReplaceable, FindingUnknown, FindingGarbled, FindingDigits, FindingLatin, FindingCompany, FindingPerson,
		FindingNote, FindingTitle, FindingSeveral, FindingPunctuation, FindingHidden, FindingSample,
	}
}

// Rule returns the rule of a finding.
func (f Finding) Rule() Rule {
	if slices.Index(Findings(), f) < slices.Index(Findings(), FindingPrivate) {
		return RuleLookalike
	}
	return RuleName
}

// findings is the set of findings about a name.
type findings map[Finding]bool

// keepOnly returns only the first of all that is in fs, or fs if none is.
func (fs findings) keepOnly(all ...Finding) findings {
	for _, f := range all {
		if fs[f] {
			return findings{f: true}
		}
	}
	return fs
}

// warnings returns a warning for each rule, with its findings in order.
func (fs findings) warnings(f juhe.Factor) []Warning {
	var warnings []Warning
	if len(fs) == 0 {
		return nil
	}
	for _, rule := range []Rule{RuleLookalike, RuleName} {
		var ofRule []Finding
		for _, finding := range Findings() {
			if fs[finding] && finding.Rule() == rule {
				ofRule = append(ofRule, finding)
			}
		}
		if len(ofRule) > 0 {
			warnings = append(warnings, Warning{Factor: f, Rule: rule, Findings: ofRule})
		}
	}
	return warnings
}

// nameScan is the state of scanning a name, character by character.
type nameScan struct {
	runes []rune
	han   bool // whether the name has a Han character
	found findings
}

func newNameScan(value string) nameScan {
	return nameScan{[]rune(value), strings.ContainsFunc(value, isHan), findings{}}
}

// at returns the character at index i, or 0 outside the name.
func (n nameScan) at(i int) rune {
	if i < 0 || i >= len(n.runes) {
		return 0
	}
	return n.runes[i]
}

// add adds f if found is set.
func (n nameScan) add(f Finding, found bool) {
	if found {
		n.found[f] = true
	}
}

// scanCommon scans a character for the rules that companies and persons share, and
// reports whether one applied.
func (n nameScan) scanCommon(i int) bool {
	switch r := n.runes[i]; {
	case r == '戶', r == '戸':
		n.found[FindingVariant] = true
	case 0x4E00 <= r && r <= 0x9FFF: // the most frequent case
	case isPrivate(r):
		n.found[FindingPrivate] = true
		if _, known := standardRune(r); known {
			n.found[FindingReplaceable] = true
		}
	case isHan(r), isBlank(r), unicode.IsMark(r), r == utf8.RuneError: // RuneError is of RuleCharset
	case strings.ContainsRune("?？□〓▯⍰\ufffc", r), 0x2FF0 <= r && r <= 0x2FFF:
		n.found[FindingUnknown] = true
	case strings.ContainsRune(maskRunes+"×", r):
		n.add(FindingHidden, n.han)
	case r == '·':
		if isGap := func(r rune) bool { return r == 0 || r == '·' || isBlank(r) }; isGap(n.at(i-1)) || isGap(n.at(i+1)) {
			n.found[FindingDot] = true
		}
	case strings.ContainsRune(dotLookalikes, r):
		n.found[FindingDot] = true
	case strings.ContainsRune(".．。", r) && n.han && isHan(n.at(i-1)) && (isHan(n.at(i+1)) || n.at(i+1) == 0):
		n.found[FindingDot] = true
	default:
		return false
	}
	return true
}

// dotLookalikes resemble the middle dot · (U+00B7) of registered names.
const dotLookalikes = "•‧・･∙⋅⸱ꞏ᛫﹒"
