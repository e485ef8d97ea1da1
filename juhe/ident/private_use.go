package ident

import (
	"strings"
	"unicode"
)

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
