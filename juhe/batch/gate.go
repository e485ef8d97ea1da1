package batch

import (
	"cmp"
	"context"
	"strconv"
	"sync"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// State is the state of a run in this process.
type State string

// The states.
const (
	Preparing State = "preparing"
	Running   State = "running"
	Paused    State = "paused"   // until Continue
	Stopping  State = "stopping" // waits for calls in flight
	Writing   State = "writing"  // writes the output
	Done      State = "done"
)

// gate decides when a row of a run may be sent. It is safe for concurrent use.
type gate struct {
	runner *Runner

	mu       sync.Mutex
	changed  *sync.Cond
	state    State
	reason   lookup.StopReason // of a pause or stop
	failure  error
	panicked *juhe.Panic
	// endWaiting and endSending cancel the contexts that begin returns.
	endWaiting, endSending context.CancelFunc

	breaker  breaker
	slots    int // taken by rows whose reply has not arrived
	inFlight int // rows sent and not recorded yet
	retrying int // rows that wait for another turn

	maxCalls, sendable int // limits of this execution; maxCalls may be 0 for none
	callsStarted       int // by this execution, without free ones
	callsAnswered      int // of these

	backOffUntil   time.Time // after a rate-limit refusal; zero otherwise
	rateLimitCount int       // consecutive refusals

	meter       rateMeter // of rows
	rowsDone    int       // by this execution
	activeSince time.Time
	activeTime  time.Duration
}

func newGate(b *Runner) *gate {
	g := &gate{runner: b, state: Preparing, breaker: breaker{concurrency: b.Concurrency}, endWaiting: func() {}, endSending: func() {}}
	g.changed = sync.NewCond(&g.mu)
	return g
}

// begin begins an execution. waiting ends when the run stops, sending when no request may be
// written any more. Both end with ctx or with end.
func (g *gate) begin(ctx context.Context) (waiting, sending context.Context, end func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	waiting, g.endWaiting = context.WithCancel(ctx)
	sending, g.endSending = context.WithCancel(ctx)
	if g.state == Stopping {
		g.endWaiting()
		g.endSending()
	}
	wake := context.AfterFunc(ctx, func() {
		g.mu.Lock()
		g.changed.Broadcast()
		g.mu.Unlock()
	})
	return waiting, sending, func() {
		wake()
		g.mu.Lock()
		defer g.mu.Unlock()
		g.endWaiting()
		g.endSending()
	}
}

// open lets rows pass, unless the run was stopped meanwhile.
func (g *gate) open(sendable int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.activeSince, g.sendable = g.runner.Now(), sendable
	if g.state == Preparing {
		g.state = Running
	}
}

func (g *gate) isRunning() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.state == Running
}

// setDone ends the execution. It returns the panic that surfaced during a lookup, if any.
func (g *gate) setDone() *juhe.Panic {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.state = Done
	return g.panicked
}

// turn is the kind of turn that a row waits for.
type turn int

const (
	firstTurn turn = iota
	freeTurn       // first turn of a row that the ledger answers
	retryTurn
)

// acquire waits for a slot. It reports whether the row may be sent.
func (g *gate) acquire(ctx context.Context, kind turn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if kind == retryTurn {
		defer func() {
			g.retrying--
			g.changed.Broadcast()
		}()
	}
	for {
		full := g.slots >= g.breaker.slots() || kind != retryTurn && g.retrying > 0
		enough := g.maxCalls > 0 && g.callsAnswered+g.slots >= g.maxCalls
		switch {
		case ctx.Err() != nil || g.state == Stopping:
			return false
		case enough && g.slots == 0:
			g.stopLocked(lookup.StopLimit)
			return false
		case g.state == Running && !full && !enough && g.backOffUntil.IsZero():
			g.slots++
			g.inFlight++
			return true
		}
		g.changed.Wait()
	}
}

// startCall reports whether another call may be sent, and counts it. It never exceeds
// the number of calls shown in the plan, even if an answer in the ledger has expired or was
// deleted since. While the run stops because of a limit, the calls within the limit may
// still be sent.
func (g *gate) startCall() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	stopped := g.state == Stopping && g.reason != lookup.StopLimit
	if stopped || g.state == Paused || !g.backOffUntil.IsZero() || g.breaker.isTripped() {
		return false
	}
	if g.callsStarted >= g.sendable {
		g.stopLocked(lookup.StopLimit)
		return false
	}
	g.callsStarted++
	return true
}

