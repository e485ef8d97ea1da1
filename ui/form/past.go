package form

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// past is the walk through earlier look-ups that Ctrl+P and Ctrl+N make. It
// begins and ends at what the operator had typed.
type past struct {
	walk    int // counts the walks, so that a page of an old one is told
	records []lookup.Record
	at      int // how many look-ups back; 0 is the draft
	draft   juhe.Query
	shown   juhe.Query // what it has filled in last
	next    lookup.Cursor
	ended   bool // there are no earlier ones
	waiting bool
}

// pastMsg brings some earlier look-ups.
type pastMsg struct {
	walk int
	page lookup.Page
	err  error
}

const pastPage = 20

// earlier fills in the look-up before the one that stands in the form.
func (s *Screen) earlier() tea.Cmd {
	p := &s.past
	switch {
	case p.waiting:
		return nil
	case p.at < len(p.records):
		if p.at == 0 {
			p.draft = s.Typed()
		}
		p.at++
		return s.recall()
	case p.ended:
		return widget.Notify(widget.Note, s.Words.Form.NoEarlier)
	}
	p.waiting = true
	walk, ledger := p.walk, s.Ledger
	search := lookup.Search{After: p.next, Limit: pastPage}
	return func() tea.Msg {
		page, err := ledger.Search(context.Background(), search)
		return pastMsg{walk, page, err}
	}
}

// later fills in the one after it, and the draft at last.
func (s *Screen) later() tea.Cmd {
	p := &s.past
	if p.at == 0 {
		return widget.Notify(widget.Note, s.Words.Form.NoLater)
	}
	p.at--
	return s.recall()
}

func (s *Screen) recall() tea.Cmd {
	if s.past.at == 0 {
		s.walkTo(s.past.draft)
		return widget.Notify(widget.Note, s.Words.Form.Draft)
	}
	rec, at := s.past.records[s.past.at-1], s.past.at
	return s.trace(rec.ID, rec.LedgerID(), func() tea.Cmd {
		if at != s.past.at { // walked on
			return nil
		}
		s.walkTo(rec.Query)
		s.filled = s.Typed().Factors
		return widget.Notify(widget.Note, fmt.Sprintf(s.Words.Form.Recalled, rec.At.Format(moment)))
	})
}

// walkTo fills in what the walk has come to. A walk can be taken back as one
// change, but for what the operator changes on the way.
func (s *Screen) walkTo(q juhe.Query) {
	if s.Typed() != s.past.shown {
		s.remember(true)
	}
	s.refill(q)
	s.past.shown = s.Typed()
}

// Edit gives back what a look-up was made of, as it was typed if that still
// stands there.
func (s *Screen) Edit(rec lookup.Record) tea.Cmd {
	if normal, _ := lookup.Check(s.Typed(), s.Now()); normal == rec.Query {
		return nil
	}
	return s.Recall(rec)
}

// Recall fills in a look-up from elsewhere. What stood there comes back with
// the later key.
func (s *Screen) Recall(rec lookup.Record) tea.Cmd {
	return s.trace(rec.ID, rec.LedgerID(), func() tea.Cmd {
		draft := s.Typed()
		s.restart()
		s.past.records, s.past.at, s.past.draft = []lookup.Record{rec}, 1, draft
		s.walkTo(rec.Query)
		s.filled = s.Typed().Factors
		return widget.Notify(widget.Note, s.Words.Form.Filled)
	})
}

// arrived takes a page. Of look-ups of the same in a row one is enough. A question
// that has come meanwhile stays.
func (s *Screen) arrived(msg pastMsg) tea.Cmd {
	p := &s.past
	if msg.walk != p.walk || !p.waiting {
		return nil
	}
	p.waiting = false
	if msg.err != nil {
		return widget.Notify(widget.Error, lookup.ErrorText(s.Words, msg.err))
	}
	for _, rec := range msg.page.Records {
		if n := len(p.records); n == 0 || p.records[n-1].Query != rec.Query {
			p.records = append(p.records, rec)
		}
	}
	p.next, p.ended = msg.page.Next, !msg.page.More
	if s.question != nil || p.at == len(p.records) && !p.ended {
		return nil
	}
	return s.earlier()
}

// restart begins a new walk: what was earlier has changed, or the draft.
func (s *Screen) restart() { s.past = past{walk: s.past.walk + 1} }
