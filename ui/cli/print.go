package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/go-json-experiment/json"
)

// Table aligns text in columns, each as wide as its widest cell so far.
type Table struct {
	Right  []int // columns that are right-aligned
	widths []int
}

// ColumnGap separates columns.
const ColumnGap = "  "

// Render formats rows as lines.
func (t *Table) Render(rows [][]string) string {
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
			if slices.Contains(t.Right, i) {
				cell, pad = pad+cell, ""
			}
			line.WriteString(cell + pad + ColumnGap)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// PrintJSON writes v as a line of JSON.
func PrintJSON(w io.Writer, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", text)
	return err
}

// FormatBytes formats a number of bytes for people.
func FormatBytes(bytes int64) string {
	const unit = 1024
	if bytes < unit*unit {
		return fmt.Sprintf("%.1f KiB", float64(bytes)/unit)
	}
	return fmt.Sprintf("%.1f MiB", float64(bytes)/unit/unit)
}
