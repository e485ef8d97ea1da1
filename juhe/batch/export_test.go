package batch

import "time"

// SetPatience sets how long a run waits at its end for what others have under way.
func (b *Batch) SetPatience(d time.Duration) { b.patience = d }

// SetBackoff sets how long a run waits that was refused for haste.
func (b *Batch) SetBackoff(d time.Duration) { b.backoff = d }
