// Package ledgertest tests engines of the ledger. It knows neither files nor SQL. No binary
// links it.
package ledgertest

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

// Options configures the ledger of a test.
type Options struct {
	Retention time.Duration // for PurgeExpired; 0 for never
	Now       func() time.Time
}

// New creates a ledger. Each call of open opens it once more, as another process would.
type New func(t *testing.T, o Options) (open Open)

// Open opens a ledger that is closed at the end of the test.
type Open func(t *testing.T) ledger.Ledger

// Run tests whether an engine meets the contract of ledger.Ledger.
func Run(t *testing.T, newLedger New) {
	standard := Options{365 * oneDay, func() time.Time { return Noon }}
	tests := map[string]func(*testing.T, Open){
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
		"lock run excludes":                testLockRunExcludes,
		"late row":                         testLateRow,
		"lock run records dead as lost":    testLockRunRecordsDead,
		"concurrent writes":                testConcurrentWrites,
		"concurrent cancel":                testConcurrentCancel,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newLedger(t, standard))
		})
	}
	for name, test := range map[string]func(*testing.T, New){
		"expired":                      testPurgeExpired,
		"expired by a wrong clock":     testExpireWrongClock,
		"all expired":                  testExpireNeverAll,
		"expired, days without a call": testExpireUnsent,
		"expired after a pause":        testExpireAfterPause,
		"expired, imported":            testExpireImported,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newLedger)
		})
	}
}

// Noon is the time of the standard clock.
var Noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// NewRecord returns lookup n with an outcome.
func NewRecord(n int, outcome juhe.Outcome) lookup.Record {
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
		ID: fmt.Sprintf("20261123-120000-%08d", n), At: Noon.Add(time.Duration(n) * time.Second),
		Service: "https://apis.juhe.cn",
		Query: juhe.Query{API: juhe.APIQuery, Factors: juhe.Factors{
			juhe.Entname: fmt.Sprintf("北京晨星虚构科技%d号有限公司", n), juhe.Entmark: fmt.Sprintf("91110199MAYY%05dX", n%100000),
			juhe.Realname: "张三丰", juhe.Idcard: fmt.Sprintf("1101051949123%04d2X"[:17], n%10000) + "X",
		}},
		Reply: reply, Elapsed: 120 * time.Millisecond,
	}
}

// NewMatches returns lookups with the outcome match, a second apart.
func NewMatches(count int) (recs []lookup.Record) {
	for n := range count {
		recs = append(recs, NewRecord(n, juhe.Match))
	}
	return recs
}

// AllowAll allows every lookup.
func AllowAll(lookup.Prior) bool { return true }

// MustRecord records a lookup from intent to outcome.
func MustRecord(t *testing.T, e ledger.Ledger, rec lookup.Record) {
	t.Helper()
	if ok, err := e.RecordIntent(t.Context(), rec, AllowAll); err != nil || !ok {
		t.Fatalf("got %v, %v, want true", ok, err)
	}
	if err := e.RecordOutcome(t.Context(), rec); err != nil {
		t.Fatal(err)
	}
}

// MustPrior returns what is known before a lookup.
func MustPrior(t *testing.T, e ledger.Ledger, rec lookup.Record) lookup.Prior {
	t.Helper()
	prior, err := e.Prior(t.Context(), rec)
	if err != nil {
		t.Fatal(err)
	}
	return prior
}

// MustOneConcluded returns the one concluded lookup of prior.
func MustOneConcluded(t *testing.T, prior lookup.Prior) lookup.Record {
	t.Helper()
	if len(prior.Concluded) != 1 {
		t.Fatalf("got %d concluded lookups, want 1", len(prior.Concluded))
	}
	return prior.Concluded[0]
}

