package lookup

import (
	"slices"
	"sync"

	"fourfactor/juhe"
)

// unsaved are look-ups that were sent, and perhaps paid for, and that the ledger
// has not taken. The guard has to know of them all the same, as long as there is
// somebody who does.
type unsaved struct {
	mu   sync.Mutex
	recs []unsavedRecord // the oldest first
}

type unsavedRecord struct {
	Record
	counted bool // the ledger knows that it was sent, if not how it ended
}

// unsavedMost bounds how many are kept.
const unsavedMost = 1000

// keep keeps one that was not recorded; counted tells that its intent was. What was
// certainly free is none of the guard's.
func (u *unsaved) keep(rec Record, counted bool) {
	if rec.Unsaved == nil || rec.Reply.Billable == juhe.BillableNo {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.recs) == unsavedMost {
		u.recs = slices.Delete(u.recs, 0, 1)
	}
	u.recs = append(u.recs, unsavedRecord{rec, counted})
}

// beside is what is known of the factors of rec: what the ledger knows, and these.
// One that the ledger has got since is its own again.
func (u *unsaved) beside(past Past, rec Record) Past {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.recs = slices.DeleteFunc(u.recs, func(r unsavedRecord) bool { return slices.ContainsFunc(past.Same, r.is) })
	ours := false
	for _, r := range u.recs {
		if !r.counted && Day(r.At) >= Day(rec.At) { // the limit counts it all the same
			past.Today++
		}
		if !AnotherAddress(r.Service, rec.Service) || !SameFactors(r.Query.Factors, rec.Query.Factors) {
			continue
		}
		if past.UnderWay != nil && r.is(*past.UnderWay) { // for all the ledger knows
			past.UnderWay = nil
		}
		past.Same, ours = append(past.Same, r.Record), true
	}
	if ours {
		slices.SortStableFunc(past.Same, func(a, b Record) int { return b.At.Compare(a.At) })
	}
	return past
}

func (r Record) is(other Record) bool { return r.ID == other.ID }
