package ident

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

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
