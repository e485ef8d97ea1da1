package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// Salvage reads, from a damaged ledger, the look-ups that s finds and that can
// be read, newest first, one by one. Its error says how many cannot be read, if
// any: a *lookup.LedgerError. It ends with an error of each.
func (l *Ledger) Salvage(ctx context.Context, s lookup.Search, each func(lookup.Record) error) error {
	own := place{turn: make(chan struct{}, 1)}
	lost, ended := 0, error(nil)
	err := l.with(ctx, &own, func(c *conn) error {
		w := bounds(s)
		keys, err := c.keys(w)
		if err != nil {
			return err
		}
		terms, _ := wanted(s)
		for _, key := range keys {
			f, ok, err := c.row(key)
			switch {
			case problemOf(err) == lookup.LedgerDamaged && err != nil:
				lost++
			case err != nil:
				return err
			case ok && w.has(f) && f.fits(s, terms):
				if ended = each(f.Record); ended != nil {
					return nil
				}
			}
		}
		return nil
	})
	if own.conn != nil {
		own.conn.abandon()
	}
	switch {
	case err != nil || ended != nil:
		return errors.Join(err, ended)
	case lost > 0:
		return l.problem(lookup.LedgerDamaged, fmt.Errorf("%d look-ups cannot be read", lost))
	}
	return nil
}

// keys lists the keys of a window, newest first, from an index that has them:
// the table itself cannot be walked past a damaged page.
func (c *conn) keys(w window) (keys []int64, err error) {
	for _, index := range []string{"lookup_outcome", "lookup_same"} {
		keys = nil
		err = c.each(func(s *sqlite3.Stmt) bool {
			if key := s.ColumnInt64(0); key >= w.from && key < w.to {
				keys = append(keys, key)
			}
			return true
		}, "SELECT key FROM lookup INDEXED BY "+index)
		if err == nil {
			break
		}
	}
	slices.Sort(keys)
	slices.Reverse(keys)
	return keys, err
}

// row reads the look-up of a key.
func (c *conn) row(key int64) (f found, ok bool, err error) {
	err = c.each(func(s *sqlite3.Stmt) bool { f, ok = c.scan(s), true; return false }, "SELECT "+columns+" FROM lookup WHERE key = ?", key)
	return f, ok, err
}
