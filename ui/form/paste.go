package form

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe/detect"
	"fourfactor/ui/widget"
)

// PastedRowsMsg asks the root model to open the batch screen with these rows.
type PastedRowsMsg struct{ Rows string }

// paste handles pasted text, and never sends. One row of a spreadsheet fills the form.
// A header and one row, labelled lines and comma-separated values also fill it, if they
// have all four factors. For several rows paste offers a batch. Anything else goes into
// the focused field.
func (s *Screen) paste(msg tea.KeyMsg) tea.Cmd {
	text := string(msg.Runes)
	if text == "" {
		return widget.Notify(widget.Warn, s.Messages.Paste.NothingToPaste)
	}
	defer func() { s.pastedAt = s.Now() }()
	s.fill.cancel() // a fill would replace the pasted factors or the question about rows
	switch p, rows := detect.ParsePaste(text, s.fields.api, s.Now()); {
	case p.IsRecognized():
		return s.fillRow(p)
	case rows > 1:
		s.offerBatch(text, rows)
		return nil
	}
	s.remember(false)
	s.fields.focused().Update(msg)
	return nil
}

// offerBatch asks whether to open several rows as a batch. It does not change the form.
func (s *Screen) offerBatch(pasted string, rows int) {
	w := s.Messages.Form
	s.ask(fmt.Sprintf(w.AskRows, rows), w.OpenAsBatch, w.DoNotOpenBatch, func() tea.Cmd { return widget.Send(PastedRowsMsg{pasted}) })
}
