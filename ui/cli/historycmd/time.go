package historycmd

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/ui/cli"
)

// parseTime parses a time in the past for --since or --older-than. See
// parsePast.
func parseTime(s *cli.Session, text string) (time.Time, error) {
	at, ok := parsePast(text, s.Now())
	switch {
	case !ok:
		return at, cli.UsageError(fmt.Sprintf(s.Messages.Records.BadTime, juhe.Sanitize(text)))
	case at.After(s.Now()):
		return at, cli.UsageError(fmt.Sprintf(s.Messages.Records.Future, text))
	}
	return at, nil
}

// parsePast parses a date, a local date and time, a time of RFC 3339, or a time
// before now such as 90d or 12h. A day is 24 hours. It reports whether text is
// valid.
func parsePast(text string, now time.Time) (time.Time, bool) {
	if d, ok := parseSpan(text); ok {
		return now.Add(-d), true
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02 15:04", "2006-01-02T15:04", time.DateTime, "2006-01-02T15:04:05", time.RFC3339} {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// parseSpan parses a positive duration: whole days as in 90d, or Go's format.
func parseSpan(text string) (time.Duration, bool) {
	const day = 24 * time.Hour
	if number, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.ParseInt(number, 10, 64)
		return time.Duration(n) * day, err == nil && n > 0 && n <= int64(math.MaxInt64/day)
	}
	d, err := time.ParseDuration(text)
	return d, err == nil && d > 0
}
