package ledger

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// Trace adds to the audit trail, durably. At and Who are filled in.
func (l *Ledger) Trace(ctx context.Context, traces ...lookup.Trace) error {
	return l.write(ctx, func(c *conn) error {
		for _, t := range traces {
			if err := l.trace(c, t); err != nil {
				return err
			}
		}
		return nil
	})
}

func (l *Ledger) trace(c *conn, t lookup.Trace) error {
	_, err := c.do("INSERT INTO trace (at, who, what, id, count, detail, masked) VALUES (?, ?, ?, ?, ?, ?, ?)",
		l.Now().UnixMilli(), l.Who, string(t.What), t.ID, t.Count, t.Detail, t.Masked)
	return err
}

// Trail is the audit trail, newest first, at most limit lines; all for 0.
func (l *Ledger) Trail(ctx context.Context, limit int) (trail []lookup.Trace, err error) {
	if limit <= 0 {
		limit = -1
	}
	err = l.read(ctx, func(c *conn) error {
		return c.each(func(s *sqlite3.Stmt) bool {
			trail = append(trail, lookup.Trace{
				At: c.time(s.ColumnInt64(0)), Who: s.ColumnText(1), What: lookup.TraceKind(s.ColumnText(2)),
				ID: s.ColumnText(3), Count: s.ColumnInt(4), Detail: s.ColumnText(5), Masked: s.ColumnBool(6),
			})
			return true
		}, "SELECT at, who, what, id, count, detail, masked FROM trace ORDER BY key DESC LIMIT ?", limit)
	})
	return trail, err
}
