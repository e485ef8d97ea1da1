package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/ncruces/go-sqlite3"
	"golang.org/x/sys/unix"

	"fourfactor/juhe/lookup"
)

// InspectResult is the result of Inspect.
type InspectResult struct {
	Exists  bool // if false, the other fields are zero
	Lookups int  // concluded
	Pending int
	Newest  time.Time // of the concluded lookups; zero if there is none
	Size    int64     // of the database's files, in bytes
}

// Inspect reads the state of the ledger and changes nothing: it does not create a file,
// migrate the schema, record pending lookups as lost or move a damaged database. The
// error says why the ledger cannot be opened or written, or reports damage in what
// Inspect reads. [Ledger.Verify] reads the whole database.
func (l *Ledger) Inspect(ctx context.Context) (InspectResult, error) {
	var sum InspectResult
	if l.Path == "" {
		return sum, &lookup.LedgerError{Problem: lookup.LedgerNowhere}
	}
	if err := l.checkOwner(); err != nil {
		return sum, err
	}
	exists, err := l.files.exists()
	switch {
	case err != nil:
		return sum, l.wrapErr(ctx, err)
	case !exists:
		return sum, l.checkKeyFile(ctx)
	}
	sum.Exists = true
	key, err := l.loadKey(ctx, false)
	if err != nil {
		return sum, err
	}
	sum.Size = l.files.size()
	if err := l.inspectDatabase(ctx, key, &sum); err != nil {
		return sum, l.wrapErr(ctx, err)
	}
	// To write, SQLite also creates the write-ahead log in the same folder.
	return sum, l.wrapErr(ctx, errors.Join(unix.Access(l.Path, unix.W_OK), unix.Access(filepath.Dir(l.Path), unix.W_OK)))
}

// checkKeyFile returns an error if the key file exists and is not usable.
func (l *Ledger) checkKeyFile(ctx context.Context) error {
	if l.Encryption == EncryptionNone || l.Encryption == EncryptionCommand {
		return nil
	}
	_, err := l.loadKey(ctx, false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// inspectDatabase fills sum from the database. Even to read, SQLite creates a write-ahead log
// and leaves it behind, unless the database is opened as immutable. So inspectDatabase does
// that if there is no log. It tries again if another process creates one meanwhile.
func (l *Ledger) inspectDatabase(ctx context.Context, key string, sum *InspectResult) error {
	immutable := !l.files.hasWAL()
	params := ""
	if immutable {
		params = "&immutable=1"
	}
	err := l.inspectWith(ctx, key, params, sum)
	if err != nil && immutable && l.files.hasWAL() {
		err = l.inspectWith(ctx, key, "", sum)
	}
	if problemOf(err) == lookup.LedgerDamaged && !l.files.matchesKey(key) {
		return l.newError(lookup.LedgerWrongKey, nil)
	}
	return err
}

// inspectWith connects with the URI parameters params and fills sum.
func (l *Ledger) inspectWith(ctx context.Context, key, params string, sum *InspectResult) error {
	c, err := l.files.connect(ctx, key, params, sqlite3.OPEN_READONLY)
	if err != nil {
		return err
	}
	defer c.closeWithoutCheckpoint()
	defer c.SetInterrupt(c.SetInterrupt(ctx))
	version, err := c.schemaVersion()
	switch {
	case err != nil:
		return err
	case version < 1:
		return l.newError(lookup.LedgerFailed, errNotLedger)
	case version > newestSchema:
		return l.newError(lookup.LedgerNewer, nil)
	}
	return c.readSummary(sum)
}

func (c *conn) readSummary(sum *InspectResult) error {
	lookups, err := c.queryInt("SELECT count(*) FROM lookup")
	if err != nil {
		return err
	}
	pending, err := c.queryInt("SELECT count(*) FROM intent")
	if err != nil {
		return err
	}
	at, err := c.queryInt("SELECT at FROM lookup WHERE key = (SELECT max(key) FROM lookup)")
	if err != nil {
		return err
	}
	if sum.Lookups, sum.Pending = int(lookups), int(pending); lookups > 0 {
		sum.Newest = c.localTime(at)
	}
	return nil
}
