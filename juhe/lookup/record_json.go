package lookup

import (
	"time"

	"github.com/go-json-experiment/json"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
)

// RecordJSON is a look-up as JSON, one object a line. Pointers and texts that a
// look-up does not have are absent.
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
	Repeated  string        `json:"repeated,omitzero"`
	Masked    bool          `json:"masked"`
	ElapsedMS int64         `json:"elapsed_ms"`
}

// WarningJSON is a remark as JSON, with its text in the reader's language.
type WarningJSON struct {
	Field ident.Field `json:"field"`
	Rule  ident.Rule  `json:"rule"`
	Text  string      `json:"text"`
}

// Line writes a record as JSON's shape. The person is masked unless reveal is
// asked for.
func (r Record) Line(words Messages, reveal bool) RecordJSON {
	shown := r.Query.Factors
	if !reveal {
		shown = MaskPerson(shown)
	}
	line := RecordJSON{
		Schema: 1, ID: r.ID, At: r.At.Truncate(time.Millisecond), Service: r.Service, API: r.Query.API,
		Entname: shown.Entname, Entmark: shown.Entmark, Realname: shown.Realname, Idcard: shown.Idcard,
		Outcome: r.Reply.Outcome, Billable: r.Reply.Billable,
		State: r.Reply.State, Code: r.Reply.Code, Desc: r.Reply.Desc, Meaning: r.Meaning(words),
		Regstatus: r.Reply.Regstatus, Orderid: r.Reply.Orderid,
		ErrorCode: r.Reply.ErrorCode, Reason: r.Reply.Reason,
		Repeated: r.AnsweredBy(), Masked: !reveal, ElapsedMS: r.Elapsed.Milliseconds(),
	}
	if r.Earlier != nil {
		line.Meaning += " [" + r.earlierText(words) + "]"
	}
	for _, remark := range r.Warnings {
		line.Warnings = append(line.Warnings, WarningJSON{remark.Field, remark.Rule, WarningText(words, remark)})
	}
	return line
}

// JSON is the line without its line break.
func (j RecordJSON) JSON() ([]byte, error) { return json.Marshal(j) }

// MaskPerson hides the person: the first character of the name, and one and two
// of the document number, stay. A document number that stands where the company
// belongs is hidden too.
func MaskPerson(f juhe.Factors) juhe.Factors {
	f.Realname, f.Idcard = ident.MaskName(f.Realname), ident.MaskNumber(f.Idcard)
	f.Entname, f.Entmark = ident.MaskEmbeddedIDs(ident.Entname, f.Entname), ident.MaskEmbeddedIDs(ident.Entmark, f.Entmark)
	return f
}
