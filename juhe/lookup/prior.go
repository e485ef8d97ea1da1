package lookup

import (
	"net/url"
	"path"
	"strings"
	"time"
)

// Prior describes what a ledger knows about the factors of a lookup before it is
// sent.
type Prior struct {
	// Concluded are finished lookups of the same factors, at this service or
	// another address of it, newest first. Of lookups that mean the same to a
	// Guard, only the newest is listed.
	Concluded []Record
	// Pending is the newest lookup that has no outcome yet, or nil.
	Pending *Record
	// HistoryLostAt is the time at which an older ledger was damaged or vanished with
	// its lookups; zero if none was.
	HistoryLostAt time.Time
	// SentToday counts the lookups that every process has sent on this day in Beijing.
	// It includes deleted ones and excludes those that were certainly free. If the
	// clock was set back, it counts all since that day.
	SentToday int
	// NewestAt is the newest time at which a lookup was about to be sent; zero if
	// none was. It goes back only when an operator confirms the clock.
	NewestAt time.Time
}

// clockSlack is how far the clock may be behind without a question: synchronising
// sets clocks back by seconds.
const clockSlack = 2 * time.Minute

// ClockBehind returns NewestAt in the layout ZonedTimeLayout if now is more than clockSlack
// before it, and "" otherwise.
func (p Prior) ClockBehind(now time.Time) string {
	if p.NewestAt.Sub(now) <= clockSlack {
		return ""
	}
	return p.NewestAt.Format(ZonedTimeLayout)
}

// MayBeSameService reports whether two base URLs may lead to the same service. Only
// their paths are compared: different schemes, host names and ports may have the
// same server behind them.
func MayBeSameService(a, b string) bool { return a == b || servicePath(a) == servicePath(b) }

// servicePath returns the path of a base URL, cleaned and in lower case.
func servicePath(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	return strings.ToLower(path.Clean("/" + u.Path))
}
