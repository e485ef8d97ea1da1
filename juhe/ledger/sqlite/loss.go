package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"fourfactor/juhe/atomicfile"
	"fourfactor/juhe/ledger"
)

// A marker is a file beside the database which records that earlier lookups may be lost.
// Its name is that of the database, a dot, the kind of the loss, a hyphen and the time in
// UTC. The markers of a damaged database are its moved files: the database, -wal and -shm.
// Other markers are empty.
const markerTimeLayout = "20060102-150405"

// Losses implements ledger.Ledger. A loss has a marker unless the database is missing now.
func (l *Ledger) Losses() (losses []ledger.Loss) {
	if l.Path == "" {
		return nil
	}
	losses = l.files.markedLosses()
	if l.files.existedBefore() { // checked before exists, because another process may be creating the first database
		if exists, err := l.files.exists(); !exists && err == nil {
			losses = append(losses, ledger.Loss{Kind: ledger.LossMissing})
		}
	}
	return losses
}

// markedLosses returns the losses that have a marker. Those of the same kind are in
// chronological order.
func (f dbFiles) markedLosses() (losses []ledger.Loss) {
	entries, _ := os.ReadDir(filepath.Dir(f.path)) // opening the ledger reports an unreadable folder
	for _, e := range entries {
		rest, _ := strings.CutPrefix(e.Name(), filepath.Base(f.path)+".")
		kind, _, isMarker := strings.Cut(rest, "-")
		switch kind := ledger.LossKind(kind); kind {
		case ledger.LossDamaged, ledger.LossMissing, ledger.LossOlder:
			if isMarker && rest != e.Name() {
				losses = append(losses, ledger.Loss{Kind: kind, Marker: filepath.Join(filepath.Dir(f.path), e.Name())})
			}
		}
	}
	return losses
}

// lastLoss knows the time of the last loss.
type lastLoss struct {
	files dbFiles

	mu         sync.Mutex
	dirModTime time.Time // of the folder when lastAt was read
	lastAt     time.Time
}

// time returns the time of the newest marker, or the zero time. A run calls it for each
// row, so it reads the folder only after a change.
func (l *lastLoss) time() time.Time {
	info, err := os.Stat(filepath.Dir(l.files.path))
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil || !info.ModTime().Equal(l.dirModTime) {
		l.lastAt = l.files.newestMarkerTime()
		if err == nil {
			l.dirModTime = info.ModTime()
		}
	}
	return l.lastAt
}

func (f dbFiles) newestMarkerTime() (last time.Time) {
	for _, loss := range f.markedLosses() {
		_, at, _ := strings.Cut(strings.TrimPrefix(filepath.Base(loss.Marker), filepath.Base(f.path)), "-")
		if t, err := time.Parse(markerTimeLayout, at[:min(len(at), len(markerTimeLayout))]); err == nil && t.After(last) {
			last = t
		}
	}
	return last
}

// newMarkerPath returns an unused name for a marker. Its time is not before the one
// saved with the count, so that a clock that is behind does not make the loss look old.
func (f dbFiles) newMarkerPath(kind ledger.LossKind, now time.Time) string {
	if _, at := f.readCount(); at.After(now) {
		now = at
	}
	to := f.path + "." + string(kind) + "-" + now.UTC().Format(markerTimeLayout)
	for {
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			return to
		}
		to += "-"
	}
}

// writeMarker creates an empty marker.
func (f dbFiles) writeMarker(kind ledger.LossKind, now time.Time) error {
	return atomicfile.Write(f.newMarkerPath(kind, now), "")
}

// sidecarPaths returns the files that show, if the database does not exist, that it once
// did.
func (f dbFiles) sidecarPaths() []string {
	return []string{f.fingerprintPath(), f.path + "-shm", f.reservePath(), f.countPath()}
}

// temporary returns the files of a database that is being created.
func (f dbFiles) temporary() dbFiles {
	f.path += ".new"
	return f
}

// existedBefore reports whether files beside the database show that it once existed. Call
// it only if the database does not exist.
func (f dbFiles) existedBefore() bool {
	if _, err := os.Lstat(f.temporary().path); err == nil { // the creation of the first one was interrupted
		return false
	}
	for _, path := range f.sidecarPaths() {
		if _, err := os.Lstat(path); err == nil {
			return true
		}
	}
	return false
}

// markMissing creates a marker if the database existed before, and removes the files that
// show it. Call it only if the database does not exist.
func (f dbFiles) markMissing(now time.Time) error {
	if !f.existedBefore() {
		return nil
	}
	return errors.Join(f.writeMarker(ledger.LossMissing, now), removeAll(f.sidecarPaths()))
}

// checkOlderCopy creates a marker if the database was replaced by an older copy.
func (f dbFiles) checkOlderCopy(ctx context.Context, c *conn, now time.Time) error {
	if _, _, older, err := f.compareCounts(c); err != nil || !older {
		return err
	}
	return f.withLock(ctx, func() error {
		count, at, older, err := f.compareCounts(c)
		if err != nil || !older { // another process has created the marker
			return err
		}
		return errors.Join(f.writeMarker(ledger.LossOlder, now), f.writeCount(count, at))
	})
}

// compareCounts returns the count in the database, and the time in the file beside it. older
// reports whether the count in the file is greater. compareCounts reads the file first,
// because other processes may record lookups in between.
func (f dbFiles) compareCounts(c *conn) (count int64, at time.Time, older bool, err error) {
	saved, at := f.readCount()
	count, err = c.queryInt("SELECT count FROM seen")
	return count, at, err == nil && saved > count, err
}
