package consent_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/consent"
	"fourfactor/ui/i18n"
)

// TestTooSoon: an answer counts from 400 ms after its question.
func TestTooSoon(t *testing.T) {
	t.Parallel()
	asked := time.Now()
	for after, want := range map[time.Duration]bool{
		-time.Second: true, 0: true, 399 * time.Millisecond: true, 400 * time.Millisecond: false, time.Hour: false,
	} {
		if got := consent.TooSoon(asked, asked.Add(after)); got != want {
			t.Errorf("%s after the question: got too soon %t, want %t", after, got, want)
		}
	}
}

// TestNumber: more than 100 calls need their number, and no other.
func TestNumber(t *testing.T) {
	t.Parallel()
	for calls, want := range map[int]bool{0: false, 1: false, 100: false, 101: true, 5000: true} {
		if got := consent.NeedsNumber(calls); got != want {
			t.Errorf("%d calls: got needs number %t, want %t", calls, got, want)
		}
	}
	for typed, want := range map[string]bool{
		"120": true, "１２０": true, "1２0": true,
		"": false, "12": false, "121": false, "1200": false, "0120": false, "+120": false, " 120": false, "y": false,
	} {
		if got := consent.IsNumber(typed, 120); got != want {
			t.Errorf("%q for 120: got %t, want %t", typed, got, want)
		}
	}
}

// TestYes: only these lines agree.
func TestYes(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{
		"y": true, "Y": true, "ｙ": true, "Ｙ": true, "yes": true, "YES": true, "是": true,
		"": false, "n": false, "no": false, "yy": false, "好": false, "不是": false, "1": false,
	} {
		if got := consent.IsYes(line); got != want {
			t.Errorf("%q: got %t, want %t", line, got, want)
		}
	}
}

// stopped returns the result of a lookup that was stopped because of an earlier one, or of
// none.
func stopped(kind juhe.FaultKind, earlier *lookup.Record) lookup.Record {
	rec := lookup.Record{ID: "new", At: earlierAt.Add(time.Hour), Service: "https://a.example", Earlier: earlier}
	rec.Reply = juhe.Reply{Outcome: juhe.Unsent, Fault: juhe.Fault{Kind: kind, Detail: "2026-11-23 18:00:00"}}
	return rec
}

var earlierAt = time.Date(2026, 11, 23, 15, 54, 15, 0, time.UTC)

func earlierLookup(o juhe.Outcome, service string) *lookup.Record {
	return &lookup.Record{ID: "earlier", At: earlierAt, Service: service, Query: juhe.Query{API: juhe.APIQueryV2}, Reply: juhe.Reply{Outcome: o}}
}

