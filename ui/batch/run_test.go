package batch_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/batch"
	"fourfactor/ui/i18n"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
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
		d.AssertShows(fmt.Sprintf(w.Batch.StoppedByCode, 10012), w.Stopped("10012"), w.Codes[10012].Next, w.Outcomes["match"]+"1")
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

// TestActions: each state of a run has its keys. The others do nothing, and each that
// works leads where it says.
func TestActions(t *testing.T) {
	t.Parallel()
	w := i18n.For("zh", nil)
	actions := [][3]string{ // a key, where it leads, and the way back
		{"l", "其中结果未知的可能再次计费", "n"},
		{"r", w.Runs.Plan.Calls, "n"},
		{"s", w.Batch.ExportWhat, "esc"},
		{"u", w.Batch.ExportRestWhat, "esc"},
		{"n", w.Batch.PickHint, "esc"},
	}
	for name, test := range map[string]struct {
		show func() *fixture
		keys string // that work
	}{
		"done":        {func() *fixture { return newScene(t, scenes()["run, done"], "zh") }, "sn"},
		"unresolved":  {func() *fixture { return newScene(t, scenes()["run, issues"], "zh") }, "sun"},
		"stopped":     {func() *fixture { return newScene(t, scenes()["run, code"], "zh") }, "rsun"},
		"lost":        {func() *fixture { return newScene(t, scenes()["run, lost"], "zh") }, "rlsun"},
		"in progress": {func() *fixture { return newScene(t, scenes()["run"], "zh") }, ""},
		"paused":      {func() *fixture { return newScene(t, scenes()["run, paused"], "zh") }, ""},
		"no output": {func() *fixture {
			d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
			os.Mkdir(filepath.Dir(d.loseOutput()), 0o700)
			return d
		}, "rsn"},
		"pasted, done": {func() *fixture {
			d := newFixture(t, fixtureOptions{lang: "zh", sealed: true})
			d.UntilShown(d.Paste(pastedRows(2, "")), w.Batch.PastedStorage)
			d.waitTask(d.Press("enter"))
			d.clock.advance(time.Second)
			d.runUntilEnded(d.Press("y"))
			return d
		}, "n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := test.show()
			before := len(d.service.requests())
			for _, action := range actions {
				works, shown := strings.Contains(test.keys, action[0]), d.Shown()
				for _, b := range d.Keys().ShortHelp() {
					if b.Keys()[0] == action[0] && b.Enabled() != works {
						t.Errorf("%s is offered: %t, want %t", action[0], b.Enabled(), works)
					}
				}
				cmd := d.Press(action[0])
				if works {
					d.UntilShown(cmd, action[1])
					d.Press(action[2])
				} else if got := d.Shown(); got != shown {
					t.Fatalf("%s does something:\n%s", action[0], got)
				}
			}
			d.assertRequests(before)
		})
	}
}

// loseOutput runs a table whose output cannot be written at the end, because its folder is
// gone. It returns the output.
func (d *fixture) loseOutput() string {
	d.t.Helper()
	folder := filepath.Join(d.dir, "出")
	os.Mkdir(folder, 0o700)
	d.openColumns(d.writeFile("a.csv", makeTable("", "")))
	d.Press("up", "up", "ctrl+u", filepath.Join(folder, "果.xlsx"))
	d.waitTask(d.Press("enter"))
	d.clock.advance(time.Second)
	d.runUntil(func() bool { return len(d.service.arrived) == 2 }, d.Press("y"))
	os.Remove(folder)
	close(d.service.gate)
	d.runUntilEnded(nil)
	return filepath.Join(folder, "果.xlsx")
}

// TestWriteResults: if the output could not be written, no answer is lost. A key writes it
// later and sends nothing.
func TestWriteResults(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		d := newFixture(t, fixtureOptions{lang: w.Lang, gated: true})
		out := d.loseOutput()
		d.AssertShows(w.Batch.NotWritten, fmt.Sprintf(w.Batch.HowToWrite, "r", "s"), w.Outcomes["match"]+"2")
		os.Mkdir(filepath.Dir(out), 0o700)
		d.UntilShown(d.Press("r"), w.Batch.AskFree, w.Runs.Plan.AlreadyDone+"2")
		d.clock.advance(time.Second)
		d.runUntilEnded(d.Press("y"))
		d.AssertShows(w.Batch.Finished)
		d.AssertHides(w.Batch.NotWritten)
		d.assertRequests(2)
		if _, err := os.Stat(out); err != nil {
			t.Error(err)
		}
	}
}

