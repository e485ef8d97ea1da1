package sqlite

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/lookup"
)

// openConn opens a connection, and creates the database if it does not exist. Opening
// the writer also records the pending lookups of dead processes as lost.
func (d *database) openConn(ctx context.Context, isWriter bool) (*conn, error) {
	if err := d.checkOwner(); err != nil {
		return nil, err
	}
	if err := d.ensureExists(ctx); err != nil {
		return nil, d.wrapErr(ctx, err)
	}
	key, err := d.keys.load(ctx, false)
	if err != nil {
		return nil, err
	}
	if d.files.matchesKey(key) { // otherwise it may be the file of another program
		d.files.fixPermissions()
	}
	c, err := d.connectAndMigrate(ctx, key)
	if err == nil && isWriter {
		if err = d.prepareWriter(ctx, c); err != nil {
			c.closeWithoutCheckpoint()
		}
	}
	if err != nil {
		return nil, d.wrapErr(ctx, err)
	}
	return c, nil
}

func (d *database) prepareWriter(ctx context.Context, c *conn) error {
	d.files.fixPermissions()
	// Without the lock another process could quarantine the database. withConn would
	// notice if that happened, so the error is ignored.
	_, _ = d.process.acquire()
	d.process.removeDead()
	if d.readOnlyErr() != nil {
		return nil
	}
	if err := d.recordLostOnOpen(c); err != nil {
		return err
	}
	return d.files.checkOlderCopy(ctx, c, d.Now())
}

// ensureExists creates the database if it does not exist, and sets lastOpenedFile.
func (d *database) ensureExists(ctx context.Context) error {
	exists, err := d.files.exists()
	if err == nil && !exists {
		err = d.create(ctx)
	}
	info, _ := os.Stat(d.Path)
	d.mu.Lock()
	d.lastOpenedFile = info
	d.mu.Unlock()
	return err
}

