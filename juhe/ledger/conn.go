package ledger

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// patience is how long a writer waits for another process's transaction.
const patience = 10 * time.Second

// conn is a connection with its prepared statements.
type conn struct {
	*sqlite3.Conn
	file       os.FileInfo
	statements map[string]*sqlite3.Stmt
	reach      map[string]int64 // how far back the newest look-ups of a token go
	made       map[int64]made   // by key
	zone       *time.Location
}

// connect opens a database that is there. hexkey is empty for a plain one;
// more is for the engine.
func (f files) connect(ctx context.Context, hexkey, more string, flags sqlite3.OpenFlag) (*conn, error) {
	raw, err := sqlite3.OpenFlags(f.uri(hexkey != "", more), flags|sqlite3.OPEN_URI)
	if err != nil {
		return nil, err
	}
	file, err := os.Stat(f.path)
	if err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	c := &conn{raw, file, map[string]*sqlite3.Stmt{}, map[string]int64{}, map[int64]made{}, f.zone}
	defer c.SetInterrupt(c.SetInterrupt(ctx))
	if err := c.prepare(hexkey, f.disk.synchronous); err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	return c, nil
}

// time is the time of so many milliseconds, in the zone of the ledger's clock.
func (c *conn) time(milliseconds int64) time.Time { return time.UnixMilli(milliseconds).In(c.zone) }

// prepare sets what each connection has to have. Values are never written to
// temporary files (but see vacuum), and what is deleted is overwritten. On macOS
// only fullfsync outlasts a power loss.
func (c *conn) prepare(hexkey, synchronous string) error {
	if hexkey != "" {
		if err := c.Exec("PRAGMA hexkey='" + hexkey + "'"); err != nil {
			return err
		}
	}
	if err := c.BusyTimeout(patience); err != nil {
		return err
	}
	if err := c.Exec("PRAGMA synchronous=" + synchronous + "; PRAGMA fullfsync=ON; PRAGMA checkpoint_fullfsync=ON; PRAGMA temp_store=memory; PRAGMA secure_delete=ON; PRAGMA cache_size=-8000"); err != nil {
		return err
	}
	if err := c.CreateFunction("digest", -1, sqlite3.DETERMINISTIC, digestValues); err != nil {
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

// abandon closes without bringing the write-ahead log into the database, so
// that the files stay as they are.
func (c *conn) abandon() {
	c.Config(sqlite3.DBCONFIG_NO_CKPT_ON_CLOSE, true)
	c.close()
}

// transaction runs do, and commits if it gives no error.
func (c *conn) transaction(do func(*conn) error) (err error) {
	tx, err := c.BeginImmediate()
	if err != nil {
		return err
	}
	finished := false
	defer func() {
		if !finished { // a panic of ours must not keep the ledger
			tx.Rollback()
		}
	}()
	err = do(c)
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

// statement gives a prepared statement with these arguments bound: string,
// int, int64, bool or *int.
func (c *conn) statement(sql string, args ...any) (*sqlite3.Stmt, error) {
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
	for i, arg := range args {
		if err := bind(s, i+1, arg); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func bind(s *sqlite3.Stmt, i int, arg any) error {
	switch arg := arg.(type) {
	case string:
		return s.BindText(i, arg)
	case int64:
		return s.BindInt64(i, arg)
	case int:
		return s.BindInt64(i, int64(arg))
	case bool:
		return s.BindBool(i, arg)
	case *int:
		if arg == nil {
			return s.BindNull(i)
		}
		return s.BindInt64(i, int64(*arg))
	}
	panic("ledger: cannot bind that type")
}

// do runs a statement that gives no rows, and tells how many it changed.
func (c *conn) do(sql string, args ...any) (int, error) {
	s, err := c.statement(sql, args...)
	if err != nil {
		return 0, err
	}
	if err := s.Exec(); err != nil {
		return 0, err
	}
	return int(c.Changes()), nil
}

// each runs a query and calls row for each of its rows, until row says false.
func (c *conn) each(row func(*sqlite3.Stmt) bool, sql string, args ...any) error {
	s, err := c.statement(sql, args...)
	if err != nil {
		return err
	}
	defer s.Reset()
	for s.Step() {
		if !row(s) {
			return nil
		}
	}
	return s.Err()
}

// number runs a query that gives one number, or nothing, which is 0.
func (c *conn) number(sql string, args ...any) (n int64, err error) {
	err = c.each(func(s *sqlite3.Stmt) bool { n = s.ColumnInt64(0); return false }, sql, args...)
	return n, err
}

// problemOf sorts an error of the engine or of the system.
func problemOf(err error) lookup.LedgerProblem {
	switch {
	case errors.Is(err, sqlite3.FULL), errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return lookup.LedgerFull
	case errors.Is(err, sqlite3.READONLY), errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return lookup.LedgerReadOnly
	case errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB), errors.Is(err, errIncomplete):
		return lookup.LedgerDamaged
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		return lookup.LedgerBusy
	}
	return lookup.LedgerFailed
}

// told is an error as harmless text, that still is what it was.
type told struct{ error }

func (t told) Error() string { return juhe.Harmless(t.error.Error()) }
func (t told) Unwrap() error { return t.error }

func harmless(err error) error {
	if err == nil {
		return nil
	}
	return told{err}
}
