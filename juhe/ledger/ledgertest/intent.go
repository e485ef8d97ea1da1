package ledgertest

import (
	"slices"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

func testIntentThenOutcome(t *testing.T, open Open) {
	a, b := open(t), open(t)
	rec := NewRecord(1, juhe.Match)
	if ok, err := a.RecordIntent(t.Context(), rec, AllowAll); err != nil || !ok {
		t.Fatalf("got %v, %v, want true", ok, err)
	}
	prior := MustPrior(t, b, rec)
	if prior.Pending == nil {
		t.Fatal("got no pending lookup")
	}
	Check(t, "pending lookup", prior.Pending.ID, rec.ID)
	Check(t, "sent today", prior.SentToday, 1)
	Check(t, "concluded lookups", len(prior.Concluded), 0)
	if listed := MustSearch(t, b, lookup.Search{}); len(listed) != 0 {
		t.Errorf("listed without an outcome: %+v", listed)
	}
	elsewhere := rec
	elsewhere.Service = "http://127.0.0.1:1"
	Check(t, "pending at another address", MustPrior(t, b, elsewhere).Pending != nil, true)
	elsewhere.Service = "http://127.0.0.1:1/another"
	Check(t, "pending at another service", MustPrior(t, b, elsewhere).Pending != nil, false)
	rec.Reply.Raw = "{}"
	if err := a.RecordOutcome(t.Context(), rec); err != nil {
		t.Fatal(err)
	}
	prior = MustPrior(t, b, rec)
	Check(t, "pending", prior.Pending != nil, false)
	Check(t, "outcome", MustOneConcluded(t, prior).Reply.Outcome, juhe.Match)
	Check(t, "raw answer", MustOneConcluded(t, prior).Reply.Raw, rec.Reply.Raw)
	Check(t, "sent today", prior.SentToday, 1)
	address, service, person, tomorrow := rec, rec, rec, rec
	address.Service = "http://127.0.0.1:1"
	service.Service = "http://127.0.0.1:1/another"
	person.Query.Factors[juhe.Realname] = "张三"
	tomorrow.At = Noon.Add(4 * time.Hour) // 00:00 in Beijing
	for what, test := range map[string]struct {
		rec                  lookup.Record
		concluded, sentToday int
	}{
		"another address": {address, 1, 1},
		"another service": {service, 0, 1},
		"another person":  {person, 0, 1},
		"tomorrow":        {tomorrow, 1, 0},
	} {
		prior := MustPrior(t, b, test.rec)
		Check(t, what+": concluded lookups", len(prior.Concluded), test.concluded)
		Check(t, what+": sent today", prior.SentToday, test.sentToday)
	}
}

func testAllowDecides(t *testing.T, open Open) {
	e := open(t)
	rec := NewRecord(1, juhe.Match)
	ok, err := e.RecordIntent(t.Context(), rec, func(lookup.Prior) bool { return false })
	if err != nil || ok {
		t.Fatalf("got %v, %v, want false", ok, err)
	}
	prior := MustPrior(t, e, rec)
	Check(t, "pending", prior.Pending != nil, false)
	Check(t, "sent today", prior.SentToday, 0)
	MustRecord(t, e, rec)
	seen := lookup.Prior{}
	second := NewRecord(1, juhe.Match)
	second.ID += "b"
	if _, err := e.RecordIntent(t.Context(), second, func(p lookup.Prior) bool { seen = p; return false }); err != nil {
		t.Fatal(err)
	}
	Check(t, "concluded lookups", len(seen.Concluded), 1)
	Check(t, "sent today", seen.SentToday, 1)
}

func testDeadProcess(t *testing.T, open Open) {
	a, b := open(t), open(t)
	rec, other := NewRecord(1, juhe.Match), NewRecord(2, juhe.Match)
	rec.Warnings = []ident.Warning{{Factor: juhe.Idcard, Rule: ident.RuleChecksum, Kind: ident.KindResident18}}
	for e, r := range map[ledger.Ledger]lookup.Record{a: rec, b: other} {
		if _, err := e.RecordIntent(t.Context(), r, AllowAll); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil { // as if the process ended
		t.Fatal(err)
	}
	c := open(t)
	prior := MustPrior(t, c, rec)
	Check(t, "pending", prior.Pending != nil, false)
	lost := MustOneConcluded(t, prior)
	if !slices.EqualFunc(lost.Warnings, rec.Warnings, func(a, b ident.Warning) bool { return a.Rule == b.Rule && a.Factor == b.Factor && a.Kind == b.Kind }) {
		t.Errorf("got warnings %+v, want %+v", lost.Warnings, rec.Warnings)
	}
	Check(t, "outcome", lost.Reply.Outcome, juhe.Lost)
	Check(t, "billable", lost.Reply.Billable, juhe.BillableUnknown)
	Check(t, "fault", lost.Reply.Fault.Kind, juhe.FaultProcessEnded)
	Check(t, "sent today", prior.SentToday, 2)
	Check(t, "pending in a live process", MustPrior(t, c, other).Pending != nil, true)
	// A process that ends while this one runs.
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	prior = MustPrior(t, c, other)
	Check(t, "pending in a dead process", prior.Pending != nil, false)
	Check(t, "concluded lookups", len(prior.Concluded), 1)
}

func testLateOutcome(t *testing.T, open Open) {
	a := open(t)
	rec := NewRecord(1, juhe.Match)
	if _, err := a.RecordIntent(t.Context(), rec, AllowAll); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	b := open(t)
	if found := MustSearch(t, b, lookup.Search{Outcome: juhe.Lost, Text: "晨星"}); len(found) != 1 {
		t.Fatalf("got %v, want 1", len(found))
	}
	if err := b.RecordOutcome(t.Context(), rec); err != nil {
		t.Fatal(err)
	}
	if found := MustSearch(t, b, lookup.Search{Outcome: juhe.Lost, Text: "晨星"}); len(found) != 0 {
		t.Errorf("got %v, want 0", len(found))
	}
	found := MustSearch(t, b, lookup.Search{Text: rec.Reply.Orderid})
	if len(found) != 1 || found[0].Reply.Outcome != juhe.Match {
		t.Errorf("got %+v", found)
	}
	again := NewRecord(1, juhe.Mismatch) // a second outcome changes nothing
	if err := b.RecordOutcome(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if found := MustSearch(t, b, lookup.Search{}); len(found) != 1 || found[0].Reply.Outcome != juhe.Match {
		t.Errorf("got %+v", found)
	}
}

func testUnsentNotCounted(t *testing.T, open Open) {
	e := open(t)
	MustRecord(t, e, NewRecord(1, juhe.Match))
	MustRecord(t, e, NewRecord(2, juhe.Unsent))
	if prior, err := e.Prior(t.Context(), NewRecord(3, juhe.Match)); err != nil || prior.SentToday != 1 {
		t.Errorf("got %v, %v, want 1", prior.SentToday, err)
	}
	if today, err := e.SentToday(t.Context()); err != nil || today != 1 {
		t.Errorf("got %v, %v, want 1", today, err)
	}
}
