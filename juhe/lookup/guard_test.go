package lookup_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// fixture is a Verifier with a clock, a ledger and a mock server that counts
// requests.
type fixture struct {
	*lookup.Verifier
	t      *testing.T
	server *mockserver.Server
	url    string
	path   string
	now    *time.Time
	ledger *sqlite.Ledger
}

func newFixture(t *testing.T, guard lookup.Guard) fixture {
	t.Helper()
	f := fixture{t: t, now: new(time.Time), path: filepath.Join(t.TempDir(), "ledger.db")}
	*f.now = noon
	f.server, f.url = juhetest.NewMockServer(t)
	return f.newProcess(guard)
}

// newProcess returns a fixture of another process with the same ledger and server.
func (f fixture) newProcess(guard lookup.Guard) fixture {
	f.t.Helper()
	f.ledger = sqlite.New(sqlite.Options{Path: f.path, Encryption: sqlite.EncryptionNone, Now: func() time.Time { return *f.now }})
	f.t.Cleanup(func() { f.ledger.Close() })
	f.Verifier = lookup.New(f.client(f.url), f.ledger, guard, func() time.Time { return *f.now })
	return f
}

func (f fixture) client(url string) *juhe.Client {
	f.t.Helper()
	return juhetest.NewClient(f.t, juhetest.ClientOptions(url))
}

// do makes a lookup and checks whether it was sent.
func (f fixture) do(q juhe.Query, consent lookup.Consent, sent bool) lookup.Record {
	f.t.Helper()
	before := f.server.Requests()
	rec, err := f.Do(context.Background(), q, consent)
	if err != nil {
		f.t.Fatal(err)
	}
	want := 0
	if sent {
		want = 1
	}
	if got := f.server.Requests() - before; got != want {
		f.t.Errorf("%s, regstatus %t, %+v: got %d requests, want %d", q.API, q.Regstatus, consent, got, want)
	}
	if sent {
		return rec
	}
	if rec.Reply.Billable != juhe.BillableNo {
		f.t.Errorf("got billable %q, want %q", rec.Reply.Billable, juhe.BillableNo)
	}
	if rec.Elapsed != 0 {
		f.t.Errorf("got elapsed time %v, want 0", rec.Elapsed)
	}
	return rec
}

// assertRequests checks the number of requests since the start.
func (f fixture) assertRequests(want int) {
	f.t.Helper()
	if got := f.server.Requests(); got != want {
		f.t.Errorf("got %d requests, want %d", got, want)
	}
}

func assertOutcome(t *testing.T, rec lookup.Record, want juhe.Outcome) {
	t.Helper()
	if got := rec.Reply.Outcome; got != want {
		t.Errorf("got outcome %s, want %s: %+v", got, want, rec)
	}
}

// assertFault checks that a lookup was not sent, and why.
func assertFault(t *testing.T, rec lookup.Record, want juhe.FaultKind) {
	t.Helper()
	assertOutcome(t, rec, juhe.Unsent)
	if got := rec.Reply.Fault.Kind; got != want {
		t.Errorf("got fault %q, want %q", got, want)
	}
}

// assertStopped checks that a lookup was not sent because of an earlier one.
func assertStopped(t *testing.T, rec lookup.Record, fault juhe.FaultKind, earlierID string) {
	t.Helper()
	assertFault(t, rec, fault)
	assertEarlier(t, rec, earlierID)
}

func assertEarlier(t *testing.T, rec lookup.Record, wantID string) {
	t.Helper()
	if rec.Earlier == nil {
		t.Fatalf("got no earlier lookup, want %s", wantID)
	}
	if got := rec.Earlier.ID; got != wantID {
		t.Errorf("got earlier lookup %s, want %s", got, wantID)
	}
}

// assertAnsweredBy checks the ID of the earlier lookup whose verdict was reused.
func assertAnsweredBy(t *testing.T, rec lookup.Record, wantID string) {
	t.Helper()
	if got := rec.AnsweredBy(); got != wantID {
		t.Errorf("got answered by %q, want %q: %+v", got, wantID, rec)
	}
}

func assertError(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got error %v, want %v", got, want)
	}
}

// caseQuery returns a query for a misbehaviour of the mock server.
func caseQuery(t *testing.T, slug string) juhe.Query {
	t.Helper()
	return juhetest.QueryNamed(juhe.APIQuery, juhetest.CaseName(t, slug))
}

