package form

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// RowsMsg asks the root for a batch of rows that were pasted here.
type RowsMsg struct{ Rows string }

// rowsOf is how many rows of a spreadsheet a pasted text has: lines in which a
// tab tells one cell from another. What is blank is no row, such as what a line
// break at the end makes.
func rowsOf(pasted string) int {
	rows := 0
	for _, line := range strings.FieldsFunc(pasted, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if strings.Contains(line, "\t") && strings.TrimSpace(line) != "" {
			rows++
		}
	}
	return rows
}

// askRows offers a batch of several rows: the form takes one look-up. What
// stands in it stays.
func (s *Screen) askRows(pasted string, rows int) {
	w := s.Words.Form
	s.ask(question{text: fmt.Sprintf(w.AskRows, rows), yes: w.ToBatch, no: w.DoNotRows, rows: pasted}, true)
}

// toBatch takes the pasted rows to the batch screen.
func toBatch(rows string) tea.Cmd { return func() tea.Msg { return RowsMsg{rows} } }
