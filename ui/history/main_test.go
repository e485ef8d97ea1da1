package history_test

import (
	"context"
	"errors"
	"fmt"
	"io"
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
	"fourfactor/ui/history"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// TestMain measures as main.go does.
func TestMain(m *testing.M) {
	runewidth.DefaultCondition.EastAsianWidth = false
	os.Exit(m.Run())
}

// noon is when the tests take place.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// record is a look-up of the i-th company, i minutes before noon. Its outcome
// is the i-th too.
func record(i int) lookup.Record {
	company, outcome := mockserver.Companies()[i%12], juhe.Outcomes()[i%6]
	rec := lookup.Record{
		ID: fmt.Sprintf("id-%03d", i), At: noon.Add(-time.Duration(i) * time.Minute), Service: "https://apis.juhe.cn",
		Query: juhe.Query{API: juhe.APIQuery, Factors: company.Factors(juhe.APIQuery)},
		Reply: juhe.Reply{Outcome: outcome, Billable: juhe.BillableUnknown},
	}
	number := func(n int) *int { return &n }
	switch outcome {
	case juhe.Match:
		rec.Reply.State, rec.Reply.Code, rec.Reply.Orderid = number(1), number(7), fmt.Sprintf("JH53520261123115415%06d", i)
	case juhe.Mismatch:
		rec.Reply.State, rec.Reply.Code = number(2), number(-23)
	case juhe.Refused:
		rec.Reply.ErrorCode = number(253504)
	default:
		rec.Reply.Fault.Kind = juhe.FaultTimeout
	}
	return rec
}

func records(n int) []lookup.Record {
	all := make([]lookup.Record, n)
	for i := range all {
		all[i] = record(i)
	}
	return all
}

// newLedger has these look-ups.
func newLedger(t testing.TB, recs ...lookup.Record) *ledger.Ledger {
	t.Helper()
	l := ledger.New(ledger.Options{
		Path: filepath.Join(t.TempDir(), "ledger.db"), Encryption: ledger.EncryptionNone, User: "老王",
		Now: func() time.Time { return noon },
	})
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := l.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	return l
}

// watched is a ledger whose answers a test may change.
type watched struct {
	*ledger.Ledger
	searches []lookup.Search
	contexts []context.Context
	page     func(*lookup.Page)
	err      error // of everything
}

func (w *watched) Search(ctx context.Context, s lookup.Search) (lookup.Page, error) {
	w.searches, w.contexts = append(w.searches, s), append(w.contexts, ctx)
	if w.err != nil {
		return lookup.Page{}, w.err
	}
	page, err := w.Ledger.Search(ctx, s)
	if w.page != nil {
		w.page(&page)
	}
	return page, err
}

func (w *watched) Delete(ctx context.Context, ids ...string) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	return w.Ledger.Delete(ctx, ids...)
}

func (w *watched) RecordAudit(ctx context.Context, traces ...lookup.AuditEvent) error {
	if w.err != nil {
		return w.err
	}
	return w.Ledger.RecordAudit(ctx, traces...)
}

// full is what a ledger says when the disk is.
var full = &lookup.LedgerError{Problem: lookup.LedgerFull, Path: "/x/ledger.db", Err: errors.New("disk\x1b[2J I/O error")}

// screen is a history, with what it has asked of the root.
type screen struct {
	*history.Screen
	t     testing.TB
	words *i18n.Text
	asked *[]tea.Msg
}

type option func(*history.Options)

func newScreen(t testing.TB, lang string, l history.Ledger, set ...option) screen {
	t.Helper()
	w := i18n.For(lang, nil)
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(0) // termenv.TrueColor
	o := history.Options{
		Words: w, Theme: widget.NewTheme(renderer, "", "dark", "rounded"), Keys: widget.NewKeys(w, keymap.Defaults()), Ledger: l,
		RevealFor: time.Nanosecond, SlowAfter: time.Nanosecond, Now: func() time.Time { return noon },
	}
	for _, set := range set {
		set(&o)
	}
	s := screen{history.New(o), t, w, new([]tea.Msg)}
	s.SetSize(80, 20)
	return s
}