var (
	guard24h  = lookup.Guard{RepeatWithin: 24 * time.Hour}
	resend    = lookup.Consent{Unconditional: true}
	noConsent = lookup.Consent{}
)

// TestReuse: a verdict is reused for the same factors until it is too old.
func TestReuse(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	q := juhetest.Query(juhe.APIQuery)
	paid := f.do(q, noConsent, true)
	*f.now = noon.Add(time.Hour)
	typed := q
	typed.Factors[juhe.Entname], typed.Factors[juhe.Idcard] = " "+q.Factors[juhe.Entname]+"　", "１１０１０５１９４９１２３１００２x"
	rec := f.do(typed, noConsent, false)
	assertOutcome(t, rec, juhe.Match)
	assertAnsweredBy(t, rec, paid.ID)
	if rec.ID != paid.ID {
		t.Errorf("got ID %s, want %s", rec.ID, paid.ID)
	}
	if !rec.At.Equal(noon) {
		t.Errorf("got time %s, want %s", rec.At, noon)
	}
	f.newProcess(guard24h).do(q, noConsent, false)
	f.do(juhetest.Query(juhe.APIQueryEncry), noConsent, false)
	f.do(q, resend, true)
	f.newProcess(lookup.Guard{}).do(q, noConsent, true) // no RepeatWithin
	*f.now = noon.Add(26 * time.Hour)
	f.do(q, noConsent, true)
	if page, err := f.ledger.Search(t.Context(), lookup.Search{}); err != nil || len(page.Records) != 4 {
		t.Errorf("got %d records and error %v, want 4", len(page.Records), err)
	}
}

// TestReuseCoversQuery: a verdict is reused only if it covers the new query.
func TestReuseCoversQuery(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	v2 := juhetest.Query(juhe.APIQueryV2)
	f.do(v2, noConsent, true)
	for _, api := range []juhe.API{juhe.APIQuery, juhe.APIQueryEncry} {
		q := v2
		q.API = api
		assertAnsweredBy(t, f.do(q, noConsent, true), "")
		*f.now = f.now.Add(25 * time.Hour)
		f.do(v2, noConsent, true)
	}
	f = newFixture(t, guard24h)
	q := juhetest.Query(juhe.APIQuery)
	with := q
	with.Regstatus = true
	f.do(q, noConsent, true)
	f.do(with, noConsent, true)
	f.do(with, noConsent, false)
	f.do(q, noConsent, false)
	v2 = q
	v2.API = juhe.APIQueryV2
	if got := f.do(v2, noConsent, false).Earlier.Query.API; got != juhe.APIQuery {
		t.Errorf("got endpoint %s, want %s", got, juhe.APIQuery)
	}
	other := q
	other.Factors[juhe.Realname] = "李四"
	f.do(other, noConsent, true)
	elsewhere := httptest.NewServer(f.server)
	t.Cleanup(elsewhere.Close)
	f.Verifier = lookup.New(f.client(elsewhere.URL+"/another"), f.ledger, guard24h, func() time.Time { return *f.now })
	if rec := f.do(q, noConsent, true); rec.Earlier != nil {
		t.Errorf("got earlier lookup %+v of another service, want none", rec.Earlier)
	}
}

// TestImportedAnswersNothing: an imported verdict is never reused, but needs consent.
func TestImportedAnswersNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	q := juhetest.Query(juhe.APIQuery)
	paid := f.do(q, noConsent, true)
	if _, err := f.ledger.Delete(t.Context(), paid.ID); err != nil {
		t.Fatal(err)
	}
	if n, err := f.ledger.Import(t.Context(), []lookup.Record{paid}); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	rec := f.do(q, noConsent, false)
	assertStopped(t, rec, juhe.FaultVerdictImported, paid.ID)
	_, consent := lookup.RequiredConsent(rec, nil, noConsent)
	f.do(q, consent, true)
}

// TestUnsettled: a lookup that may be billed and has no verdict prevents the next one
// without consent.
func TestUnsettled(t *testing.T) {
	t.Parallel()
	for slug, want := range map[string]juhe.Outcome{"close": juhe.Lost, "html-200": juhe.Unclear, "code-99": juhe.Unclear} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, guard24h)
			q := caseQuery(t, slug)
			before := f.do(q, noConsent, true)
			if before.Reply.Outcome != want {
				t.Fatalf("got outcome %s, want %s", before.Reply.Outcome, want)
			}
			for range 2 {
				rec := f.do(q, noConsent, false)
				assertStopped(t, rec, juhe.FaultUnsettled, before.ID)
			}
			f.do(q, resend, true)
			*f.now = noon.AddDate(1, 0, 0)
			f.do(q, noConsent, false)
			imported := before
			imported.Query.Factors[juhe.Entname], imported.ID = imported.Query.Factors[juhe.Entname]+"二", "imported"
			if _, err := f.ledger.Import(t.Context(), []lookup.Record{imported}); err != nil {
				t.Fatal(err)
			}
			q.Factors[juhe.Entname] += "二"
			f.do(q, noConsent, false)
		})
	}
}

