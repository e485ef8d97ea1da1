package ident

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fourfactor/juhe"
)

// Change is a change that Normalize made.
type Change string

// The changes.
const (
	ChangeBlanks    Change = "blanks"    // blanks removed, or several in a name replaced by one
	ChangeHyphens   Change = "hyphens"   // hyphens and dashes removed
	ChangeWidth     Change = "width"     // full-width characters replaced by half-width ones
	ChangeInvisible Change = "invisible" // invisible characters removed
	ChangeCase      Change = "case"      // letters capitalised
	ChangeForms     Change = "forms"     // radicals, compatibility ideographs and decomposed letters in a name replaced by ordinary characters
)

// Changes returns every change, in the order of the constants.
func Changes() []Change {
	return []Change{ChangeBlanks, ChangeHyphens, ChangeWidth, ChangeInvisible, ChangeCase, ChangeForms}
}

// Normalize returns the normal form of raw, in which it is sent and compared, and the
// changes made, in the order of Changes.
//
// Normalize removes outer blanks and invisible characters. From a name it also removes
// line breaks and blanks between two Han characters, and replaces other runs of blanks
// by one space, radicals and compatibility ideographs by ordinary characters, and the
// whole by its NFC form. From a code (Entmark, Idcard) it removes all blanks and
// hyphens, and it replaces full-width characters by half-width ones and small letters
// by capitals. Bytes that are not UTF-8 stay. Normalising twice changes nothing more.
func Normalize(f juhe.Factor, raw string) (value string, changes []Change) {
	if isTriviallyNormal(raw) {
		return raw, nil
	}
	changed := map[Change]bool{}
	if f == juhe.Entname || f == juhe.Realname {
		value = normalName(raw, changed)
	} else {
		value = applyEdits(raw, codeEdits(), changed)
	}
	return value, slices.DeleteFunc(Changes(), func(c Change) bool { return !changed[c] })
}

// normalName returns the normal form of a name.
func normalName(raw string, changed map[Change]bool) string {
	cleared := applyEdits(raw, nameEdits(), changed)
	joined := joinBlanks(cleared)
	if joined != cleared {
		changed[ChangeBlanks] = true
	}
	value := norm.NFC.String(joined)
	if value != joined {
		changed[ChangeForms] = true
	}
	return value
}

// edit replaces a character by another one, or drops it if to returns -1.
type edit struct {
	change Change
	to     func(rune) rune
}

func nameEdits() []edit {
	return []edit{{ChangeInvisible, dropIf(isInvisible)}, {ChangeForms, foldRadical}}
}

func codeEdits() []edit {
	return []edit{
		{ChangeInvisible, dropIf(isInvisible)},
		{ChangeBlanks, dropIf(isBlank)},
		{ChangeHyphens, dropIf(isHyphen)},
		{ChangeWidth, HalfWidth},
		{ChangeCase, toUpper},
	}
}

// applyEdits applies edits to each character of s and adds the changes made to changed.
// Bytes that are not UTF-8 stay.
//
// It decodes the end of its output, not s, because dropping a character between two
// pieces of broken UTF-8 may join them into another one.
func applyEdits(s string, edits []edit, changed map[Change]bool) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		out = append(out, s[i])
		r, size := utf8.DecodeLastRune(out)
		if r == utf8.RuneError {
			continue
		}
		if to := applyToRune(r, edits, changed); to != r {
			out = out[:len(out)-size]
			if to >= 0 {
				out = utf8.AppendRune(out, to)
			}
		}
	}
	return string(out)
}

// isTriviallyNormal reports whether a value has only digits, capitals and common Han
// characters, which no edit changes. Most values do.
func isTriviallyNormal(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 0x4E00 || r > 0x9FFF) {
			return false
		}
	}
	return true
}

func applyToRune(r rune, edits []edit, changed map[Change]bool) rune {
	for _, e := range edits {
		to := e.to(r)
		if to != r {
			changed[e.change] = true
		}
		if r = to; r < 0 {
			break
		}
	}
	return r
}

