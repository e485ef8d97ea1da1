package ledger_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// engine is a ledger as the rest of the program uses it. The suite knows neither files
// nor SQL.
type engine interface {
	lookup.Ledger
	Open(context.Context) error
	Close() error
	Search(context.Context, lookup.Search) (lookup.Page, error)
	Get(context.Context, string) (lookup.Record, bool, error)
	SameFactors(context.Context, lookup.Record) ([]lookup.Record, error)
	SentToday(context.Context) (int, error)
	Delete(context.Context, ...string) (int, error)
	Purge(context.Context, time.Time) (int, error)
	PurgeExpired(context.Context) (ledger.Expiry, error)
	Import(context.Context, []lookup.Record) (int, error)
	Restore(context.Context, []lookup.Record) (int, error)
	RecordAudit(context.Context, ...lookup.AuditEvent) error
	AuditLog(context.Context, int) ([]lookup.AuditEvent, error)
	Verify(context.Context) (ledger.Health, error)
	CreateRun(ctx context.Context, r lookup.Run, pasted string) (lookup.RunID, error)
	SaveRun(context.Context, lookup.Run) error
	Run(context.Context, lookup.RunID) (lookup.Run, bool, error)
	Runs(context.Context, int) ([]lookup.Run, error)
	LockRun(context.Context, lookup.RunID) (func(), error)
	RunTally(context.Context, lookup.RunID) (lookup.Tally, error)
	RunRows(context.Context, lookup.RunID, int, int) ([]lookup.RunRow, error)
	RecordRow(context.Context, lookup.RunID, lookup.RunRow) error
	Records(context.Context, []string) ([]lookup.Record, error)
	Priors(context.Context, []lookup.Record) ([]lookup.Prior, error)
}

// openFunc opens the same ledger once more, as another process would.
type openFunc func(t *testing.T) engine

// suite is the contract that every engine meets.
func suite(t *testing.T, newLedger func(t *testing.T) openFunc) {
	for name, test := range map[string]func(*testing.T, openFunc){
		"round trip":                       testRoundTrip,
		"intent, then outcome":             testIntentThenOutcome,
		"allow decides in the transaction": testAllowDecides,
		"dead process":                     testDeadProcess,
		"late outcome replaces lost":       testLateOutcome,
		"unsent does not count":            testUnsentNotCounted,
		"deleting keeps the count":         testDeleteKeepsCount,
		"search finds any substring":       testSearchSubstrings,
		"search before indexing":           testSearchUnindexed,
		"search finds pinyin":              testSearchPinyin,
		"filters and bounds":               testSearchFilters,
		"pages do not repeat":              testSearchPages,
		"newest first after an import":     testSearchOrder,
		"same factors":                     testSameFactors,
		"same factors, other spelling":     testPriorOtherSpelling,
		"import skips existing":            testImportSkipsExisting,
		"answers are restored":             testRestore,
		"answers of rows are restored":     testRestoreRow,
		"purge and expire":                 testPurge,
		"audit log":                        testAuditLog,
		"deleted is not found":             testDeletedNotFound,
		"same millisecond":                 testSameMillisecond,
		"bounds of the same millisecond":   testSameMillisecondBounds,
		"interrupted purge":                testInterruptedPurge,
		"cancelled context":                testCancelledContext,
		"runs":                             testRuns,
		"rows of a run":                    testRunRows,
		"lock run":                         testLockRun,
		"late row":                         testLateRow,
		"lock run records dead as lost":    testLockRunRecordsDead,
		"concurrent writes":                testConcurrentWrites,
		"concurrent cancel":                testConcurrentCancel,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newLedger(t))
		})
	}
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// newRecord returns lookup n with an outcome.
func newRecord(n int, outcome juhe.Outcome) lookup.Record {
	code, state := 7, 1
	reply := juhe.Reply{Outcome: outcome, Billable: juhe.BillableYes, Orderid: fmt.Sprintf("JH2026112312%010d", n)}
	switch outcome {
	case juhe.Match:
		reply.State, reply.Code, reply.Desc = &state, &code, "一致"
	case juhe.Mismatch:
		code, state = -22, 2
		reply.State, reply.Code, reply.Desc = &state, &code, "法定代表人姓名不一致"
	default:
		reply.Billable, reply.Fault = juhe.BillableUnknown, juhe.Fault{Kind: juhe.FaultTimeout, Detail: "15s"}
	}
	return lookup.Record{
		ID: fmt.Sprintf("20261123-120000-%08d", n), At: noon.Add(time.Duration(n) * time.Second),
		Service: "https://apis.juhe.cn",
		Query: juhe.Query{API: juhe.APIQuery, Factors: juhe.Factors{
			juhe.Entname: fmt.Sprintf("北京晨星虚构科技%d号有限公司", n), juhe.Entmark: fmt.Sprintf("91110199MAYY%05dX", n%100000),
			juhe.Realname: "张三丰", juhe.Idcard: fmt.Sprintf("1101051949123%04d2X"[:17], n%10000) + "X",
		}},
		Reply: reply, Elapsed: 120 * time.Millisecond,
	}
}

