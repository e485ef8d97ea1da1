package batch

import (
	"context"
	"strconv"
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

// ask makes the look-up of a row, again if the service asked for patience.
func (r *Run) ask(ctx context.Context, a asked) {
	desk := r.desk.For(lookup.Place{Run: r.kept.ID, Row: a.number})
	var rec lookup.Record
	for tries := 0; ; {
		var err error
		if rec, err = desk.Do(ctx, a.query, a.consent); err != nil {
			r.leave(a, nil)
			r.fail(err)
			return
		}
		held := rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled
		refused := rec.Reply.Outcome == juhe.Refused && rec.Code() == lookup.CodeSlow
		switch {
		case refused && tries < slowTries:
			tries++
			r.slowDown()
		case !held:
			r.conclude(ctx, a, rec)
			return
		}
		if !r.patient(ctx) {
			r.leave(a, nil)
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

// patient waits until something may be sent again, and tells whether to go on.
func (r *Run) patient(ctx context.Context) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for ctx.Err() == nil && r.state != Stopping {
		if !r.resting {
			return true
		}
		r.changed.Wait()
	}
	return false
}

// conclude takes the end of a row.
func (r *Run) conclude(ctx context.Context, a asked, rec lookup.Record) {
	if rec.Reply.Fault.Kind == juhe.FaultLimit {
		r.leave(a, nil)
		r.stop(lookup.StoppedLimit)
		return
	}
	if rec.Earlier != nil {
		end := lookup.RunRow{Row: a.number, ID: rec.Earlier.ID, Outcome: rec.RowOutcome(), Earlier: true}
		if err := r.batch.Ledger.EndRow(context.WithoutCancel(ctx), r.kept.ID, end); err != nil {
			r.leave(a, nil)
			r.fail(err)
			return
		}
	}
	unwell := r.leave(a, &rec)
	code := rec.StopCode()
	switch {
	case rec.Unsaved != nil:
		r.fail(rec.Unsaved)
	case code != 0:
		r.stop(lookup.Stopped(strconv.Itoa(code)))
	case unwell && r.batch.Attended:
		r.pause(lookup.StoppedUnwell)
	case unwell:
		r.stop(lookup.StoppedUnwell)
	}
}

// leave makes room for the next row, and counts the look-up of this one, if
// there is one. It tells whether the service is unwell.
func (r *Run) leave(a asked, rec *lookup.Record) (unwell bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.underWay--
	r.changed.Broadcast()
	if rec == nil {
		return false
	}
	r.asked++
	if a.was != "" {
		r.counts[a.was]--
	}
	outcome := rec.RowOutcome()
	r.counts[outcome]++
	r.sent += rec.Calls()
	r.calls += rec.Calls()
	if rec.Unsaved != nil {
		r.unsaved = append(r.unsaved, *rec)
	}
	if !outcome.Verdict() {
		r.troubles++
		if len(r.trouble) == faultsKept {
			r.trouble = append([]Trouble(nil), r.trouble[faultsKept/2:]...)
		}
		t := Trouble{Row: a.number, Entname: rec.Query.Entname, Record: *rec}
		t.Record.Reply.Raw = "" // which may be long
		r.trouble = append(r.trouble, t)
	}
	if rec.Earlier != nil { // it says nothing of the service
		r.pace.meter.add(r.batch.Now())
		return false
	}
	if outcome != juhe.Unsent {
		r.slow = 0
	}
	return r.pace.ended(unwellEnd(*rec), r.batch.Now())
}

// unwellEnd tells whether a row ended in a way that says that the service, or
// the way to it, is unwell.
func unwellEnd(rec lookup.Record) bool {
	switch code := rec.Code(); rec.Reply.Outcome {
	case juhe.Lost, juhe.Unclear, juhe.Unsent:
		return true
	case juhe.Refused:
		return code == 253501 || code == 253506 || code == 253507 || code == lookup.CodeSlow
	}
	return false
}
