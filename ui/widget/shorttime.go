package widget

import "time"

// ShortTime formats a time briefly, depending on whether it is of today, of this year,
// or older. today is the word for today.
func ShortTime(now, at time.Time, today string) string {
	at = at.In(now.Location())
	switch {
	case at.Year() == now.Year() && at.YearDay() == now.YearDay():
		return today + at.Format(" 15:04")
	case at.Year() == now.Year():
		return at.Format("01-02 15:04")
	}
	return at.Format(time.DateOnly)
}
