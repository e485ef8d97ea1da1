package ledger

import (
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

// Need reports whether the guard needs a concluded lookup. It is called with the lookups of
// the same factors, newest first.
func (r Repeats) Need(earlier lookup.Record) bool {
	kind := repeatKind{
		earlier.Service == r.rec.Service, earlier.Imported, earlier.At.After(r.rec.At), earlier.Reply.Outcome.IsVerdict(),
		earlier.Query.API, earlier.Query.Regstatus, earlier.Reply.Regstatus != "", earlier.Reply.Billable,
	}
	if earlier.Reply.Billable == juhe.BillableNo || r.seen[kind] || !r.Has(earlier) {
		return false
	}
	r.seen[kind] = true
	return true
}

// Has reports whether the lookup has the same factors as an earlier one and goes to the
// same service.
func (r Repeats) Has(earlier lookup.Record) bool {
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