// newMatches returns lookups with the outcome match, a second apart.
func newMatches(count int) (recs []lookup.Record) {
	for n := range count {
		recs = append(recs, newRecord(n, juhe.Match))
	}
	return recs
}

func allowAll(lookup.Prior) bool { return true }

// mustRecord records a lookup from intent to outcome.
func mustRecord(t *testing.T, e engine, rec lookup.Record) {
	t.Helper()
	if ok, err := e.RecordIntent(t.Context(), rec, allowAll); err != nil || !ok {
		t.Fatalf("got %v, %v, want true", ok, err)
	}
	if err := e.RecordOutcome(t.Context(), rec); err != nil {
		t.Fatal(err)
	}
}

// mustPrior returns what is known before a lookup.
func mustPrior(t *testing.T, e engine, rec lookup.Record) lookup.Prior {
	t.Helper()
	prior, err := e.Prior(t.Context(), rec)
	if err != nil {
		t.Fatal(err)
	}
	return prior
}

// onlyConcluded returns the one concluded lookup of prior.
func onlyConcluded(t *testing.T, prior lookup.Prior) lookup.Record {
	t.Helper()
	if len(prior.Concluded) != 1 {
		t.Fatalf("got %d concluded lookups, want 1", len(prior.Concluded))
	}
	return prior.Concluded[0]
}

// mustVerify returns the health of a sound ledger.
func mustVerify(t *testing.T, e engine) ledger.Health {
	t.Helper()
	h, err := e.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Problems) > 0 {
		t.Errorf("got problems %q, want none", h.Problems)
	}
	return h
}

// mustAuditLog returns the newest count events, of which there must be no more.
func mustAuditLog(t *testing.T, e engine, limit, count int) []lookup.AuditEvent {
	t.Helper()
	events, err := e.AuditLog(t.Context(), limit)
	if err != nil {
		t.Fatal(err)
	}
	if len(events) != count {
		t.Fatalf("got %d audit events, want %d", len(events), count)
	}
	return events
}

