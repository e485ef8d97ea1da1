package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// sameness is a hash of the four factors, to find look-ups of the same ones by. That
// of another spelling is the same, though its verdict may be another: see past.
func sameness(f juhe.Factors) int64 {
	f = lookup.ComparableFactors(lookup.NormalizeFactors(f))
	var text []byte
	for _, value := range []string{f.Entname, f.Entmark, f.Realname, f.Idcard} {
		text = binary.AppendUvarint(text, uint64(len(value)))
		text = append(text, value...)
	}
	sum := sha256.Sum256(text)
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// slots is how many look-ups of one millisecond have keys in a row.
const slots = 64

// columns are those of a settled look-up without its raw answer, in the order
// in which scan reads them.
const columns = `key, id, at, service, api, asked, entname, entmark, realname, idcard, remarks,
	outcome, billable, fault, detail, state, code, error_code, desc, regstatus, orderid, reason, elapsed, imported, spoken, digest`

// withRaw are those columns and the raw answer with its digest.
const withRaw = columns + ", raw, raw_digest"

// The columns behind those that a digest is of.
const (
	digestColumn = 25
	rawColumn    = 26
)

// rawAnswer is the raw answer of a row of withRaw, empty if it has rotten.
func rawAnswer(s *sqlite3.Stmt) string {
	if !intact(s, rawColumn, rawColumn+1, rawColumn+1) {
		return ""
	}
	return s.ColumnText(rawColumn)
}

// found is a row of lookup.
type found struct {
	key int64
	lookup.Record
	spoken string
	// rotten reports that the row is not as it was written: nothing of the
	// Record counts.
	rotten bool
}

func (c *conn) scan(s *sqlite3.Stmt) found {
	text := s.ColumnText
	f := found{
		key:    s.ColumnInt64(0),
		spoken: text(24),
		rotten: !intact(s, 0, digestColumn, digestColumn),
		Record: lookup.Record{
			ID: text(1), At: c.time(s.ColumnInt64(2)), Service: text(3),
			Query: juhe.Query{
				API: juhe.API(text(4)), Regstatus: s.ColumnBool(5),
				Factors: juhe.Factors{Entname: text(6), Entmark: text(7), Realname: text(8), Idcard: text(9)},
			},
			Reply: juhe.Reply{
				Outcome: juhe.Outcome(text(11)), Billable: juhe.Billable(text(12)),
				Fault: juhe.Fault{Kind: juhe.FaultKind(text(13)), Detail: text(14)},
				State: pointer(s, 15), Code: pointer(s, 16), ErrorCode: pointer(s, 17),
				Desc: text(18), Regstatus: text(19), Orderid: text(20), Reason: text(21),
			},
			Elapsed: time.Duration(s.ColumnInt64(22)) * time.Millisecond, Imported: s.ColumnBool(23),
		},
	}
	// What cannot be read is a remark less, not a look-up less.
	_ = json.Unmarshal(s.ColumnRawText(10), &f.Warnings)
	return f
}

func pointer(s *sqlite3.Stmt, column int) *int {
	if s.ColumnType(column) == sqlite3.NULL {
		return nil
	}
	n := s.ColumnInt(column)
	return &n
}

// remarksText is how remarks are kept.
func remarksText(rec lookup.Record) (string, error) {
	if len(rec.Warnings) == 0 {
		return "", nil
	}
	text, err := json.Marshal(rec.Warnings)
	return string(text), err
}

// entry is a look-up with what is made of it for the database: that can be done
// beside whatever the database is doing.
type entry struct {
	lookup.Record
	spoken, tokens, remarks string
}

func newEntry(rec lookup.Record) (entry, error) {
	remarks, err := remarksText(rec)
	spoken := spokenNames(rec.Query.Factors)
	return entry{rec, spoken, found{Record: rec, spoken: spoken}.tokens(), remarks}, err
}

// insert adds a settled look-up. index takes it into the index.
func (c *conn) insert(e entry) error {
	key, err := c.freeKey(e.At)
	if err != nil {
		return err
	}
	rec, q, r := e.Record, e.Query, e.Reply
	values := []any{
		key, rec.ID, rec.At.UnixMilli(), rec.Service, string(q.API), q.Regstatus,
		q.Entname, q.Entmark, q.Realname, q.Idcard, e.remarks,
		string(r.Outcome), string(r.Billable), string(r.Fault.Kind), r.Fault.Detail, r.State, r.Code, r.ErrorCode,
		r.Desc, r.Regstatus, r.Orderid, r.Reason, rec.Elapsed.Milliseconds(), rec.Imported, e.spoken,
	}
	values = append(values, digestOf(values...), r.Raw, digestOf(r.Raw), sameness(q.Factors))
	if _, err := c.do(`INSERT INTO lookup (`+withRaw+`, same) VALUES
		(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, values...); err != nil {
		return err
	}
	c.made[key] = made{rec.ID, r.Outcome, e.tokens}
	_, err = c.do("INSERT INTO unindexed (key) VALUES (?)", key)
	return err
}

// made is the tokens of a look-up that this connection has inserted, while it
// waits for the index.
type made struct {
	id      string
	outcome juhe.Outcome
	tokens  string
}

// index takes into the index what is not in it yet. To do so for each look-up
// by itself would write thirty pages more.
func (c *conn) index() error {
	var keys []int64
	var tokens []string
	err := c.each(func(s *sqlite3.Stmt) bool {
		key := s.ColumnInt64(0)
		keys = append(keys, key)
		m := c.made[key] // or another process has taken the key, or settled it otherwise
		if m.id != s.ColumnText(1) || m.outcome != juhe.Outcome(s.ColumnText(2)) {
			m.tokens = ""
		}
		tokens = append(tokens, m.tokens)
		return true
	}, "SELECT key, id, outcome FROM lookup WHERE key IN unindexed ORDER BY key")
	if err != nil {
		return err
	}
	for i, key := range keys {
		if tokens[i] == "" {
			if tokens[i], err = c.tokensOf(key); err != nil {
				return err
			}
		}
		if _, err := c.do("INSERT INTO gram (rowid, tokens) VALUES (?, ?)", key, tokens[i]); err != nil {
			return err
		}
	}
	clear(c.made)
	_, err = c.do("DELETE FROM unindexed")
	return err
}

// tokensOf makes the tokens of a look-up that another connection has inserted.
func (c *conn) tokensOf(key int64) (tokens string, err error) {
	err = c.each(func(s *sqlite3.Stmt) bool {
		tokens = c.scan(s).tokens()
		return false
	}, "SELECT "+columns+" FROM lookup WHERE key = ?", key)
	return tokens, err
}

// remove takes a settled look-up away, with its grams.
func (c *conn) remove(f found) error {
	waiting, err := c.do("DELETE FROM unindexed WHERE key = ?", f.key)
	if err != nil {
		return err
	}
	if waiting == 0 {
		if _, err := c.do("INSERT INTO gram (gram, rowid, tokens) VALUES ('delete', ?, ?)", f.key, f.tokens()); err != nil {
			return err
		}
	}
	if f.rotten { // its values may not be those in the indexes
		if err := c.Exec("REINDEX lookup"); err != nil {
			return err
		}
	}
	_, err = c.do("DELETE FROM lookup WHERE key = ?", f.key)
	return err
}

// find reads a settled look-up.
func (c *conn) find(id string) (f found, ok bool, err error) {
	err = c.each(func(s *sqlite3.Stmt) bool {
		f, ok = c.scan(s), true
		f.Reply.Raw = rawAnswer(s)
		return false
	}, `SELECT `+withRaw+` FROM lookup WHERE id = ?`, id)
	return f, ok, err
}

// crowd is how much later than its time the key of a look-up may be. It has
// room for 200 million of one moment.
const crowd = time.Hour

// firstKey is the smallest key of a moment.
func firstKey(at time.Time) int64 { return at.UnixMilli() * slots }

// freeKey gives the next key of the millisecond of at. If a crowd of imported
// look-ups has taken them all, the next one free, by ever longer steps.
func (c *conn) freeKey(at time.Time) (int64, error) {
	from := firstKey(at)
	for step := int64(slots); ; step *= 2 {
		last, err := c.number("SELECT key FROM lookup WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT 1", from, from+step)
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
