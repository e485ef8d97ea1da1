// Package result shows one lookup: the verdict, the result for each factor, the code
// and its meaning, and the raw answer.
package result

import (
	"context"
	"fmt"
	"time"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Clipboard copies text and returns the method it used.
type Clipboard interface {
	Copy(text string) (method string, err error)
}

// Ledger contains the lookups and the audit log.
type Ledger interface {
	widget.AuditedLedger
	SameFactors(context.Context, lookup.Record) ([]lookup.Record, error)
}

// Options configures a Screen.
type Options struct {
	widget.Common
	Clipboard Clipboard
	Ledger    Ledger
	// RevealFor limits how long the person is shown.
	RevealFor time.Duration
	Demo      bool
}

// Screen is the result screen.
type Screen struct {
	Options
	record        *lookup.Record
	related       []lookup.Record // lookups of the same factors
	showRaw       bool
	reveal        widget.Reveal
	top           int
	width, height int
}

// New returns an empty result.
func New(o Options) *Screen {
	return &Screen{Options: o, reveal: widget.Reveal{Ledger: o.Ledger, Messages: o.Messages, For: o.RevealFor}}
}

// Messages to the root: edit the factors in the form, clear it, or fill them in anew.
type (
	EditMsg   struct{ Record lookup.Record }
	NewMsg    struct{}
	RecallMsg struct{ Record lookup.Record }
	// SendAgainMsg asks the root to send a lookup that was answered from the ledger.
	SendAgainMsg struct{ Record lookup.Record }
)

type copiedMsg struct {
	text   string // describes what was copied
	method string
	err    error
}

// Show shows a record, masked.
func (s *Screen) Show(rec lookup.Record) tea.Cmd {
	s.reveal.Hide()
	s.record, s.related, s.showRaw, s.top = &rec, nil, false, 0
	return s.loadRelated()
}

// Forget removes a record that was deleted.
func (s *Screen) Forget(id string) {
	if s.record != nil && (s.record.ID == id || s.record.LedgerID() == id) {
		s.reveal.Hide()
		s.record, s.related, s.showRaw = nil, nil, false
	}
}

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// SetSize sets the size in cells.
func (s *Screen) SetSize(width, height int) { s.width, s.height = width, height }

// Typing returns false: the screen takes no text.
func (s *Screen) Typing() bool { return false }

// Title returns the title of the frame.
func (s *Screen) Title() string { return s.Messages.App.ResultTitle }

// HandlesBack reports whether the screen handles the back key itself.
func (s *Screen) HandlesBack() bool { return s.showRaw }

// Caret returns false: the screen takes no text.
func (s *Screen) Caret() (x, y int, ok bool) { return 0, 0, false }

// Keys returns the current keys.
func (s *Screen) Keys() help.KeyMap {
	k := s.Options.Keys
	raw, back := k[keymap.Raw], k[keymap.Back]
	if s.record == nil {
		return widget.KeyMap{Short: []widget.Binding{back, k[keymap.New]}, Full: [][]widget.Binding{{k[keymap.New]}}}
	}
	again, reveal := widget.Enable(k[keymap.SendAgain], s.record.AnsweredBy() != ""), widget.Enable(k[keymap.Reveal], !s.showRaw)
	replace := widget.Enable(k[keymap.ReplaceKey], s.record.KeyRejected())
	if s.showRaw {
		raw, back = widget.Relabel(raw, s.Messages.Result.LeaveRaw), widget.Relabel(back, s.Messages.Result.LeaveRaw)
	}
	return widget.KeyMap{
		Short: []widget.Binding{back, replace, again, k[keymap.Edit], k[keymap.New], k[keymap.Repeat], k[keymap.Copy], k[keymap.CopyJSON], raw, reveal},
		Full: [][]widget.Binding{
			append(k.Group(keymap.Edit, keymap.New, keymap.Repeat), again),
			append(k.Group(keymap.Copy, keymap.CopyJSON), raw, reveal),
			k.MoveBindings(s.Messages, true),
		},
	}
}

// Update handles keys and the messages of the screen's commands.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case widget.RevealMsg:
		return s.reveal.Update(msg)
	case relatedMsg:
		if s.record != nil && msg.id == s.record.ID {
			s.related = msg.related
		}
	case copiedMsg:
		if msg.err != nil {
			return widget.Notify(widget.Error, fmt.Sprintf(s.Messages.Result.CopyFailed, juhe.Sanitize(msg.err.Error())))
		}
		return widget.Notify(widget.Note, fmt.Sprintf(s.Messages.Result.CopyMethods[msg.method], msg.text))
	case tea.KeyMsg:
		if s.record != nil {
			return s.press(msg)
		}
	}
	return nil
}

