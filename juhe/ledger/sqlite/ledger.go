// Package sqlite stores lookups in an encrypted SQLite database: the intent
// before a lookup is sent, its outcome, the runs of a batch, and the audit log. A
// lookup is pending from its intent to its outcome, and then concluded. Several
// processes can use one ledger at a time. Only this package uses SQL.
//
// Errors are *lookup.LedgerError or the error of the context, lookup.ErrLocked from
// LockRun, or an error of releasing files from Close.
package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"

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

// Ledger is a ledger on disk. It is safe for concurrent use. The first call opens it.
type Ledger struct {
	Options
	files    dbFiles
	identity identity
	process  processLock

	// Only writer writes. It also serves short reads, so that they do not wait for a
	// search. Searches use reader, so that an outcome never waits for one. Each connection
	// is opened when it is first used.
	writer, reader connSlot

	keyMu     sync.Mutex
	cachedKey string // returned by KeyCommand

	mu             sync.Mutex
	closed         bool
	fatalErr       error           // fails every further call
	lastOpenedFile os.FileInfo     // the database when it was last opened; nil if it was missing
	readOnlyCause  error           // why the database can only be read; nil if it can be written
	unrecorded     []lookup.Record // outcomes that could not be written
	queue          []*groupChange  // waits for groupCommit
	commitSem      chan struct{}   // held while the queue is committed or indexInBackground runs
	indexing       bool            // a goroutine is updating the index
	background     sync.WaitGroup  // goroutines that Close waits for

	intentCount, savedCount int64     // see saveCount
	countSavedAt            time.Time // when savedCount was written

	dirModTime time.Time // of the folder when lastLossAt was read
	lastLossAt time.Time // see lastLossTime
}

// connSlot holds a connection for one goroutine at a time: the one that has sent to sem.
type connSlot struct {
	sem  chan struct{}
	conn *conn // nil if it is not open
}

// New returns a Ledger and opens nothing.
func New(o Options) *Ledger {
	o.Path = resolveLinks(o.Path)
	engine := engineOptions{encrypted: "adiantum", plain: "os", synchronous: "FULL"}
	l := &Ledger{Options: o, files: dbFiles{o.Path, engine, o.Now().Location()}, identity: systemIdentity()}
	l.writer.sem, l.reader.sem, l.commitSem = make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)
	l.process.dir = l.files.aliveDir()
	return l
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

var _ ledger.Ledger = (*Ledger)(nil)

// Where implements ledger.Ledger.
func (l *Ledger) Where() string { return l.Path }

// Open opens the ledger if it is not open, and records the lookups that are pending in
// dead processes as lost.
func (l *Ledger) Open(ctx context.Context) error {
	return l.withWriter(ctx, func(*conn) error { return nil })
}

// Close waits for work in the background and closes the ledger. A second call
// does nothing.
func (l *Ledger) Close() error {
	l.retryUnrecorded()
	l.saveCount(0, true) // 0 means that there are no new intents
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.background.Wait()
	err := errors.Join(l.closeSlot(&l.reader), l.closeSlot(&l.writer), l.process.release())
	if othersAlive := l.process.removeDead(); !othersAlive {
		l.files.shrinkReserve()
	}
	return err
}

func (l *Ledger) closeSlot(s *connSlot) error {
	s.sem <- struct{}{}
	defer func() { <-s.sem }()
	c := s.conn
	s.conn = nil
	switch {
	case c == nil:
		return nil
	case l.checkUsable() != nil:
		c.closeWithoutCheckpoint()
		return nil
	}
	return l.wrapErr(context.Background(), c.close())
}

// withWriter calls do with the writer. Besides writes, do may be a short read, but not a
// search, because outcomes wait for it.
func (l *Ledger) withWriter(ctx context.Context, do func(*conn) error) error {
	return l.withConn(ctx, &l.writer, do)
}

// withReader calls do with the reader.
func (l *Ledger) withReader(ctx context.Context, do func(*conn) error) error {
	return l.withConn(ctx, &l.reader, do)
}

