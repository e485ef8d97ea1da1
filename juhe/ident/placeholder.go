package ident

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
)

// Placeholder is the kind of a text that was typed in place of a factor.
type Placeholder string

// The kinds of placeholder. NotPlaceholder is for values and for the empty text.
const (
	NotPlaceholder     Placeholder = ""
	PlaceholderNoValue Placeholder = "none"   // stands for no value: NULL, \N, nan, 无, 待补充, /, a lone 0, ???
	PlaceholderMasked  Placeholder = "masked" // partly hidden: 张*, 1101****002X, and all that MaskName and MaskNumber return
)

// PlaceholderOf returns the kind of placeholder that a typed factor is, or
// NotPlaceholder. A code that breaks no rule of its kind is a value.
func PlaceholderOf(f juhe.Factor, typed string) Placeholder {
	switch text := foldText(typed); {
	case text == "":
		return NotPlaceholder
	case isMasked(f, typed, text):
		return PlaceholderMasked
	case isNoValue(f, text):
		return PlaceholderNoValue
	}
	return NotPlaceholder
}

func isNoValue(f juhe.Factor, text string) bool {
	core := strings.Map(dropIf(isPunctOrSymbol), text)
	half := core[:len(core)/2]
	switch {
	case core == "", text == `\n`, text == "-1", isNoValueWord(core), isNoValueWord(half) && core == half+half && strings.ContainsAny(text, "/、,;|"), isSheetError(text), strings.Trim(core, "0") == "":
		return true
	case strings.Trim(core, "x") == "": // a company's name may be one letter
		return f != juhe.Entname || len(core) > 1
	case f == juhe.Realname:
		return isShortWithPrefix(core, 8, "见营业执照", "同营业执照", "暂无", "暂缺", "未提供", "未填", "未登记", "未知", "未录", "待补", "待定", "待填", "没有", "不详", "见附")
	case f == juhe.Entmark, f == juhe.Idcard:
		return isRepeated(core) || isReasonForNone(core) || isShortWithPrefix(core, 20, "无身", "无证", "无号", "无统", "无信", "无注", "无组", "无代", "无执", "无营", "暂", "未", "待", "没", "见附", "详见", "缺")
	}
	return false
}

func isMasked(f juhe.Factor, typed, text string) bool {
	switch f {
	case juhe.Entname:
		return hasRun(text, maskRunes, 2)
	case juhe.Realname:
		return strings.ContainsAny(text, maskRunes+"×") && utf8.RuneCountInString(text) > 1 ||
			endsWithRun(text, "•·_-—#〇囗", 2) || endsWithRun(text, "…", 1) || isMaskedByX(text) || strings.Trim(text, "某") == ""
	}
	value, _ := Normalize(f, typed)
	if right := isValidCode(f, value); right && isCheckable(KindOf(f, value)) || right && !hasRun(text, "-—", 3) {
		return false // a run of hyphens hides digits; without them the rest may look like a passport number
	}
	return isMaskedCode(text)
}

// maskRunes are the characters that hide others. No registered name has them.
const maskRunes = "*∗⁎⁕⋆٭✱✲✳✻﹡●○◯■█▇◆◇★☆※╳✕✖"

