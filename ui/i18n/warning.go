package i18n

import (
	"cmp"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

// WarningCase is a rule of a warning with the factor and the kind that its text is for.
type WarningCase struct {
	rule   ident.Rule
	factor juhe.Factor
	kind   ident.Kind
}

const (
	anyFactor juhe.Factor = -1
	anyKind   ident.Kind  = "*"
)

// Input returns why the factor called label cannot be sent, and the cure.
func (t *Messages) Input(problem lookup.InputProblem, label string) string {
	return strings.ReplaceAll(t.Inputs[problem], "{field}", label)
}

// Warning explains a warning. The rules changed, lookalike and name list what was changed
// or found. For any other rule the most specific text of Rules is used.
func (t *Messages) Warning(w ident.Warning) string {
	text := t.Rules[WarningCase{w.Rule, anyFactor, anyKind}]
	switch {
	case w.Rule == ident.RuleChanged:
		return listed(t, text, t.Changes, w.Changes)
	case w.Rule == ident.RuleLookalike:
		return listed(t, text, t.Findings, w.Findings)
	case w.Rule == ident.RuleName:
		return cmp.Or(listed(t, "", t.Findings, w.Findings), text)
	case w.Placeholder == ident.PlaceholderMasked:
		return t.MaskedValue
	}
	for _, c := range []WarningCase{{w.Rule, w.Factor, w.Kind}, {w.Rule, anyFactor, w.Kind}, {w.Rule, w.Factor, anyKind}} {
		if special, ok := t.Rules[c]; ok {
			text = special
			break
		}
	}
	return cmp.Or(strings.ReplaceAll(text, "{kind}", t.Kinds[w.Kind]), string(w.Rule))
}

// listed joins the texts of values after a head. Records of other versions may have
// unknown values or none.
func listed[T ~string](t *Messages, head string, texts map[T]string, values []T) string {
	var all []string
	for _, value := range values {
		if text := texts[value]; text != "" {
			all = append(all, text)
		}
	}
	if len(all) == 0 {
		return strings.TrimSuffix(head, t.Colon)
	}
	return head + strings.Join(all, t.Semicolon)
}

func zhInputs() map[lookup.InputProblem]string {
	return map[lookup.InputProblem]string{
		lookup.InputEmpty:       "缺少{field}，未发送",
		lookup.InputInvalidUTF8: "{field}有无法识别的字符，未发送，请重新输入",
		lookup.InputPlaceholder: "{field}只有占位符（如 无、NULL、/、0），未发送，请填写实际的值",
		lookup.InputMasked:      "{field}是脱敏的值，未发送，请填写完整的值（从本程序导出时加 --reveal）",
	}
}

func enInputs() map[lookup.InputProblem]string {
	return map[lookup.InputProblem]string{
		lookup.InputEmpty:       "{field} is missing; not sent",
		lookup.InputInvalidUTF8: "{field} has unreadable characters; not sent, please enter it again",
		lookup.InputPlaceholder: "{field} is only a placeholder (such as NULL, 无, / or 0); not sent, enter the real value",
		lookup.InputMasked:      "{field} is masked; not sent, enter the full value (export with --reveal)",
	}
}

func zhFindings() map[ident.Finding]string {
	return map[ident.Finding]string{
		ident.FindingDot:         "间隔号应为 ·，且只在两段名字之间",
		ident.FindingBracket:     "登记名称通常用成对的全角括号（）",
		ident.FindingWidth:       "有全角字母或数字，登记通常用半角",
		ident.FindingVariant:     "“戶”与“户”不同，登记多用“户”",
		ident.FindingPrivate:     "有自造字，服务通常无法识别",
		ident.FindingReplaceable: "自造字有对应的标准字，请改用",
		ident.FindingUnknown:     "? 或 □ 处的字没有读出",
		ident.FindingGarbled:     "像是乱码，可能编码不对",
		ident.FindingDigits:      "姓名里有数字",
		ident.FindingLatin:       "汉字姓名里有字母",
		ident.FindingCompany:     "像是企业名称，可能填错了栏",
		ident.FindingPerson:      "像是人名，可能填错了栏",
		ident.FindingNote:        "带有括号说明，登记的名称中没有",
		ident.FindingTitle:       "带有称谓或职务，登记的姓名中没有",
		ident.FindingSeveral:     "像是不止一个人的姓名",
		ident.FindingPunctuation: "有名称中不会出现的符号",
		ident.FindingHidden:      "真名可能被遮盖（某、X、*）",
		ident.FindingSample:      "像是示例或栏目名，不是真实名称",
	}
}

func enFindings() map[ident.Finding]string {
	return map[ident.Finding]string{
		ident.FindingDot:         "the separator in a name is ·, and only between its parts",
		ident.FindingBracket:     "use paired （）",
		ident.FindingWidth:       "full-width letters or digits; the register normally uses half-width",
		ident.FindingVariant:     "戶 is not 户, which the register normally uses",
		ident.FindingPrivate:     "private-use characters, which the service rarely recognizes",
		ident.FindingReplaceable: "a standard character exists: use it instead",
		ident.FindingUnknown:     "? or □ stands for an unreadable character",
		ident.FindingGarbled:     "garbled text, probably the wrong encoding",
		ident.FindingDigits:      "digits in a person's name",
		ident.FindingLatin:       "letters within a Chinese name",
		ident.FindingCompany:     "looks like a company: the wrong field?",
		ident.FindingPerson:      "looks like a person: the wrong field?",
		ident.FindingNote:        "a note in brackets, which the register does not have",
		ident.FindingTitle:       "a title or position, which the register does not have",
		ident.FindingSeveral:     "looks like more than one person",
		ident.FindingPunctuation: "punctuation that does not occur in names",
		ident.FindingHidden:      "the real name seems to be hidden (某, X, *)",
		ident.FindingSample:      "looks like a sample or a column title, not a real name",
	}
}