// TestRefused: a refusal prevents the next lookup only if it may be billed.
func TestRefused(t *testing.T) {
	t.Parallel()
	for code, free := range map[int]bool{253501: true, 10012: true, 253506: false, 10014: false} {
		f := newFixture(t, guard24h)
		q := juhetest.Query(juhe.APIQuery)
		q.Factors[juhe.Entname] = mockserver.ErrorCodeEntname(code)
		rec := f.do(q, noConsent, true)
		assertOutcome(t, rec, juhe.Refused)
		if got := rec.Code(); got != code {
			t.Errorf("got code %d, want %d", got, code)
		}
		f.do(q, noConsent, free)
	}
}

// TestHistoryLost: after a ledger was damaged nothing is sent without consent.
func TestHistoryLost(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	f.do(juhetest.Query(juhe.APIQuery), noConsent, true)
	damaged := f.path + ".damaged-" + noon.UTC().Format("20060102-150405")
	if err := os.WriteFile(damaged, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	q := juhetest.Query(juhe.APIQuery)
	q.Factors[juhe.Realname] = "李四"
	assertFault(t, f.do(q, noConsent, false), juhe.FaultHistoryLost)
	f.do(juhetest.Query(juhe.APIQuery), noConsent, false) // a recorded verdict is still reused
	f.do(q, lookup.Consent{HistoryLost: true}, true)
	q.Factors[juhe.Realname] = "王五"
	*f.now = noon.Add(23 * time.Hour)
	f.do(q, noConsent, false)
	*f.now = noon.Add(25 * time.Hour)
	f.do(q, noConsent, true)
}

// TestFreeSettlesNothing: a free lookup does not settle a lost one before it.
func TestFreeSettlesNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	q := caseQuery(t, "close")
	lost := f.do(q, noConsent, true)
	free := lost
	free.ID, free.At = "free", noon.Add(time.Minute)
	free.Reply = juhe.Reply{Outcome: juhe.Refused, Billable: juhe.BillableNo}
	if ok, err := f.ledger.RecordIntent(t.Context(), free, func(lookup.Prior) bool { return true }); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err := f.ledger.RecordOutcome(t.Context(), free); err != nil {
		t.Fatal(err)
	}
	*f.now = noon.Add(time.Hour)
	assertEarlier(t, f.do(q, noConsent, false), lost.ID)
}

// blockedClient is a client whose lookups stay in progress until the test ends them.
type blockedClient struct {
	*juhe.Client
	arrived, release chan struct{}
}

func (c blockedClient) Prepare(ctx context.Context, q juhe.Query) (func(context.Context) juhe.Reply, error) {
	send, err := c.Client.Prepare(ctx, q)
	return func(ctx context.Context) juhe.Reply {
		close(c.arrived)
		<-c.release
		return send(ctx)
	}, err
}

// startLookup starts a lookup that stays in progress until end is called, which
// returns its result.
func (f fixture) startLookup(q juhe.Query, consent lookup.Consent) (end func() lookup.Record) {
	f.t.Helper()
	client := blockedClient{f.client(f.url), make(chan struct{}), make(chan struct{})}
	slow := lookup.New(client, f.ledger, guard24h, func() time.Time { return *f.now })
	done := make(chan lookup.Record)
	go func() {
		rec, _ := slow.Do(context.Background(), q, consent)
		done <- rec
	}()
	<-client.arrived
	return func() lookup.Record {
		close(client.release)
		return <-done
	}
}

// TestPending: a lookup in progress in another process prevents the same one and is
// not waited for.
func TestPending(t *testing.T) {
	t.Parallel()
	a := newFixture(t, guard24h)
	b := a.newProcess(guard24h)
	q := juhetest.Query(juhe.APIQuery)
	end := a.startLookup(q, noConsent)
	rec := b.do(q, noConsent, false)
	assertFault(t, rec, juhe.FaultPending)
	if rec.Earlier == nil {
		t.Error("got no earlier lookup, want the pending one")
	}
	b.do(q, resend, true)
	rec = end()
	assertOutcome(t, rec, juhe.Match)
	assertError(t, rec.RecordErr, nil)
	b.do(q, noConsent, false)
}

