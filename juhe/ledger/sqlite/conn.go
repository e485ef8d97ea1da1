package sqlite

import (
	"cmp"
	"context"
	"errors"
	"os"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum"
)

// busyTimeout limits the wait for the transaction of another process.
const busyTimeout = 10 * time.Second

// conn is a connection with its prepared statements.
type conn struct {
	*sqlite3.Conn
	openedFile os.FileInfo
	zone       *time.Location
	statements map[string]*sqlite3.Stmt // by SQL text
	index      searchIndex
	writing    bool  // a transaction is in progress
	failed     error // fails every further statement of the transaction
}

// connect opens an existing database. hexkey is "" if it is not encrypted. params is
// appended to the URI.
func (f dbFiles) connect(ctx context.Context, hexkey, params string, flags sqlite3.OpenFlag) (*conn, error) {
	raw, err := sqlite3.OpenFlags(f.uri(hexkey != "", params), flags|sqlite3.OPEN_URI)
	if err != nil {
		return nil, err
	}
	file, err := os.Stat(f.path)
	c := &conn{Conn: raw, openedFile: file, zone: f.zone, statements: map[string]*sqlite3.Stmt{}}
	c.index = searchIndex{c, map[string]int64{}, map[int64]insertedTokens{}}
	defer c.SetInterrupt(c.SetInterrupt(ctx))
	if err = cmp.Or(err, c.configure(hexkey, f.engine.synchronous)); err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	return c, nil
}

// localTime converts a Unix time in milliseconds to a time in the zone of Options.Now.
func (c *conn) localTime(milliseconds int64) time.Time {
	return time.UnixMilli(milliseconds).In(c.zone)
}

// configure sets up a new connection. Temporary tables stay in memory (but see vacuum),
// and deleted values are overwritten. On macOS only data synced with fullfsync survives a
// power loss.
func (c *conn) configure(hexkey, synchronous string) error {
	if err := c.BusyTimeout(busyTimeout); err != nil {
		return err
	}
	key := ""
	if hexkey != "" {
		key = "PRAGMA hexkey='" + hexkey + "';"
	}
	if err := c.Exec(key + "PRAGMA synchronous=" + synchronous + "; PRAGMA fullfsync=ON; PRAGMA checkpoint_fullfsync=ON;" +
		"PRAGMA temp_store=memory; PRAGMA secure_delete=ON; PRAGMA cache_size=-8000"); err != nil {
		return err
	}
	if err := c.CreateFunction("digest", -1, sqlite3.DETERMINISTIC, digestFunc); err != nil {
		return err
	}
	return fts5.Register(c.Conn)
}

func (c *conn) close() error {
	for _, s := range c.statements {
		s.Close()
	}
	return c.Close()
}

// closeWithoutCheckpoint closes the connection and leaves the files as they are.
func (c *conn) closeWithoutCheckpoint() {
	c.Config(sqlite3.DBCONFIG_NO_CKPT_ON_CLOSE, true)
	c.close()
}

// transaction runs do in a transaction and commits it if do returns nil. Once a statement
// has failed, the others fail too: SQLite may have rolled the transaction back, and would
// commit each of them at once. So do may run several and return the first error.
func (c *conn) transaction(do func(*conn) error) error {
	tx, err := c.BeginImmediate()
	if err != nil {
		return err
	}
	c.writing = true
	finished := false
	defer func() {
		c.writing, c.failed = false, nil
		if !finished { // do has panicked; release the lock
			tx.Rollback()
		}
	}()
	err = cmp.Or(do(c), c.failed)
	finished = true
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		tx.Rollback()
		return err
	}
	return nil
}

// statement returns a prepared statement with args bound: strings, ints, int64s,
// bools and *ints.
func (c *conn) statement(sql string, args ...any) (*sqlite3.Stmt, error) {
	if c.failed != nil {
		return nil, c.failed
	}
	s := c.statements[sql]
	if s == nil {
		var err error
		if s, _, err = c.PrepareFlags(sql, sqlite3.PREPARE_PERSISTENT); err != nil {
			return nil, err
		}
		c.statements[sql] = s
	}
	if err := s.Reset(); err != nil {
		return nil, err
	}
	var err error
	for i, arg := range args {
		switch value := sqlValue(arg).(type) {
		case string:
			err = cmp.Or(err, s.BindText(i+1, value))
		case int64:
			err = cmp.Or(err, s.BindInt64(i+1, value))
		default:
			err = cmp.Or(err, s.BindNull(i+1))
		}
	}
	return s, err
}

// sqlValue returns an argument of a statement as a string, an int64 or nil.
func sqlValue(arg any) any {
	switch arg := arg.(type) {
	case string, int64:
		return arg
	case int:
		return int64(arg)
	case bool:
		if arg {
			return int64(1)
		}
		return int64(0)
	case *int:
		if arg == nil {
			return nil
		}
		return int64(*arg)
	}
	panic("ledger: argument of unknown type")
}

// exec runs a statement.
func (c *conn) exec(sql string, args ...any) error {
	s, err := c.statement(sql, args...)
	if err == nil {
		err = s.Exec()
	}
	return c.fail(err)
}

// fail returns err, and makes the transaction fail with it if it is an error.
func (c *conn) fail(err error) error {
	if c.writing && c.failed == nil {
		c.failed = err
	}
	return err
}

// query calls row for each row of a query until row returns false.
func (c *conn) query(row func(*sqlite3.Stmt) bool, sql string, args ...any) error {
	s, err := c.statement(sql, args...)
	if err != nil {
		return c.fail(err)
	}
	defer s.Reset()
	for s.Step() {
		if !row(s) {
			return nil
		}
	}
	return c.fail(s.Err())
}

// queryInt returns the number in the first column of the first row, or 0 if there is
// no row.
func (c *conn) queryInt(sql string, args ...any) (int64, error) {
	n, _, err := firstRow(c, columnInt64, sql, args...)
	return n, err
}

// queryTime is like queryInt for a time in milliseconds.
func (c *conn) queryTime(sql string, args ...any) (at time.Time, err error) {
	n, err := c.queryInt(sql, args...)
	if n != 0 {
		at = c.localTime(n)
	}
	return at, err
}

// count counts the rows of a table.
func (c *conn) count(table string) (int, error) {
	n, err := c.queryInt("SELECT count(*) FROM " + table)
	return int(n), err
}

func columnInt64(s *sqlite3.Stmt) int64 { return s.ColumnInt64(0) }
func columnText(s *sqlite3.Stmt) string { return s.ColumnText(0) }

// firstRow returns what scan makes of the first row of a query. found is false if there is
// no row.
func firstRow[T any](c *conn, scan func(*sqlite3.Stmt) T, sql string, args ...any) (value T, found bool, err error) {
	err = c.query(func(s *sqlite3.Stmt) bool { value, found = scan(s), true; return false }, sql, args...)
	return value, found, err
}

// allRows returns what scan makes of each row of a query.
func allRows[T any](c *conn, scan func(*sqlite3.Stmt) T, sql string, args ...any) (all []T, err error) {
	err = c.query(func(s *sqlite3.Stmt) bool { all = append(all, scan(s)); return true }, sql, args...)
	return all, err
}
