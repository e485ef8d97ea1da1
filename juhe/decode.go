package juhe

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The answer's shapes, parts 1 to 3 of the document. Every member is kept as
// raw JSON: absent, null and the wrong type are told apart by hand, and the
// decoder refuses duplicate names, names in another case, invalid UTF-8 and
// anything behind the object.
type (
	envelope struct {
		ErrorCode jsontext.Value `json:"error_code"`
		Reason    jsontext.Value `json:"reason"`
		Result    jsontext.Value `json:"result"`
	}
	result struct {
		State     jsontext.Value `json:"state"`
		Detail    jsontext.Value `json:"detail"`
		Res       jsontext.Value `json:"res"`
		Regstatus jsontext.Value `json:"regstatus"`
		Orderid   jsontext.Value `json:"orderid"`
	}
	detail struct {
		Code      jsontext.Value `json:"code"`
		Desc      jsontext.Value `json:"desc"`
		Regstatus jsontext.Value `json:"regstatus"`
	}
)

// decode reads the body of an answer with HTTP status 200. Reason, desc and
// the other texts never decide anything.
func decode(api API, body []byte) Reply {
	body = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\ufeff")))
	var env envelope
	if err := decodeObject(body, &env); err != nil {
		return unclearReply(FaultMalformed, "")
	}
	reply := Reply{Reason: textOf(env.Reason)}
	errorCode, ok := parseInteger(env.ErrorCode)
	if !ok {
		reply.setFault(FaultErrorCode, "")
		return reply
	}
	reply.ErrorCode = &errorCode
	var res result
	err := decodeObject(env.Result, &res)
	if err == nil {
		reply.Orderid = textOf(res.Orderid)
	}
	if errorCode != 0 {
		reply.Outcome, reply.Billable = Refused, billableOfErrorCode(errorCode)
		return reply
	}
	if err != nil {
		reply.setFault(FaultResult, "")
		return reply
	}
	if api == APIQueryV2 {
		reply.readV2Result(res)
	} else {
		reply.readResult(res)
	}
	return reply
}

// readResult reads state and detail.code, of query and queryEncry.
func (r *Reply) readResult(res result) {
	var det detail
	state, stateOK := parseInteger(res.State)
	err := decodeObject(res.Detail, &det)
	code, codeOK := parseInteger(det.Code)
	if err != nil || !stateOK || !codeOK {
		r.setFault(FaultResult, "")
		return
	}
	outcome, ok := outcomeOf(state, code)
	if !ok {
		r.setFault(FaultUndocumented, fmt.Sprintf("state %d, code %d", state, code))
		return
	}
	r.setVerdict(outcome, state)
	r.Code, r.Desc, r.Regstatus = &code, textOf(det.Desc), textOf(det.Regstatus)
}

// readV2Result reads res, of queryV2.
func (r *Reply) readV2Result(res result) {
	state, ok := parseInteger(res.Res)
	if !ok {
		r.setFault(FaultResult, "")
		return
	}
	switch state {
	case 1:
		r.setVerdict(Match, state)
	case 2:
		r.setVerdict(Mismatch, state)
	default:
		r.setFault(FaultUndocumented, fmt.Sprintf("res %d", state))
		return
	}
	r.Regstatus = textOf(res.Regstatus)
}

// outcomeOf gives the outcome of a documented pair of state and code.
func outcomeOf(state, code int) (Outcome, bool) {
	switch {
	case state == 1 && code == 7:
		return Match, true
	case state == 2 && code <= -21 && code >= -26:
		return Mismatch, true
	}
	return "", false
}

func (r *Reply) setVerdict(o Outcome, state int) {
	r.Outcome, r.Billable, r.State = o, BillableYes, &state
}

func (r *Reply) setFault(kind FaultKind, detail string) {
	r.Outcome, r.Billable = Unclear, BillableUnknown
	r.Fault = Fault{Kind: kind, Detail: detail}
}

func unclearReply(kind FaultKind, detail string) Reply {
	var r Reply
	r.setFault(kind, detail)
	return r
}

// decodeObject decodes exactly one JSON object. Without the look at the first byte
// null would pass for an empty one.
func decodeObject(value []byte, into any) error {
	if len(value) == 0 || value[0] != '{' {
		return fmt.Errorf("not an object")
	}
	return json.Unmarshal(value, into)
}

// parseInteger reads a number, or a string that holds one, of 32 bits in its
// shortest decimal form: 1.0, 1e0, 007 and +7 are not integers on this wire.
func parseInteger(value jsontext.Value) (int, bool) {
	digits := string(value)
	switch value.Kind() {
	case '0':
	case '"':
		digits = unquote(value)
	default:
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 32)
	if err != nil || strconv.FormatInt(n, 10) != digits {
		return 0, false
	}
	return int(n), true
}

// textOf reads an opaque member: a string, or the literal form of anything else
// but null.
func textOf(value jsontext.Value) string {
	switch value.Kind() {
	case 0, 'n':
		return ""
	case '"':
		return Sanitize(unquote(value))
	}
	return Sanitize(string(value))
}

func unquote(value jsontext.Value) string {
	plain, err := jsontext.AppendUnquote(nil, value)
	if err != nil {
		return ""
	}
	return string(plain)
}
