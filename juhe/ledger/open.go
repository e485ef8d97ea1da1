package ledger

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // registers the encrypting file system

	"fourfactor/juhe/lookup"
)

// open opens a connection, and makes a ledger if there is none. The first
// connection, which writes, ends the intents whose process is gone.
func (l *Ledger) open(ctx context.Context, first bool) (*conn, error) {
	if err := l.hopeless(); err != nil {
		return nil, err
	}
	there, err := l.files.there()
	if err == nil && !there {
		err = l.make(ctx)
	}
	if err != nil {
		return nil, l.told(ctx, err)
	}
	key, err := l.key(ctx, true)
	if err != nil {
		return nil, err
	}
	c, err := l.connect(ctx, key)
	if err == nil && first {
		l.files.private()
		// Without the lock another process might put the ledger aside, which
		// the look at the file before each use finds out too.
		_, _ = l.holder.hold()
		l.holder.others()
		if err = l.settleGone(c); problemOf(err) == lookup.LedgerDamaged {
			c.abandon()
			return nil, l.giveUp(l.problem(lookup.LedgerDamaged, err))
		} else if err != nil {
			c.close()
		}
	}
	if err != nil {
		return nil, l.told(ctx, err)
	}
	return c, nil
}

func (l *Ledger) hopeless() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Path == "" {
		return &lookup.LedgerError{Problem: lookup.LedgerNowhere}
	}
	return l.fixed
}

// make makes the folder, the key, its fingerprint and an empty database,
// unless another process has just done so.
func (l *Ledger) make(ctx context.Context) error {
	if err := folder(filepath.Dir(l.Path)); err != nil {
		return err
	}
	return l.files.locked(ctx, func() error {
		if there, err := l.files.there(); there || err != nil {
			return err
		}
		key, err := l.key(ctx, false)
		if err != nil {
			return err
		}
		if err := os.Remove(l.files.id()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := create(l.files.id(), fingerprint(key)); err != nil {
			return err
		}
		return create(l.Path, "")
	})
}

// connect opens a database that is there, brings it to the newest schema, and
// finds out why that fails.
func (l *Ledger) connect(ctx context.Context, key string) (*conn, error) {
	fits, known := l.files.fits(key)
	if known && !fits {
		return nil, l.problem(lookup.LedgerKey, nil)
	}
	c, err := l.files.connect(ctx, key, "", sqlite3.OPEN_READWRITE)
	if err == nil {
		if err = l.migrate(ctx, c); err == nil {
			return c, nil
		}
		c.abandon()
	}
	switch problem := l.problemOf(err); {
	case problem == lookup.LedgerReadOnly, problem == lookup.LedgerFull:
		return l.connectReadOnly(ctx, key, err)
	case problem == lookup.LedgerDamaged && known:
		return nil, l.giveUp(l.problem(problem, err))
	case problem == lookup.LedgerDamaged:
		return nil, l.problem(lookup.LedgerKey, err)
	}
	return nil, err
}

// connectReadOnly opens what cannot be written, so that the history can still
// be read.
func (l *Ledger) connectReadOnly(ctx context.Context, key string, why error) (*conn, error) {
	problem := l.problem(l.problemOf(why), why)
	for _, more := range []string{"", "&immutable=1"} {
		c, err := l.files.connect(ctx, key, more, sqlite3.OPEN_READONLY)
		if err != nil {
			continue
		}
		if version, err := c.version(); err == nil && version == newest {
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
// process still works with it. This process records no more: the operator has
// to know first.
func (l *Ledger) giveUp(problem *lookup.LedgerError) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fixed != nil {
		return l.fixed
	}
	l.fixed = problem
	if l.holder.others() {
		return problem
	}
	if aside, err := l.files.aside(l.Now()); err == nil {
		problem.Aside = aside
	}
	return problem
}
