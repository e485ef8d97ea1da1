package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"
	"golang.org/x/sys/unix"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/ledger/gram"
	"fourfactor/juhe/lookup"
)

// Inspect implements ledger.Ledger. It does not create a file, migrate the schema or move a
// damaged database. It does not run KeyCommand either if there is a database.
func (l *Ledger) Inspect(ctx context.Context) (ledger.Inspection, error) {
	var sum ledger.Inspection
	if l.Path == "" {
		return sum, &lookup.LedgerError{Problem: lookup.LedgerNowhere}
	}
	if l.Encryption == EncryptionCommand && pathExists(l.Path) {
		return ledger.Inspection{Exists: true, Encrypted: true, Unread: true}, nil
	}
	if err := l.checkOwner(); err != nil {
		return sum, err
	}
	exists, err := l.files.exists()
	switch {
	case err != nil:
		return sum, l.wrapErr(ctx, err)
	case !exists:
		return sum, l.checkCreatable(ctx)
	}
	sum.Exists, sum.Encrypted = true, l.Encryption != EncryptionNone
	key, err := l.keys.load(ctx, false)
	if err != nil {
		return sum, err
	}
	sum.Size = l.files.size()
	if err := l.inspectDatabase(ctx, key, &sum); err != nil {
		return sum, l.wrapErr(ctx, err)
	}
	// To write, SQLite also creates the write-ahead log in the same folder.
	return sum, l.wrapErr(ctx, errors.Join(unix.Access(l.Path, unix.W_OK), unix.Access(filepath.Dir(l.Path), unix.W_OK)))
}