func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	switch {
	case k.Matches(msg, keymap.Edit):
		return s.ifNotDeleted(widget.Send(EditMsg{*s.record}))
	case k.Matches(msg, keymap.New):
		return widget.Send(NewMsg{})
	case k.Matches(msg, keymap.Repeat):
		return s.ifNotDeleted(widget.Send(RecallMsg{*s.record}))
	case k.Matches(msg, keymap.SendAgain) && s.record.AnsweredBy() != "":
		return s.ifNotDeleted(widget.Send(SendAgainMsg{*s.record}))
	case k.Matches(msg, keymap.SendAgain):
		return widget.Notify(widget.Note, fmt.Sprintf(s.Messages.Result.NotFromLedger, k.Name(keymap.Repeat)))
	case k.Matches(msg, keymap.Back) && s.showRaw:
		return s.toggleRaw()
	case k.Matches(msg, keymap.Copy):
		return s.copyText()
	case k.Matches(msg, keymap.CopyJSON):
		return s.copyJSON()
	case k.Matches(msg, keymap.Raw):
		return s.toggleRaw()
	case k.Matches(msg, keymap.Reveal) && s.showRaw: // the raw answer never contains the person
	case k.Matches(msg, keymap.Reveal):
		return s.reveal.Toggle(*s.record, s.record.LedgerID())
	default:
		s.top = widget.MoveCursor(k.MoveKey(msg), s.top, len(s.lines()), s.height)
	}
	return nil
}

// copyText copies the visible result, or the raw answer, which never contains the
// person.
func (s *Screen) copyText() tea.Cmd {
	demo := ""
	if s.Demo {
		demo = s.Messages.App.Demo + s.Messages.Colon + s.Messages.App.DemoNote + "\n"
	}
	if s.showRaw {
		return s.copy(demo+s.record.Reply.Raw, s.Messages.Result.CopiedRaw)
	}
	return s.copy(demo+s.plainText(), s.withPerson(s.Messages.Result.CopiedText))
}

// withPerson adds to a confirmation that the copy contains the person, if it does.
func (s *Screen) withPerson(description string) string {
	if s.reveal.Shows(s.record.ID) {
		return fmt.Sprintf(s.Messages.Result.WithPerson, description)
	}
	return description
}

func (s *Screen) copy(text, description string) tea.Cmd {
	clipboard := s.Clipboard
	return s.ifNotDeleted(func() tea.Msg {
		method, err := clipboard.Copy(text)
		return copiedMsg{description, method, err}
	})
}

// ifNotDeleted runs do unless another process has deleted the record.
func (s *Screen) ifNotDeleted(do func() tea.Msg) tea.Cmd {
	return widget.IfNotDeleted(s.Ledger, s.record.LedgerID(), do)
}

// copyJSON copies the lookup as the commands print it. One that could not be recorded
// is copied in full, so that history import can restore it.
func (s *Screen) copyJSON() tea.Cmd {
	full := s.reveal.Shows(s.record.ID) || s.record.RecordErr != nil
	line := s.record.JSON(s.Messages, full)
	line.Demo = s.Demo
	text, err := line.Marshal()
	if err != nil {
		return widget.Notify(widget.Error, fmt.Sprintf(s.Messages.Result.CopyFailed, err))
	}
	description := s.withPerson(s.Messages.Result.CopiedJSON)
	if s.record.RecordErr != nil {
		description = s.Messages.Result.CopiedUnsaved
	}
	return s.copy(string(text), description)
}

func (s *Screen) toggleRaw() tea.Cmd {
	if s.record.Reply.Raw == "" {
		return widget.Notify(widget.Note, s.Messages.Result.NoRaw)
	}
	s.showRaw, s.top = !s.showRaw, 0
	return nil
}