// create creates the folder, the key, its fingerprint and the database, unless another
// process has just done so. It creates the database under another name and renames it once
// it is complete. So an empty database is always a damaged one.
func (d *database) create(ctx context.Context) error {
	if err := makePrivateDir(filepath.Dir(d.Path)); err != nil {
		return err
	}
	if d.Encryption == EncryptionCommand { // outside the lock: it may wait for a password
		if _, err := d.keys.load(ctx, true); err != nil {
			return err
		}
	}
	return d.files.withLock(ctx, func() error {
		if exists, err := d.files.exists(); exists || err != nil {
			return err
		}
		if err := d.files.markMissing(d.Now()); err != nil {
			return err
		}
		temporary := d.files.temporary()
		if err := removeAll(temporary.dbPaths()); err != nil {
			return err
		}
		key, err := d.keys.load(ctx, true)
		if err != nil {
			return err
		}
		if err = temporary.createSchema(ctx, key); err == nil {
			err = d.files.writeFingerprint(key)
		}
		if err != nil {
			return errors.Join(err, removeAll(temporary.dbPaths()))
		}
		if err := os.Rename(temporary.path, d.Path); err != nil {
			return err
		}
		return atomicfile.SyncDir(filepath.Dir(d.Path))
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
func (d *database) connectAndMigrate(ctx context.Context, key string) (*conn, error) {
	if !d.files.matchesKey(key) {
		if err := d.verifyKey(ctx, key); err != nil {
			return nil, err
		}
	}
	c, err := d.files.connect(ctx, key, "", sqlite3.OPEN_READWRITE)
	if err == nil {
		if err = d.migrate(ctx, c); err == nil {
			return c, nil
		}
		c.closeWithoutCheckpoint()
	}
	if problem := d.diagnose(err); problem == lookup.LedgerReadOnly || problem == lookup.LedgerFull {
		return d.connectReadOnly(ctx, key, err)
	}
	return nil, err
}

// migrate migrates the database to the newest schema. Several processes may call it at
// the same time.
func (d *database) migrate(ctx context.Context, c *conn) error {
	if version, err := d.checkSchema(c); err != nil || version == newestSchema {
		return err
	}
	return d.files.withLock(ctx, c.migrate)
}

// checkSchema returns the number of the database's schema, or an error if this program does
// not know it.
func (d *database) checkSchema(c *conn) (version int64, err error) {
	version, err = c.queryInt("PRAGMA user_version")
	switch {
	case err != nil:
		return 0, err
	case version < 1: // create renames a new database only after it has created the schema
		return 0, d.newError(lookup.LedgerFailed, errors.New("not a fourfactor ledger"))
	case version > newestSchema:
		return 0, d.newError(lookup.LedgerNewer, nil)
	}
	return version, nil
}

// verifyKey tries the key on the database without changing it: the fingerprint may be
// missing, or that of an earlier database.
func (d *database) verifyKey(ctx context.Context, key string) error {
	c, err := d.files.connect(ctx, key, "&immutable=1", sqlite3.OPEN_READONLY)
	if err == nil {
		_, err = d.checkSchema(c)
		c.closeWithoutCheckpoint()
	}
	switch {
	case problemOf(err) == lookup.LedgerDamaged:
		d.keys.drop()
		return d.newError(lookup.LedgerWrongKey, nil)
	case err != nil:
		return err
	}
	_ = d.files.writeFingerprint(key) // without it, the key is verified again next time
	return nil
}

// connectReadOnly opens a database that cannot be written, so that the history can
// still be read.
func (d *database) connectReadOnly(ctx context.Context, key string, cause error) (*conn, error) {
	readOnly := d.newError(d.diagnose(cause), cause)
	for _, params := range []string{"", "&immutable=1"} {
		if params != "" && d.files.walSize() > 0 { // immutable ignores the write-ahead log
			break
		}
		c, err := d.files.connect(ctx, key, params, sqlite3.OPEN_READONLY)
		if err != nil {
			continue
		}
		if version, err := d.checkSchema(c); err == nil && c.addDigestColumns(version) == nil {
			d.mu.Lock()
			d.readOnlyCause = readOnly
			d.mu.Unlock()
			return c, nil
		}
		c.closeWithoutCheckpoint()
	}
	return nil, readOnly
}

// migrations are the SQL scripts that migrate one schema to the next, numbered from 1.
// The SQL of a released script never changes.
//
//go:embed migrations/*.sql
var migrations embed.FS

// newestSchema is the number of the last migration.
const newestSchema = 6

// migrate migrates the database to the newest schema.
func (c *conn) migrate() error {
	// The journal mode is stored in the database. It cannot be set in a transaction.
	if err := c.Exec("PRAGMA journal_mode=WAL"); err != nil {
		return err
	}
	if err := c.CreateFunction("sameness", 4, sqlite3.DETERMINISTIC, factorsHashFunc); err != nil {
		return err
	}
	return c.transaction(func(c *conn) error {
		version, err := c.queryInt("PRAGMA user_version")
		if err != nil {
			return err
		}
		for n := version + 1; n <= newestSchema; n++ {
			script, err := migrations.ReadFile(fmt.Sprintf("migrations/%04d.sql", n))
			if err != nil {
				return err
			}
			if err := c.Exec(string(script)); err != nil {
				return err
			}
		}
		return c.Exec(fmt.Sprintf("PRAGMA user_version=%d", newestSchema))
	})
}

// factorsHashFunc is factorsHash as the SQL function sameness of migration 4.
func factorsHashFunc(ctx sqlite3.Context, args ...sqlite3.Value) {
	ctx.ResultInt64(factorsHash(juhe.Factors{
		juhe.Entname: args[0].Text(), juhe.Entmark: args[1].Text(), juhe.Realname: args[2].Text(), juhe.Idcard: args[3].Text(),
	}))
}

// addDigestColumns creates temporary views that add the columns of migration 6 as NULL if
// they are missing, because a read-only database cannot be migrated.
func (c *conn) addDigestColumns(version int64) error {
	if version >= 6 {
		return nil
	}
	return c.Exec(`CREATE TEMP VIEW lookup AS SELECT *, NULL AS digest, NULL AS raw_digest FROM main.lookup;
		CREATE TEMP VIEW trace AS SELECT *, NULL AS digest FROM main.trace`)
}
