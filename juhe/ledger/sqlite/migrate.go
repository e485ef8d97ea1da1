package sqlite

import (
	"context"
	"embed"
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// migrations are the SQL scripts that migrate one schema to the next, numbered from 1.
// The SQL of a released script never changes.
//
//go:embed migrations/*.sql
var migrations embed.FS

// newestSchema is the number of the last migration.
const newestSchema = 6

// schemaVersion returns the number of the database's schema, or 0 if it has none.
func (c *conn) schemaVersion() (int, error) {
	n, err := c.queryInt("PRAGMA user_version")
	return int(n), err
}

// errNotLedger is the error of a database without a schema. createDatabase renames a new
// database only after it has created the schema.
var errNotLedger = errors.New("not a fourfactor ledger")

// migrate migrates the database to the newest schema. Several processes may call it at
// the same time.
func (l *Ledger) migrate(ctx context.Context, c *conn) error {
	version, err := c.schemaVersion()
	switch {
	case err != nil:
		return err
	case version == newestSchema:
		return nil
	case version < 1:
		return l.newError(lookup.LedgerFailed, errNotLedger)
	case version > newestSchema:
		return l.newError(lookup.LedgerNewer, nil)
	}
	return l.files.withLock(ctx, func() error { return c.migrate() })
}

func (c *conn) migrate() error {
	// The journal mode is stored in the database. It cannot be set in a transaction.
	if err := c.Exec("PRAGMA journal_mode=WAL"); err != nil {
		return err
	}
	if err := c.CreateFunction("sameness", 4, sqlite3.DETERMINISTIC, factorsHashFunc); err != nil {
		return err
	}
	return c.transaction(func(c *conn) error {
		version, err := c.schemaVersion()
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
func (c *conn) addDigestColumns(version int) error {
	if version >= 6 {
		return nil
	}
	return c.Exec(`CREATE TEMP VIEW lookup AS SELECT *, NULL AS digest, NULL AS raw_digest FROM main.lookup;
		CREATE TEMP VIEW trace AS SELECT *, NULL AS digest FROM main.trace`)
}
