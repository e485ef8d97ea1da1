package ledger

import (
	"crypto/rand"
	"errors"
	"io"
	"os"

	"fourfactor/juhe/lookup"
)

// Room on the disk for the outcome of one lookup: its answer of at most 64 KiB,
// the pages of the tables and indexes, and their frames in the write-ahead log.
// The reserve is for all lookups in progress and one more, and grows in steps.
const (
	outcomeRoom = 128 << 10
	reserveStep = 4 * outcomeRoom
	// reserveKept is how much stays when the ledger is closed, so that a single
	// lookup need not make it each time.
	reserveKept = reserveStep
)

// reserve makes sure that the reserve has room for the outcomes of so many
// lookups. It is called in a transaction, so by one process at a time. The disk
// counts what is written at once: nothing is synced, and what a power loss takes
// away the next lookup replaces.
func (f files) reserve(lookups int64) error {
	want := (lookups + 1) * outcomeRoom
	want += reserveStep - 1 - (want-1)%reserveStep
	info, err := os.Stat(f.spare())
	if err == nil && info.Size() >= want {
		return nil
	}
	had := int64(0)
	if err == nil {
		had = info.Size()
	}
	file, err := os.OpenFile(f.spare(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	// Random bytes, since zeros need no room on some disks.
	if _, err = io.CopyN(file, rand.Reader, want-had); err != nil {
		_ = file.Truncate(had) // others need what is left
	}
	return errors.Join(err, file.Close())
}

// spend gives the room of the reserve back, to be used for outcomes now. It is
// called in the transaction that needs it, so that no other process counts on it.
func (f files) spend() { _ = os.Remove(f.spare()) }

// shrink gives back what only many lookups at a time need.
func (f files) shrink() {
	if f.path == "" {
		return
	}
	if info, err := os.Stat(f.spare()); err == nil && info.Size() > reserveKept {
		_ = os.Truncate(f.spare(), reserveKept)
	}
}

// roomFor runs write, and on a full disk once more with the room of the reserve,
// which another lookup of the same group may have given back already.
func (l *Ledger) roomFor(write func(before func()) error) error {
	err := write(func() {})
	if problem := (*lookup.LedgerError)(nil); !errors.As(err, &problem) || problem.Problem != lookup.LedgerFull {
		return err
	}
	return write(l.files.spend)
}
