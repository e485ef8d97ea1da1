package juhe

import "time"

// Beijing returns the time zone in which the service counts days and bills.
// China has kept no summer time since 1991.
func Beijing() *time.Location { return time.FixedZone("CST", 8*60*60) }
