package history

import (
	"fmt"
	"time"

	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// row is a lookup with its factors as they may be shown.
type row struct {
	lookup.Record
	shown juhe.Factors
}

// columns returns the columns that fit, the most important ones first.
func (l *list) columns(width int) []widget.Column[row] {
	w, t := l.Messages, l.Theme
	factor := func(f juhe.Factor, width, rank int, style lipgloss.Style) widget.Column[row] {
		return widget.Column[row]{Title: w.Fields[f].Label, Width: width, Rank: rank, Style: style, Cell: func(r row) string { return r.shown[f] }}
	}
	company := factor(juhe.Entname, 27, 0, t.Text)
	company.Stretch = true
	return widget.FitColumns([]widget.Column[row]{
		{
			Title: w.Labels[lookup.DetailAt], Width: max(len("11-23 15:04"), widget.Width(w.History.Today+" 15:04")), Style: t.Dim,
			Cell: func(r row) string { return l.shortTime(r.At) },
		},
		{Title: w.History.Outcome, Width: t.OutcomeWidth(w), Drawn: true, Cell: func(r row) string { return t.OutcomeLabel(w, r.Reply.Outcome) }},
		company,
		factor(juhe.Entmark, 18, 5, t.Dim),
		factor(juhe.Realname, 8, 1, t.Text),
		factor(juhe.Idcard, 18, 3, t.Dim),
		{Title: w.Labels[lookup.DetailCode], Width: 6, Rank: 2, Style: t.Text, Cell: func(r row) string { return r.CodeText() }},
		{Title: w.Labels[lookup.DetailAPI], Width: len(juhe.APIQueryEncry), Rank: 4, Style: t.Dim, Cell: func(r row) string { return string(r.Query.API) }},
		{Title: w.Labels[lookup.DetailOrderid], Width: 25, Rank: 6, Style: t.Dim, Cell: func(r row) string { return r.Reply.Orderid }},
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
	return append([]string{widget.Head(l.Theme, columns)}, l.cursor.Rows(len(l.rows), height, func(at int, selected bool) string {
		rec := l.rows[at]
		return widget.Line(l.Theme, columns, row{rec, factors(rec)}, selected, dimmed(rec))
	})...)
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
	case l.remainder.more && !l.remainder.searchedBackTo.IsZero():
		text, style = text+dot+fmt.Sprintf(w.SearchedBackTo, l.shortTime(l.remainder.searchedBackTo)), l.Theme.Warn
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
	case l.remainder.more && !l.remainder.searchedBackTo.IsZero():
		return fmt.Sprintf(w.NoneBackTo, l.shortTime(l.remainder.searchedBackTo))
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
