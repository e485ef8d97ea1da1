package ledger

import (
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Repeats selects those earlier lookups of the same factors that the guard needs to decide
// about a lookup: the newest of each kind.
type Repeats struct {
	rec  lookup.Record
	seen map[repeatKind]bool
}

// repeatKind has the properties by which the guard distinguishes lookups of the same
// factors.
type repeatKind struct {
	sameService, imported, isFuture, isVerdict bool
	api                                        juhe.API
	askedRegstatus, hasRegstatus               bool
	billable                                   juhe.Billable
}

// NewRepeats returns the Repeats of a lookup.
func NewRepeats(rec lookup.Record) Repeats { return Repeats{rec, map[repeatKind]bool{}} }

// Needs reports whether the guard needs a concluded lookup. It is called with the lookups of
// the same factors, newest first.
func (r Repeats) Needs(earlier lookup.Record) bool {
	kind := repeatKind{
		earlier.Service == r.rec.Service, earlier.Imported, earlier.At.After(r.rec.At), earlier.Reply.Outcome.IsVerdict(),
		earlier.Query.API, earlier.Query.Regstatus, earlier.Reply.Regstatus != "", earlier.Reply.Billable,
	}
	if earlier.Reply.Billable == juhe.BillableNo || r.seen[kind] || !r.IsRepeat(earlier) {
		return false
	}
	r.seen[kind] = true
	return true
}

// IsRepeat reports whether the lookup has the same factors as an earlier one and goes to the
// same service.
func (r Repeats) IsRepeat(earlier lookup.Record) bool {
	if !lookup.MayBeSameService(earlier.Service, r.rec.Service) {
		return false
	}
	if lookup.SameFactors(earlier.Query.Factors, r.rec.Query.Factors) {
		return true
	}
	// An older version, or the program that an import comes from, may have sent another
	// spelling. Without a verdict such a lookup counts, because it may have been billed.
	// With one it does not, because the verdict is about that spelling, but an imported
	// one counts: it never answers and is only asked about.
	return (earlier.Imported || !earlier.Reply.Outcome.IsVerdict()) &&
		lookup.SameFactors(lookup.NormalizeFactors(earlier.Query.Factors), r.rec.Query.Factors)
}

// Lost returns the outcome of a lookup that was pending in a process that has ended.
func Lost(intent lookup.Record) lookup.Record {
	intent.Reply = juhe.Reply{
		Outcome: juhe.Lost, Billable: juhe.BillableUnknown,
		Fault: juhe.Fault{Kind: juhe.FaultProcessEnded},
	}
	return intent
}

// IsReplaceable reports whether a late outcome replaces a concluded lookup: only if that one
// was taken for lost while its process was alive.
func IsReplaceable(concluded lookup.Record) bool {
	return concluded.Reply.Fault.Kind == juhe.FaultProcessEnded
}

// CountsAsSent reports whether a lookup counts as sent on its day.
func CountsAsSent(rec lookup.Record) bool {
	return rec.Reply.Outcome != juhe.Unsent && rec.Reply.Billable != juhe.BillableNo
}

// IsCancelledRow reports whether a run stopped before it sent a row, so that there was no
// lookup.
func IsCancelledRow(rec lookup.Record) bool {
	return rec.RowRef.Run != 0 && rec.Reply.Outcome == juhe.Unsent && rec.Reply.Fault.Kind == juhe.FaultCancelled
}

// Restored returns a lost or pending lookup, which was not imported, with an answer. ok is
// false if the answer is none or not that of the lookup.
func Restored(stored, answer lookup.Record) (rec lookup.Record, ok bool) {
	answered := answer.Reply.Outcome != juhe.Lost && answer.Reply.Outcome != juhe.Unsent
	if !answered || stored.Service != answer.Service || stored.Query.API != answer.Query.API || stored.Query.Factors != answer.Query.Factors {
		return stored, false
	}
	stored.Reply, stored.Elapsed = answer.Reply, answer.Elapsed
	stored.Reply.Billable = juhe.BillableOf(stored.Reply.Outcome, stored.Code())
	return stored, true
}

// A wrong clock must not delete the history. So ages are measured not from today but from
// the last trusted day before today on which lookups were sent. A day that follows a gap
// longer than MaxGap is trusted only once lookups have been sent on more than
// ConfirmingDays days since the gap. So lookups are deleted somewhat later than the
// operator has set.
const (
	MaxGap         = 31 * 24 * time.Hour
	ConfirmingDays = 7
)

// TrustedDay returns the newest trusted day, or the zero time if there is none. days are the
// newest days before today on which lookups were sent, as lookup.BeijingDate returns them:
// at most ConfirmingDays+1, newest first.
func TrustedDay(days []string) (trusted time.Time) {
	later := time.Time{}
	for _, text := range days {
		day, err := time.ParseInLocation(time.DateOnly, text, juhe.Beijing())
		if err != nil {
			continue
		}
		if trusted.IsZero() || later.Sub(day) > MaxGap {
			trusted = day
		}
		later = day
	}
	return trusted
}
