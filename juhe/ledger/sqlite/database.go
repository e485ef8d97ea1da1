package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync"
	"syscall"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// database is a database that is opened when it is first used, and again once it can be
// written.
type database struct {
	Options
	files    dbFiles
	keys     keySource
	identity identity
	process  processLock
	intents  intentCounter
	lastLoss lastLoss
	commits  committer

	// Only writer writes. It also serves short reads, so that they do not wait for a
	// search. Searches use reader, so that an outcome never waits for one. Each connection
	// is opened when it is first used.
	writer, reader connSlot

	mu             sync.Mutex
	fatalErr       error       // fails every further call
	lastOpenedFile os.FileInfo // the database when it was last opened; nil if it was missing
	readOnlyCause  error       // why the database can only be read; nil if it can be written
}

// connSlot holds a connection for one goroutine at a time: the one that has sent to sem.
type connSlot struct {
	sem  chan struct{}
	conn *conn // nil if it is not open
}

func newDatabase(o Options) *database {
	files := dbFiles{o.Path, engineOptions{encrypted: "adiantum", plain: "os", synchronous: "FULL"}, o.Now().Location()}
	d := &database{
		Options: o, files: files, keys: keySource{Options: o}, identity: systemIdentity(), process: processLock{dir: files.aliveDir()},
		intents: intentCounter{files: files, now: o.Now}, lastLoss: lastLoss{files: files},
	}
	d.writer.sem, d.reader.sem = make(chan struct{}, 1), make(chan struct{}, 1)
	d.commits = committer{write: d.write, sem: make(chan struct{}, 1)}
	return d
}

// open opens the database if it is not open, and records the lookups that are pending in
// dead processes as lost.
func (d *database) open(ctx context.Context) error {
	return d.withWriter(ctx, func(*conn) error { return nil })
}

// close makes further calls fail, waits for work in the background and closes the
// database. A second call does nothing.
func (d *database) close() error {
	usable := d.checkUsable() == nil
	d.mu.Lock()
	if usable {
		d.fatalErr = d.newError(lookup.LedgerFailed, os.ErrClosed)
	}
	d.mu.Unlock()
	d.commits.close()
	err := errors.Join(d.closeSlot(&d.reader, usable), d.closeSlot(&d.writer, usable), d.process.release())
	if othersAlive := d.process.removeDead(); !othersAlive {
		d.files.shrinkReserve()
	}
	return err
}

func (d *database) closeSlot(s *connSlot, checkpoint bool) error {
	s.sem <- struct{}{}
	defer func() { <-s.sem }()
	c := s.conn
	if c == nil || !checkpoint {
		s.drop()
		return nil
	}
	s.conn = nil
	return d.wrapErr(context.Background(), c.close())
}

// drop closes the connection, if it is open, and leaves the files as they are.
func (s *connSlot) drop() {
	if s.conn != nil {
		s.conn.closeWithoutCheckpoint()
		s.conn = nil
	}
}

// withWriter calls do with the writer. Besides writes, do may be a short read, but not a
// search, because outcomes wait for it.
func (d *database) withWriter(ctx context.Context, do func(*conn) error) error {
	return d.withConn(ctx, &d.writer, do)
}

