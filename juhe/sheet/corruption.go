package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Corruption is what has become of a code, of any factor or of a row, so that it must
// not be sent.
type Corruption string

// The damages. Of a code a spreadsheet keeps 15 digits, and no zeros in front.
const (
	CorruptionNone         Corruption = ""
	CorruptionScientific   Corruption = "scientific" // 1.10105E+17
	CorruptionRounded      Corruption = "rounded"    // 18 digits of which the last three are 000
	CorruptionNumber       Corruption = "number"     // a number, date or truth value of XLSX, or a text like 110,105.00
	CorruptionError        Corruption = "error"      // #N/A, Err:502 and the like, ####
	CorruptionEncoding     Corruption = "encoding"   // a character that could not be decoded, U+FFFD, or a NUL
	CorruptionHeader       Corruption = "heading"    // of a row: see Heading
	CorruptionExtraCells   Corruption = "excess"     // of a row of CSV: it has more cells than the header
	CorruptionMissingCells Corruption = "short"      // of a row of CSV: it has fewer, and in one of them another separator

	// Of a row right below the header.
	CorruptionInstruction Corruption = "instruction" // it says how the columns are to be filled in, or counts them
	CorruptionExample     Corruption = "example"     // it shows how
	CorruptionFormula     Corruption = "formula"     // a formula of which no result was saved, or the 0 that programs write for it
	CorruptionMerged      Corruption = "merged"      // a merged cell that does not tell which row it belongs to
)

// Corruptions lists every damage.
func Corruptions() []Corruption {
	return []Corruption{
		CorruptionScientific, CorruptionRounded, CorruptionNumber, CorruptionError, CorruptionEncoding, CorruptionHeader,
		CorruptionExtraCells, CorruptionMissingCells, CorruptionFormula, CorruptionMerged, CorruptionInstruction, CorruptionExample,
	}
}

// Factor reads a factor from a column; code tells that it is entmark or idcard.
// text is without the wrapper that keeps a spreadsheet from making a number of
// it, and wrapped tells that there was one. A whole number is written out as far
// as a spreadsheet keeps every digit. An empty cell and a column that the row
// does not have are no damage.
func (r Row) Factor(column int, code bool) (text string, wrapped bool, damage Corruption) {
	if column < 0 || column >= len(r.Cells) {
		return "", false, CorruptionNone
	}
	cell := r.Cells[column]
	text = unwrap(cell.Text)
	wrapped = text != cell.Text
	if cell.Kind == KindNumber {
		text = formatWhole(text)
	}
	return text, wrapped, cell.corruption(strings.TrimSpace(text), code)
}

func (v Value) corruption(text string, code bool) Corruption {
	switch {
	case v.Formula && v.Kind == KindNumber && (text == "" || text == "0"):
		return CorruptionFormula
	case text == "":
		return CorruptionNone
	case v.Kind == KindError:
		return CorruptionError
	case v.Kind != KindText:
		return CorruptionNumber
	}
	return CheckCorruption(text, code)
}

// formatWhole is a number without an exponent and without zeros behind its point, if
// it has no more digits than a spreadsheet keeps.
func formatWhole(number string) string {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || n != math.Trunc(n) || n < 0 || n >= 1e15 {
		return number
	}
	return strconv.FormatFloat(n, 'f', 0, 64)
}

// CheckCorruption is the damage that can be seen in the text of a factor, as it is in
// the cell or in its normal form; code tells that it is entmark or idcard.
func CheckCorruption(text string, code bool) Corruption {
	text = strings.TrimSpace(text)
	switch {
	case isError(text):
		return CorruptionError
	case strings.ContainsAny(text, "\ufffd\x00"):
		return CorruptionEncoding
	case !code || text == "":
		return CorruptionNone
	}
	text = compact(text)
	number, computed := stripGrouping(text)
	switch {
	case isScientific(text):
		return CorruptionScientific
	case len(number) == 18 && isDigits(number) && strings.HasSuffix(number, "000"):
		return CorruptionRounded
	case computed:
		return CorruptionNumber
	}
	return CorruptionNone
}

