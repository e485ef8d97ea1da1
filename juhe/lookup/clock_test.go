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
	true     time.Time
	wrong    func(time.Time) time.Time
	readings int // until it is wrong; negative for never
}

func (s *steppingClock) now() time.Time {
	s.true = s.true.Add(time.Second)
	if s.readings < 0 {
		return s.true
	}
	if s.readings > 0 {
		s.readings--
		return s.true
	}
	return s.wrong(s.true)
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
				c := newFixture(t, guard24h)
				clock := &steppingClock{true: noon, wrong: wrong, readings: -1}
				guard := lookup.Guard{RepeatWithin: 24 * time.Hour, DailyLimit: limit}
				one := lookup.New(c.client(c.url), c.ledger, guard, clock.now)
				other := lookup.New(c.client(c.url), c.newProcess(guard).ledger, guard, clock.now)
				process := func() *lookup.Verifier { one, other = other, one; return one }
				do := func(n int, consent lookup.Consent) lookup.Record {
					rec, err := process().Do(t.Context(), personQuery(n), consent)
					if err != nil {
						t.Fatal(err)
					}
					return rec
				}
				sentOnce := func(n int, when string) {
					before := c.server.Requests()
					if rec := do(n, noConsent); c.server.Requests() != before {
						t.Errorf("person %d is sent again %s: %+v", n, when, rec)
					}
				}
				do(0, noConsent)
				lost, err := process().Do(t.Context(), caseQuery(t, "close"), noConsent)
				if err != nil || lost.Reply.Outcome != juhe.Lost {
					t.Fatalf("%+v, %v", lost.Reply, err)
				}
				clock.readings = reading
				rec := do(1, noConsent)                           // the clock becomes wrong during this
				if wrong(clock.true).Sub(rec.At) < 24*time.Hour { // otherwise a day seems to have passed
					sentOnce(1, "while the clock is wrong")
				}
				if before := c.server.Requests(); true {
					if rec, err := process().Do(t.Context(), caseQuery(t, "close"), noConsent); err != nil || c.server.Requests() != before {
						t.Errorf("the lost one is sent again: %+v, %v", rec, err)
					}
				}
				rec = do(2, noConsent)
				_, yes := lookup.RequiredConsent(rec, nil, noConsent)
				do(2, yes) // the operator confirms the wrong time
				clock.readings = -1
				for n := range 3 {
					rec := do(n, noConsent)
					before := c.server.Requests()
					if rec.Reply.Fault.Kind == juhe.FaultClock {
						_, yes := lookup.RequiredConsent(rec, nil, noConsent)
						do(n, yes)
					}
					if n < 2 && c.server.Requests() != before {
						t.Errorf("that the clock is right was taken for more: person %d is sent again", n)
					}
					sentOnce(n, "when the clock is right")
				}
				for n := range limit + 1 {
					rec := do(10+n, noConsent)
					_, yes := lookup.RequiredConsent(rec, nil, noConsent)
					if rec.Reply.Fault.Kind == juhe.FaultClock {
						do(10+n, yes)
					}
				}
				if n := c.server.Requests(); n > limit {
					t.Errorf("%d requests on a day, with a limit of %d", n, limit)
				}
				page, err := c.ledger.Search(t.Context(), lookup.Search{Limit: 100})
				if err != nil || len(page.Records) != c.server.Requests() {
					t.Errorf("%d records of %d requests, %v", len(page.Records), c.server.Requests(), err)
				}
			})
		}
	}
}

// TestClockBehind: while the clock is behind the newest recorded time, nothing is
// sent that the ledger does not answer, until the operator confirms the clock.
func TestClockBehind(t *testing.T) {
	t.Parallel()
	c := newFixture(t, guard24h)
	paid := c.do(personQuery(0), noConsent, true)
	*c.now = noon.Add(-2 * time.Minute) // within clockSlack
	c.do(personQuery(1), noConsent, true)
	*c.now = noon.Add(-3 * time.Minute)
	rec := c.do(personQuery(2), noConsent, false)
	if rec.Reply.Outcome != juhe.Unsent || rec.Reply.Fault.Kind != juhe.FaultClock || rec.Reply.Fault.Detail != "2026-11-23 12:00:00 +00:00" || rec.Earlier != nil {
		t.Errorf("%+v", rec)
	}
	if rec := c.do(personQuery(0), noConsent, false); rec.AnsweredBy() != paid.ID {
		t.Errorf("a verdict that is ahead does not answer: %+v", rec)
	}
	question, yes := lookup.RequiredConsent(rec, nil, noConsent)
	if question != lookup.ConsentClock {
		t.Errorf("got question %q", question)
	}
	stale := yes
	stale.ClockBehind = "2026-11-23 11:00:00 +00:00"
	c.do(personQuery(2), stale, false)
	c.do(personQuery(2), yes, true)
	c.newProcess(guard24h).do(personQuery(3), noConsent, true)
	*c.now = noon.Add(time.Minute)
	c.do(personQuery(4), noConsent, true)
	*c.now = noon.Add(-time.Hour)
	c.do(personQuery(5), yes, false) // given for another time
	c.do(personQuery(5), resend, true)
}

// TestDayDoesNotRestart: a day before one already counted does not begin again.
func TestDayDoesNotRestart(t *testing.T) {
	t.Parallel()
	midnight := noon.Add(4 * time.Hour) // in Beijing
	guard := lookup.Guard{DailyLimit: 2}
	c := newFixture(t, guard)
	send := func(n int, at time.Duration, sent bool) {
		t.Helper()
		*c.now = midnight.Add(at)
		if rec := c.do(personQuery(n), noConsent, sent); !sent && rec.Reply.Fault.Kind != juhe.FaultLimit {
			t.Errorf("%+v", rec)
		}
	}
	send(0, 30*time.Second, true)
	send(1, -30*time.Second, true) // the clock was set back, but the day does not change
	send(2, -20*time.Second, false)
	send(3, 40*time.Second, false)
	if today, err := c.ledger.SentToday(t.Context()); today != 2 || err != nil {
		t.Error(today, err)
	}
	send(4, 24*time.Hour, true)
}
