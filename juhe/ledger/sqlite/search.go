package sqlite

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/ledger/gram"
	"fourfactor/juhe/lookup"
)

// searchBudget limits the time in which lookups are compared with a text that is too
// short for the search index.
const searchBudget = 14 * time.Millisecond

// Search implements ledger.Ledger. It stops when ctx is cancelled, so that the next search
// does not wait for it.
func (h history) Search(ctx context.Context, s lookup.Search) (lookup.Page, error) {
	q := ledger.NewQuery(s)
	return read(ctx, h.database, &h.reader, func(c *conn) (lookup.Page, error) {
		p := pager{Query: q}
		err := c.index.search(&p)
		if err != nil && problemOf(err) == lookup.LedgerDamaged {
			p = pager{Query: q}
			err = c.searchDamaged(&p)
		}
		return p.page, err
	})
}

// pager makes a page of the results of a search.
type pager struct {
	ledger.Query
	page lookup.Page
}

// add adds a lookup if it matches the search and can be read. It returns false if the page
// is full.
func (p *pager) add(r lookupRow) bool {
	if len(p.page.Records) == p.Limit {
		p.page.More = true
		return false
	}
	switch {
	case r.corrupt:
		p.page.Unreadable++
	case p.Matches(r.Record, r.spelling):
		p.page.Records = append(p.page.Records, r.Record)
	}
	p.page.Next = cursorAt(r.key)
	return true
}

func (x *searchIndex) search(p *pager) error {
	tokens, err := x.rarestTokens(p.Tokens)
	w := newWindow(p.Search)
	var unindexed []lookupRow // the lookups that are not in the index yet
	if err == nil && len(tokens) > 0 {
		unindexed, err = allRows(x.conn, x.scanLookup, selectLookup+"WHERE key IN unindexed AND"+windowClause, w.args()...)
		unindexed = slices.DeleteFunc(unindexed, func(r lookupRow) bool { return !r.corrupt && !p.Matches(r.Record, r.spelling) })
	}
	if err != nil {
		return err
	}
	sql, args := searchQuery(p.Outcome, tokens, w)
	short := slices.ContainsFunc(p.Terms, gram.IsTooShort)
	started, scanned := time.Now(), 0
	err = x.query(func(row *sqlite3.Stmt) bool {
		r := x.scanLookup(row)
		for len(unindexed) > 0 && unindexed[0].key > r.key {
			if !p.add(unindexed[0]) {
				return false
			}
			unindexed = unindexed[1:]
		}
		if len(unindexed) > 0 && unindexed[0].key == r.key { // another process has since indexed it
			unindexed = unindexed[1:]
		}
		if scanned++; short && scanned%8 == 0 && time.Since(started) > searchBudget {
			p.page.More, p.page.SearchedBackTo = true, r.At
			p.add(r)
			return false
		}
		return p.add(r)
	}, sql, args...)
	for _, r := range unindexed {
		if err != nil || p.page.More || !p.add(r) {
			break
		}
	}
	return err
}

// A query has only the rarest tokens of a text, because a common token excludes few
// lookups and has many entries to read.
const (
	maxQueryTokens  = 4
	frequencySample = 32    // see frequencyRank
	maxCachedTokens = 10000 // limits searchIndex.frequency
)

// rarestTokens returns the rarest of tokens, at most maxQueryTokens.
func (x *searchIndex) rarestTokens(tokens []string) ([]string, error) {
	if len(tokens) <= maxQueryTokens {
		return tokens, nil
	}
	for _, t := range tokens {
		if _, known := x.frequency[t]; known {
			continue
		}
		if len(x.frequency) >= maxCachedTokens {
			clear(x.frequency)
		}
		frequency, err := x.frequencyRank(t)
		if err != nil {
			return nil, err
		}
		x.frequency[t] = frequency
	}
	slices.SortFunc(tokens, func(a, b string) int { return cmp.Compare(x.frequency[a], x.frequency[b]) })
	return tokens[:maxQueryTokens], nil
}

