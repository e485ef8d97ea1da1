// Package form is the console's first screen. The operator types or pastes the four
// factors, confirms warnings and sends the lookup.
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

// Verifier makes lookups. It is implemented by *lookup.Verifier.
type Verifier interface {
	Do(context.Context, juhe.Query, lookup.Consent) (lookup.Record, error)
}

// Ledger provides earlier lookups and the audit log. It is implemented by
// *ledger.Ledger.
type Ledger interface {
	Search(context.Context, lookup.Search) (lookup.Page, error)
	Get(ctx context.Context, id string) (rec lookup.Record, found bool, err error)
	// SentToday returns the number of lookups that all processes have sent today,
	// Beijing time.
	SentToday(context.Context) (int, error)
	RecordAudit(context.Context, ...lookup.AuditEvent) error
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
	Messages *i18n.Messages
	Theme    *widget.Theme
	Keys     widget.Keys
	Verifier Verifier
	Service  ServiceInfo
	Now      func() time.Time

	Ledger     Ledger
	DailyLimit int     // 0 for none
	Price      float64 // of a call, in yuan; 0 if unknown
	// InitialQuery is the first content of the form: the configured endpoint and
	// regstatus, and an example in the demo.
	InitialQuery juhe.Query
	// IsExample reports whether the factors of InitialQuery are an example, so that
	// nothing is lost if they are discarded.
	IsExample bool
	// NoKey reports whether no API key is configured.
	NoKey bool
	// DamageNotice describes damage of the ledger; "" if there is none.
	DamageNotice string
}

// SetupMsg asks the root model for the setup screen, where a key can be entered.
type SetupMsg struct{}

// Screen is the form.
type Screen struct {
	Options
	fields             []factorField
	focus              int
	api                juhe.API
	regstatus          bool
	pending            pendingLookup
	question           *question
	confirmation       confirmation
	lastResult         *lookup.Record
	unviewed           bool         // lastResult has not been shown
	sentFactors        juhe.Factors // of the last lookup sent or answered from the ledger, as typed
	filledFactors      juhe.Factors // of the last lookup filled in, or the example
	pastedAt           time.Time
	nextKeyMaybePasted bool // the next key arrived together with text, so it may be part of a paste
	recall             recallState
	undoStack          []snapshot // newest last
	completion         completion
	fillID             int  // identifies the last auditThenFill
	fillPending        bool // the fill of the last auditThenFill has not been made
	sentToday          int
	sentTodayKnown     bool
	ledgerErrShown     bool // the error of SentToday has been shown
	width, height      int
}

// factorField is one of the four fields.
type factorField struct {
	widget.Field
	factor juhe.Factor
}

// New returns a form.
func New(o Options) *Screen {
	s := &Screen{Options: o, api: o.InitialQuery.API, regstatus: o.InitialQuery.Regstatus}
	for f := range juhe.NumFactors {
		s.fields = append(s.fields, factorField{Field: widget.NewField(), factor: f})
	}
	s.setFactors(o.InitialQuery.Factors, 0)
	if o.IsExample {
		s.filledFactors = s.Query().Factors
	}
	return s
}

// Init returns the command that counts today's lookups and warns if no API key
// is configured.
func (s *Screen) Init() tea.Cmd {
	if s.NoKey {
		return tea.Batch(s.CountSentToday(), widget.Notify(widget.Warn, s.Messages.Form.NoKey))
	}
	return s.CountSentToday()
}

// Open is called when the form becomes the active screen.
func (s *Screen) Open() tea.Cmd {
	s.confirmation = confirmation{}
	return tea.Batch(s.CountSentToday(), s.updateCompletion())
}

// SetSize sets the size, in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	for i := range s.fields {
		s.fields[i].SetWidth(s.valueWidth())
	}
}

// Typing reports whether printable keys are text: always, unless a question is shown.
func (s *Screen) Typing() bool { return s.question == nil }

