package ui_test

import (
	"fmt"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
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
