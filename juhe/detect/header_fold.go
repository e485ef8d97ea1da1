package detect

import (
	"slices"
	"strings"
	"unicode"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/table"
)

// foldedHeader is a header without differences that people do not notice: case,
// blanks, width, * _ - : . and a number in front.
type foldedHeader struct {
	text  string
	notes []string // texts in brackets or after a comma
}

// foldVariants returns the ways to read a header: a line break may be within a
// name, or before a note.
func foldVariants(header string) []foldedHeader {
	all := []foldedHeader{fold(header)}
	if strings.ContainsAny(header, "\r\n") {
		all = append(all, fold(strings.NewReplacer("\r", ",", "\n", ",").Replace(header)))
	}
	return all
}

func fold(header string) (f foldedHeader) {
	var outside, inside strings.Builder
	depth := 0
	note := func() {
		f.notes = append(f.notes, foldText(inside.String()))
		inside.Reset()
	}
	for _, r := range trimNumber(table.Unwrap(header)) {
		switch r = foldRune(r); {
		case strings.ContainsRune("([{<【〔《〈「『", r):
			depth++
		case strings.ContainsRune(")]}>】〕》〉」』", r):
			if depth == 1 {
				note()
			}
			depth = max(depth-1, 0)
		case depth > 0:
			inside.WriteRune(r)
		default:
			outside.WriteRune(r)
		}
	}
	if depth > 0 {
		note()
	}
	f.splitNotes(outside.String())
	return f
}

// splitNotes splits a header at commas. The first part that is not empty is its
// text, the others are notes: 统一社会信用代码，18位.
func (f *foldedHeader) splitNotes(outside string) {
	for _, part := range strings.FieldsFunc(outside, func(r rune) bool { return strings.ContainsRune(",;。", r) }) {
		switch part = trimFormNotes(foldText(part)); {
		case f.text == "":
			f.text = part
		case part != "":
			f.notes = append(f.notes, part)
		}
	}
}

// trimFormNotes removes notes about the form from both ends of a text: 必填, 18位.
func trimFormNotes(text string) string {
	for {
		short := strings.TrimLeft(strings.TrimRight(text, "!?~·•"), "!?~·•●★☆▲")
		for _, word := range []string{"必填项", "必填", "选填项", "选填", "必录", "必输"} {
			short = strings.TrimPrefix(strings.TrimSuffix(short, word), word)
		}
		if before, ok := strings.CutSuffix(strings.TrimSuffix(short, "数"), "位"); ok {
			if number := strings.TrimRight(before, "0123456789"); number != before {
				short = number
			}
		}
		if after := strings.TrimLeft(short, "0123456789"); after != short {
			short = strings.TrimPrefix(after, "位")
			if short == after {
				return text
			}
		}
		if short == text {
			return text
		}
		text = short
	}
}

// key returns a text that is equal for two headers with the same meaning.
func (f foldedHeader) key() string {
	text := f.text
	for _, note := range f.notes {
		if !isFormNote(note) && note != "全称" {
			text += "(" + note + ")"
		}
	}
	return text
}

// foldText removes the characters of a text that do not count, and folds the
// others.
func foldText(text string) string {
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(foldRune(r))
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("*_-:.'’`\"“”※#", r) {
			return -1
		}
		return r
	}, text)
}

// traditional and simplified are the same characters, those of common headers.
const (
	traditional = "業稱統會碼證號註冊單機構組織負責營執編經戶標識員實體納稅電個應開廠屬請與寫須簡數據樣類聯繫權關資財務項處當顯參贊應係請務為爲併並無齊"
	simplified  = "业称统会码证号注册单机构组织负责营执编经户标识员实体纳税电个应开厂属请与写须简数据样类联系权关资财务项处当显参赞应系请务为为并并无齐"
)

