package form_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/widget"
)

// TestSentOnce: however often and by whichever keys it is asked for, one
// request leaves until its answer is there.
func TestSentOnce(t *testing.T) {
	t.Parallel()
	for _, keys := range []string{
		"enter enter enter", "f5 f5 f5", "ctrl+s ctrl+s", "enter f5 ctrl+s enter",
		"f5 enter tab enter", "f5 esc f5 esc f5", "f5 ctrl+t f5", "f5 ctrl+l f5",
	} {
		t.Run(keys, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, filled(company()))
			d.press("tab", "tab", "tab")
			var all []tea.Cmd
			for _, name := range strings.Fields(keys) {
				all = append(all, d.press(name))
			}
			var wait sync.WaitGroup
			for _, cmd := range all {
				wait.Go(func() { runAll(cmd) })
			}
			wait.Wait()
			if n := d.server.Requests(); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// runAll runs a command and what it is a batch of.
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

// TestWalk types the four factors, with Enter alone, and reads the answer.
func TestWalk(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := company()
	var cmd tea.Cmd
	for i, text := range []string{c.Entname, c.Entmark, c.Realname, c.Idcard} {
		if _, y, ok := d.Caret(); !ok || y != 2*i {
			t.Errorf("field %d has its caret in line %d", i, y)
		}
		d.write(text)
		if d.InProgress() {
			t.Fatalf("Enter in field %d sends", i-1)
		}
		cmd = d.press("enter")
	}
	if !d.InProgress() {
		t.Fatal("Enter on the last field does not send")
	}
	d.shows(d.words.Form.Sending)
	done := await[form.DoneMsg](t, cmd)
	if done.Record.Reply.Outcome != juhe.Match || done.Record.Query.Factors != c.Factors(juhe.APIQuery) {
		t.Errorf("%+v", done)
	}
	opened := await[form.ShowResultMsg](t, d.Update(done))
	if opened.Record.ID != done.Record.ID || d.InProgress() {
		t.Errorf("opened %s, under way: %t", opened.Record.ID, d.InProgress())
	}
	d.holds(c.Factors(juhe.APIQuery))
	d.hides(d.words.Form.Sending)
}

// TestEmptyField: it is named, gets the focus, and nothing else is lost.
func TestEmptyField(t *testing.T) {
	t.Parallel()
	for name := range juhe.NumFactors {
		for _, blank := range []string{"", "  ", "\u3000", "\u200b"} {
			t.Run(fmt.Sprintf("%s/%+q", name, blank), func(t *testing.T) {
				t.Parallel()
				factors := company().Factors(juhe.APIQuery)
				factors[name] = blank
				d := newDesk(t, func(o *form.Options, _ *juhe.Options) { o.InitialQuery.Factors = factors })
				d.says(d.press("f5"), widget.Error, d.words.Input("empty", d.words.Fields[name.String()].Label))
				if _, y, _ := d.Caret(); y != 2*int(name) || d.InProgress() || d.server.Requests() != 0 {
					t.Errorf("caret in line %d, under way: %t, %d requests", y, d.InProgress(), d.server.Requests())
				}
				factors[name] = ""
				d.holds(factors)
			})
		}
	}
}

// TestPlaceholders: what says that there is no value, and what is masked, is named
// and not sent, however often that is asked for; a pasted row does not bring it in.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for value, problem := range map[string]string{"NULL": "placeholder", "无": "placeholder", "/": "placeholder", "张*": "masked", "1101****002X": "masked"} {
		for name := range juhe.NumFactors {
			if name < 2 && problem == "masked" {
				continue // a company with one asterisk has a name, if an odd one
			}
			d := newDesk(t, filled(company()))
			factors := company().Factors(juhe.APIQuery)
			factors[name] = value
			d.Fill(juhe.Query{API: juhe.APIQuery, Factors: factors})
			for range 3 {
				d.says(d.press("f5"), widget.Error, d.words.Input(problem, d.words.Fields[name.String()].Label))
			}
			if _, y, _ := d.Caret(); y != 2*int(name) || d.InProgress() || d.server.Requests() != 0 {
				t.Errorf("caret in line %d, under way: %t, %d requests", y, d.InProgress(), d.server.Requests())
			}
		}
	}
}

// TestNoCredential: what is missing is said, and the typing is kept.
func TestNoCredential(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		set  setting
		text func(*desk) string
	}{
		"key": {
			func(_ *form.Options, c *juhe.Options) { c.Key = noSecret },
			func(d *desk) string { return fmt.Sprintf(d.words.Form.BadKey, "没有 key 文件", "Ctrl+R") },
		},
		"openid": {
			func(o *form.Options, c *juhe.Options) { o.InitialQuery.API, c.Openid = juhe.APIQueryEncry, noSecret },
			func(d *desk) string { return fmt.Sprintf(d.words.Form.BadOpenid, "没有 key 文件", "Ctrl+R") },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, filled(company()), test.set)
			done := await[form.DoneMsg](t, d.press("f5"))
			d.says(d.Update(done), widget.Error, test.text(d))
			d.holds(company().Factors(juhe.APIQuery))
			if d.InProgress() || d.server.Requests() != 0 {
				t.Errorf("under way: %t, %d requests", d.InProgress(), d.server.Requests())
			}
		})
	}
}

