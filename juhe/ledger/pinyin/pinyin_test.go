package pinyin

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
)

var update = flag.Bool("update", false, "write pinyin.txt")

// pinyinTableText returns the readings of go-pinyin in the format of pinyinTable.
func pinyinTableText() string {
	args := pinyin.NewArgs()
	args.Heteronym = true
	rows := [2]map[string][]rune{{}, {}}
	for r := rune(firstCharacter); r <= lastCharacter; r++ {
		syllables := unique(pinyin.SinglePinyin(r, args))
		for i, syllable := range syllables[:min(2, len(syllables))] {
			rows[i][syllable] = append(rows[i][syllable], r)
		}
	}
	var b strings.Builder
	for i, row := range rows {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, syllable := range slices.Sorted(maps.Keys(row)) {
			fmt.Fprintf(&b, "%s %s\n", syllable, string(row[syllable]))
		}
	}
	return b.String()
}

func TestPinyinTable(t *testing.T) {
	t.Parallel()
	if *update {
		if err := os.WriteFile("pinyin.txt", []byte(pinyinTableText()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if pinyinTable != pinyinTableText() {
		t.Error("pinyin.txt does not match go-pinyin: go test ./juhe/ledger/pinyin -update writes it")
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"?!", ""},
		{"张三", "zhangsan zs"},
		{"吕布", "lvbu lubu lb"},
		{"单小曼", "shanxiaoman danxiaoman"},
		{"尉迟恭", "yuchigong"},
		{"阿a1", "a1"},
		{"北京晨星虚构科技有限公司", "beijingchenxingxugoukejiyouxiangongsi bjcxxgkjyxgs"},
		{"杭州绿源贸易商行", "hangzhoulvyuanmaoyishanghang hzlymysh"},
		{"长安银行重庆分行 2 部", "changanyinhangchongqingfenhang2bu cayhcqfh2b"},
		{"㛃", "jie"},
	} {
		syllables, initials := Of(test.text)
		got := strings.TrimSpace(syllables + " " + initials)
		for _, want := range strings.Fields(test.want) {
			if !strings.Contains(" "+got+" ", " "+want+" ") && !strings.Contains(got, want) {
				t.Errorf("%q is %q in pinyin, want %q", test.text, got, want)
			}
		}
		if test.want == "" && got != "" {
			t.Errorf("%q is %q in pinyin, want none", test.text, got)
		}
		// Half of the words are initials.
		if n := len(strings.Fields(got)); n > 2*maxReadings {
			t.Errorf("%q has %d readings", test.text, n)
		}
	}
}

// FuzzOf: readings are letters and digits, each with initials, and there are few of them.
func FuzzOf(f *testing.F) {
	for _, text := range []string{"张三", "单于小曼 a1", "重庆分行", "\xff㛃?"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		syllables, initials := Of(text)
		for _, got := range []string{syllables, initials} {
			if strings.Trim(got, "0123456789abcdefghijklmnopqrstuvwxyz ") != "" || len(strings.Fields(got)) > maxReadings {
				t.Errorf("%q is %q in pinyin", text, got)
			}
		}
		if (syllables == "") != (initials == "") || len(initials) > len(syllables) {
			t.Errorf("%q is %q with initials %q", text, syllables, initials)
		}
	})
}

// BenchmarkReadPinyinTable measures what the first lookup of a process spends on the
// table.
func BenchmarkReadPinyinTable(b *testing.B) {
	for b.Loop() {
		readPinyinTable()
	}
}

func BenchmarkOf(b *testing.B) {
	for b.Loop() {
		Of("张三丰")
		Of("北京晨星虚构科技有限公司")
	}
}
