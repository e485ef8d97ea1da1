package sqlite_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/ledgertest"
	"fourfactor/juhe/ledger/pinyin"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// The size of the benchmarks' ledger, and the folder that keeps it between runs (a
// temporary one by default). For figures that matter:
//
//	go test ./juhe/ledger/sqlite -run '^$' -bench . -rows 1000000 -at /tmp/million
var (
	rows = flag.Int("rows", 5000, "lookups in the benchmarks' ledger")
	at   = flag.String("at", "", "a folder that keeps the benchmarks' ledger")
)

var (
	regions    = strings.Fields("北京 上海 广州 深圳 杭州 南京 成都 武汉 西安 重庆 天津 苏州 青岛 大连 厦门 宁波 长沙 郑州 济南 合肥")
	industries = strings.Fields("科技 贸易 网络 信息技术 电子商务 建筑工程 物流 餐饮管理 文化传媒 医疗器械 投资管理 咨询服务 新能源 机械制造 环保科技")
	forms      = strings.Fields("有限公司 有限责任公司 股份有限公司 （集团）有限公司 合伙企业（有限合伙）")
	brands     = []rune("晨星瑞丰华盛金鼎恒泰天宇嘉禾明远博雅安康宏达创新启航智联云海东方盈科同辉凯越")
	surnames   = []rune("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡")
	given      = []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛")
)

func pickRandom[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// inventedRecord returns lookup n of a fixed series, two a minute. None of its values
// belongs to anyone.
func inventedRecord(r *rand.Rand, n int) lookup.Record {
	rec := ledgertest.NewRecord(n, pickRandom(r, []juhe.Outcome{juhe.Match, juhe.Match, juhe.Match, juhe.Match, juhe.Mismatch, juhe.Mismatch, juhe.Lost}))
	rec.At = ledgertest.Noon.AddDate(-1, 0, 0).Add(time.Duration(n) * 30 * time.Second)
	rec.ID = rec.At.Format("20060102-150405-") + fmt.Sprintf("%08d", n)
	region := r.IntN(len(regions))
	place := 110000 + region*10000 + 101 + r.IntN(16)
	person := []rune{pickRandom(r, surnames), pickRandom(r, given)}
	if r.IntN(3) > 0 {
		person = append(person, pickRandom(r, given))
	}
	brand := []rune{pickRandom(r, brands), pickRandom(r, brands), pickRandom(r, brands)}
	born := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(20000))
	rec.Query.Factors = juhe.Factors{
		juhe.Entname:  regions[region] + string(brand[:2+r.IntN(2)]) + pickRandom(r, industries) + pickRandom(r, forms),
		juhe.Entmark:  fmt.Sprintf("91%06dMA%07d%c", place, 1000000+r.IntN(9000000), "0123456789ABCDEFGHJKLMNPQRTUWXY"[r.IntN(31)]),
		juhe.Realname: string(person),
		juhe.Idcard:   fmt.Sprintf("%06d%s%03d%c", place, born.Format("20060102"), r.IntN(1000), "0123456789X"[r.IntN(11)]),
	}
	rec.Reply.Orderid = "JH" + rec.At.Format("20060102150405") + fmt.Sprintf("%08d", r.IntN(100000000))
	return rec
}

// benchLedger returns the ledger of the benchmarks and creates it if necessary.
func benchLedger(b *testing.B) sqlite.Options {
	b.Helper()
	dir := *at
	if dir == "" {
		dir = b.TempDir()
	}
	o := options(filepath.Join(dir, fmt.Sprint(*rows)))
	done := o.Path + ".done"
	if _, err := os.Stat(done); err == nil {
		return o
	}
	l := sqlite.New(o)
	r := rand.New(rand.NewPCG(4, 4))
	started := time.Now()
	for n := 0; n < *rows; {
		var recs []lookup.Record
		for range min(10000, *rows-n) {
			recs = append(recs, inventedRecord(r, n))
			n++
		}
		if _, err := l.Import(context.Background(), recs); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%d lookups imported, %.0f a second", *rows, float64(*rows)/time.Since(started).Seconds())
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(done, nil, 0o600); err != nil {
		b.Fatal(err)
	}
	return o
}

// BenchmarkSearch searches for texts that are in the ledger and texts that are not. It
// reports the slowest search and the 99th percentile. For comparison, search the same
// rows by LIKE in sqlite3 or by fzf --filter.
func BenchmarkSearch(b *testing.B) {
	l := sqlite.New(benchLedger(b))
	defer l.Close()
	for name, texts := range queries() {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			cut := 0
			for b.Loop() {
				s := lookup.Search{Text: texts[len(took)%len(texts)]}
				started := time.Now()
				page, err := l.Search(b.Context(), s)
				if err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(started))
				if !page.SearchedBackTo.IsZero() {
					cut++
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
			b.ReportMetric(float64(cut)/float64(len(took)), "cut/op")
		})
	}
}

