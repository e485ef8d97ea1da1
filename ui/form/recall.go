package form

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// recallState is the state of stepping through earlier lookups with Ctrl+P and Ctrl+N.
// It starts and ends at what the operator had typed, the draft.
type recallState struct {
	id         int // identifies the walk to which a page belongs
	records    []lookup.Record
	position   int // in records, from 1; 0 is the draft
	draft      juhe.Query
	lastFilled juhe.Query // by the last step
	nextPage   lookup.Cursor
	exhausted  bool // there are no earlier ones
	loading    bool
}

// recallPageMsg is a page of earlier lookups.
type recallPageMsg struct {
	recallID int
	page     lookup.Page
	err      error
}

const recallPageSize = 20

// recallEarlier fills in the next earlier lookup.
func (s *Screen) recallEarlier() tea.Cmd {
	r := &s.recall
	switch {
	case r.loading:
		return nil
	case r.position < len(r.records):
		if r.position == 0 {
			r.draft = s.Query()
		}
		r.position++
		return s.fillAtPosition()
	case r.exhausted:
		return widget.Notify(widget.Note, s.Words.Form.NoEarlier)
	}
	r.loading = true
	id, ledger := r.id, s.Ledger
	search := lookup.Search{After: r.nextPage, Limit: recallPageSize}
	return func() tea.Msg {
		page, err := ledger.Search(context.Background(), search)
		return recallPageMsg{id, page, err}
	}
}

// recallLater fills in the next later lookup, or the draft.
func (s *Screen) recallLater() tea.Cmd {
	r := &s.recall
	if r.position == 0 {
		return widget.Notify(widget.Note, s.Words.Form.NoLater)
	}
	r.position--
	return s.fillAtPosition()
}

func (s *Screen) fillAtPosition() tea.Cmd {
	if s.recall.position == 0 {
		s.fillRecalled(s.recall.draft)
		return widget.Notify(widget.Note, s.Words.Form.DraftRestored)
	}
	rec, at := s.recall.records[s.recall.position-1], s.recall.position
	return s.auditThenFill(rec.ID, rec.LedgerID(), func() tea.Cmd {
		if at != s.recall.position { // another step was made meanwhile
			return nil
		}
		s.fillRecalled(rec.Query)
		s.filledFactors = s.Query().Factors
		return widget.Notify(widget.Note, fmt.Sprintf(s.Words.Form.FilledFrom, rec.At.Format(timeLayout)))
	})
}

// fillRecalled fills in the query of a step. Undo takes back all steps since the last
// change by the operator at once.
func (s *Screen) fillRecalled(q juhe.Query) {
	if s.Query() != s.recall.lastFilled {
		s.pushUndo(true)
	}
	s.setQuery(q)
	s.recall.lastFilled = s.Query()
}

// Edit fills in the query of a lookup, unless the form has it already, perhaps typed
// differently.
func (s *Screen) Edit(rec lookup.Record) tea.Cmd {
	if normal, _ := lookup.Check(s.Query(), s.Now()); normal == rec.Query {
		return nil
	}
	return s.Recall(rec)
}

// Recall fills in a lookup that another screen shows. The later key brings back the
// draft.
func (s *Screen) Recall(rec lookup.Record) tea.Cmd {
	return s.auditThenFill(rec.ID, rec.LedgerID(), func() tea.Cmd {
		draft := s.Query()
		s.resetRecall()
		s.recall.records, s.recall.position, s.recall.draft = []lookup.Record{rec}, 1, draft
		s.fillRecalled(rec.Query)
		s.filledFactors = s.Query().Factors
		return widget.Notify(widget.Note, s.Words.Form.Filled)
	})
}

// addRecallPage adds a page to the walk, without consecutive lookups of the same query, and
// makes the pending step unless a question is shown.
func (s *Screen) addRecallPage(msg recallPageMsg) tea.Cmd {
	r := &s.recall
	if msg.recallID != r.id || !r.loading {
		return nil
	}
	r.loading = false
	if msg.err != nil {
		return widget.Notify(widget.Error, lookup.ErrorText(s.Words, msg.err))
	}
	for _, rec := range msg.page.Records {
		if n := len(r.records); n == 0 || r.records[n-1].Query != rec.Query {
			r.records = append(r.records, rec)
		}
	}
	r.nextPage, r.exhausted = msg.page.Next, !msg.page.More
	if s.question != nil || r.position == len(r.records) && !r.exhausted {
		return nil
	}
	return s.recallEarlier()
}

// resetRecall starts a new walk, because the lookups or the draft have changed.
func (s *Screen) resetRecall() { s.recall = recallState{id: s.recall.id + 1} }
