package form_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/form"
	"fourfactor/ui/widget"
)

// clock is a form's time, which goes on by itself after each look at it.
func clock(step time.Duration) setting {
	now := time.Now()
	return func(o *form.Options, _ *juhe.Options) {
		o.Now = func() time.Time { now = now.Add(step); return now }
	}
}

// lostOnce is a form whose lookup is lost.
func lostOnce(t *testing.T, settings ...setting) *desk {
	t.Helper()
	d := newDesk(t, append(settings, filled(company()))...)
	d.Fill(juhe.Query{API: juhe.APIQuery, Factors: lostFactors()})
	await[form.ShowResultMsg](t, d.Update(await[form.DoneMsg](t, d.press("f5"))))
	return d
}

func lostFactors() juhe.Factors {
	f := company().Factors(juhe.APIQuery)
	f[juhe.Entname] = "虚构close公司"
	return f
}

// TestAsk: what may be paid for twice is asked about, and only yes, and not at
// once, sends it.
func TestAsk(t *testing.T) {
	t.Parallel()
	for _, no := range []string{"n", "esc"} {
		d := lostOnce(t, clock(time.Second))
		d.see(d.words.Form.SendAgain, d.press("f5"))
		if d.Typing() {
			t.Error("a question takes text")
		}
		if no == "esc" {
			d.press(no)
		} else {
			d.write(no)
		}
		d.hides(d.words.Form.SendAgain)
		d.shows("虚构close公司")
		if n := d.server.Requests(); n != 1 || d.InProgress() {
			t.Errorf("%s: %d requests", no, n)
		}
	}
	d := lostOnce(t, clock(time.Second))
	d.see(d.words.Form.SendAgain, d.press("f5"))
	done := await[form.DoneMsg](t, d.write("y"))
	if n := d.server.Requests(); n != 2 || done.Record.Reply.Outcome != juhe.Lost {
		t.Errorf("%d requests, %+v", n, done.Record.Reply)
	}
}

