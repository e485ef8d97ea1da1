package ledger

import (
	"context"
	"fmt"
	"math"
	"os"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Health is what Verify found.
type Health struct {
	Path      string
	Encrypted bool
	Lookups   int      // settled ones
	Pending   int      // intents that are not settled
	Size      int64    // of the database's files
	Problems  []string // as the engine tells them, harmless; none when it is sound
}

// Verify reads the whole ledger and checks it: that each page is what it
// should be, that each look-up is in every index, and the index of grams. It
// has a connection of its own, so nobody waits for it.
func (l *Ledger) Verify(ctx context.Context) (Health, error) {
	h := Health{Path: l.Path, Encrypted: l.Encryption != EncryptionNone}
	if err := l.Open(ctx); err != nil {
		return h, err
	}
	for _, path := range l.files.parts() {
		if info, err := os.Stat(path); err == nil {
			h.Size += info.Size()
		}
	}
	own := place{turn: make(chan struct{}, 1)}
	err := l.with(ctx, &own, func(c *conn) error { return h.check(c) })
	if own.conn != nil {
		own.conn.close()
	}
	return h, err
}

func (h *Health) check(c *conn) error {
	problem := func(err error) bool {
		if err != nil && problemOf(err) == lookup.LedgerDamaged {
			h.Problems = append(h.Problems, juhe.Harmless(err.Error()))
			return true
		}
		return false
	}
	err := c.each(func(s *sqlite3.Stmt) bool {
		if text := s.ColumnText(0); text != "ok" {
			h.Problems = append(h.Problems, juhe.Harmless(text))
		}
		return true
	}, "PRAGMA integrity_check")
	if err != nil && !problem(err) {
		return err
	}
	for into, sql := range map[*int]string{
		&h.Lookups: "SELECT count(*) FROM lookup", &h.Pending: "SELECT count(*) FROM intent",
	} {
		n, err := c.number(sql)
		if err != nil && !problem(err) {
			return err
		}
		*into = int(n)
	}
	if err := h.read(c); err != nil && !problem(err) {
		return err
	}
	indexed, err := c.number("SELECT (SELECT count(*) FROM gram WHERE gram MATCH ?) + (SELECT count(*) FROM unindexed)", anyAPI())
	if err != nil && !problem(err) {
		return err
	}
	if err == nil && int(indexed) != h.Lookups {
		h.Problems = append(h.Problems, fmt.Sprintf("%d look-ups, %d of them in the index of grams", h.Lookups, indexed))
	}
	return nil
}

// namedMost bounds how many records that cannot be read are named.
const namedMost = 100

// read reads each look-up and each line of the trail, and names those that
// cannot be read.
func (h *Health) read(c *conn) error {
	keys, err := c.keys(bounds(lookup.Search{}))
	if err != nil {
		return err
	}
	var bad []string
	for _, key := range keys {
		f, ok, err := c.row(key)
		switch {
		case err != nil && problemOf(err) != lookup.LedgerDamaged:
			return err
		case err != nil, !ok:
			bad = append(bad, fmt.Sprintf("look-up of %s cannot be read", c.time(key/slots).Format(time.RFC3339)))
		case f.rotten:
			bad = append(bad, fmt.Sprintf("look-up %s of %s has changed on the disk", juhe.Harmless(f.ID), c.time(key/slots).Format(time.RFC3339)))
		}
	}
	_, lines, err := c.salvageTrail(math.MaxInt)
	if err != nil {
		return err
	}
	if lines > 0 {
		bad = append(bad, fmt.Sprintf("%d lines of the audit trail cannot be read", lines))
	}
	if more := len(bad) - namedMost; more > 0 {
		bad = append(bad[:namedMost], fmt.Sprintf("and %d more", more))
	}
	h.Problems = append(h.Problems, bad...)
	return nil
}

// anyAPI asks the index of grams for every look-up: each has an endpoint.
func anyAPI() string {
	var tokens []string
	for _, a := range juhe.APIs() {
		tokens = append(tokens, apiToken(a))
	}
	return strings.Join(tokens, " OR ")
}
