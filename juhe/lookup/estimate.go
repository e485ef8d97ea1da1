package lookup

import "math"

// Estimate is what so many calls may cost in yuan, at a price for each of them. It
// is not known where there is no price. Every estimate that is shown comes from
// here.
func Estimate(calls int, price float64) (yuan float64, known bool) {
	if price <= 0 {
		return 0, false
	}
	const fine = 1e4 // parts of a yuan; beyond them there is only noise
	return math.Round(float64(calls)*price*fine) / fine, true
}