// endCall counts a reply and reports whether it released the slot of its row. The next
// row can then be sent while this one is recorded; whatever the reply says about the
// service takes effect first. A row refused by the rate limit keeps its slot until the
// run backs off.
func (g *gate) endCall(reply juhe.Reply) (released bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	rec := lookup.Record{Reply: reply}
	if rec.Calls() == 0 {
		g.callsStarted--
	}
	if rec.IsRateLimited() {
		return false
	}
	if rec.Calls() > 0 {
		g.rateLimitCount = 0
		g.callsAnswered++
	}
	g.slots--
	defer g.changed.Broadcast()
	if code := rec.StopCode(); code != 0 {
		g.stopLocked(lookup.StopReason(strconv.Itoa(code)))
		return true
	}
	failed := g.breaker.add(isFailure(rec))
	if g.breaker.sameAnswers.add(rec) || failed {
		g.trip()
	}
	return true
}

// release ends a turn. It releases its slot unless the reply has done so. Rows that
// retry go before new ones, so that few rows wait at a time.
func (g *gate) release(released, retry bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inFlight--
	if !released {
		g.slots--
	}
	if retry {
		g.retrying++
	} else {
		g.rowsDone++
		g.meter.add(g.runner.Now())
	}
	g.changed.Broadcast()
}

// backOff delays all further calls. Each delay is twice as long as the last one.
func (g *gate) backOff() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.backOffUntil.IsZero() { // for another row
		return
	}
	delay := g.runner.backoff << min(g.rateLimitCount, rateLimitRetries-1)
	g.rateLimitCount++
	g.backOffUntil = g.runner.Now().Add(delay)
	time.AfterFunc(delay, func() {
		g.mu.Lock()
		g.backOffUntil = time.Time{}
		g.changed.Broadcast()
		g.mu.Unlock()
	})
}

// giveUpRow counts a row that the rate limit has refused too often.
func (g *gate) giveUpRow() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.breaker.add(true) {
		g.trip()
	}
}

// trip pauses an interactive run and stops any other. g.mu must be held.
func (g *gate) trip() {
	if g.runner.Interactive {
		g.pauseLocked(lookup.StopFailures)
		return
	}
	g.stopLocked(lookup.StopFailures)
}

// Pause makes the run send nothing new until Continue.
func (g *gate) Pause() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pauseLocked("")
}

// pauseLocked pauses the run. If it is paused without a reason, it gets this one. g.mu must
// be held.
func (g *gate) pauseLocked(reason lookup.StopReason) {
	switch g.state {
	case Running:
		g.countActive()
		g.state, g.reason = Paused, reason
		g.changed.Broadcast()
	case Paused:
		g.reason = cmp.Or(g.reason, reason)
	}
}

// Continue continues a paused run.
func (g *gate) Continue() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.state == Paused {
		if g.breaker.isTripped() {
			g.breaker.reset()
		}
		g.activeSince, g.meter = g.runner.Now(), rateMeter{}
		g.state, g.reason = Running, ""
		g.changed.Broadcast()
	}
}

// Stop makes Execute send nothing new, wait for the calls in flight and return. The run can
// be resumed.
func (g *gate) Stop() { g.stop(lookup.StopOperator) }

// Shutdown is Stop for a program that exits.
func (g *gate) Shutdown() { g.stop(lookup.StopShutdown) }

func (g *gate) stop(reason lookup.StopReason) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.stopLocked(reason)
}

// stopLocked stops the run. g.mu must be held.
func (g *gate) stopLocked(reason lookup.StopReason) {
	switch g.state {
	case Running:
		g.countActive()
	case Preparing, Paused:
	default:
		return
	}
	g.state, g.reason = Stopping, reason
	g.endWaiting()
	if reason != lookup.StopLimit { // calls within the limit may still be sent
		g.endSending()
	}
	g.changed.Broadcast()
}

// fail stops the run because of an error.
func (g *gate) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.failure == nil {
		g.failure = err
	}
	g.stopLocked("")
}

// recoverPanic stops the run after a panic, so that the lookups in flight are recorded
// before the program ends.
func (g *gate) recoverPanic() {
	value := recover()
	if value == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.panicked == nil {
		g.panicked = juhe.NewPanic(value)
	}
	g.stopLocked(lookup.StopOperator)
}

// countActive adds the time since the run became active to activeTime. g.mu must be held.
func (g *gate) countActive() { g.activeTime += g.runner.Now().Sub(g.activeSince) }

// progress returns what the gate knows of the progress, and the number of rows done.
func (g *gate) progress() (p Progress, rowsDone int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.runner.Now()
	p = Progress{
		State: g.state, Reason: g.reason, Sent: g.callsStarted, InFlight: g.inFlight,
		Rate: g.meter.rate(now), SameAnswer: g.breaker.sameAnswers.common(),
	}
	if !g.backOffUntil.IsZero() {
		p.Backoff = max(g.backOffUntil.Sub(now), 0)
	}
	return p, g.rowsDone
}
