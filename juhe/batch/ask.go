package batch

import (
	"context"
	"errors"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// asked is a row that has its turn.
type asked struct {
	number  int
	query   juhe.Query
	consent lookup.Consent
	was     juhe.Outcome // of the row so far; empty if it had none
}

// ask makes the look-up of a row. When it is held back, or the service has asked
// for patience, it waits for another turn.
func (r *Run) ask(ctx, halt context.Context, a asked) {
	for tries := 0; ; {
		w := &wire{Client: r.batch.Caller, run: r}
		desk := r.desk.WithRow(lookup.RowRef{Run: r.kept.ID, Row: a.number}).WithClient(w, inside{r.batch.Ledger})
		rec, err := desk.Do(ctx, a.query, a.consent)
		refused := rec.Reply.Outcome == juhe.Refused && rec.Code() == lookup.CodeRateLimited
		cancelled := rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled
		detail := rec.Reply.Fault.Detail
		switch {
		case err == nil && cancelled && detail != "" && detail != errHeld.Error() && ctx.Err() == nil:
			err = errors.New(detail) // such as a key that is gone: it would not get better
			fallthrough
		case err != nil:
			r.leave(w)
			r.fail(err)
			return
		case refused && tries < slowTries:
			tries++
			r.slowDown()
		case !cancelled:
			r.conclude(ctx, a, rec)
			r.leave(w)
			return
		}
		r.stepBack(w)
		if !r.turn(ctx, halt, again) {
			return
		}
	}
}

// slowDown has everybody wait, longer each time.
func (r *Run) slowDown() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.resting { // another row has been told the same
		return
	}
	rest := r.batch.backoff << min(r.slow, slowTries-1)
	r.slow++
	r.resting, r.rest = true, r.batch.Now().Add(rest)
	time.AfterFunc(rest, func() {
		r.mu.Lock()
		r.resting = false
		r.changed.Broadcast()
		r.mu.Unlock()
	})
}

// conclude takes the end of a row.
func (r *Run) conclude(ctx context.Context, a asked, rec lookup.Record) {
	switch rec.Reply.Fault.Kind {
	case juhe.FaultLimit:
		r.stop(lookup.StopLimit)
		return
	case juhe.FaultClock: // it has gone back since the plan
		r.count(a, rec)
		r.stop(lookup.StopFailures)
		return
	}
	if rec.Earlier != nil {
		end := lookup.RunRow{Row: a.number, ID: rec.Earlier.ID, Outcome: rec.RowOutcome(), Reused: true}
		if err := r.batch.Ledger.RecordRow(context.WithoutCancel(ctx), r.kept.ID, end); err != nil {
			r.fail(err)
			return
		}
	}
	r.count(a, rec)
	if rec.RecordErr != nil {
		r.fail(rec.RecordErr)
	}
}

// stepBack makes room for another row that waits for one more turn, of which this is
// one now. Rows that have had none come later, so that few wait at a time.
func (r *Run) stepBack(w *wire) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !w.left {
		r.underWay--
	}
	r.waiting++
	r.changed.Broadcast()
}

// leave makes room for another row, unless the reply has done so.
func (r *Run) leave(w *wire) {
	if w.left {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.underWay--
	r.changed.Broadcast()
}

// count counts a row that has ended.
func (r *Run) count(a asked, rec lookup.Record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	r.pace.meter.add(r.batch.Now())
	if a.was != "" {
		r.counts[a.was]--
	}
	outcome := rec.RowOutcome()
	r.counts[outcome]++
	if rec.Reply.Fault.Kind == juhe.FaultUnderWay {
		r.elsewhere++
	}
	if rec.RecordErr != nil {
		r.unsaved = append(r.unsaved, rec)
	}
	if rec.Reply.Outcome == juhe.Refused && rec.Code() == lookup.CodeRateLimited {
		r.hasty = true
		if r.pace.note(true) {
			r.unwell()
		}
	}
	if outcome.Verdict() {
		return
	}
	r.troubles++
	if len(r.trouble) == faultsKept {
		r.trouble = append([]Trouble(nil), r.trouble[faultsKept/2:]...)
	}
	t := Trouble{Row: a.number, Entname: rec.Query.Entname, Record: rec, Outcome: outcome, Earlier: rec.Earlier != nil}
	t.Record.Reply.Raw = "" // which may be long
	r.trouble = append(r.trouble, t)
}
