package form_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/form"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// withSteppingClock sets a clock that advances by step with each reading.
func withSteppingClock(step time.Duration) option {
	now := time.Now()
	return func(o *form.Options, _ *juhe.Options) {
		o.Now = func() time.Time { now = now.Add(step); return now }
	}
}

// newLostForm returns a form whose lookup was lost.
func newLostForm(t *testing.T, options ...option) *testForm {
	t.Helper()
	s := newTestForm(t, append(options, withFactorsOf(firstCompany()))...)
	s.Fill(juhe.Query{API: juhe.APIQuery, Factors: lostFactors()})
	uitest.Await[form.ShowResultMsg](t, s.Update(uitest.Await[form.DoneMsg](t, s.press("f5"))))
	return s
}

func lostFactors() juhe.Factors {
	f := firstCompany().Factors(juhe.APIQuery)
	f[juhe.Entname] = "虚构close公司"
	return f
}

// TestQuestion: a lookup that may be billed already needs a yes, and not too soon.
func TestQuestion(t *testing.T) {
	t.Parallel()
	for _, no := range []string{"n", "esc"} {
		s := newLostForm(t, withSteppingClock(time.Second))
		s.runUntilShown(s.words.Form.SendAgain, s.press("f5"))
		s.assertTyping(false)
		if no == "esc" {
			s.press(no)
		} else {
			s.write(no)
		}
		s.AssertHides(s.words.Form.SendAgain)
		s.AssertShows("虚构close公司")
		s.assertRequests(1)
		s.assertInProgress(false)
	}
	s := newLostForm(t, withSteppingClock(time.Second))
	s.runUntilShown(s.words.Form.SendAgain, s.press("f5"))
	done := uitest.Await[form.DoneMsg](t, s.write("y"))
	s.assertRequests(2)
	s.assertOutcome(done, juhe.Lost)
}

// TestQuestionHistoryLost: after damage of the ledger a lookup needs consent.
func TestQuestionHistoryLost(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withSteppingClock(time.Second), withFactorsOf(firstCompany()))
	damaged := s.Options.Ledger.(*sqlite.Ledger).Path + ".damaged-" + time.Now().UTC().Format("20060102-150405")
	if err := os.WriteFile(damaged, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.runUntilShown("*.damaged-*", s.press("f5"))
	s.assertRequests(0)
	done := uitest.Await[form.DoneMsg](t, s.write("y"))
	s.assertRequests(1)
	s.assertOutcome(done, juhe.Match)
}

// TestQuestionVerdict: a verdict that is imported, of another address or ahead of the
// clock needs consent.
func TestQuestionVerdict(t *testing.T) {
	t.Parallel()
	for fault, change := range map[juhe.FaultKind]func(*lookup.Record){
		juhe.FaultVerdictImported:     func(*lookup.Record) {},
		juhe.FaultVerdictOtherService: func(rec *lookup.Record) { rec.Service = "http://localhost:1" },
		juhe.FaultVerdictInFuture:     func(rec *lookup.Record) { rec.At = rec.At.Add(48 * time.Hour) },
	} {
		s := newTestForm(t, withSteppingClock(time.Second), withFactorsOf(firstCompany()))
		l, rec := s.Options.Ledger.(*sqlite.Ledger), lookup.Record{ID: "earlier", At: time.Now().Add(-time.Hour), Service: s.Service.BaseURL}
		rec.Query = juhe.Query{API: juhe.APIQuery, Factors: firstCompany().Factors(juhe.APIQuery)}
		rec.Reply = juhe.Reply{Outcome: juhe.Match, Billable: juhe.BillableYes}
		change(&rec)
		if fault == juhe.FaultVerdictImported {
			if _, err := l.Import(t.Context(), []lookup.Record{rec}); err != nil {
				t.Fatal(err)
			}
		} else if _, err := l.RecordIntent(t.Context(), rec, func(lookup.Prior) bool { return true }); err != nil || l.RecordOutcome(t.Context(), rec) != nil {
			t.Fatal(err)
		}
		text := s.words.Faults[fault]
		if fault == juhe.FaultVerdictInFuture { // also the newest recorded time
			s.runUntilShown(s.words.Form.SendClockIsRight, s.press("f5"))
			s.runUntilShown(text, s.Update(uitest.Await[form.DoneMsg](t, s.write("y"))))
		} else {
			s.runUntilShown(text, s.press("f5"))
		}
		s.assertRequests(0)
		done := uitest.Await[form.DoneMsg](t, s.write("y"))
		s.assertRequests(1)
		s.assertOutcome(done, juhe.Match)
	}
}

// TestQuestionShowsResult: the result opens even if the query was typed differently
// from its normal form.
func TestQuestionShowsResult(t *testing.T) {
	t.Parallel()
	s := newLostForm(t, withSteppingClock(time.Second))
	s.press("end")
	s.write(" ")
	s.runUntilShown(s.words.Form.SendAgain, s.press("f5"))
	done := uitest.Await[form.DoneMsg](t, s.write("y"))
	uitest.Await[form.ShowResultMsg](t, s.Update(done))
}

