package lookup

import (
	"slices"
	"sync"

	"fourfactor/juhe"
)

// unrecordedList holds lookups that were sent, and perhaps billed, but that the ledger
// could not record. The guard takes them into account for as long as this process
// runs.
type unrecordedList struct {
	mu   sync.Mutex
	recs []unrecordedRecord // oldest first
}

type unrecordedRecord struct {
	Record
	intentRecorded bool // so Prior.SentToday includes it
}

// maxUnrecorded is the maximum length of an unrecordedList. The oldest lookups are
// dropped.
const maxUnrecorded = 1000

// add adds rec if the ledger failed to record it and it may have been billed.
// intentRecorded reports whether only the outcome is missing in the ledger.
func (u *unrecordedList) add(rec Record, intentRecorded bool) {
	if rec.RecordErr == nil || rec.Reply.Billable == juhe.BillableNo {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.recs) == maxUnrecorded {
		u.recs = slices.Delete(u.recs, 0, 1)
	}
	u.recs = append(u.recs, unrecordedRecord{rec, intentRecorded})
}

// merge returns prior with the unrecorded lookups: those of the same factors as rec in
// Concluded, and all that the ledger does not count in SentToday. It first drops those
// that are in prior.Concluded.
func (u *unrecordedList) merge(prior Prior, rec Record) Prior {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.recs = slices.DeleteFunc(u.recs, func(r unrecordedRecord) bool { return slices.ContainsFunc(prior.Concluded, r.hasSameID) })
	merged := false
	for _, r := range u.recs {
		if !r.intentRecorded && BeijingDate(r.At) >= BeijingDate(rec.At) {
			prior.SentToday++
		}
		if !MayBeSameService(r.Service, rec.Service) || !SameFactors(r.Query.Factors, rec.Query.Factors) {
			continue
		}
		if prior.Pending != nil && r.hasSameID(*prior.Pending) { // for the ledger it is still in progress
			prior.Pending = nil
		}
		prior.Concluded, merged = append(prior.Concluded, r.Record), true
	}
	if merged {
		slices.SortStableFunc(prior.Concluded, func(a, b Record) int { return b.At.Compare(a.At) })
	}
	return prior
}

func (r Record) hasSameID(other Record) bool { return r.ID == other.ID }
