package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
)

// checkLedger reports the state of the ledger without creating one.
func (d *doctor) checkLedger(ctx context.Context) []finding {
	findings := []finding{d.inspectLedger(ctx, d.ledger.Path)}
	if losses := d.ledger.HistoryLosses(); len(losses) > 0 {
		loss := losses[len(losses)-1]
		text, _ := d.app.LossText(loss)
		findings = append(findings, finding{Status: statusWarn, File: cmp.Or(loss.MarkerPath, d.ledger.Path), Text: text})
	}
	return findings
}

// inspectLedger opens an existing ledger, unless its key comes from a command.
func (d *doctor) inspectLedger(ctx context.Context, path string) finding {
	w := d.words
	f := finding{Status: statusOK, File: path}
	if d.ledger.Encryption == sqlite.EncryptionCommand && exists(path) {
		f.Status, f.Text = statusNote, fmt.Sprintf(w.LedgerCommand, path)
		return f
	}
	g, err := d.ledger.Inspect(ctx)
	if err == nil && !g.Exists {
		err = d.checkCreatable(path)
	}
	d.newest = g.Newest
	switch {
	case err != nil:
		f.Status, f.Text = statusFail, lookup.ErrorText(d.app.Messages, err)
		var problem *lookup.LedgerError
		if errors.As(err, &problem) {
			f.Value = string(problem.Problem)
		}
	case !g.Exists:
		f.Text = fmt.Sprintf(w.LedgerNew, path)
	default:
		encrypted := d.app.Messages.Records.Encrypted
		if d.ledger.Encryption == sqlite.EncryptionNone {
			encrypted = d.app.Messages.Records.Plain
		}
		f.Value = fmt.Sprint(g.Lookups)
		f.Text = fmt.Sprintf(w.Ledger, path, encrypted, g.Lookups, g.Pending, formatBytes(g.Size))
	}
	return f
}

// checkCreatable returns a *lookup.LedgerError if the ledger or its key file
// cannot be created.
func (d *doctor) checkCreatable(path string) error {
	if err := checkWritable(existingDir(path)); err != nil {
		return &lookup.LedgerError{Problem: lookup.LedgerReadOnly, Where: existingDir(path), Err: err}
	}
	key := d.cfg.Ledger.KeyFile
	if d.ledger.Encryption != sqlite.EncryptionKeyfile || exists(key) {
		return nil
	}
	if err := checkWritable(existingDir(key)); err != nil {
		return &lookup.LedgerError{Problem: lookup.LedgerNoEncryptionKey, Where: key, Err: err}
	}
	return nil
}

// checkWritable returns an error if no file can be created in dir.
func checkWritable(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return err
	case !info.IsDir():
		return &fs.PathError{Op: "open", Path: dir, Err: unix.ENOTDIR}
	}
	return unix.Access(dir, unix.W_OK|unix.X_OK)
}

// existingDir returns the nearest existing directory above path.
func existingDir(path string) string {
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

// clock reports the time of the machine. The daily limit and the repeat guard
// depend on it.
func (d *doctor) clock(context.Context) []finding {
	const layout = "2006-01-02 15:04:05"
	now := d.app.Now().Local()
	findings := []finding{{
		Status: statusOK, Value: now.Format(time.RFC3339),
		Text: fmt.Sprintf(d.words.Clock, now.Format(layout+" MST -07:00"), now.In(juhe.Beijing()).Format(layout)),
	}}
	if d.newest.After(now) {
		newest := d.newest.In(now.Location())
		findings = append(findings, finding{
			Status: statusWarn, Value: newest.Format(time.RFC3339),
			Text: fmt.Sprintf(d.words.ClockAhead, newest.Format(layout)), Advice: d.words.ClockAdvice,
		})
	}
	return findings
}
