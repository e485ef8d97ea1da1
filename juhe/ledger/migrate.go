package ledger

import (
	"context"
	"embed"
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// migrations are numbered from 1. One that has been released never changes.
//
//go:embed migrations/*.sql
var migrations embed.FS

// newest is the schema that this program knows.
const newest = 6

// version is the schema of the database, 0 for an empty one.
func (c *conn) version() (int, error) {
	n, err := c.number("PRAGMA user_version")
	return int(n), err
}

// errForeign is for a database that is not a ledger: a ledger has its schema
// before it has its name.
var errForeign = errors.New("not a ledger of fourfactor")

// migrate brings the database to the newest schema. Several processes may try
// at once.
func (l *Ledger) migrate(ctx context.Context, c *conn) error {
	version, err := c.version()
	switch {
	case err != nil:
		return err
	case version == newest:
		return nil
	case version < 1:
		return l.problem(lookup.LedgerFailed, errForeign)
	case version > newest:
		return l.problem(lookup.LedgerNewer, nil)
	}
	return l.files.locked(ctx, func() error { return c.migrate() })
}

func (c *conn) migrate() error {
	// A write-ahead log, unlike what is in a migration, cannot be begun inside
	// a transaction. It stays with the database.
	if err := c.Exec("PRAGMA journal_mode=WAL"); err != nil {
		return err
	}
	if err := c.CreateFunction("sameness", 4, sqlite3.DETERMINISTIC, samenessOf); err != nil {
		return err
	}
	return c.transaction(func(c *conn) error {
		version, err := c.version()
		if err != nil {
			return err
		}
		for n := version + 1; n <= newest; n++ {
			script, err := migrations.ReadFile(fmt.Sprintf("migrations/%04d.sql", n))
			if err != nil {
				return err
			}
			if err := c.Exec(string(script)); err != nil {
				return err
			}
		}
		return c.Exec(fmt.Sprintf("PRAGMA user_version=%d", newest))
	})
}

// samenessOf is sameness for a migration.
func samenessOf(ctx sqlite3.Context, args ...sqlite3.Value) {
	ctx.ResultInt64(sameness(juhe.Factors{
		Entname: args[0].Text(), Entmark: args[1].Text(), Realname: args[2].Text(), Idcard: args[3].Text(),
	}))
}

// standIn gives a ledger of an older schema that can only be read the columns that
// its tables lack.
func (c *conn) standIn(version int) error {
	if version >= 6 {
		return nil
	}
	return c.Exec(`CREATE TEMP VIEW lookup AS SELECT *, NULL AS digest, NULL AS raw_digest FROM main.lookup;
		CREATE TEMP VIEW trace AS SELECT *, NULL AS digest FROM main.trace`)
}