// withConn waits for the connection of a slot, opens it if necessary and calls do.
func (d *database) withConn(ctx context.Context, s *connSlot, do func(*conn) error) error {
	select {
	case s.sem <- struct{}{}:
		defer func() { <-s.sem }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := d.checkUsable(); err != nil {
		return err
	}
	if s.conn == nil && s != &d.writer { // the writer creates the database
		if err := d.open(ctx); err != nil {
			return err
		}
	}
	if s.conn == nil {
		c, err := d.openConn(ctx, s == &d.writer)
		if err != nil {
			return err
		}
		s.conn = c
	}
	if !isFileAt(s.conn.openedFile, d.Path) {
		s.drop()
		return d.setMoved()
	}
	defer s.conn.SetInterrupt(s.conn.SetInterrupt(ctx))
	return d.wrapErr(ctx, do(s.conn))
}

// read returns what do makes of a connection.
func read[T any](ctx context.Context, d *database, s *connSlot, do func(*conn) (T, error)) (value T, err error) {
	err = d.withConn(ctx, s, func(c *conn) error {
		value, err = do(c)
		return err
	})
	return value, err
}

// setMoved makes every further call fail: the open database was moved or deleted, so
// changes to it would be lost.
func (d *database) setMoved() error {
	cause := errors.New("another file has taken its place")
	if _, err := os.Stat(d.Path); errors.Is(err, fs.ErrNotExist) {
		cause = errors.New("the file no longer exists")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fatalErr = d.newError(lookup.LedgerDamaged, cause)
	return d.fatalErr
}

// write runs do in a transaction. Only one process writes at a time. The changes are
// durable when write returns nil.
func (d *database) write(ctx context.Context, do func(*conn) error) error {
	if err := d.reopenIfReadOnly(ctx); err != nil {
		return err
	}
	return d.withWriter(ctx, func(c *conn) error {
		if err := d.readOnlyErr(); err != nil {
			return err
		}
		return c.transaction(func(c *conn) error {
			if _, err := d.checkSchema(c); err != nil {
				return err
			}
			return do(c)
		})
	})
}

// exec runs a statement in a transaction.
func (d *database) exec(ctx context.Context, sql string, args ...any) error {
	return d.write(ctx, func(c *conn) error { return c.exec(sql, args...) })
}

// reopenIfReadOnly closes the connections of a read-only database, so that it is opened
// again: it may be writable by now.
func (d *database) reopenIfReadOnly(ctx context.Context) error {
	if d.readOnlyErr() == nil {
		return nil
	}
	if err := d.closeSlot(&d.reader, d.checkUsable() == nil); err != nil {
		return err
	}
	return d.withWriter(ctx, func(*conn) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.readOnlyCause = nil
		d.writer.drop()
		return nil
	})
}

// checkUsable returns the error with which every call fails, or nil.
func (d *database) checkUsable() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.Path == "" {
		return &lookup.LedgerError{Problem: lookup.LedgerNowhere}
	}
	return d.fatalErr
}

// readOnlyErr returns why the database can only be read, or nil.
func (d *database) readOnlyErr() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.readOnlyCause
}

// quarantineIfDamaged returns err. If it reports damage, it is the last error of this
// database: every further call fails with it, so that the operator notices. The database
// is moved away, because no lookup can be recorded in it, unless another process uses it or
// has just moved it. The next process creates a new one.
func (d *database) quarantineIfDamaged(err error) error {
	damaged, ok := errors.AsType[*lookup.LedgerError](err)
	if !ok || damaged.Problem != lookup.LedgerDamaged {
		return err
	}
	d.writer.sem <- struct{}{}
	defer func() { <-d.writer.sem }()
	d.writer.drop()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fatalErr != nil {
		return d.fatalErr
	}
	d.fatalErr = damaged
	_ = d.files.withLock(context.Background(), func() (err error) {
		if othersAlive := d.process.removeDead(); !othersAlive && d.isOpenedFile() {
			damaged.MovedTo, err = d.files.moveAside(d.Now())
		}
		return err
	})
	return damaged
}

// isOpenedFile reports whether the database is the file that was last opened.
func (d *database) isOpenedFile() bool {
	if d.lastOpenedFile == nil { // only a write-ahead log existed
		_, err := d.files.exists()
		return errors.Is(err, errIncomplete)
	}
	return isFileAt(d.lastOpenedFile, d.Path)
}

// wrapErr returns err as a *lookup.LedgerError, or the error of ctx.
func (d *database) wrapErr(ctx context.Context, err error) error {
	if _, ok := errors.AsType[*lookup.LedgerError](err); ok || err == nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return d.newError(d.diagnose(err), err)
}

// newError returns an error about the database.
func (d *database) newError(p lookup.LedgerProblem, err error) *lookup.LedgerError {
	return &lookup.LedgerError{Problem: p, Where: d.Path, Err: sanitizeErr(err)}
}

// diagnose is like problemOf, but also recognises a full disk that SQLite reports as an
// I/O error.
func (d *database) diagnose(err error) lookup.LedgerProblem {
	if errors.Is(err, sqlite3.IOERR) && d.files.isDiskFull() {
		return lookup.LedgerFull
	}
	return problemOf(err)
}

// problemOf returns the problem that an error of SQLite or the system reports.
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

// sanitizedError is an error whose text has no control characters.
type sanitizedError struct{ error }

func (e sanitizedError) Error() string { return juhe.Sanitize(e.error.Error()) }
func (e sanitizedError) Unwrap() error { return e.error }

func sanitizeErr(err error) error {
	if err == nil {
		return nil
	}
	return sanitizedError{err}
}