// checkCreatable returns an error if the database or its key file cannot be created, or if
// there is a key file that is not usable.
func (l *Ledger) checkCreatable(ctx context.Context) error {
	keyfile := l.Encryption != EncryptionNone && l.Encryption != EncryptionCommand
	if keyfile {
		if _, err := l.keys.load(ctx, false); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	dir := existingPath(filepath.Dir(l.Path))
	if err := unix.Access(dir, unix.W_OK|unix.X_OK); err != nil {
		return &lookup.LedgerError{Problem: lookup.LedgerReadOnly, Where: dir, Err: err}
	}
	if keyfile && !pathExists(l.KeyFile) {
		if err := unix.Access(existingPath(filepath.Dir(l.KeyFile)), unix.W_OK|unix.X_OK); err != nil {
			return &lookup.LedgerError{Problem: lookup.LedgerNoEncryptionKey, Where: l.KeyFile, Err: err}
		}
	}
	return nil
}

// inspectDatabase fills sum from the database. Even to read, SQLite creates a write-ahead log
// and leaves it behind, unless the database is opened as immutable. So inspectDatabase does
// that if there is no log. It tries again if another process creates one meanwhile.
func (l *Ledger) inspectDatabase(ctx context.Context, key string, sum *ledger.Inspection) error {
	params := ""
	if l.files.walSize() < 0 {
		params = "&immutable=1"
	}
	err := l.inspectWith(ctx, key, params, sum)
	if err != nil && params != "" && l.files.walSize() >= 0 {
		err = l.inspectWith(ctx, key, "", sum)
	}
	if problemOf(err) == lookup.LedgerDamaged && !l.files.matchesKey(key) {
		return l.newError(lookup.LedgerWrongKey, nil)
	}
	return err
}

// inspectWith connects with the URI parameters params and fills sum.
func (l *Ledger) inspectWith(ctx context.Context, key, params string, sum *ledger.Inspection) error {
	c, err := l.files.connect(ctx, key, params, sqlite3.OPEN_READONLY)
	if err != nil {
		return err
	}
	defer c.closeWithoutCheckpoint()
	defer c.SetInterrupt(c.SetInterrupt(ctx))
	if _, err := l.checkSchema(c); err != nil {
		return err
	}
	return c.query(func(s *sqlite3.Stmt) bool {
		if sum.Lookups, sum.Pending = s.ColumnInt(0), s.ColumnInt(1); sum.Lookups > 0 {
			sum.Newest = c.localTime(s.ColumnInt64(2))
		}
		return false
	}, "SELECT (SELECT count(*) FROM lookup), (SELECT count(*) FROM intent), ("+newestTimeQuery+")")
}

// Verify implements ledger.Ledger. It checks the pages, indexes and rows. It uses a
// separate connection, so that no other call waits for it.
func (l *Ledger) Verify(ctx context.Context) (ledger.Verification, error) {
	v := verification{ledger.Verification{Inspection: ledger.Inspection{Exists: true, Encrypted: l.Encryption != EncryptionNone}}}
	if err := l.open(ctx); err != nil {
		return v.Verification, err
	}
	v.Size = l.files.size()
	slot := connSlot{sem: make(chan struct{}, 1)}
	err := l.withConn(ctx, &slot, v.check)
	if slot.conn != nil {
		slot.conn.close()
	}
	return v.Verification, err
}

type verification struct{ ledger.Verification }

// check runs each check, and adds the damage that it reports to the problems.
func (v *verification) check(c *conn) error {
	for _, check := range []func(*conn) error{
		v.checkPages,
		func(*conn) (err error) { v.Lookups, err = c.count("lookup"); return err },
		func(*conn) (err error) { v.Pending, err = c.count("intent"); return err },
		func(*conn) (err error) { v.Newest, err = c.queryTime(newestTimeQuery); return err },
		v.checkRows, v.checkIndex,
	} {
		switch err := check(c); {
		case err == nil:
		case problemOf(err) == lookup.LedgerDamaged:
			v.addProblem("%v", err)
		default:
			return err
		}
	}
	return nil
}

func (v *verification) addProblem(format string, args ...any) {
	v.Problems = append(v.Problems, juhe.Sanitize(fmt.Sprintf(format, args...)))
}

func (v *verification) checkPages(c *conn) error {
	return c.query(func(s *sqlite3.Stmt) bool {
		if text := s.ColumnText(0); text != "ok" {
			v.addProblem("%s", text)
		}
		return true
	}, "PRAGMA integrity_check")
}

// checkIndex checks that the search index has every lookup. Each has the token of its
// endpoint.
func (v *verification) checkIndex(c *conn) error {
	var tokens []string
	for _, a := range juhe.APIs() {
		tokens = append(tokens, gram.Token(ledger.APITag(a)))
	}
	indexed, err := c.queryInt("SELECT (SELECT count(*) FROM gram WHERE gram MATCH ?) + (SELECT count(*) FROM unindexed)", strings.Join(tokens, " OR "))
	if err == nil && int(indexed) != v.Lookups {
		v.addProblem("%d lookups, but %d in the search index or waiting for it", v.Lookups, indexed)
	}
	return err
}

// checkRows reads each lookup and each audit event. It adds those that cannot be read to
// the problems, at most maxProblems.
func (v *verification) checkRows(c *conn) error {
	keys, err := c.keysInWindow(newWindow(lookup.Search{}))
	if err != nil {
		return err
	}
	const maxProblems = 100
	pages := len(v.Problems)
	for _, key := range keys {
		r, ok, err := c.lookupByKey(key)
		at := c.localTime(key / keysPerMilli).Format(time.RFC3339)
		switch {
		case err != nil && problemOf(err) != lookup.LedgerDamaged:
			return err
		case err != nil, !ok:
			v.addProblem("the lookup made at %s cannot be read", at)
		case r.corrupt:
			v.addProblem("lookup %s made at %s has changed on the disk", r.ID, at)
		}
	}
	_, unreadable, err := c.readAuditOneByOne(math.MaxInt)
	if err != nil {
		return err
	}
	if unreadable > 0 {
		v.addProblem("%d events of the audit log cannot be read", unreadable)
	}
	if more := len(v.Problems) - pages - maxProblems; more > 0 {
		v.Problems = v.Problems[:pages+maxProblems]
		v.addProblem("and %d more", more)
	}
	return nil
}
