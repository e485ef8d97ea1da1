package result

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

// LoadedMsg is the result of Load.
type LoadedMsg struct {
	Record lookup.Record
	Found  bool
	Err    error
}

// relatedMsg contains the lookups of the same factors.
type relatedMsg struct {
	id      string
	related []lookup.Record
}

// Load reads a lookup and its raw answer from the ledger. It does not change the
// screen.
func (s *Screen) Load(id string) tea.Cmd {
	ledger := s.Ledger
	return func() tea.Msg {
		rec, found, err := ledger.Get(context.Background(), id)
		return LoadedMsg{rec, found, err}
	}
}

// LoadError reports why a lookup cannot be shown. It returns nil if it can.
func (s *Screen) LoadError(msg LoadedMsg) tea.Cmd {
	switch {
	case msg.Err != nil:
		return widget.Notify(widget.Error, fmt.Sprintf(s.Messages.Result.LoadFailed, s.Messages.ErrorText(msg.Err)))
	case !msg.Found:
		return widget.Notify(widget.Warn, s.Messages.Result.LookupDeleted)
	}
	return nil
}

// loadRelated loads the lookups of the same factors. An error leaves the list empty.
func (s *Screen) loadRelated() tea.Cmd {
	rec, ledger := *s.record, s.Ledger
	return func() tea.Msg {
		same, err := ledger.SameFactors(context.Background(), rec)
		if err != nil {
			same = nil
		}
		return relatedMsg{rec.ID, same}
	}
}

// maxRelated limits the list of related lookups.
const maxRelated = 20

// relatedLines lists the other lookups of the same factors, newest first, with their
// differences from this one.
func (s *Screen) relatedLines() []string {
	var lines []string
	for _, other := range s.related {
		if other.ID == s.record.ID || len(lines) == maxRelated {
			continue
		}
		head := strings.Repeat(" ", widget.Gutter) + other.At.Format(time.DateTime) + "  " +
			widget.PadTrunc(s.Theme.OutcomeLabel(s.Messages, other.Reply.Outcome), s.Theme.OutcomeWidth(s.Messages)) +
			"  " + widget.PadTrunc(string(other.Query.API), apiWidth) + "  "
		if s.width-widget.Width(head)-1 < changeWidth { // continue on the next line
			lines = append(lines, head)
			head = strings.Repeat(" ", widget.Gutter+widget.Gap)
		}
		room := max(s.width-widget.Width(head)-1, 1)
		lines = append(lines, widget.Hang(head, s.Theme.Dim, widget.Wrap(s.difference(other), room))...)
	}
	if len(lines) == 0 {
		return nil
	}
	return append([]string{"", strings.Repeat(" ", widget.Gutter) + s.Theme.Label.Render(s.Messages.Result.Earlier)}, lines...)
}

// changeWidth is the least width for the differences.
const changeWidth = 16

// apiWidth is the width of the longest endpoint name.
const apiWidth = len("queryEncry")

// difference describes how two lookups of the same factors differ, the earlier one
// first.
func (s *Screen) difference(other lookup.Record) string {
	from, to := other, *s.record
	if to.At.Before(from.At) {
		from, to = to, from
	}
	w := s.Messages.Result
	var all []string
	if other.Service != s.record.Service {
		all = append(all, juhe.Sanitize(other.Service))
	}
	if !from.Reply.Outcome.IsVerdict() || !to.Reply.Outcome.IsVerdict() {
		return strings.Join(append(all, w.NoVerdict), s.Messages.Semicolon)
	}
	a, b := from.Reply, to.Reply // a code that only one endpoint returns is not a difference
	if a.Outcome != b.Outcome || a.Code != nil && b.Code != nil && *a.Code != *b.Code {
		all = append(all, fmt.Sprintf(w.Outcome, s.outcomeText(from), s.outcomeText(to)))
	}
	if before, after := a.Regstatus, b.Regstatus; before != after && before != "" && after != "" {
		all = append(all, fmt.Sprintf(w.Regstatus, before, after))
	}
	if len(all) == 0 {
		return w.Unchanged
	}
	return strings.Join(all, s.Messages.Semicolon)
}

// outcomeText returns the outcome of a lookup and its code.
func (s *Screen) outcomeText(rec lookup.Record) string {
	text := s.Messages.Outcomes[rec.Reply.Outcome]
	if code := rec.Code(); code != 0 {
		text += fmt.Sprintf(" %d", code)
	}
	return text
}
