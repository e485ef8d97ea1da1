package sheet

import (
	"strings"
)

// Damage is what has become of a code, or of any factor, so that it must not be
// sent.
type Damage string

// The damages. Of a code a spreadsheet keeps 15 digits, and no zeros in front.
const (
	DamageNone       Damage = ""
	DamageScientific Damage = "scientific" // 1.10105E+17
	DamageRounded    Damage = "rounded"    // 18 digits of which the last three are 000
	DamageNumber     Damage = "number"     // a number of XLSX, not a text
	DamageError      Damage = "error"      // #N/A and the like, ####
	DamageEncoding   Damage = "encoding"   // a character that could not be decoded: U+FFFD
)

// Damages lists every damage.
func Damages() []Damage {
	return []Damage{DamageScientific, DamageRounded, DamageNumber, DamageError, DamageEncoding}
}

// Factor reads a factor from a column; code tells that it is entmark or idcard.
// text is without the wrapper that keeps a spreadsheet from making a number of
// it, and wrapped tells that there was one. An empty cell and a column that the
// row does not have are no damage.
func (r Row) Factor(column int, code bool) (text string, wrapped bool, damage Damage) {
	if column < 0 || column >= len(r.Cells) {
		return "", false, DamageNone
	}
	cell := r.Cells[column]
	text = unwrap(cell.Text)
	return text, text != cell.Text, damageOf(strings.TrimSpace(text), cell.Kind, code)
}

func damageOf(text string, kind Kind, code bool) Damage {
	switch {
	case text == "":
		return DamageNone
	case kind == KindError, isError(text):
		return DamageError
	case strings.Contains(text, "\ufffd"):
		return DamageEncoding
	case !code:
		return DamageNone
	case kind != KindText:
		return DamageNumber
	case scientific(text):
		return DamageScientific
	case len(text) == 18 && digits(text) && strings.HasSuffix(text, "000"):
		return DamageRounded
	}
	return DamageNone
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
	case "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!":
		return true
	}
	return text != "" && strings.Trim(text, "#") == ""
}

// scientific tells whether a text is a number as a spreadsheet shows a long one:
// 1E+17, 1.10105E+17 or 1.10105E17. 9111010800000001E5 is none: a credit code
// may have an E.
func scientific(text string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(text), "E")
	if !found {
		return false
	}
	whole, fraction, point := strings.Cut(mantissa, ".")
	exponent, plus := strings.CutPrefix(exponent, "+")
	return len(whole) == 1 && digits(whole) && point == (fraction != "") && (fraction == "" || digits(fraction)) &&
		(point || plus) && digits(exponent)
}

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
