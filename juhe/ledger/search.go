package ledger

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// pageSize is that of a search that says none.
const pageSize = 50

// budget is how long a search for a text that is too short for the index looks
// at texts before it gives what it has. All of the search takes 16 ms then.
const budget = 14 * time.Millisecond

// Search finds settled look-ups. A newer search of the same kind is not kept
// waiting by one whose ctx has ended.
func (l *Ledger) Search(ctx context.Context, s lookup.Search) (page lookup.Page, err error) {
	if s.Limit <= 0 {
		s.Limit = pageSize
	}
	err = l.with(ctx, &l.reader, func(c *conn) error {
		page, err = c.search(s)
		if err != nil && problemOf(err) == lookup.LedgerDamaged {
			page, err = c.salvage(s)
		}
		return err
	})
	return page, err
}

func (c *conn) search(s lookup.Search) (lookup.Page, error) {
	terms, tokens := wanted(s)
	tokens, err := c.rarest(tokens)
	if err != nil {
		return lookup.Page{}, err
	}
	var page lookup.Page
	w := bounds(s)
	var fresh []found
	if len(tokens) > 0 {
		if fresh, err = c.unindexed(s, terms, w); err != nil {
			return page, err
		}
	}
	// more takes what fits, and says whether there is room for more.
	more := func(f found) bool {
		if len(page.Records) == s.Limit {
			page.More = true
			return false
		}
		take(&page, f, s, terms)
		return true
	}
	sql, args := plan(s, tokens, w)
	short := slices.ContainsFunc(terms, tooShort)
	started, looked := time.Now(), 0
	err = c.each(func(row *sqlite3.Stmt) bool {
		f := c.scan(row)
		for len(fresh) > 0 && fresh[0].key > f.key {
			if !more(fresh[0]) {
				return false
			}
			fresh = fresh[1:]
		}
		if len(fresh) > 0 && fresh[0].key == f.key { // indexed just now
			fresh = fresh[1:]
		}
		if looked++; short && looked%8 == 0 && time.Since(started) > budget {
			page.More, page.SearchedBackTo = true, f.At
			return more(f) && false
		}
		return more(f)
	}, sql, args...)
	for _, f := range fresh {
		if err != nil || page.More || !more(f) {
			break
		}
	}
	return page, err
}

// take adds a look-up to a page, if it can be read and fits.
func take(page *lookup.Page, f found, s lookup.Search, terms []string) {
	page.Next = lookup.Cursor(f.key)
	switch {
	case f.rotten:
		page.Unreadable++
	case f.fits(s, terms):
		page.Records = append(page.Records, f.Record)
	}
}

// unindexed finds what the index does not have yet.
func (c *conn) unindexed(s lookup.Search, terms []string, w window) (fresh []found, err error) {
	err = c.each(func(row *sqlite3.Stmt) bool {
		if f := c.scan(row); f.rotten || f.fits(s, terms) {
			fresh = append(fresh, f)
		}
		return true
	}, "SELECT "+columns+" FROM lookup WHERE key IN unindexed AND"+inWindow, w.args()...)
	return fresh, err
}

// A query asks the index for the few tokens that are in the fewest look-ups:
// to walk along the many look-ups of a common one takes longer than to look at
// the texts of those that the rare ones leave.
const (
	askTokens  = 4
	probe      = 32    // of its newest look-ups tell how common a token is
	probeLimit = 10000 // tokens that are remembered
)

// rarest gives the tokens to ask for.
func (c *conn) rarest(tokens []string) ([]string, error) {
	if len(tokens) <= askTokens {
		return tokens, nil
	}
	for _, t := range tokens {
		if _, known := c.reach[t]; known {
			continue
		}
		if len(c.reach) >= probeLimit {
			clear(c.reach)
		}
		reach, err := c.reachOf(t)
		if err != nil {
			return nil, err
		}
		c.reach[t] = reach
	}
	slices.SortFunc(tokens, func(a, b string) int { return cmp.Compare(c.reach[a], c.reach[b]) })
	return tokens[:askTokens], nil
}

// reachOf is the key of the 32nd newest look-up with a token: the rarer it is,
// the smaller. With fewer look-ups it is their number, below every key.
func (c *conn) reachOf(token string) (reach int64, err error) {
	n := int64(0)
	err = c.each(func(s *sqlite3.Stmt) bool {
		n++
		reach = s.ColumnInt64(0)
		return true
	}, "SELECT rowid FROM gram WHERE gram MATCH ? ORDER BY rowid DESC LIMIT ?", token, probe)
	if n < probe {
		reach = n
	}
	return reach, err
}

// window is which look-ups a search may find, by their keys and by their
// times: keys may be a little later than times, see freeKey.
type window struct{ from, to, since, until int64 }

// has tells whether a look-up that has its key in the window has its time there.
func (w window) has(f found) bool { return w.since <= f.At.UnixMilli() && f.At.UnixMilli() < w.until }

const inWindow = " key >= ? AND key < ? AND at >= ? AND at < ? ORDER BY key DESC"

func (w window) args(before ...any) []any { return append(before, w.from, w.to, w.since, w.until) }

func bounds(s lookup.Search) window {
	w := window{math.MinInt64, math.MaxInt64, math.MinInt64, math.MaxInt64}
	if !s.Since.IsZero() {
		since := s.Since.Add(time.Millisecond - 1)
		w.from, w.since = firstKey(since), since.UnixMilli()
	}
	if !s.Until.IsZero() {
		until := s.Until.Add(time.Millisecond - 1)
		w.to, w.until = firstKey(until.Add(crowd)), until.UnixMilli()
	}
	if s.After != 0 {
		w.to = min(w.to, int64(s.After))
	}
	return w
}

// plan makes the query: by the index of grams if it can say anything, else by
// the outcome or through everything, newest first in each case.
func plan(s lookup.Search, tokens []string, w window) (sql string, args []any) {
	switch {
	case len(tokens) > 0:
		return "SELECT " + columns + " FROM gram CROSS JOIN lookup ON key = gram.rowid WHERE gram MATCH ?" +
			" AND gram.rowid >= ? AND gram.rowid < ? AND at >= ? AND at < ? ORDER BY gram.rowid DESC", w.args(strings.Join(tokens, " "))
	case s.Outcome != "":
		return "SELECT " + columns + " FROM lookup WHERE outcome = ? AND" + inWindow, w.args(string(s.Outcome))
	}
	return "SELECT " + columns + " FROM lookup WHERE" + inWindow, w.args()
}

// Get reads one look-up, with its raw answer. ok is false if there is none.
func (l *Ledger) Get(ctx context.Context, id string) (rec lookup.Record, ok bool, err error) {
	err = l.read(ctx, func(c *conn) error {
		f, there, err := c.find(id)
		if err == nil && f.rotten {
			return lookup.UnreadableError(l.Path, 1)
		}
		rec, ok = f.Record, there
		return err
	})
	return rec, ok, err
}

// SameFactors lists the settled look-ups of the same four factors, whichever service
// they went to, newest first. They have no raw answers.
func (l *Ledger) SameFactors(ctx context.Context, rec lookup.Record) (same []lookup.Record, err error) {
	err = l.read(ctx, func(c *conn) error {
		return c.each(func(s *sqlite3.Stmt) bool {
			if f := c.scan(s); !f.rotten && lookup.SameFactors(f.Query.Factors, rec.Query.Factors) {
				same = append(same, f.Record)
			}
			return true
		}, "SELECT "+columns+" FROM lookup WHERE same = ? ORDER BY key DESC", sameness(rec.Query.Factors))
	})
	return same, err
}
