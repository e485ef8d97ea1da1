package lookup

import (
	"net/url"
	"path"
	"strings"
	"time"
)

// Prior is what a ledger knows before a look-up.
type Prior struct {
	// Concluded are the settled look-ups of the same factors, at this service or
	// another address of it, that a guard may want to see, the newest first: of
	// each sort the newest.
	Concluded []Record
	// Pending is the newest one that is not settled, if there is one.
	Pending *Record
	// HistoryLostAt is when a ledger was damaged that knew of what was before; zero
	// if none was.
	HistoryLostAt time.Time
	// SentToday is how many were sent on that day in Beijing, by every process,
	// whether they are still in the ledger or not, but for those that were
	// certainly free. With a clock that has gone back it is all since that day.
	SentToday int
	// NewestAt is the newest time at which a look-up was about to be sent; zero if
	// none was. It only goes back when an operator says that the clock is right.
	NewestAt time.Time
}

// clockSlack is how far the clock may be behind without a question: clocks are
// put right by seconds now and then.
const clockSlack = 2 * time.Minute

// CheckClock is the newest time as a fault tells it, if a clock that says now is behind
// it; else it is empty.
func (p Prior) CheckClock(now time.Time) string {
	if p.NewestAt.Sub(now) <= clockSlack {
		return ""
	}
	return p.NewestAt.Format(TimeZoned)
}

// MayBeSameService tells whether a look-up at one service may have gone to the other:
// they are the same, or differ only in how the host is reached. Ports, names and
// http say nothing of what answers behind them.
func MayBeSameService(a, b string) bool { return a == b || servicePath(a) == servicePath(b) }

// servicePath is the path of a base URL, however it is spelt.
func servicePath(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	return strings.ToLower(path.Clean("/" + u.Path))
}
