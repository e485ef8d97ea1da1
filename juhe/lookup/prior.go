package lookup

import (
	"net/url"
	"path"
	"strings"
	"time"
)

// Prior is the information from a ledger by which a Guard decides about a lookup.
type Prior struct {
	// Concluded has the finished lookups of the same factors at any base URL of the
	// service, newest first. Older ones that cannot change a Guard's decision may be
	// missing. See MayBeSameService.
	Concluded []Record
	// Pending is the newest lookup of the same factors that is in progress, or nil.
	Pending *Record
	// HistoryLostAt is the time at which the lookups of a damaged or missing ledger
	// were lost; zero if that has not happened.
	HistoryLostAt time.Time
	// SentToday is the number of lookups that all processes have sent on this day in
	// Beijing. It includes deleted ones and excludes those that were certainly free.
	// If the clock was set back, it also includes those of later days.
	SentToday int
	// LatestIntentAt is the latest time of an intent since an operator last confirmed the
	// clock, else the time of that confirmation, or zero.
	LatestIntentAt time.Time
}

// clockSlack is the time by which the clock may lag behind LatestIntentAt without
// consent: time synchronisation sets clocks back by seconds.
const clockSlack = 2 * time.Minute

// ClockBehind returns LatestIntentAt if now is more than clockSlack before it, and ""
// otherwise. The text, in ZonedTimeLayout, is shown to the operator and is the value of
// Consent.ClockBehind that confirms the clock.
func (p Prior) ClockBehind(now time.Time) string {
	if p.LatestIntentAt.Sub(now) <= clockSlack {
		return ""
	}
	return p.LatestIntentAt.Format(ZonedTimeLayout)
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
