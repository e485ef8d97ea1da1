package form

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/batch"
	"fourfactor/ui/widget"
)

// PastedRowsMsg asks the root for a batch of pasted rows.
type PastedRowsMsg struct{ Rows string }

// pasteGuardTime is the time after a paste in which no key sends: on a slow connection
// the key may be a line break of the paste.
const pasteGuardTime = 300 * time.Millisecond

// paste handles pasted text. One row of a spreadsheet fills the form, and so does one
// row under a header, labelled lines or comma-separated values if they have all four
// factors. Several rows are offered as a batch. Anything else goes into the focused
// field. Pasting never sends anything.
func (s *Screen) paste(msg tea.KeyMsg) tea.Cmd {
	text := string(msg.Runes)
	if text == "" {
		return widget.Notify(widget.Warn, s.Words.Paste.NothingToPaste)
	}
	defer func() { s.pastedAt = s.Now() }()
	s.cancelFill() // a fill would replace the pasted factors or the question about rows
	rows := batch.SplitRows(text)
	if len(rows) > 1 {
		if row, ok := batch.ParseLabelledRow(rows, s.api); ok {
			if p := batch.ParsePastedRow(row, s.api, s.Now()); p.IsComplete() {
				return s.pasteRow(p)
			}
		}
		s.offerBatch(text, len(rows))
		return nil
	}
	if len(rows) == 1 {
		if p := batch.ParsePastedRow(rows[0], s.api, s.Now()); p.IsRecognized() {
			return s.pasteRow(p)
		}
	}
	if len(rows) == 0 {
		if p := batch.ParsePastedRow(batch.SplitFields(text), s.api, s.Now()); p.IsComplete() {
			return s.pasteRow(p)
		}
	}
	s.pushUndo(false)
	s.fields[s.focus].Update(msg)
	return nil
}

// offerBatch offers a batch of several rows. The form stays as it is.
func (s *Screen) offerBatch(pasted string, rows int) {
	w := s.Words.Form
	s.ask(question{text: fmt.Sprintf(w.AskRows, rows), yesLabel: w.OpenAsBatch, noLabel: w.DoNotRows, pastedRows: pasted}, true)
}

// sendPastedRows asks for a batch of the pasted rows.
func sendPastedRows(rows string) tea.Cmd { return func() tea.Msg { return PastedRowsMsg{rows} } }