// check compares one value.
func check[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func recordIDs(recs []lookup.Record) (all []string) {
	for _, r := range recs {
		all = append(all, r.ID)
	}
	return all
}

// mustSearch returns the first page of a search, however often the search stops before
// the page is full.
func mustSearch(t *testing.T, e engine, s lookup.Search) (recs []lookup.Record) {
	t.Helper()
	for {
		page, err := e.Search(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		recs = append(recs, page.Records...)
		if page.SearchedBackTo.IsZero() {
			return recs
		}
		s.After = page.Next
	}
}

func testRoundTrip(t *testing.T, open openFunc) {
	e := open(t)
	want := newRecord(1, juhe.Mismatch)
	code := 253501
	want.Query.Regstatus, want.Reply.Regstatus, want.Reply.Reason = true, "在营（开业）企业", "success"
	want.Reply.Raw, want.Reply.ErrorCode = strings.Repeat("应答\n", 20000), &code
	want.Reply.Fault = juhe.Fault{Kind: juhe.FaultUndocumented, Detail: "1/-22"}
	want.Warnings = []ident.Warning{
		{Factor: juhe.Idcard, Rule: ident.RuleChanged, Changes: []ident.Change{"blanks", "width"}},
		{Factor: juhe.Entmark, Rule: ident.RuleChecksum, Kind: ident.KindUSCC},
	}
	mustRecord(t, e, want)
	for _, e := range []engine{e, open(t)} {
		got, ok, err := e.Get(t.Context(), want.ID)
		if err != nil || !ok || !got.At.Equal(want.At) {
			t.Fatal(got.At, ok, err)
		}
		got.At = want.At
		if fmt.Sprintf("%+v", dereferenced(got)) != fmt.Sprintf("%+v", dereferenced(want)) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		if listed := mustSearch(t, e, lookup.Search{}); len(listed) != 1 || listed[0].Reply.Raw != "" || len(listed[0].Warnings) != 2 {
			t.Errorf("got %+v", listed)
		}
	}
}

// dereferenced returns a record with numbers in place of pointers, for comparison.
func dereferenced(rec lookup.Record) any {
	r := rec.Reply
	numbers := []int{*r.State, *r.Code, *r.ErrorCode}
	rec.Reply.State, rec.Reply.Code, rec.Reply.ErrorCode = nil, nil, nil
	return []any{rec, numbers}
}

func testIntentThenOutcome(t *testing.T, open openFunc) {
	a, b := open(t), open(t)
	rec := newRecord(1, juhe.Match)
	if ok, err := a.RecordIntent(t.Context(), rec, allowAll); err != nil || !ok {
		t.Fatalf("got %v, %v, want true", ok, err)
	}
	prior := mustPrior(t, b, rec)
	if prior.Pending == nil {
		t.Fatal("got no pending lookup")
	}
	check(t, "pending lookup", prior.Pending.ID, rec.ID)
	check(t, "sent today", prior.SentToday, 1)
	check(t, "concluded lookups", len(prior.Concluded), 0)
	if listed := mustSearch(t, b, lookup.Search{}); len(listed) != 0 {
		t.Errorf("listed without an outcome: %+v", listed)
	}
	elsewhere := rec
	elsewhere.Service = "http://127.0.0.1:1"
	check(t, "pending at another address", mustPrior(t, b, elsewhere).Pending != nil, true)
	elsewhere.Service = "http://127.0.0.1:1/another"
	check(t, "pending at another service", mustPrior(t, b, elsewhere).Pending != nil, false)
	rec.Reply.Raw = "{}"
	if err := a.RecordOutcome(t.Context(), rec); err != nil {
		t.Fatal(err)
	}
	prior = mustPrior(t, b, rec)
	check(t, "pending", prior.Pending != nil, false)
	check(t, "outcome", onlyConcluded(t, prior).Reply.Outcome, juhe.Match)
	check(t, "raw answer", onlyConcluded(t, prior).Reply.Raw, rec.Reply.Raw)
	check(t, "sent today", prior.SentToday, 1)
	address, service, person, tomorrow := rec, rec, rec, rec
	address.Service = "http://127.0.0.1:1"
	service.Service = "http://127.0.0.1:1/another"
	person.Query.Factors[juhe.Realname] = "张三"
	tomorrow.At = noon.Add(4 * time.Hour) // 00:00 in Beijing
	for what, test := range map[string]struct {
		rec                  lookup.Record
		concluded, sentToday int
	}{
		"another address": {address, 1, 1},
		"another service": {service, 0, 1},
		"another person":  {person, 0, 1},
		"tomorrow":        {tomorrow, 1, 0},
	} {
		prior := mustPrior(t, b, test.rec)
		check(t, what+": concluded lookups", len(prior.Concluded), test.concluded)
		check(t, what+": sent today", prior.SentToday, test.sentToday)
	}
}

func testAllowDecides(t *testing.T, open openFunc) {
	e := open(t)
	rec := newRecord(1, juhe.Match)
	ok, err := e.RecordIntent(t.Context(), rec, func(lookup.Prior) bool { return false })
	if err != nil || ok {
		t.Fatalf("got %v, %v, want false", ok, err)
	}
	prior := mustPrior(t, e, rec)
	check(t, "pending", prior.Pending != nil, false)
	check(t, "sent today", prior.SentToday, 0)
	mustRecord(t, e, rec)
	seen := lookup.Prior{}
	second := newRecord(1, juhe.Match)
	second.ID += "b"
	if _, err := e.RecordIntent(t.Context(), second, func(p lookup.Prior) bool { seen = p; return false }); err != nil {
		t.Fatal(err)
	}
	check(t, "concluded lookups", len(seen.Concluded), 1)
	check(t, "sent today", seen.SentToday, 1)
}

func testDeadProcess(t *testing.T, open openFunc) {
	a, b := open(t), open(t)
	rec, other := newRecord(1, juhe.Match), newRecord(2, juhe.Match)
	rec.Warnings = []ident.Warning{{Factor: juhe.Idcard, Rule: ident.RuleChecksum, Kind: ident.KindResident18}}
	for e, r := range map[engine]lookup.Record{a: rec, b: other} {
		if _, err := e.RecordIntent(t.Context(), r, allowAll); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil { // as if the process ended
		t.Fatal(err)
	}
	c := open(t)
	prior := mustPrior(t, c, rec)
	check(t, "pending", prior.Pending != nil, false)
	lost := onlyConcluded(t, prior)
	if !slices.EqualFunc(lost.Warnings, rec.Warnings, func(a, b ident.Warning) bool { return a.Rule == b.Rule && a.Factor == b.Factor && a.Kind == b.Kind }) {
		t.Errorf("got warnings %+v, want %+v", lost.Warnings, rec.Warnings)
	}
	check(t, "outcome", lost.Reply.Outcome, juhe.Lost)
	check(t, "billable", lost.Reply.Billable, juhe.BillableUnknown)
	check(t, "fault", lost.Reply.Fault.Kind, juhe.FaultProcessEnded)
	check(t, "sent today", prior.SentToday, 2)
	check(t, "pending in a live process", mustPrior(t, c, other).Pending != nil, true)
	// A process that ends while this one runs.
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	prior = mustPrior(t, c, other)
	check(t, "pending in a dead process", prior.Pending != nil, false)
	check(t, "concluded lookups", len(prior.Concluded), 1)
}

func testLateOutcome(t *testing.T, open openFunc) {
	a := open(t)
	rec := newRecord(1, juhe.Match)
	if _, err := a.RecordIntent(t.Context(), rec, allowAll); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	b := open(t)
	if found := mustSearch(t, b, lookup.Search{Outcome: juhe.Lost, Text: "晨星"}); len(found) != 1 {
		t.Fatalf("got %v, want 1", len(found))
	}
	if err := b.RecordOutcome(t.Context(), rec); err != nil {
		t.Fatal(err)
	}
	if found := mustSearch(t, b, lookup.Search{Outcome: juhe.Lost, Text: "晨星"}); len(found) != 0 {
		t.Errorf("got %v, want 0", len(found))
	}
	found := mustSearch(t, b, lookup.Search{Text: rec.Reply.Orderid})
	if len(found) != 1 || found[0].Reply.Outcome != juhe.Match {
		t.Errorf("got %+v", found)
	}
	again := newRecord(1, juhe.Mismatch) // a second outcome changes nothing
	if err := b.RecordOutcome(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if found := mustSearch(t, b, lookup.Search{}); len(found) != 1 || found[0].Reply.Outcome != juhe.Match {
		t.Errorf("got %+v", found)
	}
}

func testUnsentNotCounted(t *testing.T, open openFunc) {
	e := open(t)
	mustRecord(t, e, newRecord(1, juhe.Match))
	mustRecord(t, e, newRecord(2, juhe.Unsent))
	if prior, err := e.Prior(t.Context(), newRecord(3, juhe.Match)); err != nil || prior.SentToday != 1 {
		t.Errorf("got %v, %v, want 1", prior.SentToday, err)
	}
	if today, err := e.SentToday(t.Context()); err != nil || today != 1 {
		t.Errorf("got %v, %v, want 1", today, err)
	}
}

func testDeleteKeepsCount(t *testing.T, open openFunc) {
	e := open(t)
	rec := newRecord(1, juhe.Match)
	mustRecord(t, e, rec)
	if n, err := e.Delete(t.Context(), rec.ID, "20000101-000000-aaaaaaaa"); err != nil || n != 1 {
		t.Fatalf("got %v, %v, want 1", n, err)
	}
	if today, err := e.SentToday(t.Context()); err != nil || today != 1 {
		t.Errorf("got %v, %v, want 1", today, err)
	}
	event := mustAuditLog(t, e, 10, 1)[0]
	check(t, "action", event.Action, lookup.AuditDelete)
	check(t, "ID", event.ID, rec.ID)
	check(t, "user", event.User, "老王")
	check(t, "time", event.At.UTC(), noon)
}

func testSearchSubstrings(t *testing.T, open openFunc) {
	e := open(t)
	recs := newMatches(40)
	odd := newRecord(41, juhe.Mismatch)
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
					if !slices.Contains(recordIDs(mustSearch(t, e, lookup.Search{Text: part})), rec.ID) {
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
		if got := mustSearch(t, e, lookup.Search{Text: text}); len(got) != want {
			t.Errorf("%q finds %d, want %d", text, len(got), want)
		}
	}
}

// testSearchUnindexed records more lookups than one update of the index takes, some of
// them with earlier times.
func testSearchUnindexed(t *testing.T, open openFunc) {
	e := open(t)
	var all []lookup.Record
	for n := range 230 {
		rec := newRecord(n, juhe.Match)
		if n%3 == 0 {
			rec.At = noon.Add(-time.Duration(n) * time.Minute)
		}
		mustRecord(t, e, rec)
		all = append(all, rec)
		if found := mustSearch(t, e, lookup.Search{Text: rec.Query.Factors[juhe.Idcard]}); len(found) != 1 || found[0].ID != rec.ID {
			t.Fatalf("%d: got %v", n, recordIDs(found))
		}
	}
	slices.SortFunc(all, func(a, b lookup.Record) int { return b.At.Compare(a.At) })
	var got []string
	for s := (lookup.Search{Text: "晨星虚构", Limit: 7}); ; {
		page, err := e.Search(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, recordIDs(page.Records)...)
		if s.After = page.Next; !page.More {
			break
		}
	}
	if !slices.Equal(got, recordIDs(all)) {
		t.Errorf("got %d lookups, want %d newest first", len(got), len(all))
	}
}

func testSearchPinyin(t *testing.T, open openFunc) {
	e := open(t)
	recs := []lookup.Record{newRecord(1, juhe.Match), newRecord(2, juhe.Match)}
	recs[0].Query.Factors[juhe.Realname], recs[0].Query.Factors[juhe.Entname] = "单小曼", "北京晨星虚构科技有限公司"
	recs[1].Query.Factors[juhe.Realname], recs[1].Query.Factors[juhe.Entname] = "吕布", "杭州云栖贸易商行"
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"shanxiaoman": 0, "danxiaoman": 0, "xiaoman": 0, "sxm": 0, "SXM": 0, "lvbu": 1, "lb": 1, "yunqi": 1, "hzyq": 1, "bjcx": 0,
		"bj": 0, "jcx": 0, "yq": 1,
	} {
		got := mustSearch(t, e, lookup.Search{Text: text})
		if len(got) != 1 || got[0].ID != recs[want].ID {
			t.Errorf("%q finds %v", text, recordIDs(got))
		}
	}
}

func testSearchFilters(t *testing.T, open openFunc) {
	e := open(t)
	var recs []lookup.Record
	for n := range 30 {
		rec := newRecord(n, juhe.Outcomes()[n%3*2])
		rec.Query.API = juhe.APIs()[n%2]
		recs = append(recs, rec)
	}
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	at := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Second) }
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
		if got := recordIDs(mustSearch(t, e, test.search)); !slices.Equal(got, want) {
			t.Errorf("%+v\ngot  %v\nwant %v", test.search, got, want)
		}
	}
}

