package detect

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/table"
)

// Corruption is the reason why a code, a factor or a row must not be sent:
// something has changed it, or it is not data.
type Corruption string

// The corruptions. A spreadsheet keeps 15 digits of a code, and no leading zeros.
const (
	CorruptionNone         Corruption = ""
	CorruptionScientific   Corruption = "scientific" // 1.10105E+17
	CorruptionRounded      Corruption = "rounded"    // 18 digits of which the last three are 000
	CorruptionNumber       Corruption = "number"     // a number, date or boolean of XLSX, or a text like 110,105.00
	CorruptionError        Corruption = "error"      // #N/A, Err:502 and the like, ####
	CorruptionEncoding     Corruption = "encoding"   // a character that could not be decoded, U+FFFD, or a NUL
	CorruptionHeader       Corruption = "heading"    // of a row: see IsHeader and IsTotal
	CorruptionExtraCells   Corruption = "excess"     // of a row of CSV: more cells than the header has
	CorruptionMissingCells Corruption = "short"      // of a row of CSV: fewer cells, and another delimiter in one of them

	// Corruptions of rows below the header.
	CorruptionInstruction Corruption = "instruction" // it explains the columns, or numbers them
	CorruptionExample     Corruption = "example"     // it is an example
	CorruptionFormula     Corruption = "formula"     // a formula without a saved result, or with the 0 that programs save instead
	CorruptionMerged      Corruption = "merged"      // a merged cell that may belong to any of several rows
)

// factorText returns the factor in a cell, without the wrapper that keeps a spreadsheet
// from converting it to a number; wrapped reports whether there was one. A whole number
// is written out if a spreadsheet keeps all its digits. An empty cell is not corrupted.
func factorText(f juhe.Factor, cell table.Value, today time.Time) (text string, wrapped bool, corruption Corruption) {
	text = table.Unwrap(cell.Text)
	wrapped = text != cell.Text
	if cell.Kind == table.KindNumber {
		text = formatWhole(text)
	}
	switch blank := strings.TrimSpace(text) == ""; {
	case cell.Formula && cell.Kind == table.KindNumber && (blank || text == "0"):
		return text, wrapped, CorruptionFormula
	case blank:
		return text, wrapped, CorruptionNone
	case cell.Kind == table.KindError:
		return text, wrapped, CorruptionError
	case cell.Kind != table.KindText:
		corruption = CorruptionNumber
	default:
		corruption = textCorruption(f, text)
	}
	if isHarmless(f, text, corruption, today) {
		corruption = CorruptionNone
	}
	return text, wrapped, corruption
}

// isHarmless reports whether the text of a corrupted code is complete: it is short enough
// for a spreadsheet's precision, or ends in 000 with the right check digit.
func isHarmless(f juhe.Factor, text string, corruption Corruption, today time.Time) bool {
	switch value, _ := ident.Normalize(f, text); corruption {
	case CorruptionNumber:
		return slices.Contains([]ident.Kind{ident.KindResident15, ident.KindRegno, ident.KindRegnoOld, ident.KindOrgcode}, ident.KindOf(f, value))
	case CorruptionRounded:
		return passesChecks(f, value, today)
	}
	return false
}

// Corrupted returns a copy of the cell of a corrupted factor. Its text alone might pass
// for a valid one when the table is read again, so it is marked where it cannot keep its
// kind.
func Corrupted(f juhe.Factor, v table.Value) table.Cell {
	if v.Kind != table.KindText && textCorruption(f, v.Text) == CorruptionNone {
		return table.Marked(v)
	}
	return table.Copy(v)
}

// formatWhole writes a whole number without exponent and decimals, if it has no
// more digits than a spreadsheet keeps.
func formatWhole(number string) string {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || n != math.Trunc(n) || n < 0 || n >= 1e15 {
		return number
	}
	return strconv.FormatFloat(n, 'f', 0, 64)
}

// textCorruption returns the corruption that the text of a factor shows.
func textCorruption(f juhe.Factor, text string) Corruption {
	value, _ := ident.Normalize(f, text)
	// A number of a spreadsheet may have thousands separators and zero decimals.
	number, fraction, _ := strings.Cut(strings.ReplaceAll(value, ",", ""), ".")
	isNumber := number != "" && strings.Trim(number, "0123456789") == "" && strings.Trim(fraction, "0") == ""
	switch {
	case table.IsError(strings.TrimSpace(text)), table.IsError(value):
		return CorruptionError
	case strings.ContainsAny(text, "\ufffd\x00"):
		return CorruptionEncoding
	case !isCode(f):
		return CorruptionNone
	case scientific().MatchString(value):
		return CorruptionScientific
	case isNumber && len(number) == 18 && strings.HasSuffix(number, "000"):
		return CorruptionRounded
	case isNumber && number != value:
		return CorruptionNumber
	}
	return CorruptionNone
}

// IsHeader reports whether a row with these codes in their normal form is a header,
// which tables repeat: no ID number is without digits. A second header row may state a
// length, such as 18位.
func IsHeader(entmark, idcard string) bool {
	return entmark != "" && idcard != "" && ident.CountDigits(idcard) == 0 && ident.CountDigits(entmark) < 6
}

// IsTotal reports whether a company name is that of a total at the end of a
// table: 合计, 总交易单数, 共 3 家.
func IsTotal(entname string) bool {
	text := strings.Trim(foldText(strings.TrimFunc(entname, unicode.IsPunct)), "0123456789")
	switch text {
	case "合计", "总计", "小计", "共计", "累计", "总数", "总笔数", "总行数", "总户数", "总家数", "总条数", "总记录数", "总单数", "总交易单数", "总金额", "总交易额", "合计笔数", "合计户数", "汇总", "本页合计", "本页小计", "共", "total", "subtotal", "grandtotal":
		return true
	}
	rest, counted := strings.CutPrefix(text, "共")
	return counted && strings.Trim(rest, "0123456789家户条笔行个人") == ""
}

// scientific is a number in the notation that spreadsheets use for long ones: 1E+17,
// 1.10105E+17, 1,10105E+17 or 1.10105E17. 9111010800000001E5 is not: a credit code may
// have an E.
var scientific = pattern(`^[0-9](?:[.,][0-9]+E\+?|E\+)[0-9]+$`)

// passesChecks reports whether a code passes all checks.
func passesChecks(f juhe.Factor, value string, today time.Time) bool {
	return ident.KindOf(f, value) != ident.KindNone && len(ident.Check(f, value, nil, today)) == 0
}

// isCode reports whether a factor is a number. Spreadsheets may corrupt numbers.
func isCode(f juhe.Factor) bool { return f == juhe.Entmark || f == juhe.Idcard }
