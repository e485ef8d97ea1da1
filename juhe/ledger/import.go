package ledger

import (
	"context"
	"slices"

	"fourfactor/juhe/lookup"
)

// importGroup is how many look-ups one transaction of an import adds.
const importGroup = 500

// Import adds look-ups as imported ones and gives how many were not there yet,
// also with an error. They do not count as sent.
func (l *Ledger) Import(ctx context.Context, recs []lookup.Record) (added int, err error) {
	recs = slices.Clone(recs)
	slices.SortStableFunc(recs, func(a, b lookup.Record) int { return a.At.Compare(b.At) })
	for group := range slices.Chunk(recs, importGroup) {
		n := 0
		err := l.write(ctx, func(c *conn) error {
			n = 0
			for _, rec := range group {
				there, err := c.number("SELECT count(*) FROM lookup WHERE id = ?1 UNION ALL SELECT count(*) FROM intent WHERE id = ?1 ORDER BY 1 DESC", rec.ID)
				if err != nil {
					return err
				}
				if there > 0 {
					continue
				}
				rec.Imported = true
				e, err := newEntry(rec)
				if err == nil {
					err = c.insert(e)
				}
				if err != nil {
					return err
				}
				n++
			}
			return c.index()
		})
		if err != nil {
			return added, err
		}
		added += n
	}
	return added, nil
}
