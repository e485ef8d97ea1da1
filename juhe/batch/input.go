package batch

import (
	"context"
	"strings"

	"fourfactor/juhe/detect"
	"fourfactor/juhe/table"
)

// pastedName is the file name of pasted rows. Its extension selects the tab as the
// delimiter.
const pastedName = "pasted.tsv"

// openInput opens the input of a run: a file or pasted rows.
func (r *Run) openInput(ctx context.Context, name string) (*table.Input, error) {
	if r.pasted != "" {
		return table.OpenText(ctx, pastedName, r.pasted, detect.CountFactors)
	}
	return table.Open(ctx, r.record.InputPath, name, detect.CountFactors)
}

// normalizeLineEnds converts line ends to \n. A terminal sends \r.
func normalizeLineEnds(pasted string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(pasted)
}
