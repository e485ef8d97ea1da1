// Package ledger keeps look-ups on disk: what was intended, how it ended, what
// was revealed and taken away. It is an encrypted SQLite file that several
// processes use at once, and the one place that knows SQL.
//
// Every error is a *lookup.LedgerError, or the context's.
package ledger

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/lookup"
)

// Encryption says where the key of a ledger is.
type Encryption string

// The ways of encryption.
const (
	EncryptionKeyfile Encryption = "keyfile" // in Options.KeyFile, made at first use
	EncryptionCommand Encryption = "command" // Options.KeyCommand gives it: 64 hexadecimal digits
	EncryptionNone    Encryption = "none"
)

// Options are what a Ledger is made of.
type Options struct {
	Path       string // of the database file; its folder is made if there is none
	Encryption Encryption
	KeyFile    string
	KeyCommand func(context.Context) (string, error)
	Retention  time.Duration // how long look-ups are kept; 0 for ever
	User       string        // of the audit trail
	Now        func() time.Time
}

// Ledger is safe for concurrent use. It is opened at its first use.
type Ledger struct {
	Options
	files  files
	users  users
	holder holder

	// writer is the one connection that writes; reader searches beside it, so
	// that no answer waits for a search. Each is nil until it is needed.
	writer, reader place

	keyMu sync.Mutex
	given string // by the key command

	mu      sync.Mutex
	closed  bool
	fixed   error           // what no further attempt can mend
	opened  os.FileInfo     // the database as it was last opened, nil if it was not there
	limit   error           // why it can only be read, if so
	unsaved []lookup.Record // settled, but the disk would not take them
	waiting []*change       // to be committed together
	leading chan struct{}   // taken by whoever commits them
	// indexing tells that a goroutine takes look-ups into the index, and beside
	// waits for it.
	indexing bool
	beside   sync.WaitGroup

	count, sawAt int64     // see saw
	sawTime      time.Time // when sawAt was noted

	folderAt time.Time // when the folder was last changed, as far as is known
	forgotAt time.Time // see forgot
}

// place is a connection that one goroutine uses at a time.
type place struct {
	turn chan struct{}
	conn *conn
}

// New makes a ledger. Nothing is read or written before it is used.
func New(o Options) *Ledger {
	o.Path = resolved(o.Path)
	l := &Ledger{Options: o, files: files{o.Path, disk{"adiantum", "os", "FULL"}, o.Now().Location()}, users: systemUsers()}
	l.writer.turn, l.reader.turn, l.leading = make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)
	l.holder.dir = l.files.alive()
	return l
}

// resolved is a path without symbolic links: what lies beside the database has
// to be the same for every process.
func resolved(path string) string {
	if path == "" {
		return ""
	}
	if there, err := filepath.EvalSymlinks(path); err == nil {
		return there
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(dir, filepath.Base(path))
	}
	return path
}

// Open opens it now, which its first use does else, and ends the intents whose
// process is gone.
func (l *Ledger) Open(ctx context.Context) error {
	return l.with(ctx, &l.writer, func(*conn) error { return nil })
}

// Close gives everything back. A second call does nothing.
func (l *Ledger) Close() error {
	l.saveUnsaved()
	l.saw(0, true)
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.beside.Wait()
	err := errors.Join(l.shut(&l.reader), l.shut(&l.writer), l.holder.release())
	if !l.holder.others() {
		l.files.shrink()
	}
	return err
}

func (l *Ledger) shut(p *place) error {
	p.turn <- struct{}{}
	defer func() { <-p.turn }()
	c := p.conn
	p.conn = nil
	switch {
	case c == nil:
		return nil
	case l.hopeless() != nil:
		c.abandon()
		return nil
	}
	return l.told(context.Background(), c.close())
}

