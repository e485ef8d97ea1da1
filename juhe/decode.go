package juhe

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The answer, parts 1 to 3 of the API document. Members are raw JSON, because
// absent, null and mistyped values mean different things. The decoder rejects
// duplicate names, names in another case, invalid UTF-8 and trailing data.
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

// decode parses the body of an answer with HTTP status 200. Only error_code, state,
// code and res decide the outcome; texts never do.
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

// readResult reads state and detail.code of query and queryEncry.
func (r *Reply) readResult(res result) {
	var det detail
	state, stateOK := parseInteger(res.State)
	err := decodeObject(res.Detail, &det)
	code, codeOK := parseInteger(det.Code)
	if err != nil || !stateOK || !codeOK {
		r.setFault(FaultResult, "")
		return
	}
	switch {
	case state == 1 && code == 7:
		r.setVerdict(Match, state)
	case state == 2 && code <= -21 && code >= -26:
		r.setVerdict(Mismatch, state)
	default:
		r.setFault(FaultUndocumented, fmt.Sprintf("state %d, code %d", state, code))
		return
	}
	r.Code, r.Desc, r.Regstatus = &code, textOf(det.Desc), textOf(det.Regstatus)
}

// readV2Result reads res of queryV2.
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

func (r *Reply) setVerdict(o Outcome, state int) {
	r.Outcome, r.Billable, r.State = o, BillableYes, &state
}

func (r *Reply) setFault(kind FaultKind, detail string) {
	r.Outcome, r.Billable = Unclear, BillableUnknown
	r.Fault = Fault{Kind: kind, Detail: detail}
}

func unclearReply(kind FaultKind, detail string) Reply {
	return Reply{Outcome: Unclear, Billable: BillableUnknown, Fault: Fault{Kind: kind, Detail: detail}}
}

// decodeObject decodes exactly one JSON object. It checks the first byte because
// null would decode as an empty object.
func decodeObject(value []byte, into any) error {
	if len(value) == 0 || value[0] != '{' {
		return fmt.Errorf("not an object")
	}
	return json.Unmarshal(value, into)
}

// parseInteger parses a 32-bit integer in its shortest decimal form, as a JSON
// number or string. 1.0, 1e0, 007 and +7 are rejected.
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

// textOf returns a text member: the value of a string, "" for null, or the JSON of
// any other value.
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
