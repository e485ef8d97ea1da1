// Package ident normalises, recognises, checks and masks the four factors of a
// verification: a company's name and ID, a person's name and ID number.
//
// Checks return warnings and never refuse a value: real identifiers exist that fail
// the check digit of their own standard. The package reads no clock and no network.
package ident

import (
	"slices"

	"fourfactor/juhe"
)

// Rule is the kind of a Warning.
type Rule string

// The rules.
const (
	RuleLength    Rule = "length"    // no identifier of this field is that long
	RuleCharset   Rule = "charset"   // a character that cannot occur there
	RuleChecksum  Rule = "checksum"  // the check digit is wrong
	RuleRegion    Rule = "region"    // no such province, or no such class of organisation
	RuleDate      Rule = "date"      // not a date, or in the future
	RuleOrgCheck  Rule = "org_check" // the organisation code within a USCC fails its own check
	RuleChanged   Rule = "changed"   // normalising changed what was typed
	RuleLookalike Rule = "lookalike" // a character that resembles the registered one: see Finding
	RuleKind      Rule = "kind"      // a kind that cannot be checked, is not accepted here, or belongs in another field

	// RulePlaceholder is a text that stands for a value and is never sent: see
	// Placeholder.
	RulePlaceholder Rule = "placeholder"
	// RuleName is a name that no register has in this form: see Finding.
	RuleName Rule = "name"
)

// Rules returns every rule, in the order of the constants.
func Rules() []Rule {
	return []Rule{
		RuleLength, RuleCharset, RuleChecksum, RuleRegion, RuleDate,
		RuleOrgCheck, RuleChanged, RuleLookalike, RuleKind, RulePlaceholder, RuleName,
	}
}

// Warning is a warning about a factor, shown before a lookup is paid for. It has no
// part of the value, which is personal data. Ledgers store it as JSON.
type Warning struct {
	Factor      juhe.Factor `json:"Field"`
	Rule        Rule
	Kind        Kind        // the kind recognised, or KindNone
	Changes     []Change    // with RuleChanged only
	Placeholder Placeholder `json:"Absence,omitzero"` // with RulePlaceholder only
	Findings    []Finding   `json:",omitzero"`        // with RuleLookalike and RuleName only; older records do not have them
}

// NeedsConfirmation reports whether an operator must confirm the warning before paying.
// Changes by normalising are only shown.
func (w Warning) NeedsConfirmation() bool { return w.Rule != RuleChanged }

// ChangedWarning returns the warning that normalising f made changes, and false if it
// made none.
func ChangedWarning(f juhe.Factor, changes []Change) (Warning, bool) {
	if len(changes) == 0 {
		return Warning{}, false
	}
	return Warning{Factor: f, Rule: RuleChanged, Changes: slices.Clone(changes)}, true
}
