package result_test

import (
	"context"
	"io"
	"net/http"
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
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/result"
	"fourfactor/ui/widget"
)

// TestMain measures as main.go does.
func TestMain(m *testing.M) {
	runewidth.DefaultCondition.EastAsianWidth = false
	os.Exit(m.Run())
}

// timeout is long enough for an answer on loopback, and soon over where none
// comes.
const timeout = 2 * time.Second

// newDesk makes look-ups at a service.
func newDesk(t testing.TB, service http.Handler) *lookup.Verifier {
	t.Helper()
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	return deskAt(t, server.URL)
}

func deskAt(t testing.TB, base string) *lookup.Verifier {
	t.Helper()
	secret := func(value string) func(context.Context) (string, error) {
		return func(context.Context) (string, error) { return value, nil }
	}
	client, err := juhe.New(juhe.Options{
		BaseURL: base, ConnectTimeout: timeout, Timeout: timeout,
		Key: secret(mockserver.Key), Openid: secret(mockserver.Openid),
		KnownOpenid: func() string { return mockserver.Openid },
	})
	if err != nil {
		t.Fatal(err)
	}
	return lookup.New(client, book(t), lookup.Guard{}, time.Now)
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

// shelf is a ledger that has every look-up.
type shelf struct{ *ledger.Ledger }

func (shelf) Get(_ context.Context, id string) (lookup.Record, bool, error) {
	return lookup.Record{ID: id}, true, nil
}

func standinDesk(t testing.TB) *lookup.Verifier {
	return newDesk(t, mockserver.New(mockserver.Key, mockserver.Openid))
}

func do(t testing.TB, desk *lookup.Verifier, q juhe.Query) lookup.Record {
	t.Helper()
	rec, err := desk.Do(t.Context(), q, lookup.Consent{})
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// named is a look-up of the first company under another name, which is how
// the stand-in is asked to misbehave.
func named(api juhe.API, entname string) juhe.Query {
	f := mockserver.Companies()[0].Factors(api)
	f[juhe.Entname] = entname
	return juhe.Query{API: api, Factors: f, Regstatus: true}
}

// caseOf is the query for a misbehaviour.
func caseOf(t testing.TB, slug string) juhe.Query {
	t.Helper()
	for _, c := range mockserver.Cases() {
		if c.Slug == slug {
			return named(juhe.APIQuery, c.Entname())
		}
	}
	t.Fatalf("the stand-in has no case %s", slug)
	return juhe.Query{}
}

// screen is a result with a clipboard that keeps what was copied.
type screen struct {
	*result.Screen
	t      testing.TB
	words  *i18n.Text
	copied *string
}

// clipboard is where copies go in a test.
type clipboard struct {
	text *string
	err  error
}

func (c clipboard) Copy(text string) (string, error) {
	*c.text = text
	return "tmux", c.err
}

func newScreen(t testing.TB, lang string, set func(*result.Options)) screen {
	t.Helper()
	w := i18n.For(lang, nil)
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(0) // termenv.TrueColor
	copied := new(string)
	o := result.Options{
		Words: w, Theme: widget.NewTheme(renderer, "", "dark", "rounded"), Keys: widget.NewKeys(w, keymap.Defaults()),
		Clipboard: clipboard{copied, nil}, RevealFor: time.Nanosecond,
		Ledger: shelf{book(t)},
	}
	if set != nil {
		set(&o)
	}
	s := screen{result.New(o), t, w, copied}
	s.SetSize(160, 40)
	return s
}

// press presses a letter and gives what comes of it, but for commands of
// commands.
func (s screen) press(letter string) []tea.Msg {
	s.t.Helper()
	return run(s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(letter)}))
}

func run(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	batch, ok := msg.(tea.BatchMsg)
	if !ok {
		return []tea.Msg{msg}
	}
	var all []tea.Msg
	for _, cmd := range batch {
		all = append(all, run(cmd)...)
	}
	return all
}

// copies presses a key that copies, and gives what was copied and said.
func (s screen) copies(letter string) (text string, said widget.StatusMsg) {
	s.t.Helper()
	for _, msg := range s.press(letter) {
		for _, answer := range run(s.Update(msg)) {
			said, _ = answer.(widget.StatusMsg)
		}
	}
	return *s.copied, said
}

func (s screen) shown() string { return ansi.Strip(s.View()) }

func (s screen) shows(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.shown(), text) {
			s.t.Errorf("%q is not on the screen:\n%s", text, s.shown())
		}
	}
}

// everything is all that the screen shows or copies of its record: the
// verdict, the raw answer page by page, and both copies.
func (s screen) everything() string {
	s.t.Helper()
	text, _ := s.copies("c")
	all := s.View() + text
	text, _ = s.copies("j")
	all += text
	s.press("o")
	for before := ""; before != s.View(); s.Update(tea.KeyMsg{Type: tea.KeyPgDown}) {
		before = s.View()
		all += before
	}
	s.press("o")
	return all
}

// plain fails if there is anything but text, lines and colours.
func plain(t testing.TB, frame string) {
	t.Helper()
	text := colours.ReplaceAllString(frame, "")
	for _, r := range strings.ReplaceAll(text, "\n", "") {
		if juhe.Shapeless(r) || r == '\uFFFD' {
			t.Fatalf("%U on the screen: %.300q", r, frame)
		}
	}
}
