package batch

import (
	"context"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// RowIssue is a row that needs attention.
type RowIssue struct {
	lookup.UnresolvedRow
	Entname    string
	Record     lookup.Record  // its lookup, if it was sent
	LostReason juhe.FaultKind // why it is lost, if it is reused
}

// RowIssues returns the rows of a run that have no verdict, are invalid or are held back,
// in ascending order. It skips the first skip rows, or all but the last limit if skip is
// negative, and returns at most limit. from is the number of rows skipped, count the total.
func (b *Runner) RowIssues(ctx context.Context, id lookup.RunID, skip, limit int) (rows []RowIssue, from, count int, err error) {
	found, count, err := b.Ledger.UnresolvedRows(ctx, id, max(skip, 0), limit)
	if last := max(count-limit, 0); err == nil && (skip < 0 && last > 0 || skip > last) {
		skip = last
		found, count, err = b.Ledger.UnresolvedRows(ctx, id, skip, limit)
	}
	if err != nil {
		return nil, 0, 0, err
	}
	run, _, err := b.Ledger.Run(ctx, id)
	if err != nil {
		return nil, 0, 0, err
	}
	ids := make([]string, len(found))
	for i, t := range found {
		ids[i] = t.ID
	}
	records, err := b.Ledger.Records(ctx, ids)
	if err != nil {
		return nil, 0, 0, err
	}
	for i, t := range found {
		rec := records[i]
		rec.Reply.Raw = "" // it may be long
		rows = append(rows, RowIssue{
			UnresolvedRow: t, Entname: rec.Query.Factors[juhe.Entname], Record: rec, LostReason: lostReason(rec, run),
		})
	}
	return rows, max(skip, 0), count, nil
}
