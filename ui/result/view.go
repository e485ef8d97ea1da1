package result

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// View returns the visible part of the verdict or the raw answer.
func (s *Screen) View() string {
	if s.record == nil {
		return strings.Repeat(" ", widget.Gutter) + s.Theme.Dim.Render(fmt.Sprintf(s.Messages.Result.Empty, s.Options.Keys.Name(keymap.OpenForm)))
	}
	return strings.Join(widget.Viewport(s.lines(), &s.top, s.height, s.Theme, s.Messages.App.More), "\n")
}

// lines returns the whole content.
func (s *Screen) lines() []string {
	if s.showRaw {
		return s.rawLines()
	}
	return s.verdict()
}

// verdict returns the outcome, the factors, the facts and the related lookups.
func (s *Screen) verdict() []string {
	return slices.Concat(s.headline(), []string{""}, s.factors(), []string{""}, s.details(), s.relatedLines())
}

// headline returns the mark, word and meaning of the outcome.
func (s *Screen) headline() []string {
	badge := s.Theme.OutcomeLabel(s.Messages, s.record.Reply.Outcome)
	head := strings.Repeat(" ", widget.Gutter) + badge + strings.Repeat(" ", widget.Gap)
	return widget.Hang(head, s.Theme.Text, widget.Wrap(s.Messages.Headline(*s.record), s.width-widget.Width(head)-widget.Gap))
}

// factors returns each factor with its result.
func (s *Screen) factors() []string {
	shown := s.record.ShownFactors(s.reveal.Shows(s.record.ID))
	room := s.valueWidth(shown)
	var lines []string
	for f := range juhe.NumFactors {
		result := s.record.FactorResult(f)
		value := widget.Wrap(shown[f], room)
		lines = append(lines, s.label(s.Messages.Fields[f].Label)+
			widget.PadTrunc(value[0], room)+strings.Repeat(" ", widget.Gap)+
			s.Theme.FactorStyle[result].Render(s.Theme.FactorMark[result]+" "+s.Messages.FactorResults[result]))
		for _, more := range value[1:] {
			lines = append(lines, s.label("")+more)
		}
	}
	return lines
}

// valueWidth returns the width of the values, so that the results stand close to them
// in one column.
func (s *Screen) valueWidth(shown juhe.Factors) int {
	results := widget.MaxWidth(maps.Values(s.Theme.FactorMark)) + 1 + widget.MaxWidth(maps.Values(s.Messages.FactorResults))
	widest := widget.MaxWidth(slices.Values(shown[:]))
	return min(s.width-widget.Gutter-s.labelWidth()-widget.Gap-results-widget.Gap, widest+widget.Gap)
}

// details returns the facts, each behind its label.
func (s *Screen) details() []string {
	styles := map[lookup.DetailName]lipgloss.Style{
		lookup.DetailNextStep: s.Theme.Accent, lookup.DetailWarning: s.Theme.Warn, lookup.DetailID: s.Theme.Dim,
	}
	var lines []string
	for _, d := range s.Messages.Details(*s.record) {
		style, ok := styles[d.Name]
		if !ok {
			style = s.Theme.Text
		}
		lines = append(lines, widget.Hang(s.label(d.Label), style, widget.Wrap(d.Value, s.width-widget.Gutter-s.labelWidth()-widget.Gap-1))...)
	}
	return lines
}

func (s *Screen) label(text string) string {
	return s.Theme.RowHead(text, s.labelWidth(), false)
}

func (s *Screen) labelWidth() int {
	width := widget.MaxWidth(maps.Values(s.Messages.Labels))
	for _, f := range s.Messages.Fields {
		width = max(width, widget.Width(f.Label))
	}
	return width
}

// rawLines returns the redacted answer, wrapped to the window.
func (s *Screen) rawLines() []string {
	lines := []string{s.Theme.Dim.Render("  " + s.Messages.Result.Raw), ""}
	for line := range strings.Lines(s.record.Reply.Raw) {
		broken := ansi.Hardwrap(strings.TrimSuffix(line, "\n"), max(s.width-2*widget.Gutter, 1), true)
		for part := range strings.SplitSeq(broken, "\n") {
			lines = append(lines, strings.Repeat(" ", widget.Gutter)+part)
		}
	}
	return lines
}

// plainText returns the result without colours and line wrapping.
func (s *Screen) plainText() string {
	unbroken := *s
	unbroken.width = math.MaxInt16
	var b strings.Builder
	for _, line := range unbroken.verdict() {
		b.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n")
	}
	return b.String()
}
