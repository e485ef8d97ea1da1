package ledger

import (
	"crypto/rand"
	"errors"
	"io"
	"os"

	"fourfactor/juhe/lookup"
)

const (
	// outcomeSize is the disk space for one outcome: an answer of at most 64 KiB, the
	// pages of tables and indexes, and their frames in the write-ahead log.
	outcomeSize = 128 << 10
	reserveStep = 4 * outcomeSize
	// reserveMin is what stays when the ledger is closed, so that a single lookup
	// does not have to write it each time.
	reserveMin = reserveStep
)

// growReserve makes sure that the reserve has space for the outcomes of so many lookups
// and one more. It is called in a transaction, so by one process at a time. The file is
// not synced: the space is taken at once, and the next lookup replaces what a power
// loss undoes.
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
		_ = file.Truncate(size) // others need the space that is left
	}
	return errors.Join(err, file.Close())
}

// releaseReserve frees the space of the reserve for outcomes. It is called in the
// transaction that needs the space, so that no other process uses it.
func (f dbFiles) releaseReserve() { _ = os.Remove(f.reservePath()) }

// shrinkReserve frees the space that only many lookups at a time need.
func (f dbFiles) shrinkReserve() {
	if f.path == "" {
		return
	}
	if info, err := os.Stat(f.reservePath()); err == nil && info.Size() > reserveMin {
		_ = os.Truncate(f.reservePath(), reserveMin)
	}
}

// withReserve calls write, and on a full disk calls it again. The second time it passes
// a function that frees the reserve, to be called in the transaction.
func (l *Ledger) withReserve(write func(freeReserve func()) error) error {
	err := write(func() {})
	if full := (*lookup.LedgerError)(nil); !errors.As(err, &full) || full.Problem != lookup.LedgerFull {
		return err
	}
	return write(l.files.releaseReserve)
}
