package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Damage is what has become of a code, of any factor or of a row, so that it must
// not be sent.
type Damage string

// The damages. Of a code a spreadsheet keeps 15 digits, and no zeros in front.
const (
	DamageNone       Damage = ""
	DamageScientific Damage = "scientific" // 1.10105E+17
	DamageRounded    Damage = "rounded"    // 18 digits of which the last three are 000
	DamageNumber     Damage = "number"     // a number, date or truth value of XLSX, or a text like 110,105.00
	DamageError      Damage = "error"      // #N/A, Err:502 and the like, ####
	DamageEncoding   Damage = "encoding"   // a character that could not be decoded, U+FFFD, or a NUL
	DamageHeading    Damage = "heading"    // of a row: see Heading
	DamageExcess     Damage = "excess"     // of a row of CSV: it has more cells than the header
	DamageShort      Damage = "short"      // of a row of CSV: it has fewer, and in one of them another separator

	// Of a row right below the header.
	DamageInstruction Damage = "instruction" // it says how the columns are to be filled in, or counts them
	DamageExample     Damage = "example"     // it shows how
	DamageFormula     Damage = "formula"     // a formula of which no result was saved, or the 0 that programs write for it
	DamageMerged      Damage = "merged"      // a merged cell that does not tell which row it belongs to
)

// Damages lists every damage.
func Damages() []Damage {
	return []Damage{
		DamageScientific, DamageRounded, DamageNumber, DamageError, DamageEncoding, DamageHeading,
		DamageExcess, DamageShort, DamageFormula, DamageMerged, DamageInstruction, DamageExample,
	}
}

// Factor reads a factor from a column; code tells that it is entmark or idcard.
// text is without the wrapper that keeps a spreadsheet from making a number of
// it, and wrapped tells that there was one. A whole number is written out as far
// as a spreadsheet keeps every digit. An empty cell and a column that the row
// does not have are no damage.
func (r Row) Factor(column int, code bool) (text string, wrapped bool, damage Damage) {
	if column < 0 || column >= len(r.Cells) {
		return "", false, DamageNone
	}
	cell := r.Cells[column]
	text = unwrap(cell.Text)
	wrapped = text != cell.Text
	if cell.Kind == KindNumber {
		text = whole(text)
	}
	return text, wrapped, cell.damage(strings.TrimSpace(text), code)
}

func (v Value) damage(text string, code bool) Damage {
	switch {
	case v.Formula && v.Kind == KindNumber && (text == "" || text == "0"):
		return DamageFormula
	case text == "":
		return DamageNone
	case v.Kind == KindError:
		return DamageError
	case v.Kind != KindText:
		return DamageNumber
	}
	return DamageOf(text, code)
}

// whole is a number without an exponent and without zeros behind its point, if
// it has no more digits than a spreadsheet keeps.
func whole(number string) string {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || n != math.Trunc(n) || n < 0 || n >= 1e15 {
		return number
	}
	return strconv.FormatFloat(n, 'f', 0, 64)
}

// DamageOf is the damage that can be seen in the text of a factor, as it is in
// the cell or in its normal form; code tells that it is entmark or idcard.
func DamageOf(text string, code bool) Damage {
	text = strings.TrimSpace(text)
	switch {
	case isError(text):
		return DamageError
	case strings.ContainsAny(text, "\ufffd\x00"):
		return DamageEncoding
	case !code || text == "":
		return DamageNone
	}
	text = closed(text)
	number, computed := ungrouped(text)
	switch {
	case scientific(text):
		return DamageScientific
	case len(number) == 18 && isDigits(number) && strings.HasSuffix(number, "000"):
		return DamageRounded
	case computed:
		return DamageNumber
	}
	return DamageNone
}

// closed is a code in half width and without blanks.
func closed(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r = narrow(r); unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

// ungrouped is a number without what is between its thousands, and without the
// zeros behind its point: 110,105.00 is 110105. computed tells that it had such.
func ungrouped(text string) (number string, computed bool) {
	number = strings.ReplaceAll(text, ",", "")
	if whole, fraction, found := strings.Cut(number, "."); found && strings.Trim(fraction, "0") == "" {
		number = whole
	}
	return number, len(number) != len(text) && isDigits(number)
}

// Heading tells whether a row, of which these are the factors in their normal
// form, is a header or a total, which are repeated within a table: no number of a
// person is without digits. A second row of the header may ask for so many, 18位.
func Heading(entname, entmark, idcard string) bool {
	return Total(entname) || entmark != "" && idcard != "" && countDigits(idcard) == 0 && countDigits(entmark) < 6
}

// Total tells whether the name of a company is that of a total, as stands at the
// end of tables: 合计, 总交易单数, 共 3 家.
func Total(entname string) bool {
	text := strings.Trim(plain(strings.TrimFunc(entname, unicode.IsPunct)), "0123456789")
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
	return text != "" && (strings.Trim(text, "#") == "" || strings.HasPrefix(text, spoiltMark))
}

// scientific tells whether a text is a number as a spreadsheet shows a long one:
// 1E+17, 1.10105E+17, 1,10105E+17 or 1.10105E17. 9111010800000001E5 is none: a credit code
// may have an E.
func scientific(text string) bool {
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
