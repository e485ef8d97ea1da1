package batch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/batch"
	"fourfactor/ui/i18n"
)

// TestRun: from the file to the results.
func TestRun(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang, screen: withPrice})
		d.SetSize(160, 30)
		refused := mockserver.ErrorCodeEntname(253504)
		d.runUntilEnded(d.startRun(d.writeFile("a.csv", makeTable("", "", "", refused, "虚构html-502公司"))))
		out := filepath.Join(d.dir, "a"+w.Batch.Suffix+".xlsx")
		if _, err := os.Stat(out); err != nil {
			t.Error(err)
		}
		d.AssertShows(w.Batch.Finished, w.Outcomes["match"]+"3", w.Outcomes["refused"]+"1", w.Outcomes["unclear"]+"1",
			fmt.Sprintf(w.Batch.Sent, 5), fmt.Sprintf(w.Form.Estimate, 7.5), filepath.Join("~", "a"+w.Batch.Suffix+".xlsx"),
			fmt.Sprintf(w.Batch.RowIssues, 2), refused, w.Codes[253504].Meaning)
		d.AssertHides(mockserver.Companies()[3].Realname, mockserver.Companies()[3].Idcard)
		d.UntilShown(d.Press("esc"), w.Batch.State, "a.csv", w.Batch.Finished)
		d.AssertShows(fmt.Sprintf(w.Batch.Position, 1, 1))
	}
}

// TestPause: a paused run sends and draws nothing new, and the same key continues it.
func TestPause(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	ended := d.startRun(d.writeFile("a.csv", makeRows(30)))
	d.runUntil(func() bool { return len(d.service.arrived) == 4 }, ended)
	d.Press("p")
	d.AssertShows(d.words.Runs.States["paused"], fmt.Sprintf(d.words.Batch.InProgress, 4))
	close(d.service.gate)
	// The calls in flight end, and the ticks with them.
	d.runUntil(func() bool { return d.Shows(fmt.Sprintf(d.words.Batch.InProgress, 0)) }, d.Press("home"))
	if n := d.service.Requests(); n != 4 {
		t.Errorf("%d requests", n)
	}
	if cmd := d.Press("up"); cmd != nil && cmd() != nil {
		t.Error("something is still going on in a pause")
	}
	d.UntilShown(d.Press("p"), d.words.Runs.States["running"])
	d.runUntilEnded(d.Press("home"))
	if n := d.service.Requests(); n != 30 {
		t.Errorf("%d requests", n)
	}
}

// TestStop: Ctrl+C stops a run safely, and it can be resumed.
func TestStop(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	running := d.startRun(d.writeFile("a.csv", makeRows(30)))
	d.runUntil(func() bool { return len(d.service.arrived) == 4 }, running)
	cmd, taken := d.Interrupt()
	if !taken {
		t.Fatal("a run does not take Ctrl+C")
	}
	if got := d.StopWarning(); got != fmt.Sprintf(d.words.Batch.StoppingNow, 4, "Ctrl+C") {
		t.Errorf("warning %q", got)
	}
	d.UntilShown(cmd, d.words.Runs.States["stopping"])
	close(d.service.gate)
	d.runUntilEnded(nil)
	d.AssertShows(d.words.Runs.Stopped["operator"], fmt.Sprintf(d.words.Batch.NotYetWritten, "s"), fmt.Sprintf(d.words.Batch.HowToResume, "r"), d.words.Outcomes["unsent"]+"26")
	if len(d.outputs()) != 0 || d.service.Requests() != 4 {
		t.Errorf("%d requests, %v", d.service.Requests(), d.outputs())
	}
	d.runUntil(func() bool { return d.Shows(d.words.Runs.Plan.AlreadyDone) }, d.Press("r"))
	d.AssertShows(d.words.Runs.Plan.Calls+"26", d.words.Runs.Plan.AlreadyDone+"4")
	d.clock.advance(time.Second)
	d.runUntilEnded(d.Press("y"))
	d.AssertShows(d.words.Batch.Finished)
	if n := d.service.Requests(); n != 30 || len(d.outputs()) != 1 {
		t.Errorf("%d requests, %v", n, d.outputs())
	}
}

// TestCancelRun: a second Ctrl+C abandons the calls in flight. They are lost, and sent
// again only by a key of their own.
func TestCancelRun(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	running := d.startRun(d.writeFile("a.csv", makeRows(10)))
	d.runUntil(func() bool { return len(d.service.arrived) == 4 }, running)
	first, _ := d.Interrupt()
	second, taken := d.Interrupt()
	if !taken {
		t.Fatal("the second Ctrl+C is not the run's")
	}
	if _, taken := d.Interrupt(); taken {
		t.Error("a third one is the run's too")
	}
	d.runUntilEnded(tea.Batch(first, second))
	d.AssertShows(d.words.Outcomes["lost"]+"4", fmt.Sprintf(d.words.Batch.HowToResend, 4, "l"))
	close(d.service.gate)
	d.runUntil(func() bool { return d.Shows(d.words.Runs.Plan.AlreadyDone + "4") }, d.Press("r"))
	d.AssertShows(d.words.Runs.Plan.Calls + "6")
	d.Press("esc")
	d.runUntil(func() bool { return d.Shows(fmt.Sprintf(d.words.Batch.AskResend, 10, "")) }, d.Press("l"))
	d.clock.advance(time.Second)
	d.runUntilEnded(d.Press("y"))
	d.AssertShows(d.words.Batch.Finished)
}

