package sqlite

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/ledger/gram"
	"fourfactor/juhe/lookup"
)

// Verify implements ledger.Ledger. It checks the pages, indexes and rows. It uses a
// separate connection, so that no other call waits for it.
func (l *Ledger) Verify(ctx context.Context) (ledger.Verification, error) {
	v := verification{ledger.Verification{Encrypted: l.Encryption != EncryptionNone}}
	if err := l.Open(ctx); err != nil {
		return v.Verification, err
	}
	v.Size = l.files.size()
	slot := connSlot{sem: make(chan struct{}, 1)}
	err := l.withConn(ctx, &slot, v.check)
	if slot.conn != nil {
		slot.conn.close()
	}
	return v.Verification, err
}

type verification struct{ ledger.Verification }

func (v *verification) check(c *conn) error {
	// addDamage adds err to the problems if it reports damage, and reports whether it has.
	addDamage := func(err error) bool {
		if err != nil && problemOf(err) == lookup.LedgerDamaged {
			v.Problems = append(v.Problems, juhe.Sanitize(err.Error()))
			return true
		}
		return false
	}
	err := c.query(func(s *sqlite3.Stmt) bool {
		if text := s.ColumnText(0); text != "ok" {
			v.Problems = append(v.Problems, juhe.Sanitize(text))
		}
		return true
	}, "PRAGMA integrity_check")
	if err != nil && !addDamage(err) {
		return err
	}
	for _, q := range []struct {
		count *int
		sql   string
	}{{&v.Lookups, "SELECT count(*) FROM lookup"}, {&v.Pending, "SELECT count(*) FROM intent"}} {
		n, err := c.queryInt(q.sql)
		if err != nil && !addDamage(err) {
			return err
		}
		*q.count = int(n)
	}
	if err := v.checkRows(c); err != nil && !addDamage(err) {
		return err
	}
	indexed, err := c.queryInt("SELECT (SELECT count(*) FROM gram WHERE gram MATCH ?) + (SELECT count(*) FROM unindexed)", allLookupsQuery())
	if err != nil && !addDamage(err) {
		return err
	}
	if err == nil && int(indexed) != v.Lookups {
		v.Problems = append(v.Problems, fmt.Sprintf("%d lookups, but %d in the search index or waiting for it", v.Lookups, indexed))
	}
	return nil
}

// maxProblems limits the problems that checkRows lists.
const maxProblems = 100

// checkRows reads each lookup and each audit event. It adds those that cannot be read to
// the problems.
func (v *verification) checkRows(c *conn) error {
	keys, err := c.keysInWindow(newWindow(lookup.Search{}))
	if err != nil {
		return err
	}
	var problems []string
	for _, key := range keys {
		r, ok, err := c.lookupByKey(key)
		at := c.localTime(key / keysPerMilli).Format(time.RFC3339)
		switch {
		case err != nil && problemOf(err) != lookup.LedgerDamaged:
			return err
		case err != nil, !ok:
			problems = append(problems, fmt.Sprintf("the lookup made at %s cannot be read", at))
		case r.corrupt:
			problems = append(problems, fmt.Sprintf("lookup %s made at %s has changed on the disk", juhe.Sanitize(r.ID), at))
		}
	}
	_, unreadable, err := c.readAuditOneByOne(math.MaxInt)
	if err != nil {
		return err
	}
	if unreadable > 0 {
		problems = append(problems, fmt.Sprintf("%d events of the audit log cannot be read", unreadable))
	}
	if more := len(problems) - maxProblems; more > 0 {
		problems = append(problems[:maxProblems], fmt.Sprintf("and %d more", more))
	}
	v.Problems = append(v.Problems, problems...)
	return nil
}

// allLookupsQuery returns a query of the search index that finds every lookup. Each has
// the token of its endpoint.
func allLookupsQuery() string {
	var tokens []string
	for _, a := range juhe.APIs() {
		tokens = append(tokens, gram.Token(ledger.APITag(a)))
	}
	return strings.Join(tokens, " OR ")
}
