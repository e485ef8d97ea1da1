package ledgertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

func testSearchSubstrings(t *testing.T, open Open) {
	e := open(t)
	recs := NewMatches(40)
	odd := NewRecord(41, juhe.Mismatch)
	odd.Query.Factors = juhe.Factors{juhe.Entname: "𠮷㛃（上海）Ａｐｐｌｅ-Pie 贸易 商行", juhe.Entmark: "MA1FL0000", juhe.Realname: "John Sample", juhe.Idcard: "E12345678"}
	recs = append(recs, odd)
	if n, err := e.Import(t.Context(), recs); err != nil || n != len(recs) {
		t.Fatalf("got %v, %v, want %v", n, err, len(recs))
	}
	// Every substring of every text of a record finds it.
	for _, rec := range []lookup.Record{recs[7], odd} {
		q := rec.Query
		for _, text := range []string{q.Factors[juhe.Entname], q.Factors[juhe.Entmark], q.Factors[juhe.Realname], q.Factors[juhe.Idcard], rec.Reply.Orderid} {
			runes := []rune(text)
			for i := range runes {
				for j := i + 1; j <= len(runes); j++ {
					part := string(runes[i:j])
					if strings.TrimSpace(part) != part {
						continue
					}
					if !slices.Contains(RecordIDs(MustSearch(t, e, lookup.Search{Text: part})), rec.ID) {
						t.Fatalf("%q does not find %q", part, text)
					}
				}
			}
		}
	}
	for text, want := range map[string]int{
		"apple-pie": 1, "ＡＰＰＬＥ": 1, "（上海）": 1, "(上海)": 1, "𠮷㛃": 1, "sample john": 1, "张三 晨星 7号": 4,
		"张四": 0, "晨星 上海": 0, "7号 JH2026": 4, "没有": 0, "99999": 0, "zz": 0, "q": 0, "\"": 0, "a*": 0, "晨星 OR 上海": 0, "-": 1, "^": 0, "NEAR(": 0,
	} {
		if got := MustSearch(t, e, lookup.Search{Text: text}); len(got) != want {
			t.Errorf("%q finds %d, want %d", text, len(got), want)
		}
	}
}

// testSearchUnindexed records more lookups than one update of the index takes, some of
// them with earlier times.
func testSearchUnindexed(t *testing.T, open Open) {
	e := open(t)
	var all []lookup.Record
	for n := range 230 {
		rec := NewRecord(n, juhe.Match)
		if n%3 == 0 {
			rec.At = Noon.Add(-time.Duration(n) * time.Minute)
		}
		MustRecord(t, e, rec)
		all = append(all, rec)
		if found := MustSearch(t, e, lookup.Search{Text: rec.Query.Factors[juhe.Idcard]}); len(found) != 1 || found[0].ID != rec.ID {
			t.Fatalf("%d: got %v", n, RecordIDs(found))
		}
	}
	slices.SortFunc(all, func(a, b lookup.Record) int { return b.At.Compare(a.At) })
	var got []string
	for s := (lookup.Search{Text: "晨星虚构", Limit: 7}); ; {
		page, err := e.Search(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, RecordIDs(page.Records)...)
		if s.After = page.Next; !page.More {
			break
		}
	}
	if !slices.Equal(got, RecordIDs(all)) {
		t.Errorf("got %d lookups, want %d newest first", len(got), len(all))
	}
}

func testSearchPinyin(t *testing.T, open Open) {
	e := open(t)
	recs := []lookup.Record{NewRecord(1, juhe.Match), NewRecord(2, juhe.Match)}
	recs[0].Query.Factors[juhe.Realname], recs[0].Query.Factors[juhe.Entname] = "单小曼", "北京晨星虚构科技有限公司"
	recs[1].Query.Factors[juhe.Realname], recs[1].Query.Factors[juhe.Entname] = "吕布", "杭州云栖贸易商行"
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"shanxiaoman": 0, "danxiaoman": 0, "xiaoman": 0, "sxm": 0, "SXM": 0, "lvbu": 1, "lb": 1, "yunqi": 1, "hzyq": 1, "bjcx": 0,
		"bj": 0, "jcx": 0, "yq": 1,
	} {
		got := MustSearch(t, e, lookup.Search{Text: text})
		if len(got) != 1 || got[0].ID != recs[want].ID {
			t.Errorf("%q finds %v", text, RecordIDs(got))
		}
	}
}

