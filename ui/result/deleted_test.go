package result_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/result"
	"fourfactor/ui/widget"
)

// ledgerWithoutRecords is a ledger whose lookups another process has deleted, or that
// cannot be read.
type ledgerWithoutRecords struct {
	result.Ledger
	err error
}

func (e ledgerWithoutRecords) Get(context.Context, string) (lookup.Record, bool, error) {
	return lookup.Record{}, false, e.err
}

// TestDeletedElsewhere: a lookup that another process deleted is not revealed, copied or filled
// in, nor is an answer that came from it; the screens forget it.
func TestDeletedElsewhere(t *testing.T) {
	t.Parallel()
	verifier := newMockVerifier(t)
	own := lookUp(t, verifier, juhetest.Query(juhe.APIQuery))
	answered := own
	answered.ID, answered.Earlier = own.ID+"x", &own
	for _, rec := range []lookup.Record{own, answered} {
		for _, letter := range []string{"x", "c", "j", "r", "e", "a"} {
			if letter == "a" && rec.Earlier == nil {
				continue
			}
			s := newScreen(t, "zh", func(o *result.Options) { o.Ledger = ledgerWithoutRecords{o.Ledger, nil} })
			s.Show(rec)
			got := s.press(letter)
			if len(got) != 1 || got[0] != (widget.RecordGoneMsg{ID: own.ID}) || s.clipboard.Text != "" {
				t.Errorf("%s: %+v, copied %q", letter, got, s.clipboard.Text)
			}
			s.Forget(own.ID)
			if s.press(letter) != nil {
				t.Errorf("%s: it is shown still", letter)
			}
			for _, b := range s.Keys().ShortHelp() {
				if b.Enabled() && b.Keys()[0] == letter {
					t.Errorf("%s: the footer offers it with nothing to do it to", letter)
				}
			}
		}
	}
}

// TestLedgerUnreadable: an answer can be copied if the ledger cannot be read or never
// contained it.
func TestLedgerUnreadable(t *testing.T) {
	t.Parallel()
	rec := lookUp(t, newMockVerifier(t), juhetest.Query(juhe.APIQuery))
	unsaved := rec
	unsaved.RecordErr = errors.New("full")
	for name, test := range map[string]struct {
		rec lookup.Record
		err error
	}{"unreadable": {rec, errors.New("damaged")}, "unsaved": {unsaved, nil}} {
		s := newScreen(t, "zh", func(o *result.Options) { o.Ledger = ledgerWithoutRecords{o.Ledger, test.err} })
		s.Show(test.rec)
		if text, _ := s.pressCopy("c"); text == "" {
			t.Errorf("%s: not copied", name)
		}
	}
}

// TestCopyUnsaved: an unrecorded answer is copied for history import, and the status
// says that the copy contains the person.
func TestCopyUnsaved(t *testing.T) {
	t.Parallel()
	rec := lookUp(t, newMockVerifier(t), juhetest.Query(juhe.APIQuery))
	rec.RecordErr = errors.New("full")
	s := newScreen(t, "zh", nil)
	s.Show(rec)
	text, said := s.pressCopy("j")
	if read, _, err := lookup.ParseRecordJSON([]byte(text)); err != nil || read.Query.Factors != rec.Query.Factors || read.ID != rec.ID {
		t.Errorf("%v: %s", err, text)
	}
	if want := s.words.Result.CopiedUnsaved; said.Severity != widget.Note || len(want) == 0 || !json.Valid([]byte(text)) {
		t.Errorf("got %+v", said)
	}
}
