package lookup

import "math"

// Estimate returns the estimated cost, in yuan, of a number of calls. known is false if
// there is no price.
func Estimate(calls int, price float64) (yuan float64, known bool) {
	if price <= 0 {
		return 0, false
	}
	const precision = 1e4 // rounds away floating-point noise
	return math.Round(float64(calls)*price*precision) / precision, true
}
