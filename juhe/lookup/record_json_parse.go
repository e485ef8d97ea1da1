package lookup

import (
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// JSONProblem is the reason why a line of JSON is not a valid lookup.
type JSONProblem string

// The problems of a line of JSON.
const (
	JSONSyntax JSONProblem = "syntax" // not one JSON object of the shape of RecordJSON
	JSONSchema JSONProblem = "schema" // the schema is not 1
	JSONMasked JSONProblem = "masked" // the person is masked
	JSONMember JSONProblem = "member" // a member is missing or has an impossible value

	// ParseRecordJSON does not return these. A caller that reads lines finds them.
	JSONTooLong JSONProblem = "long"
	JSONDemo    JSONProblem = "demo" // the lookup belongs to a demo
)

// JSONError is the error of a line of JSON that is not a valid lookup. Its text contains
// no values of the line.
type JSONError struct {
	Problem JSONProblem
	Member  string // its name, for JSONMember
}

func (e *JSONError) Error() string { return string(e.Problem) + ": " + e.Member }

// ParseRecordJSON parses a line that RecordJSON.Marshal wrote with the person revealed.
// It returns both the lookup and the line. Its error is a *JSONError.
func ParseRecordJSON(text []byte) (Record, RecordJSON, error) {
	var j RecordJSON
	var presence struct {
		Masked *bool `json:"masked"`
	}
	if json.Unmarshal(text, &j) != nil || json.Unmarshal(text, &presence) != nil {
		return Record{}, j, &JSONError{Problem: JSONSyntax}
	}
	switch {
	case j.Schema != 1:
		return Record{}, j, &JSONError{Problem: JSONSchema}
	case j.Masked:
		return Record{}, j, &JSONError{Problem: JSONMasked}
	case presence.Masked == nil:
		return Record{}, j, &JSONError{JSONMember, "masked"}
	}
	if member := j.invalidMember(); member != "" {
		return Record{}, j, &JSONError{JSONMember, member}
	}
	return j.record(), j, nil
}

// Limits in bytes. An ID of this program has 24 bytes; a factor may be a whole text that
// was pasted by mistake.
const (
	idLimit     = 64
	factorLimit = 64 << 10
)

// invalidMember returns the name of the first member whose value no lookup can have,
// or "".
func (j RecordJSON) invalidMember() string {
	outcome, verdict := j.Outcome, j.Outcome.IsVerdict()
	states := map[juhe.Outcome]int{juhe.Match: 1, juhe.Mismatch: 2}
	for _, m := range []struct {
		name  string
		valid bool
	}{
		{"id", j.ID != "" && len(j.ID) <= idLimit && juhe.Sanitize(j.ID) == j.ID},
		{"at", j.At.Year() >= 2000 && j.At.Year() < 2200},
		{"service", j.Service != ""},
		{"api", j.API.IsValid()},
		{"outcome", slices.Contains(juhe.Outcomes(), outcome)},
		{"billable", slices.Contains([]juhe.Billable{juhe.BillableYes, juhe.BillableNo, juhe.BillableUnknown}, j.Billable)},
		{"state", (j.State != nil) == verdict && (!verdict || *j.State == states[outcome])},
		{"code", j.codeFits()},
		{"error_code", j.errorCodeFits()},
		{"elapsed_ms", j.ElapsedMS >= 0 && j.ElapsedMS < 1<<40},
	} {
		if !m.valid {
			return m.name
		}
	}
	for f := range juhe.NumFactors {
		if value := j.factors()[f]; value == "" || len(value) > factorLimit {
			return f.String()
		}
	}
	return ""
}

// codeFits reports whether the code and the outcome can occur together. A verdict of
// query or queryEncry has the code 7 for a match, or -21 to -26 for a mismatch. A verdict
// of queryV2 has one only if it was reused from another endpoint. Nothing else has one.
func (j RecordJSON) codeFits() bool {
	switch {
	case !j.Outcome.IsVerdict() || j.API == juhe.APIQueryV2 && j.Repeated == "":
		return j.Code == nil
	case j.Code == nil:
		return j.API == juhe.APIQueryV2
	case j.Outcome == juhe.Match:
		return *j.Code == 7
	}
	return *j.Code <= -21 && *j.Code >= -26
}

// errorCodeFits reports whether error_code is non-zero for a refusal, and absent or 0
// for a verdict.
func (j RecordJSON) errorCodeFits() bool {
	switch {
	case j.Outcome == juhe.Refused:
		return j.ErrorCode != nil && *j.ErrorCode != 0
	case j.Outcome.IsVerdict():
		return j.ErrorCode == nil || *j.ErrorCode == 0
	}
	return true
}

func (j RecordJSON) factors() juhe.Factors {
	return juhe.Factors{
		juhe.Entname: juhe.Sanitize(j.Entname), juhe.Entmark: juhe.Sanitize(j.Entmark),
		juhe.Realname: juhe.Sanitize(j.Realname), juhe.Idcard: juhe.Sanitize(j.Idcard),
	}
}

// record returns the Record of j. Fields that an export does not have, such as the raw
// reply, stay empty.
func (j RecordJSON) record() Record {
	rec := Record{
		ID: j.ID, At: j.At.Truncate(time.Millisecond), Service: sanitizeAndTruncate(j.Service),
		Query: juhe.Query{API: j.API, Factors: j.factors(), Regstatus: j.Regstatus != ""},
		Reply: juhe.Reply{
			Outcome: j.Outcome, State: j.State, Code: j.Code, ErrorCode: j.ErrorCode,
			Desc: sanitizeAndTruncate(j.Desc), Regstatus: sanitizeAndTruncate(j.Regstatus),
			Orderid: sanitizeAndTruncate(j.Orderid), Reason: sanitizeAndTruncate(j.Reason),
		},
		Elapsed: time.Duration(j.ElapsedMS) * time.Millisecond, Imported: true,
	}
	// The member billable is "no" for a reused verdict, and trusting an edited line could let
	// a lookup be paid for twice.
	rec.Reply.Billable = juhe.BillableOf(j.Outcome, rec.Code())
	if !j.Outcome.IsVerdict() && j.Outcome != juhe.Refused {
		rec.Reply.Fault = juhe.Fault{Kind: juhe.FaultImported, Detail: sanitizeAndTruncate(j.Meaning)}
	}
	if j.API == juhe.APIQueryV2 { // a code is from another endpoint, whose verdict was reused
		rec.Reply.Code, rec.Reply.Desc = nil, ""
	}
	rec.Warnings = j.warnings(rec.Query)
	return rec
}

// sanitizeAndTruncate sanitises a text and truncates it to juhe.TextLimit bytes, as the
// client does with the texts of a reply.
func sanitizeAndTruncate(text string) string {
	text = juhe.Sanitize(text)
	if len(text) > juhe.TextLimit {
		text = strings.ToValidUTF8(text[:juhe.TextLimit], "")
	}
	return text
}

// warnings returns the warnings of the line. Besides the text, an export has only their
// factors and rules; checking the query again finds the rest.
func (j RecordJSON) warnings(q juhe.Query) []ident.Warning {
	_, current := Check(q, j.At)
	var warnings []ident.Warning
	for _, w := range j.Warnings {
		f, ok := juhe.ParseFactor(w.Field)
		if !ok || !slices.Contains(ident.Rules(), w.Rule) {
			continue
		}
		warning := ident.Warning{Factor: f, Rule: w.Rule}
		for _, c := range current {
			if c.Factor == f && c.Rule == w.Rule {
				warning = c
			}
		}
		warnings = append(warnings, warning)
	}
	return warnings
}
