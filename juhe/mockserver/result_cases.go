package mockserver

import "fourfactor/juhe"

// resultCases returns results that the document does not list, and some that it does.
func resultCases() []Case {
	return []Case{
		{"pair-as-strings", juhe.Match, result(`"state":"1","detail":{"code":"7"}`, `"res":"1"`)},
		{"mismatch-as-strings", juhe.Mismatch, result(`"state":"2","detail":{"code":"-26"}`, `"res":"2"`)},
		{"desc-contradicts", juhe.Mismatch, result(`"state":2,"detail":{"code":-22,"desc":"一致"}`, `"res":2,"desc":"一致"`)},
		{"desc-not-text", juhe.Match, result(`"state":1,"detail":{"code":7,"desc":{"a":1}}`, `"res":1,"desc":{"a":1}`)},

		{"state-3", juhe.Unclear, result(`"state":3,"detail":{"code":7}`, `"res":3`)},
		{"state-0", juhe.Unclear, result(`"state":0,"detail":{"code":7}`, `"res":0`)},
		{"state-missing", juhe.Unclear, result(`"detail":{"code":7}`, `"x":1`)},
		{"state-null", juhe.Unclear, result(`"state":null,"detail":{"code":7}`, `"res":null`)},
		{"state-true", juhe.Unclear, result(`"state":true,"detail":{"code":7}`, `"res":true`)},
		{"state-fraction", juhe.Unclear, result(`"state":1.0,"detail":{"code":7}`, `"res":1.0`)},
		{"state-word", juhe.Unclear, result(`"state":"一致","detail":{"code":7}`, `"res":"一致"`)},
		{"state-33-bits", juhe.Unclear, result(`"state":4294967297,"detail":{"code":7}`, `"res":4294967297`)},
		{"state-other-case", juhe.Unclear, result(`"State":1,"detail":{"code":7}`, `"Res":1`)},
		{"state-list", juhe.Unclear, result(`"state":[1],"detail":{"code":7}`, `"res":[1]`)},

		{"code-99", juhe.Unclear, result(`"state":2,"detail":{"code":-99}`, `"res":-99`)},
		{"code-5", juhe.Unclear, result(`"state":1,"detail":{"code":5}`, `"res":5`)},
		{"match-with-22", juhe.Unclear, result(`"state":1,"detail":{"code":-22,"desc":"姓名不一致"}`, `"res":-1`)},
		{"mismatch-with-7", juhe.Unclear, result(`"state":2,"detail":{"code":7,"desc":"企业法人/负责人"}`, `"res":-2`)},
		{"detail-missing", juhe.Unclear, result(`"state":1`, `"state":1`)},
		{"detail-null", juhe.Unclear, result(`"state":1,"detail":null`, `"detail":null`)},
		{"detail-list", juhe.Unclear, result(`"state":1,"detail":[{"code":7}]`, `"res":[]`)},
		{"detail-code-missing", juhe.Unclear, result(`"state":1,"detail":{"desc":"企业法人/负责人"}`, `"res":""`)},
		{"detail-code-null", juhe.Unclear, result(`"state":1,"detail":{"code":null}`, `"res":{}`)},
		{"code-beside-state", juhe.Unclear, result(`"state":1,"code":7`, `"detail":{"res":1}`)},
	}
}

// result returns a response with the given members of result, for query and queryEncry
// and for queryV2.
func result(members, v2Members string) func(*request) {
	return func(q *request) {
		of := members
		if q.api == juhe.APIQueryV2 {
			of = v2Members
		}
		write(q.w, successBody(of, q.orderid()))
	}
}
