// Package sqlite is the embedded engine of the ledger: an encrypted SQLite database, which
// several processes can use at a time. Only this package uses SQL.
//
// Errors are *lookup.LedgerError or the error of the context, lookup.ErrLocked from
// LockRun, or an error of releasing files from Close.
package sqlite

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// Encryption says whether a ledger is encrypted and where its key comes from.
type Encryption string

// The kinds of encryption.
const (
	EncryptionKeyfile Encryption = "keyfile" // the key is in Options.KeyFile, created at the first use
	EncryptionCommand Encryption = "command" // the key is the result of Options.KeyCommand
	EncryptionNone    Encryption = "none"    // the ledger is not encrypted
)

// Options configures a Ledger.
type Options struct {
	Path       string // of the database; a missing folder is created
	Encryption Encryption
	KeyFile    string
	// KeyCommand returns the key as 64 hexadecimal digits.
	KeyCommand func(context.Context) (string, error)
	Retention  time.Duration // the age at which PurgeExpired deletes a lookup; 0 for never
	User       string        // recorded in audit events
	Now        func() time.Time
}

// Ledger is a ledger on disk. It implements ledger.Ledger. The first call opens it.
type Ledger struct {
	*database
	history
	runs

	mu         sync.Mutex
	unrecorded []lookup.Record // outcomes that could not be written
}

var _ ledger.Ledger = (*Ledger)(nil)

// New returns a Ledger and opens nothing.
func New(o Options) *Ledger {
	o.Path = resolveLinks(o.Path)
	d := newDatabase(o)
	return &Ledger{database: d, history: history{d}, runs: runs{d}}
}

// resolveLinks returns path without symbolic links, so that all processes use the
// same files beside the database.
func resolveLinks(path string) string {
	if path == "" {
		return ""
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(dir, filepath.Base(path))
	}
	return path
}

// Where implements ledger.Ledger.
func (l *Ledger) Where() string { return l.Path }

// Close implements ledger.Ledger. It waits for work in the background.
func (l *Ledger) Close() error {
	l.retryUnrecorded()
	l.intents.save(0, true)
	return l.database.close()
}
