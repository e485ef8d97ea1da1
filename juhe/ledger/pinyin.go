package ledger

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A text of more Chinese characters than longestName is a company's: of that
// the first reading of each character is enough. A name has up to manyWays.
const (
	longestName = 6
	manyWays    = 8
)

// spoken writes a folded text in pinyin without tones, for searching: whole
// syllables run together, and initials, each reading once: 张三 → "zhangsan",
// "zs". Letters and digits stay; what has no reading is left out. ü is v, in a
// name also u.
func spoken(text string) (syllables, initials string) {
	said := readings(text)
	if len(said) == 0 {
		return "", ""
	}
	var full, first []string
	for _, way := range ways(said) {
		full = append(full, strings.Join(way, ""))
		first = append(first, firstLetters(way))
	}
	return strings.Join(unique(full), " "), strings.Join(unique(first), " ")
}

func firstLetters(way []string) string {
	var b strings.Builder
	for _, syllable := range way {
		b.WriteByte(syllable[0])
	}
	return b.String()
}

// readings gives what each character of a text may be read as, the likeliest
// first. A letter or digit is read as itself.
func readings(text string) (said [][]string) {
	var kept []rune
	characters := 0
	for _, r := range text {
		if plain(r) {
			said = append(said, []string{string(r)})
		} else if both := syllablesOf(r); len(both) > 0 {
			said = append(said, both)
			characters++
		} else {
			continue
		}
		kept = append(kept, r)
	}
	text = string(kept)
	if characters <= longestName {
		special(said, text, surnames, strings.HasPrefix)
		for i := range said {
			said[i] = unique(withU(said[i]))
		}
		return said
	}
	special(said, text, companyWords, strings.Contains)
	for i := range said {
		said[i] = said[i][:1]
	}
	return said
}

// special puts first how the characters of those words are read that a text
// has.
func special(said [][]string, text, words string, has func(text, word string) bool) {
	for line := range strings.SplitSeq(words, "\n") {
		word, spoken, _ := strings.Cut(line, " ")
		if !has(text, word) {
			continue
		}
		before, _, _ := strings.Cut(text, word)
		at := utf8.RuneCountInString(before)
		for i, choice := range strings.Fields(spoken) {
			said[at+i] = append(strings.Split(choice, "/"), said[at+i]...)
		}
	}
}

// withU adds, after each syllable with v, the one with u.
func withU(said []string) (all []string) {
	for _, syllable := range said {
		all = append(all, syllable, strings.Replace(syllable, "v", "u", 1))
	}
	return all
}

// ways gives the ways to read a text, one syllable a character. Those that
// keep closest to the likeliest readings come first.
func ways(said [][]string) (all [][]string) {
	var extend func(way []string, off int)
	extend = func(way []string, off int) {
		if len(all) == manyWays {
			return
		}
		if len(way) == len(said) {
			if off == 0 {
				all = append(all, slices.Clone(way))
			}
			return
		}
		choice := said[len(way)]
		for i := range min(off+1, len(choice)) {
			extend(append(way, choice[i]), off-i)
		}
	}
	farthest := 0
	for _, choice := range said {
		farthest += len(choice) - 1
	}
	for off := 0; off <= farthest && len(all) < manyWays; off++ {
		extend(make([]string, 0, len(said)), off)
	}
	return all
}

// unique leaves of each text the first.
func unique(all []string) []string {
	var once []string
	for _, text := range all {
		if !slices.Contains(once, text) {
			once = append(once, text)
		}
	}
	return once
}

// surnames are those read in a way of their own: one choice of readings a
// character.
const surnames = `单于 chan yu
尉迟 yu chi
万俟 mo qi
长孙 zhang sun
单 shan
曾 zeng
解 xie
仇 qiu
任 ren
盖 ge
查 zha
区 ou
朴 piao
翟 zhai
覃 qin/tan
乐 yue/le
缪 miao
冼 xian
华 hua
员 yun
种 chong
秘 bi
召 shao
折 she
逄 pang`

// companyWords are those of companies and places in which a character is not
// read as it mostly is.
const companyWords = `银行 yin hang
商行 shang hang
支行 zhi hang
分行 fen hang
行业 hang ye
车行 che hang
重庆 chong qing
厦门 xia men
长春 chang chun
长沙 chang sha
长江 chang jiang
长城 chang cheng
长安 chang an
长治 chang zhi
长兴 chang xing
长虹 chang hong
成都 cheng du
首都 shou du
都市 du shi
都江 du jiang
西藏 xi zang
六安 lu an
蚌埠 beng bu
番禺 pan yu
音乐 yin yue
乐器 yue qi
会计 kuai ji
空调 kong tiao
调味 tiao wei
调理 tiao li
佛山 fo shan
大夫 dai fu`

// pinyinTable has a line for each syllable and the characters that are read so.
// Whatever a character is read as second stands below the empty line. The
// readings are those of go-pinyin (github.com/mozillazg/go-pinyin, MIT
// licence), two a character; a test writes the file.
//
//go:embed pinyin.txt
var pinyinTable string

const firstCharacter, lastCharacter = 0x3400, 0x323AF // of Unicode's ideographs

// A pinyinIndex has the syllables of the table, and for each character the
// numbers of up to two of them. Syllable 0 is none.
type pinyinIndex struct {
	syllables []string
	said      [lastCharacter - firstCharacter + 1][2]uint16
}

// indexed reads the table when something is spoken for the first time: most
// commands say nothing.
var indexed = sync.OnceValue(readTable)

func readTable() *pinyinIndex {
	index := &pinyinIndex{syllables: []string{""}}
	second := 0
	for line := range strings.Lines(pinyinTable) {
		syllable, characters, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok {
			second = 1
			continue
		}
		for _, r := range characters {
			index.said[r-firstCharacter][second] = uint16(len(index.syllables))
		}
		index.syllables = append(index.syllables, syllable)
	}
	return index
}

// syllablesOf gives what a character may be read as, the likeliest first.
func syllablesOf(r rune) (said []string) {
	if r < firstCharacter || r > lastCharacter {
		return nil
	}
	index := indexed()
	for _, number := range index.said[r-firstCharacter] {
		if number > 0 {
			said = append(said, index.syllables[number])
		}
	}
	return said
}
