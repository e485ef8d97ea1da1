package lookup

import (
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// JSONProblem is the reason why a line is not a lookup.
type JSONProblem string

// The problems of a line of JSON.
const (
	JSONSyntax JSONProblem = "syntax" // not one JSON object of the shape of RecordJSON
	JSONSchema JSONProblem = "schema" // the schema is not 1
	JSONMasked JSONProblem = "masked" // the person is masked
	JSONMember JSONProblem = "member" // a member is missing or has an impossible value
)

// JSONError is the error of a line that is not a lookup. Its text has none of the
// line's values.
type JSONError struct {
	Problem JSONProblem
	Member  string // the member's name, with JSONMember
}

func (e *JSONError) Error() string { return string(e.Problem) + ": " + e.Member }

// ParseRecordJSON parses a lookup that RecordJSON.Marshal wrote with the person
// revealed. Its error is a *JSONError.
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

// Limits in bytes of an ID and of a factor. IDs of this program have 24 bytes; a
// company's name may be a careless paste.
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

// codeFits reports whether the service returns this code with this outcome. Verdicts
// have one except on queryV2; nothing else has.
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

// record returns the lookup. Fields that an export does not have, such as the raw
// answer, stay empty.
func (j RecordJSON) record() Record {
	rec := Record{
		ID: j.ID, At: j.At.Truncate(time.Millisecond), Service: sanitizeAndTruncate(j.Service),
		Query: juhe.Query{API: j.API, Factors: j.factors(), Regstatus: j.Regstatus != ""},
		Reply: juhe.Reply{
			Outcome: j.Outcome, Billable: j.billable(), State: j.State, Code: j.Code, ErrorCode: j.ErrorCode,
			Desc: sanitizeAndTruncate(j.Desc), Regstatus: sanitizeAndTruncate(j.Regstatus),
			Orderid: sanitizeAndTruncate(j.Orderid), Reason: sanitizeAndTruncate(j.Reason),
		},
		Elapsed: time.Duration(j.ElapsedMS) * time.Millisecond, Imported: true,
	}
	if !j.Outcome.IsVerdict() && j.Outcome != juhe.Refused {
		rec.Reply.Fault = juhe.Fault{Kind: juhe.FaultImported, Detail: sanitizeAndTruncate(j.Meaning)}
	}
	if j.API == juhe.APIQueryV2 { // a code means that a lookup of another endpoint answered
		rec.Reply.Code, rec.Reply.Desc = nil, ""
	}
	rec.Warnings = j.warnings(rec.Query)
	return rec
}

// billable derives from the outcome whether the lookup was billed. The member of the
// line is ignored: for an answer from the ledger it is "no", and an edited line would
// make the guard pay again.
func (j RecordJSON) billable() juhe.Billable {
	errorCode := 0
	if j.ErrorCode != nil {
		errorCode = *j.ErrorCode
	}
	return juhe.BillableOf(j.Outcome, errorCode)
}

// sanitizeAndTruncate returns a text sanitised and shortened as the client does it.
func sanitizeAndTruncate(text string) string {
	text = juhe.Sanitize(text)
	if len(text) > juhe.TextLimit {
		text = strings.ToValidUTF8(text[:juhe.TextLimit], "")
	}
	return text
}

// warnings returns the warnings of the line. An export has only their fields and
// rules; checking the query again finds the rest.
func (j RecordJSON) warnings(q juhe.Query) []ident.Warning {
	_, checked := Check(q, j.At)
	var warnings []ident.Warning
	for _, w := range j.Warnings {
		f, ok := juhe.ParseFactor(w.Field)
		if !ok || !slices.Contains(ident.Rules(), w.Rule) {
			continue
		}
		warning := ident.Warning{Factor: f, Rule: w.Rule}
		for _, c := range checked {
			if c.Factor == f && c.Rule == w.Rule {
				warning = c
			}
		}
		warnings = append(warnings, warning)
	}
	return warnings
}
