package ledger

import (
	"time"

	"fourfactor/juhe"
)

// A wrong clock must not delete the history. So ages are measured not from today but from
// the last trusted day before today on which lookups were sent. A day that follows a gap
// longer than MaxGap is trusted only once lookups have been sent on more than
// ConfirmingDays days since the gap. So lookups are deleted somewhat later than the
// operator has set.
const (
	MaxGap         = 31 * 24 * time.Hour
	ConfirmingDays = 7
)

// TrustedDay returns the newest trusted day, or the zero time if there is none. days are the
// newest days before today on which lookups were sent, as lookup.BeijingDate returns them:
// at most ConfirmingDays+1, newest first.
func TrustedDay(days []string) (trusted time.Time) {
	later := time.Time{}
	for _, text := range days {
		day, err := time.ParseInLocation(time.DateOnly, text, juhe.Beijing())
		if err != nil {
			continue
		}
		if trusted.IsZero() || later.Sub(day) > MaxGap {
			trusted = day
		}
		later = day
	}
	return trusted
}
