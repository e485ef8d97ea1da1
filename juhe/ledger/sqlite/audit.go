package sqlite

import (
	"context"
	"math"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// RecordAudit implements ledger.Ledger.
func (h history) RecordAudit(ctx context.Context, events ...lookup.AuditEvent) error {
	return h.write(ctx, func(c *conn) error {
		for _, e := range events {
			if err := h.addAudit(c, e); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h history) addAudit(c *conn, e lookup.AuditEvent) error {
	values := []any{h.Now().UnixMilli(), h.User, string(e.Action), e.ID, e.Count, e.Detail, e.Masked}
	return c.exec("INSERT INTO trace ("+auditColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?)", append(values, digestOf(values...))...)
}

// auditColumns are the columns of an event in the table trace, the audit log, in the order
// of scanAudit. The digest covers the columns before it.
const (
	auditColumns      = "at, who, what, id, count, detail, masked, digest"
	auditDigestColumn = 7
)

func (c *conn) scanAudit(s *sqlite3.Stmt) (e lookup.AuditEvent, intact bool) {
	return lookup.AuditEvent{
		At: c.localTime(s.ColumnInt64(0)), User: s.ColumnText(1), Action: lookup.AuditAction(s.ColumnText(2)),
		ID: s.ColumnText(3), Count: s.ColumnInt(4), Detail: s.ColumnText(5), Masked: s.ColumnBool(6),
	}, isIntact(s, 0, auditDigestColumn, auditDigestColumn)
}

// AuditLog implements ledger.Ledger.
func (h history) AuditLog(ctx context.Context, limit int) (events []lookup.AuditEvent, err error) {
	if limit <= 0 {
		limit = math.MaxInt
	}
	unreadable := 0
	err = h.withWriter(ctx, func(c *conn) error {
		events, unreadable, err = c.readAudit("ORDER BY key DESC LIMIT ?", limit)
		if err != nil && problemOf(err) == lookup.LedgerDamaged {
			events, unreadable, err = c.readAuditOneByOne(limit)
		}
		return err
	})
	if err == nil && unreadable > 0 {
		err = lookup.NewUnreadableError(h.Path, unreadable)
	}
	return events, err
}

// readAudit returns the events that an SQL clause selects, and the number of corrupt ones.
func (c *conn) readAudit(clause string, args ...any) (events []lookup.AuditEvent, corrupt int, err error) {
	err = c.query(func(s *sqlite3.Stmt) bool {
		if e, intact := c.scanAudit(s); intact {
			events = append(events, e)
		} else {
			corrupt++
		}
		return true
	}, "SELECT "+auditColumns+" FROM trace "+clause, args...)
	return events, corrupt, err
}

// readAuditOneByOne reads the events of a database with damaged pages one by one.
func (c *conn) readAuditOneByOne(limit int) (events []lookup.AuditEvent, unreadable int, err error) {
	last, err := c.queryInt("SELECT seq FROM sqlite_sequence WHERE name = 'trace'")
	for key := last; key > 0 && len(events) < limit && err == nil; key-- {
		found, corrupt, readErr := c.readAudit("WHERE key = ?", key)
		switch {
		case readErr == nil:
			events, unreadable = append(events, found...), unreadable+corrupt
		case problemOf(readErr) == lookup.LedgerDamaged:
			unreadable++
		default:
			err = readErr
		}
	}
	return events, unreadable, err
}
