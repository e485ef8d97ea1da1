package juhe

import "time"

// Beijing returns the time zone in which the service counts days. China has had no
// daylight saving time since 1991.
func Beijing() *time.Location { return time.FixedZone("CST", 8*60*60) }
