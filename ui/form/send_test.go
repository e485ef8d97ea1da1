package form_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/form"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// TestSentOnce: whichever keys are pressed, only one request is sent until its result
// is there.
func TestSentOnce(t *testing.T) {
	t.Parallel()
	for _, keys := range []string{
		"enter enter enter", "f5 f5 f5", "ctrl+s ctrl+s", "enter f5 ctrl+s enter",
		"f5 enter tab enter", "f5 esc f5 esc f5", "f5 ctrl+t f5", "f5 ctrl+l f5",
	} {
		t.Run(keys, func(t *testing.T) {
			t.Parallel()
			s := newTestForm(t, withFactorsOf(firstCompany()))
			s.press("tab", "tab", "tab")
			var all []tea.Cmd
			for _, name := range strings.Fields(keys) {
				all = append(all, s.press(name))
			}
			var wait sync.WaitGroup
			for _, cmd := range all {
				wait.Go(func() { runAll(cmd) })
			}
			wait.Wait()
			s.assertRequests(1)
		})
	}
}

// runAll runs a command and the commands of a batch.
func runAll(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if batch, ok := cmd().(tea.BatchMsg); ok {
		for _, cmd := range batch {
			runAll(cmd)
		}
	}
}

// TestAdvance types the four factors, advancing with Enter, and reads the result.
func TestAdvance(t *testing.T) {
	t.Parallel()
	s := newTestForm(t)
	c := firstCompany()
	var cmd tea.Cmd
	for i, text := range []string{c.Entname, c.Entmark, c.Realname, c.Idcard} {
		s.assertCaretLine(2 * i)
		s.write(text)
		if s.InProgress() {
			t.Fatalf("Enter in field %d sends", i-1)
		}
		cmd = s.press("enter")
	}
	if !s.InProgress() {
		t.Fatal("Enter on the last field does not send")
	}
	s.AssertShows(s.words.Form.Sending)
	done := uitest.Await[form.DoneMsg](t, cmd)
	s.assertOutcome(done, juhe.Match)
	if got, want := done.Record.Query.Factors, c.Factors(juhe.APIQuery); got != want {
		t.Errorf("got factors %q, want %q", got, want)
	}
	opened := uitest.Await[form.ShowResultMsg](t, s.Update(done))
	if got, want := opened.Record.ID, done.Record.ID; got != want {
		t.Errorf("got record %s, want %s", got, want)
	}
	s.assertInProgress(false)
	s.assertShowsFactors(c.Factors(juhe.APIQuery))
	s.AssertHides(s.words.Form.Sending)
}

// TestEmptyField: an empty field is named and focused, and the others stay.
func TestEmptyField(t *testing.T) {
	t.Parallel()
	for name := range juhe.NumFactors {
		for _, blank := range []string{"", "  ", "\u3000", "\u200b"} {
			t.Run(fmt.Sprintf("%s/%+q", name, blank), func(t *testing.T) {
				t.Parallel()
				factors := firstCompany().Factors(juhe.APIQuery)
				factors[name] = blank
				s := newTestForm(t, func(o *form.Options, _ *juhe.Options) { o.InitialQuery.Factors = factors })
				s.assertStatus(s.press("f5"), widget.Error, s.words.Input("empty", s.words.Fields[name].Label))
				s.assertCaretLine(2 * int(name))
				s.assertNothingSent()
				factors[name] = ""
				s.assertShowsFactors(factors)
			})
		}
	}
}

// TestPlaceholders: placeholders and masked values are named and not sent.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for value, problem := range map[string]lookup.InputProblem{
		"NULL": lookup.InputPlaceholder, "无": lookup.InputPlaceholder, "/": lookup.InputPlaceholder, "张*": lookup.InputMasked, "1101****002X": lookup.InputMasked,
	} {
		for name := range juhe.NumFactors {
			if name < juhe.Realname && problem == lookup.InputMasked {
				continue // may be a company's name
			}
			s := newTestForm(t, withFactorsOf(firstCompany()))
			factors := firstCompany().Factors(juhe.APIQuery)
			factors[name] = value
			s.Fill(juhe.Query{API: juhe.APIQuery, Factors: factors})
			for range 3 {
				s.assertStatus(s.press("f5"), widget.Error, s.words.Input(problem, s.words.Fields[name].Label))
			}
			s.assertCaretLine(2 * int(name))
			s.assertNothingSent()
		}
	}
}

// TestNoCredential: a missing credential is reported, and the form stays.
func TestNoCredential(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		set  option
		text func(*testForm) string
	}{
		"key": {
			func(_ *form.Options, c *juhe.Options) { c.Key = noCredential },
			func(s *testForm) string { return fmt.Sprintf(s.words.Form.BadKey, "没有 key 文件", "Ctrl+R") },
		},
		"openid": {
			func(o *form.Options, c *juhe.Options) {
				o.InitialQuery.API, c.Openid = juhe.APIQueryEncry, noCredential
			},
			func(s *testForm) string { return fmt.Sprintf(s.words.Form.BadOpenid, "没有 key 文件", "Ctrl+R") },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTestForm(t, withFactorsOf(firstCompany()), test.set)
			done := uitest.Await[form.DoneMsg](t, s.press("f5"))
			s.assertStatus(s.Update(done), widget.Error, test.text(s))
			s.assertShowsFactors(firstCompany().Factors(juhe.APIQuery))
			s.assertNothingSent()
		})
	}
}

