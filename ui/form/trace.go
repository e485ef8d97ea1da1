package form

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// tracedMsg tells that the audit trail knows who is about to be shown in the
// form, or why it does not.
type tracedMsg struct {
	traces int
	show   func() tea.Cmd
	err    error
}

// trace has the audit trail take that a look-up's person comes into the form,
// and shows it then, unless something else is to be shown by then, or the ledger
// does not have it any more, where it is kept as kept. What was typed here is no
// news.
func (s *Screen) trace(id, kept string, show func() tea.Cmd) tea.Cmd {
	s.dropFill()
	typed := s.last != nil && s.last.ID == id
	if typed && kept == "" {
		return show()
	}
	s.filling = true
	traces, ledger := s.traces, s.Ledger
	return func() tea.Msg {
		if _, found, err := ledger.Get(context.Background(), kept); kept != "" && err == nil && !found {
			return widget.RecordGoneMsg{ID: kept}
		}
		if typed {
			return tracedMsg{traces, show, nil}
		}
		return tracedMsg{traces, show, ledger.RecordAudit(context.Background(), lookup.AuditEvent{Action: lookup.AuditFill, ID: id})}
	}
}

func (s *Screen) traced(msg tracedMsg) tea.Cmd {
	switch {
	case msg.traces != s.traces:
		return nil
	case msg.err != nil:
		s.dropFill()
		s.restart()
		return widget.Notify(widget.Error, fmt.Sprintf(s.Words.Form.NotFilled, lookup.ErrorText(s.Words, msg.err)))
	}
	s.filling = false
	return msg.show()
}

// dropFill gives up what is about to be filled in.
func (s *Screen) dropFill() {
	s.traces++
	s.filling = false
}