// TestUnviewedUnrecorded: an unrecorded result is shown before the next lookup
// replaces it.
func TestUnviewedUnrecorded(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	failures := 0
	s.Options.Verifier = failingVerifier{s.Options.Verifier.(*lookup.Verifier), &failures}
	sent := s.press("f5")
	s.write("二")
	done := uitest.Await[form.DoneMsg](t, sent)
	done.Record.RecordErr = errFull
	s.Update(done)
	shown := uitest.Await[form.ShowResultMsg](t, s.press("f5"))
	if got, want := shown.Record.ID, done.Record.ID; got != want {
		t.Errorf("got record %s, want %s", got, want)
	}
	s.assertInProgress(false)
	s.press("f5")
	s.assertInProgress(true)
	s.Cancel()
}

// TestQuestionTooSoon: a letter typed just before the question is no answer.
func TestQuestionTooSoon(t *testing.T) {
	t.Parallel()
	s := newLostForm(t)
	s.runUntilShown(s.words.Form.SendAgain, s.press("f5"))
	if s.write("y"); s.InProgress() {
		t.Error("a question is answered before it can be read")
	}
	s.AssertShows(s.words.Form.SendAgain)
}

// TestQuestionPaste: pasted text answers no question.
func TestQuestionPaste(t *testing.T) {
	t.Parallel()
	s := newLostForm(t, withSteppingClock(time.Second))
	s.runUntilShown(s.words.Form.SendAgain, s.press("f5"))
	for _, text := range []string{"y", "n"} {
		if cmd := s.paste(text); cmd != nil {
			t.Errorf("pasting %q returns a command", text)
		}
		s.assertInProgress(false)
		s.AssertShows(s.words.Form.SendAgain)
	}
	s.assertRequests(1)
}

// failingVerifier is a Verifier whose ledger fails a number of times.
type failingVerifier struct {
	*lookup.Verifier
	failures *int
}

var errFull = &lookup.LedgerError{Problem: lookup.LedgerFull, Where: "ledger.db"}

func (f failingVerifier) Do(ctx context.Context, q juhe.Query, c lookup.Consent) (lookup.Record, error) {
	if *f.failures > 0 && !c.Unrecorded {
		*f.failures--
		return lookup.Record{}, errFull
	}
	return f.Verifier.Do(ctx, q, c)
}

// TestQuestionUnrecorded: without a ledger each lookup needs consent.
func TestQuestionUnrecorded(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withSteppingClock(time.Second), withFactorsOf(firstCompany()))
	failures := 2
	s.Options.Verifier = failingVerifier{s.Options.Verifier.(*lookup.Verifier), &failures}
	s.runUntilShown(s.words.Form.SendUnrecorded, s.press("f5"))
	s.assertRequests(0)
	uitest.Await[form.ShowResultMsg](t, s.Update(uitest.Await[form.DoneMsg](t, s.write("y"))))
	other := firstCompany().Factors(juhe.APIQuery)
	other[juhe.Realname] = "李四"
	s.Fill(juhe.Query{API: juhe.APIQuery, Factors: other})
	s.runUntilShown(s.words.Form.SendUnrecorded, s.press("f5"))
	s.press("esc")
	s.assertRequests(1)
}

// TestTypingNextQuery: a result does not interrupt typing the next query, and is
// announced until it is opened.
func TestTypingNextQuery(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	sent := s.press("f5")
	s.press("ctrl+l")
	s.write("下一家")
	s.AssertShows(s.words.Form.Sending + "：" + firstCompany().Entname)
	arrived := fmt.Sprintf(s.words.Form.PreviousFinished, "✓ "+s.words.Outcomes["match"], "Ctrl+O")
	s.assertStatus(s.Update(uitest.Await[form.DoneMsg](t, sent)), widget.Note, arrived)
	s.write("公司")
	s.AssertShows("下一家公司", arrived)
	uitest.Await[form.ShowResultMsg](t, s.OpenLast())
	s.AssertHides(arrived)
}

// TestSendingMasked: an ID number typed as the company's name is masked in the
// progress line.
func TestSendingMasked(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()), withSteppingClock(time.Second), func(o *form.Options, _ *juhe.Options) { o.InitialQuery.Factors[juhe.Entname] = firstCompany().Idcard })
	sent := s.press("f5", "f5")
	s.press("ctrl+l")
	s.write("下一家")
	s.AssertShows(s.words.Form.Sending + "：" + ident.MaskNumber(firstCompany().Idcard))
	uitest.Await[form.DoneMsg](t, sent)
}

// TestTypingNextQueryQuestion: no question interrupts typing the next query.
func TestTypingNextQueryQuestion(t *testing.T) {
	t.Parallel()
	s := newLostForm(t)
	sent := s.press("f5")
	s.write("二")
	status := uitest.Await[widget.StatusMsg](t, s.Update(uitest.Await[form.DoneMsg](t, sent)))
	if status.Severity != widget.Warn {
		t.Errorf("got status %+v, want a warning", status)
	}
	s.assertTyping(true)
}

// TestCount: today's lookups are counted as soon as a lookup is sent, and at its end.
func TestCount(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	sent := s.press("f5")().(tea.BatchMsg)
	uitest.Await[widget.CountMsg](t, s.Update(sent[0]()))
	uitest.Await[widget.CountMsg](t, s.Update(uitest.Await[form.DoneMsg](t, sent[1])))
}
