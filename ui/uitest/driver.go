package uitest

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/ui/widget"
)

// Screen is a screen under test.
type Screen interface {
	Update(tea.Msg) tea.Cmd
	View() string
	Typing() bool
}

// Driver drives a screen as Bubble Tea and the root model do: it presses keys, runs
// commands and delivers their messages.
type Driver struct {
	screen Screen
	t      testing.TB
	// Intercept takes a message that is not to be delivered to the screen. By default
	// the driver takes each widget.StatusMsg.
	Intercept func(tea.Msg) bool
	// AnyWrap makes texts match wherever their lines break.
	AnyWrap bool
	// Statuses are the status messages taken so far.
	Statuses []widget.StatusMsg
	messages chan tea.Msg // of commands, not yet delivered
}

// NewDriver returns a driver of a screen.
func NewDriver(t testing.TB, s Screen) *Driver {
	return &Driver{screen: s, t: t, messages: make(chan tea.Msg)}
}

// Press presses keys, given as for [Key], and returns their commands. Where no text is
// typed it splits a text into single keys.
func (d *Driver) Press(names ...string) tea.Cmd {
	d.t.Helper()
	var cmds []tea.Cmd
	for _, name := range names {
		presses := []tea.KeyMsg{Key(name)}
		if !d.screen.Typing() {
			presses = widget.SplitKeys(presses[0])
		}
		for _, press := range presses {
			cmds = append(cmds, d.screen.Update(press))
		}
	}
	return tea.Batch(cmds...)
}

// Until runs a command and those that follow from it, and delivers their messages,
// until done returns true.
func (d *Driver) Until(cmd tea.Cmd, done func() bool) {
	d.t.Helper()
	d.start(cmd)
	timeout := time.After(30 * time.Second)
	for !done() {
		select {
		case msg := <-d.messages:
			d.deliver(msg)
		case <-timeout:
			d.t.Fatalf("timeout; status messages: %v\n%s", d.Statuses, d.Shown())
		}
	}
}

func (d *Driver) start(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	messages, done := d.messages, d.t.Context().Done()
	go func() {
		select {
		case messages <- cmd():
		case <-done:
		}
	}()
}

func (d *Driver) deliver(msg tea.Msg) {
	if cmds := reflect.ValueOf(msg); cmds.IsValid() && cmds.Kind() == reflect.Slice && cmds.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range cmds.Len() { // a batch or a sequence
			d.start(cmds.Index(i).Interface().(tea.Cmd))
		}
		return
	}
	if status, ok := msg.(widget.StatusMsg); ok && d.Intercept == nil {
		d.Statuses = append(d.Statuses, status)
		return
	}
	if msg != nil && (d.Intercept == nil || !d.Intercept(msg)) {
		d.start(d.screen.Update(msg))
	}
}

// UntilShown runs a command until all texts are shown.
func (d *Driver) UntilShown(cmd tea.Cmd, texts ...string) {
	d.t.Helper()
	d.Until(cmd, func() bool {
		for _, text := range texts {
			if !d.Shows(text) {
				return false
			}
		}
		return true
	})
}

// UntilStatus runs a command until a status message has a text.
func (d *Driver) UntilStatus(cmd tea.Cmd, text string) {
	d.t.Helper()
	d.Until(cmd, func() bool {
		for _, status := range d.Statuses {
			if status.Text == text {
				return true
			}
		}
		return false
	})
}

// Shown returns the screen without colours.
func (d *Driver) Shown() string { return ansi.Strip(d.screen.View()) }

// Shows reports whether the screen contains a text.
func (d *Driver) Shows(text string) bool {
	shown := d.Shown()
	if d.AnyWrap {
		shown, text = strings.Join(strings.Fields(shown), ""), strings.Join(strings.Fields(text), "")
	}
	return strings.Contains(shown, text)
}

// AssertShows fails unless the screen contains all texts.
func (d *Driver) AssertShows(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if !d.Shows(text) {
			d.t.Errorf("%q is not on the screen:\n%s", text, d.Shown())
		}
	}
}

// AssertHides fails if the screen contains one of the texts.
func (d *Driver) AssertHides(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if d.Shows(text) {
			d.t.Errorf("%q is on the screen:\n%s", text, d.Shown())
		}
	}
}
