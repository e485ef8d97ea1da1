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

// IsValid tells whether a is one of the three endpoints.
func (a API) IsValid() bool { return slices.Contains(APIs(), a) }

// Path is the endpoint's path below the base URL.
func (a API) Path() string { return "/enterprise_four_factors/" + string(a) }

// Query is one look-up as it is asked of the service.
type Query struct {
	API API
	Factors
	// Regstatus asks for the company's business status (经营状态) too.
	Regstatus bool
}
