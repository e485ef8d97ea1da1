package history_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/juhetest"
	"fourfactor/juhe/ledger/sqlite"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/mockserver"
	"fourfactor/ui/history"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/uitest"
	"fourfactor/ui/widget"
)

// noon is the current time in all tests.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// record returns a lookup of the i-th company with the i-th outcome, i minutes before
// noon.
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

// newLedger returns a ledger with these lookups.
func newLedger(t testing.TB, recs ...lookup.Record) *sqlite.Ledger {
	t.Helper()
	l := juhetest.NewLedger(t, func() time.Time { return noon })
	if _, err := l.Import(t.Context(), recs); err != nil {
		t.Fatal(err)
	}
	return l
}

// recordingLedger records searches and lets a test change results.
type recordingLedger struct {
	*sqlite.Ledger
	searches []lookup.Search
	contexts []context.Context
	page     func(*lookup.Page)
	err      error // returned by all methods
}

func (w *recordingLedger) Search(ctx context.Context, s lookup.Search) (lookup.Page, error) {
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

func (w *recordingLedger) Delete(ctx context.Context, ids ...string) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	return w.Ledger.Delete(ctx, ids...)
}

func (w *recordingLedger) RecordAudit(ctx context.Context, traces ...lookup.AuditEvent) error {
	if w.err != nil {
		return w.err
	}
	return w.Ledger.RecordAudit(ctx, traces...)
}

// errFull is the error of a ledger on a full disk.
var errFull = &lookup.LedgerError{Problem: lookup.LedgerFull, Where: "/x/ledger.db", Err: errors.New("disk\x1b[2J I/O error")}

// testScreen is a history screen that keeps its messages to the root.
type testScreen struct {
	*history.Screen
	*uitest.Driver
	t      testing.TB
	words  *i18n.Messages
	toRoot *[]tea.Msg
}

type option func(*history.Options)

func newScreen(t testing.TB, lang string, l history.Ledger, set ...option) testScreen {
	t.Helper()
	w := i18n.For(lang, nil)
	o := history.Options{
		Common: widget.Common{Messages: w, Theme: uitest.Theme("dark", "rounded"), Keys: uitest.Keys(w)}, Ledger: l,
		RevealFor: time.Nanosecond, SlowAfter: time.Nanosecond, Now: func() time.Time { return noon },
	}
	for _, set := range set {
		set(&o)
	}
	screen := history.New(o)
	screen.SetSize(80, 20)
	return testScreen{screen, uitest.NewDriver(t, screen), t, w, new([]tea.Msg)}
}

// newOpenScreen returns a history that has loaded its first rows.
func newOpenScreen(t testing.TB, lang string, l history.Ledger, set ...option) testScreen {
	t.Helper()
	s := newScreen(t, lang, l, set...)
	s.run(s.Open())
	return s
}

// parts returns the commands of a batch, or the command itself.
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

// run runs a command, delivers its message, and does the same for every command that
// follows.
func (s testScreen) run(cmd tea.Cmd) {
	s.t.Helper()
	for _, part := range parts(cmd) {
		msg := part()
		switch msg.(type) {
		case tea.BatchMsg:
			s.run(func() tea.Msg { return msg })
		case widget.StatusMsg, history.OpenMsg, history.RecallMsg:
			*s.toRoot = append(*s.toRoot, msg)
		default:
			s.run(s.Update(msg))
		}
	}
}

// press presses keys and runs the commands of each.
func (s testScreen) press(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.run(s.Press(name))
	}
}

// lastMessage returns the last message to the root, and drops all of them.
func (s testScreen) lastMessage() tea.Msg {
	if len(*s.toRoot) == 0 {
		return nil
	}
	last := (*s.toRoot)[len(*s.toRoot)-1]
	*s.toRoot = nil
	if fill, ok := last.(history.RecallMsg); ok {
		return fillMsg{fill.Record.ID, fill.Record.Query}
	}
	return last
}

// fillMsg is a RecallMsg that can be compared.
type fillMsg struct {
	id    string
	query juhe.Query
}

func fill(rec lookup.Record) fillMsg { return fillMsg{rec.ID, rec.Query} }

func (s testScreen) assertStatus(severity widget.Severity, text string) {
	s.t.Helper()
	if got, want := s.lastMessage(), (widget.StatusMsg{Severity: severity, Text: text}); got != want {
		s.t.Errorf("got %+v, want %+v", got, want)
	}
}

// selectedRow returns the row with the pointer.
func (s testScreen) selectedRow() string {
	s.t.Helper()
	for line := range strings.Lines(s.Shown()) {
		if strings.HasPrefix(line, "▸ ") {
			return line
		}
	}
	s.t.Errorf("nothing is selected:\n%s", s.Shown())
	return ""
}

// assertSelected fails unless the lookup that many minutes before noon is selected.
func (s testScreen) assertSelected(minutes int) {
	s.t.Helper()
	want := "▸ " + s.words.History.Today + noon.Add(-time.Duration(minutes)*time.Minute).Format(" 15:04 ")
	if got := s.selectedRow(); !strings.HasPrefix(got, want) {
		s.t.Errorf("got %q selected, want %q", got, want)
	}
}

// enabled returns the descriptions of the enabled keys in the footer, by key.
func (s testScreen) enabled() map[string]string {
	on := map[string]string{}
	for _, b := range s.Keys().ShortHelp() {
		if b.Enabled() {
			on[b.Keys()[0]] = b.Help().Desc
		}
	}
	return on
}

// assertState fails unless the screen takes text or handles the back key as given, and
// these are among its keys.
func (s testScreen) assertState(typing, handlesBack bool, keys map[string]string) {
	s.t.Helper()
	if got := s.Typing(); got != typing {
		s.t.Errorf("got Typing() = %t, want %t", got, typing)
	}
	if got := s.HandlesBack(); got != handlesBack {
		s.t.Errorf("got HandlesBack() = %t, want %t", got, handlesBack)
	}
	on := s.enabled()
	for key, want := range keys {
		if got := on[key]; got != want {
			s.t.Errorf("key %s: got %q, want %q", key, got, want)
		}
	}
}

// keyName returns the label of the first key of an action.
func keyName(a keymap.Action) string {
	for _, line := range keymap.Defaults() {
		if line.Action == a {
			return widget.JoinKeyLabels(line.Keys[:1])
		}
	}
	return ""
}
