package form

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/widget"
)

// PastedRowsMsg asks the root for a batch of rows that were pasted here.
type PastedRowsMsg struct{ Rows string }

// pasteGuardTime is how long after a paste no key sends: it may be the paste's own line
// break, on a slow line.
const pasteGuardTime = 300 * time.Millisecond

// paste takes what was pasted: one row of a spreadsheet fills the form, several
// are offered a batch unless they are one with its labels, and labelled lines or values between commas that hold all
// four fill the form as a row does. Everything else is text for the focused field.
// Nothing is ever sent by it, whatever is in it.
func (s *Screen) paste(msg tea.KeyMsg) tea.Cmd {
	text := string(msg.Runes)
	if text == "" {
		return widget.Notify(widget.Warn, s.Words.Paste.Nothing)
	}
	defer func() { s.pastedAt = s.Now() }()
	s.cancelFill() // what is pasted counts; what came in would take the question about rows away
	rows := engine.SplitRows(text)
	if len(rows) > 1 {
		if row, ok := engine.ParseLabelledRow(rows, s.api); ok {
			if p := engine.ParsePastedRow(row, s.api, s.Now()); p.IsComplete() {
				return s.pasteRow(p)
			}
		}
		s.askRows(text, len(rows))
		return nil
	}
	if len(rows) == 1 {
		if p := engine.ParsePastedRow(rows[0], s.api, s.Now()); p.IsRecognized() {
			return s.pasteRow(p)
		}
	}
	if len(rows) == 0 {
		if p := engine.ParsePastedRow(engine.SplitFields(text), s.api, s.Now()); p.IsComplete() {
			return s.pasteRow(p)
		}
	}
	s.pushUndo(false)
	s.inputs[s.focus].Update(msg)
	return nil
}

// askRows offers a batch of several rows: the form takes one lookup. What
// stands in it stays.
func (s *Screen) askRows(pasted string, rows int) {
	w := s.Words.Form
	s.ask(question{text: fmt.Sprintf(w.AskRows, rows), yesLabel: w.ToBatch, noLabel: w.DoNotRows, pastedRows: pasted}, true)
}

// toBatch takes the pasted rows to the batch screen.
func toBatch(rows string) tea.Cmd { return func() tea.Msg { return PastedRowsMsg{rows} } }
