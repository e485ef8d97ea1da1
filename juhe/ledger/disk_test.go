package ledger_test

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

	"fourfactor/juhe/ledger"
)

// disk is a file system below the encryption that can be full, and that knows
// what of each file has been synced.
type disk struct {
	vfs.VFS
	name   string
	mu     sync.Mutex
	room   int // writes until it is full; below 0 there is room for all
	writes int // so far
	// bytes has the disk be full, once there is no room, only for what makes a
	// file larger: it has as many bytes then as it had at that time.
	bytes  bool
	most   int64
	files  map[string]*image
	refuse syscall.Errno // what opening for writing gives, if not 0
	// noShared keeps the memory from being shared that a write-ahead log needs.
	noShared bool
	written  func() // after each write or sync, with mu held
}

// image is what a file holds, as far as the disk has been told to keep it.
type image struct {
	synced  []byte
	pending []change
}

// change is a write, or a truncation if data is nil.
type change struct {
	at   int64
	data []byte
}

// newDisk registers a disk under the test's name.
func newDisk(t *testing.T) *disk {
	t.Helper()
	d := &disk{VFS: vfs.Find("os"), name: filepath.Base(t.TempDir()) + strings.ReplaceAll(t.Name(), "/", "-"), room: -1, files: map[string]*image{}}
	vfs.Register(d.name, d)
	vfs.Register(d.name+"-encrypted", adiantum.Wrap(d, nil))
	t.Cleanup(func() { vfs.Unregister(d.name); vfs.Unregister(d.name + "-encrypted") })
	return d
}

// open opens a ledger on the disk.
func (d *disk) open(t *testing.T, o ledger.Options, synchronous string) *ledger.Ledger {
	t.Helper()
	l := ledger.New(o)
	l.SetDisk(d.name+"-encrypted", d.name, synchronous)
	t.Cleanup(func() { l.Close() })
	return l
}

func (d *disk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
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
		content, err := os.ReadFile(name.String()) // it may have been made under another name
		if err != nil {
			return nil, flags, err
		}
		d.files[file.name] = &image{synced: content}
	}
	return file, flags, nil
}

func (d *disk) Delete(name string, sync bool) error {
	d.mu.Lock()
	delete(d.files, filepath.Base(name))
	d.mu.Unlock()
	return d.VFS.Delete(name, sync)
}

// fill leaves room for so many writes more; below 0 for all.
func (d *disk) fill(room int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.room, d.writes, d.bytes = room, 0, false
}

// fillBytes is fill, but of a disk that still takes what needs no more room, and
// takes more once something was removed.
func (d *disk) fillBytes(room int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.room, d.writes, d.bytes, d.most = room, 0, true, -1
}

// used is how many bytes the folder of a file has.
func used(file string) (bytes int64) {
	entries, _ := os.ReadDir(filepath.Dir(file))
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			bytes += info.Size()
		}
	}
	return bytes
}

// count tells how many writes there were since fill.
func (d *disk) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.writes
}

// crash writes the files into dir as they would be found after a power loss
// now: what was synced, and of the rest each write with a probability of keep.
// mu is held.
func (d *disk) crash(t *testing.T, dir string, keep float64, random *rand.Rand) {
	t.Helper()
	for name, i := range maps.All(d.files) {
		content := append([]byte(nil), i.synced...)
		for _, c := range i.pending {
			if random.Float64() < keep {
				content = c.apply(content)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Error(err)
		}
	}
}

func (c change) apply(content []byte) []byte {
	if c.data == nil {
		if c.at < int64(len(content)) {
			content = content[:c.at]
		}
		return content
	}
	if end := c.at + int64(len(c.data)); end > int64(len(content)) {
		content = append(content, make([]byte, end-int64(len(content)))...)
	}
	copy(content[c.at:], c.data)
	return content
}

type diskFile struct {
	vfs.File
	disk *disk
	name string
	path string
}

// full tells whether there is no room for one more write, which makes a file
// larger by so many bytes.
func (f *diskFile) full(by int64) error {
	d := f.disk
	if d.room >= 0 && d.writes >= d.room && d.bytes {
		now := used(f.path)
		if d.most < 0 {
			d.most = now
		}
		if by > 0 && now+by > d.most {
			return vfs.SystemError(syscall.ENOSPC, sqlite3.FULL)
		}
	} else if d.room >= 0 && d.writes >= d.room {
		return vfs.SystemError(syscall.ENOSPC, sqlite3.FULL)
	}
	d.writes++
	return nil
}

func (f *diskFile) change(c change, do func() error) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	size, err := f.File.Size()
	if err != nil {
		return err
	}
	if err := f.full(c.at + int64(len(c.data)) - size); err != nil {
		return err
	}
	i := f.disk.files[f.name]
	i.pending = append(i.pending, c)
	if f.disk.written != nil {
		f.disk.written()
	}
	return do()
}

func (f *diskFile) WriteAt(p []byte, off int64) (n int, err error) {
	err = f.change(change{off, append([]byte{}, p...)}, func() error { n, err = f.File.WriteAt(p, off); return err })
	return n, err
}

func (f *diskFile) Truncate(size int64) error {
	return f.change(change{at: size}, func() error { return f.File.Truncate(size) })
}

func (f *diskFile) Sync(flags vfs.SyncFlag) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.full(0); err != nil {
		return err
	}
	i := f.disk.files[f.name]
	for _, c := range i.pending {
		i.synced = c.apply(i.synced)
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
