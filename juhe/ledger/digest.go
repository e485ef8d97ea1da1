package ledger

import (
	"encoding/binary"
	"hash/crc64"

	"github.com/ncruces/go-sqlite3"
)

// digest is a check on the values of a row: a bit that has turned in a file shows
// by it. It keeps nobody from changing a row on purpose.
type digest uint64

func (d *digest) bytes(kind byte, b []byte) {
	table := crc64.MakeTable(crc64.ECMA)
	head := binary.AppendUvarint([]byte{kind}, uint64(len(b)))
	*d = digest(crc64.Update(crc64.Update(uint64(*d), table, head), table, b))
}

func (d *digest) number(n int64) { d.bytes('n', binary.BigEndian.AppendUint64(nil, uint64(n))) }
func (d *digest) text(b []byte)  { d.bytes('t', b) }
func (d *digest) null()          { d.bytes('0', nil) }

// digestOf is that of values as they are bound to a statement.
func digestOf(values ...any) int64 {
	var d digest
	for _, v := range values {
		switch v := v.(type) {
		case string:
			d.text([]byte(v))
		case int64:
			d.number(v)
		case int:
			d.number(int64(v))
		case bool:
			n := int64(0)
			if v {
				n = 1
			}
			d.number(n)
		case *int:
			if v == nil {
				d.null()
				continue
			}
			d.number(int64(*v))
		default:
			panic("ledger: no digest of that type")
		}
	}
	return int64(d)
}

// column adds a column of a row that was read.
func (d *digest) column(kind sqlite3.Datatype, number func() int64, text func() []byte) {
	switch kind {
	case sqlite3.NULL:
		d.null()
	case sqlite3.INTEGER:
		d.number(number())
	case sqlite3.TEXT:
		d.text(text())
	default: // which we never write
		d.bytes('?', nil)
	}
}

// intact reports whether the columns from first to the one before end are as they
// were written, whose digest is in the column sum. A row without one is.
func intact(s *sqlite3.Stmt, first, end, sum int) bool {
	if s.ColumnType(sum) == sqlite3.NULL {
		return true
	}
	var d digest
	for i := first; i < end; i++ {
		d.column(s.ColumnType(i), func() int64 { return s.ColumnInt64(i) }, func() []byte { return s.ColumnRawText(i) })
	}
	return s.ColumnType(sum) == sqlite3.INTEGER && s.ColumnInt64(sum) == int64(d)
}

// digestValues is digestOf for a migration.
func digestValues(ctx sqlite3.Context, args ...sqlite3.Value) {
	var d digest
	for _, v := range args {
		d.column(v.Type(), v.Int64, v.RawText)
	}
	ctx.ResultInt64(int64(d))
}
