package sqlite

import (
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// searchDamaged searches a database with damaged pages. It reads the lookups one by one and
// counts those that cannot be read.
func (c *conn) searchDamaged(q ledger.Query) (page lookup.Page, err error) {
	w := newWindow(q.Search)
	keys, err := c.keysInWindow(w)
	if err != nil {
		return page, err
	}
	for _, key := range keys {
		if len(page.Records) == q.Limit {
			page.More = true
			break
		}
		r, ok, err := c.lookupByKey(key)
		switch {
		case err != nil && problemOf(err) == lookup.LedgerDamaged, err == nil && !ok:
			page.Unreadable++
			page.Next = cursorAt(key)
		case err != nil:
			return page, err
		case r.corrupt || w.contains(r):
			r.key = key
			addIfMatch(&page, r, q)
		}
	}
	return page, nil
}

// keysInWindow returns the keys in a window, newest first. It reads them from an index,
// because a scan of the table stops at a damaged page.
func (c *conn) keysInWindow(w window) (keys []int64, err error) {
	for _, index := range []string{"lookup_outcome", "lookup_same"} {
		keys = nil
		err = c.query(func(s *sqlite3.Stmt) bool {
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

// lookupByKey reads a lookup without its raw answer.
func (c *conn) lookupByKey(key int64) (r lookupRow, ok bool, err error) {
	err = c.query(func(s *sqlite3.Stmt) bool {
		r, ok = c.scanLookup(s), true
		return false
	}, "SELECT "+lookupColumns+" FROM lookup WHERE key = ?", key)
	return r, ok, err
}
