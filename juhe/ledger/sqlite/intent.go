package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

const intentColumns = requestColumns + ", holder, run, row"

// intent is a row of the table intent: a pending lookup.
type intent struct {
	lookup.Record
	process string // the name of its processLock, in the column holder
}

func (c *conn) scanIntent(s *sqlite3.Stmt) intent {
	i := intent{c.scanRequest(s, 0), s.ColumnText(10)}
	i.RowRef = lookup.RowRef{Run: lookup.RunID(s.ColumnInt64(11)), Row: s.ColumnInt(12)}
	return i
}

// Prior implements lookup.Ledger.
func (l *Ledger) Prior(ctx context.Context, rec lookup.Record) (prior lookup.Prior, err error) {
	l.retryUnrecorded() // an unrecorded outcome may concern the same factors
	dead := false
	err = l.withWriter(ctx, func(c *conn) error {
		prior, dead, err = l.readPrior(c, rec)
		return err
	})
	if err == nil && dead && l.readOnlyErr() == nil {
		err = l.write(ctx, func(c *conn) error {
			if err := l.recordLost(c); err != nil {
				return err
			}
			prior, _, err = l.readPrior(c, rec)
			return err
		})
	}
	return prior, l.quarantineIfDamaged(err)
}

// Priors implements ledger.Ledger.
func (l *Ledger) Priors(ctx context.Context, recs []lookup.Record) ([]lookup.Prior, error) {
	return read(ctx, l.database, &l.reader, func(c *conn) (priors []lookup.Prior, err error) {
		for _, rec := range recs {
			prior, _, err := l.readPrior(c, rec)
			if err != nil {
				return nil, err
			}
			priors = append(priors, prior)
		}
		return priors, nil
	})
}

// readPrior reads the Prior of rec. dead reports whether a lookup of the same factors is
// pending in a dead process.
func (d *database) readPrior(c *conn, rec lookup.Record) (prior lookup.Prior, dead bool, err error) {
	hash := factorsHash(rec.Query.Factors)
	prior.HistoryLostAt = d.lastLoss.time()
	repeats := ledger.NewRepeats(rec)
	err = c.query(func(s *sqlite3.Stmt) bool {
		switch r := c.scanLookup(s); {
		case r.corrupt: // its factors may have been the same
			prior.HistoryLostAt = rec.At
		case repeats.Needs(r.Record):
			r.Reply.Raw = rawAnswer(s)
			prior.Concluded = append(prior.Concluded, r.Record)
		}
		return true
	}, "SELECT "+lookupColumnsWithRaw+" FROM lookup WHERE same = ? ORDER BY key DESC", hash)
	if err != nil {
		return prior, false, err
	}
	err = c.query(func(s *sqlite3.Stmt) bool {
		i := c.scanIntent(s)
		if !repeats.IsRepeat(i.Record) {
			return true
		}
		alive := !d.process.removeIfDead(i.process)
		dead = dead || !alive
		if alive || prior.Pending == nil { // keep the newest
			prior.Pending = &i.Record
		}
		return !alive
	}, "SELECT "+intentColumns+" FROM intent WHERE same = ? ORDER BY at DESC", hash)
	if err == nil {
		prior.SentToday, err = sentDays{c}.countOn(rec.At)
	}
	if err == nil {
		prior.LatestIntentAt, err = sentDays{c}.newestTime()
	}
	return prior, dead, err
}