// frequencyRank returns a number that is greater the more frequent a token is: the more
// frequent the token, the more recent its frequencySample-th newest lookup. The rank is
// the key of that lookup. With fewer lookups it is their number, which is below every key.
func (x *searchIndex) frequencyRank(token string) (int64, error) {
	keys, err := allRows(x.conn, columnInt64, "SELECT rowid FROM gram WHERE gram MATCH ? ORDER BY rowid DESC LIMIT ?", token, frequencySample)
	if len(keys) < frequencySample {
		return int64(len(keys)), err
	}
	return keys[frequencySample-1], err
}

// window limits a search to keys in [from, to) and times in [since, until), in Unix
// milliseconds. A key may be ahead of its time: see nextKey.
type window struct{ from, to, since, until int64 }

// contains reports whether the time of r is in the window.
func (w window) contains(r lookupRow) bool {
	return w.since <= r.At.UnixMilli() && r.At.UnixMilli() < w.until
}

// windowClause is an SQL condition for the arguments of window.args, followed by ORDER BY.
const windowClause = " key >= ? AND key < ? AND at >= ? AND at < ? ORDER BY key DESC"

// args returns before, followed by the arguments of windowClause.
func (w window) args(before ...any) []any { return append(before, w.from, w.to, w.since, w.until) }

// newWindow returns the window of a search.
func newWindow(s lookup.Search) window {
	w := window{math.MinInt64, math.MaxInt64, math.MinInt64, math.MaxInt64}
	if !s.Since.IsZero() {
		since := s.Since.Add(time.Millisecond - 1)
		w.from, w.since = minKey(since), since.UnixMilli()
	}
	if !s.Until.IsZero() {
		until := s.Until.Add(time.Millisecond - 1)
		w.to, w.until = minKey(until.Add(maxKeySkew)), until.UnixMilli()
	}
	if s.After != "" {
		key, _ := strconv.ParseInt(string(s.After), 10, 64) // 0 if it is not a Cursor: there are no earlier lookups
		w.to = min(w.to, key)
	}
	return w
}

// cursorAt returns the position of the lookup with a key.
func cursorAt(key int64) lookup.Cursor { return lookup.Cursor(strconv.FormatInt(key, 10)) }

// searchQuery returns the SQL query of a search, newest first. It uses the search index if
// there are tokens, or else the index of outcomes or the whole table.
func searchQuery(outcome juhe.Outcome, tokens []string, w window) (sql string, args []any) {
	switch {
	case len(tokens) > 0:
		return "SELECT " + lookupColumns + " FROM gram CROSS JOIN lookup ON key = gram.rowid WHERE gram MATCH ?" +
			" AND gram.rowid >= ? AND gram.rowid < ? AND at >= ? AND at < ? ORDER BY gram.rowid DESC", w.args(strings.Join(tokens, " "))
	case outcome != "":
		return selectLookup + "WHERE outcome = ? AND" + windowClause, w.args(string(outcome))
	}
	return selectLookup + "WHERE" + windowClause, w.args()
}

// searchDamaged searches a database with damaged pages. It reads the lookups one by one and
// counts those that cannot be read.
func (c *conn) searchDamaged(p *pager) error {
	w := newWindow(p.Search)
	keys, err := c.keysInWindow(w)
	if err != nil {
		return err
	}
	for _, key := range keys {
		r, ok, err := c.lookupByKey(key)
		if err != nil && problemOf(err) != lookup.LedgerDamaged {
			return err
		}
		r.corrupt = r.corrupt || !ok
		r.key = key
		if (r.corrupt || w.contains(r)) && !p.add(r) {
			break
		}
	}
	return nil
}

// keysInWindow returns the keys in a window, newest first. It reads them from an index,
// because a scan of the table stops at a damaged page.
func (c *conn) keysInWindow(w window) (keys []int64, err error) {
	for _, index := range []string{"lookup_outcome", "lookup_same"} {
		if keys, err = allRows(c, columnInt64, "SELECT key FROM lookup INDEXED BY "+index); err == nil {
			break
		}
	}
	keys = slices.DeleteFunc(keys, func(key int64) bool { return key < w.from || key >= w.to })
	slices.SortFunc(keys, func(a, b int64) int { return cmp.Compare(b, a) })
	return keys, err
}
