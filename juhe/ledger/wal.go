package ledger

import (
	"encoding/binary"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
	"github.com/ncruces/go-sqlite3/vfs/adiantum"
)

// encryptedVFS is the encrypting file system of the engine, with a write-ahead
// log that is written in large pieces.
const encryptedVFS = "fourfactor-adiantum"

func init() { vfs.Register(encryptedVFS, gathering{adiantum.Wrap(vfs.Find("os"), nil)}) }

// gathering gathers what is written to the write-ahead log until it commits.
// The engine writes each page by itself, across two blocks of the cipher: each
// would be read, decrypted, encrypted and written twice and more.
type gathering struct{ vfs.VFS }

// OpenFilename implements vfs.VFSFilename.
func (g gathering) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	file, flags, err := vfsutil.WrapOpenFilename(g.VFS, name, flags)
	if err == nil && flags&vfs.OPEN_WAL != 0 {
		file = &walFile{File: file}
	}
	return file, flags, err
}

// walFile is a write-ahead log (https://sqlite.org/fileformat2.html, 4.1): a
// header, then frames of a header and a page. Frames that do not commit are
// gathered, for nobody else reads them yet. All the rest is written at once, with
// what was gathered before it.
//
// Because nothing is written before a transaction commits (PRAGMA cache_spill),
// what is gathered is a part of one commit, which ends with the frame that
// commits or with an error. It must not outlive its transaction: others would
// have written in its place.
type walFile struct {
	vfs.File
	at        int64  // where pending belongs
	pending   []byte // gathered
	gathering bool   // the last header was whole, and of a frame that does not commit
}

const (
	walHeader   = 32
	frameHeader = 24
	framePage   = 4096 // with another one nothing is gathered
	gatherMost  = 1 << 20
)

func (w *walFile) WriteAt(p []byte, off int64) (int, error) {
	if len(w.pending) > 0 && off != w.at+int64(len(w.pending)) {
		if err := w.flush(); err != nil {
			return 0, err
		}
	}
	if len(w.pending) == 0 {
		w.at = off
	}
	w.pending = append(w.pending, p...)
	switch place := (off - walHeader) % (frameHeader + framePage); {
	case place == 0 && len(p) == frameHeader:
		// The header of a frame that commits tells the size of the database. It
		// waits for its page if it ends a commit; alone it may be one that is
		// written anew.
		w.gathering = binary.BigEndian.Uint32(p[4:]) == 0
		if w.gathering || len(w.pending) > len(p) {
			return len(p), nil
		}
	case w.gathering && place == frameHeader && len(p) == framePage && len(w.pending) < gatherMost:
		return len(p), nil
	}
	w.gathering = false
	return len(p), w.flush()
}

// flush writes what is gathered.
func (w *walFile) flush() error {
	if len(w.pending) == 0 {
		return nil
	}
	_, err := w.File.WriteAt(w.pending, w.at)
	clear(w.pending) // it is in plain
	w.pending = w.pending[:0]
	return err
}

func (w *walFile) ReadAt(p []byte, off int64) (int, error) {
	if err := w.flush(); err != nil {
		return 0, err
	}
	return w.File.ReadAt(p, off)
}

func (w *walFile) Truncate(size int64) error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.File.Truncate(size)
}

func (w *walFile) Sync(flags vfs.SyncFlag) error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.File.Sync(flags)
}

func (w *walFile) Size() (int64, error) {
	if err := w.flush(); err != nil {
		return 0, err
	}
	return w.File.Size()
}

// Close leaves out what was not committed.
func (w *walFile) Close() error {
	clear(w.pending)
	w.pending = nil
	return w.File.Close()
}
