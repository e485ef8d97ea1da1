package form

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// auditedMsg tells that the audit trail knows who is about to be shown in the
// form, or why it does not.
type auditedMsg struct {
	fillID int
	fill   func() tea.Cmd
	err    error
}

// auditThenFill has the audit trail take that a lookup's person comes into the form,
// and shows it then, unless something else is to be shown by then, or the ledger
// does not have it any more, where it is kept as kept. What was typed here is no
// news.
func (s *Screen) auditThenFill(id, kept string, show func() tea.Cmd) tea.Cmd {
	s.cancelFill()
	typed := s.last != nil && s.last.ID == id
	if typed && kept == "" {
		return show()
	}
	s.filling = true
	traces, ledger := s.fillID, s.Ledger
	return func() tea.Msg {
		if _, found, err := ledger.Get(context.Background(), kept); kept != "" && err == nil && !found {
			return widget.RecordGoneMsg{ID: kept}
		}
		if typed {
			return auditedMsg{traces, show, nil}
		}
		return auditedMsg{traces, show, ledger.RecordAudit(context.Background(), lookup.AuditEvent{Action: lookup.AuditFill, ID: id})}
	}
}

func (s *Screen) audited(msg auditedMsg) tea.Cmd {
	switch {
	case msg.fillID != s.fillID:
		return nil
	case msg.err != nil:
		s.cancelFill()
		s.resetWalk()
		return widget.Notify(widget.Error, fmt.Sprintf(s.Words.Form.NotFilled, lookup.ErrorText(s.Words, msg.err)))
	}
	s.filling = false
	return msg.fill()
}

// cancelFill gives up what is about to be filled in.
func (s *Screen) cancelFill() {
	s.fillID++
	s.filling = false
}
