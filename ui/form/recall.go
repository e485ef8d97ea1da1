package form

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// recall steps through earlier lookups with Ctrl+P and Ctrl+N.
type recall struct {
	*Options
	id         int // increased by reset, so that older pages are dropped
	records    []lookup.Record
	position   int        // in records, from 1; 0 is the draft
	draft      juhe.Query // typed before the first step
	lastFilled juhe.Query // by the last step
	nextPage   lookup.Cursor
	exhausted  bool // records has all earlier lookups
	loading    bool
}

// recallPageMsg is a page of earlier lookups.
type recallPageMsg struct {
	recallID int
	page     lookup.Page
	err      error
}

const recallPageSize = 20

// reset starts again at the draft, because it or the earlier lookups have changed.
func (r *recall) reset() { *r = recall{Options: r.Options, id: r.id + 1} }

// atEnd reports whether the next older lookup has yet to be loaded, if there is one.
func (r *recall) atEnd() bool { return r.position == len(r.records) }

// load loads a page of older lookups.
func (r *recall) load() tea.Cmd {
	r.loading = true
	id, ledger := r.id, r.Ledger
	search := lookup.Search{After: r.nextPage, Limit: recallPageSize}
	return func() tea.Msg {
		page, err := ledger.Search(context.Background(), search)
		return recallPageMsg{id, page, err}
	}
}

// add adds a page to the records, skipping consecutive lookups of the same query.
func (r *recall) add(page lookup.Page) {
	for _, rec := range page.Records {
		if n := len(r.records); n == 0 || r.records[n-1].Query != rec.Query {
			r.records = append(r.records, rec)
		}
	}
	r.nextPage, r.exhausted = page.Next, !page.More
}

// recallEarlier fills in the next older lookup.
func (s *Screen) recallEarlier() tea.Cmd {
	r := &s.recall
	switch {
	case r.loading:
		return nil
	case r.atEnd() && r.exhausted:
		return widget.Notify(widget.Note, s.Messages.Form.NoEarlier)
	case r.atEnd():
		return r.load()
	case r.position == 0:
		r.draft = s.Query()
	}
	r.position++
	return s.fillAtPosition()
}

// recallLater fills in the next newer lookup, or the draft.
func (s *Screen) recallLater() tea.Cmd {
	if s.recall.position == 0 {
		return widget.Notify(widget.Note, s.Messages.Form.NoLater)
	}
	s.recall.position--
	return s.fillAtPosition()
}

// addRecallPage adds a page. It then makes the step that waited for it, unless a question
// is shown or the page had only repetitions: the next key then loads another.
func (s *Screen) addRecallPage(msg recallPageMsg) tea.Cmd {
	r := &s.recall
	if msg.recallID != r.id || !r.loading {
		return nil
	}
	r.loading = false
	if msg.err != nil {
		return widget.Notify(widget.Error, s.Messages.ErrorText(msg.err))
	}
	r.add(msg.page)
	if s.question != nil || r.atEnd() && !r.exhausted {
		return nil
	}
	return s.recallEarlier()
}

func (s *Screen) fillAtPosition() tea.Cmd {
	position := s.recall.position
	if position == 0 {
		s.fillRecalled(s.recall.draft)
		return widget.Notify(widget.Note, s.Messages.Form.DraftRestored)
	}
	rec := s.recall.records[position-1]
	at := strings.ReplaceAll(rec.At.Format(time.DateTime), " ", "\u00a0")
	return s.recallRecord(rec, fmt.Sprintf(s.Messages.Form.FilledFrom, at), func() bool {
		return position == s.recall.position // no other step was made meanwhile
	})
}

// recallRecord fills in the query of a lookup after writing to the audit log, if it is
// still wanted then.
func (s *Screen) recallRecord(rec lookup.Record, notice string, wanted func() bool) tea.Cmd {
	return s.fill.start(rec.ID, rec.LedgerID(), s.lastResult.has(rec.ID), func() tea.Cmd {
		if !wanted() {
			return nil
		}
		s.fillRecalled(rec.Query)
		s.filledFactors = s.Query().Factors
		return widget.Notify(widget.Note, notice)
	})
}

// fillRecalled fills in the query of a step. It saves the form for undo only if the
// operator has changed it since the last step, so that one undo reverts all steps.
func (s *Screen) fillRecalled(q juhe.Query) {
	if s.Query() != s.recall.lastFilled {
		s.undo.push(s.fields.snapshot(true))
	}
	s.setQuery(q)
	s.recall.lastFilled = s.Query()
}

// Edit is like Recall, but does nothing if the form has a query with the same normal form,
// so that what was typed stays.
func (s *Screen) Edit(rec lookup.Record) tea.Cmd {
	if normal, _ := lookup.Check(s.Query(), s.Now()); normal == rec.Query {
		return nil
	}
	return s.Recall(rec)
}

// Recall fills in the query of a lookup that another screen shows, after writing to the
// audit log. Ctrl+N then restores the draft.
func (s *Screen) Recall(rec lookup.Record) tea.Cmd {
	return s.recallRecord(rec, s.Messages.Form.Filled, func() bool {
		s.recall.reset()
		s.recall.records, s.recall.position, s.recall.draft = []lookup.Record{rec}, 1, s.Query()
		return true
	})
}
