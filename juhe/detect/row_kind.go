package detect

import (
	"slices"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// leadingKind returns the kind of a row right below the header that is not data: an
// instruction or an example. It returns "" for data. An instruction has text but no
// digits where a code belongs.
func (r Row) leadingKind() Corruption {
	codes, text := 0, false
	for f := range juhe.NumFactors {
		value, _ := ident.Normalize(f, r.Factors[f])
		if !isCode(f) || value == "" {
			continue
		}
		text = true
		if looksLikeCode(f, value) {
			codes++
		}
	}
	switch {
	case text && codes == 0 && !r.HasIDAsName():
		return CorruptionInstruction
	case r.isExample():
		return CorruptionExample
	}
	return ""
}

// HasIDAsName reports whether the place of a name holds a company or document number.
func (r Row) HasIDAsName() bool {
	return IsDataRow([]string{r.Factors[juhe.Entname], r.Factors[juhe.Realname]})
}

// looksLikeCode reports whether a value may be a code of any kind, a corrupted one
// included.
func looksLikeCode(f juhe.Factor, value string) bool {
	const minDigits, enoughDigits = 3, 6
	for _, word := range []string{"位", "例", "如", "填", "格式", "一致", "请", "文本"} { // 18位，如 911101…
		if strings.Contains(value, word) {
			return false
		}
	}
	digits := countDigits(value)
	return digits >= enoughDigits || digits >= minDigits && ident.KindOf(f, value) != ident.KindNone || textCorruption(f, value) != "" || strings.Contains(value, "*")
}

// isExample reports whether a cell marks its row as an example, or the company is
// called XX.
func (r Row) isExample() bool {
	for _, cell := range r.Cells {
		if hasExampleMark(cell.Text) {
			return true
		}
	}
	name := r.Factors[juhe.Entname]
	latin := strings.Map(func(r rune) rune {
		if r = ident.HalfWidth(r); 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return -1
	}, name)
	if len(latin) > 1 && strings.Trim(latin, "xX") == "" {
		return true
	}
	return slices.ContainsFunc([]string{"××", "某某", "某公司", "某有限", "某企业", "○○", "〇〇", "△△"}, func(mark string) bool { return strings.Contains(name, mark) })
}

// hasExampleMark reports whether a cell is 示例, starts like 例如： or contains
// （示例）. A company may have the word in its name.
func hasExampleMark(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	switch strings.Trim(text, "（）()【】[]:：*") {
	case "例", "示例", "样例", "范例", "例子", "举例", "示例数据", "样例数据", "示例行", "示范", "填写示例", "填写样例", "填报示例", "参考", "参考示例", "example", "sample", "e.g.", "eg":
		return true
	}
	for _, word := range []string{"示例", "样例", "范例", "例", "例如", "举例", "如", "填写示例", "填写样例", "example", "sample", "e.g."} {
		rest, found := strings.CutPrefix(text, word)
		rest = strings.TrimLeft(rest, "0123456789 ")
		if found && (strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "：")) {
			return true
		}
	}
	for _, what := range []string{"示例", "样例", "范例"} { // 填写示例，请勿删除; 此行为示例
		at := strings.Index(text, what)
		if at >= 0 && (strings.HasSuffix(text[:at], "行为") || strings.HasSuffix(text[:at], "以下为")) ||
			strings.HasPrefix(strings.TrimPrefix(text, "填写"), what) && (strings.Contains(text, "删除") || strings.Contains(text, "请勿")) {
			return true
		}
	}
	for _, prefix := range []string{"例如", "e.g."} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	for _, word := range []string{"示例", "样例", "范例", "例", "仅供参考", "example", "sample"} {
		for _, brackets := range []string{"（）", "()", "【】", "[]"} {
			open := []rune(brackets)
			if strings.Contains(text, string(open[0])+word+string(open[1])) {
				return true
			}
		}
	}
	return false
}

// IsDataRow reports whether a supposed header is a data row and may contain personal
// data. A header holds no company or document numbers.
func IsDataRow(head []string) bool { return slices.ContainsFunc(head, hasIdentifier) }

// hasIdentifier reports whether a text is or contains something like a company or
// document number, with or without a spreadsheet's wrapper.
func hasIdentifier(text string) bool {
	text = strings.Map(ident.HalfWidth, text)
	digits, run, runDigits, whole := 0, 0, 0, true
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
			run++
			runDigits++
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			run++
		case strings.ContainsRune("\t '\"=.+-", r):
			run, runDigits = 0, 0
		default:
			run, runDigits, whole = 0, 0, false
		}
		if run >= 15 && runDigits >= 8 {
			return true
		}
	}
	return whole && digits >= 6 && len(text) >= 9
}

// MaskCell returns a cell for display in the column of a factor. It masks persons in
// any column, because the column may be the wrong one.
func MaskCell(f juhe.Factor, value string, today time.Time) string {
	switch f {
	case juhe.Realname:
		return ident.MaskName(value)
	case juhe.Idcard:
		return ident.MaskNumber(value)
	}
	normal, _ := ident.Normalize(juhe.Idcard, value)
	switch {
	case ident.Score(juhe.Entmark, value, today) == ident.ScoreCertain:
		return value
	case ident.KindOf(juhe.Idcard, normal) != ident.KindNone:
		return ident.MaskNumber(value)
	case ident.Score(juhe.Realname, value, today) > ident.ScoreNone:
		return ident.MaskName(value)
	}
	return value
}
