// Package form is the console's first screen: four fields, the endpoint and
// what is worth knowing before paying.
package form

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/i18n"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// Verifier makes lookups: *lookup.Desk.
type Verifier interface {
	Do(context.Context, juhe.Query, lookup.Consent) (lookup.Record, error)
}

// Ledger tells of earlier lookups.
type Ledger interface {
	Search(context.Context, lookup.Search) (lookup.Page, error)
	Get(ctx context.Context, id string) (rec lookup.Record, found bool, err error)
	// SentToday is how many were sent today, Beijing time, by every process.
	SentToday(context.Context) (int, error)
	RecordAudit(context.Context, ...lookup.AuditEvent) error
}

// ServiceInfo is what the form tells about the way to the service.
type ServiceInfo struct {
	BaseURL  string
	Insecure bool   // plain text, 明文
	Proxy    string // the proxy's host, if there is one
	Timeout  time.Duration
}

// Options are what a form is made of.
type Options struct {
	Words    *i18n.Text
	Theme    *widget.Theme
	Keys     widget.Keys
	Verifier Verifier
	Service  ServiceInfo
	Now      func() time.Time

	Ledger     Ledger
	DailyLimit int     // 0 for none
	Price      float64 // of a call, in yuan; 0 if it is not known
	// InitialQuery is what stands in the form at first: the configured endpoint and
	// regstatus, and in the demo an example.
	InitialQuery juhe.Query
	// IsExample says that Query is an example, which nobody has typed.
	IsExample bool
	// NoKey says that no key is configured.
	NoKey bool
	// DamageNotice says in words what of the ledger was lost; empty if nothing was.
	DamageNotice string
}

// SetupMsg asks the root for the setup, where a key can be given.
type SetupMsg struct{}

// Screen is the form.
type Screen struct {
	Options
	inputs         []input
	focus          int
	api            juhe.API
	regstatus      bool
	call           call
	question       *question
	confirmation   confirmation
	last           *lookup.Record
	unviewed       bool         // last is, so far
	sent           juhe.Factors // what was sent last, as it was typed
	filled         juhe.Factors // what an earlier lookup has filled in last, or the example
	pastedAt       time.Time
	textBurst      bool // the next key came together with text
	walk           recallWalk
	undoStack      []snapshot // the form before each of the last changes
	suggestion     suggestion
	fillID         int  // counts what the audit trail is asked to take
	filling        bool // the audit trail is being asked
	today          int
	todayKnown     bool
	ledgerErrShown bool // that the ledger cannot be read
	width, height  int
}

// input is one of the four fields.
type input struct {
	widget.Field
	name juhe.Factor
}

// New makes a form.
func New(o Options) *Screen {
	s := &Screen{Options: o, api: o.InitialQuery.API, regstatus: o.InitialQuery.Regstatus}
	for name := range juhe.NumFactors {
		s.inputs = append(s.inputs, input{Field: widget.NewField(), name: name})
	}
	s.fill(o.InitialQuery.Factors)
	if o.IsExample {
		s.filled = s.Query().Factors
	}
	return s
}

// Init opens the ledger and says what is missing, if anything is.
func (s *Screen) Init() tea.Cmd {
	if s.NoKey {
		return tea.Batch(s.CountToday(), widget.Notify(widget.Warn, s.Words.Form.NoKey))
	}
	return s.CountToday()
}

// Open is called when the form comes to the front.
func (s *Screen) Open() tea.Cmd {
	s.confirmation = confirmation{}
	return tea.Batch(s.CountToday(), s.updateSuggestion())
}

// SetSize sets the room, in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	for i := range s.inputs {
		s.inputs[i].SetWidth(s.valueWidth())
	}
}

// Typing is so unless a question is asked: every printable key is text here.
func (s *Screen) Typing() bool { return s.question == nil }

// Keys are the form's keys.
func (s *Screen) Keys() help.KeyMap {
	k := s.Options.Keys
	if s.question != nil {
		no := cmp.Or(s.question.noLabel, s.Words.Form.DoNot)
		answers := []widget.Binding{widget.Relabel(k[keymap.Yes], s.question.yesLabel), widget.Relabel(k[keymap.No], no), widget.Relabel(k[keymap.Back], no)}
		return widget.KeyMap{Short: answers, Full: [][]widget.Binding{answers}}
	}
	send, back, last, complete, undo := k[keymap.Send], k[keymap.Back], k[keymap.OpenLast], k[keymap.Complete], k[keymap.Undo]
	undo.SetEnabled(len(s.undoStack) > 0)
	complete.SetEnabled(s.completion()+s.correction() != "")
	send.SetEnabled(!s.call.inProgress())
	last.SetEnabled(s.last != nil)
	back.SetEnabled(s.call.waiting || s.NoKey)
	back.SetHelp(back.Help().Key, s.Words.Setup.Open)
	if s.call.waiting {
		back.SetHelp(back.Help().Key, s.Words.Form.StopWaiting)
	}
	return widget.KeyMap{
		Short: []widget.Binding{
			back, complete, k[keymap.Advance], send, k[keymap.Endpoint], k[keymap.Regstatus], k[keymap.Clear], undo, k[keymap.Earlier], last,
		},
		Full: [][]widget.Binding{
			{k[keymap.Advance], k[keymap.Next], k[keymap.Previous], send},
			{k[keymap.Endpoint], k[keymap.Regstatus], k[keymap.Clear], k[keymap.Undo], back},
			{k[keymap.Earlier], k[keymap.Later], k[keymap.Complete]},
		},
	}
}

