package sqlite

import (
	"context"
	"io/fs"
	"strconv"
	"time"
)

// SetEngine sets the file systems that SQLite uses and the value of PRAGMA synchronous.
func (l *Ledger) SetEngine(encrypted, plain, synchronous string) {
	l.files.engine = engineOptions{encrypted, plain, synchronous}
}

// SetIdentity sets the user that a ledger seems to run as, and the owner that its files
// seem to have.
func (l *Ledger) SetIdentity(euid, owner int) {
	l.identity = identity{euid, func(fs.FileInfo) int { return owner }}
}

// Synchronous returns the default value of PRAGMA synchronous.
func Synchronous() string { return New(Options{Now: time.Now}).files.engine.synchronous }

// NewestSchema returns the number of the newest schema.
func NewestSchema() string { return strconv.Itoa(newestSchema) }

// Open opens the ledger as the first use does.
func (l *Ledger) Open(ctx context.Context) error { return l.open(ctx) }

// RunTogether runs statements in one transaction, each even if the one before has failed.
func (l *Ledger) RunTogether(ctx context.Context, statements ...string) error {
	return l.write(ctx, func(c *conn) error {
		for _, sql := range statements {
			_ = c.exec(sql)
		}
		return nil
	})
}
