package sqlite

import (
	"encoding/binary"
	"hash/crc64"

	"github.com/ncruces/go-sqlite3"
)

// digest is a checksum of the values of a row. It detects accidental changes on the disk,
// but not deliberate ones.
type digest uint64

func (d *digest) add(kind byte, b []byte) {
	table := crc64.MakeTable(crc64.ECMA)
	head := binary.AppendUvarint([]byte{kind}, uint64(len(b)))
	*d = digest(crc64.Update(crc64.Update(uint64(*d), table, head), table, b))
}

func (d *digest) addInt(n int64) { d.add('n', binary.BigEndian.AppendUint64(nil, uint64(n))) }

// digestOf returns the digest of the arguments of a statement.
func digestOf(values ...any) int64 {
	var d digest
	for _, v := range values {
		switch v := sqlValue(v).(type) {
		case string:
			d.add('t', []byte(v))
		case int64:
			d.addInt(v)
		case nil:
			d.add('0', nil)
		}
	}
	return int64(d)
}

// addColumn adds a column read from the database.
func (d *digest) addColumn(kind sqlite3.Datatype, number func() int64, text func() []byte) {
	switch kind {
	case sqlite3.NULL:
		d.add('0', nil)
	case sqlite3.INTEGER:
		d.addInt(number())
	case sqlite3.TEXT:
		d.add('t', text())
	default: // never written
		d.add('?', nil)
	}
}

// isIntact reports whether digestIndex holds the digest of the columns in [first, end), or
// NULL, as in the views of addDigestColumns.
func isIntact(s *sqlite3.Stmt, first, end, digestIndex int) bool {
	if s.ColumnType(digestIndex) == sqlite3.NULL {
		return true
	}
	var d digest
	for i := first; i < end; i++ {
		d.addColumn(s.ColumnType(i), func() int64 { return s.ColumnInt64(i) }, func() []byte { return s.ColumnRawText(i) })
	}
	return s.ColumnType(digestIndex) == sqlite3.INTEGER && s.ColumnInt64(digestIndex) == int64(d)
}

// digestFunc is digestOf as an SQL function.
func digestFunc(ctx sqlite3.Context, args ...sqlite3.Value) {
	var d digest
	for _, v := range args {
		d.addColumn(v.Type(), v.Int64, v.RawText)
	}
	ctx.ResultInt64(int64(d))
}