// isMaskedCode reports whether characters of a code are hidden. A single ? or × may be a
// typing mistake, and three X may be right.
func isMaskedCode(text string) bool {
	return strings.ContainsAny(text, maskRunes) && utf8.RuneCountInString(text) > 1 ||
		strings.ContainsFunc(text, isAlnumRune) && (hasRun(text, "?×#_.•·~", 2) || hasRun(text, `x-—/\`, 3) || strings.Contains(text, "…"))
}

// isMaskedByX reports whether a name ends with a Han character and several X: 张xx.
func isMaskedByX(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "x×"))
	return isHan(last) && endsWithRun(text, "x×", 2)
}

// endsWithRun reports whether a name ends with n or more of the runes.
func endsWithRun(text, runes string, n int) bool {
	head := strings.TrimRight(text, runes)
	return head != "" && utf8.RuneCountInString(text[len(head):]) >= n
}

// isValidCode reports whether a code has a kind and breaks no rule of it on any day.
func isValidCode(f juhe.Factor, value string) bool {
	kind := KindOf(f, value)
	return kind != KindNone && len(brokenRules(f, kind, value, farFuture())) == 0
}

// foldText returns a text in half-width and small letters, without blanks and invisible
// characters, and with ordinary characters instead of radicals.
func foldText(s string) string {
	return strings.Map(func(r rune) rune {
		if isBlank(r) || isInvisible(r) {
			return -1
		}
		return unicode.ToLower(HalfWidth(foldRadical(r)))
	}, s)
}

// isPunctOrSymbol reports whether r is punctuation or a symbol without a meaning of its own.
// & and + are parts of names, and invalid UTF-8 is another problem.
func isPunctOrSymbol(r rune) bool {
	return r != '&' && r != '+' && r != utf8.RuneError && (unicode.IsPunct(r) || unicode.IsSymbol(r))
}

func isAlnumRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isSheetError reports whether a text is an error value of a spreadsheet: #REF!, #DIV/0!.
func isSheetError(text string) bool {
	rest, found := strings.CutPrefix(text, "#")
	return found && strings.Trim(rest, "abcdefghijklmnopqrstuvwxyz0/!?_") == ""
}

// isRepeated reports whether a code repeats one character.
func isRepeated(core string) bool {
	first, size := utf8.DecodeRuneInString(core)
	return size < len(core) && strings.Trim(core, string(first)) == ""
}

func isShortWithPrefix(text string, limit int, prefixes ...string) bool {
	return utf8.RuneCountInString(text) <= limit && matchesAny(text, strings.HasPrefix, prefixes...)
}

// hasRun reports whether text has n consecutive characters of runes.
func hasRun(text, runes string, n int) bool {
	run := 0
	for _, r := range text {
		if run++; !strings.ContainsRune(runes, r) {
			run = 0
		}
		if run == n {
			return true
		}
	}
	return false
}

// isReasonForNone reports whether a text without digits gives the reason why there is no code,
// or the kind of document: 拒绝提供, 办理中, 三证合一, 身份证. Column headers such as
// 身份证号 are not included.
func isReasonForNone(core string) bool {
	isHeader := strings.HasSuffix(core, "号") || strings.HasSuffix(core, "码")
	return !isHeader && !strings.ContainsAny(core, "0123456789") && isShortWithPrefix(core, 8, "不", "拒", "办理", "补办", "正在", "丢失", "遗失", "已", "注销", "吊销", "作废", "过期",
		"证件", "身份证", "护照", "营业执照", "三证", "多证", "五证", "个人", "个体", "外籍", "外国")
}

// noValueWords are the words that programs and people write where there is no value,
// folded and without punctuation: n/a is na.
const noValueWords = " null nil none nan na nat undefined unknown tbd tba todo empty blank missing notavailable notapplicable " +
	"nodata novalue noname true false inf unknow unkown " +
	"无 無 暫無 沒有 没 没有 空 空值 空白 空缺 空的 略 缺 暂无 暂缺 缺失 缺少 缺省 未知 未详 未填 未填写 未提供 未登记 未录入 未披露 未公开 未采集 未获取 未命名 " +
	"不详 不明 不清楚 不知道 不祥 不适用 不存在 不清 待补 待补充 待定 待填 待填写 待查 待核 待核实 待提供 待完善 待录入 待确认 " +
	"同上 同前 同左 同下 见上 见附件 见附表 见备注 详见附件 详见附表 详见备注 如上 以上 无效 无名 无姓名 无证件 无证 无号 无号码 无身份证 无身份证号 " +
	"无信用代码 无代码 无信息 无数据 无记录 无此人 无内容 无资料 无法提供 无法获取 查无 查无此人 暂无数据 暂无信息 暂无资料 暂未提供 暂未登记 没有数据 " +
	"注销 已注销 吊销 已吊销 离职 已离职 已故 死亡 已死亡 去世 已去世 不提供 拒绝提供 无名氏 查询失败 获取失败 读取失败 识别失败 解析失败 objectobject " +
	"默认 保密 匿名 其他 请填写 请输入 必填 选填 不填 不需要 无需 无须 无此项 无该项 "

func isNoValueWord(core string) bool {
	return !strings.Contains(core, " ") && strings.Contains(noValueWords, " "+core+" ")
}
