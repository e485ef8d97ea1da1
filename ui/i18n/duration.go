package i18n

import (
	"fmt"
	"strings"
	"time"
)

// Durations are the units of time, each with its number.
type Durations struct{ Hours, Minutes, Seconds, Millis string }

// Duration returns d in words, as exact as a person needs it: a tenth of a
// second below ten seconds, and no seconds from an hour.
func (t *Messages) Duration(d time.Duration) string {
	if d > 0 && d < 100*time.Millisecond {
		return fmt.Sprintf(t.Durations.Millis, d.Milliseconds())
	}
	switch {
	case d < 10*time.Second:
		d = d.Round(time.Second / 10)
	case d < time.Hour:
		d = d.Round(time.Second)
	default:
		d = d.Round(time.Minute)
	}
	var parts []string
	if h := d / time.Hour; h > 0 {
		parts = append(parts, fmt.Sprintf(t.Durations.Hours, h))
	}
	if m := d % time.Hour / time.Minute; m > 0 {
		parts = append(parts, fmt.Sprintf(t.Durations.Minutes, m))
	}
	if s := d % time.Minute; s > 0 || len(parts) == 0 {
		parts = append(parts, fmt.Sprintf(t.Durations.Seconds, s.Seconds()))
	}
	return strings.Join(parts, " ")
}

// duration returns what time.Duration.String returned in words, and any other
// text as it is.
func (t *Messages) duration(text string) string {
	d, err := time.ParseDuration(text)
	if err != nil {
		return text
	}
	return t.Duration(d)
}
