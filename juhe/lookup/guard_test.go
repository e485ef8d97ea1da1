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
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// counter is a desk with a clock, a ledger and a service that is counted.
type counter struct {
	*lookup.Verifier
	t      *testing.T
	server *mockserver.Server
	url    string
	path   string
	now    *time.Time
	ledger *ledger.Ledger
}

func newCounter(t *testing.T, guard lookup.Guard) counter {
	t.Helper()
	c := counter{t: t, server: mockserver.New(mockserver.Key, mockserver.Openid), now: new(time.Time), path: filepath.Join(t.TempDir(), "ledger.db")}
	*c.now = noon
	service := httptest.NewServer(c.server)
	t.Cleanup(service.Close)
	c.url = service.URL
	return c.process(guard)
}

// process is another process with the same ledger and service.
func (c counter) process(guard lookup.Guard) counter {
	c.t.Helper()
	c.ledger = ledger.New(ledger.Options{Path: c.path, Encryption: ledger.EncryptionNone, Now: func() time.Time { return *c.now }})
	c.t.Cleanup(func() { c.ledger.Close() })
	c.Verifier = lookup.New(c.client(c.url), c.ledger, guard, func() time.Time { return *c.now })
	return c
}

func (c counter) client(url string) *juhe.Client {
	c.t.Helper()
	client, err := juhe.New(juhe.Options{BaseURL: url, Timeout: 30 * time.Second, Key: key, Openid: func(context.Context) (string, error) { return mockserver.Openid, nil }})
	if err != nil {
		c.t.Fatal(err)
	}
	return client
}

// look makes a lookup and expects whether it was sent.
func (c counter) look(q juhe.Query, consent lookup.Consent, sent bool) lookup.Record {
	c.t.Helper()
	before := c.server.Requests()
	rec, err := c.Do(context.Background(), q, consent)
	if err != nil {
		c.t.Fatal(err)
	}
	if n := c.server.Requests() - before; n != 0 != sent || n > 1 {
		c.t.Errorf("%s, regstatus %t, %+v: %d requests", q.API, q.Regstatus, consent, n)
	}
	if !sent && (rec.Reply.Billable != juhe.BillableNo || rec.Elapsed != 0) {
		c.t.Errorf("nothing was sent: %+v", rec)
	}
	return rec
}

func first(api juhe.API) juhe.Query {
	return juhe.Query{API: api, Factors: mockserver.Companies()[0].Factors(api)}
}

// named is the stand-in's misbehaviour of that name.
func named(t *testing.T, slug string) juhe.Query {
	t.Helper()
	q := first(juhe.APIQuery)
	for _, c := range mockserver.Cases() {
		if c.Slug == slug {
			q.Factors[juhe.Entname] = c.Entname()
			return q
		}
	}
	t.Fatalf("the stand-in has no case %s", slug)
	return q
}

var (
	day   = lookup.Guard{RepeatWithin: 24 * time.Hour}
	again = lookup.Consent{Resend: true}
	none  = lookup.Consent{}
)

// TestRepeat: a verdict answers for the same factors while it is young.
func TestRepeat(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	q := first(juhe.APIQuery)
	paid := c.look(q, none, true)
	*c.now = noon.Add(time.Hour)
	typed := q
	typed.Factors[juhe.Entname], typed.Factors[juhe.Idcard] = " "+q.Factors[juhe.Entname]+"　", "１１０１０５１９４９１２３１００２x"
	rec := c.look(typed, none, false)
	if rec.Reply.Outcome != juhe.Match || rec.AnsweredBy() != paid.ID || rec.Earlier.Query.API != juhe.APIQuery {
		t.Errorf("%+v", rec)
	}
	if rec.ID != paid.ID || !rec.At.Equal(noon) {
		t.Errorf("got ID %s and time %s, want those of the earlier one: %s, %s", rec.ID, rec.At, paid.ID, noon)
	}
	c.process(day).look(q, none, false)
	c.look(first(juhe.APIQueryEncry), none, false)
	c.look(q, again, true)
	c.process(lookup.Guard{}).look(q, none, true) // switched off
	*c.now = noon.Add(26 * time.Hour)
	c.look(q, none, true)
	if page, err := c.ledger.Search(t.Context(), lookup.Search{}); err != nil || len(page.Records) != 4 {
		t.Errorf("%d lookups are recorded, %v", len(page.Records), err)
	}
}

