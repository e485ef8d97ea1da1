package ledger_test

import (
	"testing"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
)

const oneDay = 24 * time.Hour

// usage is a ledger that is used day by day, by a clock that may be wrong.
type usage struct {
	*ledger.Ledger
	t   *testing.T
	now *time.Time
	n   int
}

func newUsed(t *testing.T, keep time.Duration) *usage {
	t.Helper()
	now := noon
	o := options(t.TempDir())
	o.Encryption, o.Retention, o.Now = ledger.EncryptionNone, keep, func() time.Time { return now }
	l := ledger.New(o)
	t.Cleanup(func() { l.Close() })
	return &usage{l, t, &now, 0}
}

// on makes a lookup so many days after noon. What the clock says is accepted.
func (u *usage) on(day int) {
	u.t.Helper()
	u.at(noon.Add(time.Duration(day) * oneDay))
}

func (u *usage) at(now time.Time) {
	u.t.Helper()
	*u.now = now
	u.n++
	rec := record(u.n, juhe.Match)
	rec.At = now
	past, err := u.Prior(u.t.Context(), rec)
	if err == nil && past.CheckClock(now) != "" {
		err = u.AcceptClock(u.t.Context(), now)
	}
	if err != nil {
		u.t.Fatal(err)
	}
	made(u.t, u, rec)
}

// expires purges, and makes sure that nothing is left that is older than so many
// days before noon, and all that is not.
func (u *usage) expires(why string, oldest int, held bool) {
	u.t.Helper()
	before, _ := u.Search(u.t.Context(), lookup.Search{Limit: 10000})
	e, err := u.PurgeExpired(u.t.Context())
	page, _ := u.Search(u.t.Context(), lookup.Search{Limit: 10000})
	want := 0
	for _, rec := range before.Records {
		if rec.At.After(noon.Add(-time.Duration(oldest)*oneDay - oneDay/2)) {
			want++
		}
	}
	if err != nil || len(page.Records) != want || e.Deleted != len(before.Records)-want || e.Postponed != held {
		u.t.Errorf("%s: %d of %d are left, want %d; %+v, %v", why, len(page.Records), len(before.Records), want, e, err)
	}
}

// TestExpire: what is older than is kept is purged a day of use later, whatever
// the clock says meanwhile.
func TestExpire(t *testing.T) {
	t.Parallel()
	u := newUsed(t, 30*oneDay)
	u.on(-60)
	u.expires("the first day", 60, false)
	for day := -59; day <= 0; day += 3 {
		u.on(day)
	}
	u.expires("used every three days", 30+5, false)
	u.expires("again", 30+5, false)
	u.on(1)
	u.expires("days later", 30+2, false)
	*u.now = noon.Add(2 * oneDay)
	u.expires("a day without a lookup", 30-1, false)
}

// nothing makes sure that nothing is purged.
func (u *usage) nothing(why string) {
	u.t.Helper()
	if e, err := u.PurgeExpired(u.t.Context()); e.Deleted != 0 || err != nil {
		u.t.Errorf("%s: %+v, %v", why, e, err)
	}
}

// TestExpireWrongClock: a clock that is wrong, for one command or for days, deletes
// nothing; nor does it when it is right again.
func TestExpireWrongClock(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		wrong time.Time
		days  int // of use by it until it cannot be told from the right one
	}{
		"+1m": {noon.Add(time.Minute), 1}, "-1m": {noon.Add(-time.Minute), 1},
		"+25h": {noon.Add(25 * time.Hour), 1}, "-25h": {noon.Add(-25 * time.Hour), 1},
		"+40d": {noon.Add(40 * oneDay), 7}, "-40d": {noon.Add(-40 * oneDay), 7},
		"1970": {time.Unix(0, 0), 7}, "2099": {time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), 7}, "a year": {noon.Add(400 * oneDay), 7},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUsed(t, 60*oneDay)
			for day := -60; day <= 0; day += 4 {
				u.on(day)
			}
			u.nothing("all of it is young")
			*u.now = test.wrong
			u.nothing("the clock is wrong")
			for day := range test.days {
				u.at(test.wrong.Add(time.Duration(day) * oneDay))
				u.nothing("it is used by a wrong clock")
			}
			u.on(0)
			u.nothing("the clock is right again")
		})
	}
}

// TestExpireNeverAll: what would go all at once, since nothing was looked up for
// long or the clock was wrong for as long as you like, is left until somebody says so.
func TestExpireNeverAll(t *testing.T) {
	t.Parallel()
	u := newUsed(t, 30*oneDay)
	for day := -40; day <= 0; day += 2 {
		u.on(day)
	}
	u.expires("used every other day", 32, false)
	u.on(1)
	u.expires("the next day", 30, false)
	u.at(time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC))
	u.expires("years later", 29, false) // what was old before
	for day := range 20 {
		u.at(time.Date(2099, 1, 2+day, 0, 0, 0, 0, time.UTC))
		u.nothing("years later")
	}
	yearly := newUsed(t, 365*oneDay)
	for year := range 12 {
		yearly.on(-400 * (12 - year))
		yearly.expires("once a year", 400*12, year > 0)
	}
	if n, err := yearly.Purge(t.Context(), yearly.now.Add(-365*oneDay)); n != 11 || err != nil {
		t.Error(n, err)
	}
}

// TestExpireUnsent: by a clock that is wrong no certificate is good, so that nothing
// is sent; days without anything sent bear out no clock.
func TestExpireUnsent(t *testing.T) {
	t.Parallel()
	u := newUsed(t, 60*oneDay)
	for day := -60; day <= 0; day += 4 {
		u.on(day)
	}
	for day := range 10 {
		*u.now = noon.Add(time.Duration(40+day) * oneDay)
		rec := record(1000+day, juhe.Unsent)
		rec.At = *u.now
		made(t, u, rec)
		u.nothing("nothing was sent")
	}
}

// TestExpireAfterPause: a pause counts once days of use have followed it.
func TestExpireAfterPause(t *testing.T) {
	t.Parallel()
	u := newUsed(t, 365*oneDay)
	for day := -500; day <= -140; day += 10 {
		u.on(day)
	}
	u.expires("used every ten days", 500, false)
	for day := -99; day <= -92; day++ {
		u.on(day)
		u.expires("after the pause", 500, true)
	}
	u.on(-91)
	u.expires("and days of use", 92+365, false)
}

// TestExpireImported: an own backup that was restored by a clock that is wrong stays.
func TestExpireImported(t *testing.T) {
	t.Parallel()
	u := newUsed(t, 30*oneDay)
	if _, err := u.Import(t.Context(), matches(60)[50:]); err != nil {
		t.Fatal(err)
	}
	for day := range 20 {
		u.at(time.Date(2099, 1, 1+day, 0, 0, 0, 0, time.UTC))
		u.nothing("imported")
	}
}