// TestConsent: consent covers what the operator was asked about, not what was
// recorded since.
func TestConsent(t *testing.T) {
	t.Parallel()
	a := newFixture(t, guard24h)
	b := a.newProcess(guard24h)
	q := juhetest.Query(juhe.APIQuery)
	end := a.startLookup(q, noConsent)
	agreed := lookup.Consent{BlockingID: b.do(q, noConsent, false).Earlier.ID}
	verdict := end()
	assertAnsweredBy(t, b.do(q, agreed, false), verdict.ID)
	b.do(q, lookup.Consent{AnsweredID: verdict.ID}, true)
	b.do(q, lookup.Consent{AnsweredID: verdict.ID}, false)

	lost := caseQuery(t, "close")
	one := b.do(lost, noConsent, true)
	two := b.do(lost, lookup.Consent{BlockingID: one.ID}, true)
	assertEarlier(t, b.do(lost, lookup.Consent{BlockingID: one.ID}, false), two.ID)
}

// TestConsentToOneOfTwo: of a lost lookup and one in progress, only the newest needs
// consent.
func TestConsentToOneOfTwo(t *testing.T) {
	t.Parallel()
	a := newFixture(t, guard24h)
	b := a.newProcess(guard24h)
	q := caseQuery(t, "close")
	a.do(q, noConsent, true)
	*a.now = noon.Add(time.Minute)
	end := a.startLookup(q, resend)
	rec := b.do(q, noConsent, false)
	assertFault(t, rec, juhe.FaultPending)
	b.do(q, lookup.Consent{BlockingID: rec.Earlier.ID}, true)
	end()
}

// TestLimitFirst: at the daily limit no consent is asked for.
func TestLimitFirst(t *testing.T) {
	t.Parallel()
	f := newFixture(t, lookup.Guard{DailyLimit: 1, RepeatWithin: time.Hour})
	q := caseQuery(t, "close")
	f.do(q, noConsent, true)
	assertFault(t, f.do(q, noConsent, false), juhe.FaultLimit)
}

// TestDailyLimit: the limit holds across processes and with consent, until the day in
// Beijing ends. Deleted lookups count, unsent ones do not.
func TestDailyLimit(t *testing.T) {
	t.Parallel()
	guard := lookup.Guard{DailyLimit: 3}
	a := newFixture(t, guard)
	b := a.newProcess(guard)
	q := juhetest.Query(juhe.APIQuery)
	gone := lookup.New(a.client("http://127.0.0.1:1"), a.ledger, guard, func() time.Time { return *a.now })
	rec, err := gone.Do(t.Context(), q, noConsent)
	if err != nil {
		t.Fatal(err)
	}
	assertOutcome(t, rec, juhe.Unsent)
	a.do(q, noConsent, true)
	rec = b.do(q, resend, true)
	if _, err := b.ledger.Delete(t.Context(), rec.ID); err != nil {
		t.Fatal(err)
	}
	a.do(q, resend, true)
	for _, f := range []fixture{a, b, a.newProcess(guard)} {
		for _, consent := range []lookup.Consent{noConsent, resend, {Unconditional: true, Unrecorded: true}} {
			rec := f.do(q, consent, false)
			assertFault(t, rec, juhe.FaultLimit)
			if got := rec.Reply.Fault.Detail; got != "3" {
				t.Errorf("got detail %q, want 3", got)
			}
		}
	}
	*a.now = noon.Add(4*time.Hour - time.Second) // 23:59:59 in Beijing
	a.do(q, resend, false)
	*a.now = noon.Add(4 * time.Hour)
	a.do(q, resend, true)
}

// fullLedger is a ledger that cannot be written.
type fullLedger struct{ *sqlite.Ledger }

var errFull = &lookup.LedgerError{Problem: lookup.LedgerFull, Where: "ledger.db"}

func (fullLedger) RecordIntent(context.Context, lookup.Record, func(lookup.Prior) bool) (bool, error) {
	return false, errFull
}

// staleLedger is a ledger that learns of other processes only while it records the
// intent.
type staleLedger struct{ *sqlite.Ledger }

func (staleLedger) Prior(context.Context, lookup.Record) (lookup.Prior, error) {
	return lookup.Prior{}, nil
}

