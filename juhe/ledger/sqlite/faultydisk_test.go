package sqlite_test

import (
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
	"github.com/ncruces/go-sqlite3/vfs/adiantum"

	"fourfactor/juhe/ledger/sqlite"
)

// faultyDisk is a file system below the encryption that can be full or lose power. It
// records what has been synced.
type faultyDisk struct {
	vfs.VFS
	name   string
	mu     sync.Mutex
	room   int // writes until it is full; negative if it is never full
	writes int // so far
	// onlyGrowth makes a full disk refuse only the writes that make a file larger, so that
	// it has at most maxBytes, the size at which it became full.
	onlyGrowth bool
	maxBytes   int64
	files      map[string]*image
	refuse     syscall.Errno // the error of opening for writing, if not 0
	// noShared disables the shared memory that a write-ahead log needs.
	noShared bool
	written  func() // after each write or sync, with mu held
}

// image is the content of a file as far as it has been synced, and the writes since.
type image struct {
	synced  []byte
	pending []diskWrite
}

// diskWrite is a write, or a truncation if data is nil.
type diskWrite struct {
	at   int64
	data []byte
}

// newFaultyDisk registers a disk under the name of the test.
func newFaultyDisk(t *testing.T) *faultyDisk {
	t.Helper()
	d := &faultyDisk{VFS: vfs.Find("os"), name: filepath.Base(t.TempDir()) + strings.ReplaceAll(t.Name(), "/", "-"), room: -1, files: map[string]*image{}}
	vfs.Register(d.name, d)
	vfs.Register(d.name+"-encrypted", adiantum.Wrap(d, nil))
	t.Cleanup(func() { vfs.Unregister(d.name); vfs.Unregister(d.name + "-encrypted") })
	return d
}

// open opens a ledger on the disk.
func (d *faultyDisk) open(t *testing.T, o sqlite.Options, synchronous string) *sqlite.Ledger {
	t.Helper()
	l := sqlite.New(o)
	l.SetEngine(d.name+"-encrypted", d.name, synchronous)
	t.Cleanup(func() { l.Close() })
	return l
}

func (d *faultyDisk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	if d.refuse != 0 && flags&(vfs.OPEN_READWRITE|vfs.OPEN_CREATE) != 0 {
		return nil, flags, vfs.SystemError(d.refuse, sqlite3.CANTOPEN)
	}
	f, flags, err := vfsutil.WrapOpenFilename(d.VFS, name, flags)
	if err != nil || flags&(vfs.OPEN_MAIN_DB|vfs.OPEN_WAL) == 0 {
		return f, flags, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	file := &diskFile{f, d, filepath.Base(name.String()), name.String()}
	if d.files[file.name] == nil {
		content, err := os.ReadFile(name.String()) // it may have had another name
		if err != nil {
			return nil, flags, err
		}
		d.files[file.name] = &image{synced: content}
	}
	return file, flags, nil
}

func (d *faultyDisk) Delete(name string, sync bool) error {
	d.mu.Lock()
	delete(d.files, filepath.Base(name))
	d.mu.Unlock()
	return d.VFS.Delete(name, sync)
}

// fill makes the disk full after so many writes, or never if room is negative.
func (d *faultyDisk) fill(room int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.room, d.writes, d.onlyGrowth = room, 0, false
}

// fillBytes makes the disk full after so many bytes. It still accepts writes that need no
// more space, and further ones after a file is deleted.
func (d *faultyDisk) fillBytes(room int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.room, d.writes, d.onlyGrowth, d.maxBytes = room, 0, true, -1
}

// dirSize returns the size of the files in the folder of a file.
func dirSize(file string) (bytes int64) {
	entries, _ := os.ReadDir(filepath.Dir(file))
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			bytes += info.Size()
		}
	}
	return bytes
}

// count returns the number of writes since fill.
func (d *faultyDisk) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.writes
}

// crash writes the files into dir as a power loss would leave them: what was synced, and
// each later write with the probability keep. mu is held.
func (d *faultyDisk) crash(t *testing.T, dir string, keep float64, random *rand.Rand) {
	t.Helper()
	for name, i := range maps.All(d.files) {
		content := append([]byte(nil), i.synced...)
		for _, w := range i.pending {
			if random.Float64() < keep {
				content = w.apply(content)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Error(err)
		}
	}
}

func (w diskWrite) apply(content []byte) []byte {
	if w.data == nil {
		if w.at < int64(len(content)) {
			content = content[:w.at]
		}
		return content
	}
	if end := w.at + int64(len(w.data)); end > int64(len(content)) {
		content = append(content, make([]byte, end-int64(len(content)))...)
	}
	copy(content[w.at:], w.data)
	return content
}

type diskFile struct {
	vfs.File
	disk *faultyDisk
	name string
	path string
}

// checkSpace returns an error if the disk has no space for a write that makes a file
// larger by so many bytes.
func (f *diskFile) checkSpace(by int64) error {
	d := f.disk
	if d.room >= 0 && d.writes >= d.room && d.onlyGrowth {
		now := dirSize(f.path)
		if d.maxBytes < 0 {
			d.maxBytes = now
		}
		if by > 0 && now+by > d.maxBytes {
			return vfs.SystemError(syscall.ENOSPC, sqlite3.FULL)
		}
	} else if d.room >= 0 && d.writes >= d.room {
		return vfs.SystemError(syscall.ENOSPC, sqlite3.FULL)
	}
	d.writes++
	return nil
}

func (f *diskFile) write(w diskWrite, do func() error) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	size, err := f.File.Size()
	if err != nil {
		return err
	}
	if err := f.checkSpace(w.at + int64(len(w.data)) - size); err != nil {
		return err
	}
	i := f.disk.files[f.name]
	i.pending = append(i.pending, w)
	if f.disk.written != nil {
		f.disk.written()
	}
	return do()
}

func (f *diskFile) WriteAt(p []byte, off int64) (n int, err error) {
	err = f.write(diskWrite{off, append([]byte{}, p...)}, func() error { n, err = f.File.WriteAt(p, off); return err })
	return n, err
}

func (f *diskFile) Truncate(size int64) error {
	return f.write(diskWrite{at: size}, func() error { return f.File.Truncate(size) })
}

func (f *diskFile) Sync(flags vfs.SyncFlag) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.checkSpace(0); err != nil {
		return err
	}
	i := f.disk.files[f.name]
	for _, w := range i.pending {
		i.synced = w.apply(i.synced)
	}
	i.pending = nil
	if f.disk.written != nil {
		f.disk.written()
	}
	return nil
}

func (f *diskFile) SharedMemory() vfs.SharedMemory {
	if f.disk.noShared {
		return nil
	}
	return vfsutil.WrapSharedMemory(f.File)
}
func (f *diskFile) Unwrap() vfs.File { return f.File }

var _ io.ReaderAt = (*diskFile)(nil)