func testSearchPages(t *testing.T, open openFunc) {
	e := open(t)
	recs := newMatches(103)
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
			got = append(got, recordIDs(page.Records)...)
			if search.After = page.Next; !page.More {
				break
			}
			if n == 0 { // new lookups do not move pages
				late := newRecord(1000+i, juhe.Match)
				late.ID += fmt.Sprintf("-%d", i)
				mustRecord(t, e, late)
				t.Cleanup(func() { e.Delete(context.Background(), late.ID) })
			}
		}
		slices.Reverse(got)
		got = slices.DeleteFunc(got, func(id string) bool { return len(id) > 24 })
		if !slices.Equal(got, recordIDs(recs)) {
			t.Errorf("%+v: %d lookups", search, len(got))
		}
	}
}

func testSearchOrder(t *testing.T, open openFunc) {
	e := open(t)
	mustRecord(t, e, newRecord(50, juhe.Match))
	old, newer := newRecord(10, juhe.Match), newRecord(90, juhe.Match)
	if n, err := e.Import(t.Context(), []lookup.Record{newer, old}); err != nil || n != 2 {
		t.Fatalf("got %v, %v, want 2", n, err)
	}
	want := []string{newer.ID, newRecord(50, juhe.Match).ID, old.ID}
	for _, text := range []string{"", "晨星", "张", "JH2026"} {
		if got := recordIDs(mustSearch(t, e, lookup.Search{Text: text})); !slices.Equal(got, want) {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func testSameFactors(t *testing.T, open openFunc) {
	e := open(t)
	first, second, other := newRecord(1, juhe.Mismatch), newRecord(1, juhe.Match), newRecord(1, juhe.Match)
	second.ID, second.At, second.Service = "b", first.At.Add(time.Hour), "http://127.0.0.1:8080"
	other.ID, other.Query.Factors[juhe.Idcard] = "c", "110105194912310021"
	for _, rec := range []lookup.Record{first, second, other} {
		mustRecord(t, e, rec)
	}
	same, err := e.SameFactors(t.Context(), first)
	if err != nil || !slices.Equal(recordIDs(same), []string{"b", first.ID}) {
		t.Errorf("got %v, %v", recordIDs(same), err)
	}
}

func testImportSkipsExisting(t *testing.T, open openFunc) {
	e := open(t)
	own := newRecord(1, juhe.Match)
	mustRecord(t, e, own)
	if _, err := e.RecordIntent(t.Context(), newRecord(3, juhe.Match), allowAll); err != nil {
		t.Fatal(err)
	}
	changed := newRecord(1, juhe.Mismatch)
	n, err := e.Import(t.Context(), []lookup.Record{changed, newRecord(2, juhe.Match), newRecord(2, juhe.Match), newRecord(3, juhe.Match)})
	if err != nil || n != 1 {
		t.Fatalf("got %v, %v, want 1", n, err)
	}
	got, _, err := e.Get(t.Context(), own.ID)
	if err != nil || got.Reply.Outcome != juhe.Match || got.Imported {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, _, err := e.Get(t.Context(), newRecord(2, juhe.Match).ID); err != nil || !got.Imported {
		t.Errorf("got %+v, %v", got, err)
	}
	if today, err := e.SentToday(t.Context()); err != nil || today != 2 {
		t.Errorf("got %v, %v, want 2", today, err)
	}
}

func testPurge(t *testing.T, open openFunc) {
	e := open(t)
	recs := newMatches(500)
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	if n, err := e.Purge(t.Context(), recs[450].At); err != nil || n != 450 {
		t.Fatalf("got %v, %v, want 450", n, err)
	}
	if left := mustSearch(t, e, lookup.Search{Limit: 100}); len(left) != 50 || left[49].ID != recs[450].ID {
		t.Errorf("%d left", len(left))
	}
	if found := mustSearch(t, e, lookup.Search{Text: recs[7].Query.Factors[juhe.Idcard]}); len(found) != 0 {
		t.Errorf("got %v, want 0", len(found))
	}
	for n, days := range []int{400, 300, 8, 7, 6, 5, 4, 3, 2, 1} {
		old := newRecord(1000+n, juhe.Match)
		old.At = noon.Add(-time.Duration(days) * 24 * time.Hour)
		mustRecord(t, e, old)
	}
	if expired, err := e.PurgeExpired(t.Context()); err != nil || expired.Deleted != 1 || expired.Postponed {
		t.Errorf("got %+v, %v", expired, err)
	}
	events := mustAuditLog(t, e, 0, 2)
	check(t, "count of the second purge", events[0].Count, 1)
	check(t, "count of the first purge", events[1].Count, 450)
	check(t, "action", events[1].Action, lookup.AuditPurge)
	check(t, "lookups", mustVerify(t, e).Lookups, 59)
}

func testAuditLog(t *testing.T, open openFunc) {
	e := open(t)
	err := e.RecordAudit(t.Context(), lookup.AuditEvent{Action: lookup.AuditReveal, ID: "a"},
		lookup.AuditEvent{Action: lookup.AuditExport, Count: 3, Detail: "x.xlsx", Masked: true})
	if err != nil {
		t.Fatal(err)
	}
	event := mustAuditLog(t, open(t), 1, 1)[0]
	check(t, "action", event.Action, lookup.AuditExport)
	check(t, "masked", event.Masked, true)
	check(t, "count", event.Count, 3)
	check(t, "detail", event.Detail, "x.xlsx")
}

func testDeletedNotFound(t *testing.T, open openFunc) {
	e := open(t)
	rec := newRecord(1, juhe.Match)
	mustRecord(t, e, rec)
	mustRecord(t, e, newRecord(2, juhe.Match))
	if n, err := open(t).Delete(t.Context(), rec.ID); err != nil || n != 1 {
		t.Fatalf("got %v, %v, want 1", n, err)
	}
	for _, text := range []string{"", "晨星", "张", rec.Query.Factors[juhe.Idcard], "zhangsanfeng"} {
		if slices.Contains(recordIDs(mustSearch(t, e, lookup.Search{Text: text})), rec.ID) {
			t.Errorf("%q finds it", text)
		}
	}
	if _, ok, err := e.Get(t.Context(), rec.ID); ok || err != nil {
		t.Errorf("got %v, %v, want false", ok, err)
	}
	check(t, "lookups", mustVerify(t, e).Lookups, 1)
}

func testSameMillisecond(t *testing.T, open openFunc) {
	e := open(t)
	recs := newMatchesAtNoon(300)
	if n, err := e.Import(t.Context(), recs); err != nil || n != 300 {
		t.Fatalf("got %v, %v, want 300", n, err)
	}
	if got := mustSearch(t, e, lookup.Search{Limit: 1000, Text: "晨星"}); len(got) != 300 {
		t.Errorf("got %v, want 300", len(got))
	}
}

func testCancelledContext(t *testing.T, open openFunc) {
	e := open(t)
	mustRecord(t, e, newRecord(1, juhe.Match))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Search(ctx, lookup.Search{Text: "晨星"}); err != context.Canceled {
		t.Error(err)
	}
	if _, err := e.Prior(ctx, newRecord(1, juhe.Match)); err != context.Canceled {
		t.Error(err)
	}
	if found := mustSearch(t, e, lookup.Search{Text: "晨星"}); len(found) != 1 {
		t.Errorf("got %v, want 1", len(found))
	}
}

// newMatchesAtNoon returns lookups of the same millisecond.
func newMatchesAtNoon(count int) (recs []lookup.Record) {
	for n := range count {
		rec := newRecord(n, juhe.Match)
		rec.At = noon
		recs = append(recs, rec)
	}
	return recs
}

// testSameMillisecondBounds imports so many lookups of one millisecond that they take
// keys of the next ones.
func testSameMillisecondBounds(t *testing.T, open openFunc) {
	e := open(t)
	recs := newMatchesAtNoon(300)
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	next := noon.Add(time.Millisecond)
	for _, text := range []string{"", "晨星", "张"} {
		if n := len(mustSearch(t, e, lookup.Search{Text: text, Until: next, Limit: 1000})); n != 300 {
			t.Errorf("%q: %d before the next moment", text, n)
		}
		if n := len(mustSearch(t, e, lookup.Search{Text: text, Since: next, Limit: 1000})); n != 0 {
			t.Errorf("%q: %d from the next moment on", text, n)
		}
	}
	if n, err := e.Purge(t.Context(), noon); n != 0 || err != nil {
		t.Errorf("got %d purged, %v", n, err)
	}
	if n, err := e.Purge(t.Context(), next); n != 300 || err != nil {
		t.Errorf("got %d purged, %v", n, err)
	}
}

// testInterruptedPurge expects the audit log to have what was deleted before the context
// ended.
func testInterruptedPurge(t *testing.T, open openFunc) {
	e := open(t)
	recs := newMatches(1000)
	if _, err := e.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		for len(mustSearch(t, e, lookup.Search{Limit: 1000})) == 1000 {
		}
		cancel()
	})
	n, _ := e.Purge(ctx, noon.Add(time.Hour))
	wg.Wait()
	if n == 0 {
		t.Fatal("nothing was purged")
	}
	event := mustAuditLog(t, e, 0, 1)[0]
	check(t, "action", event.Action, lookup.AuditPurge)
	check(t, "count", event.Count, n)
}
