package lookup

import (
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// JSONProblem is what is wrong with a line of an export.
type JSONProblem string

// The problems of a line.
const (
	JSONSyntax JSONProblem = "syntax" // not one JSON object of the shape of Line
	JSONSchema JSONProblem = "schema" // of another schema than 1
	JSONMasked JSONProblem = "masked" // the person is not in it
	JSONMember JSONProblem = "member" // a member is missing, or has a value that it cannot have
)

// JSONProblems lists all problems of a line.
func JSONProblems() []JSONProblem {
	return []JSONProblem{JSONSyntax, JSONSchema, JSONMasked, JSONMember}
}

// JSONError says why a line is not a look-up. Its text holds no value of it.
type JSONError struct {
	Problem JSONProblem
	Member  string // with JSONMember
}

func (e *JSONError) Error() string { return string(e.Problem) + ": " + e.Member }

// ParseRecordJSON reads a look-up from JSON, as Line.JSON writes it with the person
// revealed. An error is a *JSONError.
func ParseRecordJSON(text []byte) (Record, RecordJSON, error) {
	var line RecordJSON
	var told struct {
		Masked *bool `json:"masked"`
	}
	if json.Unmarshal(text, &line) != nil || json.Unmarshal(text, &told) != nil {
		return Record{}, line, &JSONError{Problem: JSONSyntax}
	}
	switch {
	case line.Schema != 1:
		return Record{}, line, &JSONError{Problem: JSONSchema}
	case line.Masked:
		return Record{}, line, &JSONError{Problem: JSONMasked}
	case told.Masked == nil:
		return Record{}, line, &JSONError{JSONMember, "masked"}
	}
	if member := line.invalidMember(); member != "" {
		return Record{}, line, &JSONError{JSONMember, member}
	}
	return line.record(), line, nil
}

// idLimit bounds an ID, in bytes, and factorLimit each of the four. Our IDs
// have 24; a company's name may come from a careless paste.
const (
	idLimit     = 64
	factorLimit = 64 << 10
)

// invalidMember names the first member that a look-up cannot have.
func (j RecordJSON) invalidMember() string {
	outcome, verdict := j.Outcome, j.Outcome.Verdict()
	states := map[juhe.Outcome]int{juhe.Match: 1, juhe.Mismatch: 2}
	for _, m := range []struct {
		name string
		good bool
	}{
		{"id", j.ID != "" && len(j.ID) <= idLimit && juhe.Harmless(j.ID) == j.ID},
		{"at", j.At.Year() >= 2000 && j.At.Year() < 2200},
		{"service", j.Service != ""},
		{"api", j.API.Valid()},
		{"outcome", slices.Contains(juhe.Outcomes(), outcome)},
		{"billable", slices.Contains([]juhe.Billable{juhe.BillableYes, juhe.BillableNo, juhe.BillableUnknown}, j.Billable)},
		{"state", (j.State != nil) == verdict && (!verdict || *j.State == states[outcome])},
		{"code", j.codeFits()},
		{"error_code", j.errorCodeFits()},
		{"elapsed_ms", j.ElapsedMS >= 0 && j.ElapsedMS < 1<<40},
	} {
		if !m.good {
			return m.name
		}
	}
	for _, f := range ident.Fields() {
		if value := Value(j.factors(), f); value == "" || len(value) > factorLimit {
			return string(f)
		}
	}
	return ""
}

// codeFits tells whether the service gives this code with this outcome: a
// verdict has one but on queryV2, and nothing else has.
func (j RecordJSON) codeFits() bool {
	switch {
	case !j.Outcome.Verdict() || j.API == juhe.APIQueryV2 && j.Repeated == "":
		return j.Code == nil
	case j.Code == nil:
		return j.API == juhe.APIQueryV2
	case j.Outcome == juhe.Match:
		return *j.Code == 7
	}
	return *j.Code <= -21 && *j.Code >= -26
}

// errorCodeFits: a refusal has one that is not 0, a verdict may have 0.
func (j RecordJSON) errorCodeFits() bool {
	switch {
	case j.Outcome == juhe.Refused:
		return j.ErrorCode != nil && *j.ErrorCode != 0
	case j.Outcome.Verdict():
		return j.ErrorCode == nil || *j.ErrorCode == 0
	}
	return true
}

func (j RecordJSON) factors() juhe.Factors {
	return juhe.Factors{
		Entname: juhe.Harmless(j.Entname), Entmark: juhe.Harmless(j.Entmark),
		Realname: juhe.Harmless(j.Realname), Idcard: juhe.Harmless(j.Idcard),
	}
}

// record is the look-up. What an export does not tell, such as the raw answer,
// stays empty.
func (j RecordJSON) record() Record {
	rec := Record{
		ID: j.ID, At: j.At.Truncate(time.Millisecond), Service: bounded(j.Service),
		Query: juhe.Query{API: j.API, Factors: j.factors(), Regstatus: j.Regstatus != ""},
		Reply: juhe.Reply{
			Outcome: j.Outcome, Billable: j.billable(), State: j.State, Code: j.Code, ErrorCode: j.ErrorCode,
			Desc: bounded(j.Desc), Regstatus: bounded(j.Regstatus),
			Orderid: bounded(j.Orderid), Reason: bounded(j.Reason),
		},
		Elapsed: time.Duration(j.ElapsedMS) * time.Millisecond, Imported: true,
	}
	if !j.Outcome.Verdict() && j.Outcome != juhe.Refused {
		rec.Reply.Fault = juhe.Fault{Kind: juhe.FaultImported, Detail: bounded(j.Meaning)}
	}
	if j.API == juhe.APIQueryV2 { // what another endpoint answered for it is not its own
		rec.Reply.Code, rec.Reply.Desc = nil, ""
	}
	rec.Warnings = j.warnings(rec.Query)
	return rec
}

// billable goes by how the lookup ended. What the line says does not count: that of
// an answer from the ledger says no, and whoever has changed it would have the guard
// pay again.
func (j RecordJSON) billable() juhe.Billable {
	errorCode := 0
	if j.ErrorCode != nil {
		errorCode = *j.ErrorCode
	}
	return juhe.BillableOf(j.Outcome, errorCode)
}

// bounded is a text as the client gives one: harmless and not long.
func bounded(text string) string {
	text = juhe.Harmless(text)
	if len(text) > juhe.TextLimit {
		text = strings.ToValidUTF8(text[:juhe.TextLimit], "")
	}
	return text
}

// warnings finds the kinds that an export does not tell by checking again.
func (j RecordJSON) warnings(q juhe.Query) []ident.Warning {
	_, checked := Check(q, j.At)
	var remarks []ident.Warning
	for _, told := range j.Warnings {
		remark := ident.Warning{Field: told.Field, Rule: told.Rule}
		if !slices.Contains(ident.Fields(), told.Field) || !slices.Contains(ident.Rules(), told.Rule) {
			continue
		}
		for _, c := range checked {
			if c.Field == told.Field && c.Rule == told.Rule {
				remark = c
			}
		}
		remarks = append(remarks, remark)
	}
	return remarks
}
