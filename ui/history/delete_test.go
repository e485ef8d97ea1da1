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

// TestDelete: y deletes, and the selection stays where it is.
func TestDelete(t *testing.T) {
	t.Parallel()
	for _, yes := range []string{"y", "ｙ"} {
		l := newLedger(t, records(4)...)
		s := opened(t, "zh", l)
		for _, step := range []struct{ move, was, is int }{{1, 1, 2}, {1, 3, 2}, {-2, 0, 2}} {
			for range step.move {
				s.press("down")
			}
			for range -step.move {
				s.press("up")
			}
			s.isAt(step.was)
			s.press("d", yes)
			s.says(widget.Note, s.words.History.Deleted)
			s.isAt(step.is)
			if _, there, err := l.Get(t.Context(), record(step.was).ID); there || err != nil {
				t.Errorf("%s is there, %v", record(step.was).ID, err)
			}
		}
		s.press("d", yes)
		s.shows(s.words.History.Empty)
	}
}

// TestNotDeleted: anything but y leaves all as it is, and while it is asked no
// key does anything else.
func TestNotDeleted(t *testing.T) {
	t.Parallel()
	for _, w := range i18n.Languages() {
		l := newLedger(t, records(4)...)
		s := opened(t, w.Lang, l)
		for _, no := range []string{"n", "ｎ", "esc"} {
			s.press("down", "d")
			s.shows(w.History.Delete, record(1).Query.Factors[juhe.Entname]+" / ", w.History.DeleteNote, "y "+w.History.DeleteYes+" · n "+w.History.DeleteNo)
			if on := s.enabled(); len(on) != 3 || on["y"] != w.History.DeleteYes || on["n"] != w.History.DeleteNo || !s.HandlesBack() || s.Typing() {
				t.Errorf("the keys are %v", on)
			}
			s.press("enter", "r", "x", "f", "/", "s", "d", "down", "z", "end")
			s.shows(w.History.Delete)
			s.isAt(1)
			s.press(no)
			s.hides(w.History.Delete)
			s.isAt(1)
			s.press("up")
			if got := s.said(); got != nil {
				t.Errorf("%v is said", got)
			}
		}
		page, err := l.Search(t.Context(), lookup.Search{})
		if err != nil || len(page.Records) != 4 {
			t.Errorf("%d are left, %v", len(page.Records), err)
		}
	}
}

// TestDeleteFails: nothing disappears, and it can be tried again.
func TestDeleteFails(t *testing.T) {
	t.Parallel()
	l := &watched{Ledger: newLedger(t, records(4)...)}
	s := opened(t, "zh", l)
	l.err = full
	s.press("d", "y")
	s.says(widget.Error, fmt.Sprintf(s.words.History.DeleteFailed, lookup.ErrorText(s.words, full)))
	s.isAt(0)
	s.shows(fmt.Sprintf(s.words.History.Loaded, 4))
	l.err = nil
	s.press("d", "y")
	s.isAt(1)
}

// wiping deletes, but cannot wipe.
type wiping struct{ *watched }

func (w wiping) Delete(ctx context.Context, ids ...string) (int, error) {
	n, _ := w.Ledger.Delete(ctx, ids...)
	return n, full
}

// TestDeletedInPart: what has gone is not shown, whatever else went wrong.
func TestDeletedInPart(t *testing.T) {
	t.Parallel()
	s := opened(t, "zh", wiping{&watched{Ledger: newLedger(t, records(4)...)}})
	s.press("d", "y")
	s.says(widget.Warn, fmt.Sprintf(s.words.History.DeleteRemains, lookup.ErrorText(s.words, full)))
	s.isAt(1)
}

// TestDeleteMeanwhile: while one is being deleted rows may come and go.
func TestDeleteMeanwhile(t *testing.T) {
	t.Parallel()
	l := newLedger(t, records(4)...)
	s := opened(t, "zh", l)
	s.press("d")
	end := s.key("y")
	if s.isAt(0); s.enabled()["d"] != "" {
		t.Error("a second one can be deleted")
	}
	s.press("down", "d")
	s.hides(s.words.History.Delete)
	before := parts(s.Open())[0]() // the ledger still has it
	s.run(end)
	s.run(s.Update(before))
	s.says(widget.Note, s.words.History.Deleted)
	s.isAt(1)
	s.press("home")
	s.isAt(1)

	s.press("d")
	if _, err := l.Delete(t.Context(), "id-001"); err != nil {
		t.Fatal(err)
	}
	s.press("y")
	s.says(widget.Note, s.words.History.DeletedGone)
	s.isAt(2)
}
