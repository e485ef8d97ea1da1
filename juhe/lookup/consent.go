package lookup

import (
	"errors"

	"fourfactor/juhe"
)

// ConsentReason is what has to be asked before a look-up is sent that was not.
type ConsentReason string

// The questions. What they are about is in the Record or the error.
const (
	ConsentNotNeeded   ConsentReason = ""
	ConsentUnrecorded  ConsentReason = "unrecorded" // the ledger cannot record it
	ConsentHistoryLost ConsentReason = "forgotten"  // it is not known what was sent before
	ConsentUnsettled   ConsentReason = "unsettled"  // the Earlier one may have been paid for
	ConsentPending     ConsentReason = "under_way"  // the Earlier one is still under way
	ConsentAnswered    ConsentReason = "answered"   // there is a verdict
	ConsentVerdict     ConsentReason = "concluded"  // the Earlier one has a verdict that does not answer
	ConsentClock       ConsentReason = "clock"      // the clock is behind what the ledger has recorded
)

// RequiredConsent tells what is to be asked about a look-up by what Do has given for it, if
// anything is. Yes is consent to what had was given for and to what is asked
// about now, and to no more.
func RequiredConsent(rec Record, err error, had Consent) (question ConsentReason, yes Consent) {
	yes = had
	var ledger *LedgerError
	fault := rec.Reply.Fault.Kind
	switch {
	case errors.As(err, &ledger):
		yes.Unrecorded = true
		return ConsentUnrecorded, yes
	case err == nil && fault == juhe.FaultForgotten:
		yes.HistoryLost = true
		return ConsentHistoryLost, yes
	case err == nil && fault == juhe.FaultClock:
		yes.ClockBehind = rec.Reply.Fault.Detail
		return ConsentClock, yes
	case err != nil || rec.Earlier == nil:
		return ConsentNotNeeded, had
	case fault == juhe.FaultUnsettled:
		question = ConsentUnsettled
	case fault == juhe.FaultUnderWay:
		question = ConsentPending
	case fault == juhe.FaultVerdictImported, fault == juhe.FaultVerdictElsewhere, fault == juhe.FaultVerdictAhead:
		question = ConsentVerdict
	default:
		return ConsentNotNeeded, had
	}
	yes.UnsettledID = rec.Earlier.ID
	return question, yes
}

// ResendConsent tells what is to be asked before what has been looked up is sent once
// more, if anything is, and about which look-up: rec, or the one that answered it.
// Yes is consent to that. What comes of it is asked about by Ask.
func ResendConsent(rec Record) (question ConsentReason, about Record, yes Consent) {
	about = rec
	if rec.Earlier != nil {
		about = *rec.Earlier
	}
	switch {
	case rec.Reply.Outcome.Verdict():
		return ConsentAnswered, about, Consent{AnsweredID: about.ID}
	case unsettled(rec.Reply):
		return ConsentUnsettled, about, Consent{UnsettledID: about.ID}
	}
	return ConsentNotNeeded, about, Consent{}
}