// Fill puts the factors of a lookup into the form, to be looked at and perhaps sent again.
func (s *Screen) Fill(q juhe.Query) {
	s.pushUndo(true)
	s.refill(q)
	s.filled = s.Query().Factors
}

func (s *Screen) refill(q juhe.Query) {
	s.cancelFill()
	s.question = nil
	s.api, s.regstatus = q.API, q.Regstatus
	s.fill(q.Factors)
}

// Clear empties the fields and keeps the endpoint.
func (s *Screen) Clear() {
	s.pushUndo(false)
	s.cancelFill()
	s.question = nil
	s.resetWalk()
	s.fill(juhe.Factors{})
}

func (s *Screen) fill(f juhe.Factors) { s.setFactors(f, 0) }

// setFactors puts factors into the fields, and offers nothing for them.
func (s *Screen) setFactors(f juhe.Factors, focus int) {
	s.confirmation = confirmation{}
	for i := range s.inputs {
		s.inputs[i].SetValue(f[s.inputs[i].name])
	}
	s.setFocus(focus)
	s.suggestion.reset(suggestionKey{s.inputs[focus].name, s.inputs[focus].Value(), s.inputs[0].Value()})
}

// Query is the form's content as it was typed.
func (s *Screen) Query() juhe.Query {
	q := juhe.Query{API: s.api, Regstatus: s.regstatus}
	for i := range s.inputs {
		q.Factors[s.inputs[i].name] = s.inputs[i].Value()
	}
	return q
}

func (s *Screen) setFocus(i int) {
	s.inputs[s.focus].Blur()
	s.focus = (i + len(s.inputs)) % len(s.inputs)
	s.inputs[s.focus].Focus()
}

// Update handles keys, and what becomes of a lookup.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	s.expireUndo()
	switch msg := msg.(type) {
	case DoneMsg:
		return s.done(msg)
	case tickMsg:
		return s.tick(msg)
	case todayMsg:
		return s.setToday(msg)
	case earlierPageMsg:
		return s.addPage(msg)
	case suggestMsg:
		s.setSuggestion(msg)
		return nil
	case widget.MaybePastedMsg:
		s.textBurst = true
		return nil
	case auditedMsg:
		return s.audited(msg)
	case tea.KeyMsg:
		if s.question != nil {
			return s.answerQuestion(msg)
		}
		cmd := s.press(msg)
		return tea.Batch(cmd, s.updateSuggestion())
	}
	return nil
}

func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	told, mixed := len(s.confirmation.warnings) > 0, s.textBurst
	s.textBurst = false
	if !s.isSendKey(msg) {
		s.confirmation = confirmation{}
	}
	switch {
	case msg.Paste:
		return s.paste(msg)
	case widget.IsText(msg): // whatever is bound
	case k.Matches(msg, keymap.Back) && told:
		return nil
	case k.Matches(msg, keymap.Back) && s.NoKey && !s.call.waiting:
		return func() tea.Msg { return SetupMsg{} }
	case k.Matches(msg, keymap.Back):
		return s.stopWaiting()
	case s.isSendKey(msg):
		if since := s.Now().Sub(s.pastedAt); mixed || since >= 0 && since < pasteGuardTime {
			return widget.Notify(widget.Warn, fmt.Sprintf(s.Words.Paste.Just, widget.JoinKeyLabels([]string{msg.String()})))
		}
		return s.send()
	case k.Matches(msg, keymap.Advance), k.Matches(msg, keymap.Next):
		s.setFocus(s.focus + 1)
		return nil
	case k.Matches(msg, keymap.Previous):
		s.setFocus(s.focus - 1)
		return nil
	case k.Matches(msg, keymap.Endpoint):
		s.api = nextAPI(s.api)
		return nil
	case k.Matches(msg, keymap.Regstatus):
		s.regstatus = !s.regstatus
		return nil
	case k.Matches(msg, keymap.Clear):
		s.Clear()
		return nil
	case k.Matches(msg, keymap.Undo):
		return s.undo()
	case k.Matches(msg, keymap.Earlier):
		return s.walkEarlier()
	case k.Matches(msg, keymap.Later):
		return s.walkLater()
	case k.Matches(msg, keymap.Complete) && s.completion() != "":
		return s.acceptCompletion()
	case k.Matches(msg, keymap.Complete) && s.correction() != "":
		return s.acceptCorrection()
	}
	s.cancelFill() // what is typed counts
	s.inputs[s.focus].Update(msg)
	return nil
}

func nextAPI(api juhe.API) juhe.API {
	all := juhe.APIs()
	for i, a := range all {
		if a == api {
			return all[(i+1)%len(all)]
		}
	}
	return all[0]
}
