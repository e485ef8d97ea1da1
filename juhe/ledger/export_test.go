package ledger

import (
	"io/fs"
	"strconv"
	"time"
)

// SetDisk makes a ledger write by other file systems of the engine, or less
// carefully.
func (l *Ledger) SetDisk(encrypted, plain, synchronous string) {
	l.files.disk = disk{encrypted, plain, synchronous}
}

// SetUsers makes a ledger run as a user, with files of another.
func (l *Ledger) SetUsers(euid, owner int) {
	l.users = users{euid, func(fs.FileInfo) int { return owner }}
}

// Synchronous is how carefully a ledger writes.
func Synchronous() string { return New(Options{Now: time.Now}).files.disk.synchronous }

// Newest is the schema that the program knows.
func Newest() string { return strconv.Itoa(newest) }

// Spoken is a text in pinyin.
var Spoken = spoken
