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
	for _, r := range headerNumber().ReplaceAllString(table.Unwrap(header), "") {
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
		switch part = notesBefore().ReplaceAllString(notesAfter().ReplaceAllString(foldText(part), ""), ""); {
		case f.text == "":
			f.text = part
		case part != "":
			f.notes = append(f.notes, part)
		}
	}
}

var (
	notesBefore = pattern(`^(?:[!?~·•●★☆▲]|必填项?|选填项?|必录|必输|[0-9]+位)+`)
	notesAfter  = pattern(`(?:[!?~·•]|必填项?|选填项?|必录|必输|[0-9]+位数?)+$`)
	// formNote only describes the form: 必填, 18位, a number.
	formNote = pattern(`^(?:必填项?|必须|选填|可选|文本|文本格式|required|optional|text|[0-9]+(?:位|位数|位数字|位号码|位代码|digits?|characters)?)?$`)
	// headerNumber is the number in front of a header: 1.企业名称, 2、姓名, ③姓名, 四、证件号.
	headerNumber = pattern(`^[ \t*\x{3000}]*(?:\p{No}+|[一二三四五六七八九十]*、|[0-9]{1,2}[.、．)）:：])`)
	// prohibition is a part of a note: 请勿使用简称.
	prohibition = pattern(`(?:勿|不要|不能|不可|不得|禁止|非|不是)(?:填写|使用|输入|填|用|写|有)?(?:简称|简写|缩写|空格|重复|别名|曾用名|拼音|英文)`)
)

// key returns a text that is equal for two headers with the same meaning.
func (f foldedHeader) key() string {
	text := f.text
	for _, note := range f.notes {
		if !formNote().MatchString(note) && note != "全称" {
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
	}, prohibition().ReplaceAllString(note, "")))
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
