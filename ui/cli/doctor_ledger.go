package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// scarce is below how many bytes a disk is nearly full.
const scarce = 100 << 20

// look looks at the ledger and makes none.
func (d *doctor) look(ctx context.Context) []finding {
	if d.cfg == nil {
		return d.skipped()
	}
	path := d.ledger.Path
	found := []finding{d.glance(ctx, path)}
	if losses := d.ledger.HistoryLosses(); len(losses) > 0 {
		loss := losses[len(losses)-1]
		text, _ := d.app.lossText(loss)
		found = append(found, finding{Status: statusWarn, File: cmp.Or(loss.MarkerPath, path), Text: text})
	}
	if path == "" {
		return found
	}
	if free, ok := room(path); ok && free < scarce {
		found = append(found, finding{
			Status: statusWarn, File: path, Text: fmt.Sprintf(d.words.Full, formatBytes(free)), Advice: d.words.FullAdvice,
		})
	}
	return found
}

// glance opens a ledger that is there, unless that takes a command.
func (d *doctor) glance(ctx context.Context, path string) finding {
	w := d.words
	f := finding{Status: statusOK, File: path}
	if d.ledger.Encryption == ledger.EncryptionCommand && exists(path) {
		f.Status, f.Text = statusNote, fmt.Sprintf(w.LedgerCommand, path)
		return f
	}
	g, err := d.ledger.Inspect(ctx)
	if err == nil && !g.Exists {
		err = d.makeable(path)
	}
	d.newest = g.Newest
	switch {
	case err != nil:
		f.Status, f.Text = statusFail, lookup.ErrorText(d.app.words, err)
		var problem *lookup.LedgerError
		if errors.As(err, &problem) {
			f.Value = string(problem.Problem)
		}
	case !g.Exists:
		f.Text = fmt.Sprintf(w.LedgerNew, path)
	default:
		encrypted := d.app.words.Records.Encrypted
		if d.ledger.Encryption == ledger.EncryptionNone {
			encrypted = d.app.words.Records.Plain
		}
		f.Value = fmt.Sprint(g.Lookups)
		f.Text = fmt.Sprintf(w.Ledger, path, encrypted, g.Lookups, g.Pending, formatBytes(g.Size))
	}
	return f
}

// makeable tells why a ledger, or the key file that is made with it, could not be
// made, if so.
func (d *doctor) makeable(path string) error {
	if err := writable(standing(path)); err != nil {
		return &lookup.LedgerError{Problem: lookup.LedgerReadOnly, Path: standing(path), Err: err}
	}
	key := d.cfg.Ledger.KeyFile
	if d.ledger.Encryption != ledger.EncryptionKeyfile || exists(key) {
		return nil
	}
	if err := writable(standing(key)); err != nil {
		return &lookup.LedgerError{Problem: lookup.LedgerNoKey, Path: key, Err: err}
	}
	return nil
}

// writable tells why no file can be made in a folder, if so.
func writable(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return err
	case !info.IsDir():
		return &fs.PathError{Op: "open", Path: dir, Err: unix.ENOTDIR}
	}
	return unix.Access(dir, unix.W_OK|unix.X_OK)
}

// standing is the folder of a file that is not there, or the nearest one above
// that is.
func standing(path string) string {
	dir := filepath.Dir(path)
	for dir != filepath.Dir(dir) && !exists(dir) {
		dir = filepath.Dir(dir)
	}
	return dir
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// room is how many bytes this user can still write beside a file.
func room(path string) (free int64, ok bool) {
	var disk unix.Statfs_t
	if err := unix.Statfs(standing(path), &disk); err != nil {
		return 0, false
	}
	return int64(uint64(disk.Bavail) * uint64(disk.Bsize)), true
}
