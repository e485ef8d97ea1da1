package ledger

import (
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// salvage is search where a page of the database is damaged: it reads row by row
// and counts those that cannot be read.
func (c *conn) salvage(s lookup.Search) (page lookup.Page, err error) {
	w := bounds(s)
	keys, err := c.keys(w)
	if err != nil {
		return page, err
	}
	terms, _ := wanted(s)
	for _, key := range keys {
		if len(page.Records) == s.Limit {
			page.More = true
			break
		}
		f, ok, err := c.row(key)
		switch {
		case err != nil && problemOf(err) == lookup.LedgerDamaged, err == nil && !ok:
			page.Unreadable++
			page.Next = lookup.Cursor(key)
		case err != nil:
			return page, err
		case f.rotten || w.has(f):
			f.key = key
			take(&page, f, s, terms)
		}
	}
	return page, nil
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

// rotten reports whether a look-up of factors with this hash cannot be read.
func (c *conn) rotten(same int64) (rotten bool, err error) {
	err = c.each(func(s *sqlite3.Stmt) bool {
		rotten = !intact(s, 0, digestColumn, digestColumn)
		return !rotten
	}, "SELECT "+columns+" FROM lookup WHERE same = ?", same)
	return rotten, err
}