// Keys returns the form's keys.
func (s *Screen) Keys() help.KeyMap {
	k := s.Options.Keys
	if s.question != nil {
		no := cmp.Or(s.question.noLabel, s.Messages.Form.DoNotSend)
		answers := []widget.Binding{widget.Relabel(k[keymap.Yes], s.question.Yes), widget.Relabel(k[keymap.No], no), widget.Relabel(k[keymap.Back], no)}
		return widget.KeyMap{Short: answers, Full: [][]widget.Binding{answers}}
	}
	send, back, last, complete, undo := k[keymap.Send], k[keymap.Back], k[keymap.OpenLast], k[keymap.Complete], k[keymap.Undo]
	undo.SetEnabled(len(s.undoStack) > 0)
	complete.SetEnabled(s.completionSuffix()+s.suggestedCorrection() != "")
	send.SetEnabled(!s.pending.inProgress())
	last.SetEnabled(s.lastResult != nil)
	back.SetEnabled(s.pending.waiting || s.NoKey)
	back.SetHelp(back.Help().Key, s.Messages.Setup.Open)
	if s.pending.waiting {
		back.SetHelp(back.Help().Key, s.Messages.Form.StopWaiting)
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

// Fill puts a query into the form, without sending it. It writes nothing to the audit log,
// because its query was typed in this form. See Recall for any other lookup.
func (s *Screen) Fill(q juhe.Query) {
	s.pushUndo(true)
	s.setQuery(q)
	s.filledFactors = s.Query().Factors
}

// setQuery puts a query into the form, cancels a pending fill and closes the question.
func (s *Screen) setQuery(q juhe.Query) {
	s.cancelFill()
	s.question = nil
	s.api, s.regstatus = q.API, q.Regstatus
	s.setFactors(q.Factors, 0)
}

// Clear empties the fields and keeps the endpoint.
func (s *Screen) Clear() {
	s.pushUndo(false)
	s.cancelFill()
	s.question = nil
	s.resetRecall()
	s.setFactors(juhe.Factors{}, 0)
}

// setFactors puts factors into the fields, focuses one, and drops the completion.
func (s *Screen) setFactors(f juhe.Factors, focus int) {
	s.confirmation = confirmation{}
	for i := range s.fields {
		s.fields[i].SetValue(f[s.fields[i].factor])
	}
	s.setFocus(focus)
	s.completion.reset(completionKey{s.fields[focus].factor, s.fields[focus].Value(), s.fields[juhe.Entname].Value()})
}

// Query returns the content of the form as typed.
func (s *Screen) Query() juhe.Query {
	q := juhe.Query{API: s.api, Regstatus: s.regstatus}
	for i := range s.fields {
		q.Factors[s.fields[i].factor] = s.fields[i].Value()
	}
	return q
}

// HasUnsent reports whether the form has factors that quitting would lose, because they
// were typed and not sent, answered from the ledger or filled in from an earlier lookup.
func (s *Screen) HasUnsent() bool {
	typed := s.Query().Factors
	return typed != (juhe.Factors{}) && typed != s.sentFactors && typed != s.filledFactors
}

func (s *Screen) setFocus(i int) {
	s.fields[s.focus].Blur()
	s.focus = (i + len(s.fields)) % len(s.fields)
	s.fields[s.focus].Focus()
}

// Update handles keys and the messages of the form's commands.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	s.expireUndo()
	switch msg := msg.(type) {
	case DoneMsg:
		return s.finishLookup(msg)
	case tickMsg:
		return s.tick(msg)
	case sentTodayMsg:
		return s.setSentToday(msg)
	case recallPageMsg:
		return s.addRecallPage(msg)
	case completionMsg:
		s.setCompletion(msg)
		return nil
	case widget.MaybePastedMsg:
		s.nextKeyMaybePasted = true
		return nil
	case auditDoneMsg:
		return s.finishAudit(msg)
	case tea.KeyMsg:
		if s.question != nil {
			return s.answerQuestion(msg)
		}
		cmd := s.handleKey(msg)
		return tea.Batch(cmd, s.updateCompletion())
	}
	return nil
}

// handleKey handles a key while no question is shown.
func (s *Screen) handleKey(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	confirming, maybePasted := len(s.confirmation.warnings) > 0, s.nextKeyMaybePasted
	s.nextKeyMaybePasted = false
	if !s.isSendKey(msg) {
		s.confirmation = confirmation{}
	}
	switch {
	case msg.Paste:
		return s.paste(msg)
	case widget.IsText(msg): // text, even if a key is bound to it
	case k.Matches(msg, keymap.Back) && confirming: // this key has just ended the confirmation
		return nil
	case k.Matches(msg, keymap.Back) && s.NoKey && !s.pending.waiting:
		return func() tea.Msg { return SetupMsg{} }
	case k.Matches(msg, keymap.Back):
		return s.stopWaiting()
	case s.isSendKey(msg):
		if since := s.Now().Sub(s.pastedAt); maybePasted || since >= 0 && since < pasteGuardTime {
			return widget.Notify(widget.Warn, fmt.Sprintf(s.Messages.Paste.JustPasted, widget.JoinKeyLabels([]string{msg.String()})))
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
		return s.recallEarlier()
	case k.Matches(msg, keymap.Later):
		return s.recallLater()
	case k.Matches(msg, keymap.Complete) && s.completionSuffix() != "":
		return s.acceptCompletion()
	case k.Matches(msg, keymap.Complete) && s.suggestedCorrection() != "":
		return s.acceptCorrection()
	}
	s.cancelFill() // a fill would replace what is typed
	s.fields[s.focus].Update(msg)
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
