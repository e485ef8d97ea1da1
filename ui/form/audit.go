package form

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// auditDoneMsg is the result of writing to the audit log before a fill.
type auditDoneMsg struct {
	fillID int
	fill   func() tea.Cmd
	err    error
}

// auditThenFill writes to the audit log that the person of a lookup is filled into the
// form, and then calls fill. id identifies the lookup in the audit log; ledgerID is "" if
// the ledger does not have it. auditThenFill does not call fill if cancelFill is called
// first, or if the ledger no longer has ledgerID. The last lookup was typed in this form,
// so it needs no entry in the audit log.
func (s *Screen) auditThenFill(id, ledgerID string, fill func() tea.Cmd) tea.Cmd {
	s.cancelFill()
	typedHere := s.lastResult != nil && s.lastResult.ID == id
	if typedHere && ledgerID == "" {
		return fill()
	}
	s.fillPending = true
	fillID, ledger := s.fillID, s.Ledger
	return func() tea.Msg {
		if ledgerID != "" {
			if _, found, err := ledger.Get(context.Background(), ledgerID); err == nil && !found {
				return widget.RecordGoneMsg{ID: ledgerID}
			}
		}
		if typedHere {
			return auditDoneMsg{fillID, fill, nil}
		}
		return auditDoneMsg{fillID, fill, ledger.RecordAudit(context.Background(), lookup.AuditEvent{Action: lookup.AuditFill, ID: id})}
	}
}

// finishAudit calls the fill, or reports that the audit log could not be written.
func (s *Screen) finishAudit(msg auditDoneMsg) tea.Cmd {
	switch {
	case msg.fillID != s.fillID:
		return nil
	case msg.err != nil:
		s.cancelFill()
		s.resetRecall()
		return widget.Notify(widget.Error, fmt.Sprintf(s.Messages.Form.NotFilled, lookup.ErrorText(s.Messages, msg.err)))
	}
	s.fillPending = false
	return msg.fill()
}

// cancelFill prevents a pending auditThenFill from calling fill.
func (s *Screen) cancelFill() {
	s.fillID++
	s.fillPending = false
}