// TestRequired: each reason has a question of its own, with what it depends on, the label
// of its yes, and the consent that covers it.
func TestRequired(t *testing.T) {
	t.Parallel()
	lost, other := earlierLookup(juhe.Lost, "https://a.example"), earlierLookup(juhe.Match, "https://b.example")
	for _, w := range i18n.Languages() {
		f := w.Form
		for name, test := range map[string]struct {
			rec     lookup.Record
			err     error
			yes     string
			consent lookup.Consent
			has     []string
		}{
			"unrecorded": {
				lookup.Record{},
				&lookup.LedgerError{Problem: lookup.LedgerFull, Where: "ledger.db"},
				f.SendUnrecorded,
				lookup.Consent{Unrecorded: true},
				[]string{w.ErrorText(&lookup.LedgerError{Problem: lookup.LedgerFull, Where: "ledger.db"})},
			},
			"history lost": {stopped(juhe.FaultHistoryLost, nil), nil, f.SendAnyway, lookup.Consent{HistoryLost: true}, []string{"*.damaged-*"}},
			"clock": {
				stopped(juhe.FaultClock, nil), nil, f.SendClockIsRight,
				lookup.Consent{ClockBehind: "2026-11-23 18:00:00"},
				[]string{"2026-11-23 16:54:15", "2026-11-23 18:00:00"},
			},
			"pending": {stopped(juhe.FaultPending, lost), nil, f.SendAgain, lookup.Consent{BlockingID: "earlier"}, []string{"queryV2", "2026-11-23 15:54:15"}},
			"unsettled": {
				stopped(juhe.FaultUnsettled, lost), nil, f.SendAgain,
				lookup.Consent{BlockingID: "earlier"},
				[]string{"queryV2", "2026-11-23 15:54:15", w.Outcomes["lost"]},
			},
			"unusable": {
				stopped(juhe.FaultVerdictOtherService, other), nil, f.SendAgain,
				lookup.Consent{BlockingID: "earlier"},
				[]string{w.Faults[juhe.FaultVerdictOtherService], "queryV2 https://b.example", "2026-11-23 15:54:15", w.Outcomes["match"]},
			},
		} {
			for _, marks := range []map[juhe.Outcome]string{nil, {"match": "✓", "lost": "~"}} {
				got, ok := consent.Questions{Messages: w, Marks: marks}.Required(test.rec, test.err, lookup.Consent{})
				if !ok || got.Yes != test.yes || got.Consent != test.consent {
					t.Errorf("%s: got %t, yes %q, consent %+v, want yes %q, consent %+v", name, ok, got.Yes, got.Consent, test.yes, test.consent)
				}
				text := strings.ReplaceAll(got.Text, "\u00a0", " ")
				for _, want := range test.has {
					if !strings.Contains(text, want) {
						t.Errorf("%s: got question %q, want %q in it", name, text, want)
					}
				}
				if plain := !strings.ContainsAny(got.Text, "✓~\u00a0"); strings.Contains(text, w.Outcomes["match"]) && plain != (marks == nil) {
					t.Errorf("%s: got plain words %t, want %t: %q", name, plain, marks == nil, got.Text)
				}
				if strings.Contains(text, "%!") {
					t.Errorf("%s: got question %q", name, text)
				}
			}
		}
	}
}

// TestNotRequired: what was sent, answered or cannot be allowed is not asked about.
func TestNotRequired(t *testing.T) {
	t.Parallel()
	texts := consent.Questions{Messages: i18n.For("zh", nil)}
	for name, rec := range map[string]lookup.Record{"sent": {}, "at the limit": stopped(juhe.FaultLimit, nil)} {
		if q, ok := texts.Required(rec, nil, lookup.Consent{}); ok {
			t.Errorf("%s: got question %q", name, q.Text)
		}
	}
	if q, ok := texts.Required(lookup.Record{}, errors.New("no key"), lookup.Consent{}); ok {
		t.Errorf("an error: got question %q", q.Text)
	}
}

// TestResend: sending again asks if that may be charged twice, and its consent covers
// the lookup that the question names.
func TestResend(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		for _, test := range []struct {
			outcome  juhe.Outcome
			billable juhe.Billable
			asks     bool
			consent  lookup.Consent
		}{
			{juhe.Match, juhe.BillableNo, true, lookup.Consent{AnsweredID: "earlier"}},
			{juhe.Lost, juhe.BillableUnknown, true, lookup.Consent{BlockingID: "earlier"}},
			{juhe.Refused, juhe.BillableNo, false, lookup.Consent{}},
		} {
			rec := lookup.Record{ID: "new", Service: "https://a.example", Earlier: earlierLookup(test.outcome, "https://a.example")}
			rec.Reply = juhe.Reply{Outcome: test.outcome, Billable: test.billable}
			got, ok := consent.Questions{Messages: w}.Resend(rec)
			if ok != test.asks || got.Consent != test.consent {
				t.Errorf("%s: got %t, consent %+v, want %t, %+v", test.outcome, ok, got.Consent, test.asks, test.consent)
			}
			if asks := strings.Contains(got.Text, "2026-11-23 15:54:15"); asks != test.asks {
				t.Errorf("%s: got question %q", test.outcome, got.Text)
			}
			if ok && got.Yes != w.Form.SendAgain {
				t.Errorf("%s: got yes %q, want %q", test.outcome, got.Yes, w.Form.SendAgain)
			}
		}
	}
}
