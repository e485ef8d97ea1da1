package sheet

import (
	"strings"
	"unicode"
)

// folded is a head in a form in which those are equal that people take for
// equal: capitals, blanks, width, * _ - : . and a number before it do not count.
type folded struct {
	text  string
	notes []string // what stands in brackets
}

func fold(head string) (f folded) {
	var outside, inside strings.Builder
	depth := 0
	note := func() {
		f.notes = append(f.notes, strings.NewReplacer("/", "", "、", "").Replace(plain(inside.String())))
		inside.Reset()
	}
	for _, r := range numberless(unwrap(head)) {
		switch r = narrow(r); {
		case strings.ContainsRune("([{<【〔《", r):
			depth++
		case strings.ContainsRune(")]}>】〕》", r):
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
	f.text = plain(outside.String())
	for _, word := range []string{"必填", "选填"} {
		f.text = strings.TrimPrefix(strings.TrimSuffix(f.text, word), word)
	}
	return f
}

// key is equal for two heads that mean the same to a person who writes one.
func (f folded) key() string {
	text := f.text
	for _, note := range f.notes {
		if !harmless(note) && note != "全称" {
			text += "(" + note + ")"
		}
	}
	return text
}

// plain is a text without what does not count.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(narrow(r))
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("*_-:.", r) {
			return -1
		}
		return r
	}, text)
}

// traditional and simplified are the same characters, those of the usual heads.
const (
	traditional = "業稱統會碼證號註冊單機構組織負責營執編經戶標識員實體納稅電"
	simplified  = "业称统会码证号注册单机构组织负责营执编经户标识员实体纳税电"
)

// narrow is a character in half width, and simplified.
func narrow(r rune) rune {
	switch {
	case '！' <= r && r <= '～':
		return r - '！' + '!'
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

// numberless is a head without the number before it: 1.企业名称, 2、姓名.
func numberless(head string) string {
	text := strings.TrimLeft(head, " \t*\u3000")
	rest := strings.TrimLeft(text, "0123456789")
	if n := len(text) - len(rest); n == 0 || n > 2 {
		return head
	}
	for _, mark := range []string{".", "、", "．", ")", "）", ":", "："} {
		if bare, ok := strings.CutPrefix(rest, mark); ok {
			return bare
		}
	}
	return head
}

// harmless tells whether a note in brackets says nothing of whose a column is:
// 必填, 18位, a number.
func harmless(note string) bool {
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

// alternatives are the parts of a head between / and 、 outside of brackets.
func alternatives(head string) (parts []string) {
	depth := 0
	return strings.FieldsFunc(numberless(unwrap(head)), func(r rune) bool {
		switch r = narrow(r); {
		case strings.ContainsRune("([{<【〔《", r):
			depth++
		case strings.ContainsRune(")]}>】〕》", r):
			depth = max(depth-1, 0)
		}
		return depth == 0 && (r == '/' || r == '、')
	})
}