// compact is a code in half width and without blanks.
func compact(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r = foldRune(r); unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

// stripGrouping is a number without what is between its thousands, and without the
// zeros behind its point: 110,105.00 is 110105. computed tells that it had such.
func stripGrouping(text string) (number string, computed bool) {
	number = strings.ReplaceAll(text, ",", "")
	if whole, fraction, found := strings.Cut(number, "."); found && strings.Trim(fraction, "0") == "" {
		number = whole
	}
	return number, len(number) != len(text) && isDigits(number)
}

// IsHeaderOrTotal tells whether a row, of which these are the factors in their normal
// form, is a header or a total, which are repeated within a table: no number of a
// person is without digits. A second row of the header may ask for so many, 18位.
func IsHeaderOrTotal(entname, entmark, idcard string) bool {
	return IsTotal(entname) || entmark != "" && idcard != "" && countDigits(idcard) == 0 && countDigits(entmark) < 6
}

// IsTotal tells whether the name of a company is that of a total, as stands at the
// end of tables: 合计, 总交易单数, 共 3 家.
func IsTotal(entname string) bool {
	text := strings.Trim(foldText(strings.TrimFunc(entname, unicode.IsPunct)), "0123456789")
	switch text {
	case "合计", "总计", "小计", "共计", "累计", "总数", "总笔数", "总行数", "总户数", "总家数", "总条数", "总记录数", "总单数", "总交易单数", "总金额", "总交易额", "合计笔数", "合计户数", "汇总", "本页合计", "本页小计", "共", "total", "subtotal", "grandtotal":
		return true
	}
	before, counted := strings.CutPrefix(text, "共")
	return counted && len(before) < len(text) && strings.Trim(before, "0123456789家户条笔行个人") == ""
}

func countDigits(text string) (n int) {
	for i := range len(text) {
		if '0' <= text[i] && text[i] <= '9' {
			n++
		}
	}
	return n
}

// isNumber tells whether XLSX can hold a text as a number.
func isNumber(text string) bool {
	n, err := strconv.ParseFloat(text, 64)
	return err == nil && !math.IsInf(n, 0) && strings.Trim(text, "0123456789.eE+-") == ""
}

// unwrap takes off what people, programs and our own writer put around a code: an
// apostrophe, and after it TABs or ="…". It is one layer, the apostrophe being
// what our writer puts before the other two.
func unwrap(text string) string {
	text = strings.TrimPrefix(text, "'")
	if bare := strings.TrimLeft(text, "\t"); bare != text {
		return bare
	}
	if inside, ok := strings.CutPrefix(text, `="`); ok {
		if inside, ok = strings.CutSuffix(inside, `"`); ok && !strings.Contains(inside, `"`) {
			return inside
		}
	}
	return text
}

func isError(text string) bool {
	switch text {
	case "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
		"#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!", "#PYTHON!":
		return true
	}
	if code, found := strings.CutPrefix(text, "Err:"); found && isDigits(code) { // LibreOffice
		return true
	}
	return text != "" && (strings.Trim(text, "#") == "" || strings.HasPrefix(text, corruptPrefix))
}

// isScientific tells whether a text is a number as a spreadsheet shows a long one:
// 1E+17, 1.10105E+17, 1,10105E+17 or 1.10105E17. 9111010800000001E5 is none: a credit code
// may have an E.
func isScientific(text string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(strings.Replace(text, ",", ".", 1)), "E")
	if !found {
		return false
	}
	whole, fraction, point := strings.Cut(mantissa, ".")
	exponent, plus := strings.CutPrefix(exponent, "+")
	return len(whole) == 1 && isDigits(whole) && point == (fraction != "") && (fraction == "" || isDigits(fraction)) &&
		(point || plus) && isDigits(exponent)
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
