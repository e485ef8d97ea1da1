package sqlite_test

import (
	"slices"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
)

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
	check(t, "outcome", mustOneConcluded(t, prior).Reply.Outcome, juhe.Match)
	check(t, "raw answer", mustOneConcluded(t, prior).Reply.Raw, rec.Reply.Raw)
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
	lost := mustOneConcluded(t, prior)
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
