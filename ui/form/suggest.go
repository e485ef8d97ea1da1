package form

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

// suggestion is what an earlier lookup offers for the focused field. A
// document number is never offered.
type suggestion struct {
	id       int // counts the questions to the ledger: an answer to an old one is dropped
	cancel   context.CancelFunc
	key      suggestionKey // what it was asked for
	rest     string        // what is offered behind the text
	recordID string        // of the lookup that it is from
}

// suggestionKey is what a suggestion depends on.
type suggestionKey struct {
	field         juhe.Factor
	text, entname string
}

// suggestMsg brings a suggestion: the whole text of the field, and the ID of the
// lookup that it is from.
type suggestMsg struct {
	id             int
	text, recordID string
}

// updateSuggestion asks for a suggestion when what it depends on has changed.
func (s *Screen) updateSuggestion() tea.Cmd {
	in := &s.inputs[s.focus]
	about := suggestionKey{in.name, in.Value(), s.inputs[0].Value()}
	if about == s.suggestion.key {
		return nil
	}
	// What is offered stays as long as it is being typed, so that nothing
	// flickers.
	old := s.suggestion
	rest, typed := strings.CutPrefix(old.key.text+old.rest, about.text)
	if !typed || old.key.field != about.field || old.rest == "" {
		rest = ""
	}
	if old.cancel != nil {
		old.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.suggestion = suggestion{old.id + 1, cancel, about, rest, old.recordID}
	if about.field == juhe.Idcard || about.text == "" && (about.field == juhe.Entname || about.entname == "") {
		cancel()
		s.suggestion.rest = ""
		return nil
	}
	asked, ledger := s.suggestion.id, s.Ledger
	return func() tea.Msg {
		text, id := findCompletion(ctx, ledger, about)
		return suggestMsg{asked, text, id}
	}
}

// findCompletion looks for the newest lookup whose field begins with the text; for
// an empty field, for the one of the same company. That there is none, or no
// ledger, is no matter.
func findCompletion(ctx context.Context, ledger Ledger, about suggestionKey) (text, id string) {
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
			return rec.Query.Factors[juhe.Entname] == about.entname
		}
		return strings.HasPrefix(rec.Query.Factors[about.field], about.text)
	})
	if at < 0 {
		return "", ""
	}
	text = page.Records[at].Query.Factors[about.field]
	if ident.MaskEmbeddedIDs(about.field, text) != text {
		return "", ""
	}
	return text, page.Records[at].ID
}

// reset offers nothing for what was not typed.
func (g *suggestion) reset(about suggestionKey) {
	if g.cancel != nil {
		g.cancel()
	}
	*g = suggestion{id: g.id + 1, key: about}
}

func (s *Screen) setSuggestion(msg suggestMsg) {
	if msg.id == s.suggestion.id {
		s.suggestion.cancel()
		s.suggestion.rest, s.suggestion.recordID = strings.TrimPrefix(msg.text, s.suggestion.key.text), msg.recordID
	}
}

// completion is what could be completed now.
func (s *Screen) completion() string {
	in := &s.inputs[s.focus]
	if s.question != nil || !in.AtEnd() || in.Value() != s.suggestion.key.text || in.name != s.suggestion.key.field {
		return ""
	}
	return s.suggestion.rest
}

// correction is what could stand in the focused field instead.
func (s *Screen) correction() string {
	in := &s.inputs[s.focus]
	if s.question != nil || !in.AtEnd() || s.completion() != "" {
		return ""
	}
	return lookup.SuggestValue(s.api, in.name, in.Value())
}

// acceptCorrection puts it there. It is of what was typed, so nobody has to be told.
func (s *Screen) acceptCorrection() tea.Cmd {
	better := s.correction()
	s.pushUndo(false)
	s.inputs[s.focus].SetValue(better)
	return nil
}

// acceptCompletion takes what is offered. Of a person the audit trail has to know.
func (s *Screen) acceptCompletion() tea.Cmd {
	in, offered := &s.inputs[s.focus], s.suggestion
	take := func() tea.Cmd {
		if in.Value() == offered.key.text {
			in.SetValue(offered.key.text + offered.rest)
		}
		return nil
	}
	if in.name != juhe.Realname {
		return take()
	}
	return s.auditThenFill(offered.recordID, offered.recordID, take)
}

// fieldView draws a field, and behind its text what is offered: in brackets,
// since it is not in the field, and a person masked.
func (s *Screen) fieldView(i int) string {
	in := &s.inputs[i]
	if i != s.focus {
		return in.View()
	}
	view, rest := in.View(), s.completion()
	if better := s.correction(); better != "" {
		view, rest = view+" ", s.Theme.Glyphs.Pointer+" "+better
	}
	if rest == "" {
		return view
	}
	if in.name == juhe.Realname && s.correction() == "" {
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
