package mockserver

import (
	"net/http"
	"net/url"

	"fourfactor/juhe"
)

// Case is one way to misbehave, asked for by a fictional company name.
type Case struct {
	Slug string // short and stable, such as gzip-bomb
	// Want is how a client has to end the look-up, on every endpoint.
	Want  juhe.Outcome
	serve func(*request)
}

// Entname is the company name that asks for the case.
func (c Case) Entname() string { return "虚构" + c.Slug + "公司" }

// request is one look-up on its way to a Case.
type request struct {
	*Server
	w      http.ResponseWriter
	r      *http.Request
	api    juhe.API
	params url.Values
}

// matchBody is the answer that says that all four agree.
func (q *request) matchBody() string {
	return successBody(verdictMembers(q.api, 7, ""), q.orderid())
}

// Cases is the table of misbehaviours: on the connection, in HTTP, and in the
// answer itself.
func Cases() []Case {
	all := connectionCases()
	all = append(all, httpCases()...)
	for _, s := range bodyShapes() {
		all = append(all, Case{s.slug, s.want, func(q *request) { write(q.w, q.fillIn(s.body)) }})
	}
	for _, p := range verdictShapes() {
		all = append(all, Case{p.slug, p.want, func(q *request) {
			pair := p.members
			if q.api == juhe.APIQueryV2 {
				pair = p.v2Members
			}
			write(q.w, successBody(pair, q.orderid()))
		}})
	}
	return all
}

// FindCase finds the case that a company name asks for.
func FindCase(entname string) (Case, bool) {
	for _, c := range Cases() {
		if c.Entname() == entname {
			return c, true
		}
	}
	return Case{}, false
}
