// Package consent has what screens and commands share when they ask before a call that
// costs money: the questions, what the plan of a run says about its rows, whether a yes is
// enough, and when an answer counts. It neither draws nor reads, and the time is passed in.
package consent

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
)

// readingTime is the time for which a question must be visible before it can be agreed
// to. An earlier key or line was meant for something else.
const readingTime = 400 * time.Millisecond

// TooSoon reports whether an answer at now is too early to agree to a question that was
// shown at asked.
func TooSoon(asked, now time.Time) bool { return now.Sub(asked) < readingTime }

// typedAbove is the number of calls above which the number must be typed.
const typedAbove = 100

// NeedsNumber reports whether a yes is not enough for a number of calls, so that the
// number must be typed.
func NeedsNumber(calls int) bool { return calls > typedAbove }

// IsNumber reports whether typed is a number of calls, in half or full width.
func IsNumber(typed string, calls int) bool {
	return strings.Map(ident.HalfWidth, typed) == strconv.Itoa(calls)
}

// IsYes reports whether a line means yes. Any other line means no.
func IsYes(line string) bool {
	switch strings.ToLower(line) {
	case "y", "ｙ", "yes", "是":
		return true
	}
	return false
}

// Question asks whether to send a lookup that may be charged twice, that may be unwanted,
// or that cannot be recorded.
type Question struct {
	Text    string
	Yes     string         // the label of yes
	Consent lookup.Consent // given by yes
}

// Questions words the questions about one lookup.
type Questions struct {
	Messages *i18n.Messages
	// Marks are drawn before outcomes, by outcome. With nil the questions are plain
	// words; otherwise they have spaces at which no line breaks.
	Marks map[juhe.Outcome]string
}

// Required returns the question about a lookup that Verifier.Do did not send, and false if
// there is none. rec and err are the results of Do, and given is the consent that it had.
func (t Questions) Required(rec lookup.Record, err error, given lookup.Consent) (q Question, ok bool) {
	reason, consent := lookup.RequiredConsent(rec, err, given)
	earlier := lookup.Record{}
	if rec.Earlier != nil {
		earlier = *rec.Earlier
	}
	return t.question(reason, rec, earlier, err, consent)
}

// Resend returns the question about sending the query of rec again, and false if yes need
// not be asked for. q.Consent is set in both cases.
func (t Questions) Resend(rec lookup.Record) (q Question, ok bool) {
	reason, original, consent := lookup.ResendConsent(rec)
	return t.question(reason, rec, original, nil, consent)
}

// question returns the question for a reason. earlier is the lookup that it is about, if
// any.
func (t Questions) question(reason lookup.ConsentReason, rec, earlier lookup.Record, err error, consent lookup.Consent) (q Question, ok bool) {
	w := t.Messages.Form
	at, endpoint, outcome := t.describe(earlier, rec.Service)
	q = Question{Yes: w.SendAgain, Consent: consent}
	switch reason {
	case lookup.ConsentNone:
		return q, false
	case lookup.ConsentUnrecorded:
		q.Text, q.Yes = fmt.Sprintf(w.AskUnrecorded, t.Messages.ErrorText(err)), w.SendUnrecorded
	case lookup.ConsentHistoryLost:
		q.Text, q.Yes = w.AskHistoryLost, w.SendAnyway
	case lookup.ConsentClock:
		q.Text, q.Yes = fmt.Sprintf(w.AskClock, rec.At.Format(lookup.ZonedTimeLayout), rec.Reply.Fault.Detail), w.SendClockIsRight
	case lookup.ConsentPending:
		q.Text = fmt.Sprintf(w.AskPending, endpoint, at)
	case lookup.ConsentUnsettled:
		q.Text = fmt.Sprintf(w.AskUnsettled, at, endpoint, outcome)
	case lookup.ConsentAnswered:
		q.Text = fmt.Sprintf(w.AskResend, at, endpoint, outcome)
	case lookup.ConsentUnusableVerdict:
		q.Text = fmt.Sprintf(t.Messages.Faults[rec.Reply.Fault.Kind]+w.AskUnusableVerdict, at, endpoint, outcome)
	}
	return q, true
}

// describe returns the time, endpoint and outcome of an earlier lookup. service is the
// base URL to which the new lookup would go.
func (t Questions) describe(rec lookup.Record, service string) (at, endpoint, outcome string) {
	const noBreak = "\u00a0"
	o := rec.Reply.Outcome
	at, outcome = rec.At.Format(time.DateTime), t.Messages.Outcomes[o]
	if t.Marks != nil {
		at, outcome = strings.ReplaceAll(at, " ", noBreak), t.Marks[o]+noBreak+outcome
	}
	return at, rec.EndpointLabel(service), outcome
}
