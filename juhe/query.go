package juhe

import "slices"

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
