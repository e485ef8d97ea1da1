package form_test

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/i18n"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// testForm is a form connected to a mock server.
type testForm struct {
	*form.Screen
	*uitest.Driver
	t      *testing.T
	words  *i18n.Messages
	server *mockserver.Server
}

// option changes the options of a form or of its client.
type option func(*form.Options, *juhe.Options)

func newTestForm(t *testing.T, options ...option) *testForm {
	t.Helper()
	server := mockserver.New(mockserver.Key, mockserver.Openid)
	w := i18n.For("zh", nil)
	o := form.Options{
		Common: widget.Common{Messages: w, Theme: uitest.Theme("dark", "rounded"), Keys: uitest.Keys(w)},
		Now:    time.Now, InitialQuery: juhe.Query{API: juhe.APIQuery},
	}
	c := juhetest.ClientOptions(juhetest.NewServer(t, server))
	for _, set := range options {
		set(&o, &c)
	}
	client := juhetest.NewClient(t, c)
	if o.Ledger == nil {
		l := juhetest.NewLedger(t, time.Now)
		o.Ledger = l
		o.Verifier = lookup.New(client, l, lookup.Guard{RepeatWithin: 24 * time.Hour}, time.Now)
	}
	o.Service = form.ServiceInfo{BaseURL: client.Service(), Insecure: client.Insecure(), Proxy: client.Proxy(), Timeout: client.Timeout()}
	screen := form.New(o)
	screen.SetSize(80, 20)
	return &testForm{screen, uitest.NewDriver(t, screen), t, o.Messages, server}
}

func noCredential(context.Context) (string, error) { return "", errors.New("没有 key 文件") }

// withFactorsOf fills the form with the factors of a company.
func withFactorsOf(c mockserver.Company) option {
	return func(o *form.Options, _ *juhe.Options) { o.InitialQuery.Factors = c.Factors(o.InitialQuery.API) }
}

func firstCompany() mockserver.Company { return mockserver.Companies()[0] }

// press presses keys by Bubble Tea's names and returns the command of the last one.
func (s *testForm) press(names ...string) tea.Cmd {
	s.t.Helper()
	var cmd tea.Cmd
	for _, name := range names {
		cmd = s.Press(name)
	}
	return cmd
}

func (s *testForm) write(text string) tea.Cmd {
	return s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)})
}

func (s *testForm) paste(text string) tea.Cmd {
	return s.Update(uitest.Paste(text))
}

// assertShowsFactors checks that the fields have these values.
func (s *testForm) assertShowsFactors(f juhe.Factors) {
	s.t.Helper()
	for name := range juhe.NumFactors {
		if value := f[name]; value != "" {
			s.AssertShows(value)
		}
	}
}

// assertRequests checks the number of requests since the start.
func (s *testForm) assertRequests(want int) {
	s.t.Helper()
	if got := s.server.Requests(); got != want {
		s.t.Errorf("got %d requests, want %d", got, want)
	}
}

func (s *testForm) assertInProgress(want bool) {
	s.t.Helper()
	if got := s.InProgress(); got != want {
		s.t.Errorf("got in progress %t, want %t", got, want)
	}
}

// assertShown checks all that the form shows.
func (s *testForm) assertShown(want string) {
	s.t.Helper()
	if got := s.Shown(); got != want {
		s.t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func (s *testForm) assertTyping(want bool) {
	s.t.Helper()
	if got := s.Typing(); got != want {
		s.t.Errorf("got typing %t, want %t:\n%s", got, want, s.Shown())
	}
}

// assertCaretLine checks the line of the caret, from 0. A field has two lines.
func (s *testForm) assertCaretLine(want int) {
	s.t.Helper()
	if _, got, ok := s.Caret(); got != want || !ok {
		s.t.Errorf("got caret in line %d, %t, want line %d", got, ok, want)
	}
}

func (s *testForm) assertOutcome(done form.DoneMsg, want juhe.Outcome) {
	s.t.Helper()
	if got := done.Record.Reply.Outcome; done.Err != nil || got != want {
		s.t.Errorf("got outcome %s and error %v, want %s", got, done.Err, want)
	}
}

// assertStatus checks the status line that a command sets.
func (s *testForm) assertStatus(cmd tea.Cmd, severity widget.Severity, text string) {
	s.t.Helper()
	if got := uitest.Await[widget.StatusMsg](s.t, cmd); got != (widget.StatusMsg{Severity: severity, Text: text}) {
		s.t.Errorf("got status %+v, want severity %v, text %q", got, severity, text)
	}
}

// runUntil runs commands, and the commands that follow from their messages, until
// condition is true of the last status text.
func (s *testForm) runUntil(condition func(status string) bool, cmds ...tea.Cmd) {
	s.t.Helper()
	s.Statuses = nil
	s.Until(tea.Batch(cmds...), func() bool {
		status := ""
		if n := len(s.Statuses); n > 0 {
			status = s.Statuses[n-1].Text
		}
		return condition(status)
	})
}

// runUntilShown runs commands until a text is on the screen.
func (s *testForm) runUntilShown(text string, cmds ...tea.Cmd) {
	s.t.Helper()
	s.UntilShown(tea.Batch(cmds...), text)
}

// runUntilStatus runs commands until a text is on the status line.
func (s *testForm) runUntilStatus(text string, cmds ...tea.Cmd) {
	s.t.Helper()
	s.runUntil(func(status string) bool { return status == text }, cmds...)
}
