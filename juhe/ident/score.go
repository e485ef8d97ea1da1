package ident

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
)

// The scores that Score returns.
const (
	ScoreNone     = 0 // something else
	ScorePossible = 1 // has the shape
	ScoreLikely   = 2 // a reader would take it for one
	ScoreCertain  = 3 // passes its checks, or has an unmistakable form
)

// Score returns how much a typed value looks like a factor: ScoreNone, ScorePossible,
// ScoreLikely or ScoreCertain. Dates of birth after today are in the future.
//
// A number whose check digit is right for one of the two codes scores ScoreNone as the
// other. A value that is certainly one factor may still be another one possibly.
func Score(f juhe.Factor, value string, today time.Time) int {
	if PlaceholderOf(f, value) != NotPlaceholder {
		return ScoreNone
	}
	normal, _ := Normalize(f, value)
	switch f {
	case juhe.Entname:
		return companyScore(normal)
	case juhe.Realname:
		return personScore(normal)
	}
	return codeScore(f, normal, today)
}

// CouldBe reports whether a value could be a factor although it does not look like one.
// It is for the one cell of a row that is left when the others are known.
func CouldBe(f juhe.Factor, value string, today time.Time) bool {
	if PlaceholderOf(f, value) != NotPlaceholder {
		return false
	}
	normal, _ := Normalize(f, value)
	switch f {
	case juhe.Entname, juhe.Realname:
		return strings.ContainsFunc(normal, unicode.IsLetter) && utf8.RuneCountInString(normal) > 1 && !isOtherColumnWord(normal) && !address.MatchString(normal) &&
			!strings.ContainsFunc(normal, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(sentencePunctuation, r) })
	}
	const shortest, phone = 6, 11
	return len(normal) >= shortest && isAlnum(normal) && CountDigits(normal) > 3 && !isRecentDate(normal) &&
		!(len(normal) == phone && isDigits(normal)) && codeScore(otherCode(f), normal, today) != ScoreCertain
}

func otherCode(f juhe.Factor) juhe.Factor {
	if f == juhe.Idcard {
		return juhe.Entmark
	}
	return juhe.Idcard
}

func codeScore(f juhe.Factor, value string, today time.Time) int {
	kind := KindOf(f, value)
	if kind == KindNone || isRecentDate(value) {
		return ScoreNone
	}
	other := otherCode(f)
	otherKind := KindOf(other, value)
	valid := len(brokenRules(f, kind, value, today)) == 0
	otherValid := otherKind != KindNone && len(brokenRules(other, otherKind, value, today)) == 0
	switch {
	case valid && otherValid:
		return ambiguousScore(f, kind, otherKind, value)
	case otherValid:
		return ScoreNone
	case valid && isCheckable(kind):
		return ScoreCertain
	case valid && hasCommonShape(value):
		return ScoreLikely
	case !valid && failsCheckDigitOnly(f, kind, value, today) && (f == juhe.Idcard || !failsCheckDigitOnly(other, otherKind, value, today)):
		return ScoreLikely
	}
	return ScorePossible
}

// ambiguousScore returns the score of a code that is valid in both fields. An
// organisation code with a right check digit may have the shape of a passport number,
// and one in a hundred registration numbers is a valid 15-digit personal ID number.
func ambiguousScore(f juhe.Factor, kind, otherKind Kind, value string) int {
	if f == juhe.Idcard && hasCommonShape(value) || f == juhe.Entmark && isCheckable(kind) && !isCheckable(otherKind) && !hasCommonShape(value) {
		return ScoreLikely
	}
	return ScorePossible
}

// isCheckable reports whether values of a kind can be checked beyond their shape.
func isCheckable(kind Kind) bool {
	switch kind {
	case KindRegnoOld, KindPassport, KindTravelPermit, KindNone:
		return false
	}
	return true
}

// hasCommonShape reports whether a code without a check digit has the distinctive shape
// of a Chinese passport or permit, or of a registration number of Shanxi.
func hasCommonShape(value string) bool {
	return matchesAny(value, hasShape, "A99999999", "AA9999999", "H9999999999", "M9999999999", "9999999999A", "9999999999(A)",
		"99999999A999999", "AAA999999999999")
}

// failsCheckDigitOnly reports whether only the check digit of a code is wrong.
func failsCheckDigitOnly(f juhe.Factor, kind Kind, value string, today time.Time) bool {
	switch {
	case f == juhe.Idcard && len(value) == 18:
		return isDigits(value[:17]) && consistsOf(value[17:], digitsX) && hasResidentRegion(kind, value) && isBirthday(value[6:14], today)
	case kind == KindUSCC:
		return hasUSCCCharset(value) && isUSCCClass(value[:2]) && isEntmarkRegion(value[2:4])
	}
	return false
}

// isRecentDate reports whether eight digits are a date of the 20th or 21st century, which a
// table is more likely to have than a permit with that number.
func isRecentDate(value string) bool {
	if len(value) != len("20060102") || value[:2] != "19" && value[:2] != "20" {
		return false
	}
	_, err := time.Parse("20060102", value)
	return err == nil
}

// companyWords returns words that occur in company names, mostly at the end.
func companyWords() []string {
	return []string{
		"公司", "厂", "店", "社", "中心", "集团", "合伙", "学校", "医院", "事务所", "商行", "经营部", "Ltd", "Limited", "Co.", "Inc", "LLC",
	}
}

