package form

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/consent"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// question is a question that is shown, about a lookup that was not sent or about pasted
// rows. It receives every key until it is answered.
type question struct {
	text, yes, no string // no and yes are the labels of the answers
	agree         func() tea.Cmd
	askedAt       time.Time
}

// lines draws the question and its answers.
func (q *question) lines(c widget.Common, width int) []string {
	answers := strings.Repeat(" ", widget.Gutter) + c.Hint(keymap.Yes, q.yes) + "    " + c.Hint(keymap.No, q.no)
	return slices.Concat([]string{""}, widget.Paragraph(c.Theme.Warn, q.text, width), []string{"", answers})
}

// ask shows a question.
func (s *Screen) ask(text, yes, no string, agree func() tea.Cmd) {
	s.question = &question{text, yes, no, agree, s.Now()}
}

// answer closes the question on yes, no or back. Yes counts only if it is not too soon.
func (s *Screen) answer(msg tea.KeyMsg) tea.Cmd {
	k, q := s.Options.Keys, s.question
	switch {
	case k.Matches(msg, keymap.Yes) && !consent.TooSoon(q.askedAt, s.Now()):
		s.question = nil
		return q.agree()
	case k.Matches(msg, keymap.No), k.Matches(msg, keymap.Back):
		s.question = nil
	}
	return nil
}

// questions words the questions about lookups.
func (o *Options) questions() consent.Questions {
	return consent.Questions{Messages: o.Messages, Marks: o.Theme.OutcomeMark}
}

// AskResend fills in the query of a lookup and asks whether to pay for it again.
func (s *Screen) AskResend(rec lookup.Record) {
	if s.InProgress() {
		return
	}
	s.Fill(rec.Query)
	q, _ := s.questions().Resend(rec)
	_, warnings := lookup.Check(rec.Query, s.Now())
	for _, text := range s.warningTexts(lookup.NeedingConfirmation(warnings)) {
		q.Text += "\n" + s.Theme.Glyphs.Warning + " " + text
	}
	s.ask(q.Text, q.Yes, s.Messages.Form.DoNotSend, func() tea.Cmd { return s.startLookup(rec.Query, q.Consent) })
}

// confirmation has the warnings about a query that are shown before it is sent. A send
// key sends the query unless it is too soon. Any other key ends the confirmation.
type confirmation struct {
	query    juhe.Query
	shownAt  time.Time
	warnings []ident.Warning
}

func (c *confirmation) isShown() bool { return len(c.warnings) > 0 }

// confirm reports whether query has no warnings that need confirmation, or the operator
// has confirmed them, not too soon after they were shown. Otherwise it shows them anew, so
// that holding down a key does not send.
func (c *confirmation) confirm(query juhe.Query, now time.Time) bool {
	_, all := lookup.Check(query, now)
	old := *c
	*c = confirmation{query, now, lookup.NeedingConfirmation(all)}
	if !c.isShown() || old.isShown() && old.query == query && !consent.TooSoon(old.shownAt, now) {
		*c = confirmation{}
		return true
	}
	return false
}

// lines draws the warnings of each field and the key that sends the query nevertheless.
func (c *confirmation) lines(o *Options, sendKey string, width, height int) []string {
	sendHint := fieldNote{o.Theme.Text, "", fmt.Sprintf(o.Messages.Form.SendWarned, sendKey)}.below(width)
	lines := []string{""}
	for _, text := range o.warningTexts(c.warnings) {
		lines = append(lines, fieldNote{o.Theme.Warn, o.Theme.Glyphs.Warning, text}.below(width)...)
	}
	return append(lines[:max(min(len(lines), height-len(sendHint)), 0)], sendHint...)
}
