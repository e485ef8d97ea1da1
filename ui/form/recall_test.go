package form_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/widget"
)

// newFormWithHistory returns a form whose ledger has a lookup of each company, the
// last one newest.
func newFormWithHistory(t *testing.T, companies ...int) (*testForm, *sqlite.Ledger, []lookup.Record) {
	t.Helper()
	l := juhetest.NewLedger(t, time.Now)
	var recs []lookup.Record
	for i, n := range companies {
		at := time.Now().Add(time.Duration(i-100) * time.Hour).Truncate(time.Second)
		recs = append(recs, lookup.Record{
			ID: fmt.Sprint("past-", i), At: at, Service: "https://apis.juhe.cn",
			Query: juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[n].Factors(juhe.APIQuery)},
			Reply: juhe.Reply{Outcome: juhe.Unclear, Billable: juhe.BillableUnknown},
		})
	}
	if _, err := l.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	s := newTestForm(t, func(o *form.Options, c *juhe.Options) {
		client, err := juhe.New(*c)
		if err != nil {
			t.Fatal(err)
		}
		o.Ledger, o.Verifier = l, lookup.New(client, l, lookup.Guard{}, time.Now)
	})
	return s, l, recs
}

// auditedFills returns the lookups that the audit log says were filled in, newest
// first.
func auditedFills(t *testing.T, l *sqlite.Ledger) (ids []string) {
	t.Helper()
	log, err := l.AuditLog(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, event := range log {
		if event.Action == lookup.AuditFill {
			ids = append(ids, event.ID)
		}
	}
	return ids
}

// assertFills checks the lookups that the audit log says were filled in, newest first.
func assertFills(t *testing.T, l *sqlite.Ledger, want ...string) {
	t.Helper()
	if got := auditedFills(t, l); !slices.Equal(got, want) {
		t.Errorf("got %q in the audit log, want %q", got, want)
	}
}

// TestRecallSteps steps back and forth through earlier lookups to the draft. Consecutive
// lookups of the same query are one step, nothing is sent, and the audit log has each
// person shown.
func TestRecallSteps(t *testing.T) {
	t.Parallel()
	s, l, recs := newFormWithHistory(t, 0, 1, 1)
	s.write("正在输入")
	recalled := func(n int) string {
		return fmt.Sprintf(s.words.Form.FilledFrom, recs[n].At.Local().Format("2006-01-02\u00a015:04:05"))
	}
	s.runUntilStatus(recalled(2), s.press("ctrl+p"))
	s.assertShowsFactors(recs[2].Query.Factors)
	s.runUntilStatus(recalled(0), s.press("ctrl+p"))
	s.assertShowsFactors(recs[0].Query.Factors)
	s.runUntilStatus(s.words.Form.NoEarlier, s.press("ctrl+p"))
	s.runUntilStatus(recalled(2), s.press("ctrl+n"))
	s.assertShowsFactors(recs[2].Query.Factors)
	s.runUntilStatus(s.words.Form.DraftRestored, s.press("ctrl+n"))
	s.AssertShows("正在输入")
	s.AssertHides(recs[2].Query.Factors[juhe.Idcard])
	s.runUntilStatus(s.words.Form.NoLater, s.press("ctrl+n"))
	assertFills(t, l, "past-2", "past-0", "past-2")
	s.assertRequests(0)
}

// TestRecall: a recalled lookup is in the audit log, and the draft comes back.
func TestRecall(t *testing.T) {
	t.Parallel()
	s, l, recs := newFormWithHistory(t, 0)
	s.write("正在输入")
	s.runUntilStatus(s.words.Form.Filled, s.Recall(recs[0]))
	s.assertShowsFactors(recs[0].Query.Factors)
	assertFills(t, l, recs[0].ID)
	s.runUntilStatus(s.words.Form.DraftRestored, s.press("ctrl+n"))
	s.AssertShows("正在输入")
}

// TestFillPending: while a fill is pending nothing is sent, and typing cancels the fill.
func TestFillPending(t *testing.T) {
	t.Parallel()
	s, _, recs := newFormWithHistory(t, 0)
	s.Fill(juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[1].Factors(juhe.APIQuery)})
	fill := s.Recall(recs[0])
	s.assertStatus(s.press("f5"), widget.Warn, s.words.Form.StillFilling)
	s.runUntilStatus(s.words.Form.Filled, fill)
	s.assertShowsFactors(recs[0].Query.Factors)
	s.press("f5")
	s.assertInProgress(true)
	s.Cancel()

	s, _, recs = newFormWithHistory(t, 0)
	fill = s.Recall(recs[0])
	s.write("打字")
	s.Update(fill())
	s.AssertShows("打字")
	s.AssertHides(recs[0].Query.Factors[juhe.Idcard])
	fill = s.Recall(recs[0])
	s.Clear()
	s.Update(fill())
	s.AssertHides(recs[0].Query.Factors[juhe.Idcard])
}

// failingAudit is a ledger whose audit log cannot be written.
type failingAudit struct{ form.Ledger }

var errReadOnly = &lookup.LedgerError{Problem: lookup.LedgerReadOnly, Where: "ledger.db"}

func (failingAudit) RecordAudit(context.Context, ...lookup.AuditEvent) error { return errReadOnly }

// TestAuditFails: no person is shown that cannot be written to the audit log.
func TestAuditFails(t *testing.T) {
	t.Parallel()
	s, l, recs := newFormWithHistory(t, 0)
	s.Options.Ledger = failingAudit{l}
	s.write("正在输入")
	notFilled := fmt.Sprintf(s.words.Form.NotFilled, s.words.ErrorText(errReadOnly))
	s.runUntilStatus(notFilled, s.press("ctrl+p"))
	s.runUntilStatus(notFilled, s.Recall(recs[0]))
	s.AssertShows("正在输入")
	s.AssertHides(recs[0].Query.Factors[juhe.Idcard], recs[0].Query.Factors[juhe.Realname])
}

// TestRecallDeleted: a lookup deleted by another console is not filled in, and is
// reported.
func TestRecallDeleted(t *testing.T) {
	t.Parallel()
	s, l, recs := newFormWithHistory(t, 0, 1)
	s.write("正在输入")
	s.runUntilStatus(fmt.Sprintf(s.words.Form.FilledFrom, recs[1].At.Local().Format("2006-01-02\u00a015:04:05")), s.press("ctrl+p"))
	if n, err := l.Delete(t.Context(), recs[0].ID); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	gone := widget.RecordGoneMsg{ID: recs[0].ID}
	if got := s.press("ctrl+p")(); got != gone {
		t.Errorf("got %+v, want %+v", got, gone)
	}
	if got := s.Recall(recs[0])(); got != gone {
		t.Errorf("got %+v, want %+v", got, gone)
	}
	s.assertShowsFactors(recs[1].Query.Factors)
	s.Screen.Forget(recs[0].ID)
	s.AssertHides(recs[0].Query.Factors[juhe.Idcard])
	assertFills(t, l, "past-1")
}

// TestRecallOutdated: a page that was requested before the form was cleared is dropped.
func TestRecallOutdated(t *testing.T) {
	t.Parallel()
	s, l, _ := newFormWithHistory(t, 0, 1)
	outdated := s.press("ctrl+p")()
	s.press("ctrl+l")
	requested := s.press("ctrl+p")
	if cmd := s.Update(outdated); cmd != nil {
		t.Errorf("an outdated page returns %v", cmd())
	}
	assertFills(t, l)
	if cmd := s.Update(requested()); cmd == nil {
		t.Error("the requested page fills nothing")
	}
}
