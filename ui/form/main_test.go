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

// TestMain measures as main.go does.
func TestMain(m *testing.M) {
	runewidth.DefaultCondition.EastAsianWidth = false
	os.Exit(m.Run())
}

// desk is a form with the stand-in behind it.
type desk struct {
	*form.Screen
	t      *testing.T
	words  *i18n.Text
	server *mockserver.Server
}

// setting changes what a form, or its client, is made of.
type setting func(*form.Options, *juhe.Options)

func newDesk(t *testing.T, settings ...setting) *desk {
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
		Key: secret(mockserver.Key), Openid: secret(mockserver.Openid),
	}
	for _, set := range settings {
		set(&o, &c)
	}
	client, err := juhe.New(c)
	if err != nil {
		t.Fatal(err)
	}
	if o.Ledger == nil {
		l := book(t)
		o.Ledger = l
		o.Verifier = lookup.New(client, l, lookup.Guard{RepeatWithin: 24 * time.Hour, DailyLimit: o.DailyLimit}, time.Now)
	}
	o.Service = form.ServiceInfo{BaseURL: client.Service(), Insecure: client.Insecure(), Proxy: client.Proxy(), Timeout: client.Timeout()}
	screen := form.New(o)
	screen.SetSize(80, 20)
	return &desk{screen, t, o.Words, server}
}

// book is an empty ledger.
func book(t testing.TB) *ledger.Ledger {
	t.Helper()
	l := ledger.New(ledger.Options{
		Path: filepath.Join(t.TempDir(), "ledger.db"), Encryption: ledger.EncryptionNone, User: "老王", Now: time.Now,
	})
	t.Cleanup(func() { l.Close() })
	return l
}

func secret(value string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return value, nil }
}

func noSecret(context.Context) (string, error) { return "", errors.New("没有 key 文件") }

// filled begins with the factors of a company.
func filled(c mockserver.Company) setting {
	return func(o *form.Options, _ *juhe.Options) { o.InitialQuery.Factors = c.Factors(o.InitialQuery.API) }
}

func company() mockserver.Company { return mockserver.Companies()[0] }

// press presses keys by Bubble Tea's names and gives the last one's command.
func (d *desk) press(names ...string) tea.Cmd {
	d.t.Helper()
	var cmd tea.Cmd
	for _, name := range names {
		cmd = d.Update(key(d.t, name))
	}
	return cmd
}

// key finds the key message of that name.
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

func (d *desk) write(text string) tea.Cmd {
	return d.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)})
}

func (d *desk) paste(text string) tea.Cmd {
	return d.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

// shown is the screen without colours.
func (d *desk) shown() string { return ansi.Strip(d.View()) }

// shows fails unless each text is on the screen.
func (d *desk) shows(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if !strings.Contains(d.shown(), text) {
			d.t.Errorf("%q is not on the screen:\n%s", text, d.shown())
		}
	}
}

// hides fails if one of the texts is on the screen.
func (d *desk) hides(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if strings.Contains(d.shown(), text) {
			d.t.Errorf("%q is on the screen:\n%s", text, d.shown())
		}
	}
}

// holds fails unless the fields have these values.
func (d *desk) holds(f juhe.Factors) {
	d.t.Helper()
	for name := range juhe.NumFactors {
		if value := f[name]; value != "" {
			d.shows(value)
		}
	}
}

// says fails unless a command says a text.
func (d *desk) says(cmd tea.Cmd, severity widget.Severity, text string) {
	d.t.Helper()
	if got := await[widget.StatusMsg](d.t, cmd); got != (widget.StatusMsg{Severity: severity, Text: text}) {
		d.t.Errorf("%+v is said, want %q", got, text)
	}
}

// until runs commands and whatever comes of them, and lets the form see the
// messages, until something is so. What is said is told as a widget.StatusMsg.
func (d *desk) until(so func(said string) bool, cmds ...tea.Cmd) {
	d.t.Helper()
	messages, done := make(chan tea.Msg), d.t.Context().Done()
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
	for said := ""; !so(said); {
		select {
		case msg := <-messages:
			switch msg := msg.(type) {
			case tea.BatchMsg:
				for _, cmd := range msg {
					run(cmd)
				}
			case widget.StatusMsg:
				said = msg.Text
			default:
				run(d.Update(msg))
			}
		case <-time.After(10 * time.Second):
			d.t.Fatalf("it does not come; said: %s\n%s", said, d.shown())
		}
	}
}

// see runs commands until a text is on the screen.
func (d *desk) see(text string, cmds ...tea.Cmd) {
	d.t.Helper()
	d.until(func(string) bool { return strings.Contains(d.shown(), text) }, cmds...)
}

// hear runs commands until a text is said.
func (d *desk) hear(text string, cmds ...tea.Cmd) {
	d.t.Helper()
	d.until(func(said string) bool { return said == text }, cmds...)
}

// await runs a command, and those that it is a batch of, until one gives a T.
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