// sentencePunctuation is the punctuation that no name has.
const sentencePunctuation = "，。；：？！、;:?!@"

// companyScore scores a company name. The word at its end decides, ignoring brackets
// such as （有限合伙）, then such a word anywhere, then the length. Sentences and addresses
// score ScoreNone.
func companyScore(value string) int {
	length := utf8.RuneCountInString(value)
	if !strings.ContainsFunc(value, unicode.IsLetter) || length < 3 || strings.ContainsAny(value, sentencePunctuation) || address.MatchString(value) {
		return ScoreNone
	}
	end, hasWord := strings.TrimRight(value, "."), false
	if open := strings.LastIndexAny(end, "（("); open > 0 && strings.ContainsAny(end[open:], "）)") {
		end = end[:open]
	}
	for _, word := range companyWords() {
		if length < 4 && utf8.RuneCountInString(word) < 2 {
			continue
		}
		if strings.HasSuffix(end, strings.TrimRight(word, ".")) {
			return ScoreCertain
		}
		hasWord = hasWord || strings.Contains(value, word)
	}
	switch {
	case hasWord:
		return ScoreLikely
	case length > 6 && strings.ContainsFunc(value, isHan) && !isDotted(value), length > 3 && hasTraderSuffix(end) && !hasDoubleSurname(value):
		return ScorePossible
	}
	return ScoreNone
}

// hasTraderSuffix reports whether a name ends like those of small traders. So do many
// other words.
func hasTraderSuffix(value string) bool {
	return matchesAny(value, strings.HasSuffix, "馆", "部", "行", "所", "院", "场", "站", "园", "坊", "铺", "超市", "工作室", "会", "校")
}

// address ends with a house, floor or room number.
var address = regexp.MustCompile(`[0-9A-Za-z一二三四五六七八九十０-９](?:号|室|楼|层|栋|幢|座|单元|弄|院)$`)

// personScore scores a person's name: two to four Han characters that begin with a
// surname, or the dot within the name of an ethnic minority.
func personScore(value string) int {
	length := utf8.RuneCountInString(value)
	if length < 2 || length > 30 || strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("·•. -'’", r) }) ||
		companyScore(value) > ScoreNone || isOtherColumnWord(value) || length > 4 && address.MatchString(value) {
		return ScoreNone
	}
	switch han := strings.ContainsFunc(value, isHan); {
	case han && (isDotted(value) || length <= 4 && hasSurname(value)):
		return ScoreCertain
	case han && length <= 4, !han && strings.ContainsAny(value, " ."):
		return ScoreLikely
	}
	return ScorePossible
}

func isDotted(value string) bool { return strings.ContainsAny(value, "·•") }

// isHan reports whether r is a Han character or a private-use character, which stands
// for one in a name.
func isHan(r rune) bool { return unicode.Is(unicode.Han, r) || isPrivate(r) }

// isOtherColumnWord reports whether a short text is typical of other columns of such
// tables: a place, a position or a state.
func isOtherColumnWord(value string) bool {
	if matchesAny(value, strings.HasSuffix, "省", "市", "区", "县", "族") {
		return true
	}
	const words = " 董事 董事长 执行董事 经理 总经理 监事 监事会 法人 高管 负责人 股东 合伙人 联系人 法定代表人 经办人 " +
		"在业 在营 存续 开业 正常 注销 吊销 迁出 迁入 停业 清算 有效 无效 成立 终止 待查 已查 待核 已核 未核 已核对 未核对 待核对 已核验 未核验 待核验 " +
		"是否 通过 未通过 一致 不一致 合格 不合格 未知 备注 成功 失败 申请 查询 正确 错误 确认 已确认 完成 已完成 未完成 重复 单位 金额 余额 " +
		"项目 时间 方案 高级 高新 应收 何时 施工 安全 常规 包装 费用 季度 管理 合计 总计 小计 共计 万元 人民币 身份证 护照 中国 北京 上海 天津 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 " +
		"河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾 " +
		"武汉 郑州 苏州 徐州 常州 温州 石家庄 金华 成都 济南 广州 深圳 杭州 南京 宁波 安庆 包头 洛阳 黄山 钱塘 "
	return strings.Contains(words, " "+value+" ")
}

// hasSurname reports whether a name begins with a common Chinese surname.
func hasSurname(value string) bool {
	const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白" +
		"邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅" +
		"童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬" +
		"边姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡鞠惠荆乐冀郁胥储原栗燕楚鄢劳谌奚皮粟冼蔺楼闻厉伊仝郜阚花权屠豆朴廉禹井祖漆巴丰卿狄索宣晋" +
		"扈晁芮阙浦戈伏鹿邸雍辜裘亓邰赫杭况宿鲜逯茹慕亢嵇湛茅檀昝"
	first, _ := utf8.DecodeRuneInString(value)
	return strings.ContainsRune(surnames, first) || hasDoubleSurname(value)
}

func hasDoubleSurname(value string) bool {
	return matchesAny(value, strings.HasPrefix,
		"欧阳", "上官", "司马", "司徒", "司空", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "轩辕", "申屠",
		"独孤", "南宫", "西门", "端木", "百里", "呼延", "东郭", "钟离", "闻人", "澹台", "宗政", "濮阳", "淳于", "单于", "太史")
}
