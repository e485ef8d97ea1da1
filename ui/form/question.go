package form

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// question asks for consent to a lookup that was stopped, or whether to open pasted rows
// as a batch. It receives every key until it is answered.
type question struct {
	text       string
	yesLabel   string // of the yes key
	query      juhe.Query
	consent    lookup.Consent // given by yes
	askedAt    time.Time
	noLabel    string // of the no key; "" for Messages.Form.DoNotSend
	pastedRows string // "" for a question about a lookup
}

// minReadingTime is the time for which a question or a confirmation must be shown before
// a key can agree to it. An earlier key was probably meant for a field.
const minReadingTime = 400 * time.Millisecond

// consentQuestion returns the question about a lookup that was not sent, and false if
// there is none.
func (s *Screen) consentQuestion(finished pendingLookup, rec lookup.Record, err error) (q question, ok bool) {
	w := s.Messages.Form
	reason, consent := lookup.RequiredConsent(rec, err, finished.consent)
	q.query, q.consent = finished.typedQuery, consent
	switch reason {
	case lookup.ConsentNone:
		return q, false
	case lookup.ConsentUnrecorded:
		q.text, q.yesLabel = fmt.Sprintf(w.AskUnrecorded, lookup.ErrorText(s.Messages, err)), w.SendUnrecorded
	case lookup.ConsentHistoryLost:
		q.text, q.yesLabel = w.AskHistoryLost, w.SendAnyway
	case lookup.ConsentClock:
		q.text, q.yesLabel = fmt.Sprintf(w.AskClock, rec.At.Format(lookup.ZonedTimeLayout), rec.Reply.Fault.Detail), w.SendClockIsRight
	case lookup.ConsentUnsettled:
		q.text, q.yesLabel = s.describeEarlier(w.AskUnsettled, *rec.Earlier, rec.Service), w.SendAgain
	case lookup.ConsentPending:
		e := rec.Earlier
		q.text, q.yesLabel = fmt.Sprintf(w.AskPending, e.EndpointLabel(rec.Service), e.At.Format(timeLayout)), w.SendAgain
	case lookup.ConsentUnusableVerdict:
		q.text, q.yesLabel = s.describeEarlier(s.Messages.Faults[string(rec.Reply.Fault.Kind)]+w.AskUnusableVerdict, *rec.Earlier, rec.Service), w.SendAgain
	}
	return q, true
}

// ask shows a question. An operator who did not wait may be typing something else, and
// gets only a message on the status line.
func (s *Screen) ask(q question, waited bool) tea.Cmd {
	if !waited {
		return widget.Notify(widget.Warn, fmt.Sprintf(s.Messages.Form.NotSent, q.text))
	}
	q.askedAt = s.Now()
	s.question = &q
	return nil
}

// AskResend fills in the query of a lookup and asks whether to pay for it again.
func (s *Screen) AskResend(rec lookup.Record) {
	if s.pending.inProgress() {
		return
	}
	s.Fill(rec.Query)
	_, original, consent := lookup.ResendConsent(rec)
	s.ask(question{
		text: s.describeEarlier(s.Messages.Form.AskResend, original, original.Service) + s.warningsToConfirm(rec.Query), yesLabel: s.Messages.Form.SendAgain,
		query: rec.Query, consent: consent,
	}, true)
}

// timeLayout is the layout of times within texts, with a no-break space.
const timeLayout = "2006-01-02\u00a015:04:05"

// describeEarlier formats the time, endpoint and outcome of an earlier lookup for a
// question about a new lookup; service is the base URL that it would go to.
func (s *Screen) describeEarlier(format string, rec lookup.Record, service string) string {
	outcome := string(rec.Reply.Outcome)
	return fmt.Sprintf(format, rec.At.Format(timeLayout), rec.EndpointLabel(service), s.Theme.OutcomeMark[outcome]+"\u00a0"+s.Messages.Outcomes[outcome])
}

func (s *Screen) answerQuestion(msg tea.KeyMsg) tea.Cmd {
	k, q := s.Options.Keys, *s.question
	switch {
	case k.Matches(msg, keymap.Yes) && s.Now().Sub(q.askedAt) >= minReadingTime:
		s.question = nil
		if q.pastedRows != "" {
			return openBatch(q.pastedRows)
		}
		return s.startLookup(q.query, q.consent)
	case k.Matches(msg, keymap.No), k.Matches(msg, keymap.Back):
		s.question = nil
	}
	return nil
}

// questionLines returns the lines of the question and its answers.
func (s *Screen) questionLines() []string {
	pad := strings.Repeat(" ", gutter)
	lines := widget.Indent(s.Theme.Warn, widget.Wrap(s.question.text, s.width-2*gutter))
	k := s.Options.Keys
	answer := func(a keymap.Action, label string) string {
		return s.Theme.Key.Render(k.Name(a)) + " " + s.Theme.Text.Render(label)
	}
	return slices.Concat([]string{""}, lines, []string{"", pad + answer(keymap.Yes, s.question.yesLabel) + "    " + answer(keymap.No, cmp.Or(s.question.noLabel, s.Messages.Form.DoNotSend))})
}
