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

// addWarnings adds the texts about what is wrong with a factor.
func addWarnings(t *Messages, l pick) {
	t.Inputs = map[lookup.InputProblem]string{
		lookup.InputEmpty:       l("缺少{field}，未发送", "{field} is missing; not sent"),
		lookup.InputInvalidUTF8: l("{field}有无法识别的字符，未发送，请重新输入", "{field} has unreadable characters; not sent, please enter it again"),
		lookup.InputPlaceholder: l("{field}只有占位符（如 无、NULL、/、0），未发送，请填写实际的值", "{field} is only a placeholder (such as NULL, 无, / or 0); not sent, enter the real value"),
		lookup.InputMasked:      l("{field}是脱敏的值，未发送，请填写完整的值（从本程序导出时加 --reveal）", "{field} is masked; not sent, enter the full value (export with --reveal)"),
	}
	t.Findings = map[ident.Finding]string{
		ident.FindingDot:         l("间隔号应为 ·，且只在两段名字之间", "the separator in a name is ·, and only between its parts"),
		ident.FindingBracket:     l("登记名称通常用成对的全角括号（）", "use paired （）"),
		ident.FindingWidth:       l("有全角字母或数字，登记通常用半角", "full-width letters or digits; the register normally uses half-width"),
		ident.FindingVariant:     l("“戶”与“户”不同，登记多用“户”", "戶 is not 户, which the register normally uses"),
		ident.FindingPrivate:     l("有自造字，服务通常无法识别", "private-use characters, which the service rarely recognizes"),
		ident.FindingReplaceable: l("自造字有对应的标准字，请改用", "a standard character exists: use it instead"),
		ident.FindingUnknown:     l("? 或 □ 处的字没有读出", "? or □ stands for an unreadable character"),
		ident.FindingGarbled:     l("像是乱码，可能编码不对", "garbled text, probably the wrong encoding"),
		ident.FindingDigits:      l("姓名里有数字", "digits in a person's name"), ident.FindingLatin: l("汉字姓名里有字母", "letters within a Chinese name"),
		ident.FindingCompany:     l("像是企业名称，可能填错了栏", "looks like a company: the wrong field?"),
		ident.FindingPerson:      l("像是人名，可能填错了栏", "looks like a person: the wrong field?"),
		ident.FindingNote:        l("带有括号说明，登记的名称中没有", "a note in brackets, which the register does not have"),
		ident.FindingTitle:       l("带有称谓或职务，登记的姓名中没有", "a title or position, which the register does not have"),
		ident.FindingSeveral:     l("像是不止一个人的姓名", "looks like more than one person"),
		ident.FindingPunctuation: l("有名称中不会出现的符号", "punctuation that does not occur in names"),
		ident.FindingHidden:      l("真名可能被遮盖（某、X、*）", "the real name seems to be hidden (某, X, *)"),
		ident.FindingSample:      l("像是示例或栏目名，不是真实名称", "looks like a sample or a column title, not a real name"),
	}
	t.Rules = map[WarningCase]string{
		{ident.RuleLength, anyFactor, anyKind}:            l("长度不对", "wrong length"),
		{ident.RuleLength, juhe.Entname, anyKind}:         l("企业名称太短", "too short for a company name"),
		{ident.RuleLength, juhe.Realname, anyKind}:        l("姓名太短", "too short for a name"),
		{ident.RuleLength, juhe.Entmark, anyKind}:         l("长度不对：信用代码 18 位，注册号 15 位，组织机构代码 9 位", "wrong length: credit code 18, registration number 15, organisation code 9"),
		{ident.RuleLength, juhe.Idcard, anyKind}:          l("位数与任何证件都不符", "no known document number has this length"),
		{ident.RuleCharset, anyFactor, anyKind}:           l("含有不允许的字符", "has a character that is not allowed"),
		{ident.RuleCharset, juhe.Entname, anyKind}:        l("不像企业名称", "does not look like a company name"),
		{ident.RuleCharset, juhe.Realname, anyKind}:       l("不像姓名", "does not look like a name"),
		{ident.RuleChecksum, anyFactor, anyKind}:          l("{kind}的校验位不符", "{kind}: check digit does not match"),
		{ident.RuleChecksum, anyFactor, ident.KindNone}:   l("校验位不符", "check digit does not match"),
		{ident.RuleRegion, anyFactor, anyKind}:            l("{kind}的登记机关或地区代码不存在", "{kind}: unknown registrar or region code"),
		{ident.RuleRegion, anyFactor, ident.KindNone}:     l("地区代码不存在", "unknown region code"),
		{ident.RuleDate, anyFactor, anyKind}:              l("出生日期不存在或在将来", "birth date does not exist or is in the future"),
		{ident.RuleOrgCheck, anyFactor, anyKind}:          l("其中的组织机构代码校验位不符", "organisation code inside: check digit does not match"),
		{ident.RuleChanged, anyFactor, anyKind}:           l("已整理：", "tidied: "),
		{ident.RuleLookalike, anyFactor, anyKind}:         l("有形近字符：", "look-alike characters: "),
		{ident.RuleName, anyFactor, anyKind}:              l("名称可疑", "unusual name"),
		{ident.RulePlaceholder, anyFactor, anyKind}:       l("只有占位符，不会发送", "only a placeholder: will not be sent"),
		{ident.RuleKind, anyFactor, anyKind}:              l("本接口不支持{kind}", "this endpoint does not accept a {kind}"),
		{ident.RuleKind, anyFactor, ident.KindRegnoOld}:   l("旧式注册号，无法校验", "old registration number, cannot be checked"),
		{ident.RuleKind, juhe.Entmark, ident.KindOrgcode}: l("本接口需填统一社会信用代码或注册号，这里填的是组织机构代码", "an organisation code; this endpoint needs a credit code or registration number"),
		{ident.RuleKind, juhe.Entmark, ident.KindUSCC}:    l("本接口需填组织机构代码，即统一社会信用代码第 9–17 位", "a credit code; this endpoint needs the organisation code (characters 9–17 of the credit code)"),
		{ident.RuleKind, juhe.Entmark, ident.KindRegno}:   l("本接口需填组织机构代码，这里填的是注册号", "a registration number; this endpoint needs the organisation code"),
		{ident.RuleKind, juhe.Entmark, anyKind}:           l("这像是{kind}，可能填错了栏", "looks like a {kind}: the wrong field?"),
		{ident.RuleKind, juhe.Entname, anyKind}:           l("这像是{kind}，可能填错了栏", "looks like a {kind}: the wrong field?"),
		{ident.RuleKind, juhe.Realname, anyKind}:          l("这像是{kind}，可能填错了栏", "looks like a {kind}: the wrong field?"),
		{ident.RuleKind, juhe.Idcard, ident.KindUSCC}:     l("这像是{kind}，可能填错了栏", "looks like a {kind}: the wrong field?"),
		{ident.RuleKind, juhe.Idcard, anyKind}:            l("本接口需填身份证号，这里填的是{kind}", "a {kind}; this endpoint needs a resident ID number"),
	}
	t.MaskedValue = l("脱敏的值，不会发送；请填写完整的值（导出时加 --reveal）", "masked: will not be sent; enter the full value (export with --reveal)")
	t.Kinds = map[ident.Kind]string{
		ident.KindUSCC: l("统一社会信用代码", "credit code"), ident.KindRegno: l("注册号", "registration number"),
		ident.KindRegnoOld: l("旧式注册号", "old registration number"), ident.KindOrgcode: l("组织机构代码", "organisation code"),
		ident.KindResident18: l("居民身份证", "resident ID card"), ident.KindResident15: l("15 位居民身份证", "15-digit resident ID card"),
		ident.KindPermitHKMO: l("港澳居民居住证", "residence permit (HK, Macao)"), ident.KindPermitTW: l("台湾居民居住证", "residence permit (Taiwan)"),
		ident.KindPermitForeign: l("外国人永久居留身份证", "foreign permanent resident ID card"),
		ident.KindPassport:      l("护照", "passport"), ident.KindTravelPermit: l("来往内地（大陆）通行证", "travel permit"),
	}
	t.Changes = map[ident.Change]string{
		ident.ChangeBlanks: l("去除多余空格", "spaces removed"), ident.ChangeHyphens: l("去除连字符", "hyphens removed"),
		ident.ChangeWidth: l("全角转半角", "full-width characters converted"), ident.ChangeInvisible: l("去除不可见字符", "invisible characters removed"),
		ident.ChangeCase:  l("字母转大写", "letters changed to upper case"),
		ident.ChangeForms: l("部首字、兼容字换为标准字", "radicals and compatibility characters converted"),
	}
}