// TestUnsent: the result says so, the typing is kept, and it can be sent
// again.
func TestUnsent(t *testing.T) {
	t.Parallel()
	const nobody = "http://127.0.0.1:1" // a port that no test beside this one is given
	d := newDesk(t, filled(company()), func(_ *form.Options, c *juhe.Options) { c.BaseURL = nobody })
	done := await[form.DoneMsg](t, d.press("f5"))
	if done.Err != nil || done.Record.Reply.Outcome != juhe.Unsent {
		t.Fatalf("%+v", done)
	}
	await[form.ShowResultMsg](t, d.Update(done))
	d.holds(company().Factors(juhe.APIQuery))
	if d.press("f5"); !d.InProgress() {
		t.Error("it cannot be sent again")
	}
	d.Cancel()
}

// TestStopWaiting: Esc stops waiting, not the call.
func TestStopWaiting(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	sent := d.press("f5")
	d.says(d.press("esc"), widget.Warn, d.words.Form.Detached)
	if d.press("esc") != nil {
		t.Error("a second Esc says something")
	}
	d.shows(d.words.Form.Unwaited)
	d.press("ctrl+l")
	d.write("另一家")
	d.shows("▸ 企业名称  另一家", d.words.Form.Unwaited+"："+company().Entname)
	d.says(d.press("f5"), widget.Warn, d.words.Form.StillUnderWay)

	done := await[form.DoneMsg](t, sent)
	o := string(juhe.Match)
	d.says(d.Update(done), widget.Note, fmt.Sprintf(d.words.Form.Arrived, "✓ "+d.words.Outcomes[o], "Ctrl+O"))
	if d.InProgress() || d.server.Requests() != 1 {
		t.Errorf("under way: %t, %d requests", d.InProgress(), d.server.Requests())
	}
	d.press("left") // which takes the status away
	d.shows(fmt.Sprintf(d.words.Form.Arrived, "✓ "+d.words.Outcomes[o], "Ctrl+O"))
	opened := await[form.ShowResultMsg](t, d.OpenLast())
	d.hides(d.words.Outcomes[o])
	if opened.Record.ID != done.Record.ID {
		t.Errorf("opened %s, not %s", opened.Record.ID, done.Record.ID)
	}
	d.shows("另一家")
}

// TestUnwaitedFailure: it is said too when nobody waits.
func TestUnwaitedFailure(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()), func(_ *form.Options, c *juhe.Options) { c.Key = noSecret })
	sent := d.press("f5")
	d.press("esc")
	d.says(d.Update(await[form.DoneMsg](t, sent)), widget.Error, fmt.Sprintf(d.words.Form.BadKey, "没有 key 文件", "Ctrl+R"))
	d.says(d.OpenLast(), widget.Note, d.words.Form.NoLast)
}

// TestStale: the end of an earlier lookup, or of none, is dropped.
func TestStale(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	if d.Update(form.DoneMsg{ID: 0}) != nil || d.Update(form.DoneMsg{ID: 1}) != nil {
		t.Error("an end without a beginning is taken")
	}
	first := await[form.DoneMsg](t, d.press("f5"))
	d.Update(first)
	second := d.press("f5")
	if d.Update(first) != nil || !d.InProgress() {
		t.Error("the end of the first lookup ends the second")
	}
	done := await[form.DoneMsg](t, second)
	if done.ID == first.ID || d.Update(done) == nil || d.InProgress() {
		t.Errorf("the second lookup, %d after %d, does not end", done.ID, first.ID)
	}
	if d.Update(done) != nil {
		t.Error("an end is taken twice")
	}
}

// TestAbandon: a lookup that is given up before it left is unsent.
func TestAbandon(t *testing.T) {
	t.Parallel()
	d := newDesk(t, filled(company()))
	d.Cancel()
	sent := d.press("f5")
	d.Cancel()
	done := await[form.DoneMsg](t, sent)
	if done.Record.Reply.Outcome != juhe.Unsent || d.server.Requests() != 0 {
		t.Errorf("%+v, %d requests", done.Record.Reply, d.server.Requests())
	}
}

// TestEveryVerdict: what the form sends is what stands in it, by every
// endpoint.
func TestEveryVerdict(t *testing.T) {
	t.Parallel()
	for _, api := range juhe.APIs() {
		for _, v := range mockserver.Verdicts(api) {
			t.Run(fmt.Sprintf("%s/%d", api, v.Code), func(t *testing.T) {
				t.Parallel()
				d := newDesk(t, clock(time.Second))
				d.Fill(juhe.Query{API: api, Factors: v.Factors, Regstatus: true})
				sent := d.press("ctrl+s")
				if !d.InProgress() { // there are warnings
					sent = d.press("ctrl+s")
				}
				rec := await[form.DoneMsg](t, sent).Record
				if rec.Query != (juhe.Query{API: api, Factors: v.Factors, Regstatus: true}) {
					t.Errorf("sent %+v", rec.Query)
				}
				if api != juhe.APIQueryV2 && rec.Code() != v.Code {
					t.Errorf("code %d", rec.Code())
				}
			})
		}
	}
}
