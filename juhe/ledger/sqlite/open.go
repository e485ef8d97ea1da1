package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/lookup"
)

// openConn opens a connection, and creates the database if it does not exist. Opening
// the writer also records the pending lookups of dead processes as lost.
func (l *Ledger) openConn(ctx context.Context, isWriter bool) (*conn, error) {
	if err := l.checkUsable(); err != nil {
		return nil, err
	}
	if err := l.checkOwner(); err != nil {
		return nil, err
	}
	if err := l.ensureExists(ctx); err != nil {
		return nil, l.wrapErr(ctx, err)
	}
	key, err := l.loadKey(ctx, false)
	if err != nil {
		return nil, err
	}
	if l.files.matchesKey(key) { // otherwise it may be the file of another program
		l.files.fixPermissions()
	}
	c, err := l.connectAndMigrate(ctx, key)
	if err != nil {
		return nil, l.wrapErr(ctx, err)
	}
	if isWriter {
		if err := l.prepareWriter(ctx, c); err != nil {
			c.closeWithoutCheckpoint()
			return nil, l.wrapErr(ctx, err)
		}
	}
	return c, nil
}

func (l *Ledger) prepareWriter(ctx context.Context, c *conn) error {
	l.files.fixPermissions()
	// Without the lock another process could quarantine the database. withConn would
	// notice if that happened, so the error is ignored.
	_, _ = l.process.acquire()
	l.process.removeDead()
	if err := l.recordLostIntentsOnOpen(c); err != nil {
		return err
	}
	return l.checkOlderCopy(ctx, c)
}

// ensureExists creates the database if it does not exist, and sets lastOpenedFile.
func (l *Ledger) ensureExists(ctx context.Context) error {
	exists, err := l.files.exists()
	if err == nil && !exists {
		err = l.createDatabase(ctx)
	}
	info, statErr := os.Stat(l.Path)
	if statErr != nil {
		info = nil
	}
	l.mu.Lock()
	l.lastOpenedFile = info
	l.mu.Unlock()
	return err
}

// checkUsable returns the error with which every call fails, or nil.
func (l *Ledger) checkUsable() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Path == "" {
		return &lookup.LedgerError{Problem: lookup.LedgerNowhere}
	}
	return l.fatalErr
}

// createDatabase creates the folder, the key, its fingerprint and the database,
// unless another process has just done so. It creates the database under another name
// and renames it once it is complete. So an empty database is always a damaged one.
func (l *Ledger) createDatabase(ctx context.Context) error {
	if err := makePrivateDir(filepath.Dir(l.Path)); err != nil {
		return err
	}
	if l.Encryption == EncryptionCommand { // outside the lock: it may wait for a password
		if _, err := l.loadKey(ctx, true); err != nil {
			return err
		}
	}
	return l.files.withLock(ctx, func() error {
		if exists, err := l.files.exists(); exists || err != nil {
			return err
		}
		if err := l.files.markMissing(l.Now()); err != nil {
			return err
		}
		temporary := l.files.temporary()
		if err := temporary.removeDatabase(); err != nil {
			return err
		}
		key, err := l.loadKey(ctx, true)
		if err != nil {
			return err
		}
		if err := temporary.createSchema(ctx, key); err != nil {
			return errors.Join(err, temporary.removeDatabase())
		}
		if err := l.files.writeFingerprint(key); err != nil {
			return errors.Join(err, temporary.removeDatabase())
		}
		if err := os.Rename(temporary.path, l.Path); err != nil {
			return err
		}
		return atomicfile.SyncDir(filepath.Dir(l.Path))
	})
}

// createSchema creates a database with the newest schema. Nothing is left in its
// write-ahead log, so that the file can be renamed alone.
func (f dbFiles) createSchema(ctx context.Context, key string) error {
	if err := atomicfile.Write(f.path, ""); err != nil {
		return err
	}
	c, err := f.connect(ctx, key, "", sqlite3.OPEN_READWRITE)
	if err != nil {
		return err
	}
	err = c.migrate()
	if err == nil { // close does not report a full disk
		err = c.checkpoint()
	}
	return errors.Join(err, c.close())
}

// connectAndMigrate opens an existing database and migrates it to the newest schema.
// It opens the database for reading if it cannot be written.
func (l *Ledger) connectAndMigrate(ctx context.Context, key string) (*conn, error) {
	if !l.files.matchesKey(key) {
		if err := l.verifyKey(ctx, key); err != nil {
			return nil, err
		}
	}
	c, err := l.files.connect(ctx, key, "", sqlite3.OPEN_READWRITE)
	if err == nil {
		if err = l.migrate(ctx, c); err == nil {
			return c, nil
		}
		c.closeWithoutCheckpoint()
	}
	if problem := l.diagnose(err); problem == lookup.LedgerReadOnly || problem == lookup.LedgerFull {
		return l.connectReadOnly(ctx, key, err)
	}
	return nil, err
}

// verifyKey tries the key on the database without changing it: the fingerprint may be
// missing, or that of an earlier database.
func (l *Ledger) verifyKey(ctx context.Context, key string) error {
	c, err := l.files.connect(ctx, key, "&immutable=1", sqlite3.OPEN_READONLY)
	version := 0
	if err == nil {
		version, err = c.schemaVersion()
		c.closeWithoutCheckpoint()
	}
	switch {
	case problemOf(err) == lookup.LedgerDamaged:
		l.dropCachedKey()
		return l.newError(lookup.LedgerWrongKey, nil)
	case err != nil:
		return err
	case version < 1:
		return l.newError(lookup.LedgerFailed, errNotLedger)
	}
	_ = l.files.writeFingerprint(key) // without it, the key is verified again next time
	return nil
}

// connectReadOnly opens a database that cannot be written, so that the history can
// still be read.
func (l *Ledger) connectReadOnly(ctx context.Context, key string, cause error) (*conn, error) {
	readOnly := l.newError(l.diagnose(cause), cause)
	for _, params := range []string{"", "&immutable=1"} {
		if params != "" && l.files.walSize() > 0 { // immutable ignores the write-ahead log
			break
		}
		c, err := l.files.connect(ctx, key, params, sqlite3.OPEN_READONLY)
		if err != nil {
			continue
		}
		version, err := c.schemaVersion()
		if err == nil && version >= 1 && version <= newestSchema && c.addDigestColumns(version) == nil {
			l.mu.Lock()
			l.readOnlyCause = readOnly
			l.mu.Unlock()
			return c, nil
		}
		c.closeWithoutCheckpoint()
	}
	return nil, readOnly
}

// Unless another process uses the damaged database or has just moved it, quarantine moves
// it away; the next process to open the ledger creates a new one. Every further call in
// this process fails, so that the operator notices. The writer must be closed.
func (l *Ledger) quarantine(damaged *lookup.LedgerError) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fatalErr != nil {
		return l.fatalErr
	}
	l.fatalErr = damaged
	_ = l.files.withLock(context.Background(), func() (err error) {
		if othersAlive := l.process.removeDead(); !othersAlive && l.isOpenedFile() {
			damaged.MovedTo, err = l.files.moveAside(l.Now())
		}
		return err
	})
	return damaged
}

// isOpenedFile reports whether the database is the file that was last opened.
func (l *Ledger) isOpenedFile() bool {
	if l.lastOpenedFile == nil { // only a write-ahead log existed
		_, err := l.files.exists()
		return errors.Is(err, errIncomplete)
	}
	return l.files.isSameFile(l.lastOpenedFile)
}
