package batch

import "time"

// SetBackoff sets how long a run waits that was refused for haste.
func (b *Batch) SetBackoff(d time.Duration) { b.backoff = d }
