package i18n

import (
	"cmp"
	"strings"
)

// Input returns why the factor called label cannot be sent, and the cure.
func (t *Messages) Input(problem, label string) string {
	return strings.ReplaceAll(t.Inputs[problem], "{field}", label)
}

// Warning explains a warning about a field. The rules changed, lookalike and name
// list what was changed or found. For any other rule the closest text of Rules is
// used: by rule/field/kind, rule/kind, rule/field or rule.
func (t *Messages) Warning(field, rule, kind string, changes []string) string {
	switch rule {
	case "changed":
		return t.listed(t.Rules[rule], t.Changes, changes)
	case "lookalike":
		return t.listed(t.Rules[rule], t.Findings, changes)
	case "name":
		return cmp.Or(t.listed("", t.Findings, changes), t.Rules[rule])
	}
	for _, name := range []string{rule + "/" + field + "/" + kind, rule + "/" + kind, rule + "/" + field, rule} {
		if text, ok := t.Rules[name]; ok {
			return strings.ReplaceAll(text, "{kind}", t.Kinds[kind])
		}
	}
	return rule
}

// listed joins texts by their names after a head. Records of other versions may
// have unknown names or none.
func (t *Messages) listed(head string, texts map[string]string, names []string) string {
	var all []string
	for _, name := range names {
		if text := texts[name]; text != "" {
			all = append(all, text)
		}
	}
	if len(all) == 0 {
		return strings.TrimSuffix(head, t.Colon)
	}
	return head + strings.Join(all, t.Semicolon)
}

func zhInputs() map[string]string {
	return map[string]string{
		"empty":       "缺少{field}，未发送",
		"utf8":        "{field}有无法识别的字符，未发送，请重新输入",
		"placeholder": "{field}只有占位符（如 无、NULL、/、0），未发送，请填写实际的值",
		"masked":      "{field}是脱敏的值，未发送，请填写完整的值（从本程序导出时加 --reveal）",
	}
}

func enInputs() map[string]string {
	return map[string]string{
		"empty":       "{field} is missing; not sent",
		"utf8":        "{field} has unreadable characters; not sent, please enter it again",
		"placeholder": "{field} is only a placeholder (such as NULL, 无, / or 0); not sent, enter the real value",
		"masked":      "{field} is masked; not sent, enter the full value (export with --reveal)",
	}
}

func zhFindings() map[string]string {
	return map[string]string{
		"dot":         "间隔号应为 ·，且只在两段名字之间",
		"bracket":     "登记名称通常用成对的全角括号（）",
		"width":       "有全角字母或数字，登记通常用半角",
		"variant":     "“戶”与“户”不同，登记多用“户”",
		"private":     "有自造字，服务通常无法识别",
		"standard":    "自造字有对应的标准字，请改用",
		"unknown":     "? 或 □ 处的字没有读出",
		"garbled":     "像是乱码，可能编码不对",
		"digits":      "姓名里有数字",
		"latin":       "汉字姓名里有字母",
		"company":     "像是企业名称，可能填错了栏",
		"person":      "像是人名，可能填错了栏",
		"note":        "带有括号说明，登记的名称中没有",
		"title":       "带有称谓或职务，登记的姓名中没有",
		"several":     "像是不止一个人的姓名",
		"punctuation": "有名称中不会出现的符号",
		"hidden":      "真名可能被遮盖（某、X、*）",
		"sample":      "像是示例或栏目名，不是真实名称",
	}
}

func enFindings() map[string]string {
	return map[string]string{
		"dot":         "the separator in a name is ·, and only between its parts",
		"bracket":     "use paired （）",
		"width":       "full-width letters or digits; the register normally uses half-width",
		"variant":     "戶 is not 户, which the register normally uses",
		"private":     "private-use characters, which the service rarely recognizes",
		"standard":    "a standard character exists: use it instead",
		"unknown":     "? or □ stands for an unreadable character",
		"garbled":     "garbled text, probably the wrong encoding",
		"digits":      "digits in a person's name",
		"latin":       "letters within a Chinese name",
		"company":     "looks like a company: the wrong field?",
		"person":      "looks like a person: the wrong field?",
		"note":        "a note in brackets, which the register does not have",
		"title":       "a title or position, which the register does not have",
		"several":     "looks like more than one person",
		"punctuation": "punctuation that does not occur in names",
		"hidden":      "the real name seems to be hidden (某, X, *)",
		"sample":      "looks like a sample or a column title, not a real name",
	}
}