func (l staleLedger) RecordIntent(ctx context.Context, rec lookup.Record, allow func(lookup.Prior) bool) (bool, error) {
	l.Ledger.RecordIntent(ctx, rec, allow)
	return false, errFull
}

// TestRefusalBeforeLedgerError: consent to send unrecorded is not consent to pay
// again.
func TestRefusalBeforeLedgerError(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	q := juhetest.Query(juhe.APIQuery)
	before := f.do(q, noConsent, true)
	f.Verifier = lookup.New(f.client(f.url), staleLedger{f.ledger}, guard24h, func() time.Time { return *f.now })
	assertAnsweredBy(t, f.do(q, lookup.Consent{Unrecorded: true}, false), before.ID)
}

// noOutcomeLedger is a ledger that cannot record outcomes.
type noOutcomeLedger struct{ *sqlite.Ledger }

func (noOutcomeLedger) RecordOutcome(context.Context, lookup.Record) error { return errFull }

// TestNoLedger: a lookup that cannot be recorded is sent only with consent, and its
// answer is not lost.
func TestNoLedger(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	q := juhetest.Query(juhe.APIQuery)
	f.Verifier = lookup.New(f.client(f.url), fullLedger{f.ledger}, guard24h, func() time.Time { return *f.now })
	_, err := f.Do(t.Context(), q, resend)
	assertError(t, err, errFull)
	f.assertRequests(0)
	rec := f.do(q, lookup.Consent{Unrecorded: true}, true)
	assertOutcome(t, rec, juhe.Match)
	assertError(t, rec.RecordErr, errFull)
	other := q
	other.Factors[juhe.Realname] = "李四"
	_, err = f.Do(t.Context(), other, noConsent) // consent covers one lookup
	assertError(t, err, errFull)
	f.assertRequests(1)
	f = newFixture(t, guard24h)
	f.Verifier = lookup.New(f.client(f.url), noOutcomeLedger{f.ledger}, guard24h, func() time.Time { return *f.now })
	rec = f.do(q, noConsent, true)
	assertOutcome(t, rec, juhe.Match)
	assertError(t, rec.RecordErr, errFull)
	// For the ledger it is still in progress.
	assertAnsweredBy(t, f.do(q, noConsent, false), rec.ID)
	assertFault(t, f.newProcess(guard24h).do(q, noConsent, false), juhe.FaultPending)
}

// flakyLedger is a ledger that cannot be written while *full is set.
type flakyLedger struct {
	*sqlite.Ledger
	full *bool
}

func (l flakyLedger) RecordIntent(ctx context.Context, rec lookup.Record, allow func(lookup.Prior) bool) (bool, error) {
	if *l.full {
		return false, errFull
	}
	return l.Ledger.RecordIntent(ctx, rec, allow)
}

// doUnrecorded makes a lookup that the ledger cannot record.
func (f *fixture) doUnrecorded(q juhe.Query) lookup.Record {
	f.t.Helper()
	full := true
	f.Verifier = lookup.New(f.client(f.url), flakyLedger{f.ledger, &full}, guard24h, func() time.Time { return *f.now })
	rec := f.do(q, lookup.Consent{Unrecorded: true}, true)
	assertError(f.t, rec.RecordErr, errFull)
	full = false
	return rec
}

// TestUnrecorded: the verdict of an unrecorded lookup is reused like a recorded one, also
// for a row of a run.
func TestUnrecorded(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	q := juhetest.Query(juhe.APIQueryV2)
	paid := f.doUnrecorded(q)
	*f.now = noon.Add(time.Hour)
	typed := q
	typed.Factors[juhe.Entname], typed.Factors[juhe.Idcard] = " "+q.Factors[juhe.Entname]+"　", "１１０１０５１９４９１２３１００２x"
	rec := f.do(typed, noConsent, false)
	assertOutcome(t, rec, juhe.Match)
	assertAnsweredBy(t, rec, paid.ID)
	assertError(t, rec.RecordErr, nil)
	call, stopped, err := f.Begin(t.Context(), lookup.RowRef{Run: 1, Row: 2}, q, noConsent)
	if call != nil {
		t.Error("a row of a run is sent")
	}
	assertError(t, err, nil)
	assertAnsweredBy(t, stopped, paid.ID)
	other := q
	other.Factors[juhe.Realname] = "李四"
	f.do(other, noConsent, true)
	more := q
	more.API = juhe.APIQuery // not covered by queryV2
	f.do(more, noConsent, true)
	if got := f.do(q, lookup.Consent{AnsweredID: paid.ID}, false).Earlier.Query.API; got != juhe.APIQuery { // the newer one
		t.Errorf("got endpoint %s, want %s", got, juhe.APIQuery)
	}
	*f.now = noon.Add(26 * time.Hour)
	f.do(q, noConsent, true)
}

