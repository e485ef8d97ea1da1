package lookup_test

import (
	"errors"
	"fmt"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// TestRequiredConsent: the returned consent covers what was asked now and before, and
// nothing else.
func TestRequiredConsent(t *testing.T) {
	t.Parallel()
	stopped := func(kind juhe.FaultKind, earlier *lookup.Record) lookup.Record {
		rec := lookup.Record{Earlier: earlier}
		rec.Reply = juhe.Reply{Outcome: juhe.Unsent, Fault: juhe.Fault{Kind: kind}}
		return rec
	}
	earlier := &lookup.Record{ID: "earlier"}
	answered := lookup.Record{Earlier: earlier}
	answered.Reply.Outcome = juhe.Match
	given := lookup.Consent{AnsweredID: "another", BlockingID: "older"}
	extend := func(change func(*lookup.Consent)) lookup.Consent {
		extended := given
		change(&extended)
		return extended
	}
	full := fmt.Errorf("wrapped: %w", &lookup.LedgerError{Problem: lookup.LedgerFull})
	for name, test := range map[string]struct {
		rec     lookup.Record
		err     error
		want    lookup.ConsentReason
		consent lookup.Consent
	}{
		"sent":       {rec: lookup.Record{ID: "new"}, consent: given},
		"answered":   {rec: answered, consent: given},
		"at a limit": {rec: stopped(juhe.FaultLimit, nil), consent: given},
		"no key":     {err: errors.New("no key"), consent: given},
		"no ledger":  {err: full, want: lookup.ConsentUnrecorded, consent: extend(func(c *lookup.Consent) { c.Unrecorded = true })},
		"history lost": {
			rec: stopped(juhe.FaultHistoryLost, nil), want: lookup.ConsentHistoryLost,
			consent: extend(func(c *lookup.Consent) { c.HistoryLost = true }),
		},
		"unsettled": {
			rec: stopped(juhe.FaultUnsettled, earlier), want: lookup.ConsentUnsettled,
			consent: extend(func(c *lookup.Consent) { c.BlockingID = "earlier" }),
		},
		"pending": {
			rec: stopped(juhe.FaultPending, earlier), want: lookup.ConsentPending,
			consent: extend(func(c *lookup.Consent) { c.BlockingID = "earlier" }),
		},
	} {
		got, extended := lookup.RequiredConsent(test.rec, test.err, given)
		if got != test.want {
			t.Errorf("%s: got reason %q, want %q", name, got, test.want)
		}
		if extended != test.consent {
			t.Errorf("%s: got consent %+v, want %+v", name, extended, test.consent)
		}
	}
}

// TestResendConsent: a lookup that may be billed is not sent again without consent,
// even if the ledger does not hold it.
func TestResendConsent(t *testing.T) {
	t.Parallel()
	earlier := &lookup.Record{ID: "earlier"}
	for name, test := range map[string]struct {
		outcome  juhe.Outcome
		billable juhe.Billable
		earlier  *lookup.Record
		want     lookup.ConsentReason
		consent  lookup.Consent
	}{
		"a verdict":        {juhe.Mismatch, juhe.BillableYes, nil, lookup.ConsentAnswered, lookup.Consent{AnsweredID: "rec"}},
		"an earlier one's": {juhe.Match, juhe.BillableNo, earlier, lookup.ConsentAnswered, lookup.Consent{AnsweredID: "earlier"}},
		"lost":             {juhe.Lost, juhe.BillableUnknown, nil, lookup.ConsentUnsettled, lookup.Consent{BlockingID: "rec"}},
		"unclear":          {juhe.Unclear, juhe.BillableUnknown, nil, lookup.ConsentUnsettled, lookup.Consent{BlockingID: "rec"}},
		"refused":          {juhe.Refused, juhe.BillableUnknown, nil, lookup.ConsentUnsettled, lookup.Consent{BlockingID: "rec"}},
		"refused for free": {juhe.Refused, juhe.BillableNo, nil, lookup.ConsentNone, lookup.Consent{}},
		"unsent":           {juhe.Unsent, juhe.BillableNo, nil, lookup.ConsentNone, lookup.Consent{}},
	} {
		rec := lookup.Record{ID: "rec", Earlier: test.earlier}
		rec.Reply = juhe.Reply{Outcome: test.outcome, Billable: test.billable}
		reason, original, consent := lookup.ResendConsent(rec)
		if reason != test.want {
			t.Errorf("%s: got reason %q, want %q", name, reason, test.want)
		}
		if consent != test.consent {
			t.Errorf("%s: got consent %+v, want %+v", name, consent, test.consent)
		}
		wantID := rec.ID
		if test.earlier != nil {
			wantID = test.earlier.ID
		}
		if original.ID != wantID {
			t.Errorf("%s: got lookup %s, want %s", name, original.ID, wantID)
		}
	}
}
