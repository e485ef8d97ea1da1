package sqlite

import (
	"crypto/rand"
	"errors"
	"io"
	"os"

	"fourfactor/juhe/lookup"
)

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
func (f dbFiles) growReserve(lookups int64) error {
	want := (lookups + 1) * outcomeSize
	want += reserveStep - 1 - (want-1)%reserveStep
	info, err := os.Stat(f.reservePath())
	if err == nil && info.Size() >= want {
		return nil
	}
	size := int64(0)
	if err == nil {
		size = info.Size()
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

// releaseReserve frees the space of the reserve for outcomes. It is called in the
// transaction that needs the space, so that no other process of this ledger can take
// it.
func (f dbFiles) releaseReserve() { _ = os.Remove(f.reservePath()) }

// shrinkReserve frees the space that only concurrent lookups need.
func (f dbFiles) shrinkReserve() {
	if f.path == "" {
		return
	}
	if info, err := os.Stat(f.reservePath()); err == nil && info.Size() > reserveMin {
		_ = os.Truncate(f.reservePath(), reserveMin)
	}
}

// withReserve runs attempt, which must call release inside its transaction. At first
// release does nothing. If the disk is full, attempt runs again and release frees the
// reserve.
func (l *Ledger) withReserve(attempt func(release func()) error) error {
	err := attempt(func() {})
	if full, ok := errors.AsType[*lookup.LedgerError](err); !ok || full.Problem != lookup.LedgerFull {
		return err
	}
	return attempt(l.files.releaseReserve)
}
