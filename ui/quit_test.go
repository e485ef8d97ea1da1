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

// quits tells whether a command ends the program at once.
func isQuit(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	_, ok := cmd().(tea.QuitMsg)
	return ok
}

// TestQuitIdle: with nothing under way one Ctrl+C is enough, on every screen.
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

// TestQuitUnsent: what is typed and not sent does not go with one Ctrl+C, from
// any screen.
func TestQuitUnsent(t *testing.T) {
	t.Parallel()
	for _, front := range []string{"f2", "f1", "f3", "f4"} {
		c := newConsole(t, consoleOptions{lang: "zh"})
		c.press("北京")
		for range 2 { // a key in between takes the first one back
			c.press(front)
			if c.press("ctrl+c") != nil {
				t.Fatalf("%s: the first Ctrl+C does more than to warn", front)
			}
			c.AssertShows(fmt.Sprintf(c.words.Leaving.QuitUnsent, "Ctrl+C"))
		}
		if !isQuit(c.press("ctrl+c")) {
			t.Errorf("%s: the second Ctrl+C does not quit", front)
		}
	}
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.lookUp(matchingQuery())
	c.update(uitest.Await[result.EditMsg](t, c.press("e")))
	if isQuit(c.press("二", "ctrl+c")) {
		t.Error("what was changed after it was sent goes without a warning")
	}
	if !isQuit(c.press("backspace", "ctrl+c")) {
		t.Error("it warns of what was sent")
	}
}

// awaits ends the console, and gives what it has said meanwhile.
func (c console) await(giveUp context.Context) (said []string) {
	c.Await(giveUp, func(text string) { said = append(said, text) })
	return said
}

// TestQuitUnderWay: the first Ctrl+C warns, the second leaves at once. What has
// left is awaited then, which is said, until a signal gives it up.
func TestQuitUnderWay(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]juhe.Outcome{"late": juhe.Match, "hang": juhe.Lost} {
		c := newConsole(t, consoleOptions{lang: "zh"})
		c.fill(queryNamed(caseName(name)))
		runAsync(c.press("f5"))
		<-c.arrived
		if c.press("ctrl+c") != nil {
			t.Fatal("the first Ctrl+C does more than to warn")
		}
		c.AssertShows(fmt.Sprintf(c.words.App.QuitWarning, "Ctrl+C"))
		if !isQuit(c.press("ctrl+c")) {
			t.Fatal("the second Ctrl+C does not leave at once")
		}
		giving, giveUp := context.WithCancel(t.Context())
		if want == juhe.Lost {
			giveUp()
		}
		said := c.await(giving)
		giveUp()
		if text := fmt.Sprintf(c.words.Runs.Progress.GivesUp, 1, c.Form.Service.Timeout); want == juhe.Match && !slices.Equal(said, []string{text}) {
			t.Errorf("said %q", said)
		}
		left := c.UnfinishedLookup()
		if left == nil || left.Err != nil || left.Record.Reply.Outcome != want || left.Record.Query != queryNamed(caseName(name)) {
			t.Errorf("%s: left %+v", name, left)
		}
	}
}

// TestQuitDoesNotWaitLong: where a lookup that is given up does not end by
// itself, it is lost within a second. One that has not begun is not sent any
// more.
func TestQuitDoesNotWaitLong(t *testing.T) {
	t.Parallel()
	c := newConsole(t, consoleOptions{lang: "zh"})
	c.fill(matchingQuery())
	sent := c.press("f5")
	c.await(t.Context())
	runAsync(sent) // has nothing to do any more
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
	if left := c.UnfinishedLookup(); left == nil || left.Record.Reply.Outcome != juhe.Lost || left.Record.Query != matchingQuery() {
		t.Errorf("left %+v", left)
	}
}

// verifierFunc is a desk at which every lookup does something and then breaks.
type verifierFunc func()

func (do verifierFunc) Do(context.Context, juhe.Query, lookup.Consent) (lookup.Record, error) {
	do()
	panic("it breaks")
}

// spawn runs a command, and those that it is a batch of, as Bubble Tea does when
// its loop has ended.
func runAsync(cmd tea.Cmd) {
	go func() {
		if batch, ok := cmd().(tea.BatchMsg); ok {
			for _, cmd := range batch {
				runAsync(cmd)
			}
		}
	}()
}

// TestQuitDisarmed: a key in between takes the first Ctrl+C back.
func TestQuitDisarmed(t *testing.T) {
	t.Parallel()
	for _, between := range []string{"a", "tab", "esc", "f1", "f2"} {
		c := newConsole(t, consoleOptions{lang: "zh"})
		c.fill(matchingQuery())
		c.press("f5", "ctrl+c", between)
		c.AssertHides(fmt.Sprintf(c.words.App.QuitWarning, "Ctrl+C"))
		if c.press("ctrl+c") != nil {
			t.Errorf("%s in between: the next Ctrl+C does more than to warn", between)
		}
		c.AssertShows(fmt.Sprintf(c.words.App.QuitWarning, "Ctrl+C"))
	}
}

// TestQuitNotWaiting: it warns too when nobody waits for the answer, and not
// any more when it is there.
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
		t.Error("it does not quit with nothing under way")
	}
}

// unsaved is a console with an answer that is in no ledger and that nobody has seen.
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

// TestQuitUnseen: an answer that is failingStore else does not go with one Ctrl+C, and is
// known to whoever tells it at the end.
func TestQuitUnseen(t *testing.T) {
	t.Parallel()
	for _, front := range []string{"f2", "f1", "f3", "f4"} {
		c, answer := newUnsavedConsole(t)
		c.press(front)
		warning := fmt.Sprintf(c.words.Leaving.QuitUnseen, "Ctrl+O", "Ctrl+C")
		if c.press("ctrl+c") != nil {
			t.Fatalf("%s: the first Ctrl+C does more than to warn", front)
		}
		c.AssertShows(warning)
		c.press("tab")
		if c.press("ctrl+c") != nil {
			t.Errorf("%s: a key in between does not take it back", front)
		}
		if !isQuit(c.press("ctrl+c")) {
			t.Errorf("%s: the second Ctrl+C does not quit", front)
		}
		if rec := c.Form.UnviewedResult(); rec == nil || rec.ID != answer.Record.ID || c.UnfinishedLookup() != nil || c.InterruptedLookup() != nil {
			t.Errorf("%s: %+v", front, rec)
		}
	}
}

// TestQuitSeen: what has been shown, and what the ledger has, is not asked about.
func TestQuitSeen(t *testing.T) {
	t.Parallel()
	c, answer := newUnsavedConsole(t)
	c.update(uitest.Await[form.ShowResultMsg](t, c.press("ctrl+o")))
	if !isQuit(c.press("ctrl+c")) || c.Form.UnviewedResult() != nil {
		t.Error("it warns of what has been seen")
	}
	c, _ = newUnsavedConsole(t)
	if !isQuit(c.update(ui.TerminateMsg{})) || c.Form.UnviewedResult() == nil {
		t.Errorf("a signal does not end it, or %s is forgotten", answer.Record.ID)
	}
}

// TestCut: a look-up that a defect has cut short is known, but not how it ended.
func TestCut(t *testing.T) {
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
