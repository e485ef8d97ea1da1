package result_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/result"
	"fourfactor/ui/widget"
)

// emptied is a ledger whose look-ups another console has deleted, or one that
// cannot be read.
type emptied struct {
	result.Ledger
	err error
}

func (e emptied) Get(context.Context, string) (lookup.Record, bool, error) {
	return lookup.Record{}, false, e.err
}

// TestGone: what was deleted elsewhere is not revealed, copied or filled in, be it
// a look-up or the ledger's answer from it; the screens are told to forget it.
func TestGone(t *testing.T) {
	t.Parallel()
	desk := standinDesk(t)
	own := do(t, desk, juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[0].Factors(juhe.APIQuery)})
	answered := own
	answered.ID, answered.Earlier = own.ID+"x", &own
	for _, rec := range []lookup.Record{own, answered} {
		for _, letter := range []string{"x", "c", "j", "r", "e", "a"} {
			if letter == "a" && rec.Earlier == nil {
				continue
			}
			s := newScreen(t, "zh", func(o *result.Options) { o.Ledger = emptied{o.Ledger, nil} })
			s.Show(rec)
			got := s.press(letter)
			if len(got) != 1 || got[0] != (widget.RecordGoneMsg{ID: own.ID}) || *s.copied != "" {
				t.Errorf("%s: %+v, copied %q", letter, got, *s.copied)
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

// TestGoneUnknown: where the ledger cannot be read, and of what it never had, an
// answer can be copied.
func TestGoneUnknown(t *testing.T) {
	t.Parallel()
	rec := do(t, standinDesk(t), juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[0].Factors(juhe.APIQuery)})
	unsaved := rec
	unsaved.RecordErr = errors.New("full")
	for name, test := range map[string]struct {
		rec lookup.Record
		err error
	}{"unreadable": {rec, errors.New("damaged")}, "unsaved": {unsaved, nil}} {
		s := newScreen(t, "zh", func(o *result.Options) { o.Ledger = emptied{o.Ledger, test.err} })
		s.Show(test.rec)
		if text, _ := s.copies("c"); text == "" {
			t.Errorf("%s: not copied", name)
		}
	}
}

// TestCopyUnsaved: an answer that is in no ledger is copied so that history import
// takes it, and it says that the person is in it.
func TestCopyUnsaved(t *testing.T) {
	t.Parallel()
	rec := do(t, standinDesk(t), juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[0].Factors(juhe.APIQuery)})
	rec.RecordErr = errors.New("full")
	s := newScreen(t, "zh", nil)
	s.Show(rec)
	text, said := s.copies("j")
	if read, _, err := lookup.ParseRecordJSON([]byte(text)); err != nil || read.Query.Factors != rec.Query.Factors || read.ID != rec.ID {
		t.Errorf("%v: %s", err, text)
	}
	if want := s.words.Result.CopiedUnsaved; said.Severity != widget.Note || len(want) == 0 || !json.Valid([]byte(text)) {
		t.Errorf("%+v", said)
	}
}
