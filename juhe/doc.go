// Package juhe is a client of Juhe's enterprise four-factor verification
// (企业四要素核验): does this company name, company mark, person and document
// number belong together?
//
// A look-up costs money, the service has no idempotency key and no order
// query, and its answers are personal data. So a Client sends a Query at most
// once, ends it in exactly one Outcome, calls it a match or a mismatch only
// when one well-formed answer says so, and redacts secrets and the person
// from everything that it passes on.
//
// The wire follows the service's own API document.
package juhe