// TestRepeatHolds: what is asked now has to be in the answer of then.
func TestRepeatHolds(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	v2 := first(juhe.APIQueryV2)
	c.look(v2, none, true)
	for _, api := range []juhe.API{juhe.APIQuery, juhe.APIQueryEncry} {
		q := v2
		q.API = api
		if rec := c.look(q, none, true); rec.AnsweredBy() != "" {
			t.Errorf("queryV2 has answered for %s", api)
		}
		*c.now = c.now.Add(25 * time.Hour)
		c.look(v2, none, true)
	}
	c = newCounter(t, day)
	q := first(juhe.APIQuery)
	with := q
	with.Regstatus = true
	c.look(q, none, true)
	c.look(with, none, true)
	c.look(with, none, false)
	c.look(q, none, false)
	v2 = q
	v2.API = juhe.APIQueryV2
	if rec := c.look(v2, none, false); rec.Earlier.Query.API != juhe.APIQuery {
		t.Errorf("%+v", rec)
	}
	other := q
	other.Factors[juhe.Realname] = "李四"
	c.look(other, none, true)
	elsewhere := httptest.NewServer(c.server)
	t.Cleanup(elsewhere.Close)
	c.Verifier = lookup.New(c.client(elsewhere.URL+"/another"), c.ledger, day, func() time.Time { return *c.now })
	if rec := c.look(q, none, true); rec.Earlier != nil {
		t.Errorf("another service has answered: %+v", rec)
	}
}

// TestImportedAnswersNothing: it could say anything, so it is asked about.
func TestImportedAnswersNothing(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	q := first(juhe.APIQuery)
	paid := c.look(q, none, true)
	if _, err := c.ledger.Delete(t.Context(), paid.ID); err != nil {
		t.Fatal(err)
	}
	if n, err := c.ledger.Import(t.Context(), []lookup.Record{paid}); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	rec := c.look(q, none, false)
	if rec.Reply.Outcome != juhe.Unsent || rec.Reply.Fault.Kind != juhe.FaultVerdictImported || rec.Earlier == nil || rec.Earlier.ID != paid.ID {
		t.Errorf("%+v", rec)
	}
	_, yes := lookup.RequiredConsent(rec, nil, none)
	c.look(q, yes, true)
}

// TestUnsettled: a lookup that may have been paid for without a verdict keeps
// the next one from being sent, until somebody says so.
func TestUnsettled(t *testing.T) {
	t.Parallel()
	for slug, want := range map[string]juhe.Outcome{"close": juhe.Lost, "html-200": juhe.Unclear, "code-99": juhe.Unclear} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t, day)
			q := named(t, slug)
			before := c.look(q, none, true)
			if before.Reply.Outcome != want {
				t.Fatalf("%s", before.Reply.Outcome)
			}
			for range 2 {
				rec := c.look(q, none, false)
				if rec.Reply.Outcome != juhe.Unsent || rec.Reply.Fault.Kind != juhe.FaultUnsettled || rec.Earlier == nil || rec.Earlier.ID != before.ID || rec.AnsweredBy() != "" {
					t.Errorf("%+v", rec)
				}
			}
			c.look(q, again, true)
			*c.now = noon.AddDate(1, 0, 0)
			c.look(q, none, false)
			imported := before
			imported.Query.Factors[juhe.Entname], imported.ID = imported.Query.Factors[juhe.Entname]+"二", "imported"
			if _, err := c.ledger.Import(t.Context(), []lookup.Record{imported}); err != nil {
				t.Fatal(err)
			}
			q.Factors[juhe.Entname] += "二"
			c.look(q, none, false)
		})
	}
}

// TestRefused: one that was certainly free does not stop the next; one that
// may not have been does.
func TestRefused(t *testing.T) {
	t.Parallel()
	for code, free := range map[int]bool{253501: true, 10012: true, 253506: false, 10014: false} {
		c := newCounter(t, day)
		q := first(juhe.APIQuery)
		q.Factors[juhe.Entname] = mockserver.ErrorCodeEntname(code)
		if rec := c.look(q, none, true); rec.Reply.Outcome != juhe.Refused || rec.Code() != code {
			t.Fatalf("%+v", rec.Reply)
		}
		c.look(q, none, free)
	}
}

