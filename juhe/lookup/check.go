package lookup

import (
	"slices"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// Check brings a query into its normal form and remarks on it, without
// sending anything. The remarks come field by field: what normalising changed,
// then what is odd about the value or does not fit the endpoint. A placeholder has
// that remark alone, and is no value: see CheckInput.
func Check(q juhe.Query, now time.Time) (juhe.Query, []ident.Warning) {
	var remarks []ident.Warning
	for _, f := range ident.Fields() {
		value := field(&q.Factors, f)
		typed := *value
		normal, changes := ident.Normalize(f, typed)
		*value = normal
		if absence := ident.AbsenceOf(f, typed); absence != ident.AbsentNot {
			remarks = append(remarks, ident.Warning{Field: f, Rule: ident.RulePlaceholder, Absence: absence})
			continue
		}
		if r, ok := ident.ChangedWarning(f, changes); ok {
			remarks = append(remarks, r)
		}
		checked := ident.Check(f, normal, acceptedKinds(q.API, f), now)
		if finding := ident.SpacingFinding(typed); f == ident.Realname && finding != "" {
			checked = withFinding(checked, f, finding)
		}
		remarks = append(remarks, checked...)
	}
	if ident.IsSoleTrader(q.Entmark) {
		remarks = withoutFinding(remarks, ident.FindingPerson)
	}
	return q, remarks
}

// withFinding adds a finding about a name.
func withFinding(remarks []ident.Warning, f ident.Field, finding ident.Finding) []ident.Warning {
	rule := finding.Rule()
	for i := range remarks {
		if r := &remarks[i]; r.Rule == rule {
			if !slices.Contains(r.Findings, finding) {
				r.Findings = append(r.Findings, finding)
			}
			return remarks
		}
	}
	return append(remarks, ident.Warning{Field: f, Rule: rule, Findings: []ident.Finding{finding}})
}

// withoutFinding drops a finding that what is known of another factor explains.
func withoutFinding(remarks []ident.Warning, finding ident.Finding) []ident.Warning {
	return slices.DeleteFunc(remarks, func(r ident.Warning) bool { return slices.Equal(r.Findings, []ident.Finding{finding}) })
}

// SuggestValue is what may be offered for a factor, as it was typed: the organisation code
// that a credit code has in it, where the endpoint wants that one, and a name with
// the standard characters in the place of those of private use. It is empty where
// nothing better is known.
func SuggestValue(api juhe.API, f ident.Field, typed string) string {
	value, _ := ident.Normalize(f, typed)
	switch f {
	case ident.Entmark:
		if api == juhe.APIQueryV2 && ident.KindOf(f, value) == ident.KindUSCC && len(ident.Check(f, value, nil, time.Time{})) == 0 {
			return value[8:17] // GB 32100-2015
		}
	case ident.Entname, ident.Realname:
		if better, characters := ident.ReplacePrivateUse(value); characters != "" || better != value {
			better, _ = ident.Normalize(f, better)
			return better
		}
	}
	return ""
}

// NeedingConfirmation are the remarks that an operator has to hear before paying: see
// ident.Remark.Warns.
func NeedingConfirmation(remarks []ident.Warning) []ident.Warning {
	var warnings []ident.Warning
	for _, r := range remarks {
		if r.NeedsConfirmation() {
			warnings = append(warnings, r)
		}
	}
	return warnings
}

// acceptedKinds lists the identifiers that an endpoint's document names for a field;
// nil means any. A document of any kind may have been used for registration,
// so only queryV2, which says 身份证号, is narrow there.
func acceptedKinds(api juhe.API, f ident.Field) []ident.Kind {
	v2 := api == juhe.APIQueryV2
	switch {
	case f == ident.Entmark && v2:
		return []ident.Kind{ident.KindOrgcode}
	case f == ident.Entmark:
		return []ident.Kind{ident.KindUSCC, ident.KindRegno, ident.KindRegnoOld}
	case f == ident.Idcard && v2:
		return []ident.Kind{
			ident.KindResident18, ident.KindResident15,
			ident.KindPermitHKMO, ident.KindPermitTW, ident.KindPermitForeign,
		}
	}
	return nil
}

// NormalizeFactors are factors in their normal form.
func NormalizeFactors(factors juhe.Factors) juhe.Factors {
	for _, f := range ident.Fields() {
		value := field(&factors, f)
		*value, _ = ident.Normalize(f, *value)
	}
	return factors
}

// ComparableFactors are factors as they are compared with others: see ident.Same.
func ComparableFactors(factors juhe.Factors) juhe.Factors {
	for _, f := range ident.Fields() {
		value := field(&factors, f)
		*value = ident.Comparable(f, *value)
	}
	return factors
}

// SameFactors tells whether two look-ups ask the same.
func SameFactors(a, b juhe.Factors) bool {
	return a == b || ComparableFactors(a) == ComparableFactors(b)
}

// Value is the factor of a field.
func Value(factors juhe.Factors, f ident.Field) string { return *field(&factors, f) }

// SetValue sets the factor of a field.
func SetValue(factors *juhe.Factors, f ident.Field, value string) { *field(factors, f) = value }

func field(factors *juhe.Factors, f ident.Field) *string {
	switch f {
	case ident.Entname:
		return &factors.Entname
	case ident.Entmark:
		return &factors.Entmark
	case ident.Realname:
		return &factors.Realname
	}
	return &factors.Idcard
}