// with waits for its turn and lends a connection to do.
func (l *Ledger) with(ctx context.Context, p *place, do func(*conn) error) error {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if l.ended() {
		return l.problem(lookup.LedgerFailed, os.ErrClosed)
	}
	if p.conn == nil && p != &l.writer { // the one that writes comes first
		if err := l.Open(ctx); err != nil {
			return err
		}
	}
	if p.conn == nil {
		c, err := l.open(ctx, p == &l.writer)
		if err != nil {
			return err
		}
		p.conn = c
	}
	if problem := l.hopeless(); problem != nil {
		return problem
	}
	if !l.files.still(p.conn.file) {
		return l.replaced(p)
	}
	defer p.conn.SetInterrupt(p.conn.SetInterrupt(ctx))
	return l.told(ctx, do(p.conn))
}

// replaced is for a ledger that another process has put aside, or somebody has
// taken away, while it was open: nothing is written to it any more.
func (l *Ledger) replaced(p *place) error {
	p.conn.abandon()
	p.conn = nil
	l.mu.Lock()
	defer l.mu.Unlock()
	why := errReplaced
	if _, err := os.Stat(l.Path); errors.Is(err, fs.ErrNotExist) {
		why = errMissing
	}
	l.fixed = l.problem(lookup.LedgerDamaged, why)
	return l.fixed
}

var (
	errReplaced = errors.New("another file has taken its place")
	errMissing  = errors.New("it is not there any more")
)

// read lends the writing connection for a short look: it sees what was written
// last.
func (l *Ledger) read(ctx context.Context, do func(*conn) error) error {
	return l.with(ctx, &l.writer, do)
}

// write runs do in one transaction, as the only writer among all processes.
// It is durable when write returns nil.
func (l *Ledger) write(ctx context.Context, do func(*conn) error) error {
	if err := l.reopen(ctx); err != nil {
		return err
	}
	return l.with(ctx, &l.writer, func(c *conn) error {
		if err := l.readonly(); err != nil {
			return err
		}
		return c.transaction(func(c *conn) error {
			if version, err := c.version(); err != nil || version > newest {
				return cmp.Or(err, error(l.problem(lookup.LedgerNewer, nil)))
			}
			return do(c)
		})
	})
}

// settled is the end of a step of a look-up: a damaged ledger is given up,
// since look-ups cannot be recorded in it.
func (l *Ledger) settled(err error) error {
	problem := (*lookup.LedgerError)(nil)
	if !errors.As(err, &problem) || problem.Problem != lookup.LedgerDamaged {
		return err
	}
	l.writer.turn <- struct{}{}
	defer func() { <-l.writer.turn }()
	if c := l.writer.conn; c != nil {
		l.writer.conn = nil
		c.abandon()
	}
	return l.giveUp(problem)
}

// reopen has a ledger that could only be read opened again: somebody may have
// made room, or let it be written.
func (l *Ledger) reopen(ctx context.Context) error {
	if l.readonly() == nil {
		return nil
	}
	if err := l.shut(&l.reader); err != nil {
		return err
	}
	return l.with(ctx, &l.writer, func(c *conn) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.limit, l.writer.conn = nil, nil
		c.abandon()
		return nil
	})
}

func (l *Ledger) ended() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}

func (l *Ledger) readonly() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.limit
}

// told puts an error of the engine into the ledger's words.
func (l *Ledger) told(ctx context.Context, err error) error {
	switch problem := (*lookup.LedgerError)(nil); {
	case err == nil || errors.As(err, &problem):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return l.problem(l.problemOf(err), err)
}

// problem makes an error about the database file.
func (l *Ledger) problem(p lookup.LedgerProblem, err error) *lookup.LedgerError {
	return &lookup.LedgerError{Problem: p, Path: l.Path, Err: harmless(err)}
}

// problemOf sorts an error. The engine's driver tells an error of input or
// output also where the disk is full.
func (l *Ledger) problemOf(err error) lookup.LedgerProblem {
	problem := problemOf(err)
	if errors.Is(err, sqlite3.IOERR) && l.files.full() {
		return lookup.LedgerFull
	}
	return problem
}
