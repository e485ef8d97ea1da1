package lookup_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// addressedClient is a client that reports another base URL.
type addressedClient struct {
	*juhe.Client
	service string
}

func (a addressedClient) Service() string { return a.service }

// atService returns a fixture of another process that uses another base URL.
func (f fixture) atService(service string) fixture {
	f.Verifier = lookup.New(addressedClient{f.client(f.url), service}, f.newProcess(guard24h).ledger, guard24h, func() time.Time { return *f.now })
	return f
}

// TestMayBeSameService: a lookup at one base URL of a service may have been billed by
// the service at another one. Its verdict is not reused there, but needs consent.
func TestMayBeSameService(t *testing.T) {
	t.Parallel()
	const here = "https://apis.juhe.cn"
	for other, same := range map[string]bool{
		"http://apis.juhe.cn": true, "https://apis.juhe.cn.": true, "https://APIS.juhe.cn": true, "https://apis.juhe.cn:443": true,
		"https://apis.juhe.cn/": true, "https://apis.juhe.cn//": true, "https://user@apis.juhe.cn": true, "https://192.0.2.7": true,
		"http://localhost:8080": true, "http://127.0.0.1:8080": true, "http://[::1]:8080": true, "http://localhost.:8080/./": true,
		"https://apis.juhe.cn/another": false, "https://gate.example/juhe": false,
	} {
		if lookup.MayBeSameService(here, other) != same || lookup.MayBeSameService(other, here) != same {
			t.Errorf("%s: got %t, want %t", other, !same, same)
		}
	}
	if !lookup.MayBeSameService("https://gate.example/Juhe", "http://gate.example:80/juhe/") {
		t.Error("the same path is another service")
	}
	for _, other := range []string{"http://apis.juhe.cn", "https://apis.juhe.cn.", "http://localhost:8080"} {
		for slug, want := range map[string]juhe.FaultKind{
			"": juhe.FaultVerdictOtherService, "close": juhe.FaultUnsettled, "html-200": juhe.FaultUnsettled, "code-99": juhe.FaultUnsettled,
		} {
			f := newFixture(t, guard24h)
			q := juhetest.Query(juhe.APIQuery)
			if slug != "" {
				q = caseQuery(t, slug)
			}
			sent := f.atService(here).do(q, noConsent, true)
			asked := f.atService(other).do(q, noConsent, false)
			assertStopped(t, asked, want, sent.ID)
			if got := asked.Reply.Fault.Detail; got != here {
				t.Errorf("%q at %s: got detail %q, want %q", slug, other, got, here)
			}
			_, consent := lookup.RequiredConsent(asked, nil, noConsent)
			f.atService(other).do(q, consent, true)
			if slug == "" {
				f.atService(here).do(q, noConsent, false) // its own verdict is reused
				f.atService(other).do(q, noConsent, false)
			}
		}
	}
}

// TestPendingAtOtherAddress: a lookup in progress at another base URL needs consent.
func TestPendingAtOtherAddress(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	end := f.startLookup(juhetest.Query(juhe.APIQuery), noConsent)
	rec := f.atService("https://apis.juhe.cn").do(juhetest.Query(juhe.APIQuery), noConsent, false)
	assertFault(t, rec, juhe.FaultPending)
	if rec.Earlier == nil {
		t.Error("got no earlier lookup, want the pending one")
	}
	end()
}

// TestVerdictElsewhereExpires: a verdict of another base URL needs consent only while it
// is not too old to be reused.
func TestVerdictElsewhereExpires(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	f.atService("https://apis.juhe.cn").do(juhetest.Query(juhe.APIQueryV2), noConsent, true)
	f.atService("http://localhost").do(juhetest.Query(juhe.APIQuery), noConsent, true) // not covered by queryV2
	*f.now = noon.Add(25 * time.Hour)
	f.atService("http://127.0.0.1").do(juhetest.Query(juhe.APIQuery), noConsent, true)
	off := f.atService("http://[::1]")
	off.Verifier = lookup.New(addressedClient{f.client(f.url), "http://[::1]"}, f.ledger, lookup.Guard{}, func() time.Time { return *f.now })
	off.do(juhetest.Query(juhe.APIQuery), noConsent, true)
}

// importCopies imports copies of a lookup, each a minute later than the one before.
func (f fixture) importCopies(rec lookup.Record, count int) (recs []lookup.Record) {
	f.t.Helper()
	for n := range count {
		rec.ID, rec.At = fmt.Sprintf("copy-%d-%d", n, rec.At.Unix()), rec.At.Add(time.Minute)
		recs = append(recs, rec)
	}
	if n, err := f.ledger.Import(context.Background(), recs); n != count || err != nil {
		f.t.Fatal(n, err)
	}
	return recs
}

