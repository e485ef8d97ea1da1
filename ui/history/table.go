package history

import (
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/widget"
)

const (
	gutter = widget.Gutter
	right  = 1 // right margin, in cells
)

// The column names.
const (
	colTime    = "time"
	colOutcome = "outcome"
	colCompany = "company"
	colMark    = "mark"
	colPerson  = "person"
	colNumber  = "number"
	colCode    = "code"
	colAPI     = "api"
	colOrder   = "order"
)

// columns returns the columns that fit, the most important ones first.
func (s *Screen) columns() []widget.Column {
	w := s.Messages
	field := func(f juhe.Factor) string { return w.Fields[f.String()].Label }
	fact := func(f lookup.DetailName) string { return w.Details[string(f)] }
	return widget.FitColumns([]widget.Column{
		{Name: colTime, Title: fact(lookup.DetailAt), Width: max(len("11-23 15:04"), widget.Width(w.History.Today+" 15:04"))},
		{Name: colOutcome, Title: w.History.Outcome, Width: s.Theme.OutcomeWidth(w)},
		{Name: colCompany, Title: field(juhe.Entname), Width: 27, Stretch: true},
		{Name: colMark, Title: field(juhe.Entmark), Width: 18, Rank: 5},
		{Name: colPerson, Title: field(juhe.Realname), Width: 8, Rank: 1},
		{Name: colNumber, Title: field(juhe.Idcard), Width: 18, Rank: 3},
		{Name: colCode, Title: fact(lookup.DetailCode), Width: 6, Rank: 2},
		{Name: colAPI, Title: fact(lookup.DetailAPI), Width: len(juhe.APIQueryEncry), Rank: 4},
		{Name: colOrder, Title: fact(lookup.DetailOrderid), Width: 25, Rank: 6},
	}, s.width-gutter-right)
}

// table returns the header and as many rows as fit around the selected one.
func (s *Screen) table(height int) []string {
	columns := s.columns()
	pad := strings.Repeat(" ", gutter)
	lines := []string{pad + s.Theme.Label.Render(widget.Row(columns, func(c widget.Column) string { return c.Title }))}
	s.top = widget.ScrollIntoView(s.top, s.selected, len(s.rows), height)
	for i := s.top; i < min(s.top+height, len(s.rows)); i++ {
		lines = append(lines, s.line(columns, s.rows[i], i == s.selected))
	}
	return lines
}

// line returns a row.
func (s *Screen) line(columns []widget.Column, rec lookup.Record, selected bool) string {
	return s.Theme.PointerColumn(selected) + widget.Row(columns, func(c widget.Column) string {
		if c.Name == colOutcome {
			return s.outcome(rec.Reply.Outcome)
		}
		return s.style(c, rec, selected).Render(widget.PadTrunc(s.cell(c, rec), c.Width))
	})
}

func (s *Screen) style(c widget.Column, rec lookup.Record, selected bool) lipgloss.Style {
	switch {
	case rec.ID == s.deleting:
		return s.Theme.Dim
	case selected:
		return s.Theme.Selected
	case c.Name == colCompany, c.Name == colPerson, c.Name == colCode:
		return s.Theme.Text
	}
	return s.Theme.Dim
}

// outcome returns the mark and the word of an outcome, in its colour.
func (s *Screen) outcome(o juhe.Outcome) string {
	return s.Theme.OutcomeLabel(s.Messages, string(o))
}

// cell returns the sanitized text of a column, except for the outcome.
func (s *Screen) cell(c widget.Column, rec lookup.Record) string {
	shown := s.factors(rec)
	text := ""
	switch c.Name {
	case colTime:
		text = s.shortTime(rec.At)
	case colCompany:
		text = shown[juhe.Entname]
	case colMark:
		text = shown[juhe.Entmark]
	case colPerson:
		text = shown[juhe.Realname]
	case colNumber:
		text = shown[juhe.Idcard]
	case colCode:
		text = rec.CodeText()
	case colAPI:
		text = string(rec.Query.API)
	case colOrder:
		text = rec.Reply.Orderid
	}
	return juhe.Sanitize(text)
}

func (s *Screen) shortTime(at time.Time) string {
	return widget.ShortTime(s.Now(), at, s.Messages.History.Today)
}
