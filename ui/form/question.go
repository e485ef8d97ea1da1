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
	"fourfactor/ui/consent"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// question is a question that is shown, about a lookup that was not sent or about pasted
// rows. It receives every key until it is answered.
type question struct {
	consent.Question
	query      juhe.Query
	askedAt    time.Time
	noLabel    string // of the no key; "" for Messages.Form.DoNotSend
	pastedRows string // to open as a batch; "" for a question about a lookup
}

// consentTexts words the questions about lookups.
func (s *Screen) consentTexts() consent.Texts {
	return consent.Texts{Messages: s.Messages, Marks: s.Theme.OutcomeMark}
}

// ask shows a question. An operator who did not wait may be typing something else, and
// gets only a message on the status line.
func (s *Screen) ask(q question, waited bool) tea.Cmd {
	if !waited {
		return widget.Notify(widget.Warn, fmt.Sprintf(s.Messages.Form.NotSent, q.Text))
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
	q, _ := s.consentTexts().Resend(rec)
	q.Text += s.warningsToConfirm(rec.Query)
	s.ask(question{Question: q, query: rec.Query}, true)
}

func (s *Screen) answerQuestion(msg tea.KeyMsg) tea.Cmd {
	k, q := s.Options.Keys, *s.question
	switch {
	case k.Matches(msg, keymap.Yes) && !consent.TooSoon(q.askedAt, s.Now()):
		s.question = nil
		if q.pastedRows != "" {
			return openBatch(q.pastedRows)
		}
		return s.startLookup(q.query, q.Consent)
	case k.Matches(msg, keymap.No), k.Matches(msg, keymap.Back):
		s.question = nil
	}
	return nil
}

// questionLines returns the lines of the question and its answers.
func (s *Screen) questionLines() []string {
	pad := strings.Repeat(" ", gutter)
	lines := widget.Indent(s.Theme.Warn, widget.Wrap(s.question.Text, s.width-2*gutter))
	k := s.Options.Keys
	answer := func(a keymap.Action, label string) string {
		return s.Theme.Key.Render(k.Name(a)) + " " + s.Theme.Text.Render(label)
	}
	return slices.Concat([]string{""}, lines, []string{"", pad + answer(keymap.Yes, s.question.Yes) + "    " + answer(keymap.No, cmp.Or(s.question.noLabel, s.Messages.Form.DoNotSend))})
}