// TestImportsHideNothing: however many lookups are imported, those of this program are
// reused or need consent first.
func TestImportsHideNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	q := juhetest.Query(juhe.APIQuery)
	sent := f.do(q, noConsent, true)
	lost := sent
	lost.Reply = juhe.Reply{Outcome: juhe.Lost, Billable: juhe.BillableUnknown}
	f.importCopies(lost, 150)
	assertAnsweredBy(t, f.do(q, noConsent, false), sent.ID)
	more := q
	more.API = juhe.APIQueryV2
	for n := range 120 { // nor do own lookups of another endpoint
		*f.now = noon.Add(time.Duration(n) * time.Second)
		f.do(more, resend, true)
	}
	assertAnsweredBy(t, f.do(q, noConsent, false), sent.ID)
}

// TestImportedBackup: the verdicts and unsettled lookups of an imported backup need
// consent.
func TestImportedBackup(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	restored := newFixture(t, guard24h)
	for _, q := range []juhe.Query{juhetest.Query(juhe.APIQuery), caseQuery(t, "close"), {API: juhe.APIQuery, Factors: mockserver.Companies()[1].Factors(juhe.APIQuery)}} {
		sent := f.do(q, noConsent, true)
		sent.Service = restored.url
		if _, err := restored.ledger.Import(t.Context(), []lookup.Record{sent}); err != nil {
			t.Fatal(err)
		}
		*restored.now = noon.Add(time.Hour)
		rec := restored.do(q, noConsent, false)
		assertOutcome(t, rec, juhe.Unsent)
		assertEarlier(t, rec, sent.ID)
		_, consent := lookup.RequiredConsent(rec, nil, noConsent)
		restored.do(q, consent, true)
	}
}

// TestPayAgainOnce: consent to pay again for a verdict covers older ones that cannot be
// reused.
func TestPayAgainOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	q := juhetest.Query(juhe.APIQuery)
	sent := f.atService("https://apis.juhe.cn").do(q, noConsent, true)
	*f.now = noon.Add(time.Minute)
	again := f.do(q, lookup.Consent{BlockingID: sent.ID}, true)
	_, _, consent := lookup.ResendConsent(again)
	f.do(q, consent, true)
}

// TestFreeIsNotCounted: a refusal that is certainly free does not count for the daily
// limit.
func TestFreeIsNotCounted(t *testing.T) {
	t.Parallel()
	guard := lookup.Guard{DailyLimit: 2}
	f := newFixture(t, guard)
	for code, free := range map[int]bool{253501: true, 10011: true, 10012: true, 10001: true, 10020: true, 253506: false} {
		before, err := f.ledger.SentToday(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		q := juhetest.Query(juhe.APIQuery)
		q.Factors[juhe.Entname] = mockserver.ErrorCodeEntname(code)
		f.do(q, resend, true)
		want := before + 1
		if free {
			want = before
		}
		if got, err := f.ledger.SentToday(t.Context()); err != nil || got != want {
			t.Errorf("%d: got %d sent today and error %v, want %d", code, got, err, want)
		}
	}
	f.do(juhetest.Query(juhe.APIQuery), noConsent, true)
	assertFault(t, f.do(juhetest.Query(juhe.APIQueryV2), resend, false), juhe.FaultLimit)
}

// TestSameNames: names that differ only in their composition or kind of blanks are
// the same.
func TestSameNames(t *testing.T) {
	t.Parallel()
	for name, others := range map[string][]string{
		"José María García": {"Jose\u0301 Mari\u0301a Garci\u0301a", "José\u00a0María\u00a0García", "José  María   García", "José\u2003María\u2009García"},
		"가나 다라":             {"\u1100\u1161\u1102\u1161 \u1103\u1161\u1105\u1161"},
	} {
		for _, other := range others {
			f := newFixture(t, guard24h)
			q := juhetest.Query(juhe.APIQuery)
			q.Factors[juhe.Entname], q.Factors[juhe.Realname] = name+" Trading", name
			paid := f.do(q, noConsent, true)
			q.Factors[juhe.Entname], q.Factors[juhe.Realname] = other+"  Trading", other
			assertAnsweredBy(t, f.newProcess(guard24h).do(q, noConsent, false), paid.ID)
			q.Factors[juhe.Realname] = "J" + other
			f.do(q, noConsent, true)
		}
	}
}