// TestForgotten: where a damaged ledger has just been put aside, nothing is sent
// unless the operator says so.
func TestForgotten(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	c.look(first(juhe.APIQuery), none, true)
	aside := c.path + ".damaged-" + noon.UTC().Format("20060102-150405")
	if err := os.WriteFile(aside, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	q := first(juhe.APIQuery)
	q.Factors[juhe.Realname] = "李四"
	if rec := c.look(q, none, false); rec.Reply.Fault.Kind != juhe.FaultHistoryLost {
		t.Errorf("%+v", rec)
	}
	c.look(first(juhe.APIQuery), none, false) // what is known answers
	c.look(q, lookup.Consent{HistoryLost: true}, true)
	q.Factors[juhe.Realname] = "王五"
	*c.now = noon.Add(23 * time.Hour)
	c.look(q, none, false)
	*c.now = noon.Add(25 * time.Hour)
	c.look(q, none, true)
}

// TestFreeSettlesNothing: that the last lookup cost nothing does not tell
// whether the lost one before it did.
func TestFreeSettlesNothing(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	q := named(t, "close")
	lost := c.look(q, none, true)
	free := lost
	free.ID, free.At = "free", noon.Add(time.Minute)
	free.Reply = juhe.Reply{Outcome: juhe.Refused, Billable: juhe.BillableNo}
	if ok, err := c.ledger.RecordIntent(t.Context(), free, func(lookup.Prior) bool { return true }); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err := c.ledger.RecordOutcome(t.Context(), free); err != nil {
		t.Fatal(err)
	}
	*c.now = noon.Add(time.Hour)
	if rec := c.look(q, none, false); rec.Earlier == nil || rec.Earlier.ID != lost.ID {
		t.Errorf("%+v", rec)
	}
}

// held is a ledger whose lookups are under way for as long as the test likes.
type held struct {
	*juhe.Client
	arrived, release chan struct{}
}

func (h held) Do(ctx context.Context, q juhe.Query) (juhe.Reply, error) {
	close(h.arrived)
	<-h.release
	return h.Client.Do(ctx, q)
}

// underWay begins a lookup whose request stays under way until end is called,
// which gives how it ended.
func (c counter) underWay(q juhe.Query, consent lookup.Consent) (end func() lookup.Record) {
	c.t.Helper()
	h := held{c.client(c.url), make(chan struct{}), make(chan struct{})}
	slow := lookup.New(h, c.ledger, day, func() time.Time { return *c.now })
	done := make(chan lookup.Record)
	go func() {
		rec, _ := slow.Do(context.Background(), q, consent)
		done <- rec
	}()
	<-h.arrived
	return func() lookup.Record {
		close(h.release)
		return <-done
	}
}

// TestUnderWay: a lookup of another process keeps the same one from being
// sent, and is not waited for.
func TestUnderWay(t *testing.T) {
	t.Parallel()
	a := newCounter(t, day)
	b := a.process(day)
	q := first(juhe.APIQuery)
	end := a.underWay(q, none)
	rec := b.look(q, none, false)
	if rec.Reply.Fault.Kind != juhe.FaultPending || rec.Earlier == nil || rec.Reply.Outcome != juhe.Unsent {
		t.Errorf("%+v", rec)
	}
	b.look(q, again, true)
	if rec := end(); rec.Reply.Outcome != juhe.Match || rec.RecordErr != nil {
		t.Errorf("%+v", rec)
	}
	b.look(q, none, false)
}

// TestConsent is to what the operator was told, not to what has come since.
func TestConsent(t *testing.T) {
	t.Parallel()
	a := newCounter(t, day)
	b := a.process(day)
	q := first(juhe.APIQuery)
	end := a.underWay(q, none)
	agreed := lookup.Consent{UnsettledID: b.look(q, none, false).Earlier.ID}
	verdict := end()
	if rec := b.look(q, agreed, false); rec.AnsweredBy() != verdict.ID {
		t.Errorf("a verdict has come since: %+v", rec)
	}
	b.look(q, lookup.Consent{AnsweredID: verdict.ID}, true)
	b.look(q, lookup.Consent{AnsweredID: verdict.ID}, false)

	lost := named(t, "close")
	one := b.look(lost, none, true)
	b.look(lost, lookup.Consent{UnsettledID: one.ID}, true)
	if rec := b.look(lost, lookup.Consent{UnsettledID: one.ID}, false); rec.Earlier == nil || rec.Earlier.ID == one.ID {
		t.Errorf("another one is lost since: %+v", rec)
	}
}

// TestConsentToOneOfTwo: where one is lost and another under way, the newest is
// asked about, once.
func TestConsentToOneOfTwo(t *testing.T) {
	t.Parallel()
	a := newCounter(t, day)
	b := a.process(day)
	q := named(t, "close")
	a.look(q, none, true)
	*a.now = noon.Add(time.Minute)
	end := a.underWay(q, again)
	rec := b.look(q, none, false)
	if rec.Reply.Fault.Kind != juhe.FaultPending {
		t.Errorf("%+v", rec)
	}
	b.look(q, lookup.Consent{UnsettledID: rec.Earlier.ID}, true)
	end()
}

// TestLimitFirst: nothing is asked that would not be sent anyway.
func TestLimitFirst(t *testing.T) {
	t.Parallel()
	c := newCounter(t, lookup.Guard{DailyLimit: 1, RepeatWithin: time.Hour})
	q := named(t, "close")
	c.look(q, none, true)
	if rec := c.look(q, none, false); rec.Reply.Fault.Kind != juhe.FaultLimit {
		t.Errorf("%+v", rec)
	}
}

// TestDailyLimit holds over processes, for consent too, until the day in
// Beijing is over; what was deleted stays counted, what was not sent is not.
func TestDailyLimit(t *testing.T) {
	t.Parallel()
	guard := lookup.Guard{DailyLimit: 3}
	a := newCounter(t, guard)
	b := a.process(guard)
	q := first(juhe.APIQuery)
	gone := lookup.New(a.client("http://127.0.0.1:1"), a.ledger, guard, func() time.Time { return *a.now })
	if rec, err := gone.Do(t.Context(), q, none); err != nil || rec.Reply.Outcome != juhe.Unsent {
		t.Fatalf("%+v, %v", rec, err)
	}
	a.look(q, none, true)
	rec := b.look(q, again, true)
	if _, err := b.ledger.Delete(t.Context(), rec.ID); err != nil {
		t.Fatal(err)
	}
	a.look(q, again, true)
	for _, c := range []counter{a, b, a.process(guard)} {
		for _, consent := range []lookup.Consent{none, again, {Resend: true, Unrecorded: true}} {
			rec := c.look(q, consent, false)
			if rec.Reply.Outcome != juhe.Unsent || rec.Reply.Fault.Kind != juhe.FaultLimit || rec.Reply.Fault.Detail != "3" {
				t.Errorf("%+v", rec)
			}
		}
	}
	*a.now = noon.Add(4*time.Hour - time.Second) // 23:59:59 in Beijing
	a.look(q, again, false)
	*a.now = noon.Add(4 * time.Hour)
	a.look(q, again, true)
}

// failing is a ledger that cannot be written.
type failing struct{ *ledger.Ledger }

var errFull = &lookup.LedgerError{Problem: lookup.LedgerFull, Path: "ledger.db"}

func (failing) RecordIntent(context.Context, lookup.Record, func(lookup.Prior) bool) (bool, error) {
	return false, errFull
}

// torn is one that knows of other processes only when it is too late to write.
type torn struct{ *ledger.Ledger }

func (torn) Prior(context.Context, lookup.Record) (lookup.Prior, error) { return lookup.Prior{}, nil }

func (l torn) RecordIntent(ctx context.Context, rec lookup.Record, may func(lookup.Prior) bool) (bool, error) {
	l.Ledger.RecordIntent(ctx, rec, may)
	return false, errFull
}

// TestStopOutweighsFailure: consent to send unrecorded is none to pay again.
func TestStopOutweighsFailure(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	q := first(juhe.APIQuery)
	before := c.look(q, none, true)
	c.Verifier = lookup.New(c.client(c.url), torn{c.ledger}, day, func() time.Time { return *c.now })
	if rec := c.look(q, lookup.Consent{Unrecorded: true}, false); rec.AnsweredBy() != before.ID {
		t.Errorf("%+v", rec)
	}
}

// forgetful is one that cannot be written once the lookup is under way.
type forgetful struct{ *ledger.Ledger }

func (forgetful) RecordOutcome(context.Context, lookup.Record) error { return errFull }

// TestNoLedger: nothing is sent that cannot be recorded, unless the operator
// says so for that one lookup; an answer that is there is not lost with it.
func TestNoLedger(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	q := first(juhe.APIQuery)
	c.Verifier = lookup.New(c.client(c.url), failing{c.ledger}, day, func() time.Time { return *c.now })
	if _, err := c.Do(t.Context(), q, again); !errors.Is(err, errFull) || c.server.Requests() != 0 {
		t.Fatalf("%v, %d requests", err, c.server.Requests())
	}
	rec := c.look(q, lookup.Consent{Unrecorded: true}, true)
	if rec.Reply.Outcome != juhe.Match || !errors.Is(rec.RecordErr, errFull) {
		t.Errorf("%+v", rec)
	}
	other := q
	other.Factors[juhe.Realname] = "李四"
	if _, err := c.Do(t.Context(), other, none); !errors.Is(err, errFull) || c.server.Requests() != 1 {
		t.Errorf("consent has outlived its lookup: %v, %d requests", err, c.server.Requests())
	}
	c = newCounter(t, day)
	c.Verifier = lookup.New(c.client(c.url), forgetful{c.ledger}, day, func() time.Time { return *c.now })
	rec = c.look(q, none, true)
	if rec.Reply.Outcome != juhe.Match || !errors.Is(rec.RecordErr, errFull) {
		t.Errorf("%+v", rec)
	}
	// It is still under way, for all the ledger knows.
	if again := c.look(q, none, false); again.AnsweredBy() != rec.ID {
		t.Errorf("%+v", again)
	}
	if elsewhere := c.process(day).look(q, none, false); elsewhere.Reply.Fault.Kind != juhe.FaultPending {
		t.Errorf("%+v", elsewhere)
	}
}

// failsAtTimes is a ledger that cannot be written while it is told so.
type failsAtTimes struct {
	*ledger.Ledger
	full *bool
}

func (l failsAtTimes) RecordIntent(ctx context.Context, rec lookup.Record, may func(lookup.Prior) bool) (bool, error) {
	if *l.full {
		return false, errFull
	}
	return l.Ledger.RecordIntent(ctx, rec, may)
}

// unrecorded is a desk whose ledger can be written again once it has sent q
// unrecorded.
func (c *counter) unrecorded(q juhe.Query) lookup.Record {
	c.t.Helper()
	full := true
	c.Verifier = lookup.New(c.client(c.url), failsAtTimes{c.ledger, &full}, day, func() time.Time { return *c.now })
	rec := c.look(q, lookup.Consent{Unrecorded: true}, true)
	if !errors.Is(rec.RecordErr, errFull) {
		c.t.Errorf("%+v", rec)
	}
	full = false
	return rec
}

// TestUnrecorded: what was sent unrecorded answers, as what the ledger has does,
// for a row of a run as well.
func TestUnrecorded(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	q := first(juhe.APIQueryV2)
	paid := c.unrecorded(q)
	*c.now = noon.Add(time.Hour)
	typed := q
	typed.Factors[juhe.Entname], typed.Factors[juhe.Idcard] = " "+q.Factors[juhe.Entname]+"　", "１１０１０５１９４９１２３１００２x"
	rec := c.look(typed, none, false)
	if rec.Reply.Outcome != juhe.Match || rec.AnsweredBy() != paid.ID || rec.RecordErr != nil {
		t.Errorf("%+v", rec)
	}
	row := c
	row.Verifier = c.WithRow(lookup.RowRef{Run: 1, Row: 2})
	row.look(q, none, false)
	other := q
	other.Factors[juhe.Realname] = "李四"
	c.look(other, none, true)
	more := q
	more.API = juhe.APIQuery // which queryV2 does not answer
	c.look(more, none, true)
	if rec := c.look(q, lookup.Consent{AnsweredID: paid.ID}, false); rec.Earlier.Query.API != juhe.APIQuery {
		t.Errorf("a newer one has come since: %+v", rec)
	}
	*c.now = noon.Add(26 * time.Hour)
	c.look(q, none, true)
}

// TestUnrecordedAgain: it is sent again by consent to it, once.
func TestUnrecordedAgain(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	q := first(juhe.APIQuery)
	paid := c.unrecorded(q)
	*c.now = noon.Add(time.Hour)
	again := c.look(q, lookup.Consent{AnsweredID: paid.ID}, true)
	if rec := c.look(q, lookup.Consent{AnsweredID: paid.ID}, false); rec.AnsweredBy() != again.ID {
		t.Errorf("%+v", rec)
	}
}

// TestUnrecordedUnsettled: one without a verdict is asked about; yes is to that one.
func TestUnrecordedUnsettled(t *testing.T) {
	t.Parallel()
	for _, slug := range []string{"close", "html-200"} {
		c := newCounter(t, day)
		q := named(t, slug)
		lost := c.unrecorded(q)
		*c.now = noon.Add(48 * time.Hour)
		rec := c.look(q, none, false)
		if rec.Reply.Fault.Kind != juhe.FaultUnsettled || rec.Earlier == nil || rec.Earlier.ID != lost.ID {
			t.Errorf("%+v", rec)
		}
		c.look(q, lookup.Consent{Unrecorded: true}, false)
		c.look(q, lookup.Consent{UnsettledID: lost.ID}, true)
	}
}

// TestUnrecordedFree: what was certainly free keeps nothing from being sent.
func TestUnrecordedFree(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	q := first(juhe.APIQuery)
	q.Factors[juhe.Entname] = mockserver.ErrorCodeEntname(253501)
	c.unrecorded(q)
	c.look(q, none, true)
}

// TestEnded: a lookup that nobody wants any more before it is sent is unsent.
func TestEnded(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rec, err := c.Do(ctx, first(juhe.APIQuery), none)
	if err != nil || rec.Reply.Outcome != juhe.Unsent || rec.Reply.Fault.Kind != juhe.FaultCancelled || c.server.Requests() != 0 {
		t.Errorf("%+v, %v, %d requests", rec, err, c.server.Requests())
	}
}

// TestImportSettlesNothing: an imported lookup, however new and however many
// there are, neither answers nor makes one forget what was sent from here.
func TestImportSettlesNothing(t *testing.T) {
	t.Parallel()
	for slug, look := range map[string]juhe.Outcome{"": juhe.Match, "close": juhe.Lost} {
		c := newCounter(t, day)
		q := first(juhe.APIQuery)
		if slug != "" {
			q = named(t, slug)
		}
		own := c.look(q, none, true)
		if own.Reply.Outcome != look {
			t.Fatalf("%+v", own.Reply)
		}
		verdict := c.look(first(juhe.APIQuery), again, true)
		var imported []lookup.Record
		for n := range 150 {
			rec := verdict
			rec.Query, rec.ID = own.Query, fmt.Sprintf("imported-%d", n)
			rec.At = own.At.Add(time.Duration(n+1) * time.Minute)
			imported = append(imported, rec)
		}
		if _, err := c.ledger.Import(t.Context(), imported); err != nil {
			t.Fatal(err)
		}
		if rec := c.look(q, none, false); rec.Earlier == nil || rec.Earlier.Imported {
			t.Errorf("%s: %+v", look, rec)
		}
	}
}

// TestLimitUnrecorded: what was sent unrecorded counts, once.
func TestLimitUnrecorded(t *testing.T) {
	t.Parallel()
	guard := lookup.Guard{DailyLimit: 2}
	c := newCounter(t, guard)
	full := true
	c.Verifier = lookup.New(c.client(c.url), failsAtTimes{c.ledger, &full}, guard, func() time.Time { return *c.now })
	q := first(juhe.APIQuery)
	c.look(q, lookup.Consent{Unrecorded: true}, true)
	full = false
	other := q
	other.Factors[juhe.Realname] = "李四"
	c.look(other, none, true)
	other.Factors[juhe.Realname] = "王五"
	if rec := c.look(other, none, false); rec.Reply.Fault.Kind != juhe.FaultLimit {
		t.Errorf("%+v", rec)
	}
	*c.now = c.now.Add(24 * time.Hour)
	c.look(other, none, true)
}
