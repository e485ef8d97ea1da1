package ledgertest

import (
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

const oneDay = 24 * time.Hour

// clockedLedger is a ledger with a clock that can be wrong.
type clockedLedger struct {
	ledger.Ledger
	t   *testing.T
	now *time.Time
	n   int
}

func newClockedLedger(t *testing.T, newLedger New, retention time.Duration) *clockedLedger {
	t.Helper()
	now := Noon
	open := newLedger(t, Options{retention, func() time.Time { return now }})
	return &clockedLedger{open(t), t, &now, 0}
}

// lookupOn records a lookup so many days after Noon, and accepts the clock.
func (l *clockedLedger) lookupOn(day int) {
	l.t.Helper()
	l.lookupAt(Noon.Add(time.Duration(day) * oneDay))
}

func (l *clockedLedger) lookupAt(now time.Time) {
	l.t.Helper()
	*l.now = now
	l.n++
	rec := NewRecord(l.n, juhe.Match)
	rec.At = now
	prior, err := l.Prior(l.t.Context(), rec)
	if err == nil && prior.ClockBehind(now) != "" {
		err = l.AcceptClock(l.t.Context(), now)
	}
	if err != nil {
		l.t.Fatal(err)
	}
	MustRecord(l.t, l, rec)
}

// assertExpires calls PurgeExpired and checks that it deletes the lookups more than
// oldest days before Noon, and no others.
func (l *clockedLedger) assertExpires(name string, oldest int, postponed bool) {
	l.t.Helper()
	before, _ := l.Search(l.t.Context(), lookup.Search{Limit: 10000})
	e, err := l.PurgeExpired(l.t.Context())
	page, _ := l.Search(l.t.Context(), lookup.Search{Limit: 10000})
	want := 0
	for _, rec := range before.Records {
		if rec.At.After(Noon.Add(-time.Duration(oldest)*oneDay - oneDay/2)) {
			want++
		}
	}
	if err != nil {
		l.t.Fatal(err)
	}
	Check(l.t, name+": lookups left", len(page.Records), want)
	Check(l.t, name+": deleted", e.Deleted, len(before.Records)-want)
	Check(l.t, name+": postponed", e.Postponed, postponed)
}

// testPurgeExpired expects lookups older than the retention to be deleted a day of use
// later, whatever the clock says meanwhile.
func testPurgeExpired(t *testing.T, newLedger New) {
	l := newClockedLedger(t, newLedger, 30*oneDay)
	l.lookupOn(-60)
	l.assertExpires("the first day", 60, false)
	for day := -59; day <= 0; day += 3 {
		l.lookupOn(day)
	}
	l.assertExpires("used every three days", 30+5, false)
	l.assertExpires("again", 30+5, false)
	l.lookupOn(1)
	l.assertExpires("days later", 30+2, false)
	*l.now = Noon.Add(2 * oneDay)
	l.assertExpires("a day without a lookup", 30-1, false)
}

// assertKeepsAll calls PurgeExpired and checks that it deletes nothing.
func (l *clockedLedger) assertKeepsAll(name string) {
	l.t.Helper()
	if e, err := l.PurgeExpired(l.t.Context()); e.Deleted != 0 || err != nil {
		l.t.Errorf("%s: got %+v, %v", name, e, err)
	}
}

// testExpireWrongClock expects a wrong clock to delete nothing, whether it is wrong for
// one command or for days, and nothing to be deleted once it is right again.
func testExpireWrongClock(t *testing.T, newLedger New) {
	for name, test := range map[string]struct {
		wrong time.Time
		days  int // of use until it counts as right
	}{
		"+1m": {Noon.Add(time.Minute), 1}, "-1m": {Noon.Add(-time.Minute), 1},
		"+25h": {Noon.Add(25 * time.Hour), 1}, "-25h": {Noon.Add(-25 * time.Hour), 1},
		"+40d": {Noon.Add(40 * oneDay), 7}, "-40d": {Noon.Add(-40 * oneDay), 7},
		"1970": {time.Unix(0, 0), 7}, "2099": {time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), 7}, "a year": {Noon.Add(400 * oneDay), 7},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newClockedLedger(t, newLedger, 60*oneDay)
			for day := -60; day <= 0; day += 4 {
				l.lookupOn(day)
			}
			l.assertKeepsAll("all of it is newer")
			*l.now = test.wrong
			l.assertKeepsAll("the clock is wrong")
			for day := range test.days {
				l.lookupAt(test.wrong.Add(time.Duration(day) * oneDay))
				l.assertKeepsAll("it is used by a wrong clock")
			}
			l.lookupOn(0)
			l.assertKeepsAll("the clock is right again")
		})
	}
}

// testExpireNeverAll expects lookups to be kept that would be deleted all at once, after
// a long pause or under a clock that is wrong for any time.
func testExpireNeverAll(t *testing.T, newLedger New) {
	l := newClockedLedger(t, newLedger, 30*oneDay)
	for day := -40; day <= 0; day += 2 {
		l.lookupOn(day)
	}
	l.assertExpires("used every other day", 32, false)
	l.lookupOn(1)
	l.assertExpires("the next day", 30, false)
	l.lookupAt(time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC))
	l.assertExpires("years later", 29, false) // what was old before
	for day := range 20 {
		l.lookupAt(time.Date(2099, 1, 2+day, 0, 0, 0, 0, time.UTC))
		l.assertKeepsAll("years later")
	}
	yearly := newClockedLedger(t, newLedger, 365*oneDay)
	for year := range 12 {
		yearly.lookupOn(-400 * (12 - year))
		yearly.assertExpires("once a year", 400*12, year > 0)
	}
	if n, err := yearly.Purge(t.Context(), yearly.now.Add(-365*oneDay)); n != 11 || err != nil {
		t.Errorf("got %v, %v, want 11", n, err)
	}
}

// testExpireUnsent expects days on which nothing was sent not to confirm the clock. With
// a wrong clock TLS fails and nothing is sent.
func testExpireUnsent(t *testing.T, newLedger New) {
	l := newClockedLedger(t, newLedger, 60*oneDay)
	for day := -60; day <= 0; day += 4 {
		l.lookupOn(day)
	}
	for day := range 10 {
		*l.now = Noon.Add(time.Duration(40+day) * oneDay)
		rec := NewRecord(1000+day, juhe.Unsent)
		rec.At = *l.now
		MustRecord(t, l, rec)
		l.assertKeepsAll("nothing was sent")
	}
}

// testExpireAfterPause expects a pause to count after some days of use.
func testExpireAfterPause(t *testing.T, newLedger New) {
	l := newClockedLedger(t, newLedger, 365*oneDay)
	for day := -500; day <= -140; day += 10 {
		l.lookupOn(day)
	}
	l.assertExpires("used every ten days", 500, false)
	for day := -99; day <= -92; day++ {
		l.lookupOn(day)
		l.assertExpires("after the pause", 500, true)
	}
	l.lookupOn(-91)
	l.assertExpires("and days of use", 92+365, false)
}

// testExpireImported expects imported lookups to be kept under a wrong clock.
func testExpireImported(t *testing.T, newLedger New) {
	l := newClockedLedger(t, newLedger, 30*oneDay)
	if _, err := l.Import(t.Context(), NewMatches(60)[50:]); err != nil {
		t.Fatal(err)
	}
	for day := range 20 {
		l.lookupAt(time.Date(2099, 1, 1+day, 0, 0, 0, 0, time.UTC))
		l.assertKeepsAll("imported")
	}
}
