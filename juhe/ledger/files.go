package ledger

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/lookup"
)

// files is what a ledger has on disk: the database with its -wal and -shm, and
// beside it
//
//	….id     a fingerprint of the key, to tell a wrong key from a damaged file
//	….lock   locked while the ledger is made
//	….alive  a folder with a locked file for each process that sends
//	….reserve  room for the outcomes of what is in progress
//	….seen   how many lookups the database has had at least, and when the last was noted
type files struct {
	path string
	disk disk
	zone *time.Location // in which times are read
}

// disk is how the engine writes: by which of its file systems, with and
// without encryption, and how carefully.
type disk struct{ encrypted, plain, synchronous string }

func (f files) id() string    { return f.path + ".id" }
func (f files) lock() string  { return f.path + ".lock" }
func (f files) alive() string { return f.path + ".alive" }
func (f files) spare() string { return f.path + ".reserve" }
func (f files) seen() string  { return f.path + ".seen" }

// runs is the folder of the locks of runs.
func (f files) runs() string { return f.path + ".runs" }

// parts are the files of the database itself.
func (f files) parts() []string { return []string{f.path, f.path + "-wal", f.path + "-shm"} }

// uri names the database for the engine. The files it makes get the mode of
// the first.
func (f files) uri(encrypted bool, more string) string {
	vfs := f.disk.plain
	if encrypted {
		vfs = f.disk.encrypted
	}
	query := url.Values{"vfs": {vfs}, "modeof": {f.path}}
	// The engine undoes %20, but no plus.
	u := url.URL{Scheme: "file", OmitHost: true, Path: f.path, RawQuery: strings.ReplaceAll(query.Encode(), "+", "%20") + more}
	return u.String()
}

// errIncomplete is for a database that is empty, or of which only the
// write-ahead log is there: a new one gets its name when it is complete.
var errIncomplete = errors.New("it is not all there")

// there tells whether there is a database.
func (f files) there() (bool, error) {
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.wal() > 0:
		return false, errIncomplete
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case !info.Mode().IsRegular():
		return false, &fs.PathError{Op: "open", Path: f.path, Err: errors.New("not a regular file")}
	case info.Size() == 0:
		return true, errIncomplete
	}
	return true, nil
}

// wal is the size of the write-ahead log, 0 if there is none.
func (f files) wal() int64 {
	info, err := os.Stat(f.path + "-wal")
	if err != nil {
		return 0
	}
	return info.Size()
}

// logged tells whether there is a write-ahead log, an empty one too.
func (f files) logged() bool {
	_, err := os.Lstat(f.path + "-wal")
	return err == nil
}

// still tells whether the database is the file that was opened.
func (f files) still(opened os.FileInfo) bool {
	info, err := os.Stat(f.path)
	return err == nil && os.SameFile(info, opened)
}

// locked runs do while no other process makes, moves or opens a ledger that is
// not there yet.
func (f files) locked(ctx context.Context, do func() error) error {
	file, err := os.OpenFile(f.lock(), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer file.Close() // which unlocks
	if err := flock(ctx, file); err != nil {
		return err
	}
	return do()
}

// flock waits for an exclusive lock for as long as a writer would.
func flock(ctx context.Context, file *os.File) error {
	const pause = 5 * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// folder makes a folder that only its owner can enter, and what it is in.
func folder(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	switch err := os.Mkdir(dir, 0o700); {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil:
		return err
	}
	return os.Chmod(dir, 0o700)
}

// private takes the permissions of others from the database's files: the engine
// makes -shm by the umask alone. It gives the owner's to those that the engine
// made while the database could only be read.
func (f files) private() {
	writable := false
	for i, path := range f.parts() {
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		have := info.Mode().Perm()
		want := have &^ 0o077
		if writable {
			want = 0o600
		}
		if have != want {
			_ = os.Chmod(path, want)
		}
		writable = writable || i == 0 && want&0o600 == 0o600
	}
}

// aside moves the database's files away as they are, and gives the new name of
// the first.
func (f files) aside(now time.Time) (string, error) {
	to := f.free(damagedMark, now)
	for _, path := range f.parts() { // not all of them may be there
		if err := os.Rename(path, to+strings.TrimPrefix(path, f.path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	if err := removeAll(f.witnesses()); err != nil { // it has not vanished
		return "", err
	}
	return to, atomicfile.SyncDir(filepath.Dir(f.path))
}

// remove takes the files of a database away that was not completed.
func (f files) remove() error { return removeAll(f.parts()) }

func removeAll(paths []string) error {
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// full tells whether the disk has no room left for a few pages.
func (f files) full() bool {
	const room = 256 << 10
	probe, err := os.CreateTemp(filepath.Dir(f.path), ".room-*")
	if err == nil {
		defer os.Remove(probe.Name())
		defer probe.Close()
		_, err = probe.Write(make([]byte, room))
	}
	return problemOf(err) == lookup.LedgerFull
}
