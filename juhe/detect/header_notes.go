package detect

import (
	"slices"
	"strings"

	"fourfactor/juhe"
)

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
