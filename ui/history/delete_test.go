package history_test

import (
	"context"
	"fmt"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
	"fourfactor/ui/widget"
)

// TestDelete: y deletes, and the selection stays in place.
func TestDelete(t *testing.T) {
	t.Parallel()
	for _, yes := range []string{"y", "ｙ"} {
		l := newLedger(t, records(4)...)
		s := newOpenScreen(t, "zh", l)
		for _, step := range []struct{ move, was, is int }{{1, 1, 2}, {1, 3, 2}, {-2, 0, 2}} {
			for range step.move {
				s.press("down")
			}
			for range -step.move {
				s.press("up")
			}
			s.assertSelected(step.was)
			s.press("d", yes)
			s.assertStatus(widget.Note, s.words.History.Deleted)
			s.assertSelected(step.is)
			if _, there, err := l.Get(t.Context(), record(step.was).ID); there || err != nil {
				t.Errorf("%s is there, %v", record(step.was).ID, err)
			}
		}
		s.press("d", yes)
		s.AssertShows(s.words.History.Empty)
	}
}

// TestNotDeleted: any key but y deletes nothing, and has no other effect during the
// question.
func TestNotDeleted(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		l := newLedger(t, records(4)...)
		s := newOpenScreen(t, w.Lang, l)
		for _, no := range []string{"n", "ｎ", "esc"} {
			s.press("down", "d")
			s.AssertShows(w.History.Delete, record(1).Query.Factors[juhe.Entname]+" / ", w.History.DeleteNote, "y "+w.History.DeleteYes+" · n "+w.History.DeleteNo)
			s.assertState(false, true, map[string]string{"y": w.History.DeleteYes, "n": w.History.DeleteNo})
			if got := s.enabled(); len(got) != 3 {
				t.Errorf("got keys %v, want 3", got)
			}
			s.press("enter", "r", "x", "f", "/", "s", "d", "down", "z", "end")
			s.AssertShows(w.History.Delete)
			s.assertSelected(1)
			s.press(no)
			s.AssertHides(w.History.Delete)
			s.assertSelected(1)
			s.press("up")
			if got := s.lastMessage(); got != nil {
				t.Errorf("got message %v", got)
			}
		}
		page, err := l.Search(t.Context(), lookup.Search{})
		if err != nil || len(page.Records) != 4 {
			t.Errorf("%d are left, %v", len(page.Records), err)
		}
	}
}

// TestDeleteFails: after an error the row stays and can be deleted again.
func TestDeleteFails(t *testing.T) {
	t.Parallel()
	l := &recordingLedger{Ledger: newLedger(t, records(4)...)}
	s := newOpenScreen(t, "zh", l)
	l.err = errFull
	s.press("d", "y")
	s.assertStatus(widget.Error, fmt.Sprintf(s.words.History.DeleteFailed, s.words.ErrorText(errFull)))
	s.assertSelected(0)
	s.AssertShows(loaded(s.words, 4))
	l.err = nil
	s.press("d", "y")
	s.assertSelected(1)
}

// unwipedLedger deletes, but fails to wipe the file.
type unwipedLedger struct{ *recordingLedger }

func (w unwipedLedger) Delete(ctx context.Context, ids ...string) (int, error) {
	n, _ := w.Ledger.Delete(ctx, ids...)
	return n, errFull
}

// TestDeletedInPart: a deleted lookup is not shown, even if an error followed.
func TestDeletedInPart(t *testing.T) {
	t.Parallel()
	s := newOpenScreen(t, "zh", unwipedLedger{&recordingLedger{Ledger: newLedger(t, records(4)...)}})
	s.press("d", "y")
	s.assertStatus(widget.Warn, fmt.Sprintf(s.words.History.DeleteRemains, s.words.ErrorText(errFull)))
	s.assertSelected(1)
}

// TestDeleteMeanwhile: rows may come and go during a deletion.
func TestDeleteMeanwhile(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(4)...)
	s := newOpenScreen(t, "zh", l)
	s.press("d")
	end := s.Press("y")
	if s.assertSelected(0); s.enabled()["d"] != "" {
		t.Error("a second one can be deleted")
	}
	s.press("down", "d")
	s.AssertHides(s.words.History.Delete)
	before := parts(s.Open())[0]() // a page that still contains it
	s.run(end)
	s.run(s.Update(before))
	s.assertStatus(widget.Note, s.words.History.Deleted)
	s.assertSelected(1)
	s.press("home")
	s.assertSelected(1)

	s.press("d")
	if _, err := l.Delete(t.Context(), "id-001"); err != nil {
		t.Fatal(err)
	}
	s.press("y")
	s.assertStatus(widget.Note, s.words.History.DeletedGone)
	s.assertSelected(2)
}