// TestUnrecordedAgain: consent sends an unrecorded lookup again, once.
func TestUnrecordedAgain(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	q := juhetest.Query(juhe.APIQuery)
	paid := f.doUnrecorded(q)
	*f.now = noon.Add(time.Hour)
	again := f.do(q, lookup.Consent{AnsweredID: paid.ID}, true)
	assertAnsweredBy(t, f.do(q, lookup.Consent{AnsweredID: paid.ID}, false), again.ID)
}

// TestUnrecordedUnsettled: an unrecorded lookup without a verdict needs consent.
func TestUnrecordedUnsettled(t *testing.T) {
	t.Parallel()
	for _, slug := range []string{"close", "html-200"} {
		f := newFixture(t, guard24h)
		q := caseQuery(t, slug)
		lost := f.doUnrecorded(q)
		*f.now = noon.Add(48 * time.Hour)
		rec := f.do(q, noConsent, false)
		assertStopped(t, rec, juhe.FaultUnsettled, lost.ID)
		f.do(q, lookup.Consent{Unrecorded: true}, false)
		f.do(q, lookup.Consent{BlockingID: lost.ID}, true)
	}
}

// TestUnrecordedFree: an unrecorded lookup that was certainly free prevents nothing.
func TestUnrecordedFree(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	q := juhetest.Query(juhe.APIQuery)
	q.Factors[juhe.Entname] = mockserver.ErrorCodeEntname(253501)
	f.doUnrecorded(q)
	f.do(q, noConsent, true)
}

// TestCancelledBeforeIntent: a lookup that is cancelled before it is sent is unsent,
// and not in the ledger.
func TestCancelledBeforeIntent(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rec, err := f.Do(ctx, juhetest.Query(juhe.APIQuery), noConsent)
	assertError(t, err, nil)
	assertFault(t, rec, juhe.FaultCancelled)
	if got := rec.LedgerID(); got != "" {
		t.Errorf("got ledger ID %q, want none", got)
	}
	f.assertRequests(0)
}

// TestImportSettlesNothing: imported lookups, however new and many, are not reused and do
// not hide those of this program.
func TestImportSettlesNothing(t *testing.T) {
	t.Parallel()
	for slug, outcome := range map[string]juhe.Outcome{"": juhe.Match, "close": juhe.Lost} {
		f := newFixture(t, guard24h)
		q := juhetest.Query(juhe.APIQuery)
		if slug != "" {
			q = caseQuery(t, slug)
		}
		sent := f.do(q, noConsent, true)
		assertOutcome(t, sent, outcome)
		verdict := f.do(juhetest.Query(juhe.APIQuery), resend, true)
		var imported []lookup.Record
		for n := range 150 {
			rec := verdict
			rec.Query, rec.ID = sent.Query, fmt.Sprintf("imported-%d", n)
			rec.At = sent.At.Add(time.Duration(n+1) * time.Minute)
			imported = append(imported, rec)
		}
		if _, err := f.ledger.Import(t.Context(), imported); err != nil {
			t.Fatal(err)
		}
		if rec := f.do(q, noConsent, false); rec.Earlier == nil || rec.Earlier.Imported {
			t.Errorf("%s: got earlier lookup %+v, want one of this program", outcome, rec.Earlier)
		}
	}
}

// TestLimitUnrecorded: an unrecorded lookup counts once for the daily limit.
func TestLimitUnrecorded(t *testing.T) {
	t.Parallel()
	guard := lookup.Guard{DailyLimit: 2}
	f := newFixture(t, guard)
	full := true
	f.Verifier = lookup.New(f.client(f.url), flakyLedger{f.ledger, &full}, guard, func() time.Time { return *f.now })
	q := juhetest.Query(juhe.APIQuery)
	f.do(q, lookup.Consent{Unrecorded: true}, true)
	full = false
	other := q
	other.Factors[juhe.Realname] = "李四"
	f.do(other, noConsent, true)
	other.Factors[juhe.Realname] = "王五"
	assertFault(t, f.do(other, noConsent, false), juhe.FaultLimit)
	*f.now = f.now.Add(24 * time.Hour)
	f.do(other, noConsent, true)
}
