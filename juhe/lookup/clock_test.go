package lookup_test

import (
	"fmt"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
)

// clockSteps returns ways in which a clock may be wrong.
func clockSteps() map[string]func(time.Time) time.Time {
	by := func(d time.Duration) func(time.Time) time.Time {
		return func(now time.Time) time.Time { return now.Add(d) }
	}
	at := func(year int) func(time.Time) time.Time {
		return func(now time.Time) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Add(now.Sub(noon)) }
	}
	const hour, days = time.Hour, 24 * time.Hour
	return map[string]func(time.Time) time.Time{
		"-1m": by(-time.Minute), "+1m": by(time.Minute), "-25h": by(-25 * hour), "+25h": by(25 * hour),
		"-40d": by(-40 * days), "+40d": by(40 * days), "1970": at(1970), "2099": at(2099),
	}
}

// personQuery returns a query about the first company and the n-th person.
func personQuery(n int) juhe.Query {
	q := juhetest.Query(juhe.APIQuery)
	q.Factors[juhe.Realname] = fmt.Sprintf("王%c", '一'+rune(n))
	return q
}

// steppingClock is a clock that becomes wrong after a number of readings, until it is
// corrected. It advances by a second with each reading.
type steppingClock struct {
	actual   time.Time
	wrong    func(time.Time) time.Time
	readings int // until it is wrong; negative for never
}

func (s *steppingClock) now() time.Time {
	s.actual = s.actual.Add(time.Second)
	if s.readings < 0 {
		return s.actual
	}
	if s.readings > 0 {
		s.readings--
		return s.actual
	}
	return s.wrong(s.actual)
}

// TestClockSteps: wherever in a lookup the clock becomes wrong, once it is right
// again the same factors are not sent twice unasked, nothing is deleted, and the
// daily limit holds.
func TestClockSteps(t *testing.T) {
	t.Parallel()
	const limit = 5
	for name, wrong := range clockSteps() {
		for reading := range 6 {
			t.Run(fmt.Sprintf("%s/%d", name, reading), func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, guard24h)
				clock := &steppingClock{actual: noon, wrong: wrong, readings: -1}
				guard := lookup.Guard{RepeatWithin: 24 * time.Hour, DailyLimit: limit}
				one := lookup.New(f.client(f.url), f.ledger, guard, clock.now)
				other := lookup.New(f.client(f.url), f.newProcess(guard).ledger, guard, clock.now)
				process := func() *lookup.Verifier { one, other = other, one; return one }
				do := func(n int, consent lookup.Consent) lookup.Record {
					rec, err := process().Do(t.Context(), personQuery(n), consent)
					if err != nil {
						t.Fatal(err)
					}
					return rec
				}
				assertNotSentAgain := func(n int, when string) {
					before := f.server.Requests()
					if rec := do(n, noConsent); f.server.Requests() != before {
						t.Errorf("person %d is sent again %s: %+v", n, when, rec)
					}
				}
				do(0, noConsent)
				lost, err := process().Do(t.Context(), caseQuery(t, "close"), noConsent)
				if err != nil || lost.Reply.Outcome != juhe.Lost {
					t.Fatalf("%+v, %v", lost.Reply, err)
				}
				clock.readings = reading
				rec := do(1, noConsent)                             // the clock becomes wrong during this
				if wrong(clock.actual).Sub(rec.At) < 24*time.Hour { // otherwise a day seems to have passed
					assertNotSentAgain(1, "while the clock is wrong")
				}
				before := f.server.Requests()
				if _, err := process().Do(t.Context(), caseQuery(t, "close"), noConsent); err != nil {
					t.Error(err)
				}
				f.assertRequests(before) // the lost lookup is not sent again
				rec = do(2, noConsent)
				_, confirmed := lookup.RequiredConsent(rec, nil, noConsent)
				do(2, confirmed) // the operator confirms the wrong time
				clock.readings = -1
				for n := range 3 {
					rec := do(n, noConsent)
					before := f.server.Requests()
					if rec.Reply.Fault.Kind == juhe.FaultClock {
						_, confirmed := lookup.RequiredConsent(rec, nil, noConsent)
						do(n, confirmed)
					}
					if n < 2 && f.server.Requests() != before {
						t.Errorf("person %d is sent again with consent to the clock only", n)
					}
					assertNotSentAgain(n, "when the clock is right")
				}
				for n := range limit + 1 {
					rec := do(10+n, noConsent)
					_, confirmed := lookup.RequiredConsent(rec, nil, noConsent)
					if rec.Reply.Fault.Kind == juhe.FaultClock {
						do(10+n, confirmed)
					}
				}
				if got := f.server.Requests(); got > limit {
					t.Errorf("got %d requests on a day, want at most %d", got, limit)
				}
				page, err := f.ledger.Search(t.Context(), lookup.Search{Limit: 100})
				if got, want := len(page.Records), f.server.Requests(); err != nil || got != want {
					t.Errorf("got %d records and error %v, want %d", got, err, want)
				}
			})
		}
	}
}

