// Package juhe is a client for Juhe's enterprise four-factor verification (企业四要素核验):
// it checks whether a company name, a company ID, a person and a document number
// match the register.
//
// Every lookup costs money, the service has neither idempotency keys nor an order
// query, and its answers are personal data. A Client therefore sends a Query at most
// once, ends it with exactly one Outcome, reports a match or mismatch only if a
// well-formed answer says so, and redacts secrets and the person from everything it
// returns.
//
// The wire format follows the service's API document.
package juhe
