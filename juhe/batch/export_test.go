package batch

import "time"

// SetPendingTimeout sets how long a run waits at its end for what others have under way.
func (b *Runner) SetPendingTimeout(d time.Duration) { b.pendingTimeout = d }

// SetBackoff sets how long a run waits that was refused for haste.
func (b *Runner) SetBackoff(d time.Duration) { b.backoff = d }