// TestResend: lost rows are sent again only by their own key and after their own question,
// and no answered row ever is.
func TestResend(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		keys  []string // each confirmed by y
		calls int
		lost  int // rows at the end
	}{{[]string{"r"}, 6, 4}, {[]string{"l"}, 10, 0}, {[]string{"r", "l"}, 10, 0}} {
		d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
		d.loseRows()
		before := len(d.service.requests())
		for _, key := range test.keys {
			d.UntilShown(d.Press(key), d.words.Batch.Start)
			d.clock.advance(time.Second)
			d.runUntilEnded(d.Press("y"))
		}
		d.assertRequests(before + test.calls)
		d.AssertShows(d.words.Batch.Finished)
		if test.lost > 0 {
			d.AssertShows(d.words.Outcomes["lost"]+"4", fmt.Sprintf(d.words.Batch.HowToResend, test.lost, "l"))
		} else {
			d.AssertHides(d.words.Outcomes["lost"])
		}
		times := map[string]int{}
		for i, r := range d.service.requests() {
			if times[r.entname]++; i >= before && times[r.entname] > 2 || i >= before+10-test.lost {
				t.Errorf("%v: request %d for %s is one too many", test.keys, i, r.entname)
			}
		}
	}
}

// TestBreakerKeys: while a run asks whether to continue, only its answer continues it,
// after 400 ms. The question stays when the page is left.
func TestBreakerKeys(t *testing.T) {
	t.Parallel()
	d := newScene(t, scenes()["run, failures"], "zh")
	for _, press := range []tea.KeyMsg{uitest.Key("p"), uitest.Key("enter"), uitest.Key("r"), uitest.Paste("y"), uitest.Key("y")} {
		d.deliver(d.messages(d.Update(press)))
		d.AssertShows(d.words.Batch.AskAfterFailures)
	}
	d.clock.advance(399 * time.Millisecond)
	d.Press("y")
	d.AssertShows(d.words.Batch.AskAfterFailures)
	d.UntilShown(d.Press("esc"), d.words.Batch.State)
	d.Press("y", "p") // nothing in the list
	d.UntilShown(d.Open(), d.words.Batch.AskAfterFailures)
	d.assertRequests(10)
	d.clock.advance(time.Millisecond)
	d.runUntilEnded(d.Press("y"))
	d.assertRequests(12)
}

// TestPauseMeetsQuestion: the key that pauses does not continue a run that has just paused
// to ask, when the question is not on the screen yet.
func TestPauseMeetsQuestion(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	start, _ := d.startRun(d.writeFile("a.csv", makeRowsOf(12, "虚构html-502公司")))().(tea.BatchMsg)
	for _, cmd := range start {
		go cmd()
	}
	for len(d.service.requests()) < 10 || d.InFlight() > 0 {
		runtime.Gosched()
	}
	d.AssertHides(d.words.Batch.AskAfterFailures)
	d.Press("p")
	d.AssertShows(d.words.Batch.AskAfterFailures)
	d.assertRequests(10)
}

// TestStopAnswered: no to the question stops at once, however soon.
func TestStopAnswered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"run, failures", "run, identical"} {
		d := newScene(t, scenes()[name], "zh")
		before := len(d.service.requests())
		d.runUntilEnded(d.Press("n"))
		d.AssertShows(d.words.Runs.Stopped["operator"], fmt.Sprintf(d.words.Batch.HowToResume, "r"))
		d.assertRequests(before)
	}
}

