// Package lookup makes look-ups: normalise, check, call, and one Record of how
// it ended. It is the only caller of the client, for the form, for commands
// and for batches alike.
package lookup

import (
	"crypto/rand"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Record is one look-up: what was asked, in its normal form, and how it ended.
type Record struct {
	ID      string
	At      time.Time // when it was asked
	Service string    // the base URL it went to
	Query   juhe.Query
	Reply   juhe.Reply
	Remarks []ident.Remark
	// Repeated is the ID of the earlier look-up that answered this one.
	Repeated string
	Elapsed  time.Duration
}

// newID makes an ID that sorts by time and that a person can read out:
// 20261123-155415-k7qx2m9p, in UTC.
func newID(at time.Time) string {
	return at.UTC().Format("20060102-150405-") + strings.ToLower(rand.Text()[:8])
}