func testSearchFilters(t *testing.T, open Open) {
	e := open(t)
	var recs []lookup.Record
	for n := range 30 {
		rec := NewRecord(n, juhe.Outcomes()[n%3*2])
		rec.Query.API = juhe.APIs()[n%2]
		recs = append(recs, rec)
	}
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	at := func(n int) time.Time { return Noon.Add(time.Duration(n) * time.Second) }
	for _, test := range []struct {
		search lookup.Search
		want   func(n int) bool
	}{
		{lookup.Search{Outcome: juhe.Lost}, func(n int) bool { return n%3 == 2 }},
		{lookup.Search{API: juhe.APIQueryEncry}, func(n int) bool { return n%2 == 1 }},
		{lookup.Search{API: juhe.APIQueryV2}, func(int) bool { return false }},
		{lookup.Search{API: juhe.APIQueryEncry, Outcome: juhe.Match, Text: "晨星"}, func(n int) bool { return n%2 == 1 && n%3 == 0 }},
		{lookup.Search{API: juhe.APIQueryEncry, Outcome: juhe.Match, Text: "张"}, func(n int) bool { return n%2 == 1 && n%3 == 0 }},
		{lookup.Search{Since: at(10), Until: at(20)}, func(n int) bool { return n >= 10 && n < 20 }},
		{lookup.Search{Since: at(10), Until: at(20), Text: "晨星", Outcome: juhe.Match}, func(n int) bool { return n >= 10 && n < 20 && n%3 == 0 }},
		{lookup.Search{Since: at(10).Add(time.Nanosecond)}, func(n int) bool { return n > 10 }},
		{lookup.Search{Until: at(10).Add(time.Nanosecond), Outcome: juhe.Match}, func(n int) bool { return n <= 10 && n%3 == 0 }},
	} {
		var want []string
		for n := 29; n >= 0; n-- {
			if test.want(n) {
				want = append(want, recs[n].ID)
			}
		}
		if got := RecordIDs(MustSearch(t, e, test.search)); !slices.Equal(got, want) {
			t.Errorf("%+v\ngot  %v\nwant %v", test.search, got, want)
		}
	}
}

func testSearchPages(t *testing.T, open Open) {
	e := open(t)
	recs := NewMatches(103)
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	for i, search := range []lookup.Search{
		{Limit: 10},
		{Limit: 10, Text: "晨星"},
		{Limit: 10, Text: "张"},
		{Limit: 10, Outcome: juhe.Match},
		{Limit: 103},
		{Limit: 1000},
		{},
	} {
		var got []string
		for n := 0; ; n++ {
			page, err := e.Search(t.Context(), search)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, RecordIDs(page.Records)...)
			if search.After = page.Next; !page.More {
				break
			}
			if n == 0 { // new lookups do not move pages
				late := NewRecord(1000+i, juhe.Match)
				late.ID += fmt.Sprintf("-%d", i)
				MustRecord(t, e, late)
				t.Cleanup(func() { e.Delete(context.Background(), late.ID) })
			}
		}
		slices.Reverse(got)
		got = slices.DeleteFunc(got, func(id string) bool { return len(id) > 24 })
		if !slices.Equal(got, RecordIDs(recs)) {
			t.Errorf("%+v: %d lookups", search, len(got))
		}
	}
}

func testSearchOrder(t *testing.T, open Open) {
	e := open(t)
	MustRecord(t, e, NewRecord(50, juhe.Match))
	old, newer := NewRecord(10, juhe.Match), NewRecord(90, juhe.Match)
	if n, err := e.Import(t.Context(), []lookup.Record{newer, old}); err != nil || n != 2 {
		t.Fatalf("got %v, %v, want 2", n, err)
	}
	want := []string{newer.ID, NewRecord(50, juhe.Match).ID, old.ID}
	for _, text := range []string{"", "晨星", "张", "JH2026"} {
		if got := RecordIDs(MustSearch(t, e, lookup.Search{Text: text})); !slices.Equal(got, want) {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func testSameFactors(t *testing.T, open Open) {
	e := open(t)
	first, second, other := NewRecord(1, juhe.Mismatch), NewRecord(1, juhe.Match), NewRecord(1, juhe.Match)
	second.ID, second.At, second.Service = "b", first.At.Add(time.Hour), "http://127.0.0.1:8080"
	other.ID, other.Query.Factors[juhe.Idcard] = "c", "110105194912310021"
	for _, rec := range []lookup.Record{first, second, other} {
		MustRecord(t, e, rec)
	}
	same, err := e.SameFactors(t.Context(), first)
	if err != nil || !slices.Equal(RecordIDs(same), []string{"b", first.ID}) {
		t.Errorf("got %v, %v", RecordIDs(same), err)
	}
}

func testSameMillisecond(t *testing.T, open Open) {
	e := open(t)
	recs := newMatchesAtNoon(300)
	if n, err := e.Import(t.Context(), recs); err != nil || n != 300 {
		t.Fatalf("got %v, %v, want 300", n, err)
	}
	if got := MustSearch(t, e, lookup.Search{Limit: 1000, Text: "晨星"}); len(got) != 300 {
		t.Errorf("got %v, want 300", len(got))
	}
}

// newMatchesAtNoon returns lookups of the same millisecond.
func newMatchesAtNoon(count int) (recs []lookup.Record) {
	for n := range count {
		rec := NewRecord(n, juhe.Match)
		rec.At = Noon
		recs = append(recs, rec)
	}
	return recs
}

// testSameMillisecondBounds imports so many lookups of one millisecond that they take
// keys of the next ones.
func testSameMillisecondBounds(t *testing.T, open Open) {
	e := open(t)
	recs := newMatchesAtNoon(300)
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	next := Noon.Add(time.Millisecond)
	for _, text := range []string{"", "晨星", "张"} {
		if n := len(MustSearch(t, e, lookup.Search{Text: text, Until: next, Limit: 1000})); n != 300 {
			t.Errorf("%q: %d before the next moment", text, n)
		}
		if n := len(MustSearch(t, e, lookup.Search{Text: text, Since: next, Limit: 1000})); n != 0 {
			t.Errorf("%q: %d from the next moment on", text, n)
		}
	}
	if n, err := e.Purge(t.Context(), Noon); n != 0 || err != nil {
		t.Errorf("got %d purged, %v", n, err)
	}
	if n, err := e.Purge(t.Context(), next); n != 300 || err != nil {
		t.Errorf("got %d purged, %v", n, err)
	}
}
