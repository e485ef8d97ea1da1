package result_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/i18n"
	"fourfactor/ui/result"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// timeout is long enough for an answer on loopback, and short where none comes.
const timeout = 2 * time.Second

// newVerifier looks up at a service.
func newVerifier(t testing.TB, service http.Handler) *lookup.Verifier {
	t.Helper()
	return newVerifierAt(t, juhetest.NewServer(t, service))
}

func newVerifierAt(t testing.TB, url string) *lookup.Verifier {
	t.Helper()
	o := juhetest.ClientOptions(url)
	o.ConnectTimeout, o.Timeout = timeout, timeout
	o.KnownOpenid = func() string { return mockserver.Openid }
	return lookup.New(juhetest.NewClient(t, o), juhetest.NewLedger(t, time.Now), lookup.Guard{}, time.Now)
}

// newMockVerifier looks up at the mock server.
func newMockVerifier(t testing.TB) *lookup.Verifier {
	return newVerifier(t, mockserver.New(mockserver.Key, mockserver.Openid))
}

// fullLedger is a ledger that contains every lookup.
type fullLedger struct{ *sqlite.Ledger }

func (fullLedger) Get(_ context.Context, id string) (lookup.Record, bool, error) {
	return lookup.Record{ID: id}, true, nil
}

func lookUp(t testing.TB, verifier *lookup.Verifier, q juhe.Query) lookup.Record {
	t.Helper()
	rec, err := verifier.Do(t.Context(), q, lookup.Consent{})
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// queryNamed returns a query for the first company under another name.
func queryNamed(api juhe.API, entname string) juhe.Query {
	q := juhetest.QueryNamed(api, entname)
	q.Regstatus = true
	return q
}

// queryCase returns a query to which the mock server responds with a case.
func queryCase(t testing.TB, slug string) juhe.Query {
	t.Helper()
	return queryNamed(juhe.APIQuery, juhetest.CaseName(t, slug))
}

// testScreen is a result screen with a clipboard in memory.
type testScreen struct {
	*result.Screen
	*uitest.Driver
	t         testing.TB
	words     *i18n.Messages
	clipboard *uitest.Clipboard
}

func newScreen(t testing.TB, lang string, set func(*result.Options)) testScreen {
	t.Helper()
	w := i18n.For(lang, nil)
	clipboard := &uitest.Clipboard{}
	o := result.Options{
		Common:    widget.Common{Messages: w, Theme: uitest.Theme("dark", "rounded"), Keys: uitest.Keys(w)},
		Clipboard: clipboard, RevealFor: time.Nanosecond, Ledger: fullLedger{juhetest.NewLedger(t, time.Now)},
	}
	if set != nil {
		set(&o)
	}
	screen := result.New(o)
	screen.SetSize(160, 40)
	return testScreen{screen, uitest.NewDriver(t, screen), t, w, clipboard}
}

// press presses a letter and returns the messages of its command.
func (s testScreen) press(letter string) []tea.Msg {
	s.t.Helper()
	return run(s.Press(letter))
}

// run returns the messages of a command and of the commands of a batch.
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

// pressCopy presses a key that copies, and returns the copy and the status message.
func (s testScreen) pressCopy(letter string) (text string, status widget.StatusMsg) {
	s.t.Helper()
	for _, msg := range s.press(letter) {
		for _, answer := range run(s.Update(msg)) {
			status, _ = answer.(widget.StatusMsg)
		}
	}
	return s.clipboard.Text, status
}

// everything returns all that the screen shows or copies of its record: the verdict,
// the pages of the raw answer, and both copies.
func (s testScreen) everything() string {
	s.t.Helper()
	text, _ := s.pressCopy("c")
	all := s.View() + text
	text, _ = s.pressCopy("j")
	all += text
	s.press("o")
	for before := ""; before != s.View(); s.Update(tea.KeyMsg{Type: tea.KeyPgDown}) {
		before = s.View()
		all += before
	}
	s.press("o")
	return all
}

// assertPlain fails if there is anything but text, lines and colours.
func assertPlain(t testing.TB, frame string) {
	t.Helper()
	text := colours.ReplaceAllString(frame, "")
	for _, r := range strings.ReplaceAll(text, "\n", "") {
		if juhe.IsInvisible(r) || r == '\uFFFD' {
			t.Fatalf("%U is on the screen: %.300q", r, frame)
		}
	}
}
