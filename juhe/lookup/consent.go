package lookup

import (
	"errors"

	"fourfactor/juhe"
)

// ConsentReason is the reason why a lookup needs consent before it is sent.
type ConsentReason string

// The reasons. The Record or the error has the details. The values are identifiers and are
// not shown.
const (
	ConsentNone            ConsentReason = ""           // there is nothing to ask
	ConsentUnrecorded      ConsentReason = "unrecorded" // the ledger cannot record it
	ConsentHistoryLost     ConsentReason = "forgotten"  // earlier lookups were lost
	ConsentUnsettled       ConsentReason = "unsettled"  // Record.Earlier may have been billed
	ConsentPending         ConsentReason = "under_way"  // Record.Earlier is still in progress
	ConsentAnswered        ConsentReason = "answered"   // there is already a verdict
	ConsentUnusableVerdict ConsentReason = "concluded"  // Record.Earlier has a verdict that cannot be reused
	ConsentClock           ConsentReason = "clock"      // the clock is behind the newest recorded time
)

// RequiredConsent returns the reason why a lookup that Verifier.Do did not send needs
// consent. rec and err are the results of Do, and given is the consent that it had.
// extended is given with the missing consent added. The reason is ConsentNone if
// the lookup was sent, if an earlier verdict answered it, or if no consent would allow it.
func RequiredConsent(rec Record, err error, given Consent) (reason ConsentReason, extended Consent) {
	extended = given
	var ledgerErr *LedgerError
	fault := rec.Reply.Fault.Kind
	switch {
	case errors.As(err, &ledgerErr):
		extended.Unrecorded = true
		return ConsentUnrecorded, extended
	case err == nil && fault == juhe.FaultHistoryLost:
		extended.HistoryLost = true
		return ConsentHistoryLost, extended
	case err == nil && fault == juhe.FaultClock:
		extended.ClockBehind = rec.Reply.Fault.Detail
		return ConsentClock, extended
	case err != nil || rec.Earlier == nil:
		return ConsentNone, given
	case fault == juhe.FaultUnsettled:
		reason = ConsentUnsettled
	case fault == juhe.FaultPending:
		reason = ConsentPending
	case fault == juhe.FaultVerdictImported, fault == juhe.FaultVerdictOtherService, fault == juhe.FaultVerdictInFuture:
		reason = ConsentUnusableVerdict
	default:
		return ConsentNone, given
	}
	extended.BlockingID = rec.Earlier.ID
	return reason, extended
}

// ResendConsent returns the consent for sending the query of rec again, and the reason
// why it is needed. original is the lookup that would be paid for again: rec.Earlier, or
// rec if that is nil. Do may need more consent: see RequiredConsent.
func ResendConsent(rec Record) (reason ConsentReason, original Record, consent Consent) {
	original = rec
	if rec.Earlier != nil {
		original = *rec.Earlier
	}
	switch {
	case rec.Reply.Outcome.IsVerdict():
		return ConsentAnswered, original, Consent{AnsweredID: original.ID}
	case isUnsettled(rec.Reply):
		return ConsentUnsettled, original, Consent{BlockingID: original.ID}
	}
	return ConsentNone, original, Consent{}
}
