package sqlite

import (
	"cmp"
	"context"

	"github.com/go-json-experiment/json"
	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

const intentColumns = "id, at, service, api, asked, entname, entmark, realname, idcard, holder, remarks, run, row"

// intent is a row of the table intent: a pending lookup.
type intent struct {
	lookup.Record
	process string // the name of its processLock, in the column holder
}

func (c *conn) scanIntent(s *sqlite3.Stmt) intent {
	text := s.ColumnText
	i := intent{
		lookup.Record{
			ID: text(0), At: c.localTime(s.ColumnInt64(1)), Service: text(2),
			Query: juhe.Query{
				API: juhe.API(text(3)), Regstatus: s.ColumnBool(4),
				Factors: juhe.Factors{juhe.Entname: text(5), juhe.Entmark: text(6), juhe.Realname: text(7), juhe.Idcard: text(8)},
			},
			RowRef: lookup.RowRef{Run: lookup.RunID(s.ColumnInt64(11)), Row: s.ColumnInt(12)},
		}, text(9),
	}
	_ = json.Unmarshal(s.ColumnRawText(10), &i.Warnings) // as in scanLookup
	return i
}

// RecordIntent implements lookup.Ledger.
func (l *Ledger) RecordIntent(ctx context.Context, rec lookup.Record, allow func(lookup.Prior) bool) (sendable bool, err error) {
	if err := l.checkUsable(); err != nil {
		return false, err
	}
	if err := l.checkOwner(); err != nil {
		return false, err
	}
	process, err := l.process.acquire()
	if err != nil {
		return false, l.wrapErr(ctx, err)
	}
	warnings, err := marshalWarnings(rec)
	if err != nil {
		return false, l.newError(lookup.LedgerFailed, err)
	}
	count := int64(0)
	err = l.groupCommit(ctx, func(c *conn) error {
		prior, _, err := l.readPrior(c, rec)
		if err != nil {
			return err
		}
		if sendable = allow(prior); !sendable {
			return nil
		}
		if err := l.reserveForOutcome(c); err != nil {
			return err
		}
		q := rec.Query
		day, err := c.countSent(rec.At)
		if err != nil {
			return err
		}
		if count, err = c.queryInt("UPDATE seen SET count = count + 1 RETURNING count"); err != nil {
			return err
		}
		_, err = c.exec(`INSERT INTO intent (`+intentColumns+`, same, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			rec.ID, rec.At.UnixMilli(), rec.Service, string(q.API), q.Regstatus,
			q.Factors[juhe.Entname], q.Factors[juhe.Entmark], q.Factors[juhe.Realname], q.Factors[juhe.Idcard], process, warnings,
			int64(rec.RowRef.Run), rec.RowRef.Row, factorsHash(q.Factors), day)
		return err
	})
	if err != nil {
		return false, l.quarantineIfDamaged(err)
	}
	if sendable {
		l.saveCount(count, false)
	}
	return sendable, nil
}

// reserveForOutcome reserves disk space for the outcomes of the pending lookups and of a
// new one, so that they can be recorded even if the disk is full by then.
func (l *Ledger) reserveForOutcome(c *conn) error {
	pending, err := c.queryInt("SELECT count(*) FROM intent")
	if err != nil {
		return err
	}
	return l.files.growReserve(pending + 1)
}

// RecordOutcome implements lookup.Ledger. If it fails, the ledger tries again after the
// next outcome, before Prior reads, and in Close.
func (l *Ledger) RecordOutcome(ctx context.Context, rec lookup.Record) error {
	p, err := prepareLookup(rec)
	if err == nil {
		err = l.withReserve(func(release func()) error {
			return l.groupCommit(ctx, func(c *conn) error { release(); return c.recordOutcome(p) })
		})
	}
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
		p, err := prepareLookup(rec)
		if err == nil {
			err = c.recordOutcome(p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// recordOutcome replaces an intent with the concluded lookup. If the process was taken for
// dead, the outcome replaces the one recorded then.
func (c *conn) recordOutcome(p preparedLookup) error {
	rec := p.Record
	day := lookup.BeijingDate(rec.At) // the default without an intent
	err := c.query(func(s *sqlite3.Stmt) bool {
		day = cmp.Or(s.ColumnText(0), day)
		return true
	}, "DELETE FROM intent WHERE id = ? RETURNING day", rec.ID)
	if err != nil {
		return err
	}
	late, err := c.queryInt("SELECT 1 FROM lookup WHERE id = ?", rec.ID)
	if err != nil {
		return err
	}
	if late != 0 {
		r, _, err := c.lookupByID(rec.ID)
		if err != nil || !r.corrupt && r.Reply.Fault.Kind != juhe.FaultProcessEnded {
			return err
		}
		if err := c.deleteLookup(r); err != nil {
			return err
		}
	}
	if err := c.recordRowOutcome(rec, late != 0); err != nil {
		return err
	}
	if rec.Reply.Outcome == juhe.Unsent || rec.Reply.Billable == juhe.BillableNo {
		if err := c.uncountSent(day); err != nil {
			return err
		}
	}
	if rec.RowRef.Run != 0 && rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled {
		return nil // the run stopped before it sent the row, so there was no lookup
	}
	return c.insertLookup(p)
}

// recordLostIntentsOnOpen calls recordLostIntents if the database is writable and there
// are intents. A full disk is not an error, because the ledger can still be read.
func (l *Ledger) recordLostIntentsOnOpen(c *conn) error {
	if l.readOnlyErr() != nil {
		return nil
	}
	intents, err := c.queryInt("SELECT count(*) FROM intent")
	if err != nil || intents == 0 {
		return err
	}
	if err = c.transaction(l.recordLostIntents); l.diagnose(err) == lookup.LedgerFull {
		return nil
	}
	return err
}

// recordLostIntents records the pending lookups of dead processes as lost.
func (l *Ledger) recordLostIntents(c *conn) error {
	var lost []lookup.Record
	dead := map[string]bool{}
	err := c.query(func(s *sqlite3.Stmt) bool {
		i := c.scanIntent(s)
		if _, known := dead[i.process]; !known {
			dead[i.process] = l.process.removeIfDead(i.process)
		}
		if dead[i.process] {
			i.Reply = juhe.Reply{
				Outcome: juhe.Lost, Billable: juhe.BillableUnknown,
				Fault: juhe.Fault{Kind: juhe.FaultProcessEnded},
			}
			lost = append(lost, i.Record)
		}
		return true
	}, "SELECT "+intentColumns+" FROM intent")
	if err != nil {
		return err
	}
	return c.recordOutcomes(lost)
}
