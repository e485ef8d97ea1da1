package widget_test

import (
	"context"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
	"fourfactor/ui/widget"
)

// auditLedger has every lookup and records nothing.
type auditLedger struct{}

func (auditLedger) Get(context.Context, string) (rec lookup.Record, found bool, err error) {
	return rec, true, nil
}

func (auditLedger) RecordAudit(context.Context, ...lookup.AuditEvent) error { return nil }

// TestRevealOfAnother: the messages of one screen's reveal do nothing on another screen,
// to which the root delivers them too.
func TestRevealOfAnother(t *testing.T) {
	t.Parallel()
	newReveal := func() *widget.Reveal {
		return &widget.Reveal{Ledger: auditLedger{}, Messages: i18n.For("en", nil), For: time.Nanosecond}
	}
	a, b := newReveal(), newReveal()
	rec := lookup.Record{ID: "id"}
	recorded := a.Toggle(rec, rec.ID)().(widget.RevealMsg)
	b.Toggle(rec, rec.ID)
	if b.Update(recorded) != nil || b.Shows("id") {
		t.Error("it is revealed on another screen")
	}
	over := a.Update(recorded)().(tea.BatchMsg)[0]().(widget.RevealMsg)
	if !a.Shows("id") || a.Shows("") {
		t.Error("it is not revealed, or more is")
	}
	if b.Update(over) != nil {
		t.Error("the end of a reveal arrives on another screen")
	}
	if a.Update(over) == nil || a.Shows("id") {
		t.Error("it is still revealed")
	}
}
