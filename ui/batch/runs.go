package batch

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// listLimit is the number of runs listed. The command "batch list" has all.
const listLimit = 500

// runsPage is the list of runs, newest first.
type runsPage struct {
	*common
	id     int // number of the last reading
	loaded bool
	runs   []engine.Summary
	err    error
	list   widget.List
}

type runsReadMsg struct {
	id   int
	runs []engine.Summary
	err  error
}

// read reads the list of runs.
func (p *runsPage) read() tea.Cmd {
	p.id++
	id, b := p.id, p.Runner
	return func() tea.Msg {
		runs, err := b.List(context.Background(), listLimit)
		return runsReadMsg{id, runs, err}
	}
}

// take takes the list, unless it is older than another reading, and keeps the selection.
func (p *runsPage) take(msg runsReadMsg) bool {
	if msg.id != p.id {
		return false
	}
	id := lookup.RunID(0)
	if run := p.selectedRun(); run != nil && p.list.Selected > 0 {
		id = run.Run.ID
	}
	p.loaded, p.runs, p.err = true, msg.runs, msg.err
	p.list.Select(slices.IndexFunc(p.runs, func(r engine.Summary) bool { return r.Run.ID == id }), len(p.runs))
	return true
}

// selectedRun returns the selected run, or nil.
func (p *runsPage) selectedRun() *engine.Summary {
	if p.list.Selected >= len(p.runs) {
		return nil
	}
	return &p.runs[p.list.Selected]
}

// Update handles a key.
func (p *runsPage) Update(msg tea.KeyMsg) (choice, tea.Cmd) {
	k, run := p.Options.Keys, p.selectedRun()
	switch {
	case k.Matches(msg, keymap.NewRun):
		return newRun{}, nil
	case k.Matches(msg, keymap.OpenRun) && run != nil:
		return showRun{*run}, nil
	}
	p.list.Move(k.MoveKey(msg), len(p.runs), max(p.height-2, 1))
	return nil, nil
}

// Keys returns the keys of the list.
func (p *runsPage) Keys() widget.KeyMap {
	k, row := p.Options.Keys, p.selectedRun() != nil
	open, begin := widget.Enable(k[keymap.OpenRun], row), widget.Enable(k[keymap.NewRun], !p.IsRunning())
	return widget.KeyMap{
		Short: []widget.Binding{k[keymap.Back], open, begin},
		Full:  [][]widget.Binding{{open, begin}, k.MoveBindings(p.Messages, row)},
	}
}

// View draws the list, or what there is to say without one.
func (p *runsPage) View(height int) []string {
	w := p.Messages.Batch
	switch {
	case p.err != nil:
		return slices.Concat([]string{""}, p.textLines(p.Theme.Error, w.ListFailed), p.textLines(p.Theme.Text, p.errorText(p.err)),
			p.textLines(p.Theme.Text, fmt.Sprintf(p.Messages.History.Retry, p.Options.Keys.Name(keymap.OpenBatch))))
	case !p.loaded:
		return nil
	case len(p.runs) == 0:
		return slices.Concat([]string{""}, p.textLines(p.Theme.Text, w.Empty),
			p.textLines(p.Theme.Text, fmt.Sprintf(w.EmptyNext, p.Options.Keys.Name(keymap.NewRun))), p.textLines(p.Theme.Dim, w.EmptyPaste))
	}
	rows := make([]runRow, len(p.runs))
	for i, sum := range p.runs {
		rows[i] = p.row(sum)
	}
	columns := p.columns(rows)
	lines := append([]string{widget.Head(p.Theme, columns)}, p.list.Rows(len(rows), max(height-2, 1), func(at int, selected bool) string {
		return widget.Line(p.Theme, columns, rows[at], selected, false)
	})...)
	for len(lines) < height-1 {
		lines = append(lines, "")
	}
	return append(lines, p.dimLine(w.Position, p.list.Selected+1, len(p.runs)))
}

// runRow is a run with its current state.
type runRow struct {
	lookup.Run
	counts map[juhe.Outcome]int
	done   int // rows that need not be sent any more
	state  string
	style  lipgloss.Style // of the state
}

func (p *runsPage) row(sum engine.Summary) runRow {
	r := runRow{sum.Run, sum.ByOutcome, sum.Run.Rows - sum.ByOutcome[juhe.Unsent], p.Messages.RunState(sum), p.Theme.Warn}
	if isComplete(sum) {
		r.style = p.Theme.OutcomeStyle[juhe.Match]
	}
	if p.IsRunning() && r.ID == p.active.progress.RunID {
		progress := p.active.progress
		r.counts, r.done, r.state, r.style = progress.ByOutcome, progress.Done, p.Messages.Runs.States[progress.State], p.Theme.Accent
	}
	return r
}

func (p *runsPage) columns(rows []runRow) []widget.Column[runRow] {
	w, outcomes, t := p.Messages.Batch, p.Messages.Outcomes, p.Theme
	number := func(title string, width, rank int, cell func(runRow) int) widget.Column[runRow] {
		width = max(widget.Width(title), width)
		return widget.Column[runRow]{
			Title: alignRight(title, width), Width: width, Rank: rank, Style: t.Dim,
			Cell: func(r runRow) string { return alignRight(strconv.Itoa(cell(r)), width) },
		}
	}
	state := 16 // a long state ends with the number of unresolved rows
	for _, r := range rows {
		state = max(state, widget.Width(r.state))
	}
	state = min(state, max(24, p.width/3))
	return widget.FitColumns([]widget.Column[runRow]{
		number(w.Run, 4, 0, func(r runRow) int { return int(r.ID) }),
		{Title: w.File, Width: 16, Stretch: true, Style: t.Text, Cell: func(r runRow) string { return p.inputName(r.InputPath) }},
		{
			Title: w.When, Width: max(len("11-23 15:04"), widget.Width(p.Messages.History.Today+" 15:04")), Rank: 1, Style: t.Dim,
			Cell: func(r runRow) string { return widget.ShortTime(p.Now(), r.StartedAt, p.Messages.History.Today) },
		},
		number(p.Messages.Runs.Plan.Rows, 7, 2, func(r runRow) int { return r.Rows }),
		number(w.Done, 7, 0, func(r runRow) int { return r.done }),
		number(outcomes[juhe.Match], 7, 3, func(r runRow) int { return r.counts[juhe.Match] }),
		number(outcomes[juhe.Mismatch], 7, 3, func(r runRow) int { return r.counts[juhe.Mismatch] }),
		number(w.OtherOutcomes, 7, 3, func(r runRow) int { return r.counts[juhe.Refused] + r.counts[juhe.Unclear] + r.counts[juhe.Lost] }),
		{Title: w.State, Width: state, Drawn: true, Cell: func(r runRow) string { return r.style.Render(widget.PadTrunc(r.state, state)) }},
	}, p.width-widget.Gutter-widget.Right)
}

func alignRight(text string, width int) string {
	return strings.Repeat(" ", max(width-widget.Width(text), 0)) + text
}
