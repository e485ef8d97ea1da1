package ledger

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/ncruces/go-sqlite3"
	"golang.org/x/sys/unix"

	"fourfactor/juhe/lookup"
)

// Summary is what a short look at a ledger finds.
type Summary struct {
	Exists  bool      // else there is none yet, and the rest is zero
	Lookups int       // settled ones
	Pending int       // intents that are not settled
	Newest  time.Time // of the settled ones; zero if there is none
	Size    int64     // of the database's files
}

// Inspect looks at the ledger and changes nothing: it makes no ledger, no key
// and no folder, ends no intent, brings no old schema to the newest, and puts
// nothing aside. It finds what keeps a ledger from being opened, damage at its
// beginning, and that it cannot be written; [Ledger.Verify] reads all of it.
func (l *Ledger) Inspect(ctx context.Context) (Summary, error) {
	var g Summary
	if l.Path == "" {
		return g, &lookup.LedgerError{Problem: lookup.LedgerNoPath}
	}
	if err := l.ours(); err != nil {
		return g, err
	}
	there, err := l.files.there()
	switch {
	case err != nil:
		return g, l.told(ctx, err)
	case !there:
		return g, l.keyAtHand(ctx)
	}
	g.Exists = true
	key, err := l.key(ctx, true)
	if err != nil {
		return g, err
	}
	for _, path := range l.files.parts() {
		if info, err := os.Stat(path); err == nil {
			g.Size += info.Size()
		}
	}
	if err := l.glance(ctx, key, &g); err != nil {
		return g, l.told(ctx, err)
	}
	// The write-ahead log is made beside the database.
	return g, l.told(ctx, errors.Join(unix.Access(l.Path, unix.W_OK), unix.Access(filepath.Dir(l.Path), unix.W_OK)))
}

// keyAtHand tells what is wrong with a key file for which there is no ledger yet.
// One that is not there either is made with the ledger.
func (l *Ledger) keyAtHand(ctx context.Context) error {
	if l.Encryption == EncryptionNone || l.Encryption == EncryptionCommand {
		return nil
	}
	_, err := l.key(ctx, true)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// glance reads the database. The engine makes a write-ahead log and its index
// even to read, and they would stay; whoever works with a ledger has made them. So
// where there is no log nobody does, and the database alone is read. Somebody
// may begin to just then, who is the reason if that fails.
func (l *Ledger) glance(ctx context.Context, key string, g *Summary) error {
	alone := !l.files.logged()
	more := ""
	if alone {
		more = "&immutable=1"
	}
	err := l.look(ctx, key, more, g)
	if err != nil && alone && l.files.logged() {
		err = l.look(ctx, key, "", g)
	}
	if problemOf(err) == lookup.LedgerDamaged && !l.files.fits(key) {
		return l.problem(lookup.LedgerWrongKey, nil)
	}
	return err
}

// look reads the database by a connection of its own; more is for the engine.
func (l *Ledger) look(ctx context.Context, key, more string, g *Summary) error {
	c, err := l.files.connect(ctx, key, more, sqlite3.OPEN_READONLY)
	if err != nil {
		return err
	}
	defer c.abandon()
	defer c.SetInterrupt(c.SetInterrupt(ctx))
	return c.glance(l, g)
}

func (c *conn) glance(l *Ledger, g *Summary) error {
	version, err := c.version()
	switch {
	case err != nil:
		return err
	case version < 1:
		return l.problem(lookup.LedgerFailed, errForeign)
	case version > newest:
		return l.problem(lookup.LedgerNewer, nil)
	}
	lookups, err := c.number("SELECT count(*) FROM lookup")
	if err != nil {
		return err
	}
	underWay, err := c.number("SELECT count(*) FROM intent")
	if err != nil {
		return err
	}
	at, err := c.number("SELECT at FROM lookup WHERE key = (SELECT max(key) FROM lookup)")
	if err != nil {
		return err
	}
	if g.Lookups, g.Pending = int(lookups), int(underWay); lookups > 0 {
		g.Newest = c.time(at)
	}
	return nil
}
