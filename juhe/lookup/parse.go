package lookup

import (
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// LineProblem is what is wrong with a line of an export.
type LineProblem string

// The problems of a line.
const (
	LineSyntax LineProblem = "syntax" // not one JSON object of the shape of Line
	LineSchema LineProblem = "schema" // of another schema than 1
	LineMasked LineProblem = "masked" // the person is not in it
	LineMember LineProblem = "member" // a member is missing, or has a value that it cannot have
)

// LineProblems lists all problems of a line.
func LineProblems() []LineProblem {
	return []LineProblem{LineSyntax, LineSchema, LineMasked, LineMember}
}

// LineError says why a line is not a look-up. Its text holds no value of it.
type LineError struct {
	Problem LineProblem
	Member  string // with LineMember
}

func (e *LineError) Error() string { return string(e.Problem) + ": " + e.Member }

// ParseLine reads a look-up from JSON, as Line.JSON writes it with the person
// revealed. An error is a *LineError.
func ParseLine(text []byte) (Record, Line, error) {
	var line Line
	var told struct {
		Masked *bool `json:"masked"`
	}
	if json.Unmarshal(text, &line) != nil || json.Unmarshal(text, &told) != nil {
		return Record{}, line, &LineError{Problem: LineSyntax}
	}
	switch {
	case line.Schema != 1:
		return Record{}, line, &LineError{Problem: LineSchema}
	case line.Masked:
		return Record{}, line, &LineError{Problem: LineMasked}
	case told.Masked == nil:
		return Record{}, line, &LineError{LineMember, "masked"}
	}
	if member := line.wrong(); member != "" {
		return Record{}, line, &LineError{LineMember, member}
	}
	return line.record(), line, nil
}

// idLimit bounds an ID, in bytes, and factorLimit each of the four. Our IDs
// have 24; a company's name may come from a careless paste.
const (
	idLimit     = 64
	factorLimit = 64 << 10
)

// wrong names the first member that a look-up cannot have.
func (l Line) wrong() string {
	outcome, verdict := l.Outcome, l.Outcome.Verdict()
	states := map[juhe.Outcome]int{juhe.Match: 1, juhe.Mismatch: 2}
	for _, m := range []struct {
		name string
		good bool
	}{
		{"id", l.ID != "" && len(l.ID) <= idLimit && juhe.Harmless(l.ID) == l.ID},
		{"at", l.At.Year() >= 2000 && l.At.Year() < 2200},
		{"service", l.Service != ""},
		{"api", l.API.Valid()},
		{"outcome", slices.Contains(juhe.Outcomes(), outcome)},
		{"billable", slices.Contains([]juhe.Billable{juhe.BillableYes, juhe.BillableNo, juhe.BillableUnknown}, l.Billable)},
		{"state", (l.State != nil) == verdict && (!verdict || *l.State == states[outcome])},
		{"code", l.codeFits()},
		{"error_code", l.errorCodeFits()},
		{"elapsed_ms", l.ElapsedMS >= 0 && l.ElapsedMS < 1<<40},
	} {
		if !m.good {
			return m.name
		}
	}
	for _, f := range ident.Fields() {
		if value := Value(l.factors(), f); value == "" || len(value) > factorLimit {
			return string(f)
		}
	}
	return ""
}

// codeFits tells whether the service gives this code with this outcome: a
// verdict has one but on queryV2, and nothing else has.
func (l Line) codeFits() bool {
	switch {
	case !l.Outcome.Verdict() || l.API == juhe.APIQueryV2 && l.Repeated == "":
		return l.Code == nil
	case l.Code == nil:
		return l.API == juhe.APIQueryV2
	case l.Outcome == juhe.Match:
		return *l.Code == 7
	}
	return *l.Code <= -21 && *l.Code >= -26
}

// errorCodeFits: a refusal has one that is not 0, a verdict may have 0.
func (l Line) errorCodeFits() bool {
	switch {
	case l.Outcome == juhe.Refused:
		return l.ErrorCode != nil && *l.ErrorCode != 0
	case l.Outcome.Verdict():
		return l.ErrorCode == nil || *l.ErrorCode == 0
	}
	return true
}

func (l Line) factors() juhe.Factors {
	return juhe.Factors{
		Entname: juhe.Harmless(l.Entname), Entmark: juhe.Harmless(l.Entmark),
		Realname: juhe.Harmless(l.Realname), Idcard: juhe.Harmless(l.Idcard),
	}
}

// record is the look-up. What an export does not tell, such as the raw answer,
// stays empty.
func (l Line) record() Record {
	rec := Record{
		ID: l.ID, At: l.At.Truncate(time.Millisecond), Service: bounded(l.Service),
		Query: juhe.Query{API: l.API, Factors: l.factors(), Regstatus: l.Regstatus != ""},
		Reply: juhe.Reply{
			Outcome: l.Outcome, Billable: l.billable(), State: l.State, Code: l.Code, ErrorCode: l.ErrorCode,
			Desc: bounded(l.Desc), Regstatus: bounded(l.Regstatus),
			Orderid: bounded(l.Orderid), Reason: bounded(l.Reason),
		},
		Elapsed: time.Duration(l.ElapsedMS) * time.Millisecond, Imported: true,
	}
	if !l.Outcome.Verdict() && l.Outcome != juhe.Refused {
		rec.Reply.Fault = juhe.Fault{Kind: juhe.FaultImported, Detail: bounded(l.Meaning)}
	}
	if l.API == juhe.APIQueryV2 { // what another endpoint answered for it is not its own
		rec.Reply.Code, rec.Reply.Desc = nil, ""
	}
	rec.Remarks = l.remarks(rec.Query)
	return rec
}

// billable goes by how the lookup ended. What the line says does not count: that of
// an answer from the ledger says no, and whoever has changed it would have the guard
// pay again.
func (l Line) billable() juhe.Billable {
	errorCode := 0
	if l.ErrorCode != nil {
		errorCode = *l.ErrorCode
	}
	return juhe.BillableOf(l.Outcome, errorCode)
}

// bounded is a text as the client gives one: harmless and not long.
func bounded(text string) string {
	text = juhe.Harmless(text)
	if len(text) > juhe.TextLimit {
		text = strings.ToValidUTF8(text[:juhe.TextLimit], "")
	}
	return text
}

// remarks finds the kinds that an export does not tell by checking again.
func (l Line) remarks(q juhe.Query) []ident.Remark {
	_, checked := Check(q, l.At)
	var remarks []ident.Remark
	for _, told := range l.Remarks {
		remark := ident.Remark{Field: told.Field, Rule: told.Rule}
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