// queries returns texts by kind, invented like the rows, and texts that no row has.
func queries() map[string][]string {
	all := map[string][]string{}
	r := rand.New(rand.NewPCG(7, 7))
	for range 200 {
		f := inventedRecord(r, r.IntN(*rows)).Query.Factors
		runes := []rune(f[juhe.Entname])
		from := r.IntN(len(runes) - 4)
		digits := r.IntN(10)
		for name, text := range map[string]string{
			"1 character":        string(pickRandom(r, runes)),
			"1 character, not":   string(pickRandom(r, []rune("龘靐齉爩"))),
			"2 letters, not":     "qq",
			"2 characters":       string(runes[from : from+2]),
			"4 characters":       string(runes[from : from+4]),
			"company":            f[juhe.Entname],
			"2 characters, not":  string([]rune{pickRandom(r, []rune("龘靐齉爩")), pickRandom(r, brands)}),
			"4 characters, not":  string([]rune{pickRandom(r, brands), pickRandom(r, surnames), pickRandom(r, given), pickRandom(r, brands)}),
			"person":             f[juhe.Realname],
			"person and company": f[juhe.Realname] + " " + string(runes[2:4]),
			"1 digit":            f[juhe.Idcard][digits : digits+1],
			"2 digits":           f[juhe.Idcard][digits : digits+2],
			"3 digits":           f[juhe.Idcard][digits : digits+3],
			"4 digits":           f[juhe.Idcard][digits : digits+4],
			"5 digits":           f[juhe.Idcard][digits : digits+5],
			"6 digits":           f[juhe.Idcard][digits : digits+6],
			"8 digits":           f[juhe.Idcard][digits : digits+8],
			"document":           f[juhe.Idcard],
			"mark":               f[juhe.Entmark],
			"4 digits, random":   fmt.Sprintf("%04d", r.IntN(10000)),
			"6 digits, random":   fmt.Sprintf("%06d", r.IntN(1000000)),
			"8 digits, random":   fmt.Sprintf("%08d", r.IntN(100000000)),
			"18 digits, random":  fmt.Sprintf("%09d%09d", r.IntN(1000000000), r.IntN(1000000000)),
			"4 letters":          string([]byte{byte('a' + r.IntN(26)), byte('a' + r.IntN(26)), byte('a' + r.IntN(26)), byte('a' + r.IntN(26))}),
			"person's initials":  firstWord(initials(f[juhe.Realname])),
			"person's pinyin":    firstWord(syllables(f[juhe.Realname])),
			"company's pinyin":   firstWord(syllables(f[juhe.Entname]))[:8],
			"company's initials": firstWord(initials(f[juhe.Entname]))[:3],
		} {
			all[name] = append(all[name], text)
		}
	}
	return all
}

func firstWord(words string) string {
	word, _, _ := strings.Cut(words, " ")
	return word
}

func syllables(text string) string {
	said, _ := pinyin.Of(text)
	return said
}

func initials(text string) string {
	_, said := pinyin.Of(text)
	return said
}

// BenchmarkLookup measures Prior, RecordIntent and RecordOutcome of one lookup at a
// time.
func BenchmarkLookup(b *testing.B) {
	o := benchLedger(b)
	l := sqlite.New(o)
	defer l.Close()
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	n := *rows + r.IntN(1<<30)
	for b.Loop() {
		n++
		rec := inventedRecord(r, n)
		if _, err := l.Prior(b.Context(), rec); err != nil {
			b.Fatal(err)
		}
		if _, err := l.RecordIntent(b.Context(), rec, ledgertest.AllowAll); err != nil {
			b.Fatal(err)
		}
		if err := l.RecordOutcome(b.Context(), rec); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGrouped measures lookups that share transactions, as in a run.
func BenchmarkGrouped(b *testing.B) {
	l := sqlite.New(benchLedger(b))
	defer l.Close()
	var n atomic.Int64
	n.Store(int64(*rows) + rand.Int64N(1<<30))
	b.SetParallelism(256 / runtime.GOMAXPROCS(0))
	b.RunParallel(func(pb *testing.PB) {
		r := rand.New(rand.NewPCG(rand.Uint64(), 1))
		for pb.Next() {
			rec := inventedRecord(r, int(n.Add(1)))
			if _, err := l.RecordIntent(b.Context(), rec, ledgertest.AllowAll); err != nil {
				b.Error(err)
			}
			if err := l.RecordOutcome(b.Context(), rec); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lookups/s")
}

// BenchmarkOpen compares opening an empty ledger and a large one, up to the first page.
func BenchmarkOpen(b *testing.B) {
	empty := options(b.TempDir())
	for name, o := range map[string]sqlite.Options{"empty": empty, "big": benchLedger(b)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				l := sqlite.New(o)
				if _, err := l.Search(b.Context(), lookup.Search{}); err != nil {
					b.Fatal(err)
				}
				if err := l.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
