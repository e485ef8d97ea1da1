package form

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// Fill puts a query into the form, without sending it. It writes nothing to the audit log,
// because its query was typed in this form. See Recall for any other lookup.
func (s *Screen) Fill(q juhe.Query) {
	s.undo.push(s.fields.snapshot(true))
	s.setQuery(q)
	s.filledFactors = s.Query().Factors
}

// setQuery puts a query into the form, cancels a pending fill and closes the question.
func (s *Screen) setQuery(q juhe.Query) {
	s.fill.cancel()
	s.question = nil
	s.fields.api, s.fields.regstatus = q.API, q.Regstatus
	s.setFactors(q.Factors, 0)
}

// setFactors puts factors into the fields, focuses one, and drops the completion.
func (s *Screen) setFactors(f juhe.Factors, focus juhe.Factor) {
	s.warned = confirmation{}
	s.fields.setFactors(f, focus)
	s.completion.reset(s.fields.completionKey())
}

// Clear empties the fields and keeps the endpoint.
func (s *Screen) Clear() {
	s.undo.push(s.fields.snapshot(false))
	s.fill.cancel()
	s.question = nil
	s.recall.reset()
	s.setFactors(juhe.Factors{}, 0)
}

// Forget drops everything that could restore the person of a deleted lookup.
func (s *Screen) Forget(id string) {
	s.fill.cancel()
	s.recall.reset()
	s.undo = nil
	s.lastResult.forget(id)
}

// auditedFill is a fill that waits for its entry in the audit log.
type auditedFill struct {
	*Options
	id      int // identifies the fill, so that a cancelled one is dropped
	pending bool
}

// auditDoneMsg is the result of writing to the audit log before a fill.
type auditDoneMsg struct {
	fillID int
	fill   func() tea.Cmd
	err    error
}

// cancel drops the pending fill.
func (f *auditedFill) cancel() {
	f.id++
	f.pending = false
}

// start writes to the audit log that the person of a lookup is filled into the form. fill
// is then called, unless cancel is called first, or the ledger no longer has ledgerID.
// id identifies the lookup in the audit log; ledgerID is "" if the ledger does not have
// it. A lookup that was typed in this form needs no entry.
func (f *auditedFill) start(id, ledgerID string, typedHere bool, fill func() tea.Cmd) tea.Cmd {
	f.cancel()
	if typedHere && ledgerID == "" {
		return fill()
	}
	f.pending = true
	fillID, ledger := f.id, f.Ledger
	return widget.IfNotDeleted(ledger, ledgerID, func() tea.Msg {
		if typedHere {
			return auditDoneMsg{fillID, fill, nil}
		}
		return auditDoneMsg{fillID, fill, ledger.RecordAudit(context.Background(), lookup.AuditEvent{Action: lookup.AuditFill, ID: id})}
	})
}

// finishFill calls the fill, or reports that the audit log could not be written.
func (s *Screen) finishFill(msg auditDoneMsg) tea.Cmd {
	switch {
	case msg.fillID != s.fill.id:
		return nil
	case msg.err != nil:
		s.fill.cancel()
		s.recall.reset()
		return widget.Notify(widget.Error, fmt.Sprintf(s.Messages.Form.NotFilled, s.Messages.ErrorText(msg.err)))
	}
	s.fill.pending = false
	return msg.fill()
}
