package sqlite_test

import (
	"context"
	"fmt"
	"strings"
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
	PurgeExpired(context.Context) (ledger.PurgeExpiredResult, error)
	Import(context.Context, []lookup.Record) (int, error)
	Restore(context.Context, []lookup.Record) (int, error)
	RecordAudit(context.Context, ...lookup.AuditEvent) error
	AuditLog(context.Context, int) ([]lookup.AuditEvent, error)
	Verify(context.Context) (ledger.Verification, error)
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

// mustOneConcluded returns the one concluded lookup of prior.
func mustOneConcluded(t *testing.T, prior lookup.Prior) lookup.Record {
	t.Helper()
	if len(prior.Concluded) != 1 {
		t.Fatalf("got %d concluded lookups, want 1", len(prior.Concluded))
	}
	return prior.Concluded[0]
}

// mustVerify verifies a ledger, which must be sound.
func mustVerify(t *testing.T, e engine) ledger.Verification {
	t.Helper()
	result, err := e.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Problems) > 0 {
		t.Errorf("got problems %q, want none", result.Problems)
	}
	return result
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