// RecordIntent implements lookup.Ledger.
func (l *Ledger) RecordIntent(ctx context.Context, rec lookup.Record, allow func(lookup.Prior) bool) (sendable bool, err error) {
	if err := cmp.Or(l.checkUsable(), l.checkOwner()); err != nil {
		return false, err
	}
	process, err := l.process.acquire()
	if err != nil {
		return false, l.wrapErr(ctx, err)
	}
	values := append(requestValues(rec), process, int64(rec.RowRef.Run), rec.RowRef.Row, factorsHash(rec.Query.Factors))
	count := int64(0)
	err = l.commits.commit(ctx, func(c *conn) error {
		prior, _, err := l.readPrior(c, rec)
		if err != nil {
			return err
		}
		if sendable = allow(prior); !sendable {
			return nil
		}
		// Space for the outcomes of the pending lookups and of this one, so that they can be
		// recorded even if the disk is full by then.
		pending, err := c.count("intent")
		if err := cmp.Or(err, l.files.growReserve(pending+1)); err != nil {
			return err
		}
		day, err := sentDays{c}.add(rec.At)
		if err == nil {
			count, err = c.queryInt("UPDATE seen SET count = count + 1 RETURNING count")
		}
		return cmp.Or(err, c.exec("INSERT INTO intent ("+intentColumns+", same, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			append(slices.Clone(values), day)...))
	})
	if err != nil {
		return false, l.quarantineIfDamaged(err)
	}
	if sendable {
		l.intents.save(count, false)
	}
	return sendable, nil
}

// withReserve runs attempt, which must call release inside its transaction. At first
// release does nothing. If the disk is full, attempt runs again and release frees the
// reserve: in the transaction that needs the space, so that no other process of this ledger
// can take it.
func (d *database) withReserve(attempt func(release func()) error) error {
	err := attempt(func() {})
	if full, ok := errors.AsType[*lookup.LedgerError](err); !ok || full.Problem != lookup.LedgerFull {
		return err
	}
	return attempt(func() { _ = os.Remove(d.files.reservePath()) })
}

// RecordOutcome implements lookup.Ledger. If it fails, the ledger tries again after the
// next outcome, before Prior reads, and in Close.
func (l *Ledger) RecordOutcome(ctx context.Context, rec lookup.Record) error {
	p := prepareLookup(rec)
	err := l.withReserve(func(release func()) error {
		return l.commits.commit(ctx, func(c *conn) error { release(); return c.recordOutcome(p) })
	})
	if err != nil {
		l.mu.Lock()
		l.unrecorded = append(l.unrecorded, rec)
		l.mu.Unlock()
		return l.quarantineIfDamaged(err)
	}
	l.retryUnrecorded()
	return nil
}

// retryUnrecorded tries again to write the outcomes that could not be written.
func (l *Ledger) retryUnrecorded() {
	l.mu.Lock()
	recs := l.unrecorded
	l.unrecorded = nil
	l.mu.Unlock()
	if len(recs) == 0 {
		return
	}
	err := l.withReserve(func(release func()) error {
		return l.write(context.Background(), func(c *conn) error { release(); return c.recordOutcomes(recs) })
	})
	if err != nil {
		l.mu.Lock()
		l.unrecorded = append(recs, l.unrecorded...)
		l.mu.Unlock()
	}
}

func (c *conn) recordOutcomes(recs []lookup.Record) error {
	for _, rec := range recs {
		if err := c.recordOutcome(prepareLookup(rec)); err != nil {
			return err
		}
	}
	return nil
}

// recordOutcome replaces an intent with the concluded lookup. If the process was taken for
// dead, the outcome replaces the one recorded then.
func (c *conn) recordOutcome(p preparedLookup) error {
	day, _, err := firstRow(c, columnText, "DELETE FROM intent WHERE id = ? RETURNING day", p.ID)
	if err != nil {
		return err
	}
	earlier, late, err := c.lookupByID(p.ID)
	if err != nil || late && !earlier.corrupt && !ledger.IsReplaceable(earlier.Record) {
		return err
	}
	if late {
		err = c.deleteLookup(earlier)
	}
	err = cmp.Or(err, c.recordRowOutcome(p.Record, late))
	if !ledger.CountsAsSent(p.Record) {
		err = cmp.Or(err, sentDays{c}.remove(cmp.Or(day, lookup.BeijingDate(p.At))))
	}
	if err != nil || ledger.IsCancelledRow(p.Record) {
		return err
	}
	return c.insertLookup(p)
}

// recordLostOnOpen calls recordLost if there are intents. A full disk is not an error,
// because the ledger can still be read.
func (d *database) recordLostOnOpen(c *conn) error {
	intents, err := c.count("intent")
	if err != nil || intents == 0 {
		return err
	}
	if err = c.transaction(d.recordLost); d.diagnose(err) == lookup.LedgerFull {
		return nil
	}
	return err
}

// recordLost records the pending lookups of dead processes as lost.
func (d *database) recordLost(c *conn) error {
	var lost []lookup.Record
	dead := map[string]bool{}
	err := c.query(func(s *sqlite3.Stmt) bool {
		i := c.scanIntent(s)
		if _, known := dead[i.process]; !known {
			dead[i.process] = d.process.removeIfDead(i.process)
		}
		if dead[i.process] {
			lost = append(lost, ledger.Lost(i.Record))
		}
		return true
	}, "SELECT "+intentColumns+" FROM intent")
	if err != nil {
		return err
	}
	return c.recordOutcomes(lost)
}

// The count beside the database is written every countSaveStep lookups, and also with
// any lookup that comes at least countSaveInterval after the last write. So it may lack up
// to countSaveStep-1 of the last lookups, if they came in quick succession.
const (
	countSaveStep     = 64
	countSaveInterval = time.Second
)

// intentCounter writes the number of intents ever recorded to the file beside the database.
type intentCounter struct {
	files dbFiles
	now   func() time.Time

	mu           sync.Mutex
	closed       bool
	count, saved int64
	savedAt      time.Time // when saved was written
}

// save writes count, if that is due, and on closing the last one, if it has changed. The
// file is not synced, so a power loss may undo the last writes.
func (i *intentCounter) save(count int64, closing bool) {
	now := i.now()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.count = max(i.count, count)
	unsaved := i.count - i.saved
	due := !i.closed && (unsaved >= countSaveStep || closing && unsaved > 0 || !closing && now.Sub(i.savedAt).Abs() >= countSaveInterval)
	i.closed = i.closed || closing
	if !due {
		return
	}
	i.saved, i.savedAt = i.count, now
	if saved, _ := i.files.readCount(); i.count > saved {
		_ = i.files.writeCount(i.count, now)
	}
}

// readCount returns the count beside the database and the time at which it was saved, or
// zeros if they are unknown.
func (f dbFiles) readCount() (count int64, at time.Time) {
	text, err := os.ReadFile(f.countPath())
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

func (f dbFiles) writeCount(count int64, at time.Time) error {
	return os.WriteFile(f.countPath(), fmt.Appendf(nil, "%d %d\n", count, at.Unix()), 0o600)
}
