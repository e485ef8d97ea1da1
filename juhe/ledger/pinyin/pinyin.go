// Package pinyin spells Chinese texts in pinyin and in initials.
package pinyin

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A text of more than maxNameLen Chinese characters is taken for the name of a company,
// which has one reading. The name of a person has up to maxReadings.
const (
	maxNameLen  = 6
	maxReadings = 8
)

// Of returns a text in pinyin without tones and in initials: "zhangsan" and "zs" for 张三.
// Several readings are separated by blanks. Lower-case letters and digits are kept, other
// characters without a reading are dropped. ü is written v; in the name of a person it is
// written both v and u.
func Of(text string) (syllables, initials string) {
	choices := syllableChoices(text)
	if len(choices) == 0 {
		return "", ""
	}
	var full, first []string
	for _, reading := range combinations(choices) {
		letters := make([]byte, len(reading))
		for i, syllable := range reading {
			letters[i] = syllable[0]
		}
		full, first = append(full, strings.Join(reading, "")), append(first, string(letters))
	}
	return strings.Join(unique(full), " "), strings.Join(unique(first), " ")
}

// syllableChoices returns the possible syllables of each character of a text, the most likely one
// first. A letter or digit is its own syllable.
func syllableChoices(text string) (choices [][]string) {
	var kept []rune
	characters := 0
	for _, r := range text {
		if '0' <= r && r <= '9' || 'a' <= r && r <= 'z' {
			choices = append(choices, []string{string(r)})
		} else if syllables := syllablesOf(r); len(syllables) > 0 {
			choices = append(choices, syllables)
			characters++
		} else {
			continue
		}
		kept = append(kept, r)
	}
	text = string(kept)
	if characters <= maxNameLen {
		preferReadings(choices, text, surnames, strings.HasPrefix)
		for i := range choices {
			choices[i] = unique(addUForV(choices[i]))
		}
		return choices
	}
	preferReadings(choices, text, companyWords, strings.Contains)
	for i := range choices {
		choices[i] = choices[i][:1]
	}
	return choices
}

// preferReadings moves the syllables of words in the text to the front. words has a line
// for each word: the word and the syllables of its characters.
func preferReadings(choices [][]string, text, words string, contains func(text, word string) bool) {
	for line := range strings.SplitSeq(words, "\n") {
		word, syllables, _ := strings.Cut(line, " ")
		if !contains(text, word) {
			continue
		}
		before, _, _ := strings.Cut(text, word)
		at := utf8.RuneCountInString(before)
		for i, preferred := range strings.Fields(syllables) {
			choices[at+i] = append(strings.Split(preferred, "/"), choices[at+i]...)
		}
	}
}

// addUForV adds each syllable again with u for v.
func addUForV(syllables []string) (all []string) {
	for _, syllable := range syllables {
		all = append(all, syllable, strings.Replace(syllable, "v", "u", 1))
	}
	return all
}

// combinations returns at most maxReadings readings of a text, which have one syllable for
// each character. The rank of a reading is the sum of the indexes of its syllables in
// choices. Readings of a lower rank, which are more likely, come first.
func combinations(choices [][]string) (all [][]string) {
	var extend func(reading []string, rest int)
	extend = func(reading []string, rest int) { // rest is the rank of the syllables still to add
		if len(all) == maxReadings {
			return
		}
		if len(reading) == len(choices) {
			if rest == 0 {
				all = append(all, slices.Clone(reading))
			}
			return
		}
		choice := choices[len(reading)]
		for i := range min(rest+1, len(choice)) {
			extend(append(reading, choice[i]), rest-i)
		}
	}
	maxRank := 0
	for _, choice := range choices {
		maxRank += len(choice) - 1
	}
	for rank := 0; rank <= maxRank && len(all) < maxReadings; rank++ {
		extend(make([]string, 0, len(choices)), rank)
	}
	return all
}

// unique returns the distinct texts in the same order.
func unique(texts []string) (distinct []string) {
	for _, text := range texts {
		if !slices.Contains(distinct, text) {
			distinct = append(distinct, text)
		}
	}
	return distinct
}

// surnames are the surnames with an unusual reading. A slash separates alternatives.
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

// companyWords are words with an unusual reading in the names of companies and places.
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

// pinyinTable has a line for each syllable, with the characters whose first reading it
// is. After an empty line it lists second readings in the same way. A test generates the
// file from the readings of github.com/mozillazg/go-pinyin (MIT license).
//
//go:embed pinyin.txt
var pinyinTable string

// The range of CJK ideographs in Unicode.
const firstCharacter, lastCharacter = 0x3400, 0x323AF

// pinyinIndex is pinyinTable by character: readings has the indexes of up to two
// syllables for each character. Index 0 means none.
type pinyinIndex struct {
	syllables []string
	readings  [lastCharacter - firstCharacter + 1][2]uint16
}

// loadPinyinIndex returns the index. The first call builds it, because most commands do
// not need it.
var loadPinyinIndex = sync.OnceValue(readPinyinTable)

func readPinyinTable() *pinyinIndex {
	index := &pinyinIndex{syllables: []string{""}}
	second := 0
	for line := range strings.Lines(pinyinTable) {
		syllable, characters, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok {
			second = 1
			continue
		}
		for _, r := range characters {
			index.readings[r-firstCharacter][second] = uint16(len(index.syllables))
		}
		index.syllables = append(index.syllables, syllable)
	}
	return index
}

// syllablesOf returns the possible syllables of a character, the most likely one first.
func syllablesOf(r rune) (syllables []string) {
	if r < firstCharacter || r > lastCharacter {
		return nil
	}
	index := loadPinyinIndex()
	for _, number := range index.readings[r-firstCharacter] {
		if number > 0 {
			syllables = append(syllables, index.syllables[number])
		}
	}
	return syllables
}
