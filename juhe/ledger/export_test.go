package ledger

import "github.com/ncruces/go-sqlite3/vfs"

// SetDisk makes a ledger write by other file systems of the engine, or less
// carefully.
func (l *Ledger) SetDisk(encrypted, plain, synchronous string) {
	l.files.disk = disk{encrypted, plain, synchronous}
}

// Synchronous is how carefully a ledger writes.
func Synchronous() string { return New(Options{}).files.disk.synchronous }

// Spoken is a text in pinyin.
var Spoken = spoken

// Gathering is a file system whose write-ahead log is written in large pieces.
func Gathering(v vfs.VFS) vfs.VFS { return gathering{v} }
