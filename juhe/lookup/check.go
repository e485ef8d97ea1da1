package lookup

import (
	"slices"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Check returns the normal form of a query and the warnings about it, in the order of
// the factors. For each factor, a warning of RuleChanged comes first. A placeholder has
// no warning but RulePlaceholder. It cannot be sent: see CheckInput.
func Check(q juhe.Query, now time.Time) (juhe.Query, []ident.Warning) {
	var warnings []ident.Warning
	for f := range juhe.NumFactors {
		typed := q.Factors[f]
		normal, changes := ident.Normalize(f, typed)
		q.Factors[f] = normal
		if placeholder := ident.PlaceholderOf(f, typed); placeholder != ident.NotPlaceholder {
			warnings = append(warnings, ident.Warning{Factor: f, Rule: ident.RulePlaceholder, Placeholder: placeholder})
			continue
		}
		if w, ok := ident.ChangedWarning(f, changes); ok {
			warnings = append(warnings, w)
		}
		found := ident.Check(f, normal, acceptedKinds(q.API, f), now)
		if finding := ident.SpacingFinding(typed); f == juhe.Realname && finding != "" {
			found = withFinding(found, f, finding)
		}
		warnings = append(warnings, found...)
	}
	if ident.IsSoleTrader(q.Factors[juhe.Entmark]) {
		// A sole trader may be named like a person.
		warnings = dropWarningsWithOnly(warnings, ident.FindingPerson)
	}
	return q, warnings
}

// withFinding adds a finding about f to warnings.
func withFinding(warnings []ident.Warning, f juhe.Factor, finding ident.Finding) []ident.Warning {
	rule := finding.Rule()
	for i := range warnings {
		if w := &warnings[i]; w.Rule == rule {
			if !slices.Contains(w.Findings, finding) {
				w.Findings = append(w.Findings, finding)
			}
			return warnings
		}
	}
	return append(warnings, ident.Warning{Factor: f, Rule: rule, Findings: []ident.Finding{finding}})
}

// dropWarningsWithOnly removes the warnings whose only finding is finding. A warning with
// other findings stays unchanged.
func dropWarningsWithOnly(warnings []ident.Warning, finding ident.Finding) []ident.Warning {
	return slices.DeleteFunc(warnings, func(w ident.Warning) bool { return slices.Equal(w.Findings, []ident.Finding{finding}) })
}

// SuggestCorrection returns a better value for a typed factor, or "". For a credit code
// typed where the endpoint expects an organisation code, that is the organisation code
// within it. For a name with private-use characters, it is the name with the standard
// characters.
func SuggestCorrection(api juhe.API, f juhe.Factor, typed string) string {
	value, _ := ident.Normalize(f, typed)
	switch f {
	case juhe.Entmark:
		if api == juhe.APIQueryV2 && ident.KindOf(f, value) == ident.KindUSCC && len(ident.Check(f, value, nil, time.Time{})) == 0 {
			return value[8:17] // characters 9 to 17 of a credit code are the organisation code (GB 32100-2015)
		}
	case juhe.Entname, juhe.Realname:
		if standard, replacements := ident.ReplacePrivateUse(value); replacements != "" || standard != value {
			standard, _ = ident.Normalize(f, standard)
			return standard
		}
	}
	return ""
}

// NeedingConfirmation returns the warnings that an operator must confirm before
// paying.
func NeedingConfirmation(warnings []ident.Warning) []ident.Warning {
	var selected []ident.Warning
	for _, w := range warnings {
		if w.NeedsConfirmation() {
			selected = append(selected, w)
		}
	}
	return selected
}

// acceptedKinds returns the kinds of identifier that the API document names for a factor
// of an endpoint, or nil for any. A person may have registered with any kind of ID, so
// Idcard is limited only for queryV2, where the API document says 身份证号:
// resident IDs, and permits whose numbers have the same form.
func acceptedKinds(api juhe.API, f juhe.Factor) []ident.Kind {
	v2 := api == juhe.APIQueryV2
	switch {
	case f == juhe.Entmark && v2:
		return []ident.Kind{ident.KindOrgcode}
	case f == juhe.Entmark:
		return []ident.Kind{ident.KindUSCC, ident.KindRegno, ident.KindRegnoOld}
	case f == juhe.Idcard && v2:
		return []ident.Kind{
			ident.KindResident18, ident.KindResident15,
			ident.KindPermitHKMO, ident.KindPermitTW, ident.KindPermitForeign,
		}
	}
	return nil
}

// NormalizeFactors returns the factors in normal form.
func NormalizeFactors(factors juhe.Factors) juhe.Factors {
	for f := range juhe.NumFactors {
		factors[f], _ = ident.Normalize(f, factors[f])
	}
	return factors
}

// ComparableFactors returns the factors in the form for comparing them: see
// ident.Comparable.
func ComparableFactors(factors juhe.Factors) juhe.Factors {
	for f := range juhe.NumFactors {
		factors[f] = ident.Comparable(f, factors[f])
	}
	return factors
}

// SameFactors reports whether two sets of factors are the same when compared by
// ComparableFactors.
func SameFactors(a, b juhe.Factors) bool {
	return a == b || ComparableFactors(a) == ComparableFactors(b)
}
