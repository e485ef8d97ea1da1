package form

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// suggestion is what an earlier look-up offers for the focused field. A
// document number is never offered.
type suggestion struct {
	asked  int // counts the questions to the ledger: an answer to an old one is dropped
	cancel context.CancelFunc
	about  wish   // what it was asked for
	rest   string // what is offered behind the text
	id     string // of the look-up that it is from
}

// wish is what a suggestion depends on.
type wish struct {
	field         ident.Field
	text, entname string
}

// suggestMsg brings a suggestion: the whole text of the field, and the ID of the
// look-up that it is from.
type suggestMsg struct {
	asked    int
	text, id string
}

// suggest asks for a suggestion when what it depends on has changed.
func (s *Screen) suggest() tea.Cmd {
	in := &s.inputs[s.focus]
	about := wish{in.name, in.Value(), s.inputs[0].Value()}
	if about == s.suggestion.about {
		return nil
	}
	// What is offered stays as long as it is being typed, so that nothing
	// flickers.
	old := s.suggestion
	rest, typed := strings.CutPrefix(old.about.text+old.rest, about.text)
	if !typed || old.about.field != about.field || old.rest == "" {
		rest = ""
	}
	if old.cancel != nil {
		old.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.suggestion = suggestion{old.asked + 1, cancel, about, rest, old.id}
	if about.field == ident.Idcard || about.text == "" && (about.field == ident.Entname || about.entname == "") {
		cancel()
		s.suggestion.rest = ""
		return nil
	}
	asked, ledger := s.suggestion.asked, s.Ledger
	return func() tea.Msg {
		text, id := completion(ctx, ledger, about)
		return suggestMsg{asked, text, id}
	}
}

// completion looks for the newest look-up whose field begins with the text; for
// an empty field, for the one of the same company. That there is none, or no
// ledger, is no matter.
func completion(ctx context.Context, ledger Ledger, about wish) (text, id string) {
	search := lookup.Search{Text: about.text, Limit: 20}
	if about.text == "" {
		search.Text = about.entname
	}
	page, err := ledger.Search(ctx, search)
	if err != nil {
		return "", ""
	}
	at := slices.IndexFunc(page.Records, func(rec lookup.Record) bool {
		if about.text == "" {
			return rec.Query.Entname == about.entname
		}
		return strings.HasPrefix(lookup.Value(rec.Query.Factors, about.field), about.text)
	})
	if at < 0 {
		return "", ""
	}
	text = lookup.Value(page.Records[at].Query.Factors, about.field)
	if ident.MaskMisplaced(about.field, text) != text {
		return "", ""
	}
	return text, page.Records[at].ID
}

// settle offers nothing for what was not typed.
func (g *suggestion) settle(about wish) {
	if g.cancel != nil {
		g.cancel()
	}
	*g = suggestion{asked: g.asked + 1, about: about}
}

func (s *Screen) suggested(msg suggestMsg) {
	if msg.asked == s.suggestion.asked {
		s.suggestion.cancel()
		s.suggestion.rest, s.suggestion.id = strings.TrimPrefix(msg.text, s.suggestion.about.text), msg.id
	}
}

// offered is what could be completed now.
func (s *Screen) offered() string {
	in := &s.inputs[s.focus]
	if s.question != nil || !in.AtEnd() || in.Value() != s.suggestion.about.text || in.name != s.suggestion.about.field {
		return ""
	}
	return s.suggestion.rest
}

// better is what could stand in the focused field instead.
func (s *Screen) better() string {
	in := &s.inputs[s.focus]
	if s.question != nil || !in.AtEnd() || s.offered() != "" {
		return ""
	}
	return lookup.SuggestValue(s.api, in.name, in.Value())
}

// takeBetter puts it there. It is of what was typed, so nobody has to be told.
func (s *Screen) takeBetter() tea.Cmd {
	better := s.better()
	s.remember(false)
	s.inputs[s.focus].SetValue(better)
	return nil
}

// complete takes what is offered. Of a person the audit trail has to know.
func (s *Screen) complete() tea.Cmd {
	in, offered := &s.inputs[s.focus], s.suggestion
	take := func() tea.Cmd {
		if in.Value() == offered.about.text {
			in.SetValue(offered.about.text + offered.rest)
		}
		return nil
	}
	if in.name != ident.Realname {
		return take()
	}
	return s.trace(offered.id, offered.id, take)
}

// fieldView draws a field, and behind its text what is offered: in brackets,
// since it is not in the field, and a person masked.
func (s *Screen) fieldView(i int) string {
	in := &s.inputs[i]
	if i != s.focus {
		return in.View()
	}
	view, rest := in.View(), s.offered()
	if better := s.better(); better != "" {
		view, rest = view+" ", s.Theme.Glyphs.Pointer+" "+better
	}
	if rest == "" {
		return view
	}
	if in.name == ident.Realname && s.better() == "" {
		typed := len([]rune(in.Value()))
		rest = string([]rune(ident.MaskName(in.Value() + rest))[typed:])
	}
	const brackets = 2
	room := s.valueWidth() - widget.Width(view) - brackets
	if room < widget.Width(rest) {
		rest = ansi.Truncate(rest, max(room, 1), "…")
	}
	return view + s.Theme.Dim.Render("["+rest+"]")
}
