package mockserver

import (
	"net/http"
	"net/url"
	"slices"

	"fourfactor/juhe"
)

// Case is a misbehaviour of the service. A lookup of a fictional company name
// triggers it.
type Case struct {
	Slug string // short and stable, such as gzip-bomb
	// Want is the outcome that a client must report, on every endpoint.
	Want    juhe.Outcome
	respond func(*request)
}

// Entname returns the company name that triggers the case.
func (c Case) Entname() string { return "虚构" + c.Slug + "公司" }

// request is a lookup that a Case answers.
type request struct {
	*Server
	w      http.ResponseWriter
	r      *http.Request
	api    juhe.API
	params url.Values
}

// matchBody returns the answer for a match.
func (q *request) matchBody() string {
	return successBody(verdictMembers(q.api, 7, ""), q.orderid())
}

// Cases returns all misbehaviours: of the connection, of HTTP, and of the answer.
func Cases() []Case {
	return slices.Concat(connectionCases(), httpCases(), bodyCases(), resultCases())
}

// findCase returns the case that a company name triggers.
func findCase(entname string) (Case, bool) {
	for _, c := range Cases() {
		if c.Entname() == entname {
			return c, true
		}
	}
	return Case{}, false
}
