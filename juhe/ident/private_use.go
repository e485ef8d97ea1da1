package ident

import (
	"strings"
	"unicode"
)

// isPrivate reports whether Unicode leaves a character to private agreement. Systems
// of registers put rare characters there, each in its own way.
func isPrivate(r rune) bool { return unicode.Is(unicode.Co, r) }

// privateUseHan has the characters that GB 18030 had in the private use area, U+E815 to
// U+E864 (two bytes FE50 to FEA0), as its editions of 2005 and 2022 have them.
const privateUseHan = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱" +
	"䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"

// ReplacePrivateUse gives a name with the characters that Unicode has now in the place of
// those of private use by which GB 18030 wrote them, and those characters. There are
// none if it has none.
func ReplacePrivateUse(name string) (better, characters string) {
	if !strings.ContainsFunc(name, isPrivate) {
		return name, ""
	}
	better = strings.Map(func(r rune) rune {
		s, ok := standardRune(r)
		if !ok {
			return r
		}
		if !strings.ContainsRune(characters, s) && s != ' ' {
			characters += string(s)
		}
		return s
	}, name)
	return better, characters
}

func standardRune(r rune) (rune, bool) {
	switch {
	case r == 0xE5E5: // A3A0, a blank of GBK
		return ' ', true
	case 0xE815 <= r && r <= 0xE864:
		s := []rune(privateUseHan)[r-0xE815]
		return foldRadical(s), true
	}
	return r, false
}