// TestUnsent: an unsent result keeps the form, which can be sent again.
func TestUnsent(t *testing.T) {
	t.Parallel()
	const nobody = "http://127.0.0.1:1" // a port on which nothing listens
	s := newTestForm(t, withFactorsOf(firstCompany()), func(_ *form.Options, c *juhe.Options) { c.BaseURL = nobody })
	done := uitest.Await[form.DoneMsg](t, s.press("f5"))
	s.assertOutcome(done, juhe.Unsent)
	uitest.Await[form.ShowResultMsg](t, s.Update(done))
	s.assertShowsFactors(firstCompany().Factors(juhe.APIQuery))
	s.press("f5")
	s.assertInProgress(true)
	s.Cancel()
}

// TestStopWaiting: Esc stops waiting and does not cancel the lookup.
func TestStopWaiting(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	sent := s.press("f5")
	s.assertStatus(s.press("esc"), widget.Warn, s.words.Form.NoLongerWaiting)
	if s.press("esc") != nil {
		t.Error("a second Esc returns a command, want none")
	}
	s.AssertShows(s.words.Form.PreviousPending)
	s.press("ctrl+l")
	s.write("另一家")
	s.AssertShows("▸ 企业名称  另一家", s.words.Form.PreviousPending+"："+firstCompany().Entname)
	s.assertStatus(s.press("f5"), widget.Warn, s.words.Form.StillPending)

	done := uitest.Await[form.DoneMsg](t, sent)
	o := juhe.Match
	s.assertStatus(s.Update(done), widget.Note, fmt.Sprintf(s.words.Form.PreviousFinished, "✓ "+s.words.Outcomes[o], "Ctrl+O"))
	s.assertInProgress(false)
	s.assertRequests(1)
	s.press("left") // clears the status line
	s.AssertShows(fmt.Sprintf(s.words.Form.PreviousFinished, "✓ "+s.words.Outcomes[o], "Ctrl+O"))
	opened := uitest.Await[form.ShowResultMsg](t, s.OpenLast())
	s.AssertHides(s.words.Outcomes[o])
	if opened.Record.ID != done.Record.ID {
		t.Errorf("got record %s, want %s", opened.Record.ID, done.Record.ID)
	}
	s.AssertShows("另一家")
}

// TestBackgroundFailure: a failure is reported even if nobody waits.
func TestBackgroundFailure(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()), func(_ *form.Options, c *juhe.Options) { c.Key = noCredential })
	sent := s.press("f5")
	s.press("esc")
	s.assertStatus(s.Update(uitest.Await[form.DoneMsg](t, sent)), widget.Error, fmt.Sprintf(s.words.Form.BadKey, "没有 key 文件", "Ctrl+R"))
	s.assertStatus(s.OpenLast(), widget.Note, s.words.Form.NoResult)
}

// TestStaleResult: the result of an earlier lookup, or of none, is dropped.
func TestStaleResult(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	if s.Update(form.DoneMsg{ID: 0}) != nil || s.Update(form.DoneMsg{ID: 1}) != nil {
		t.Error("a result is accepted without a lookup in progress")
	}
	first := uitest.Await[form.DoneMsg](t, s.press("f5"))
	s.Update(first)
	second := s.press("f5")
	if s.Update(first) != nil || !s.InProgress() {
		t.Error("the result of the first lookup ends the second")
	}
	done := uitest.Await[form.DoneMsg](t, second)
	if done.ID == first.ID || s.Update(done) == nil || s.InProgress() {
		t.Errorf("the second lookup, %d after %d, does not end", done.ID, first.ID)
	}
	if s.Update(done) != nil {
		t.Error("a result is accepted twice")
	}
}

// TestCancel: a lookup that is cancelled before it is sent is unsent.
func TestCancel(t *testing.T) {
	t.Parallel()
	s := newTestForm(t, withFactorsOf(firstCompany()))
	s.Cancel()
	sent := s.press("f5")
	s.Cancel()
	done := uitest.Await[form.DoneMsg](t, sent)
	s.assertOutcome(done, juhe.Unsent)
	s.assertRequests(0)
}

// TestEveryOutcome: the form sends what it holds, to every endpoint.
func TestEveryOutcome(t *testing.T) {
	t.Parallel()
	for _, api := range juhe.APIs() {
		for _, v := range juhetest.Verdicts(api) {
			t.Run(fmt.Sprintf("%s/%d", api, v.Code), func(t *testing.T) {
				t.Parallel()
				s := newTestForm(t, withSteppingClock(time.Second))
				s.Fill(juhe.Query{API: api, Factors: v.Factors, Regstatus: true})
				sent := s.press("ctrl+s")
				if !s.InProgress() { // to confirm warnings
					sent = s.press("ctrl+s")
				}
				rec := uitest.Await[form.DoneMsg](t, sent).Record
				if want := (juhe.Query{API: api, Factors: v.Factors, Regstatus: true}); rec.Query != want {
					t.Errorf("got query %+v, want %+v", rec.Query, want)
				}
				if got := rec.Code(); api != juhe.APIQueryV2 && got != v.Code {
					t.Errorf("got code %d, want %d", got, v.Code)
				}
			})
		}
	}
}
