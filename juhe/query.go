package juhe

import "slices"

// API is one of the service's three endpoints, by the last part of its path.
type API string

// The endpoints, parts 1 to 3 of the API document.
const (
	APIQuery      API = "query"
	APIQueryEncry API = "queryEncry"
	APIQueryV2    API = "queryV2"
)

// APIs lists the endpoints in the document's order.
func APIs() []API { return []API{APIQuery, APIQueryEncry, APIQueryV2} }

// Valid tells whether a is one of the three endpoints.
func (a API) Valid() bool { return slices.Contains(APIs(), a) }

// Path is the endpoint's path below the base URL.
func (a API) Path() string { return "/enterprise_four_factors/" + string(a) }

// Factors are the four values to be verified, under the document's names.
type Factors struct {
	Entname  string // company name, 企业全称
	Entmark  string // company mark: 统一社会信用代码 or 注册号; on queryV2 组织机构代码
	Realname string // the person's name, 姓名
	Idcard   string // the person's document number, 证件号码
}

// Query is one look-up as it is asked of the service.
type Query struct {
	API API
	Factors
	// Regstatus asks for the company's business status (经营状态) too.
	Regstatus bool
}
