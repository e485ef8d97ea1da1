package lookup

import (
	"time"

	"github.com/go-json-experiment/json"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// RecordJSON is the JSON form of a Record, one object per line.
type RecordJSON struct {
	Schema    int           `json:"schema"` // 1
	Demo      bool          `json:"demo,omitzero"`
	ID        string        `json:"id"`
	At        time.Time     `json:"at"`
	Service   string        `json:"service"`
	API       juhe.API      `json:"api"`
	Entname   string        `json:"entname"`
	Entmark   string        `json:"entmark"`
	Realname  string        `json:"realname"`
	Idcard    string        `json:"idcard"`
	Outcome   juhe.Outcome  `json:"outcome"`
	Billable  juhe.Billable `json:"billable"`
	State     *int          `json:"state,omitzero"`
	Code      *int          `json:"code,omitzero"`
	Desc      string        `json:"desc,omitzero"`
	Meaning   string        `json:"meaning,omitzero"`
	Regstatus string        `json:"regstatus,omitzero"`
	Orderid   string        `json:"orderid,omitzero"`
	ErrorCode *int          `json:"error_code,omitzero"`
	Reason    string        `json:"reason,omitzero"`
	Warnings  []WarningJSON `json:"remarks,omitzero"`
	Repeated  string        `json:"repeated,omitzero"` // the ID of the lookup whose verdict was reused
	Masked    bool          `json:"masked"`
	ElapsedMS int64         `json:"elapsed_ms"`
}

// WarningJSON is the JSON form of a warning, with its text in the reader's language.
type WarningJSON struct {
	Field string     `json:"field"`
	Rule  ident.Rule `json:"rule"`
	Text  string     `json:"text"`
}

// JSON returns the JSON form of r. The person is masked unless reveal is set.
func (r Record) JSON(m Messages, reveal bool) RecordJSON {
	factors := r.ShownFactors(reveal)
	j := RecordJSON{
		Schema: 1, ID: r.ID, At: r.At.Truncate(time.Millisecond), Service: r.Service, API: r.Query.API,
		Entname: factors[juhe.Entname], Entmark: factors[juhe.Entmark], Realname: factors[juhe.Realname], Idcard: factors[juhe.Idcard],
		Outcome: r.Reply.Outcome, Billable: r.Reply.Billable,
		State: r.Reply.State, Code: r.Reply.Code, Desc: r.Reply.Desc, Meaning: m.Meaning(r),
		Regstatus: r.Reply.Regstatus, Orderid: r.Reply.Orderid,
		ErrorCode: r.Reply.ErrorCode, Reason: r.Reply.Reason,
		Repeated: r.AnsweredBy(), Masked: !reveal, ElapsedMS: r.Elapsed.Milliseconds(),
	}
	if r.Earlier != nil {
		j.Meaning += " [" + m.Earlier(*r.Earlier, r.AnsweredBy() != "") + "]"
	}
	for _, w := range r.Warnings {
		j.Warnings = append(j.Warnings, WarningJSON{w.Factor.String(), w.Rule, m.Warning(w)})
	}
	return j
}

// Marshal returns j as a line of JSON, without the line break.
func (j RecordJSON) Marshal() ([]byte, error) { return json.Marshal(j) }

// ShownFactors returns the factors of r. The person is masked unless reveal is set.
func (r Record) ShownFactors(reveal bool) juhe.Factors {
	if reveal {
		return r.Query.Factors
	}
	return MaskPerson(r.Query.Factors)
}

// MaskPerson masks the name and the ID number, and ID numbers within the company's
// factors: see ident.MaskName, ident.MaskNumber and ident.MaskEmbeddedIDs.
func MaskPerson(f juhe.Factors) juhe.Factors {
	f[juhe.Realname], f[juhe.Idcard] = ident.MaskName(f[juhe.Realname]), ident.MaskNumber(f[juhe.Idcard])
	f[juhe.Entname], f[juhe.Entmark] = ident.MaskEmbeddedIDs(juhe.Entname, f[juhe.Entname]), ident.MaskEmbeddedIDs(juhe.Entmark, f[juhe.Entmark])
	return f
}

// MaskCompany returns a company name as it is shown in lists and messages: sanitized, and
// without ID numbers of persons.
func MaskCompany(name string) string {
	return juhe.Sanitize(ident.MaskEmbeddedIDs(juhe.Entname, name))
}
