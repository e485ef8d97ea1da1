package detect

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/table"
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
	if lengthOrRequest().MatchString(value) {
		return false
	}
	const minDigits, enoughDigits = 3, 6
	digits := ident.CountDigits(value)
	return digits >= enoughDigits || digits >= minDigits && ident.KindOf(f, value) != ident.KindNone || textCorruption(f, value) != "" || strings.Contains(value, "*")
}

var (
	// lengthOrRequest is in an instruction: 18位，如 911101…
	lengthOrRequest = pattern(`位|例|如|填|格式|一致|请|文本`)
	// exampleName is a company called XX, in lower case and half width.
	exampleName = pattern(`^[^a-z]*(?:x[^a-z]*){2,}$|××|某某|某公司|某有限|某企业|○○|〇〇|△△`)
	// exampleMark is a cell that is 示例, starts like 例如： or contains （示例）, in lower
	// case. A company may have the word in its name.
	exampleMark = pattern(strings.NewReplacer("BRACKETS", `[（）()【】\[\]:：*]*`, "MARKED", `(?:示例|样例|范例|例|仅供参考|example|sample)`, "EXAMPLE", `(?:示例|样例|范例)`).Replace(
		`(?s)^BRACKETS(?:例|示例|样例|范例|例子|举例|示例数据|样例数据|示例行|示范|填写示例|填写样例|填报示例|参考|参考示例|example|sample|e\.g\.|eg)BRACKETS$` +
			`|^(?:EXAMPLE|例|例如|举例|如|填写示例|填写样例|example|sample|e\.g\.)[0-9 ]*[:：]|^例如|^e\.g\.` +
			`|行为EXAMPLE|以下为EXAMPLE|^(?:填写)?EXAMPLE.*(?:删除|请勿)` + // 此行为示例; 填写示例，请勿删除
			`|（MARKED）|\(MARKED\)|【MARKED】|\[MARKED\]`))
)

// pattern returns a function that compiles an expression when it is first called.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// isExample reports whether a cell marks its row as an example, or the company is
// called XX.
func (r Row) isExample() bool {
	marked := func(cell table.Value) bool {
		return exampleMark().MatchString(strings.ToLower(strings.TrimSpace(cell.Text)))
	}
	return slices.ContainsFunc(r.Cells, marked) || exampleName().MatchString(strings.ToLower(strings.Map(ident.HalfWidth, r.Factors[juhe.Entname])))
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

// StrayMark returns the mark that all factors or all codes of a row start or end with
// and that belongs to none of them: `, " or half of '…'. It returns "" if there is
// none.
func (r Row) StrayMark() string {
	var all, codes []string
	for f := range juhe.NumFactors {
		text := strings.TrimSpace(r.Factors[f])
		if text == "" {
			continue
		}
		if all = append(all, text); isCode(f) {
			codes = append(codes, text)
		}
	}
	for _, cells := range [][]string{all, codes} {
		for _, end := range []func(string) (rune, int){utf8.DecodeRuneInString, utf8.DecodeLastRuneInString} {
			if mark := commonMark(cells, end); mark != "" {
				return mark
			}
		}
	}
	return ""
}

// commonMark returns the mark at the same end of all texts, or "".
func commonMark(texts []string, end func(string) (rune, int)) string {
	if len(texts) < 2 {
		return ""
	}
	mark, _ := end(texts[0])
	other := slices.ContainsFunc(texts, func(text string) bool { r, _ := end(text); return r != mark })
	if other || !unicode.IsPunct(mark) && !unicode.IsSymbol(mark) {
		return ""
	}
	return string(mark)
}

// OtherFactor returns the factor that a value certainly is, if it cannot be f.
func OtherFactor(f juhe.Factor, value string, today time.Time) (other juhe.Factor, ok bool) {
	if ident.Score(f, value, today) > ident.ScoreNone {
		return 0, false
	}
	for other := range juhe.NumFactors {
		if other != f && ident.Score(other, value, today) == ident.ScoreCertain {
			return other, true
		}
	}
	return 0, false
}
