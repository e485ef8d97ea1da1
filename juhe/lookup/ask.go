package lookup

import (
	"errors"

	"fourfactor/juhe"
)

// Question is what has to be asked before a look-up is sent that was not.
type Question string

// The questions. What they are about is in the Record or the error.
const (
	AskNothing    Question = ""
	AskUnrecorded Question = "unrecorded" // the ledger cannot record it
	AskForgotten  Question = "forgotten"  // it is not known what was sent before
	AskUnsettled  Question = "unsettled"  // the Earlier one may have been paid for
	AskUnderWay   Question = "under_way"  // the Earlier one is still under way
	AskAnswered   Question = "answered"   // there is a verdict
	AskConcluded  Question = "concluded"  // the Earlier one has a verdict that does not answer
	AskClock      Question = "clock"      // the clock is behind what the ledger has recorded
)

// Ask tells what is to be asked about a look-up by what Do has given for it, if
// anything is. Yes is consent to what had was given for and to what is asked
// about now, and to no more.
func Ask(rec Record, err error, had Consent) (question Question, yes Consent) {
	yes = had
	var ledger *LedgerError
	fault := rec.Reply.Fault.Kind
	switch {
	case errors.As(err, &ledger):
		yes.Unrecorded = true
		return AskUnrecorded, yes
	case err == nil && fault == juhe.FaultForgotten:
		yes.Forgotten = true
		return AskForgotten, yes
	case err == nil && fault == juhe.FaultClock:
		yes.Clock = rec.Reply.Fault.Detail
		return AskClock, yes
	case err != nil || rec.Earlier == nil:
		return AskNothing, had
	case fault == juhe.FaultUnsettled:
		question = AskUnsettled
	case fault == juhe.FaultUnderWay:
		question = AskUnderWay
	case fault == juhe.FaultVerdictImported, fault == juhe.FaultVerdictElsewhere, fault == juhe.FaultVerdictAhead:
		question = AskConcluded
	default:
		return AskNothing, had
	}
	yes.Unsettled = rec.Earlier.ID
	return question, yes
}

// AskAgain tells what is to be asked before what has been looked up is sent once
// more, if anything is, and about which look-up: rec, or the one that answered it.
// Yes is consent to that. What comes of it is asked about by Ask.
func AskAgain(rec Record) (question Question, about Record, yes Consent) {
	about = rec
	if rec.Earlier != nil {
		about = *rec.Earlier
	}
	switch {
	case rec.Reply.Outcome.Verdict():
		return AskAnswered, about, Consent{Answered: about.ID}
	case unsettled(rec.Reply):
		return AskUnsettled, about, Consent{Unsettled: about.ID}
	}
	return AskNothing, about, Consent{}
}
