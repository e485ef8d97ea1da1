package batch

import (
	"context"
	"strings"

	"fourfactor/juhe/sheet"
)

// pastedName is what pasted rows are called where a file has a name. It says that
// there are tabs between their cells.
const pastedName = "pasted.tsv"

// openInput opens the input of a run: a file, or the rows that were pasted.
func (r *Run) openInput(ctx context.Context, name string) (*sheet.Input, error) {
	if r.pasted != "" {
		return sheet.OpenText(ctx, pastedName, r.pasted)
	}
	return sheet.Open(ctx, r.record.InputPath, name)
}

// normalizeLineEnds are rows as a file has them. A terminal sends a carriage return for the end
// of a line.
func normalizeLineEnds(pasted string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(pasted)
}
