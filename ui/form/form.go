// Package form is the console's first screen. The operator types or pastes the four
// factors, confirms warnings and sends the lookup.
package form

import (
	"context"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Verifier makes lookups. It is implemented by *lookup.Verifier.
type Verifier interface {
	Do(context.Context, juhe.Query, lookup.Consent) (lookup.Record, error)
}

// Ledger provides earlier lookups and the audit log. It is part of
// ledger.Ledger.
type Ledger interface {
	widget.AuditedLedger
	Search(context.Context, lookup.Search) (lookup.Page, error)
}

// ServiceInfo describes the service and the connection to it.
type ServiceInfo struct {
	BaseURL  string
	Insecure bool   // unencrypted, 明文
	Proxy    string // the proxy's host, or ""
	Timeout  time.Duration
}

// Options configure a form.
type Options struct {
	widget.Common
	Verifier Verifier
	Service  ServiceInfo
	Now      func() time.Time

	Ledger Ledger
	// InitialQuery is the first content of the form: the configured endpoint and
	// regstatus, and an example in the demo.
	InitialQuery juhe.Query
	// IsExample reports whether the factors of InitialQuery are an example, so that
	// nothing is lost if they are discarded.
	IsExample bool
	// NoKey reports whether no API key is configured.
	NoKey bool
	// LossNotice describes what the ledger has lost; "" if nothing is.
	LossNotice string
}

// SetupMsg asks the root model for the setup screen, where a key can be entered.
type SetupMsg struct{}

// Screen is the form. It routes keys and messages to its parts, which do not know each
// other.
type Screen struct {
	Options
	pendingLookup
	lastResult
	fields        fields
	undo          undoStack
	warned        confirmation
	question      *question
	recall        recall
	fill          auditedFill
	completion    completion
	sentFactors   juhe.Factors // of the last lookup sent or answered from the ledger, as typed
	filledFactors juhe.Factors // of the last lookup filled in, or the example
	pastedAt      time.Time
	maybePasted   bool // the next key arrived together with text, so it may be part of a paste
	width, height int
}

// New returns a form.
func New(o Options) *Screen {
	s := &Screen{Options: o}
	s.pendingLookup.Options, s.lastResult.Options = &s.Options, &s.Options
	s.recall.Options, s.fill.Options, s.completion.Options = &s.Options, &s.Options, &s.Options
	s.fields = newFields(&s.Options)
	s.setFactors(o.InitialQuery.Factors, 0)
	if o.IsExample {
		s.filledFactors = s.Query().Factors
	}
	return s
}

// Init returns the command that warns if no API key is configured.
func (s *Screen) Init() tea.Cmd {
	if s.NoKey {
		return widget.Notify(widget.Warn, s.Messages.Form.NoKey)
	}
	return nil
}

// Open is called when the form becomes the active screen.
func (s *Screen) Open() tea.Cmd {
	s.warned = confirmation{}
	return s.completion.update(s.fields.completionKey())
}

// SetSize sets the size, in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.fields.setWidth(width)
}

// Title returns the title of the frame.
func (s *Screen) Title() string { return s.Messages.App.FormTitle }

// HandlesBack returns true: the back key of other screens leads here.
func (s *Screen) HandlesBack() bool { return true }

// Typing reports whether printable keys are text: always, unless a question is shown.
func (s *Screen) Typing() bool { return s.question == nil }

