package ident

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
)

// Finding is what is odd about a name, told with RuleLookalike and RuleName.
type Finding string

// The findings of RuleLookalike: characters that are taken for the registered ones.
const (
	FindingDot     Finding = "dot"     // not · between the parts of a name, or · where there is none
	FindingBracket Finding = "bracket" // in a company's name not （）, or one of a pair
	FindingWidth   Finding = "width"   // letters or digits in full width
	FindingVariant Finding = "variant" // 戶 and the like for 户
)

// The findings of RuleName. Those of a company in a person's field and the other way
// round come alone: they explain the rest.
const (
	FindingPrivate     Finding = "private"     // characters of private use: see isPrivate
	FindingStandard    Finding = "standard"    // such ones of which Standard knows the ordinary ones
	FindingUnknown     Finding = "unknown"     // ? or □ for a character
	FindingGarbled     Finding = "garbled"     // read in a wrong encoding
	FindingDigits      Finding = "digits"      // in a person's name
	FindingLatin       Finding = "latin"       // letters within Han characters
	FindingCompany     Finding = "company"     // a company, in the person's field
	FindingPerson      Finding = "person"      // a person, in the company's field
	FindingNote        Finding = "note"        // 张三（法人）
	FindingTitle       Finding = "title"       // 张三先生, 总经理张三
	FindingSeveral     Finding = "several"     // 张三/李四
	FindingPunctuation Finding = "punctuation" // what no name has in it
	FindingHidden      Finding = "hidden"      // 张某, 北京XX公司
	FindingSample      Finding = "sample"      // 测试, 姓名
)

// Findings returns every finding, those of RuleLookalike first.
func Findings() []Finding {
	return []Finding{
		FindingDot, FindingBracket, FindingWidth, FindingVariant,
		FindingPrivate, FindingStandard, FindingUnknown, FindingGarbled, FindingDigits, FindingLatin, FindingCompany, FindingPerson,
		FindingNote, FindingTitle, FindingSeveral, FindingPunctuation, FindingHidden, FindingSample,
	}
}

// Rule is the rule that a finding is told with.
func (f Finding) Rule() Rule {
	if slices.Index(Findings(), f) < slices.Index(Findings(), FindingPrivate) {
		return RuleLookalike
	}
	return RuleName
}

// findings are those of a name, each once.
type findings map[Finding]bool

// keepOnly keeps one if it is there, since it explains the rest.
func (fs findings) keepOnly(all ...Finding) findings {
	for _, f := range all {
		if fs[f] {
			return findings{f: true}
		}
	}
	return fs
}

// warnings are one for each rule, with its findings in their order.
func (fs findings) warnings(f juhe.Factor) []Warning {
	var remarks []Warning
	if len(fs) == 0 {
		return nil
	}
	for _, rule := range []Rule{RuleLookalike, RuleName} {
		var of []Finding
		for _, finding := range Findings() {
			if fs[finding] && finding.Rule() == rule {
				of = append(of, finding)
			}
		}
		if len(of) > 0 {
			remarks = append(remarks, Warning{Field: f, Rule: rule, Findings: of})
		}
	}
	return remarks
}

// nameScan is a name as its characters are looked at, one by one.
type nameScan struct {
	runes []rune
	han   bool // there is a Han character in it
	found findings
}

func newNameScan(value string) nameScan {
	return nameScan{[]rune(value), strings.ContainsFunc(value, isHan), findings{}}
}

// at is a character, or 0 before and behind the name.
func (n nameScan) at(i int) rune {
	if i < 0 || i >= len(n.runes) {
		return 0
	}
	return n.runes[i]
}

// scanCommon looks at a character that is the same in the names of companies and of
// persons, and reports whether it was one.
func (n nameScan) scanCommon(i int) bool {
	switch r := n.runes[i]; {
	case r == '戶', r == '戸':
		n.found[FindingVariant] = true
	case 0x4E00 <= r && r <= 0x9FFF: // most are
	case isPrivate(r):
		n.found[FindingPrivate] = true
		if _, known := standardRune(r); known {
			n.found[FindingStandard] = true
		}
	case isHan(r), isBlank(r), unicode.IsMark(r), r == utf8.RuneError: // which is RuleCharset
	case strings.ContainsRune("?？□〓▯⍰\ufffc", r), 0x2FF0 <= r && r <= 0x2FFF:
		n.found[FindingUnknown] = true
	case strings.ContainsRune(maskRunes+"×", r):
		n.add(FindingHidden, n.han)
	case r == '·':
		if odd := func(r rune) bool { return r == 0 || r == '·' || isBlank(r) }; odd(n.at(i-1)) || odd(n.at(i+1)) {
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

// dotLookalikes are taken for the middle dot · (U+00B7) of registered names.
const dotLookalikes = "•‧・･∙⋅⸱ꞏ᛫﹒"