func dropIf(drop func(rune) bool) func(rune) rune {
	return func(r rune) rune {
		if drop(r) {
			return -1
		}
		return r
	}
}

// joinBlanks trims a name and replaces each run of blanks within it by one space, or by
// nothing where it only pads or wraps the name: see dropsBlanks.
func joinBlanks(s string) string {
	var b strings.Builder
	last, blanks, broken := rune(-1), false, false
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case isBlank(r):
			blanks, broken = true, broken || isBreak(r)
		default:
			if blanks && last >= 0 && !dropsBlanks(last, r, broken) {
				b.WriteByte(' ')
			}
			b.WriteString(s[:size])
			last, blanks, broken = r, false, false
		}
		s = s[size:]
	}
	return b.String()
}

// dropsBlanks reports whether the blanks between two characters are dropped. broken says
// that they have a line break.
func dropsBlanks(last, next rune, broken bool) bool {
	return isHan(last) && isHan(next) || broken && (isWide(last) || isWide(next) || isHyphen(last))
}

// isWide reports whether r is a Han character or Chinese punctuation, next to which a
// line breaks without a blank.
func isWide(r rune) bool {
	return isHan(r) || r == '·' || 0x3000 <= r && r <= 0x303F || 0xFF00 <= r && r <= 0xFFEF
}

// radicalsSupplement has the ordinary characters for the CJK Radicals Supplement, U+2E80
// to U+2EF3, which text from PDF files may have: Unicode's EquivalentUnifiedIdeograph,
// or the radical itself if there is none. NFKC replaces only two of them.
const radicalsSupplement = "⺀" +
	"厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭" +
	"王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅" +
	"長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"

// foldRadical returns the ordinary character for a radical, and r itself otherwise. NFKC
// replaces all Kangxi radicals, U+2F00 to U+2FD5.
func foldRadical(r rune) rune {
	switch {
	case 0x2F00 <= r && r <= 0x2FD5:
		r, _ = utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
	case 0x2E80 <= r && r <= 0x2EF3:
		at := int(r - 0x2E80)
		for _, ordinary := range radicalsSupplement {
			if at == 0 {
				return ordinary
			}
			at--
		}
	}
	return r
}

// isPrivate reports whether r is a private-use character. Register systems use these
// for rare characters, each in its own way.
func isPrivate(r rune) bool { return unicode.Is(unicode.Co, r) }

// privateUseHan has the Unicode characters for those that GB 18030 mapped to the private
// use area, U+E815 to U+E864 (bytes FE50 to FEA0), by its editions of 2005 and 2022.
const privateUseHan = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱" +
	"䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"

// ReplacePrivateUse returns name with standard characters instead of the private-use
// ones of GB 18030, and the distinct characters that it put in.
func ReplacePrivateUse(name string) (standard, replacements string) {
	if !strings.ContainsFunc(name, isPrivate) {
		return name, ""
	}
	standard = strings.Map(func(r rune) rune {
		s, ok := standardRune(r)
		if !ok {
			return r
		}
		if !strings.ContainsRune(replacements, s) && s != ' ' {
			replacements += string(s)
		}
		return s
	}, name)
	return standard, replacements
}

func standardRune(r rune) (rune, bool) {
	switch {
	case r == 0xE5E5: // A3A0, a space of GBK
		return ' ', true
	case 0xE815 <= r && r <= 0xE864:
		s := []rune(privateUseHan)[r-0xE815]
		return foldRadical(s), true
	}
	return r, false
}

// Comparable returns a value in the form in which it is compared with others: a name in
// NFC with single spaces. Older ledgers have values that Normalize would change today
// in ways that a reader cannot see.
func Comparable(f juhe.Factor, value string) string {
	if f != juhe.Entname && f != juhe.Realname || norm.NFC.IsNormalString(value) && strings.IndexFunc(value, unicode.IsSpace) < 0 {
		return value
	}
	return strings.Join(strings.Fields(norm.NFC.String(value)), " ")
}
