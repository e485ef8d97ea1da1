package history_test

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// reveal presses x, and gives what ends the reveal.
func (s screen) reveal() tea.Msg {
	s.t.Helper()
	var end tea.Msg
	for _, trace := range parts(s.key("x")) {
		for _, part := range parts(s.Update(trace())) {
			if msg := part(); msg != (widget.StatusMsg{Severity: widget.Note, Text: fmt.Sprintf(s.words.Result.Revealed, "1ns")}) {
				end = msg
			}
		}
	}
	return end
}

func (s screen) revealed(want bool, when string) {
	s.t.Helper()
	shown := s.shown()
	for i := range 3 {
		if f := record(i).Query.Factors; (strings.Contains(shown, f[juhe.Realname]) || strings.Contains(shown, f[juhe.Idcard])) != (want && i == 0) {
			s.t.Errorf("%s: %s is shown: %t\n%s", when, f[juhe.Realname], !(want && i == 0), shown)
		}
	}
}

// TestReveal: x shows the person of the selected row alone, until its own end
// or another row.
func TestReveal(t *testing.T) {
	t.Parallel()
	for _, width := range []int{60, 80, 140} {
		l := newLedger(t, records(3)...)
		s := opened(t, "zh", l)
		s.SetSize(width, 20)
		s.revealed(false, "at first")
		first := s.reveal()
		s.revealed(true, "after x")
		s.Update(first)
		s.revealed(false, "at its end")

		second := s.reveal()
		s.Update(first)
		s.revealed(true, "at the end of the one before")
		s.press("down")
		s.revealed(false, "on another row")
		s.press("up")
		s.revealed(false, "back again")
		s.Update(second)

		third := s.reveal()
		s.Update(second)
		s.revealed(true, "at the end of one that was left")
		s.press("x")
		s.revealed(false, "after a second x")
		s.reveal()
		s.Update(third)
		s.revealed(true, "at the end of one that was taken back")
		s.press("f", "f")
		s.revealed(false, "among other rows")

		trail := trail(t, l)
		if len(trail) != 4 || trail[0].Action != lookup.AuditReveal || trail[0].ID != "id-000" {
			t.Errorf("the audit trail is %+v", trail)
		}
	}
}

func trail(t *testing.T, l *ledger.Ledger) []lookup.AuditEvent {
	t.Helper()
	trail, err := l.AuditLog(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return trail
}

// TestRevealIsTracedFirst: nothing is shown before the audit trail has it, and
// nothing if the operator has moved on by then.
func TestRevealIsTracedFirst(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(3)...)
	s := opened(t, "zh", l)
	trace := s.key("x")
	s.revealed(false, "before the trace")
	if n := len(trail(t, l)); n != 0 {
		t.Fatalf("%d traces: the ledger is asked by Update", n)
	}
	traced := trace()
	if n := len(trail(t, l)); n != 1 {
		t.Fatalf("%d traces", n)
	}
	s.press("down")
	if cmd := s.Update(traced); cmd != nil {
		t.Error("something is shown on another row")
	}
	s.revealed(false, "on another row")
	s.press("up")
	s.Update(traced)
	s.revealed(false, "back on the row")
}

// TestRevealFails: no trace, no person.
func TestRevealFails(t *testing.T) {
	t.Parallel()
	l := &watched{Ledger: newLedger(t, records(3)...)}
	s := opened(t, "zh", l)
	l.err = full
	s.press("x")
	s.revealed(false, "without a trace")
	s.says(widget.Error, fmt.Sprintf(s.words.History.RevealFailed, lookup.ErrorText(s.words, full)))
	l.err = nil
	s.reveal()
	s.revealed(true, "after x again")
}

// TestRevealGone: a row that another console has deleted is not revealed, and goes.
func TestRevealGone(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(3)...)
	s := opened(t, "zh", l)
	if n, err := l.Delete(t.Context(), "id-000"); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	for _, look := range parts(s.key("x")) {
		msg := look()
		if msg != (widget.RecordGoneMsg{ID: "id-000"}) {
			t.Errorf("%+v", msg)
		}
		s.Update(msg)
	}
	s.revealed(false, "after x")
	if strings.Contains(s.shown(), record(0).Query.Factors[juhe.Entname]) {
		t.Errorf("it is listed still:\n%s", s.shown())
	}
}
