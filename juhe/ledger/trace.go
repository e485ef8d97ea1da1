package ledger

import (
	"context"
	"math"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// RecordAudit adds to the audit trail, durably. At and Who are filled in.
func (l *Ledger) RecordAudit(ctx context.Context, traces ...lookup.AuditEvent) error {
	return l.write(ctx, func(c *conn) error {
		for _, t := range traces {
			if err := l.trace(c, t); err != nil {
				return err
			}
		}
		return nil
	})
}

func (l *Ledger) trace(c *conn, t lookup.AuditEvent) error {
	values := []any{l.Now().UnixMilli(), l.User, string(t.Action), t.ID, t.Count, t.Detail, t.Masked}
	_, err := c.do("INSERT INTO trace (at, who, what, id, count, detail, masked, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		append(values, digestOf(values...))...)
	return err
}

// traceColumns are what a digest is of, and the digest.
const (
	traceColumns = "at, who, what, id, count, detail, masked, digest"
	traceDigest  = 7
)

func (c *conn) scanTrace(s *sqlite3.Stmt) (t lookup.AuditEvent, readable bool) {
	return lookup.AuditEvent{
		At: c.time(s.ColumnInt64(0)), User: s.ColumnText(1), Action: lookup.AuditAction(s.ColumnText(2)),
		ID: s.ColumnText(3), Count: s.ColumnInt(4), Detail: s.ColumnText(5), Masked: s.ColumnBool(6),
	}, intact(s, 0, traceDigest, traceDigest)
}

// AuditLog is the audit trail, newest first, at most limit lines; all for 0. Lines
// that cannot be read are passed over: with the rest there is an error then, a
// *lookup.LedgerError with LedgerUnreadable.
func (l *Ledger) AuditLog(ctx context.Context, limit int) (trail []lookup.AuditEvent, err error) {
	if limit <= 0 {
		limit = math.MaxInt
	}
	unreadable := 0
	err = l.read(ctx, func(c *conn) error {
		trail, unreadable, err = c.trail(limit, "ORDER BY key DESC LIMIT ?", limit)
		if err != nil && problemOf(err) == lookup.LedgerDamaged {
			trail, unreadable, err = c.salvageTrail(limit)
		}
		return err
	})
	if err == nil && unreadable > 0 {
		err = lookup.UnreadableError(l.Path, unreadable)
	}
	return trail, err
}

func (c *conn) trail(limit int, which string, args ...any) (trail []lookup.AuditEvent, unreadable int, err error) {
	err = c.each(func(s *sqlite3.Stmt) bool {
		t, readable := c.scanTrace(s)
		if !readable {
			unreadable++
			return true
		}
		trail = append(trail, t)
		return len(trail) < limit
	}, "SELECT "+traceColumns+" FROM trace "+which, args...)
	return trail, unreadable, err
}

// salvageTrail reads line by line, past a damaged page.
func (c *conn) salvageTrail(limit int) (trail []lookup.AuditEvent, unreadable int, err error) {
	last, err := c.number("SELECT seq FROM sqlite_sequence WHERE name = 'trace'")
	for key := last; key > 0 && len(trail) < limit && err == nil; key-- {
		one, rotten, damaged := c.trail(1, "WHERE key = ?", key)
		switch {
		case damaged == nil:
			trail, unreadable = append(trail, one...), unreadable+rotten
		case problemOf(damaged) == lookup.LedgerDamaged:
			unreadable++
		default:
			err = damaged
		}
	}
	return trail, unreadable, err
}
