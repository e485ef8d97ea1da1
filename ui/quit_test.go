package ui_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui"
	"fourfactor/ui/form"
	"fourfactor/ui/result"
	"fourfactor/ui/uitest"
)

// isQuit reports whether a command ends the program.
func isQuit(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	_, ok := cmd().(tea.QuitMsg)
	return ok
}

// TestQuitIdle: when nothing is in progress one Ctrl+C quits on every screen.
func TestQuitIdle(t *testing.T) {
	t.Parallel()
	for name, scene := range map[string]func(console){
		"form":   func(console) {},
		"empty":  func(c console) { c.press("北京", "ctrl+l") },
		"filled": func(c console) { c.fill(matchingQuery()) },
		"help":   func(c console) { c.press("f1") },
		"result": func(c console) { c.lookUp(matchingQuery()) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, consoleOptions{lang: "zh"})
			scene(c)
			if !isQuit(c.press("ctrl+c")) || c.UnfinishedLookup() != nil {
				t.Error("it does not quit")
			}
		})
	}
}

// TestQuitUnsent: on every screen the first Ctrl+C warns if the form has unsent text.
func TestQuitUnsent(t *testing.T) {
	t.Parallel()
	for _, front := range []string{"f2", "f1", "f3", "f4"} {
		c := newConsole(t, consoleOptions{lang: "zh"})
		c.press("北京")
		for range 2 { // the key that opens the screen disarms the first Ctrl+C
			c.press(front)
			if c.press("ctrl+c") != nil {
				t.Fatalf("%s: the first Ctrl+C returns a command", front)
			}
			c.AssertShows(fmt.Sprintf(c.words.AtExit.QuitUnsent, "Ctrl+C"))
		}
		if !isQuit(c.press("ctrl+c")) {
			t.Errorf("%s: the second Ctrl+C does not quit", front)
		}
	}
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(matchingQuery())
	c.update(uitest.Await[result.EditMsg](t, c.press("e")))
	if isQuit(c.press("二", "ctrl+c")) {
		t.Error("what was changed after it was sent is lost without a warning")
	}
	if !isQuit(c.press("backspace", "ctrl+c")) {
		t.Error("it warns of what was sent")
	}
}

// await ends the console and returns its notices.
func (c console) await(giveUp context.Context) (said []string) {
	c.Await(giveUp, func(text string) { said = append(said, text) })
	return said
}

// TestQuitUnderWay: the first Ctrl+C warns and the second quits. The lookup in
// progress is awaited, with a notice, until a signal aborts it.
func TestQuitUnderWay(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]juhe.Outcome{"late": juhe.Match, "hang": juhe.Lost} {
		c := newConsole(t, consoleOptions{lang: "zh"})
		c.fill(queryNamed(caseName(name)))
		runAsync(c.press("f5"))
		<-c.arrived
		if c.press("ctrl+c") != nil {
			t.Fatal("the first Ctrl+C returns a command")
		}
		c.AssertShows(fmt.Sprintf(c.words.App.QuitWarning, "Ctrl+C"))
		if !isQuit(c.press("ctrl+c")) {
			t.Fatal("the second Ctrl+C does not quit")
		}
		giving, giveUp := context.WithCancel(t.Context())
		if want == juhe.Lost {
			giveUp()
		}
		said := c.await(giving)
		giveUp()
		if text := fmt.Sprintf(c.words.Runs.Progress.Interrupted, 1, c.Form.Service.Timeout); want == juhe.Match && !slices.Equal(said, []string{text}) {
			t.Errorf("got notices %q", said)
		}
		assertLookup(t, c.UnfinishedLookup(), queryNamed(caseName(name)), want)
	}
}

// TestQuitDoesNotWaitLong: an aborted lookup that does not end counts as lost within a
// second. One that has not started is never sent.
func TestQuitDoesNotWaitLong(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.fill(matchingQuery())
	sent := c.press("f5")
	c.await(t.Context())
	runAsync(sent) // has no effect
	if c.UnfinishedLookup() != nil || c.InterruptedLookup() != nil {
		t.Errorf("left %+v, cut %+v", c.UnfinishedLookup(), c.InterruptedLookup())
	}

	given, giveUp := context.WithCancel(t.Context())
	giveUp()
	c = newConsole(t, consoleOptions{lang: "zh"})
	begun := make(chan struct{})
	c.Form.Verifier = verifierFunc(func() {
		close(begun)
		select {}
	})
	c.fill(matchingQuery())
	runAsync(c.press("f5"))
	<-begun
	c.await(given)
	assertLookup(t, c.UnfinishedLookup(), matchingQuery(), juhe.Lost)
}

// assertLookup fails unless a lookup has this query and outcome.
func assertLookup(t *testing.T, got *form.DoneMsg, q juhe.Query, outcome juhe.Outcome) {
	t.Helper()
	if got == nil {
		t.Fatal("got no lookup")
	}
	if got.Err != nil {
		t.Errorf("got error %v", got.Err)
	}
	if got.Record.Query != q {
		t.Errorf("got query %+v, want %+v", got.Record.Query, q)
	}
	if got.Record.Reply.Outcome != outcome {
		t.Errorf("got outcome %s, want %s", got.Record.Reply.Outcome, outcome)
	}
}

