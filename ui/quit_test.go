package ui_test

import (
	"errors"
	"fmt"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui"
	"fourfactor/ui/form"
)

// quits tells whether a command ends the program at once.
func quits(cmd tea.Cmd) bool {
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
		"typing": func(c console) { c.press("北京") },
		"help":   func(c console) { c.press("f1") },
		"result": func(c console) { c.verify(match()) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, look{lang: "zh"})
			scene(c)
			if !quits(c.press("ctrl+c")) || c.Left() != nil {
				t.Error("it does not quit")
			}
		})
	}
}

// TestQuitUnderWay: the first Ctrl+C warns, the second gives the look-up up
// and leaves when that is known, with its record.
func TestQuitUnderWay(t *testing.T) {
	t.Parallel()
	c := newConsole(t, look{lang: "zh"})
	c.fill(named(slug("hang")))
	sent := c.press("f5")
	answer := make(chan form.DoneMsg, 1)
	go func() { answer <- await[form.DoneMsg](t, sent) }()
	<-c.arrived
	if c.press("ctrl+c") != nil {
		t.Fatal("the first Ctrl+C does more than to warn")
	}
	c.shows(fmt.Sprintf(c.words.App.QuitWarning, "Ctrl+C"))
	if c.press("ctrl+c") == nil {
		t.Fatal("the second Ctrl+C would wait for ever")
	}
	done := <-answer
	if !quits(c.update(done)) {
		t.Error("it does not quit when the look-up has ended")
	}
	left := c.Left()
	if left == nil || left.Err != nil || left.Record.Reply.Outcome != juhe.Lost ||
		left.Record.Reply.Fault.Kind != juhe.FaultInterrupted || left.Record.Query != named(slug("hang")) {
		t.Errorf("left %+v", left)
	}
}

// TestQuitDoesNotWaitLong: where an abandoned look-up does not end by itself,
// the second Ctrl+C still quits within a second, and what is left is lost.
func TestQuitDoesNotWaitLong(t *testing.T) {
	t.Parallel()
	c := newConsole(t, look{lang: "zh"})
	c.fill(match())
	c.press("f5", "ctrl+c")
	if end := c.press("ctrl+c")(); !quits(c.update(end)) {
		t.Error("it does not quit")
	}
	if left := c.Left(); left == nil || left.Record.Reply.Outcome != juhe.Lost || left.Record.Query != match() {
		t.Errorf("left %+v", left)
	}
}

// TestQuitDisarmed: a key in between takes the first Ctrl+C back.
func TestQuitDisarmed(t *testing.T) {
	t.Parallel()
	for _, between := range []string{"a", "tab", "esc", "f1", "f2"} {
		c := newConsole(t, look{lang: "zh"})
		c.fill(match())
		c.press("f5", "ctrl+c", between)
		c.hides(fmt.Sprintf(c.words.App.QuitWarning, "Ctrl+C"))
		if c.press("ctrl+c") != nil {
			t.Errorf("%s in between: the next Ctrl+C does more than to warn", between)
		}
		c.shows(fmt.Sprintf(c.words.App.QuitWarning, "Ctrl+C"))
	}
}

// TestQuitNotWaiting: it warns too when nobody waits for the answer, and not
// any more when it is there.
func TestQuitNotWaiting(t *testing.T) {
	t.Parallel()
	c := newConsole(t, look{lang: "zh"})
	c.fill(match())
	sent := c.press("f5")
	c.press("esc")
	if c.press("ctrl+c") != nil {
		t.Fatal("it does not warn")
	}
	c.update(await[form.DoneMsg](t, sent))
	if !quits(c.press("ctrl+c")) {
		t.Error("it does not quit with nothing under way")
	}
}

// unsaved is a console with an answer that is in no ledger and that nobody has seen.
func unsaved(t *testing.T) (c console, answer form.DoneMsg) {
	t.Helper()
	c = newConsole(t, look{lang: "zh"})
	c.fill(match())
	sent := c.press("f5")
	c.press("ctrl+l")
	answer = await[form.DoneMsg](t, sent)
	answer.Record.Unsaved = errors.New("full")
	c.update(answer)
	return c, answer
}

// TestQuitUnseen: an answer that is nowhere else does not go with one Ctrl+C, and is
// known to whoever tells it at the end.
func TestQuitUnseen(t *testing.T) {
	t.Parallel()
	for _, front := range []string{"f2", "f1", "f3", "f4"} {
		c, answer := unsaved(t)
		c.press(front)
		warning := fmt.Sprintf(c.words.Leaving.QuitUnseen, "Ctrl+O", "Ctrl+C")
		if c.press("ctrl+c") != nil {
			t.Fatalf("%s: the first Ctrl+C does more than to warn", front)
		}
		c.shows(warning)
		c.press("tab")
		if c.press("ctrl+c") != nil {
			t.Errorf("%s: a key in between does not take it back", front)
		}
		if !quits(c.press("ctrl+c")) {
			t.Errorf("%s: the second Ctrl+C does not quit", front)
		}
		if rec := c.Form.Unseen(); rec == nil || rec.ID != answer.Record.ID || c.Left() != nil || c.Cut() != nil {
			t.Errorf("%s: %+v", front, rec)
		}
	}
}

// TestQuitSeen: what has been shown, and what the ledger has, is not asked about.
func TestQuitSeen(t *testing.T) {
	t.Parallel()
	c, answer := unsaved(t)
	c.update(await[form.ResultMsg](t, c.press("ctrl+o")))
	if !quits(c.press("ctrl+c")) || c.Form.Unseen() != nil {
		t.Error("it warns of what has been seen")
	}
	c, _ = unsaved(t)
	if !quits(c.update(ui.Terminate{})) || c.Form.Unseen() == nil {
		t.Errorf("a signal does not end it, or %s is forgotten", answer.Record.ID)
	}
}

// TestCut: a look-up that a defect has cut short is known, but not how it ended.
func TestCut(t *testing.T) {
	t.Parallel()
	c := newConsole(t, look{lang: "zh"})
	c.fill(match())
	sent := c.press("f5")
	if cut := c.Cut(); c.Left() != nil || cut == nil || cut.Record.Query != match() {
		t.Errorf("left %+v, cut %+v", c.Left(), cut)
	}
	c.update(await[form.DoneMsg](t, sent))
	if c.Cut() != nil {
		t.Error("it has ended")
	}
	c.press("f2", "ctrl+l")
	c.fill(named(slug("hang")))
	c.press("f5", "ctrl+c")
	c.update(c.press("ctrl+c")())
	if c.Cut() != nil || c.Left() == nil {
		t.Errorf("quitting has given it up: left %+v, cut %+v", c.Left(), c.Cut())
	}
}
