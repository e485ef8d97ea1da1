package mockserver

import (
	"fmt"

	"fourfactor/juhe"
)

// successBody returns an answer with the given members of result.
func successBody(pair, orderid string) string {
	return fmt.Sprintf(`{"reason":"成功","result":{%s,"orderid":%q},"error_code":0}`, pair, orderid)
}

// errorBody returns an answer with an error code. System codes also have the old
// resultcode, as a string.
func errorBody(code int) string {
	c, _ := juhe.FindCode(code)
	if c.OldCode != 0 {
		return fmt.Sprintf(`{"resultcode":"%d","reason":%q,"result":null,"error_code":%d}`, c.OldCode, c.Text, code)
	}
	return fmt.Sprintf(`{"reason":%q,"result":null,"error_code":%d}`, c.Text, code)
}

// verdictMembers returns the members of result for a detail code, in the form of the
// endpoint.
func verdictMembers(api juhe.API, code int, regstatus string) string {
	state := 2
	if code == 7 {
		state = 1
	}
	if api == juhe.APIQueryV2 {
		return fmt.Sprintf(`"res":%d%s`, state, regstatus)
	}
	c, _ := juhe.FindCode(code)
	return fmt.Sprintf(`"state":%d,"detail":{"code":%d,"desc":%q%s}`, state, code, c.Text, regstatus)
}

// otherEndpoint returns an endpoint whose result has the other form.
func otherEndpoint(api juhe.API) juhe.API {
	if api == juhe.APIQueryV2 {
		return juhe.APIQuery
	}
	return juhe.APIQueryV2
}
