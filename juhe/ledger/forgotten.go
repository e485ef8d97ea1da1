package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fourfactor/juhe/atomicfile"
)

// Marks in the names of files beside the database tell that what was known is
// not known any more, and then when that was found, in UTC. The first is in the
// names of what was put aside; the others are of empty files.
const (
	damagedMark = ".damaged-"
	missingMark = ".missing-" // the database had vanished
	olderMark   = ".older-"   // an older copy had taken its place
	markTime    = "20060102-150405"
)

// HistoryLoss is why the guard may not know what was sent before.
type HistoryLoss struct {
	MarkPath string // the file that says so. To move it away ends the questions.
	// MissingPath is the database, if it had vanished, and Older if an older copy of
	// it had taken its place. Else it was damaged.
	MissingPath, OlderPath string
}

// HistoryLosses lists what was lost of ledgers here and is not seen to yet, the latest
// last, without opening one: also that of a database which is missing now.
func (l *Ledger) HistoryLosses() (losses []HistoryLoss) {
	if l.Path == "" {
		return nil
	}
	for _, path := range l.marks() {
		loss := HistoryLoss{MarkPath: path}
		switch rest := strings.TrimPrefix(filepath.Base(path), filepath.Base(l.Path)); {
		case strings.HasPrefix(rest, missingMark):
			loss.MissingPath = l.Path
		case strings.HasPrefix(rest, olderMark):
			loss.OlderPath = l.Path
		}
		losses = append(losses, loss)
	}
	if l.files.vanished() { // looked at first: another process may be making the first one
		if there, err := l.files.there(); !there && err == nil {
			losses = append(losses, HistoryLoss{MissingPath: l.Path})
		}
	}
	return losses
}

// Damaged lists the files of damaged ledgers that were put aside and are still
// there, the oldest first. What they knew of does not guard against paying twice.
func (l *Ledger) Damaged() (paths []string) {
	for _, loss := range l.HistoryLosses() {
		if loss.MissingPath == "" && loss.OlderPath == "" {
			paths = append(paths, loss.MarkPath)
		}
	}
	return paths
}

// marks lists the files beside the database that bear a mark, each sort in the
// order of time.
func (l *Ledger) marks() (paths []string) {
	entries, _ := os.ReadDir(filepath.Dir(l.Path)) // what cannot be read has no ledger either
	for _, e := range entries {
		rest, ours := strings.CutPrefix(e.Name(), filepath.Base(l.Path))
		for _, mark := range []string{damagedMark, missingMark, olderMark} {
			if ours && strings.HasPrefix(rest, mark) {
				paths = append(paths, filepath.Join(filepath.Dir(l.Path), e.Name()))
			}
		}
	}
	return paths
}

// forgot is when something was last lost that is not seen to yet. A run asks for
// each of its rows, so the folder is read again only when it has changed.
func (l *Ledger) forgot() (last time.Time) {
	info, err := os.Stat(filepath.Dir(l.Path))
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil || !info.ModTime().Equal(l.folderAt) {
		l.forgotAt = l.lastMark()
		if err == nil {
			l.folderAt = info.ModTime()
		}
	}
	return l.forgotAt
}

func (l *Ledger) lastMark() (last time.Time) {
	for _, path := range l.marks() {
		rest := strings.TrimPrefix(filepath.Base(path), filepath.Base(l.Path))
		_, at, _ := strings.Cut(rest, "-")
		if t, err := time.Parse(markTime, at[:min(len(at), len(markTime))]); err == nil && t.After(last) {
			last = t
		}
	}
	return last
}

// free is a name with a mark that no file has. A clock that is behind, as after the
// power loss that did the damage, must not end the questions when it is right again.
func (f files) free(mark string, now time.Time) string {
	if _, at := f.noted(); at.After(now) {
		now = at
	}
	to := f.path + mark + now.UTC().Format(markTime)
	for {
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			return to
		}
		to += "-"
	}
}

// mark leaves a mark that outlasts this process.
func (f files) mark(mark string, now time.Time) error { return atomicfile.Write(f.free(mark, now), "") }

// witnesses are the files that lie beside a database as long as it is there, and
// not before.
func (f files) witnesses() []string { return []string{f.id(), f.path + "-shm", f.spare(), f.seen()} }

// begun is a database that is being made.
func (f files) begun() files {
	f.path += ".new"
	return f
}

// vanished tells that there was a database, if there is none now.
func (f files) vanished() bool {
	if _, err := os.Lstat(f.begun().path); err == nil { // a first one was not completed
		return false
	}
	for _, path := range f.witnesses() {
		if _, err := os.Lstat(path); err == nil {
			return true
		}
	}
	return false
}

// tellVanished leaves a mark if there was a database, before there is a new one.
func (f files) tellVanished(now time.Time) error {
	if !f.vanished() {
		return nil
	}
	return errors.Join(f.mark(missingMark, now), removeAll(f.witnesses()))
}

// compare finds out that the database is an older copy of the one that was here.
func (l *Ledger) compare(ctx context.Context, c *conn) error {
	if l.readonly() != nil {
		return nil
	}
	if _, _, older, err := l.isOlder(c); err != nil || !older {
		return err
	}
	return l.files.locked(ctx, func() error {
		count, at, older, err := l.isOlder(c)
		if err != nil || !older { // another process has told
			return err
		}
		return errors.Join(l.files.mark(olderMark, l.Now()), l.files.see(count, at))
	})
}

// isOlder reports whether the database has had fewer lookups than are noted beside
// it. The note is read first: other processes record in between, and each notes what
// is in the database by then.
func (l *Ledger) isOlder(c *conn) (count int64, at time.Time, older bool, err error) {
	noted, at := l.files.noted()
	count, err = c.number("SELECT count FROM seen")
	return count, at, err == nil && noted > count, err
}

// seeEvery is how many lookups go unnoted beside the database at the most, and
// seeAfter for how long: only a run is as fast. A console may be open for weeks, and
// has nothing left to note when it is killed.
const (
	seeEvery = 64
	seeAfter = time.Second
)

// saw notes beside the database how many lookups it has had: of a process the
// first, then now and then, and the last. Nothing is synced: a power loss may take
// back the last notes.
func (l *Ledger) saw(count int64, last bool) {
	now := l.Now()
	l.mu.Lock()
	l.count = max(l.count, count)
	due := last && l.count > l.sawAt || l.count >= l.sawAt+seeEvery || l.sawAt == 0 || !last && now.Sub(l.sawTime).Abs() >= seeAfter
	due = due && !l.closed // then nothing is written any more
	if due {
		l.sawAt, l.sawTime = l.count, now
		l.beside.Add(1)
	}
	count = l.count
	l.mu.Unlock()
	if !due {
		return
	}
	defer l.beside.Done()
	if noted, _ := l.files.noted(); count > noted {
		_ = l.files.see(count, now)
	}
}

// noted is how many lookups the database has had at least, 0 if that is unknown, and
// when that was noted; the zero time if that is.
func (f files) noted() (count int64, at time.Time) {
	text, err := os.ReadFile(f.seen())
	if err != nil {
		return 0, at
	}
	first, second, _ := strings.Cut(strings.TrimSpace(string(text)), " ")
	if count, err = strconv.ParseInt(first, 10, 64); err != nil {
		return 0, at
	}
	if unix, err := strconv.ParseInt(second, 10, 64); err == nil {
		at = time.Unix(unix, 0)
	}
	return count, at
}

func (f files) see(count int64, at time.Time) error {
	return os.WriteFile(f.seen(), fmt.Appendf(nil, "%d %d\n", count, at.Unix()), 0o600)
}