// TestClockBehind: while the clock is behind the newest recorded time, nothing is sent
// until the operator confirms the clock. Recorded verdicts are reused.
func TestClockBehind(t *testing.T) {
	t.Parallel()
	f := newFixture(t, guard24h)
	paid := f.do(personQuery(0), noConsent, true)
	*f.now = noon.Add(-2 * time.Minute) // within clockSlack
	f.do(personQuery(1), noConsent, true)
	*f.now = noon.Add(-3 * time.Minute)
	rec := f.do(personQuery(2), noConsent, false)
	assertFault(t, rec, juhe.FaultClock)
	if got, want := rec.Reply.Fault.Detail, "2026-11-23 12:00:00 +00:00"; got != want {
		t.Errorf("got detail %q, want %q", got, want)
	}
	if rec.Earlier != nil {
		t.Errorf("got earlier lookup %s, want none", rec.Earlier.ID)
	}
	assertAnsweredBy(t, f.do(personQuery(0), noConsent, false), paid.ID)
	reason, confirmed := lookup.RequiredConsent(rec, nil, noConsent)
	if reason != lookup.ConsentClock {
		t.Errorf("got reason %q, want %q", reason, lookup.ConsentClock)
	}
	stale := confirmed
	stale.ClockBehind = "2026-11-23 11:00:00 +00:00"
	f.do(personQuery(2), stale, false)
	f.do(personQuery(2), confirmed, true)
	f.newProcess(guard24h).do(personQuery(3), noConsent, true)
	*f.now = noon.Add(time.Minute)
	f.do(personQuery(4), noConsent, true)
	*f.now = noon.Add(-time.Hour)
	f.do(personQuery(5), confirmed, false) // given for another time
	f.do(personQuery(5), resend, true)
}

// TestDayDoesNotRestart: if the clock is set back to the day before, lookups still count
// for the later day.
func TestDayDoesNotRestart(t *testing.T) {
	t.Parallel()
	midnight := noon.Add(4 * time.Hour) // in Beijing
	guard := lookup.Guard{DailyLimit: 2}
	f := newFixture(t, guard)
	send := func(n int, at time.Duration, sent bool) {
		t.Helper()
		*f.now = midnight.Add(at)
		if rec := f.do(personQuery(n), noConsent, sent); !sent {
			assertFault(t, rec, juhe.FaultLimit)
		}
	}
	send(0, 30*time.Second, true)
	send(1, -30*time.Second, true) // the clock was set back, but the day does not change
	send(2, -20*time.Second, false)
	send(3, 40*time.Second, false)
	if today, err := f.ledger.SentToday(t.Context()); today != 2 || err != nil {
		t.Error(today, err)
	}
	send(4, 24*time.Hour, true)
}