// Keys returns the form's keys.
func (s *Screen) Keys() help.KeyMap {
	k := s.Options.Keys
	if q := s.question; q != nil {
		return widget.KeyList(widget.Relabel(k[keymap.Yes], q.yes), widget.Relabel(k[keymap.No], q.no), widget.Relabel(k[keymap.Back], q.no))
	}
	send, undo := widget.Enable(k[keymap.Send], !s.InProgress()), widget.Enable(k[keymap.Undo], len(s.undo) > 0)
	complete := widget.Enable(k[keymap.Complete], s.suggestion().value != "")
	back := widget.Enable(widget.Relabel(k[keymap.Back], s.Messages.Setup.Open), s.waiting || s.NoKey)
	if s.waiting {
		back = widget.Relabel(back, s.Messages.Form.StopWaiting)
	}
	return widget.KeyMap{
		Short: []widget.Binding{
			back, complete, k[keymap.Advance], send, k[keymap.Endpoint], k[keymap.Regstatus], k[keymap.Clear], undo, k[keymap.Earlier],
			widget.Enable(k[keymap.OpenLast], s.lastResult.record != nil),
		},
		Full: [][]widget.Binding{
			append(k.Group(keymap.Advance, keymap.Next, keymap.Previous), send),
			append(k.Group(keymap.Endpoint, keymap.Regstatus, keymap.Clear, keymap.Undo), back),
			k.Group(keymap.Earlier, keymap.Later, keymap.Complete),
		},
	}
}

// Query returns the content of the form as typed.
func (s *Screen) Query() juhe.Query { return s.fields.query() }

// HasUnsent reports whether the form has factors that quitting would lose, because they
// were typed and not sent, answered from the ledger or filled in from an earlier lookup.
func (s *Screen) HasUnsent() bool {
	typed := s.Query().Factors
	return typed != (juhe.Factors{}) && typed != s.sentFactors && typed != s.filledFactors
}

// Update handles keys and the messages of the form's commands.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	s.undo.expire(s.Now())
	switch msg := msg.(type) {
	case DoneMsg:
		return s.finishLookup(msg)
	case tickMsg:
		next, first := s.tick(msg)
		if first {
			return tea.Batch(next, widget.Send(widget.CountMsg{}))
		}
		return next
	case recallPageMsg:
		return s.addRecallPage(msg)
	case completionMsg:
		s.completion.set(msg)
		return nil
	case widget.MaybePastedMsg:
		s.maybePasted = true
		return nil
	case auditDoneMsg:
		return s.finishFill(msg)
	case tea.KeyMsg:
		if s.question != nil {
			return s.answer(msg)
		}
		cmd := s.press(msg)
		return tea.Batch(cmd, s.completion.update(s.fields.completionKey()))
	}
	return nil
}

// Caret returns the position of the caret in the focused field.
func (s *Screen) Caret() (x, y int, ok bool) {
	return s.fields.valueColumn() + s.fields.focused().Caret(), int(s.fields.focus) * fieldHeight, s.question == nil
}

// View draws the fields, and below them the endpoint, the service and the lookup in
// progress, or what has to be confirmed.
func (s *Screen) View() string {
	normal, warnings := lookup.Check(s.Query(), s.Now())
	room := s.height - fieldHeight*int(juhe.NumFactors)
	below := s.belowFields(room)
	lines := s.fields.lines(normal.Factors, warnings, max(room-len(below), 0), s.suggestion())
	if s.question != nil {
		below = s.question.lines(s.Common, s.width)
		lines = lines[:max(min(len(lines), s.height-len(below)), 0)]
	}
	lines = append(lines, below...)
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}

// belowFields draws what is below the fields while no question is shown.
func (s *Screen) belowFields(room int) (lines []string) {
	if s.warned.isShown() && s.question == nil {
		return s.warned.lines(&s.Options, s.Options.Keys.Name(s.fields.sendKeys()[0]), s.width, room)
	}
	if !s.fields.isWide() { // if it is wide, the second line of a field is usually empty
		lines = append(lines, "")
	}
	lines = append(lines, s.fields.queryLines()...)
	if s.LossNotice != "" {
		lines = append(lines, fieldNote{s.Theme.Warn, s.Theme.Glyphs.Warning, s.LossNotice}.below(s.width)...)
	}
	progress := ""
	switch {
	case s.InProgress():
		progress = s.progress(s.Query(), s.width-2*widget.Gutter)
	case s.unviewed:
		progress = s.Theme.Note.Render(s.readyText())
	}
	return append(lines, "", strings.Repeat(" ", widget.Gutter)+progress)
}
