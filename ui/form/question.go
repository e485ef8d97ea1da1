package form

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// question is asked before a lookup that the guard or the ledger has stopped.
// It takes every key until it is answered.
type question struct {
	text       string
	yesLabel   string // what y does, in words
	query      juhe.Query
	consent    lookup.Consent // what y agrees to
	askedAt    time.Time
	noLabel    string // what n does, in words
	pastedRows string // pasted ones that it is about, instead of a lookup
}

// readingTime is how long a question is there before it can be agreed to: a letter
// that was meant for a field is no consent.
const readingTime = 400 * time.Millisecond

// consentQuestion gives what is to be asked about a lookup that was not sent, if
// anything is.
func (s *Screen) consentQuestion(c call, rec lookup.Record, err error) (q question, ok bool) {
	w := s.Words.Form
	question, consent := lookup.RequiredConsent(rec, err, c.consent)
	q.query, q.consent = c.typed, consent
	switch question {
	case lookup.ConsentNotNeeded:
		return q, false
	case lookup.ConsentUnrecorded:
		q.text, q.yesLabel = fmt.Sprintf(w.AskUnrecorded, lookup.ErrorText(s.Words, err)), w.SendUnrecorded
	case lookup.ConsentHistoryLost:
		q.text, q.yesLabel = w.AskForgotten, w.SendAnyway
	case lookup.ConsentClock:
		q.text, q.yesLabel = fmt.Sprintf(w.AskClock, rec.At.Format(lookup.TimeZoned), rec.Reply.Fault.Detail), w.ClockRight
	case lookup.ConsentUnsettled:
		q.text, q.yesLabel = s.describeEarlier(w.AskUnsettled, *rec.Earlier, rec.Service), w.SendAgain
	case lookup.ConsentPending:
		e := rec.Earlier
		q.text, q.yesLabel = fmt.Sprintf(w.AskUnderWay, e.EndpointLabel(rec.Service), e.At.Format(timeLayout)), w.SendAgain
	case lookup.ConsentVerdict:
		q.text, q.yesLabel = s.describeEarlier(s.Words.Faults[string(rec.Reply.Fault.Kind)]+w.AskConcluded, *rec.Earlier, rec.Service), w.SendAgain
	}
	return q, true
}

// ask asks it. An operator who does not wait any more is typing something else:
// he is told only.
func (s *Screen) ask(q question, waited bool) tea.Cmd {
	if !waited {
		return widget.Notify(widget.Warn, fmt.Sprintf(s.Words.Form.NotSent, q.text))
	}
	q.askedAt = s.Now()
	s.question = &q
	return nil
}

// AskResend asks whether to pay once more for what an earlier lookup has
// answered.
func (s *Screen) AskResend(repeated lookup.Record) {
	if s.call.inProgress() {
		return
	}
	s.Fill(repeated.Query)
	_, about, yes := lookup.ResendConsent(repeated)
	s.ask(question{
		text: s.describeEarlier(s.Words.Form.AskAgain, about, about.Service) + s.warningsBelow(repeated.Query), yesLabel: s.Words.Form.SendAgain,
		query: repeated.Query, consent: yes,
	}, true)
}

// timeLayout is how a time is written in a sentence, which does not break in it.
const timeLayout = "2006-01-02\u00a015:04:05"

// describeEarlier puts an earlier lookup into a question about one at a service.
func (s *Screen) describeEarlier(format string, rec lookup.Record, service string) string {
	outcome := string(rec.Reply.Outcome)
	return fmt.Sprintf(format, rec.At.Format(timeLayout), rec.EndpointLabel(service), s.Theme.OutcomeMark[outcome]+"\u00a0"+s.Words.Outcomes[outcome])
}

func (s *Screen) answerQuestion(msg tea.KeyMsg) tea.Cmd {
	k, q := s.Options.Keys, *s.question
	switch {
	case k.Matches(msg, keymap.Yes) && s.Now().Sub(q.askedAt) >= readingTime:
		s.question = nil
		if q.pastedRows != "" {
			return toBatch(q.pastedRows)
		}
		return s.start(q.query, q.consent)
	case k.Matches(msg, keymap.No), k.Matches(msg, keymap.Back):
		s.question = nil
	}
	return nil
}

// questionLines draws the question with its answers, over the end of the form.
func (s *Screen) questionLines() []string {
	pad := strings.Repeat(" ", gutter)
	lines := []string{""}
	for _, paragraph := range strings.Split(s.question.text, "\n") {
		for _, line := range widget.Wrap(paragraph, s.width-2*gutter) {
			lines = append(lines, pad+s.Theme.Warn.Render(line))
		}
	}
	k := s.Options.Keys
	answer := func(a keymap.Action, what string) string {
		return s.Theme.Key.Render(k.Name(a)) + " " + s.Theme.Text.Render(what)
	}
	return append(lines, "", pad+answer(keymap.Yes, s.question.yesLabel)+"    "+answer(keymap.No, cmp.Or(s.question.noLabel, s.Words.Form.DoNot)))
}
