// Package form is the console's first screen: four fields, the endpoint and
// what is worth knowing before paying.
package form

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keys"
	"fourfactor/ui/kit"
	"fourfactor/ui/words"
)

// Desk makes look-ups: *lookup.Desk.
type Desk interface {
	Do(context.Context, juhe.Query) (lookup.Record, error)
}

// Way is what the form tells about the way to the service.
type Way struct {
	Service string
	Plain   bool   // plain text, 明文
	Proxy   string // the proxy's host, if there is one
	Timeout time.Duration
}

// Options are what a form is made of.
type Options struct {
	Words *words.Text
	Theme *kit.Theme
	Keys  kit.Keys
	Desk  Desk
	Way   Way
	Now   func() time.Time
	// Query is what stands in the form at first: the configured endpoint and
	// regstatus, and in the demo an example.
	Query juhe.Query
	// NoKey says that no key is configured.
	NoKey bool
}

// Screen is the form.
type Screen struct {
	Options
	inputs        []input
	focus         int
	api           juhe.API
	regstatus     bool
	call          call
	last          *lookup.Record
	width, height int
}

// input is one of the four fields.
type input struct {
	kit.Field
	name ident.Field
}

// New makes a form.
func New(o Options) *Screen {
	s := &Screen{Options: o, api: o.Query.API, regstatus: o.Query.Regstatus}
	for _, name := range ident.Fields() {
		s.inputs = append(s.inputs, input{Field: kit.NewField(), name: name})
	}
	s.fill(o.Query.Factors)
	return s
}

// Init says what is missing, if anything is.
func (s *Screen) Init() tea.Cmd {
	if s.NoKey {
		return kit.Say(kit.Warn, s.Words.Form.NoKey)
	}
	return nil
}

// SetSize sets the room, in cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	for i := range s.inputs {
		s.inputs[i].SetWidth(s.valueWidth())
	}
}

// Typing is always so: every printable key is text here.
func (s *Screen) Typing() bool { return true }

// Keys are the form's keys.
func (s *Screen) Keys() help.KeyMap {
	send, back, last := s.Options.Keys[keys.Send], s.Options.Keys[keys.Back], s.Options.Keys[keys.Last]
	send.SetEnabled(!s.call.underWay())
	last.SetEnabled(s.last != nil)
	back.SetEnabled(s.call.waiting)
	back.SetHelp(back.Help().Key, s.Words.Form.StopWaiting)
	k := s.Options.Keys
	return kit.KeyMap{
		Short: []kit.Binding{back, k[keys.Advance], send, k[keys.Endpoint], k[keys.Regstatus], k[keys.Clear], last},
		Full: [][]kit.Binding{
			{k[keys.Advance], k[keys.Next], k[keys.Previous], send},
			{k[keys.Endpoint], k[keys.Regstatus], k[keys.Clear], back},
		},
	}
}

// Fill puts factors into the form, to be looked at and perhaps sent again.
func (s *Screen) Fill(q juhe.Query) {
	s.api, s.regstatus = q.API, q.Regstatus
	s.fill(q.Factors)
}

// Clear empties the fields and keeps the endpoint.
func (s *Screen) Clear() { s.fill(juhe.Factors{}) }

func (s *Screen) fill(f juhe.Factors) {
	for i := range s.inputs {
		s.inputs[i].SetValue(lookup.Value(f, s.inputs[i].name))
	}
	s.setFocus(0)
}

// query is the form's content as it was typed.
func (s *Screen) query() juhe.Query {
	q := juhe.Query{API: s.api, Regstatus: s.regstatus}
	for i := range s.inputs {
		lookup.SetValue(&q.Factors, s.inputs[i].name, s.inputs[i].Value())
	}
	return q
}

func (s *Screen) setFocus(i int) {
	s.inputs[s.focus].Blur()
	s.focus = (i + len(s.inputs)) % len(s.inputs)
	s.inputs[s.focus].Focus()
}

// Update handles keys, and what becomes of a look-up.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case DoneMsg:
		return s.done(msg)
	case tickMsg:
		return s.tick(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return s.inputs[s.focus].Update(msg)
}

func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	switch {
	case msg.Paste:
	case k.Is(msg, keys.Back):
		return s.stopWaiting()
	case k.Is(msg, keys.Send), k.Is(msg, keys.Advance) && s.focus == len(s.inputs)-1:
		return s.send()
	case k.Is(msg, keys.Advance), k.Is(msg, keys.Next):
		s.setFocus(s.focus + 1)
		return nil
	case k.Is(msg, keys.Previous):
		s.setFocus(s.focus - 1)
		return nil
	case k.Is(msg, keys.Endpoint):
		s.api = next(s.api)
		return nil
	case k.Is(msg, keys.Regstatus):
		s.regstatus = !s.regstatus
		return nil
	case k.Is(msg, keys.Clear):
		s.Clear()
		return nil
	}
	return s.inputs[s.focus].Update(msg)
}

func next(api juhe.API) juhe.API {
	all := juhe.APIs()
	for i, a := range all {
		if a == api {
			return all[(i+1)%len(all)]
		}
	}
	return all[0]
}
