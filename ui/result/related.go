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

// LoadedMsg brings a look-up that Load was asked for, to be shown.
type LoadedMsg struct {
	Record lookup.Record
	Found  bool
	Err    error
}

// relatedMsg brings the look-ups of the same factors.
type relatedMsg struct {
	id      string
	related []lookup.Record
}

// Load reads a look-up from the ledger, with its raw answer. What is shown
// stays until then.
func (s *Screen) Load(id string) tea.Cmd {
	ledger := s.Ledger
	return func() tea.Msg {
		rec, found, err := ledger.Get(context.Background(), id)
		return LoadedMsg{rec, found, err}
	}
}

// LoadError says why a look-up cannot be shown, if it cannot.
func (s *Screen) LoadError(msg LoadedMsg) tea.Cmd {
	switch {
	case msg.Err != nil:
		return widget.Notify(widget.Error, fmt.Sprintf(s.Words.Result.LoadFailed, lookup.ErrorText(s.Words, msg.Err)))
	case !msg.Found:
		return widget.Notify(widget.Warn, s.Words.Result.NotThere)
	}
	return nil
}

// loadRelated reads the look-ups of the same factors. Without them the result is
// still the result.
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

// maxRelated bounds how many of them are drawn.
const maxRelated = 20

// relatedLines lists the other look-ups of the same factors, newest first, each
// with what was different from this one.
func (s *Screen) relatedLines() []string {
	var lines []string
	for _, other := range s.related {
		if other.ID == s.record.ID || len(lines) == maxRelated {
			continue
		}
		outcome := string(other.Reply.Outcome)
		head := other.At.Format(time.DateTime) + "  " +
			s.Theme.OutcomeStyle[outcome].Render(widget.PadTrunc(s.Theme.OutcomeMark[outcome]+" "+s.Words.Outcomes[outcome], s.outcomeWidth())) +
			"  " + widget.PadTrunc(string(other.Query.API), apiWidth) + "  "
		pad := strings.Repeat(" ", margin)
		indent := widget.Width(head)
		if s.width-margin-indent-1 < changeWidth { // below it then
			lines = append(lines, pad+head)
			head, indent = strings.Repeat(" ", gap), gap
		}
		for i, line := range widget.Wrap(s.difference(other), max(s.width-margin-indent-1, 1)) {
			if i > 0 {
				head = strings.Repeat(" ", indent)
			}
			lines = append(lines, pad+head+s.Theme.Dim.Render(line))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return append([]string{"", strings.Repeat(" ", margin) + s.Theme.Label.Render(s.Words.Result.Earlier)}, lines...)
}

// changeWidth is the least room for what was different.
const changeWidth = 16

// apiWidth is that of the longest endpoint's name.
const apiWidth = len("queryEncry")

func (s *Screen) outcomeWidth() int {
	width := 0
	for name, word := range s.Words.Outcomes {
		width = max(width, widget.Width(s.Theme.OutcomeMark[name]+" "+word))
	}
	return width
}

// difference says what is different between two look-ups of the same factors, in
// the order of time.
func (s *Screen) difference(other lookup.Record) string {
	from, to := other, *s.record
	if to.At.Before(from.At) {
		from, to = to, from
	}
	w := s.Words.Result
	var all []string
	if other.Service != s.record.Service {
		all = append(all, juhe.Harmless(other.Service))
	}
	if !from.Reply.Outcome.Verdict() || !to.Reply.Outcome.Verdict() {
		return strings.Join(append(all, w.NoVerdict), s.Words.Semicolon)
	}
	if verdictsDiffer(from.Reply, to.Reply) {
		all = append(all, fmt.Sprintf(w.Outcome, s.outcomeText(from), s.outcomeText(to)))
	}
	if before, after := from.Reply.Regstatus, to.Reply.Regstatus; before != after && before != "" && after != "" {
		all = append(all, fmt.Sprintf(w.Regstatus, before, after))
	}
	if len(all) == 0 {
		return w.Unchanged
	}
	return strings.Join(all, s.Words.Semicolon)
}

// verdictsDiffer reports whether two verdicts say different things. That one endpoint
// gives a code and the other never does is no difference.
func verdictsDiffer(a, b juhe.Reply) bool {
	return a.Outcome != b.Outcome || a.Code != nil && b.Code != nil && *a.Code != *b.Code
}

// outcomeText is how a look-up ended: its outcome and the code that decided.
func (s *Screen) outcomeText(rec lookup.Record) string {
	text := s.Words.Outcomes[string(rec.Reply.Outcome)]
	if code := rec.Code(); code != 0 {
		text += fmt.Sprintf(" %d", code)
	}
	return text
}
