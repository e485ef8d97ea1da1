package mockserver

import (
	"fmt"

	"fourfactor/juhe"
)

// successBody writes an answer around the members of result that give the verdict.
func successBody(pair, orderid string) string {
	return fmt.Sprintf(`{"reason":"成功","result":{%s,"orderid":%q},"error_code":0}`, pair, orderid)
}

// errorBody writes an answer with an error code. Of the system codes the old
// resultcode comes along, as a string.
func errorBody(code int) string {
	c, _ := juhe.FindCode(code)
	if c.OldCode != 0 {
		return fmt.Sprintf(`{"resultcode":"%d","reason":%q,"result":null,"error_code":%d}`, c.OldCode, c.Text, code)
	}
	return fmt.Sprintf(`{"reason":%q,"result":null,"error_code":%d}`, c.Text, code)
}

// verdictMembers writes the verdict of a detail code in the endpoint's own members.
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

// otherEndpoint is the endpoint with the other pair.
func otherEndpoint(api juhe.API) juhe.API {
	if api == juhe.APIQueryV2 {
		return juhe.APIQuery
	}
	return juhe.APIQueryV2
}
