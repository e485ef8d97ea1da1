package ledger

import (
	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// Lost returns the outcome of a lookup that was pending in a process that has ended.
func Lost(intent lookup.Record) lookup.Record {
	intent.Reply = juhe.Reply{
		Outcome: juhe.Lost, Billable: juhe.BillableUnknown,
		Fault: juhe.Fault{Kind: juhe.FaultProcessEnded},
	}
	return intent
}

// Replaceable reports whether a late outcome replaces a concluded lookup: only if that one
// was taken for lost while its process was alive.
func Replaceable(concluded lookup.Record) bool {
	return concluded.Reply.Fault.Kind == juhe.FaultProcessEnded
}

// CountsAsSent reports whether a lookup counts as sent on its day.
func CountsAsSent(rec lookup.Record) bool {
	return rec.Reply.Outcome != juhe.Unsent && rec.Reply.Billable != juhe.BillableNo
}

// CancelledRow reports whether a run stopped before it sent a row, so that there was no
// lookup.
func CancelledRow(rec lookup.Record) bool {
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
