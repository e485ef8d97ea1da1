package form_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/widget"
)

// remembering is a form whose ledger has a lookup of each of some companies,
// the last one the newest.
func remembering(t *testing.T, companies ...int) (*desk, *ledger.Ledger, []lookup.Record) {
	t.Helper()
	l := book(t)
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
	d := newDesk(t, func(o *form.Options, c *juhe.Options) {
		client, err := juhe.New(*c)
		if err != nil {
			t.Fatal(err)
		}
		o.Ledger, o.Verifier = l, lookup.New(client, l, lookup.Guard{}, time.Now)
	})
	return d, l, recs
}

// filledIn lists, newest first, which lookups the audit trail says were filled
// into a form.
func filledIn(t *testing.T, l *ledger.Ledger) (ids []string) {
	t.Helper()
	trail, err := l.AuditLog(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range trail {
		if line.Action == lookup.AuditFill {
			ids = append(ids, line.ID)
		}
	}
	return ids
}

// TestPast walks back and forth through earlier lookups, of the same ones in a
// row only one, and ends at what was typed. Nothing is sent, and the audit trail
// knows whom the form has shown.
func TestPast(t *testing.T) {
	t.Parallel()
	d, l, recs := remembering(t, 0, 1, 1)
	d.write("正在输入")
	recalled := func(n int) string {
		return fmt.Sprintf(d.words.Form.Recalled, recs[n].At.Local().Format("2006-01-02\u00a015:04:05"))
	}
	d.hear(recalled(2), d.press("ctrl+p"))
	d.holds(recs[2].Query.Factors)
	d.hear(recalled(0), d.press("ctrl+p"))
	d.holds(recs[0].Query.Factors)
	d.hear(d.words.Form.NoEarlier, d.press("ctrl+p"))
	d.hear(recalled(2), d.press("ctrl+n"))
	d.holds(recs[2].Query.Factors)
	d.hear(d.words.Form.Draft, d.press("ctrl+n"))
	d.shows("正在输入")
	d.hides(recs[2].Query.Factors[juhe.Idcard])
	d.hear(d.words.Form.NoLater, d.press("ctrl+n"))
	if got := fmt.Sprint(filledIn(t, l)); got != "[past-2 past-0 past-2]" {
		t.Errorf("the audit trail tells of %s", got)
	}
	if n := d.server.Requests(); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// TestRecall: a lookup from elsewhere comes in with a trace, and what stood
// there comes back.
func TestRecall(t *testing.T) {
	t.Parallel()
	d, l, recs := remembering(t, 0)
	d.write("正在输入")
	d.hear(d.words.Form.Filled, d.Recall(recs[0]))
	d.holds(recs[0].Query.Factors)
	if got := filledIn(t, l); len(got) != 1 || got[0] != recs[0].ID {
		t.Errorf("the audit trail tells of %v", got)
	}
	d.hear(d.words.Form.Draft, d.press("ctrl+n"))
	d.shows("正在输入")
}

// TestFilling: while a lookup is about to come in, what stands there is not
// sent, and what is typed stays.
func TestFilling(t *testing.T) {
	t.Parallel()
	d, _, recs := remembering(t, 0)
	d.Fill(juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[1].Factors(juhe.APIQuery)})
	fill := d.Recall(recs[0])
	d.says(d.press("f5"), widget.Warn, d.words.Form.StillFilling)
	d.hear(d.words.Form.Filled, fill)
	d.holds(recs[0].Query.Factors)
	if d.press("f5"); !d.InProgress() {
		t.Error("it cannot be sent then")
	}
	d.Cancel()

	d, _, recs = remembering(t, 0)
	fill = d.Recall(recs[0])
	d.write("打字")
	d.Update(fill())
	d.shows("打字")
	d.hides(recs[0].Query.Factors[juhe.Idcard])
	fill = d.Recall(recs[0])
	d.Clear()
	d.Update(fill())
	d.hides(recs[0].Query.Factors[juhe.Idcard])
}

// untraced is a ledger whose audit trail cannot be written.
type untraced struct{ form.Ledger }

var errReadOnly = &lookup.LedgerError{Problem: lookup.LedgerReadOnly, Path: "ledger.db"}

func (untraced) RecordAudit(context.Context, ...lookup.AuditEvent) error { return errReadOnly }

// TestUntraced: nobody is shown of whom the audit trail cannot tell.
func TestUntraced(t *testing.T) {
	t.Parallel()
	d, l, recs := remembering(t, 0)
	d.Options.Ledger = untraced{l}
	d.write("正在输入")
	why := fmt.Sprintf(d.words.Form.NotFilled, lookup.ErrorText(d.words, errReadOnly))
	d.hear(why, d.press("ctrl+p"))
	d.hear(why, d.Recall(recs[0]))
	d.shows("正在输入")
	d.hides(recs[0].Query.Factors[juhe.Idcard], recs[0].Query.Factors[juhe.Realname])
}

// TestPastGone: what another console has deleted does not come in, on the walk or
// from elsewhere, and is told to be gone. The form stays as it is.
func TestPastGone(t *testing.T) {
	t.Parallel()
	d, l, recs := remembering(t, 0, 1)
	d.write("正在输入")
	d.hear(fmt.Sprintf(d.words.Form.Recalled, recs[1].At.Local().Format("2006-01-02\u00a015:04:05")), d.press("ctrl+p"))
	if n, err := l.Delete(t.Context(), recs[0].ID); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	gone := widget.RecordGoneMsg{ID: recs[0].ID}
	if got := d.press("ctrl+p")(); got != gone {
		t.Errorf("%+v", got)
	}
	if got := d.Recall(recs[0])(); got != gone {
		t.Errorf("%+v", got)
	}
	d.holds(recs[1].Query.Factors)
	d.Screen.Forget(recs[0].ID)
	d.hides(recs[0].Query.Factors[juhe.Idcard])
	if got := fmt.Sprint(filledIn(t, l)); got != "[past-1]" {
		t.Errorf("the audit trail tells of %s", got)
	}
}
