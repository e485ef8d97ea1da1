package sqlite

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

// dbFiles are the files of a ledger: the database, its -wal and -shm, and
//
//	.id       a fingerprint of the key, which distinguishes a wrong key from damage
//	.lock     locked while the database is created, moved or migrated
//	.alive    a folder with a locked file for each process that has the ledger open
//	.runs     a folder with a locked file for each run in progress
//	.reserve  disk space for the outcomes of pending lookups
//	.seen     the number of intents ever recorded, as in the table seen, and when it was saved
type dbFiles struct {
	path   string
	engine engineOptions
	zone   *time.Location // of times read from the database
}

// engineOptions are the names of SQLite's VFSs with and without encryption, and the value
// of PRAGMA synchronous.
type engineOptions struct{ encrypted, plain, synchronous string }

func (f dbFiles) fingerprintPath() string { return f.path + ".id" }
func (f dbFiles) lockPath() string        { return f.path + ".lock" }
func (f dbFiles) aliveDir() string        { return f.path + ".alive" }
func (f dbFiles) reservePath() string     { return f.path + ".reserve" }
func (f dbFiles) countPath() string       { return f.path + ".seen" }
func (f dbFiles) runsDir() string         { return f.path + ".runs" }

// OwnFiles returns the folders and files of the ledger at path, including damaged ones. If
// certain is false, there are none unless a fingerprint proves that a ledger is there.
func OwnFiles(path string, certain bool) (dirs, files []string) {
	f := dbFiles{path: path}
	if path == "" || !certain && !f.hasFingerprint() {
		return nil, nil
	}
	files = append(f.dbPaths(), f.fingerprintPath(), f.lockPath(), f.reservePath(), f.countPath())
	for _, loss := range f.markedLosses() {
		if loss.Kind == ledger.LossDamaged { // the others are empty
			files = append(files, loss.Marker)
		}
	}
	return []string{f.aliveDir(), f.runsDir()}, files
}

// dbPaths returns the paths of the database itself.
func (f dbFiles) dbPaths() []string { return []string{f.path, f.path + "-wal", f.path + "-shm"} }

// uri returns the database's URI for SQLite, followed by params. With modeof, the files
// that SQLite creates have the mode of the database.
func (f dbFiles) uri(encrypted bool, params string) string {
	vfs := f.engine.plain
	if encrypted {
		vfs = f.engine.encrypted
	}
	query := url.Values{"vfs": {vfs}, "modeof": {f.path}}
	// SQLite decodes %20 but not +.
	u := url.URL{Scheme: "file", OmitHost: true, Path: f.path, RawQuery: strings.ReplaceAll(query.Encode(), "+", "%20") + params}
	return u.String()
}

// size returns the size of the database's files in bytes.
func (f dbFiles) size() (bytes int64) {
	for _, path := range f.dbPaths() {
		if info, err := os.Stat(path); err == nil {
			bytes += info.Size()
		}
	}
	return bytes
}

// errIncomplete is the error of a database that is empty or of which only the write-ahead
// log exists. database.create never leaves such a database.
var errIncomplete = errors.New("the database is incomplete")

// exists reports whether the database exists.
func (f dbFiles) exists() (bool, error) {
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.walSize() > 0:
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

// walSize returns the size of the write-ahead log, or -1 if it does not exist.
func (f dbFiles) walSize() int64 {
	info, err := os.Stat(f.path + "-wal")
	if err != nil {
		return -1
	}
	return info.Size()
}

// isFileAt reports whether an opened file still has the name path.
func isFileAt(opened fs.FileInfo, path string) bool {
	info, err := os.Stat(path)
	return err == nil && os.SameFile(info, opened)
}

// withLock runs do while no other process creates, moves or migrates the database.
func (f dbFiles) withLock(ctx context.Context, do func() error) error {
	file, err := os.OpenFile(f.lockPath(), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer file.Close() // releases the lock
	if err := waitForLock(ctx, file); err != nil {
		return err
	}
	return do()
}

// waitForLock takes an exclusive lock on file. It waits for at most busyTimeout.
func waitForLock(ctx context.Context, file *os.File) error {
	const pause = 5 * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	for {
		err := tryLock(file)
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

// tryLock takes an exclusive lock on file. The error is syscall.EWOULDBLOCK if it is
// locked.
func tryLock(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

func pathExists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// existingPath returns path, or the nearest existing folder above it.
func existingPath(path string) string {
	for !pathExists(path) && path != filepath.Dir(path) {
		path = filepath.Dir(path)
	}
	return path
}

// makePrivateDir creates a folder of mode 0700 and its parents, if they are missing.
func makePrivateDir(dir string) error {
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

// fixPermissions makes the database's files private. SQLite does not apply modeof to -shm,
// so its mode depends on the umask. If the database is writable, fixPermissions also makes
// -wal and -shm writable, which may have been created while the database was read-only.
func (f dbFiles) fixPermissions() {
	writable := false
	for i, path := range f.dbPaths() {
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

// moveAside renames the database's files and returns the new path of the database.
func (f dbFiles) moveAside(now time.Time) (string, error) {
	to := f.newMarkerPath(ledger.LossDamaged, now)
	for _, path := range f.dbPaths() {
		if err := os.Rename(path, to+strings.TrimPrefix(path, f.path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	if err := removeAll(f.sidecarPaths()); err != nil { // so that the database does not count as missing
		return "", err
	}
	return to, atomicfile.SyncDir(filepath.Dir(f.path))
}

// removeAll deletes files, which may be missing.
func removeAll(paths []string) error {
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// isDiskFull reports whether the disk has no room for a few pages.
func (f dbFiles) isDiskFull() bool {
	const room = 256 << 10
	probe, err := os.CreateTemp(filepath.Dir(f.path), ".room-*")
	if err == nil {
		defer os.Remove(probe.Name())
		defer probe.Close()
		_, err = probe.Write(make([]byte, room))
	}
	return problemOf(err) == lookup.LedgerFull
}

const (
	// outcomeSize is the disk space for one outcome: an answer of at most 64 KiB, the
	// pages of the tables and indexes, and their frames in the write-ahead log.
	outcomeSize = 128 << 10
	reserveStep = 4 * outcomeSize
	// reserveMin is the size to which shrinkReserve truncates the reserve. It is large
	// enough that a single lookup need not grow the reserve.
	reserveMin = reserveStep
)

// growReserve makes sure that the reserve has space for the outcomes of that many lookups,
// plus one spare. It is called in a transaction, so by one process at a time. It does not
// sync the file: if a power loss shrinks the file, the next lookup grows it again.
func (f dbFiles) growReserve(lookups int) error {
	want := int64(lookups+1) * outcomeSize
	want += reserveStep - 1 - (want-1)%reserveStep
	size := int64(0)
	if info, err := os.Stat(f.reservePath()); err == nil {
		size = info.Size()
	}
	if size >= want {
		return nil
	}
	file, err := os.OpenFile(f.reservePath(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	// Random bytes, because some file systems store zeros without using space.
	if _, err = io.CopyN(file, rand.Reader, want-size); err != nil {
		_ = file.Truncate(size) // other files need the remaining space
	}
	return errors.Join(err, file.Close())
}

// shrinkReserve frees the space that only concurrent lookups need.
func (f dbFiles) shrinkReserve() {
	if f.path == "" {
		return
	}
	if info, err := os.Stat(f.reservePath()); err == nil && info.Size() > reserveMin {
		_ = os.Truncate(f.reservePath(), reserveMin)
	}
}
