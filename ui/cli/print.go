package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/go-json-experiment/json"
)

// textTable aligns text in columns, each as wide as its widest cell so far.
type textTable struct {
	right  []int // columns that are right-aligned
	widths []int
}

// columnGap separates columns.
const columnGap = "  "

// render formats rows as lines.
func (t *textTable) render(rows [][]string) string {
	for _, row := range rows {
		for i, cell := range row {
			if i == len(t.widths) {
				t.widths = append(t.widths, 0)
			}
			t.widths[i] = max(t.widths[i], ansi.StringWidth(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", t.widths[i]-ansi.StringWidth(cell))
			if slices.Contains(t.right, i) {
				cell, pad = pad+cell, ""
			}
			line.WriteString(cell + pad + columnGap)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// printJSON writes v as a line of JSON.
func printJSON(w io.Writer, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", text)
	return err
}

// demoNote returns text saying that a session is the demo, in a line of its own; ""
// otherwise.
func (s *Session) demoNote() string {
	if !s.Demo {
		return ""
	}
	return s.Messages.App.Demo + s.Messages.Colon + s.Messages.App.DemoNote + "\n"
}
