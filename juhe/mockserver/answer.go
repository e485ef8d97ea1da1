package mockserver

import (
	"fmt"

	"fourfactor/juhe"
)

// success writes an answer around the members of result that give the verdict.
func success(pair, orderid string) string {
	return fmt.Sprintf(`{"reason":"成功","result":{%s,"orderid":%q},"error_code":0}`, pair, orderid)
}

// refusal writes an answer with an error code. Of the system codes the old
// resultcode comes along, as a string.
func refusal(code int) string {
	c, _ := juhe.FindCode(code)
	if c.Old != 0 {
		return fmt.Sprintf(`{"resultcode":"%d","reason":%q,"result":null,"error_code":%d}`, c.Old, c.Text, code)
	}
	return fmt.Sprintf(`{"reason":%q,"result":null,"error_code":%d}`, c.Text, code)
}

// pairOf writes the verdict of a detail code in the endpoint's own members.
func pairOf(api juhe.API, code int, regstatus string) string {
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

// other is the endpoint with the other pair.
func other(api juhe.API) juhe.API {
	if api == juhe.APIQueryV2 {
		return juhe.APIQuery
	}
	return juhe.APIQueryV2
}
