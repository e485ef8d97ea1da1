package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"
	"golang.org/x/sys/unix"

	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// Inspect implements ledger.Ledger. It does not create a file, migrate the schema or move a
// damaged database. It does not run KeyCommand either if there is a database.
func (l *Ledger) Inspect(ctx context.Context) (ledger.Inspection, error) {
	var sum ledger.Inspection
	if l.Path == "" {
		return sum, &lookup.LedgerError{Problem: lookup.LedgerNowhere}
	}
	if l.Encryption == EncryptionCommand && pathExists(l.Path) {
		return ledger.Inspection{Exists: true, Encrypted: true, Unread: true}, nil
	}
	if err := l.checkOwner(); err != nil {
		return sum, err
	}
	exists, err := l.files.exists()
	switch {
	case err != nil:
		return sum, l.wrapErr(ctx, err)
	case !exists:
		return sum, l.checkCreatable(ctx)
	}
	sum.Exists, sum.Encrypted = true, l.Encryption != EncryptionNone
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

// checkCreatable returns an error if the database or its key file cannot be created, or if
// there is a key file that is not usable.
func (l *Ledger) checkCreatable(ctx context.Context) error {
	keyfile := l.Encryption != EncryptionNone && l.Encryption != EncryptionCommand
	if keyfile {
		if _, err := l.loadKey(ctx, false); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	dir := existingDir(l.Path)
	if err := unix.Access(dir, unix.W_OK|unix.X_OK); err != nil {
		return &lookup.LedgerError{Problem: lookup.LedgerReadOnly, Where: dir, Err: err}
	}
	if keyfile && !pathExists(l.KeyFile) {
		if err := unix.Access(existingDir(l.KeyFile), unix.W_OK|unix.X_OK); err != nil {
			return &lookup.LedgerError{Problem: lookup.LedgerNoEncryptionKey, Where: l.KeyFile, Err: err}
		}
	}
	return nil
}

// existingDir returns the nearest existing folder above path.
func existingDir(path string) string {
	dir := filepath.Dir(path)
	for dir != filepath.Dir(dir) && !pathExists(dir) {
		dir = filepath.Dir(dir)
	}
	return dir
}

func pathExists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// inspectDatabase fills sum from the database. Even to read, SQLite creates a write-ahead log
// and leaves it behind, unless the database is opened as immutable. So inspectDatabase does
// that if there is no log. It tries again if another process creates one meanwhile.
func (l *Ledger) inspectDatabase(ctx context.Context, key string, sum *ledger.Inspection) error {
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
func (l *Ledger) inspectWith(ctx context.Context, key, params string, sum *ledger.Inspection) error {
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

func (c *conn) readSummary(sum *ledger.Inspection) error {
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
