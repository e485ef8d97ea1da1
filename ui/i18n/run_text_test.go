package i18n_test

import (
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
)

// TestRowMeaning: each row of an output says how it ended, or why it was not sent.
func TestRowMeaning(t *testing.T) {
	t.Parallel()
	record := withCode(juhe.Refused, 10012)
	record.ID = "a"
	warnings := []ident.Warning{{Factor: juhe.Idcard, Rule: ident.RuleChecksum}, {Factor: juhe.Idcard, Rule: ident.RuleDate}}
	issue := func(outcome juhe.Outcome, reused bool, fault lookup.RowFault) batch.RowIssue {
		return batch.RowIssue{UnresolvedRow: lookup.UnresolvedRow{RunRow: lookup.RunRow{Outcome: outcome, Reused: reused}, Fault: fault}}
	}
	empty := lookup.RowFault{Factor: "idcard", Problem: string(lookup.InputEmpty), Warnings: warnings}
	lost, imported, refused := issue(juhe.Lost, true, lookup.RowFault{}), issue(juhe.Lost, true, lookup.RowFault{}), issue(juhe.Refused, false, lookup.RowFault{})
	lost.Record, imported.LostReason, refused.Record = record, juhe.FaultVerdictImported, record
	for _, w := range i18n.Languages() {
		for _, test := range []struct {
			row  batch.RowIssue
			want string
		}{
			{issue("", false, empty), w.RowFault(empty)},
			{issue("", false, lookup.RowFault{Warnings: warnings}), w.Runs.RowWarnings.HeldReason + w.Warning(warnings[0]) + "; " + w.Warning(warnings[1])},
			{issue(juhe.Unsent, false, lookup.RowFault{Warnings: warnings}), w.Runs.RowWarnings.HeldReason + w.RowWarnings(warnings)},
			{batch.RowIssue{}, w.Runs.NotSentYet},
			{lost, w.Faults[juhe.FaultUnsettled]},
			{imported, w.Faults[juhe.FaultVerdictImported]},
			{refused, w.Codes[10012].Meaning},
			{issue(juhe.Match, false, lookup.RowFault{}), w.Runs.Deleted},
		} {
			if got := w.RowMeaning(test.row); got != test.want {
				t.Errorf("%s: %+v: got %q, want %q", w.Lang, test.row, got, test.want)
			}
		}
	}
}