// TestAskForgotten: after damage nobody knows what was paid for already.
func TestAskForgotten(t *testing.T) {
	t.Parallel()
	d := newDesk(t, clock(time.Second), filled(company()))
	aside := d.Options.Ledger.(*ledger.Ledger).Path + ".damaged-" + time.Now().UTC().Format("20060102-150405")
	if err := os.WriteFile(aside, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d.see("*.damaged-*", d.press("f5"))
	if n := d.server.Requests(); n != 0 {
		t.Errorf("%d requests", n)
	}
	done := await[form.DoneMsg](t, d.write("y"))
	if n := d.server.Requests(); n != 1 || done.Record.Reply.Outcome != juhe.Match {
		t.Errorf("%d requests, %+v", n, done.Record.Reply)
	}
}

// TestAskConcluded: a verdict that does not answer is asked about: an imported one,
// one of another address, and one that is ahead of the clock.
func TestAskConcluded(t *testing.T) {
	t.Parallel()
	for fault, change := range map[juhe.FaultKind]func(*lookup.Record){
		juhe.FaultVerdictImported:     func(*lookup.Record) {},
		juhe.FaultVerdictOtherService: func(rec *lookup.Record) { rec.Service = "http://localhost:1" },
		juhe.FaultVerdictInFuture:     func(rec *lookup.Record) { rec.At = rec.At.Add(48 * time.Hour) },
	} {
		d := newDesk(t, clock(time.Second), filled(company()))
		l, rec := d.Options.Ledger.(*ledger.Ledger), lookup.Record{ID: "earlier", At: time.Now().Add(-time.Hour), Service: d.Service.BaseURL}
		rec.Query = juhe.Query{API: juhe.APIQuery, Factors: company().Factors(juhe.APIQuery)}
		rec.Reply = juhe.Reply{Outcome: juhe.Match, Billable: juhe.BillableYes}
		change(&rec)
		if fault == juhe.FaultVerdictImported {
			if _, err := l.Import(t.Context(), []lookup.Record{rec}); err != nil {
				t.Fatal(err)
			}
		} else if _, err := l.RecordIntent(t.Context(), rec, func(lookup.Prior) bool { return true }); err != nil || l.RecordOutcome(t.Context(), rec) != nil {
			t.Fatal(err)
		}
		text := d.words.Faults[string(fault)]
		if fault == juhe.FaultVerdictInFuture { // which is the newest time of all, too
			d.see(d.words.Form.ClockRight, d.press("f5"))
			d.see(text, d.Update(await[form.DoneMsg](t, d.write("y"))))
		} else {
			d.see(text, d.press("f5"))
		}
		if n := d.server.Requests(); n != 0 {
			t.Errorf("%s: %d requests", fault, n)
		}
		done := await[form.DoneMsg](t, d.write("y"))
		if n := d.server.Requests(); n != 1 || done.Record.Reply.Outcome != juhe.Match {
			t.Errorf("%s: %d requests, %+v", fault, n, done.Record.Reply)
		}
	}
}

// TestAskShowsTheAnswer also of what was not typed in its normal form.
func TestAskShowsTheAnswer(t *testing.T) {
	t.Parallel()
	d := lostOnce(t, clock(time.Second))
	d.press("end")
	d.write(" ")
	d.see(d.words.Form.SendAgain, d.press("f5"))
	done := await[form.DoneMsg](t, d.write("y"))
	await[form.ShowResultMsg](t, d.Update(done))
}

// TestUnseenUnsaved: an answer that is nowhere else is shown before the next
// lookup can take its place.
func TestUnseenUnsaved(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	failures := 0
	d.Options.Verifier = full{d.Options.Verifier.(*lookup.Verifier), &failures}
	sent := d.press("f5")
	d.write("二")
	done := await[form.DoneMsg](t, sent)
	done.Record.RecordErr = errFull
	d.Update(done)
	shown := await[form.ShowResultMsg](t, d.press("f5"))
	if shown.Record.ID != done.Record.ID || d.InProgress() {
		t.Errorf("%+v, under way %t", shown.Record, d.InProgress())
	}
	if d.press("f5"); !d.InProgress() {
		t.Error("the next one cannot be sent")
	}
	d.Cancel()
}

// TestAskTooSoon: a letter that was on its way is no answer.
func TestAskTooSoon(t *testing.T) {
	t.Parallel()
	d := lostOnce(t)
	d.see(d.words.Form.SendAgain, d.press("f5"))
	if d.write("y"); d.InProgress() {
		t.Error("a question is answered before it can be read")
	}
	d.shows(d.words.Form.SendAgain)
}

// full is a ledger that cannot be written for a while.
type full struct {
	*lookup.Verifier
	failures *int
}

var errFull = &lookup.LedgerError{Problem: lookup.LedgerFull, Path: "ledger.db"}

func (f full) Do(ctx context.Context, q juhe.Query, c lookup.Consent) (lookup.Record, error) {
	if *f.failures > 0 && !c.Unrecorded {
		*f.failures--
		return lookup.Record{}, errFull
	}
	return f.Verifier.Do(ctx, q, c)
}

// TestAskUnrecorded: without a ledger nothing is sent but by consent for that
// one lookup.
func TestAskUnrecorded(t *testing.T) {
	t.Parallel()
	d := newDesk(t, clock(time.Second), filled(company()))
	failures := 2
	d.Options.Verifier = full{d.Options.Verifier.(*lookup.Verifier), &failures}
	d.see(d.words.Form.SendUnrecorded, d.press("f5"))
	if n := d.server.Requests(); n != 0 {
		t.Fatalf("%d requests", n)
	}
	await[form.ShowResultMsg](t, d.Update(await[form.DoneMsg](t, d.write("y"))))
	other := company().Factors(juhe.APIQuery)
	other[juhe.Realname] = "李四"
	d.Fill(juhe.Query{API: juhe.APIQuery, Factors: other})
	d.see(d.words.Form.SendUnrecorded, d.press("f5"))
	d.press("esc")
	if n := d.server.Requests(); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// TestTypingOn: an answer does not come between the operator and the next
// lookup that is being typed, and stays in sight until it is opened.
func TestTypingOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	sent := d.press("f5")
	d.press("ctrl+l")
	d.write("下一家")
	d.shows(d.words.Form.Sending + "：" + company().Entname)
	arrived := fmt.Sprintf(d.words.Form.Arrived, "✓ "+d.words.Outcomes["match"], "Ctrl+O")
	d.says(d.Update(await[form.DoneMsg](t, sent)), widget.Note, arrived)
	d.write("公司")
	d.shows("下一家公司", arrived)
	await[form.ShowResultMsg](t, d.OpenLast())
	d.hides(arrived)
}

// TestSendingMasked: a document number that was typed as the company's name is
// not shown in full beside the progress of its lookup.
func TestSendingMasked(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()), clock(time.Second), func(o *form.Options, _ *juhe.Options) { o.InitialQuery.Factors[juhe.Entname] = company().Idcard })
	sent := d.press("f5", "f5")
	d.press("ctrl+l")
	d.write("下一家")
	d.shows(d.words.Form.Sending + "：" + ident.MaskNumber(company().Idcard))
	await[form.DoneMsg](t, sent)
}

// TestTypingOnAsks nothing: the question would be about what is typed now.
func TestTypingOnAsks(t *testing.T) {
	t.Parallel()
	d := lostOnce(t)
	sent := d.press("f5")
	d.write("二")
	said := await[widget.StatusMsg](t, d.Update(await[form.DoneMsg](t, sent)))
	if said.Severity != widget.Warn || !d.Typing() {
		t.Errorf("%+v, typing %t", said, d.Typing())
	}
}

// TestToday counts as soon as something is sent, tells the limit and the
// estimate, and warns near the limit.
func TestToday(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()), func(o *form.Options, _ *juhe.Options) { o.DailyLimit, o.Price = 1, 1.5 })
	text := fmt.Sprintf(d.words.Form.TodayOf, 1, 1) + "  " + fmt.Sprintf(d.words.Form.Estimate, 1.5)
	d.until(func(string) bool { now, near := d.TodayText(); return now == text && near }, d.press("f5"))
}
