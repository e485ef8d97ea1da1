package batch

import (
	"context"
	"strings"

	"fourfactor/juhe/sheet"
)

// pastedName stands in for the name of a file. Its extension selects the tab as the
// delimiter.
const pastedName = "pasted.tsv"

// openInput opens the input of a run: a file or pasted rows.
func (r *Run) openInput(ctx context.Context, name string) (*sheet.Input, error) {
	if r.pasted != "" {
		return sheet.OpenText(ctx, pastedName, r.pasted)
	}
	return sheet.Open(ctx, r.record.InputPath, name)
}

// normalizeLineEnds converts line ends to those of a file. A terminal sends a carriage
// return.
func normalizeLineEnds(pasted string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(pasted)
}
