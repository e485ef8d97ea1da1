package batch

import "time"

// SetPendingTimeout sets the timeout for lookups that others have in progress.
func (b *Runner) SetPendingTimeout(d time.Duration) { b.pendingTimeout = d }

// SetBackoff sets the first delay after a rate-limit refusal.
func (b *Runner) SetBackoff(d time.Duration) { b.backoff = d }

// IsFailure reports whether a lookup points to a fault of the service or the network.
var IsFailure = isFailure
