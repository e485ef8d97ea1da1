package widget

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
)

// AuditedLedger is the part of a ledger that showing a person in full needs.
type AuditedLedger interface {
	Get(ctx context.Context, id string) (rec lookup.Record, found bool, err error)
	RecordAudit(context.Context, ...lookup.AuditEvent) error
}

// IfNotDeleted returns a command that runs do unless another process has deleted the
// lookup with this ID. If the ledger cannot be read or id is "", it runs do.
func IfNotDeleted(ledger AuditedLedger, id string, do func() tea.Msg) tea.Cmd {
	return func() tea.Msg {
		if id != "" {
			if _, found, err := ledger.Get(context.Background(), id); err == nil && !found {
				return RecordGoneMsg{ID: id}
			}
		}
		return do()
	}
}

// Reveal shows the person of one lookup in full for a limited time, once the audit log
// has recorded it.
type Reveal struct {
	Ledger   AuditedLedger
	Messages *i18n.Messages
	For      time.Duration

	count int    // identifies one reveal, so that messages of earlier ones are ignored
	id    string // of the lookup, or ""
	shown bool
}

// RevealMsg is for the Reveal that sent it: the audit log has recorded the reveal, or
// it has expired.
type RevealMsg struct {
	reveal  *Reveal
	count   int
	expired bool
	err     error
}

// Toggle reveals a lookup, or hides it if it is revealed. ledgerID is the ID under which
// the ledger has it, or "".
func (r *Reveal) Toggle(rec lookup.Record, ledgerID string) tea.Cmd {
	again := r.id == rec.ID
	r.Hide()
	if again {
		return nil
	}
	r.id = rec.ID
	msg, ledger := RevealMsg{reveal: r, count: r.count}, r.Ledger
	return IfNotDeleted(ledger, ledgerID, func() tea.Msg {
		msg.err = lookup.RecordReveal(context.Background(), ledger, rec)
		return msg
	})
}

// Hide hides the person.
func (r *Reveal) Hide() { r.count, r.id, r.shown = r.count+1, "", false }

// HideOthers hides the person unless it is of the lookup with this ID.
func (r *Reveal) HideOthers(id string) {
	if r.id != "" && r.id != id {
		r.Hide()
	}
}

// Shows reports whether the person of the lookup with this ID is shown in full.
func (r *Reveal) Shows(id string) bool { return r.shown && r.id == id }

// Update shows the person once the audit log has recorded it, and hides it in the end.
func (r *Reveal) Update(msg RevealMsg) tea.Cmd {
	w := r.Messages.Result
	switch {
	case msg.reveal != r || msg.count != r.count:
		return nil
	case msg.err != nil:
		r.Hide()
		return Notify(Error, fmt.Sprintf(w.RevealFailed, r.Messages.ErrorText(msg.err)))
	case msg.expired:
		r.Hide()
		return Notify(Note, w.Hidden)
	}
	r.shown, msg.expired = true, true
	return tea.Batch(tea.Tick(r.For, func(time.Time) tea.Msg { return msg }), Notify(Note, fmt.Sprintf(w.Revealed, r.Messages.Duration(r.For))))
}
