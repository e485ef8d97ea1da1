package history_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// reveal presses x and returns the message that ends the reveal.
func (s testScreen) reveal() tea.Msg {
	s.t.Helper()
	var end tea.Msg
	for _, trace := range parts(s.Press("x")) {
		for _, part := range parts(s.Update(trace())) {
			if msg := part(); msg != (widget.StatusMsg{Severity: widget.Note, Text: fmt.Sprintf(s.words.Result.Revealed, s.words.Duration(time.Nanosecond))}) {
				end = msg
			}
		}
	}
	return end
}

func (s testScreen) revealed(want bool, when string) {
	s.t.Helper()
	shown := s.Shown()
	for i := range 3 {
		if f := record(i).Query.Factors; (strings.Contains(shown, f[juhe.Realname]) || strings.Contains(shown, f[juhe.Idcard])) != (want && i == 0) {
			s.t.Errorf("%s: %s is shown: %t\n%s", when, f[juhe.Realname], !(want && i == 0), shown)
		}
	}
}

// TestReveal: x shows the person of the selected row only, until the reveal ends or
// another row is selected.
func TestReveal(t *testing.T) {
	t.Parallel()
	for _, width := range []int{60, 80, 140} {
		l := newLedger(t, records(3)...)
		s := newOpenScreen(t, "zh", l)
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
			t.Errorf("got audit trail %+v", trail)
		}
	}
}

func trail(t *testing.T, l *sqlite.Ledger) []lookup.AuditEvent {
	t.Helper()
	trail, err := l.AuditLog(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return trail
}

// TestRevealIsRecordedFirst: the person is shown only after the audit log has recorded
// it, and only if the row is still selected.
func TestRevealIsRecordedFirst(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(3)...)
	s := newOpenScreen(t, "zh", l)
	trace := s.Press("x")
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

// TestRevealFails: without an audit record the person is not shown.
func TestRevealFails(t *testing.T) {
	t.Parallel()
	l := &recordingLedger{Ledger: newLedger(t, records(3)...)}
	s := newOpenScreen(t, "zh", l)
	l.err = errFull
	s.press("x")
	s.revealed(false, "without a trace")
	s.assertStatus(widget.Error, fmt.Sprintf(s.words.Result.RevealFailed, s.words.ErrorText(errFull)))
	l.err = nil
	s.reveal()
	s.revealed(true, "after x again")
}

// TestRevealDeleted: a row that another process deleted is removed instead of revealed.
func TestRevealDeleted(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(3)...)
	s := newOpenScreen(t, "zh", l)
	if n, err := l.Delete(t.Context(), "id-000"); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	for _, look := range parts(s.Press("x")) {
		msg := look()
		if msg != (widget.RecordGoneMsg{ID: "id-000"}) {
			t.Errorf("got %+v", msg)
		}
		s.Update(msg)
	}
	s.revealed(false, "after x")
	if strings.Contains(s.Shown(), record(0).Query.Factors[juhe.Entname]) {
		t.Errorf("it is listed still:\n%s", s.Shown())
	}
}
