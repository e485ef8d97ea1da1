package ledger

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/lookup"
)

// open opens a connection, and makes a ledger if there is none. The first
// connection, which writes, ends the intents whose process is gone.
func (l *Ledger) open(ctx context.Context, first bool) (*conn, error) {
	if err := l.hopeless(); err != nil {
		return nil, err
	}
	if err := l.ours(); err != nil {
		return nil, err
	}
	if err := l.find(ctx); err != nil {
		return nil, l.told(ctx, err)
	}
	key, err := l.key(ctx, true)
	if err != nil {
		return nil, err
	}
	if l.files.fits(key) { // else it has yet to prove that it is ours
		l.files.private()
	}
	c, err := l.connect(ctx, key)
	if err == nil && first {
		l.files.private()
		// Without the lock another process might put the ledger aside, which
		// the look at the file before each use finds out too.
		_, _ = l.holder.hold()
		l.holder.others()
		if err = l.settleGone(c); err != nil {
			c.abandon()
		}
	}
	if err == nil && first {
		err = l.compare(ctx, c)
	}
	if err != nil {
		return nil, l.told(ctx, err)
	}
	return c, nil
}

// find makes a ledger if there is none, and remembers which file it is.
func (l *Ledger) find(ctx context.Context) error {
	there, err := l.files.there()
	if err == nil && !there {
		err = l.make(ctx)
	}
	info, missing := os.Stat(l.Path)
	if missing != nil {
		info = nil
	}
	l.mu.Lock()
	l.opened = info
	l.mu.Unlock()
	return err
}

func (l *Ledger) hopeless() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Path == "" {
		return &lookup.LedgerError{Problem: lookup.LedgerNoPath}
	}
	return l.fixed
}

// make makes the folder, the key, its fingerprint and a database, unless
// another process has just done so. The database gets its name when it is
// complete, so that an empty one is told from a new one.
func (l *Ledger) make(ctx context.Context) error {
	if err := folder(filepath.Dir(l.Path)); err != nil {
		return err
	}
	if l.Encryption == EncryptionCommand { // which others need not wait for
		if _, err := l.key(ctx, false); err != nil {
			return err
		}
	}
	return l.files.locked(ctx, func() error {
		if there, err := l.files.there(); there || err != nil {
			return err
		}
		if err := l.files.tellVanished(l.Now()); err != nil {
			return err
		}
		begun := l.files.begun()
		if err := begun.remove(); err != nil {
			return err
		}
		key, err := l.key(ctx, false)
		if err != nil {
			return err
		}
		if err := begun.begin(ctx, key); err != nil {
			return errors.Join(err, begun.remove())
		}
		if err := l.files.note(key); err != nil {
			return errors.Join(err, begun.remove())
		}
		if err := os.Rename(begun.path, l.Path); err != nil {
			return err
		}
		return atomicfile.SyncDir(filepath.Dir(l.Path))
	})
}

// begin makes a database with the newest schema in one file.
func (f files) begin(ctx context.Context, key string) error {
	if err := atomicfile.Write(f.path, ""); err != nil {
		return err
	}
	c, err := f.connect(ctx, key, "", sqlite3.OPEN_READWRITE)
	if err != nil {
		return err
	}
	err = c.migrate()
	if err == nil { // closing would not tell that there is no room for it
		err = c.checkpoint()
	}
	return errors.Join(err, c.close())
}

// connect opens a database that is there, brings it to the newest schema, and
// finds out why that fails.
func (l *Ledger) connect(ctx context.Context, key string) (*conn, error) {
	if !l.files.fits(key) {
		if err := l.prove(ctx, key); err != nil {
			return nil, err
		}
	}
	c, err := l.files.connect(ctx, key, "", sqlite3.OPEN_READWRITE)
	if err == nil {
		if err = l.migrate(ctx, c); err == nil {
			return c, nil
		}
		c.abandon()
	}
	if problem := l.problemOf(err); problem == lookup.LedgerReadOnly || problem == lookup.LedgerFull {
		return l.connectReadOnly(ctx, key, err)
	}
	return nil, err
}

// prove tries a key on the database itself, without touching it: the
// fingerprint may be of a ledger that was here before, or gone.
func (l *Ledger) prove(ctx context.Context, key string) error {
	c, err := l.files.connect(ctx, key, "&immutable=1", sqlite3.OPEN_READONLY)
	version := 0
	if err == nil {
		version, err = c.version()
		c.abandon()
	}
	switch {
	case problemOf(err) == lookup.LedgerDamaged:
		l.forgetKey()
		return l.problem(lookup.LedgerWrongKey, nil)
	case err != nil:
		return err
	case version < 1:
		return l.problem(lookup.LedgerFailed, errForeign)
	}
	_ = l.files.note(key) // a ledger that can only be read is proved each time
	return nil
}

// connectReadOnly opens what cannot be written, so that the history can still
// be read.
func (l *Ledger) connectReadOnly(ctx context.Context, key string, why error) (*conn, error) {
	problem := l.problem(l.problemOf(why), why)
	for _, more := range []string{"", "&immutable=1"} {
		if more != "" && l.files.wal() > 0 { // it would not be read
			break
		}
		c, err := l.files.connect(ctx, key, more, sqlite3.OPEN_READONLY)
		if err != nil {
			continue
		}
		if version, err := c.version(); err == nil && version >= 1 && version <= newest && c.standIn(version) == nil { // what is older has fewer tables
			l.mu.Lock()
			l.limit = problem
			l.mu.Unlock()
			return c, nil
		}
		c.abandon()
	}
	return nil, problem
}

// giveUp is for a damaged ledger that no connection of ours has open. It is
// put aside as it is, so that the next start makes a new one, unless another
// process still works with it, or has just put it aside. This process records
// no more: the operator has to know first.
func (l *Ledger) giveUp(problem *lookup.LedgerError) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fixed != nil {
		return l.fixed
	}
	l.fixed = problem
	_ = l.files.locked(context.Background(), func() (err error) {
		if !l.holder.others() && l.same() {
			problem.QuarantinePath, err = l.files.aside(l.Now())
		}
		return err
	})
	return problem
}

// same tells whether the database is the one that was last opened.
func (l *Ledger) same() bool {
	if l.opened == nil { // there was only a part of it
		_, err := l.files.there()
		return errors.Is(err, errIncomplete)
	}
	return l.files.still(l.opened)
}
