package form_test

import (
	"context"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"

	"fourfactor/juhe"
	"fourfactor/juhe/ledger"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/form"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// TestMain measures widths as main.go does.
func TestMain(m *testing.M) {
	runewidth.DefaultCondition.EastAsianWidth = false
	os.Exit(m.Run())
}

// testForm is a form connected to a mock server.
type testForm struct {
	*form.Screen
	t      *testing.T
	words  *i18n.Messages
	server *mockserver.Server
}

// option changes the options of a form or of its client.
type option func(*form.Options, *juhe.Options)

func newTestForm(t *testing.T, options ...option) *testForm {
	t.Helper()
	server := mockserver.New(mockserver.Key, mockserver.Openid)
	service := httptest.NewServer(server)
	t.Cleanup(service.Close)
	w := i18n.For("zh", nil)
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(0) // termenv.TrueColor
	o := form.Options{
		Words: w, Theme: widget.NewTheme(renderer, "", "dark", "rounded"), Keys: widget.NewKeys(w, keymap.Defaults()),
		Now: time.Now, InitialQuery: juhe.Query{API: juhe.APIQuery},
	}
	c := juhe.Options{
		BaseURL: service.URL, ConnectTimeout: time.Minute, Timeout: time.Minute,
		Key: credential(mockserver.Key), Openid: credential(mockserver.Openid),
	}
	for _, set := range options {
		set(&o, &c)
	}
	client, err := juhe.New(c)
	if err != nil {
		t.Fatal(err)
	}
	if o.Ledger == nil {
		l := newTestLedger(t)
		o.Ledger = l
		o.Verifier = lookup.New(client, l, lookup.Guard{RepeatWithin: 24 * time.Hour, DailyLimit: o.DailyLimit}, time.Now)
	}
	o.Service = form.ServiceInfo{BaseURL: client.Service(), Insecure: client.Insecure(), Proxy: client.Proxy(), Timeout: client.Timeout()}
	screen := form.New(o)
	screen.SetSize(80, 20)
	return &testForm{screen, t, o.Words, server}
}

// newTestLedger returns an empty ledger.
func newTestLedger(t testing.TB) *ledger.Ledger {
	t.Helper()
	l := ledger.New(ledger.Options{
		Path: filepath.Join(t.TempDir(), "ledger.db"), Encryption: ledger.EncryptionNone, User: "老王", Now: time.Now,
	})
	t.Cleanup(func() { l.Close() })
	return l
}

func credential(value string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return value, nil }
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
		cmd = s.Update(key(s.t, name))
	}
	return cmd
}

// key returns the key message of a name.
func key(t *testing.T, name string) tea.KeyMsg {
	t.Helper()
	for k := tea.KeyType(-100); k < 128; k++ {
		if msg := (tea.KeyMsg{Type: k}); k != tea.KeyRunes && msg.String() == name {
			return msg
		}
	}
	t.Fatalf("there is no key %s", name)
	return tea.KeyMsg{}
}

func (s *testForm) write(text string) tea.Cmd {
	return s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)})
}

func (s *testForm) paste(text string) tea.Cmd {
	return s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

// frame returns the view without colours.
func (s *testForm) frame() string { return ansi.Strip(s.View()) }

// assertShows checks that each text is on the screen.
func (s *testForm) assertShows(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.frame(), text) {
			s.t.Errorf("%q is not on the screen:\n%s", text, s.frame())
		}
	}
}

// assertHides checks that none of the texts is on the screen.
func (s *testForm) assertHides(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(s.frame(), text) {
			s.t.Errorf("%q is on the screen:\n%s", text, s.frame())
		}
	}
}

// assertShowsFactors checks that the fields have these values.
func (s *testForm) assertShowsFactors(f juhe.Factors) {
	s.t.Helper()
	for name := range juhe.NumFactors {
		if value := f[name]; value != "" {
			s.assertShows(value)
		}
	}
}

// assertStatus checks the status line that a command sets.
func (s *testForm) assertStatus(cmd tea.Cmd, severity widget.Severity, text string) {
	s.t.Helper()
	if got := await[widget.StatusMsg](s.t, cmd); got != (widget.StatusMsg{Severity: severity, Text: text}) {
		s.t.Errorf("got status %+v, want %q", got, text)
	}
}

// runUntil runs commands, and the commands that follow from their messages, until
// condition is true of the last status text.
func (s *testForm) runUntil(condition func(status string) bool, cmds ...tea.Cmd) {
	s.t.Helper()
	messages, done := make(chan tea.Msg), s.t.Context().Done()
	run := func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		go func() {
			select {
			case messages <- cmd():
			case <-done:
			}
		}()
	}
	for _, cmd := range cmds {
		run(cmd)
	}
	for status := ""; !condition(status); {
		select {
		case msg := <-messages:
			switch msg := msg.(type) {
			case tea.BatchMsg:
				for _, cmd := range msg {
					run(cmd)
				}
			case widget.StatusMsg:
				status = msg.Text
			default:
				run(s.Update(msg))
			}
		case <-time.After(10 * time.Second):
			s.t.Fatalf("timeout; status %q\n%s", status, s.frame())
		}
	}
}

// runUntilShown runs commands until a text is on the screen.
func (s *testForm) runUntilShown(text string, cmds ...tea.Cmd) {
	s.t.Helper()
	s.runUntil(func(string) bool { return strings.Contains(s.frame(), text) }, cmds...)
}

// runUntilStatus runs commands until a text is on the status line.
func (s *testForm) runUntilStatus(text string, cmds ...tea.Cmd) {
	s.t.Helper()
	s.runUntil(func(status string) bool { return status == text }, cmds...)
}

// await runs a command, and the commands of a batch, until one returns a T.
func await[T tea.Msg](t *testing.T, cmd tea.Cmd) T {
	t.Helper()
	if cmd == nil {
		t.Fatal("there is no command")
	}
	messages, running := make(chan tea.Msg), 1
	done := t.Context().Done()
	run := func(cmd tea.Cmd) {
		select {
		case messages <- cmd():
		case <-done:
		}
	}
	go run(cmd)
	for ; running > 0; running-- {
		switch msg := (<-messages).(type) {
		case T:
			return msg
		case tea.BatchMsg:
			running += len(msg)
			for _, cmd := range msg {
				go run(cmd)
			}
		}
	}
	var want T
	t.Fatalf("no %T", want)
	return want
}
