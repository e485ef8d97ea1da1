package lookup_test

import (
	"fmt"
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
)

// steps are how a clock may be wrong: by so much, or at a fixed time.
func steps() map[string]func(time.Time) time.Time {
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

// person is the first company's lookup of somebody.
func person(n int) juhe.Query {
	q := juhe.Query{API: juhe.APIQuery, Factors: mockserver.Companies()[0].Factors(juhe.APIQuery)}
	q.Factors[juhe.Realname] = fmt.Sprintf("王%c", '一'+rune(n))
	return q
}

// stepping is a clock that is wrong from the so many-th reading on, until it is put
// right. It goes on by a second with each reading.
type stepping struct {
	true     time.Time
	wrong    func(time.Time) time.Time
	readings int // until it is wrong; below 0 for never
}

func (s *stepping) now() time.Time {
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

// TestClockSteps: whenever in a lookup the clock goes wrong, and wherever to, the
// same factors are not sent twice unasked once it is right again, nothing is
// deleted, and no more are sent on the day than the limit allows.
func TestClockSteps(t *testing.T) {
	t.Parallel()
	const limit = 5
	for name, wrong := range steps() {
		for reading := range 6 {
			t.Run(fmt.Sprintf("%s/%d", name, reading), func(t *testing.T) {
				t.Parallel()
				c := newCounter(t, day)
				clock := &stepping{true: noon, wrong: wrong, readings: -1}
				guard := lookup.Guard{RepeatWithin: 24 * time.Hour, DailyLimit: limit}
				one := lookup.New(c.client(c.url), c.ledger, guard, clock.now)
				other := lookup.New(c.client(c.url), c.process(guard).ledger, guard, clock.now)
				process := func() *lookup.Verifier { one, other = other, one; return one }
				do := func(n int, consent lookup.Consent) lookup.Record {
					rec, err := process().Do(t.Context(), person(n), consent)
					if err != nil {
						t.Fatal(err)
					}
					return rec
				}
				sentOnce := func(n int, when string) {
					before := c.server.Requests()
					if rec := do(n, none); c.server.Requests() != before {
						t.Errorf("person %d is sent again %s: %+v", n, when, rec)
					}
				}
				do(0, none)
				lost, err := process().Do(t.Context(), named(t, "close"), none)
				if err != nil || lost.Reply.Outcome != juhe.Lost {
					t.Fatalf("%+v, %v", lost.Reply, err)
				}
				clock.readings = reading
				rec := do(1, none)                                // which goes wrong somewhere on the way
				if wrong(clock.true).Sub(rec.At) < 24*time.Hour { // else a day may have passed, for all that anybody knows
					sentOnce(1, "while the clock is wrong")
				}
				if before := c.server.Requests(); true {
					if rec, err := process().Do(t.Context(), named(t, "close"), none); err != nil || c.server.Requests() != before {
						t.Errorf("the lost one is sent again: %+v, %v", rec, err)
					}
				}
				rec = do(2, none)
				_, yes := lookup.RequiredConsent(rec, nil, none)
				do(2, yes) // the operator takes the wrong time for the right one
				clock.readings = -1
				for n := range 3 {
					rec := do(n, none)
					before := c.server.Requests()
					if rec.Reply.Fault.Kind == juhe.FaultClock {
						_, yes := lookup.RequiredConsent(rec, nil, none)
						do(n, yes)
					}
					if n < 2 && c.server.Requests() != before {
						t.Errorf("that the clock is right was taken for more: person %d is sent again", n)
					}
					sentOnce(n, "when the clock is right")
				}
				for n := range limit + 1 {
					rec := do(10+n, none)
					_, yes := lookup.RequiredConsent(rec, nil, none)
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

// TestClockBehind: before the newest time in the ledger nothing is sent but what
// the ledger answers, until the operator has said that the clock is right; then it
// is asked about no more.
func TestClockBehind(t *testing.T) {
	t.Parallel()
	c := newCounter(t, day)
	paid := c.look(person(0), none, true)
	*c.now = noon.Add(-2 * time.Minute) // as clocks are put right
	c.look(person(1), none, true)
	*c.now = noon.Add(-3 * time.Minute)
	rec := c.look(person(2), none, false)
	if rec.Reply.Outcome != juhe.Unsent || rec.Reply.Fault.Kind != juhe.FaultClock || rec.Reply.Fault.Detail != "2026-11-23 12:00:00 +00:00" || rec.Earlier != nil {
		t.Errorf("%+v", rec)
	}
	if rec := c.look(person(0), none, false); rec.AnsweredBy() != paid.ID {
		t.Errorf("a verdict that is ahead does not answer: %+v", rec)
	}
	question, yes := lookup.RequiredConsent(rec, nil, none)
	if question != lookup.ConsentClock {
		t.Errorf("got question %q", question)
	}
	stale := yes
	stale.ClockBehind = "2026-11-23 11:00:00 +00:00"
	c.look(person(2), stale, false)
	c.look(person(2), yes, true)
	c.process(day).look(person(3), none, true)
	*c.now = noon.Add(time.Minute)
	c.look(person(4), none, true)
	*c.now = noon.Add(-time.Hour)
	c.look(person(5), yes, false) // which was for another time
	c.look(person(5), again, true)
}

// TestDayGoesOn: a day before one already counted does not begin.
func TestDayGoesOn(t *testing.T) {
	t.Parallel()
	midnight := noon.Add(4 * time.Hour) // in Beijing
	guard := lookup.Guard{DailyLimit: 2}
	c := newCounter(t, guard)
	send := func(n int, at time.Duration, sent bool) {
		t.Helper()
		*c.now = midnight.Add(at)
		if rec := c.look(person(n), none, sent); !sent && rec.Reply.Fault.Kind != juhe.FaultLimit {
			t.Errorf("%+v", rec)
		}
	}
	send(0, 30*time.Second, true)
	send(1, -30*time.Second, true) // the clock has gone back, and the day has not
	send(2, -20*time.Second, false)
	send(3, 40*time.Second, false)
	if today, err := c.ledger.SentToday(t.Context()); today != 2 || err != nil {
		t.Error(today, err)
	}
	send(4, 24*time.Hour, true)
}
