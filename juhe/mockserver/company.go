package mockserver

import (
	"fmt"
	"net/url"

	"fourfactor/juhe"
)

// Company is a fictional company of the register and its representative. The names
// are made up. The document numbers are the example of the standard and fictional
// ones from public test suites.
type Company struct {
	Entname  string
	Entmark  string // 统一社会信用代码
	Regno    string // 注册号
	Orgcode  string // 组织机构代码, for queryV2
	Realname string
	Idcard   string
	// Regstatus is the JSON value of the member; "" means that it is absent.
	Regstatus string
}

// Companies returns the register. It covers every form of regstatus: text, empty,
// null, absent and a number.
func Companies() []Company {
	return []Company{
		{"北京晨星虚构科技有限公司", "91110199MAYYY0013X", "110199990000019", "MAYYY0013", "张三", "11010519491231002X", `"存续（在营、开业、在册）"`},
		{"上海云帆虚构贸易有限公司", "91310199MAYYY00216", "310199990000020", "MAYYY0021", "李四", "360426199101010071", `"在业"`},
		{"深圳市南风虚构电子有限公司", "91440399MAYYY003XB", "440399990000037", "MAYYY003X", "王五", "412723199010050012", `"吊销，未注销"`},
		{"杭州湖畔虚构网络有限公司", "91330199MAYYY00486", "330199990000041", "MAYYY0048", "赵六", "120110198012010073", `"注销"`},
		{"成都锦里虚构餐饮管理有限公司", "91510199MAYYY00566", "510199990000059", "MAYYY0056", "欧阳小红", "110101199003078670", `"迁出"`},
		{"苏州（虚构）精密机械股份有限公司", "91320599MAYYY0064C", "320599990000067", "MAYYY0064", "孙七", "500154199804106120", `""`},
		{"武汉江城虚构物流有限公司", "91420199MAYYY00729", "420199990000077", "MAYYY0072", "周八", "140120197901010008", `null`},
		{"西安古城虚构文化传播有限公司", "91610199MAYYY0080D", "610199990000089", "MAYYY0080", "买买提·示例", "500154199301135886", ``},
		{"青岛海蓝虚构食品有限公司", "91370299MAYYY00994", "370299990000099", "MAYYY0099", "吴九", "370620199505100123", `1`},
		{"重庆山城虚构建材有限公司", "91500199MAYYY01013", "500199990000108", "MAYYY0101", "郑十", "150102880730303", `"存续"`},
		{"大连星海虚构船务有限公司", "91210299MAYYY011X0", "210299990000115", "MAYYY011X", "陈示例", "810000199408230021", `"停业"`},
		{"厦门鹭岛虚构进出口有限公司", "91350299MAYYY01287", "350299990000127", "MAYYY0128", "John Sample", "E12345678", `"清算"`},
	}
}

// Factors returns the factors that match on the given endpoint.
func (c Company) Factors(api juhe.API) juhe.Factors {
	mark := c.Entmark
	if api == juhe.APIQueryV2 {
		mark = c.Orgcode
	}
	return juhe.Factors{juhe.Entname: c.Entname, juhe.Entmark: mark, juhe.Realname: c.Realname, juhe.Idcard: c.Idcard}
}

func (c Company) hasMark(entmark string) bool {
	return entmark == c.Entmark || entmark == c.Regno || entmark == c.Orgcode
}

// verify compares the factors with the register and returns the answer.
func (s *Server) verify(api juhe.API, params url.Values) string {
	company, code := findCompany(params)
	if code == 253504 {
		return errorBody(code)
	}
	regstatus := ""
	if params.Get("regstatus") == "1" && company.Regstatus != "" {
		regstatus = `,"regstatus":` + company.Regstatus
	}
	return successBody(verdictMembers(api, code, regstatus), s.orderid())
}

// findCompany returns the company and the detail code, or 253504.
func findCompany(params url.Values) (Company, int) {
	var byName, byMark *Company
	for _, c := range Companies() {
		if c.Entname == params.Get("entname") {
			byName = &c
		}
		if c.hasMark(params.Get("entmark")) {
			byMark = &c
		}
	}
	switch {
	case byName == nil && byMark == nil:
		return Company{}, 253504
	case byName == nil:
		return *byMark, -24
	case byMark == nil:
		return *byName, -25
	case byName.Entname != byMark.Entname:
		return *byName, -21
	}
	return *byName, personCode(*byName, params.Get("realname"), params.Get("idcard"))
}

func personCode(c Company, realname, idcard string) int {
	name, number := realname == c.Realname, idcard == c.Idcard
	switch {
	case name && number:
		return 7
	case number:
		return -22
	case name:
		return -23
	}
	return -26
}

// ErrorCodeEntname returns the company name that is answered with an error code.
func ErrorCodeEntname(errorCode int) string { return fmt.Sprintf("虚构错误码%d公司", errorCode) }
