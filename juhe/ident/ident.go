// Package ident normalises, recognises, checks and masks the four factors of a
// verification: company name, company mark, a person's name and the number of
// that person's document.
//
// Checks give remarks and never refuse: real identifiers exist that fail the
// check digit of their own standard. Nothing here reads a clock or the network.
package ident

import (
	"slices"

	"fourfactor/juhe"
)

// Rule is what a remark is about.
type Rule string

// The rules.
const (
	RuleLength    Rule = "length"    // no identifier of this field is that long
	RuleCharset   Rule = "charset"   // a character that cannot stand there
	RuleChecksum  Rule = "checksum"  // the check digit is another one
	RuleRegion    Rule = "region"    // no such province, or no such class of organisation
	RuleDate      Rule = "date"      // no such day, or one in the future
	RuleOrgCheck  Rule = "org_check" // the organisation code inside a USCC fails its own check
	RuleChanged   Rule = "changed"   // normalising changed what was typed
	RuleLookalike Rule = "lookalike" // a character that only looks like the registered one
	RuleKind      Rule = "kind"      // a kind that cannot be checked, is not taken here, or belongs in another field

	// RulePlaceholder is no value at all, which is never sent: see Absence.
	RulePlaceholder Rule = "placeholder"
	// RuleName is a name that no register has as it stands: see Finding.
	RuleName Rule = "name"
)

// Rules returns every rule, in the order of the constants.
func Rules() []Rule {
	return []Rule{
		RuleLength, RuleCharset, RuleChecksum, RuleRegion, RuleDate,
		RuleOrgCheck, RuleChanged, RuleLookalike, RuleKind, RulePlaceholder, RuleName,
	}
}

// Warning is one thing worth knowing about a field before paying for a lookup.
// It never carries any part of the value, which is personal data.
type Warning struct {
	Field    juhe.Factor `json:"Field"`
	Rule     Rule
	Kind     Kind      // the kind recognised, or KindNone
	Changes  []Change  // with RuleChanged only
	Absence  Absence   `json:",omitzero"` // with RulePlaceholder only
	Findings []Finding `json:",omitzero"` // with RuleLookalike and RuleName only; older records do not have them
}

// NeedsConfirmation reports whether the remark is a warning, which an operator has to hear
// before paying. That normalising changed something is only told. Form, commands and
// batches decide by this, and count rows with warnings by it.
func (w Warning) NeedsConfirmation() bool { return w.Rule != RuleChanged }

// ChangedWarning returns the remark that normalising f made changes, and false if it
// made none.
func ChangedWarning(f juhe.Factor, changes []Change) (Warning, bool) {
	if len(changes) == 0 {
		return Warning{}, false
	}
	return Warning{Field: f, Rule: RuleChanged, Changes: slices.Clone(changes)}, true
}