// TestPauseStops: a paused run can be stopped, a stopping one cannot be paused, and
// neither sends any more.
func TestPauseStops(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.waitInFlight()
	d.Press("p")
	cmd, taken := d.Interrupt()
	if !taken {
		t.Fatal("a paused run does not take Ctrl+C")
	}
	d.AssertShows(d.words.Runs.States["stopping"])
	d.Press("p", "p")
	d.AssertShows(d.words.Runs.States["stopping"])
	close(d.service.gate)
	d.runUntilEnded(cmd)
	d.AssertShows(d.words.Runs.Stopped["operator"], d.words.Outcomes["unsent"]+"26")
	d.assertRequests(4)
	// Just after the end, Ctrl+C is still meant for the run.
	if _, taken := d.Interrupt(); !taken {
		t.Error("Ctrl+C would end the program")
	}
	d.clock.advance(time.Second)
	if _, taken := d.Interrupt(); taken {
		t.Error("an ended run takes Ctrl+C")
	}
}

// TestOtherRunShown: the end of a run does not take the operator from another page.
func TestOtherRunShown(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.openList(d.storeRuns()[6:]...)
	d.waitInFlight()
	d.UntilShown(d.Press("esc"), d.words.Batch.State, d.words.Batch.PastedName)
	d.UntilShown(d.Press("end", "enter"), fmt.Sprintf(d.words.Batch.Number, 1))
	d.UntilStatus(d.Press("r"), d.words.Batch.OneAtATime)
	d.Press("s", "esc") // an export may be prepared meanwhile
	d.UntilShown(d.Press("s"), d.words.History.Export)
	close(d.service.gate)
	d.UntilStatus(nil, fmt.Sprintf(d.words.Batch.EndedElsewhere, 2, d.words.Batch.Finished, "F4"))
	d.AssertShows(fmt.Sprintf(d.words.Batch.Number, 1), d.words.History.Export)
	if !d.Typing() {
		t.Error("the typed path is gone")
	}
	d.UntilShown(d.Press("esc", "esc"), "a.csv", d.words.Batch.Finished)
}

// TestTypingDuringRun: the end of a run that continues behind a field changes no text in
// it.
func TestTypingDuringRun(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.waitInFlight()
	d.Press("esc")
	if d.Press("n"); d.Typing() {
		t.Fatal("a second run can be chosen")
	}
	close(d.service.gate)
	d.runUntilEnded(d.Press("home"))
	d.UntilShown(d.Press("n"), "a.csv")
	d.Press("~/某")
	d.Update(batch.RunEndedMsg{ID: 1}) // once more
	d.AssertShows("~/某")
	if !d.Typing() {
		t.Error("the page was left")
	}
}

// TestShutdown: after Shutdown a run whose command has not begun never begins, and one that
// has sends nothing more.
func TestShutdown(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	running := d.startRun(d.writeFile("a.csv", makeTable("", "")))
	if over := d.Shutdown(); over != nil {
		t.Error("it waits for a run that has not begun")
	}
	d.deliver(d.messages(running))
	d.assertRequests(0)
	if got := d.ExitMessage(); got != "" || d.Finished() {
		t.Errorf("got message %q, finished %t", got, d.Finished())
	}

	d = newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.waitInFlight()
	if got := d.InFlight(); got != 4 || d.RunID() != 1 {
		t.Errorf("got %d in flight of run %d", got, d.RunID())
	}
	over := d.Shutdown()
	close(d.service.gate)
	<-over
	d.assertRequests(4)
	if got, want := d.ExitMessage(), fmt.Sprintf(d.words.Batch.ResumeAtExit, 1); got != want || d.Finished() {
		t.Errorf("got message %q, finished %t, want %q", got, d.Finished(), want)
	}
	d.Close()

	d = newFixture(t, fixtureOptions{lang: "zh", gated: true}) // nothing is left to send
	d.runUntil(func() bool { return len(d.service.arrived) == 2 }, d.startRun(d.writeFile("a.csv", makeTable("", ""))))
	over = d.Shutdown()
	close(d.service.gate)
	<-over
	if got := d.ExitMessage(); got != "" || !d.Finished() {
		t.Errorf("got message %q, finished %t", got, d.Finished())
	}
}

// TestShutdownTask: the exit of the program cancels a task.
func TestShutdownTask(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh"})
	d.openColumns(d.writeFile("a.csv", makeRows(500)))
	planning := d.Press("enter")
	if over := d.Shutdown(); over != nil {
		t.Error("it waits for a run")
	}
	go d.messages(planning)
	d.Close() // waits for the command
	d.assertRequests(0)
}