// verifierFunc is a verifier that calls a function and then panics.
type verifierFunc func()

func (do verifierFunc) Do(context.Context, juhe.Query, lookup.Consent) (lookup.Record, error) {
	do()
	panic("it breaks")
}

// runAsync runs a command, and the commands of a batch, without delivering messages,
// as Bubble Tea does after its loop has ended.
func runAsync(cmd tea.Cmd) {
	go func() {
		if batch, ok := cmd().(tea.BatchMsg); ok {
			for _, cmd := range batch {
				runAsync(cmd)
			}
		}
	}()
}

// TestQuitDisarmed: any other key disarms the first Ctrl+C.
func TestQuitDisarmed(t *testing.T) {
	t.Parallel()
	for _, between := range []string{"a", "tab", "esc", "f1", "f2"} {
		c := newConsole(t, consoleOptions{lang: "zh"})
		c.fill(matchingQuery())
		c.press("f5", "ctrl+c", between)
		c.AssertHides(fmt.Sprintf(c.words.App.QuitWarning, "Ctrl+C"))
		if c.press("ctrl+c") != nil {
			t.Errorf("%s in between: the next Ctrl+C returns a command", between)
		}
		c.AssertShows(fmt.Sprintf(c.words.App.QuitWarning, "Ctrl+C"))
	}
}

// TestQuitNotWaiting: it also warns when the operator has stopped waiting, but not
// after the answer has arrived.
func TestQuitNotWaiting(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.fill(matchingQuery())
	sent := c.press("f5")
	c.press("esc")
	if c.press("ctrl+c") != nil {
		t.Fatal("it does not warn")
	}
	c.update(uitest.Await[form.DoneMsg](t, sent))
	if !isQuit(c.press("ctrl+c")) {
		t.Error("it does not quit with nothing in progress")
	}
}

// newUnsavedConsole returns a console with an answer that could not be recorded and
// has not been viewed.
func newUnsavedConsole(t *testing.T) (c console, answer form.DoneMsg) {
	t.Helper()
	c = newConsole(t, consoleOptions{lang: "zh"})
	c.fill(matchingQuery())
	sent := c.press("f5")
	c.press("ctrl+l")
	answer = uitest.Await[form.DoneMsg](t, sent)
	answer.Record.RecordErr = errors.New("full")
	c.update(answer)
	return c, answer
}

// TestQuitUnseen: the first Ctrl+C warns about an unrecorded answer that has not been
// viewed, and the answer is available after the end.
func TestQuitUnseen(t *testing.T) {
	t.Parallel()
	for _, front := range []string{"f2", "f1", "f3", "f4"} {
		c, answer := newUnsavedConsole(t)
		c.press(front)
		warning := fmt.Sprintf(c.words.AtExit.QuitUnviewed, "Ctrl+O", "Ctrl+C")
		if c.press("ctrl+c") != nil {
			t.Fatalf("%s: the first Ctrl+C returns a command", front)
		}
		c.AssertShows(warning)
		c.press("tab")
		if c.press("ctrl+c") != nil {
			t.Errorf("%s: a key in between does not disarm it", front)
		}
		if !isQuit(c.press("ctrl+c")) {
			t.Errorf("%s: the second Ctrl+C does not quit", front)
		}
		if rec := c.Form.UnrecordedResult(); rec == nil || rec.ID != answer.Record.ID {
			t.Errorf("%s: got unviewed result %+v, want %s", front, rec, answer.Record.ID)
		}
		if c.UnfinishedLookup() != nil || c.InterruptedLookup() != nil {
			t.Errorf("%s: got unfinished lookup %+v, interrupted %+v", front, c.UnfinishedLookup(), c.InterruptedLookup())
		}
	}
}

// TestQuitSeen: it does not warn about answers that were viewed or recorded.
func TestQuitSeen(t *testing.T) {
	t.Parallel()
	c, answer := newUnsavedConsole(t)
	c.update(uitest.Await[form.ShowResultMsg](t, c.press("ctrl+o")))
	if !isQuit(c.press("ctrl+c")) || c.Form.UnrecordedResult() != nil {
		t.Error("it warns of what has been seen")
	}
	c, _ = newUnsavedConsole(t)
	if !isQuit(c.update(ui.TerminateMsg{})) || c.Form.UnrecordedResult() == nil {
		t.Errorf("a signal does not end it, or %s is forgotten", answer.Record.ID)
	}
}

// TestInterruptedLookup: a lookup that a panic interrupted is known, without an outcome.
func TestInterruptedLookup(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	begun := make(chan struct{})
	c.Form.Verifier = verifierFunc(func() { close(begun) })
	c.fill(matchingQuery())
	runAsync(c.press("f5"))
	<-begun
	c.await(t.Context())
	if cut := c.InterruptedLookup(); c.UnfinishedLookup() != nil || cut == nil || cut.Record.Query != matchingQuery() {
		t.Errorf("left %+v, cut %+v", c.UnfinishedLookup(), cut)
	}
}
