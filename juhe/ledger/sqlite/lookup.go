package sqlite

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// factorsHash returns the hash by which lookups of the same factors are found. Spellings
// with the same normal form have the same hash.
func factorsHash(f juhe.Factors) int64 {
	f = lookup.ComparableFactors(lookup.NormalizeFactors(f))
	var text []byte
	for _, value := range f {
		text = binary.AppendUvarint(text, uint64(len(value)))
		text = append(text, value...)
	}
	sum := sha256.Sum256(text)
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// keysPerMilli is the number of keys for each millisecond. The key of a lookup is its
// primary key, and its position in the history: see nextKey.
const keysPerMilli = 64

// lookupColumns are the columns of a lookup except the raw answer, in the order of
// scanLookup. The column spoken holds the spelling. The column same, which is only searched,
// holds factorsHash.
const lookupColumns = `key, ` + requestColumns + `,
	outcome, billable, fault, detail, state, code, error_code, desc, regstatus, orderid, reason, elapsed, imported, spoken, digest`

const selectLookup = "SELECT " + lookupColumns + " FROM lookup "

// lookupColumnsWithRaw adds the raw answer and its digest.
const lookupColumnsWithRaw = lookupColumns + ", raw, raw_digest"

// The positions of the digest, which covers the columns before it, and of the raw answer.
const (
	digestColumn = 25
	rawColumn    = 26
)

// rawAnswer returns the raw answer of a row of lookupColumnsWithRaw, or "" if it is
// corrupt.
func rawAnswer(s *sqlite3.Stmt) string {
	if !isIntact(s, rawColumn, rawColumn+1, rawColumn+1) {
		return ""
	}
	return s.ColumnText(rawColumn)
}

// lookupRow is a row of the table lookup.
type lookupRow struct {
	key int64
	lookup.Record
	spelling string // see ledger.Spell
	corrupt  bool   // the digest does not match, so no other field can be trusted
}

func (c *conn) scanLookup(s *sqlite3.Stmt) lookupRow {
	text := s.ColumnText
	r := lookupRow{s.ColumnInt64(0), c.scanRequest(s, 1), text(24), !isIntact(s, 0, digestColumn, digestColumn)}
	r.Reply = juhe.Reply{
		Outcome: juhe.Outcome(text(11)), Billable: juhe.Billable(text(12)),
		Fault: juhe.Fault{Kind: juhe.FaultKind(text(13)), Detail: text(14)},
		State: columnIntPtr(s, 15), Code: columnIntPtr(s, 16), ErrorCode: columnIntPtr(s, 17),
		Desc: text(18), Regstatus: text(19), Orderid: text(20), Reason: text(21),
	}
	r.Elapsed, r.Imported = time.Duration(s.ColumnInt64(22))*time.Millisecond, s.ColumnBool(23)
	return r
}

// requestColumns are the columns in which the tables intent and lookup hold what is known
// before a lookup is sent, in the order of scanRequest. The column asked holds
// Query.Regstatus and remarks the warnings.
const requestColumns = "id, at, service, api, asked, entname, entmark, realname, idcard, remarks"

// scanRequest reads the requestColumns, which begin with the column first.
func (c *conn) scanRequest(s *sqlite3.Stmt, first int) lookup.Record {
	text := func(i int) string { return s.ColumnText(first + i) }
	rec := lookup.Record{
		ID: text(0), At: c.localTime(s.ColumnInt64(first + 1)), Service: text(2),
		Query: juhe.Query{
			API: juhe.API(text(3)), Regstatus: s.ColumnBool(first + 4),
			Factors: juhe.Factors{juhe.Entname: text(5), juhe.Entmark: text(6), juhe.Realname: text(7), juhe.Idcard: text(8)},
		},
	}
	// If that fails, the lookup is returned without its warnings.
	_ = json.Unmarshal(s.ColumnRawText(first+9), &rec.Warnings)
	return rec
}

// requestValues returns the values of the requestColumns. Warnings are names, which JSON
// can always hold.
func requestValues(rec lookup.Record) []any {
	warnings := ""
	if len(rec.Warnings) > 0 {
		text, _ := json.Marshal(rec.Warnings)
		warnings = string(text)
	}
	q := rec.Query
	return []any{
		rec.ID, rec.At.UnixMilli(), rec.Service, string(q.API), q.Regstatus,
		q.Factors[juhe.Entname], q.Factors[juhe.Entmark], q.Factors[juhe.Realname], q.Factors[juhe.Idcard], warnings,
	}
}

func columnIntPtr(s *sqlite3.Stmt, column int) *int {
	if s.ColumnType(column) == sqlite3.NULL {
		return nil
	}
	n := s.ColumnInt(column)
	return &n
}

// preparedLookup is a lookup with the texts that are derived from it. They are computed
// outside the transaction, because other writers wait for the transaction.
type preparedLookup struct {
	lookup.Record
	spelling, tokens string
	request          []any // see requestValues
}

func prepareLookup(rec lookup.Record) preparedLookup {
	spelling := ledger.Spell(rec.Query.Factors)
	return preparedLookup{rec, spelling, ledger.Tokens(rec, spelling), requestValues(rec)}
}

// insertLookup adds a concluded lookup. updateIndex adds it to the search index later.
func (c *conn) insertLookup(p preparedLookup) error {
	key, err := c.nextKey(p.At)
	if err != nil {
		return err
	}
	r := p.Reply
	values := append(append([]any{key}, p.request...),
		string(r.Outcome), string(r.Billable), string(r.Fault.Kind), r.Fault.Detail, r.State, r.Code, r.ErrorCode,
		r.Desc, r.Regstatus, r.Orderid, r.Reason, p.Elapsed.Milliseconds(), p.Imported, p.spelling)
	values = append(values, digestOf(values...), r.Raw, digestOf(r.Raw), factorsHash(p.Query.Factors))
	return cmp.Or(c.exec(`INSERT INTO lookup (`+lookupColumnsWithRaw+`, same) VALUES
		(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, values...), c.index.add(key, p))
}

// deleteLookup deletes a lookup from the table and the search index.
func (c *conn) deleteLookup(r lookupRow) error {
	err := c.index.remove(r)
	if r.corrupt { // DELETE fails if the indexes hold other values
		err = cmp.Or(err, c.exec("REINDEX lookup"))
	}
	return cmp.Or(err, c.exec("DELETE FROM lookup WHERE key = ?", r.key))
}

// lookupByID reads a lookup with its raw answer.
func (c *conn) lookupByID(id string) (lookupRow, bool, error) {
	return firstRow(c, func(s *sqlite3.Stmt) lookupRow {
		r := c.scanLookup(s)
		r.Reply.Raw = rawAnswer(s)
		return r
	}, "SELECT "+lookupColumnsWithRaw+" FROM lookup WHERE id = ?", id)
}

// lookupByKey reads a lookup without its raw answer.
func (c *conn) lookupByKey(key int64) (lookupRow, bool, error) {
	return firstRow(c, c.scanLookup, selectLookup+"WHERE key = ?", key)
}

// maxKeySkew is assumed to be the most by which the key of a lookup is ahead of its time.
// The keys of an hour suffice for 200 million lookups whose time is the same millisecond.
const maxKeySkew = time.Hour

// minKey returns the smallest key of the millisecond of at.
func minKey(at time.Time) int64 { return at.UnixMilli() * keysPerMilli }

// nextKey returns an unused key for a lookup made at the given time: one of that
// millisecond or, if those are taken, of a later one. The steps double, because an import
// may have many lookups of the same millisecond.
func (c *conn) nextKey(at time.Time) (int64, error) {
	from := minKey(at)
	for step := int64(keysPerMilli); ; step *= 2 {
		last, err := c.queryInt("SELECT key FROM lookup WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT 1", from, from+step)
		switch {
		case err != nil:
			return 0, err
		case last == 0:
			return from, nil
		case last < from+step-1:
			return last + 1, nil
		}
		from += step
	}
}