// TestCounted: the root is asked to count today's calls at most once a second, and at the
// end.
func TestCounted(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	counts := 0
	d.Intercept = func(msg tea.Msg) bool {
		if _, ok := msg.(widget.CountMsg); ok {
			counts++
			return true
		}
		return false
	}
	d.waitInFlight()
	d.runUntil(func() bool { return counts == 1 })
	for sent := 5; sent <= 7; sent++ {
		d.service.gate <- struct{}{}
		d.UntilShown(d.Press("home"), fmt.Sprintf(d.words.Batch.Sent, sent))
	}
	if counts != 1 {
		t.Errorf("got %d counts within a second, want 1", counts)
	}
	d.clock.advance(time.Second)
	d.service.gate <- struct{}{}
	d.runUntil(func() bool { return counts == 2 }, d.Press("home"))
	close(d.service.gate)
	d.runUntilEnded(d.Press("home"))
	d.runUntil(func() bool { return counts >= 3 })
}

// TestUnrecorded: calls that were sent but could not be recorded are reported on the page
// of the run.
func TestUnrecorded(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.waitInFlight()
	d.ledger.Close()
	data := filepath.Join(d.dir, "data")
	os.RemoveAll(data)
	d.writeFile("data", "not a folder")
	close(d.service.gate)
	d.runUntilEnded(d.Press("home"))
	d.AssertShows(fmt.Sprintf(d.words.Batch.Unsaved, 4))
	d.assertRequests(4)
	os.Remove(data)
}

// TestResumeCancelled: Esc while a run is opened again or planned leaves it free, and it can
// be resumed.
func TestResumeCancelled(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	d.loseRows()
	before := len(d.service.requests())
	opening := d.Press("r")
	d.Press("esc")
	d.waitTask(opening)
	d.AssertShows(fmt.Sprintf(d.words.Batch.HowToResume, "r"))
	var planning []tea.Cmd
	for _, msg := range d.messages(d.Press("r")) {
		planning = append(planning, d.Update(msg))
	}
	d.Press("esc")
	d.waitTask(tea.Batch(planning...))
	d.AssertShows(fmt.Sprintf(d.words.Batch.HowToResume, "r"))
	d.UntilShown(d.Press("r"), d.words.Runs.Plan.Calls+"6")
	d.assertRequests(before)
}

// TestResumedRunNotStarted: a resumed run that cannot start, here without a key, says why
// and is shown as it was.
func TestResumedRunNotStarted(t *testing.T) {
	t.Parallel()
	d := newFixture(t, fixtureOptions{lang: "zh", gated: true})
	cmd := d.startRun(d.writeFile("a.csv", makeTable("", "", "", "", "", "", "", "")))
	d.runUntil(func() bool { return len(d.service.requests()) > 0 }, cmd)
	stop, _ := d.Interrupt()
	close(d.service.gate)
	d.runUntilEnded(stop)
	d.ledger.Close()
	next := newFixture(t, fixtureOptions{lang: "zh", dir: d.dir, url: d.url, service: d.service, engine: func(o *engine.Options) {
		client := juhetest.ClientOptions(d.url)
		client.Key = func(context.Context) (string, error) { return "", errors.New("gone") }
		o.Verifier = lookup.New(juhetest.NewClient(t, client), o.Ledger.(lookup.Ledger), lookup.Guard{RepeatWithin: 24 * time.Hour}, o.Now)
	}})
	next.runUntil(func() bool { return true }, next.Open())
	next.UntilShown(nil, "a.csv")
	next.Press("enter")
	next.UntilShown(next.Press("r"), next.words.Runs.Plan.Calls)
	next.clock.advance(time.Second)
	next.Until(next.Press("y"), func() bool { return len(next.Statuses) > 0 })
	want := next.words.NotSentText(&juhe.CredentialError{Name: "key", Err: errors.New("gone")}, "")
	if got := next.Statuses[0].Text; !strings.HasPrefix(got, strings.SplitN(want, "gone", 2)[0]) {
		t.Errorf("got status %q, want the reason, such as %q", got, want)
	}
	next.AssertHides("0001-01-01", next.words.Batch.PastedName)
}
