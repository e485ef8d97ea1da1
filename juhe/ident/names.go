package ident

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	n.add(FindingGarbled, IsGarbled(value))
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

// personFindings returns the findings about a person's name.
func personFindings(value string) findings {
	n := newNameScan(value)
	for i, r := range n.runes {
		if n.scanCommon(i) {
			continue
		}
		switch {
		case unicode.IsLetter(r):
			n.add(FindingWidth, isFullWidth(r))
			n.add(FindingLatin, n.han)
		case unicode.IsNumber(r):
			n.found[FindingDigits] = true
		case strings.ContainsRune("()（）[]【】〔〕{}｛｝<>《》「」『』﹙﹚", r):
			n.found[FindingNote] = true
		case strings.ContainsRune("/／、,，;；|｜&＆+＋\\", r) && n.han:
			n.add(FindingPunctuation, n.at(i-1) == 0 || n.at(i+1) == 0)
			n.add(FindingSeveral, n.at(i-1) != 0 && n.at(i+1) != 0)
		case strings.ContainsRune("-‐‑'’ʼ.,", r):
			n.add(FindingPunctuation, n.han)
		default:
			n.found[FindingPunctuation] = true
		}
	}
	n.add(FindingGarbled, IsGarbled(value))
	n.add(FindingCompany, isCompany(value))
	n.add(FindingSample, isSample(value))
	n.add(FindingHidden, strings.Contains(value, "某"))
	n.add(FindingTitle, n.han && hasTitle(value))
	n.add(FindingSeveral, isJoined(value))
	return n.found.keepOnly(FindingGarbled, FindingCompany, FindingSample)
}

// isCompany reports whether a text in a person's field is a company's name. Persons'
// names may end with 社, 店 or 中心 too.
func isCompany(value string) bool {
	length := utf8.RuneCountInString(value)
	if length < 3 {
		return false
	}
	if length > 3 && matchesAny(value, strings.Contains, "公司", "有限", "集团", "事务所", "合作社", "合伙企业", "Ltd", "LTD", "Limited", "LIMITED", "Inc.", "INC.", "LLC", "GmbH") {
		return true
	}
	const shortest = 5
	switch {
	case isDotted(value):
		return false
	case length < shortest:
		last, _ := utf8.DecodeLastRuneInString(value)
		return length == shortest-1 && strings.ContainsRune("店厂馆坊铺", last) && !hasSurname(value)
	}
	return matchesAny(strings.TrimRight(value, "）)"), strings.HasSuffix,
		"厂", "店", "中心", "商行", "商店", "商社", "经营部", "服务部", "门市部", "批发部", "维修部", "工作室", "学校", "幼儿园", "大学", "学院", "医院", "诊所", "药房",
		"超市", "酒店", "饭店", "宾馆", "餐厅", "银行", "支行", "分行", "委员会", "居委会", "村委会", "协会", "商会", "基金会", "研究院", "研究所", "企业", "农场", "面馆", "餐馆", "饭馆", "茶馆", "旅馆", "酒楼", "茶楼", "网吧", "商铺", "作坊")
}

// title is a text that begins or ends with a title or position.
var title = regexp.MustCompile(`(?s).(?:先生|女士|小姐|太太|经理|董事长|总裁|老板|法人|法人代表|法定代表人|负责人|经营者|投资人|校长|院长|主任|厂长|店长|老师|医生)$|` +
	`^(?:法人|法定代表人|负责人|经营者|投资人|董事长|总经理|经理|姓名|联系人|委派代表).`)

// hasTitle reports whether a name begins or ends with a title or position.
func hasTitle(value string) bool {
	if title.MatchString(value) {
		return true
	}
	first, found := strings.CutSuffix(value, "总")
	return found && utf8.RuneCountInString(first) == 1 && hasSurname(first)
}

// isJoined reports whether a text is two names joined by a word: 张三和李四. A single
// name may have 和 in it too, but few have five characters.
func isJoined(value string) bool {
	for _, and := range []string{"和", "与", "及"} {
		one, other, found := strings.Cut(value, and)
		if found && utf8.RuneCountInString(one) > 1 && utf8.RuneCountInString(other) > 1 && personScore(one) == ScoreCertain && personScore(other) == ScoreCertain && !isDotted(value) {
			return true
		}
	}
	return false
}

// isSample reports whether a text is sample data or a header instead of a name.
func isSample(value string) bool {
	const words = " 测试 测试测试 测试公司 测试企业 测试员 测试人 测试用户 测试数据 示例 样例 样本 范例 模板 姓名 名字 法人 法定代表人 法人代表 法人姓名 法人名称 法定代表人姓名 " +
		"经营者 经营者姓名 负责人 负责人姓名 董事长 总经理 执行董事 经理 股东 联系人 投资人 用户 个人 个体 个体户 个体工商户 企业名称 公司名称 单位名称 公司 企业 单位 有限公司 甲方 乙方 test tester testing demo sample example name company "
	const longest = 21 // seven Han characters
	return len(value) <= longest && !strings.Contains(value, " ") && strings.Contains(words, " "+strings.ToLower(value)+" ")
}

// SpacingFinding returns the meaning of the blanks or line breaks in a typed person's
// name, which Normalize removes: FindingSeveral if they separate persons, FindingDot if
// they replace the dot of a long name, and "" if they only pad the name.
func SpacingFinding(typed string) Finding {
	if strings.IndexFunc(typed, isBlank) < 0 || isDotted(typed) {
		return ""
	}
	parts := strings.FieldsFunc(typed, isBlank)
	if len(parts) < 2 || hasDoubleSurname(parts[0]) && utf8.RuneCountInString(parts[0]) == 2 {
		return ""
	}
	persons, length := true, 0
	for _, part := range parts {
		runes := utf8.RuneCountInString(part)
		if runes < 2 || strings.ContainsFunc(part, func(r rune) bool { return !isHan(r) }) {
			return ""
		}
		persons, length = persons && personScore(part) == ScoreCertain, length+runes
	}
	const dotted = 5 // the shortest names with a dot
	switch {
	case persons:
		return FindingSeveral
	case length >= dotted && !hasTitle(strings.Join(parts, "")):
		return FindingDot
	}
	return ""
}
