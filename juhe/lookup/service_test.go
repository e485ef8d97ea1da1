package lookup_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// addressed is a client whose service is called something else.
type addressed struct {
	*juhe.Client
	service string
}

func (a addressed) Service() string { return a.service }

// at is the same desk with another base URL, in another process.
func (c counter) at(service string) counter {
	c.Verifier = lookup.New(addressed{c.client(c.url), service}, c.process(day).ledger, day, func() time.Time { return *c.now })
	return c
}

// TestAnotherAddress: what was sent to one address of a service may have been paid
// for at all of them. It never answers there, and is asked about.
func TestAnotherAddress(t *testing.T) {
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
			c := newCounter(t, day)
			q := first(juhe.APIQuery)
			if slug != "" {
				q = named(t, slug)
			}
			sent := c.at(here).look(q, none, true)
			asked := c.at(other).look(q, none, false)
			if asked.Reply.Outcome != juhe.Unsent || asked.Reply.Fault.Kind != want || asked.Reply.Fault.Detail != here || asked.Earlier == nil || asked.Earlier.ID != sent.ID {
				t.Errorf("%q at %s: got %+v, want %s", slug, other, asked, want)
			}
			_, yes := lookup.RequiredConsent(asked, nil, none)
			c.at(other).look(q, yes, true)
			if slug == "" {
				c.at(here).look(q, none, false) // each answers for its own
				c.at(other).look(q, none, false)
			}
		}
	}
}

// TestAnotherAddressUnderWay: one that is in progress is asked about there too.
func TestAnotherAddressUnderWay(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	end := c.underWay(first(juhe.APIQuery), none)
	rec := c.at("https://apis.juhe.cn").look(first(juhe.APIQuery), none, false)
	if rec.Reply.Fault.Kind != juhe.FaultPending || rec.Earlier == nil {
		t.Errorf("%+v", rec)
	}
	end()
}

// TestVerdictElsewhereIsYoung: it is asked about as long as it would answer, and
// only if it would.
func TestVerdictElsewhereIsYoung(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	c.at("https://apis.juhe.cn").look(first(juhe.APIQueryV2), none, true)
	c.at("http://localhost").look(first(juhe.APIQuery), none, true) // which queryV2 does not hold
	*c.now = noon.Add(25 * time.Hour)
	c.at("http://127.0.0.1").look(first(juhe.APIQuery), none, true)
	off := c.at("http://[::1]")
	off.Verifier = lookup.New(addressed{c.client(c.url), "http://[::1]"}, c.ledger, lookup.Guard{}, func() time.Time { return *c.now })
	off.look(first(juhe.APIQuery), none, true)
}

// copies are imported copies of a lookup, each a minute later than the one before.
func (c counter) copies(rec lookup.Record, count int) (recs []lookup.Record) {
	c.t.Helper()
	for n := range count {
		rec.ID, rec.At = fmt.Sprintf("copy-%d-%d", n, rec.At.Unix()), rec.At.Add(time.Minute)
		recs = append(recs, rec)
	}
	if n, err := c.ledger.Import(context.Background(), recs); n != count || err != nil {
		c.t.Fatal(n, err)
	}
	return recs
}

// TestImportsHideNothing: however many are imported, what this program has answers
// or is asked about, and the imported ones are where there is nothing else.
func TestImportsHideNothing(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	q := first(juhe.APIQuery)
	own := c.look(q, none, true)
	lost := own
	lost.Reply = juhe.Reply{Outcome: juhe.Lost, Billable: juhe.BillableUnknown}
	c.copies(lost, 150)
	if rec := c.look(q, none, false); rec.AnsweredBy() != own.ID {
		t.Errorf("got %+v, want an answer by %s", rec, own.ID)
	}
	more := q
	more.API = juhe.APIQueryV2
	for n := range 120 { // nor do one's own of another endpoint
		*c.now = noon.Add(time.Duration(n) * time.Second)
		c.look(more, again, true)
	}
	if rec := c.look(q, none, false); rec.AnsweredBy() != own.ID {
		t.Errorf("got %+v, want an answer by %s", rec, own.ID)
	}
}

// TestBackup: an own backup that was imported guards by asking, its verdicts and
// what is not settled.
func TestBackup(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	restored := newCounter(t, day)
	for _, q := range []juhe.Query{first(juhe.APIQuery), named(t, "close"), {API: juhe.APIQuery, Factors: mockserver.Companies()[1].Factors(juhe.APIQuery)}} {
		sent := c.look(q, none, true)
		sent.Service = restored.url
		if _, err := restored.ledger.Import(t.Context(), []lookup.Record{sent}); err != nil {
			t.Fatal(err)
		}
		*restored.now = noon.Add(time.Hour)
		rec := restored.look(q, none, false)
		if rec.Reply.Outcome != juhe.Unsent || rec.Earlier == nil || rec.Earlier.ID != sent.ID {
			t.Errorf("%+v", rec)
		}
		_, yes := lookup.RequiredConsent(rec, nil, none)
		restored.look(q, yes, true)
	}
}

// TestPayAgainOnce: who has agreed to pay again for a verdict is not asked about an
// older one that would not answer.
func TestPayAgainOnce(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	q := first(juhe.APIQuery)
	sent := c.at("https://apis.juhe.cn").look(q, none, true)
	*c.now = noon.Add(time.Minute)
	own := c.look(q, lookup.Consent{UnsettledID: sent.ID}, true)
	_, _, yes := lookup.ResendConsent(own)
	c.look(q, yes, true)
}

// TestFreeIsNotCounted: a refusal that costs nothing uses up none of the limit.
func TestFreeIsNotCounted(t *testing.T) {
	t.Parallel()
	guard := lookup.Guard{DailyLimit: 2}
	c := newCounter(t, guard)
	for code, free := range map[int]bool{253501: true, 10011: true, 10012: true, 10001: true, 10020: true, 253506: false} {
		before, err := c.ledger.SentToday(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		q := first(juhe.APIQuery)
		q.Factors[juhe.Entname] = mockserver.ErrorCodeEntname(code)
		c.look(q, again, true)
		if after, err := c.ledger.SentToday(t.Context()); err != nil || after-before != map[bool]int{true: 0, false: 1}[free] {
			t.Errorf("%d: %d counted before, %d after, %v", code, before, after, err)
		}
	}
	c.look(first(juhe.APIQuery), none, true)
	if rec := c.look(first(juhe.APIQueryV2), again, false); rec.Reply.Fault.Kind != juhe.FaultLimit {
		t.Errorf("%+v", rec)
	}
}

// TestSameNames: how a name is composed, and how its blanks are made, makes no
// other name of it.
func TestSameNames(t *testing.T) {
	t.Parallel()
	for name, others := range map[string][]string{
		"José María García": {"Jose\u0301 Mari\u0301a Garci\u0301a", "José\u00a0María\u00a0García", "José  María   García", "José\u2003María\u2009García"},
		"가나 다라":             {"\u1100\u1161\u1102\u1161 \u1103\u1161\u1105\u1161"},
	} {
		for _, other := range others {
			c := newCounter(t, day)
			q := first(juhe.APIQuery)
			q.Factors[juhe.Entname], q.Factors[juhe.Realname] = name+" Trading", name
			paid := c.look(q, none, true)
			q.Factors[juhe.Entname], q.Factors[juhe.Realname] = other+"  Trading", other
			if rec := c.process(day).look(q, none, false); rec.AnsweredBy() != paid.ID {
				t.Errorf("%+q: %+v", other, rec)
			}
			q.Factors[juhe.Realname] = "J" + other
			c.look(q, none, true)
		}
	}
}