// withConn waits for the connection of a slot, opens it if necessary and calls do.
func (l *Ledger) withConn(ctx context.Context, s *connSlot, do func(*conn) error) error {
	select {
	case s.sem <- struct{}{}:
		defer func() { <-s.sem }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if l.isClosed() {
		return l.newError(lookup.LedgerFailed, os.ErrClosed)
	}
	if s.conn == nil && s != &l.writer { // the writer creates the database
		if err := l.Open(ctx); err != nil {
			return err
		}
	}
	if s.conn == nil {
		c, err := l.openConn(ctx, s == &l.writer)
		if err != nil {
			return err
		}
		s.conn = c
	}
	if err := l.checkUsable(); err != nil {
		return err
	}
	if !l.files.isSameFile(s.conn.openedFile) {
		return l.handleDatabaseGone(s)
	}
	defer s.conn.SetInterrupt(s.conn.SetInterrupt(ctx))
	return l.wrapErr(ctx, do(s.conn))
}

// handleDatabaseGone makes every further call fail: the open database was moved or
// deleted, so changes to it would be lost.
func (l *Ledger) handleDatabaseGone(s *connSlot) error {
	s.conn.closeWithoutCheckpoint()
	s.conn = nil
	l.mu.Lock()
	defer l.mu.Unlock()
	cause := errReplaced
	if _, err := os.Stat(l.Path); errors.Is(err, fs.ErrNotExist) {
		cause = errMissing
	}
	l.fatalErr = l.newError(lookup.LedgerDamaged, cause)
	return l.fatalErr
}

var (
	errReplaced = errors.New("another file has taken its place")
	errMissing  = errors.New("the file no longer exists")
)

// write runs do in a transaction. Only one process writes at a time. The changes are
// durable when write returns nil.
func (l *Ledger) write(ctx context.Context, do func(*conn) error) error {
	if err := l.reopenIfReadOnly(ctx); err != nil {
		return err
	}
	return l.withWriter(ctx, func(c *conn) error {
		if err := l.readOnlyErr(); err != nil {
			return err
		}
		return c.transaction(func(c *conn) error {
			version, err := c.schemaVersion()
			switch {
			case err != nil:
				return err
			case version > newestSchema:
				return l.newError(lookup.LedgerNewer, nil)
			}
			return do(c)
		})
	})
}

// If err reports damage, quarantineIfDamaged moves the database away, because no lookup
// can be recorded in it. It returns err, or the earlier fatal error.
func (l *Ledger) quarantineIfDamaged(err error) error {
	damaged, ok := errors.AsType[*lookup.LedgerError](err)
	if !ok || damaged.Problem != lookup.LedgerDamaged {
		return err
	}
	l.writer.sem <- struct{}{}
	defer func() { <-l.writer.sem }()
	if c := l.writer.conn; c != nil {
		l.writer.conn = nil
		c.closeWithoutCheckpoint()
	}
	return l.quarantine(damaged)
}

// reopenIfReadOnly closes the connections of a read-only ledger, so that it is opened
// again: it may be writable by now.
func (l *Ledger) reopenIfReadOnly(ctx context.Context) error {
	if l.readOnlyErr() == nil {
		return nil
	}
	if err := l.closeSlot(&l.reader); err != nil {
		return err
	}
	return l.withWriter(ctx, func(c *conn) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.readOnlyCause, l.writer.conn = nil, nil
		c.closeWithoutCheckpoint()
		return nil
	})
}

func (l *Ledger) isClosed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}

// readOnlyErr returns why the database can only be read, or nil.
func (l *Ledger) readOnlyErr() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.readOnlyCause
}

// wrapErr returns err as a *lookup.LedgerError, or the error of ctx.
func (l *Ledger) wrapErr(ctx context.Context, err error) error {
	if _, ok := errors.AsType[*lookup.LedgerError](err); ok || err == nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return l.newError(l.diagnose(err), err)
}

// newError returns an error about the database.
func (l *Ledger) newError(p lookup.LedgerProblem, err error) *lookup.LedgerError {
	return &lookup.LedgerError{Problem: p, Where: l.Path, Err: sanitizeErr(err)}
}

// diagnose is like problemOf, but also recognises a full disk that SQLite reports as an
// I/O error.
func (l *Ledger) diagnose(err error) lookup.LedgerProblem {
	if errors.Is(err, sqlite3.IOERR) && l.files.isDiskFull() {
		return lookup.LedgerFull
	}
	return problemOf(err)
}
