package ledger

import (
	"cmp"
	"context"

	"github.com/go-json-experiment/json"
	"github.com/ncruces/go-sqlite3"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Prior implements lookup.Ledger.
func (l *Ledger) Prior(ctx context.Context, rec lookup.Record) (past lookup.Prior, err error) {
	l.saveUnsaved() // it may be what is asked for
	gone := false
	err = l.read(ctx, func(c *conn) error {
		past, gone, err = l.past(c, rec)
		return err
	})
	if err != nil || !gone || l.readonly() != nil {
		return past, l.settled(err)
	}
	err = l.write(ctx, func(c *conn) error {
		if err := l.loseGone(c); err != nil {
			return err
		}
		past, _, err = l.past(c, rec)
		return err
	})
	return past, l.settled(err)
}

const intentColumns = "id, at, service, api, asked, entname, entmark, realname, idcard, holder, remarks, run, row"

// intent is a row of intent.
type intent struct {
	lookup.Record
	holder string
}

func (c *conn) scanIntent(s *sqlite3.Stmt) intent {
	text := s.ColumnText
	i := intent{
		lookup.Record{
			ID: text(0), At: c.time(s.ColumnInt64(1)), Service: text(2),
			Query: juhe.Query{
				API: juhe.API(text(3)), Regstatus: s.ColumnBool(4),
				Factors: juhe.Factors{Entname: text(5), Entmark: text(6), Realname: text(7), Idcard: text(8)},
			},
			RowRef: lookup.RowRef{Run: lookup.RunID(s.ColumnInt64(11)), Row: s.ColumnInt(12)},
		}, text(9),
	}
	_ = json.Unmarshal(s.ColumnRawText(10), &i.Warnings) // as scan does
	return i
}

// RecordIntent implements lookup.Ledger.
func (l *Ledger) RecordIntent(ctx context.Context, rec lookup.Record, may func(lookup.Prior) bool) (sendable bool, err error) {
	if err := l.hopeless(); err != nil {
		return false, err
	}
	if err := l.ours(); err != nil {
		return false, err
	}
	holder, err := l.holder.hold()
	if err != nil {
		return false, l.problem(l.problemOf(err), err)
	}
	remarks, err := remarksText(rec)
	if err != nil {
		return false, l.problem(lookup.LedgerFailed, err)
	}
	count := int64(0)
	err = l.together(ctx, func(c *conn) error {
		past, _, err := l.past(c, rec)
		if err != nil {
			return err
		}
		if sendable = may(past); !sendable {
			return nil
		}
		if err := l.keepRoom(c); err != nil {
			return err
		}
		q := rec.Query
		day, err := c.count(rec.At)
		if err != nil {
			return err
		}
		if count, err = c.number("UPDATE seen SET count = count + 1 RETURNING count"); err != nil {
			return err
		}
		_, err = c.do(`INSERT INTO intent (`+intentColumns+`, same, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			rec.ID, rec.At.UnixMilli(), rec.Service, string(q.API), q.Regstatus,
			q.Entname, q.Entmark, q.Realname, q.Idcard, holder, remarks,
			int64(rec.RowRef.Run), rec.RowRef.Row, sameness(q.Factors), day)
		return err
	})
	if err != nil {
		return false, l.settled(err)
	}
	if sendable {
		l.saw(count, false)
	}
	return sendable, nil
}

// keepRoom has the outcomes of what is in progress, and of one more, find room
// even if the disk is full by then: else nothing may be sent.
func (l *Ledger) keepRoom(c *conn) error {
	inProgress, err := c.number("SELECT count(*) FROM intent")
	if err != nil {
		return err
	}
	return l.files.reserve(inProgress + 1)
}

// RecordOutcome implements lookup.Ledger. What the disk would not take is tried again
// with the next one, and at the end.
func (l *Ledger) RecordOutcome(ctx context.Context, rec lookup.Record) error {
	e, err := newEntry(rec)
	if err == nil {
		err = l.roomFor(func(before func()) error {
			return l.together(ctx, func(c *conn) error { before(); return c.settle(e) })
		})
	}
	if err != nil {
		l.mu.Lock()
		l.unsaved = append(l.unsaved, rec)
		l.mu.Unlock()
		return l.settled(err)
	}
	l.saveUnsaved()
	return nil
}

// indexGroup is how many look-ups wait for the index, and indexMost how many
// while there is more to write. Every search looks at their texts.
const (
	indexGroup = 100
	indexMost  = 2000
)

func (l *Ledger) saveUnsaved() {
	l.mu.Lock()
	unsaved := l.unsaved
	l.unsaved = nil
	l.mu.Unlock()
	if len(unsaved) == 0 {
		return
	}
	err := l.roomFor(func(before func()) error {
		return l.write(context.Background(), func(c *conn) error { before(); return c.settleAll(unsaved) })
	})
	if err != nil {
		l.mu.Lock()
		l.unsaved = append(unsaved, l.unsaved...)
		l.mu.Unlock()
	}
}

func (c *conn) settleAll(recs []lookup.Record) error {
	for _, rec := range recs {
		e, err := newEntry(rec)
		if err == nil {
			err = c.settle(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// settle turns an intent into a settled look-up. An answer that comes after
// all replaces lost.
func (c *conn) settle(e entry) error {
	rec := e.Record
	day := lookup.BeijingDate(rec.At) // of a late one
	err := c.each(func(s *sqlite3.Stmt) bool {
		day = cmp.Or(s.ColumnText(0), day)
		return true
	}, "DELETE FROM intent WHERE id = ? RETURNING day", rec.ID)
	if err != nil {
		return err
	}
	late, err := c.number("SELECT 1 FROM lookup WHERE id = ?", rec.ID)
	if err != nil {
		return err
	}
	if late != 0 {
		f, _, err := c.find(rec.ID)
		if err != nil || !f.rotten && f.Reply.Fault.Kind != juhe.FaultGone {
			return err
		}
		if err := c.remove(f); err != nil {
			return err
		}
	}
	if err := c.endRow(rec, late != 0); err != nil {
		return err
	}
	if rec.Reply.Outcome == juhe.Unsent || rec.Reply.Billable == juhe.BillableNo {
		if err := c.uncount(day); err != nil {
			return err
		}
	}
	if rec.RowRef.Run != 0 && rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled {
		return nil // a run that stops holds its rows back: it is none's look-up
	}
	return c.insert(e)
}

// settleGone ends the intents whose process is gone, if there are any and if
// the ledger can be written. What cannot for want of room can still be read.
func (l *Ledger) settleGone(c *conn) error {
	if l.readonly() != nil {
		return nil
	}
	intents, err := c.number("SELECT count(*) FROM intent")
	if err != nil || intents == 0 {
		return err
	}
	if err = c.transaction(l.loseGone); l.problemOf(err) == lookup.LedgerFull {
		return nil
	}
	return err
}

// loseGone makes those intents lost.
func (l *Ledger) loseGone(c *conn) error {
	var lost []intent
	gone := map[string]bool{}
	err := c.each(func(s *sqlite3.Stmt) bool {
		i := c.scanIntent(s)
		if _, known := gone[i.holder]; !known {
			gone[i.holder] = l.holder.gone(i.holder)
		}
		if gone[i.holder] {
			lost = append(lost, i)
		}
		return true
	}, "SELECT "+intentColumns+" FROM intent")
	if err != nil {
		return err
	}
	for _, i := range lost {
		i.Reply = juhe.Reply{
			Outcome: juhe.Lost, Billable: juhe.BillableUnknown,
			Fault: juhe.Fault{Kind: juhe.FaultGone},
		}
		e, err := newEntry(i.Record)
		if err == nil {
			err = c.settle(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
