package history

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
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
func (l *list) columns(width int) []widget.Column {
	w := l.Messages
	field := func(f juhe.Factor) string { return w.Fields[f].Label }
	fact := func(f lookup.DetailName) string { return w.Details[f] }
	return widget.FitColumns([]widget.Column{
		{Name: colTime, Title: fact(lookup.DetailAt), Width: max(len("11-23 15:04"), widget.Width(w.History.Today+" 15:04"))},
		{Name: colOutcome, Title: w.History.Outcome, Width: l.Theme.OutcomeWidth(w)},
		{Name: colCompany, Title: field(juhe.Entname), Width: 27, Stretch: true},
		{Name: colMark, Title: field(juhe.Entmark), Width: 18, Rank: 5},
		{Name: colPerson, Title: field(juhe.Realname), Width: 8, Rank: 1},
		{Name: colNumber, Title: field(juhe.Idcard), Width: 18, Rank: 3},
		{Name: colCode, Title: fact(lookup.DetailCode), Width: 6, Rank: 2},
		{Name: colAPI, Title: fact(lookup.DetailAPI), Width: len(juhe.APIQueryEncry), Rank: 4},
		{Name: colOrder, Title: fact(lookup.DetailOrderid), Width: 25, Rank: 6},
	}, width-widget.Gutter-widget.Right)
}

// lines draws the header and as many rows as fit, or explains why there are none. factors
// returns the factors of a lookup as they may be shown; dimmed reports whether its row is
// drawn without emphasis.
func (l *list) lines(height, width int, dimmed func(lookup.Record) bool, factors func(lookup.Record) juhe.Factors) []string {
	if len(l.rows) == 0 {
		return l.notice(width)
	}
	columns := l.columns(width)
	header := strings.Repeat(" ", widget.Gutter) + l.Theme.Label.Render(widget.Row(columns, func(c widget.Column) string { return c.Title }))
	return append([]string{header}, l.cursor.Rows(len(l.rows), height, func(at int, selected bool) string {
		rec := l.rows[at]
		shown, dim := factors(rec), dimmed(rec)
		return l.Theme.PointerColumn(selected) + widget.Row(columns, func(c widget.Column) string {
			if c.Name == colOutcome {
				return l.Theme.OutcomeLabel(l.Messages, rec.Reply.Outcome)
			}
			return l.style(c, selected, dim).Render(widget.PadTrunc(juhe.Sanitize(l.cell(c, rec, shown)), c.Width))
		})
	})...)
}

func (l *list) style(c widget.Column, selected, dim bool) lipgloss.Style {
	switch {
	case dim:
	case selected:
		return l.Theme.Selected
	case c.Name == colCompany, c.Name == colPerson, c.Name == colCode:
		return l.Theme.Text
	}
	return l.Theme.Dim
}

// cell returns the text of a column, except for the outcome.
func (l *list) cell(c widget.Column, rec lookup.Record, shown juhe.Factors) string {
	switch c.Name {
	case colTime:
		return l.shortTime(rec.At)
	case colCompany:
		return shown[juhe.Entname]
	case colMark:
		return shown[juhe.Entmark]
	case colPerson:
		return shown[juhe.Realname]
	case colNumber:
		return shown[juhe.Idcard]
	case colCode:
		return rec.CodeText()
	case colAPI:
		return string(rec.Query.API)
	case colOrder:
		return rec.Reply.Orderid
	}
	return ""
}

func (o *Options) shortTime(at time.Time) string {
	return widget.ShortTime(o.Now(), at, o.Messages.History.Today)
}

// position shows the position of the selection and whether there are more rows.
func (l *list) position(width int) []string {
	w := l.Messages.History
	text, style := fmt.Sprintf(w.Position, l.cursor.Selected+1, len(l.rows)), l.Theme.Dim
	dot := " " + l.Theme.Glyphs.Dot + " "
	switch {
	case l.request.slow:
		text += dot + w.Loading
	case l.remainder.more && !l.remainder.through.IsZero():
		text, style = text+dot+fmt.Sprintf(w.SearchedBackTo, l.shortTime(l.remainder.through)), l.Theme.Warn
	case l.remainder.more:
		text += dot + w.More
	}
	return widget.Paragraph(style, text, width)
}

// notice explains why there are no rows and what to do.
func (l *list) notice(width int) []string {
	w, t := l.Messages.History, l.Theme
	notice := []string{""}
	add := func(style lipgloss.Style, text string) {
		notice = append(notice, widget.Paragraph(style, text, width)...)
	}
	switch nothing := l.nothingFound(); {
	case l.err != nil:
		add(t.Error, w.Failed)
		add(t.Text, l.Messages.ErrorText(l.err))
		add(t.Text, fmt.Sprintf(w.Retry, l.Keys.Name(keymap.OpenHistory)))
	case l.request.slow:
		add(t.Dim, w.Loading)
	case !l.remainder.loaded:
		return nil
	case nothing != "":
		add(t.Text, nothing)
		add(t.Dim, fmt.Sprintf(w.Clear, l.Keys.Name(keymap.Back)))
	default:
		add(t.Text, w.Empty)
		add(t.Text, fmt.Sprintf(w.EmptyNext, l.Keys.Name(keymap.OpenForm)))
		add(t.Dim, w.EmptyImport)
	}
	return notice
}

// nothingFound reports that the search has found nothing, so far or at all. It returns ""
// for a search that finds every lookup.
func (l *list) nothingFound() string {
	w, text, outcome := l.Messages.History, juhe.Sanitize(l.shown.Text), l.Messages.Outcomes[l.shown.Outcome]
	switch {
	case l.remainder.more && !l.remainder.through.IsZero():
		return fmt.Sprintf(w.NoneBackTo, l.shortTime(l.remainder.through))
	case l.remainder.more:
		return w.NoneSoFar
	case text != "" && outcome != "":
		return fmt.Sprintf(w.NothingBoth, text, outcome)
	case text != "":
		return fmt.Sprintf(w.NothingText, text)
	case outcome != "":
		return fmt.Sprintf(w.NothingOutcome, outcome)
	}
	return ""
}
