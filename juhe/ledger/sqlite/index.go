package sqlite

import (
	"cmp"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
)

// searchIndex is the search index of the lookups: the tables gram and unindexed.
type searchIndex struct {
	*conn
	frequency map[string]int64         // by token; see frequencyRank
	inserted  map[int64]insertedTokens // by the key of the lookup
}

// insertedTokens are the tokens of a lookup that this connection has inserted and that
// is not in the index yet.
type insertedTokens struct {
	id      string
	outcome juhe.Outcome
	tokens  string
}

// The search index is updated once indexBatch lookups are missing from it and no change
// is waiting to be committed. Once maxUnindexed are missing, it is updated in any case. A
// search reads the missing lookups one by one.
const (
	indexBatch   = 100
	maxUnindexed = 2000
)

// add adds a lookup. update adds it to the table gram later.
func (x *searchIndex) add(key int64, p preparedLookup) error {
	x.inserted[key] = insertedTokens{p.ID, p.Reply.Outcome, p.tokens}
	return x.exec("INSERT INTO unindexed (key) VALUES (?)", key)
}

// remove removes a lookup.
func (x *searchIndex) remove(r lookupRow) error {
	if err := x.exec("DELETE FROM unindexed WHERE key = ?", r.key); err != nil || x.Changes() > 0 {
		return err
	}
	return x.exec("INSERT INTO gram (gram, rowid, tokens) VALUES ('delete', ?, ?)", r.key, ledger.Tokens(r.Record, r.spelling))
}

// update adds the unindexed lookups to the table gram: many at a time, because each update
// of it writes about thirty pages.
func (x *searchIndex) update() error {
	type row struct {
		key int64
		insertedTokens
	}
	rows, err := allRows(x.conn, func(s *sqlite3.Stmt) row {
		return row{s.ColumnInt64(0), insertedTokens{s.ColumnText(1), juhe.Outcome(s.ColumnText(2)), x.inserted[s.ColumnInt64(0)].tokens}}
	}, "SELECT key, id, outcome FROM lookup WHERE key IN unindexed ORDER BY key")
	for _, row := range rows {
		if x.inserted[row.key] != row.insertedTokens { // inserted by another process
			r, _, err := x.lookupByKey(row.key)
			if err != nil {
				return err
			}
			row.tokens = ledger.Tokens(r.Record, r.spelling)
		}
		err = cmp.Or(err, x.exec("INSERT INTO gram (rowid, tokens) VALUES (?, ?)", row.key, row.tokens))
	}
	clear(x.inserted)
	return cmp.Or(err, x.exec("DELETE FROM unindexed"))
}

// erasesDeleted reports whether the index erases entries when they are deleted, which takes
// some milliseconds for each. If not, it still holds deleted entries and must be compacted.
func (x *searchIndex) erasesDeleted() (bool, error) {
	on, err := x.queryInt("SELECT v FROM gram_config WHERE k = 'secure-delete'")
	return on != 0, err
}

// setErase sets whether the index erases entries when they are deleted. Off also marks the
// index as still to be compacted.
func (x *searchIndex) setErase(on bool) error {
	return x.exec("INSERT INTO gram (gram, rank) VALUES ('secure-delete', ?)", on)
}

// withErase runs do while the index erases deleted entries. If erasing was off, it turns it
// off again afterwards: off also means that the index must still be compacted.
func (x *searchIndex) withErase(do func() error) error {
	erases, err := x.erasesDeleted()
	if erases || err != nil {
		return cmp.Or(err, do())
	}
	return cmp.Or(x.setErase(true), do(), x.setErase(false))
}

// mergePages is the number of index pages that one transaction of a compaction merges.
const mergePages = 500

// mergeDeleted rewrites some pages of the index without its deleted entries, if it has any,
// and reports whether none is left. first is set for the first call of a compaction. A
// negative page count starts a merge of the whole index; a merge that changes fewer than
// two rows has nothing left to do (https://sqlite.org/fts5.html#the_merge_command).
func (x *searchIndex) mergeDeleted(first bool) (done bool, err error) {
	if done, err = x.erasesDeleted(); done || err != nil {
		return done, err
	}
	pages := mergePages
	if first {
		pages = -mergePages
	}
	before := x.TotalChanges()
	if err := x.exec("INSERT INTO gram (gram, rank) VALUES ('merge', ?)", pages); err != nil {
		return false, err
	}
	if x.TotalChanges()-before >= 2 {
		return false, nil
	}
	return true, x.setErase(true)
}
