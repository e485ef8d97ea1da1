package juhe

import (
	"fmt"
	"slices"
)

// API is one of the three endpoints, named by the last part of its path.
type API string

// The endpoints, parts 1 to 3 of the API document.
const (
	APIQuery      API = "query"
	APIQueryEncry API = "queryEncry"
	APIQueryV2    API = "queryV2"
)

// APIs returns the endpoints in the order of the document.
func APIs() []API { return []API{APIQuery, APIQueryEncry, APIQueryV2} }

// IsValid reports whether a is one of the three endpoints.
func (a API) IsValid() bool { return slices.Contains(APIs(), a) }

// Path returns the path of the endpoint below the base URL.
func (a API) Path() string { return "/enterprise_four_factors/" + string(a) }

// Query is one lookup.
type Query struct {
	API API
	Factors
	// Regstatus requests the business status (经营状态) of the company.
	Regstatus bool
}

// Factor is one of the four values that a verification compares.
type Factor int

// The factors, in the order of the API document.
const (
	Entname    Factor = iota // company name, 企业全称
	Entmark                  // company ID: 统一社会信用代码 or 注册号; for queryV2 组织机构代码
	Realname                 // name of the person, 姓名
	Idcard                   // document number of the person, 证件号码
	NumFactors               // the number of factors
)

// factorNames are the names of the request parameters.
var factorNames = [NumFactors]string{"entname", "entmark", "realname", "idcard"}

// String returns the name of the request parameter, such as "entname".
func (f Factor) String() string {
	if f < 0 || f >= NumFactors {
		return fmt.Sprintf("Factor(%d)", int(f))
	}
	return factorNames[f]
}

// FactorNames returns the names of the factors, in their order.
func FactorNames() []string { return slices.Clone(factorNames[:]) }

// ParseFactor returns the factor with the given parameter name.
func ParseFactor(name string) (f Factor, ok bool) {
	i := slices.Index(factorNames[:], name)
	return Factor(max(i, 0)), i >= 0
}

// MarshalText implements encoding.TextMarshaler.
func (f Factor) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (f *Factor) UnmarshalText(text []byte) error {
	parsed, ok := ParseFactor(string(text))
	if !ok {
		return fmt.Errorf("juhe: no factor is called %q", text)
	}
	*f = parsed
	return nil
}

// Factors are the values of the four factors, indexed by Factor.
type Factors [NumFactors]string
