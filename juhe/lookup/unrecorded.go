package lookup

import (
	"slices"
	"sync"

	"fourfactor/juhe"
)

// unrecorded are look-ups that were sent, and perhaps paid for, and that the ledger
// has not taken. The guard has to know of them all the same, as long as there is
// somebody who does.
type unrecorded struct {
	mu   sync.Mutex
	recs []unrecordedRecord // the oldest first
}

type unrecordedRecord struct {
	Record
	inDailyCount bool // the ledger knows that it was sent, if not how it ended
}

// maxUnrecorded bounds how many are kept.
const maxUnrecorded = 1000

// add keeps one that was not recorded; counted tells that its intent was. What was
// certainly free is none of the guard's.
func (u *unrecorded) add(rec Record, counted bool) {
	if rec.RecordErr == nil || rec.Reply.Billable == juhe.BillableNo {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.recs) == maxUnrecorded {
		u.recs = slices.Delete(u.recs, 0, 1)
	}
	u.recs = append(u.recs, unrecordedRecord{rec, counted})
}

// merge is what is known of the factors of rec: what the ledger knows, and these.
// One that the ledger has got since is its own again.
func (u *unrecorded) merge(past Prior, rec Record) Prior {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.recs = slices.DeleteFunc(u.recs, func(r unrecordedRecord) bool { return slices.ContainsFunc(past.Concluded, r.hasSameID) })
	ours := false
	for _, r := range u.recs {
		if !r.inDailyCount && BeijingDate(r.At) >= BeijingDate(rec.At) { // the limit counts it all the same
			past.SentToday++
		}
		if !MayBeSameService(r.Service, rec.Service) || !SameFactors(r.Query.Factors, rec.Query.Factors) {
			continue
		}
		if past.Pending != nil && r.hasSameID(*past.Pending) { // for all the ledger knows
			past.Pending = nil
		}
		past.Concluded, ours = append(past.Concluded, r.Record), true
	}
	if ours {
		slices.SortStableFunc(past.Concluded, func(a, b Record) int { return b.At.Compare(a.At) })
	}
	return past
}

func (r Record) hasSameID(other Record) bool { return r.ID == other.ID }