// TestStopCode: a permanent error code stops the run and is explained.
func TestStopCode(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang, engine: func(o *engine.Options) { o.Concurrency = 1 }})
		d.runUntilEnded(d.startRun(d.writeFile("a.csv", makeTable("", mockserver.ErrorCodeEntname(10012), "", ""))))
		d.AssertShows(fmt.Sprintf(w.Batch.StoppedByCode, 10012), w.Stopped("10012", 10012), w.Codes[10012].Next, w.Outcomes["match"]+"1")
		d.UntilShown(d.Press("esc"), fmt.Sprintf(w.Batch.StoppedByCode, 10012))
	}
}

// TestBreaker: ten consecutive failures pause the run and ask.
func TestBreaker(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"y", "n"} {
		d := newFixture(t, fixtureOptions{lang: "zh"})
		d.UntilShown(d.startRun(d.writeFile("a.csv", makeRowsOf(24, "虚构html-502公司"))), d.words.Batch.AskAfterFailures, d.words.Outcomes["unclear"]+"10")
		d.Press(answer)
		if answer == "y" {
			d.AssertShows(d.words.Batch.AskAfterFailures) // too soon for an answer
		}
		d.clock.advance(time.Second)
		if answer == "n" {
			d.runUntilEnded(d.Press("home"))
			d.AssertShows(d.words.Runs.Stopped["operator"])
			if n := d.service.Requests(); n != 10 {
				t.Errorf("%d requests", n)
			}
			continue
		}
		d.runUntil(func() bool { return d.Shows(d.words.Outcomes["unclear"] + "20") }, d.Press("y"))
	}
}

// TestBreakerHidden: an operator at another screen is notified.
func TestBreakerHidden(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	running := d.startRun(d.writeFile("a.csv", makeRowsOf(12, "虚构close公司")))
	d.Leave()
	d.UntilStatus(running, fmt.Sprintf(d.words.Batch.FailingElsewhere, 1, "F4"))
	if badge, loud := d.Badge(); !loud || !strings.Contains(badge, d.words.Batch.BadgeAsk) {
		t.Errorf("badge %q, %t", badge, loud)
	}
	d.runUntil(func() bool { return true }, d.Open())
	d.clock.advance(time.Second)
	d.AssertShows(d.words.Batch.AskAfterFailures)
	d.runUntilEnded(d.Press("n"))
}

// TestHidden: other runs can be viewed during a run, its end is announced, and no
// second run can start.
func TestHidden(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.runUntil(func() bool { return len(d.service.arrived) == 2 }, d.startRun(d.writeFile("a.csv", makeTable("", ""))))
	d.UntilShown(d.Press("esc"), d.words.Batch.State)
	d.UntilShown(d.Open(), fmt.Sprintf(d.words.Batch.InProgress, 2)) // Open shows the run in progress
	d.Press("esc")
	d.UntilStatus(d.Press("n"), d.words.Batch.OneAtATime)
	d.UntilStatus(d.Paste("a\tb\nc\td"), d.words.Batch.OneAtATime)
	d.Leave()
	if badge, loud := d.Badge(); loud || badge != fmt.Sprintf(d.words.Batch.Badge, 1, 0) {
		t.Errorf("badge %q, %t", badge, loud)
	}
	close(d.service.gate)
	d.UntilStatus(nil, fmt.Sprintf(d.words.Batch.EndedElsewhere, 1, d.words.Batch.Finished, "F4"))
	if badge, _ := d.Badge(); badge != "" {
		t.Errorf("badge %q", badge)
	}
}

// TestStale: messages of another run or task are dropped.
func TestStale(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.Update(batch.RunEndedMsg{ID: 1})
	d.runUntil(func() bool { return len(d.service.arrived) == 2 }, d.startRun(d.writeFile("a.csv", makeTable("", ""))))
	d.Update(batch.RunEndedMsg{ID: 7})
	if !d.IsRunning() {
		t.Error("the end of another run has ended this one")
	}
	close(d.service.gate)
	d.runUntilEnded(nil)
}

// TestSameAnswers: a run whose first rows have the same answer asks and shows the
// answer and the counts of the pause.
func TestSameAnswers(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang, gated: true})
		d.SetSize(80, 24)
		d.UntilShown(d.startRun(d.writeFile("a.csv", makeRowsOf(40, mockserver.ErrorCodeEntname(253504)))), fmt.Sprintf(w.Batch.InProgress, 4))
		close(d.service.gate)
		d.UntilShown(d.Press("home"), w.Batch.AskAfterIdentical, w.Codes[253504].Meaning, w.Outcomes["refused"]+"20",
			fmt.Sprintf(w.Batch.RowIssues, 20)) // all rows, although nothing is read in the pause
		if n := d.service.Requests(); n != 20 {
			t.Errorf("%d requests", n)
		}
		d.clock.advance(time.Second)
		d.runUntilEnded(d.Press("y"))
		if n := d.service.Requests(); n != 40 {
			t.Errorf("%d requests", n)
		}
	}
}

// TestClose: the exit of the program stops a run safely and says how to resume it.
func TestClose(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.runUntil(func() bool { return len(d.service.arrived) == 4 }, d.startRun(d.writeFile("a.csv", makeRows(10))))
	close(d.service.gate)
	<-d.Shutdown()
	d.Close()
	if left := d.ExitMessage(); left != fmt.Sprintf(d.words.Batch.ResumeAtExit, 1) {
		t.Errorf("left %q", left)
	}
	runs, err := d.Runner.List(t.Context(), 0)
	if err != nil || len(runs) != 1 || runs[0].ByOutcome[juhe.Lost] != 0 || runs[0].Sent < 4 {
		t.Errorf("%+v, %v", runs, err)
	}
}