// opened is a history that has read what there is.
func opened(t testing.TB, lang string, l history.Ledger, set ...option) screen {
	t.Helper()
	s := newScreen(t, lang, l, set...)
	s.run(s.Open())
	return s
}

// parts are the commands that a command is made of.
func parts(cmd tea.Cmd) []tea.Cmd {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	batch, ok := msg.(tea.BatchMsg)
	if !ok {
		return []tea.Cmd{func() tea.Msg { return msg }}
	}
	return batch
}

// run runs a command and delivers what comes of it, to its end.
func (s screen) run(cmd tea.Cmd) {
	s.t.Helper()
	for _, part := range parts(cmd) {
		msg := part()
		switch msg.(type) {
		case tea.BatchMsg:
			s.run(func() tea.Msg { return msg })
		case widget.StatusMsg, history.OpenMsg, history.FillMsg:
			*s.asked = append(*s.asked, msg)
		default:
			s.run(s.Update(msg))
		}
	}
}

// press presses keys by name, one by one, and runs what comes of each.
func (s screen) press(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.run(s.key(name))
	}
}

// key presses a key as the root delivers it.
func (s screen) key(name string) tea.Cmd {
	s.t.Helper()
	types := map[string]tea.KeyType{
		"enter": tea.KeyEnter, "esc": tea.KeyEsc, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace,
	}
	if key, ok := types[name]; ok {
		return s.Update(tea.KeyMsg{Type: key})
	}
	msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
	if s.Typing() {
		return s.Update(msg)
	}
	var cmds []tea.Cmd
	for _, one := range widget.SplitKeys(msg) {
		cmds = append(cmds, s.Update(one))
	}
	return tea.Batch(cmds...)
}

// said is the last thing that was asked of the root, which is then forgotten.
func (s screen) said() tea.Msg {
	if len(*s.asked) == 0 {
		return nil
	}
	last := (*s.asked)[len(*s.asked)-1]
	*s.asked = nil
	if fill, ok := last.(history.FillMsg); ok {
		return fillMsg{fill.Record.ID, fill.Record.Query}
	}
	return last
}

// fillMsg is a FillMsg that can be compared.
type fillMsg struct {
	id    string
	query juhe.Query
}

func fill(rec lookup.Record) fillMsg { return fillMsg{rec.ID, rec.Query} }

func (s screen) says(severity widget.Severity, text string) {
	s.t.Helper()
	if got := s.said(); got != (widget.StatusMsg{Severity: severity, Text: text}) {
		s.t.Errorf("%+v is said, want %q", got, text)
	}
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

func (s screen) hides(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(s.shown(), text) {
			s.t.Errorf("%q is on the screen:\n%s", text, s.shown())
		}
	}
}

// selected is the row with the pointer.
func (s screen) selected() string {
	s.t.Helper()
	for line := range strings.Lines(s.shown()) {
		if strings.HasPrefix(line, "▸ ") {
			return line
		}
	}
	s.t.Errorf("nothing is selected:\n%s", s.shown())
	return ""
}

// isAt fails unless the look-up that many minutes before noon is selected.
func (s screen) isAt(minutes int) {
	s.t.Helper()
	want := "▸ " + s.words.History.Today + noon.Add(-time.Duration(minutes)*time.Minute).Format(" 15:04 ")
	if got := s.selected(); !strings.HasPrefix(got, want) {
		s.t.Errorf("%q is selected, want %q", got, want)
	}
}

// enabled are the keys that work, by what the footer calls them.
func (s screen) enabled() map[string]string {
	on := map[string]string{}
	for _, b := range s.Keys().ShortHelp() {
		if b.Enabled() {
			on[b.Keys()[0]] = b.Help().Desc
		}
	}
	return on
}

// name is the first key of an action.
func name(a keymap.Action) string {
	for _, line := range keymap.Defaults() {
		if line.Action == a {
			return widget.JoinKeyLabels(line.Keys[:1])
		}
	}
	return ""
}
