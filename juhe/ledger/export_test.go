package ledger

import (
	"context"
	"errors"
	"io/fs"
	"strconv"
	"time"

	"github.com/ncruces/go-sqlite3/vfs"

	"fourfactor/juhe/lookup"
)

// SetDisk makes a ledger write by other file systems of the engine, or less
// carefully.
func (l *Ledger) SetDisk(encrypted, plain, synchronous string) {
	l.files.disk = disk{encrypted, plain, synchronous}
}

// SetUsers makes a ledger run as a user, with files of another.
func (l *Ledger) SetUsers(euid, owner int) {
	l.users = users{euid, func(fs.FileInfo) int { return owner }}
}

// Synchronous is how carefully a ledger writes.
func Synchronous() string { return New(Options{Now: time.Now}).files.disk.synchronous }

// Newest is the schema that the program knows.
func Newest() string { return strconv.Itoa(newest) }

// Spoken is a text in pinyin.
var Spoken = spoken

// Gathering is a file system whose write-ahead log is written in large pieces.
func Gathering(v vfs.VFS) vfs.VFS { return gathering{v} }

// WriteAndFail writes look-ups in one transaction, which fails.
func (l *Ledger) WriteAndFail(ctx context.Context, recs []lookup.Record) error {
	return l.write(ctx, func(c *conn) error {
		for _, rec := range recs {
			e, err := newEntry(rec)
			if err == nil {
				err = c.insert(e)
			}
			if err != nil {
				return err
			}
		}
		return errors.New("it fails")
	})
}
