package form

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// recallWalk is the walk through earlier lookups that Ctrl+P and Ctrl+N make. It
// begins and ends at what the operator had typed.
type recallWalk struct {
	id        int // counts the walks, so that a page of an old one is told
	records   []lookup.Record
	position  int // how many lookups back; 0 is the draft
	draft     juhe.Query
	filled    juhe.Query // what it has filled in last
	next      lookup.Cursor
	exhausted bool // there are no earlier ones
	loading   bool
}

// earlierPageMsg brings some earlier lookups.
type earlierPageMsg struct {
	walk int
	page lookup.Page
	err  error
}

const walkPageSize = 20

// walkEarlier fills in the lookup before the one that stands in the form.
func (s *Screen) walkEarlier() tea.Cmd {
	p := &s.walk
	switch {
	case p.loading:
		return nil
	case p.position < len(p.records):
		if p.position == 0 {
			p.draft = s.Query()
		}
		p.position++
		return s.fillFromWalk()
	case p.exhausted:
		return widget.Notify(widget.Note, s.Words.Form.NoEarlier)
	}
	p.loading = true
	walk, ledger := p.id, s.Ledger
	search := lookup.Search{After: p.next, Limit: walkPageSize}
	return func() tea.Msg {
		page, err := ledger.Search(context.Background(), search)
		return earlierPageMsg{walk, page, err}
	}
}

// walkLater fills in the one after it, and the draft at last.
func (s *Screen) walkLater() tea.Cmd {
	p := &s.walk
	if p.position == 0 {
		return widget.Notify(widget.Note, s.Words.Form.NoLater)
	}
	p.position--
	return s.fillFromWalk()
}

func (s *Screen) fillFromWalk() tea.Cmd {
	if s.walk.position == 0 {
		s.fillStep(s.walk.draft)
		return widget.Notify(widget.Note, s.Words.Form.Draft)
	}
	rec, at := s.walk.records[s.walk.position-1], s.walk.position
	return s.auditThenFill(rec.ID, rec.LedgerID(), func() tea.Cmd {
		if at != s.walk.position { // walked on
			return nil
		}
		s.fillStep(rec.Query)
		s.filled = s.Query().Factors
		return widget.Notify(widget.Note, fmt.Sprintf(s.Words.Form.Recalled, rec.At.Format(timeLayout)))
	})
}

// fillStep fills in what the walk has come to. A walk can be taken back as one
// change, but for what the operator changes on the way.
func (s *Screen) fillStep(q juhe.Query) {
	if s.Query() != s.walk.filled {
		s.pushUndo(true)
	}
	s.refill(q)
	s.walk.filled = s.Query()
}

// Edit gives back what a lookup was made of, as it was typed if that still
// stands there.
func (s *Screen) Edit(rec lookup.Record) tea.Cmd {
	if normal, _ := lookup.Check(s.Query(), s.Now()); normal == rec.Query {
		return nil
	}
	return s.Recall(rec)
}

// Recall fills in a lookup from elsewhere. What stood there comes back with
// the later key.
func (s *Screen) Recall(rec lookup.Record) tea.Cmd {
	return s.auditThenFill(rec.ID, rec.LedgerID(), func() tea.Cmd {
		draft := s.Query()
		s.resetWalk()
		s.walk.records, s.walk.position, s.walk.draft = []lookup.Record{rec}, 1, draft
		s.fillStep(rec.Query)
		s.filled = s.Query().Factors
		return widget.Notify(widget.Note, s.Words.Form.Filled)
	})
}

// addPage takes a page. Of lookups of the same in a row one is enough. A question
// that has come meanwhile stays.
func (s *Screen) addPage(msg earlierPageMsg) tea.Cmd {
	p := &s.walk
	if msg.walk != p.id || !p.loading {
		return nil
	}
	p.loading = false
	if msg.err != nil {
		return widget.Notify(widget.Error, lookup.ErrorText(s.Words, msg.err))
	}
	for _, rec := range msg.page.Records {
		if n := len(p.records); n == 0 || p.records[n-1].Query != rec.Query {
			p.records = append(p.records, rec)
		}
	}
	p.next, p.exhausted = msg.page.Next, !msg.page.More
	if s.question != nil || p.position == len(p.records) && !p.exhausted {
		return nil
	}
	return s.walkEarlier()
}

// resetWalk begins a new walk: what was earlier has changed, or the draft.
func (s *Screen) resetWalk() { s.walk = recallWalk{id: s.walk.id + 1} }