// MustVerify verifies a ledger, which must be sound.
func MustVerify(t *testing.T, e ledger.Ledger) ledger.Verification {
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
func mustAuditLog(t *testing.T, e ledger.Ledger, limit, count int) []lookup.AuditEvent {
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

// Check compares one value.
func Check[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// RecordIDs returns the IDs of recs.
func RecordIDs(recs []lookup.Record) (all []string) {
	for _, r := range recs {
		all = append(all, r.ID)
	}
	return all
}

// MustSearch returns the first page of a search, however often the search stops before
// the page is full.
func MustSearch(t *testing.T, e ledger.Ledger, s lookup.Search) (recs []lookup.Record) {
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

func testRoundTrip(t *testing.T, open Open) {
	e := open(t)
	want := NewRecord(1, juhe.Mismatch)
	code := 253501
	want.Query.Regstatus, want.Reply.Regstatus, want.Reply.Reason = true, "在营（开业）企业", "success"
	want.Reply.Raw, want.Reply.ErrorCode = strings.Repeat("应答\n", 20000), &code
	want.Reply.Fault = juhe.Fault{Kind: juhe.FaultUndocumented, Detail: "1/-22"}
	want.Warnings = []ident.Warning{
		{Factor: juhe.Idcard, Rule: ident.RuleChanged, Changes: []ident.Change{"blanks", "width"}},
		{Factor: juhe.Entmark, Rule: ident.RuleChecksum, Kind: ident.KindUSCC},
	}
	MustRecord(t, e, want)
	for _, e := range []ledger.Ledger{e, open(t)} {
		got, ok, err := e.Get(t.Context(), want.ID)
		if err != nil || !ok || !got.At.Equal(want.At) {
			t.Fatal(got.At, ok, err)
		}
		got.At = want.At
		if fmt.Sprintf("%+v", dereferenced(got)) != fmt.Sprintf("%+v", dereferenced(want)) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		if listed := MustSearch(t, e, lookup.Search{}); len(listed) != 1 || listed[0].Reply.Raw != "" || len(listed[0].Warnings) != 2 {
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

func testImportSkipsExisting(t *testing.T, open Open) {
	e := open(t)
	own := NewRecord(1, juhe.Match)
	MustRecord(t, e, own)
	if _, err := e.RecordIntent(t.Context(), NewRecord(3, juhe.Match), AllowAll); err != nil {
		t.Fatal(err)
	}
	changed := NewRecord(1, juhe.Mismatch)
	n, err := e.Import(t.Context(), []lookup.Record{changed, NewRecord(2, juhe.Match), NewRecord(2, juhe.Match), NewRecord(3, juhe.Match)})
	if err != nil || n != 1 {
		t.Fatalf("got %v, %v, want 1", n, err)
	}
	got, _, err := e.Get(t.Context(), own.ID)
	if err != nil || got.Reply.Outcome != juhe.Match || got.Imported {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, _, err := e.Get(t.Context(), NewRecord(2, juhe.Match).ID); err != nil || !got.Imported {
		t.Errorf("got %+v, %v", got, err)
	}
	if today, err := e.SentToday(t.Context()); err != nil || today != 2 {
		t.Errorf("got %v, %v, want 2", today, err)
	}
}

func testAuditLog(t *testing.T, open Open) {
	e := open(t)
	err := e.RecordAudit(t.Context(), lookup.AuditEvent{Action: lookup.AuditReveal, ID: "a"},
		lookup.AuditEvent{Action: lookup.AuditExport, Count: 3, Detail: "x.xlsx", Masked: true})
	if err != nil {
		t.Fatal(err)
	}
	event := mustAuditLog(t, open(t), 1, 1)[0]
	Check(t, "action", event.Action, lookup.AuditExport)
	Check(t, "masked", event.Masked, true)
	Check(t, "count", event.Count, 3)
	Check(t, "detail", event.Detail, "x.xlsx")
}

func testCancelledContext(t *testing.T, open Open) {
	e := open(t)
	MustRecord(t, e, NewRecord(1, juhe.Match))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Search(ctx, lookup.Search{Text: "晨星"}); err != context.Canceled {
		t.Error(err)
	}
	if _, err := e.Prior(ctx, NewRecord(1, juhe.Match)); err != context.Canceled {
		t.Error(err)
	}
	if found := MustSearch(t, e, lookup.Search{Text: "晨星"}); len(found) != 1 {
		t.Errorf("got %v, want 1", len(found))
	}
}