// foldRune converts a character to half width and to simplified Chinese.
func foldRune(r rune) rune {
	r = ident.HalfWidth(r)
	switch {
	case r == '\u3000':
		return ' '
	case r < '一':
		return r
	}
	if i := strings.IndexRune(traditional, r); i >= 0 {
		for _, same := range simplified[i:] {
			return same
		}
	}
	return r
}

// trimNumber removes the number in front of a header: 1.企业名称, 2、姓名, ③姓名, 四、证件号.
func trimNumber(header string) string {
	text := strings.TrimLeft(header, " \t*\u3000")
	if bare := strings.TrimLeftFunc(text, func(r rune) bool { return unicode.Is(unicode.No, r) }); bare != text {
		return bare
	}
	rest := strings.TrimLeft(text, "0123456789")
	if rest == text {
		if bare, ok := strings.CutPrefix(strings.TrimLeft(text, "一二三四五六七八九十"), "、"); ok && bare != text {
			return bare
		}
	}
	if n := len(text) - len(rest); n == 0 || n > 2 {
		return header
	}
	for _, mark := range []string{".", "、", "．", ")", "）", ":", "："} {
		if bare, ok := strings.CutPrefix(rest, mark); ok {
			return bare
		}
	}
	return header
}

// isFormNote reports whether a note only describes the form: 必填, 18位, a number.
func isFormNote(note string) bool {
	switch note {
	case "", "必填", "必填项", "必须", "选填", "可选", "文本", "文本格式", "required", "optional", "text":
		return true
	}
	length := strings.TrimLeft(note, "0123456789")
	if length == note {
		return false
	}
	switch length {
	case "", "位", "位数", "位数字", "位号码", "位代码", "digit", "digits", "characters":
		return true
	}
	return false
}

// isNeutralNote reports whether a note does not change whose column it is or what
// it holds: 必填, 与营业执照一致, or another name of the same factor.
func (h headerParser) isNeutralNote(factor juhe.Factor, note string) bool {
	if n, ok := h.parseText(note); ok && n.factor == factor {
		return true
	}
	if _, isExample := h.cutWord("例如 例 如 示例 样例 eg example", note); isExample {
		return true
	}
	rest := note
	switch factor {
	case juhe.Entname:
		for more := true; more; {
			rest, _ = cutJoiner(rest)
			rest, more = h.cutWord(companies, rest)
		}
	case juhe.Realname, juhe.Idcard:
		if rest = h.cutPersons(note); rest == note && h.hasWord(accompanyingPersons, note) {
			rest = ""
		}
	}
	return rest == "" || h.hasOnlyNoteWords(factor, note)
}

// hasOnlyNoteWords reports whether a note consists of noteWords and those of the
// factor.
func (h headerParser) hasOnlyNoteWords(factor juhe.Factor, note string) bool {
	text := []rune(strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || strings.ContainsRune(",;、/。!~+=&|%<>()（）×", r) {
			return -1
		}
		return r
	}, trimProhibitions(note)))
	own := []string{companyNotes, companyIDNotes, personNotes, idNotes}[factor]
	reached := make([]bool, len(text)+1)
	reached[0] = true
	for i := range text {
		if !reached[i] {
			continue
		}
		rest := string(text[i:])
		for _, word := range slices.Concat(h.wordsOf(noteWords), h.wordsOf(own)) {
			if strings.HasPrefix(rest, word) {
				reached[i+len([]rune(word))] = true
			}
		}
	}
	return reached[len(text)]
}

// trimProhibitions removes the parts of a note that forbid something: 请勿使用简称.
func trimProhibitions(note string) string {
	for _, not := range []string{"勿", "不要", "不能", "不可", "不得", "禁止", "非", "不是"} {
		for _, use := range []string{"填写", "使用", "输入", "填", "用", "写", "有", ""} {
			for _, what := range []string{"简称", "简写", "缩写", "空格", "重复", "别名", "曾用名", "拼音", "英文"} {
				note = strings.ReplaceAll(note, not+use+what, "")
			}
		}
	}
	return note
}
