package batch

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/table"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// columnsPage maps the columns of an input and sets what its run needs.
type columnsPage struct {
	*common
	*draft
	header          detect.Header // of the input; a plan in progress may widen the run's
	columns         detect.Mapping
	columnsEdited   bool // by the operator
	focused         int
	typedLetters    string // of a column name
	output          widget.Field
	suggestedOutput string
}

// take takes the opened input. keep keeps the columns.
func (p *columnsPage) take(d *draft, keep bool) {
	p.draft, p.header = d, d.run.Header()
	record := d.run.Record()
	d.request.HeaderRow, d.request.Sheet = record.HeaderRow, record.Sheet
	if !p.columnsEdited && !keep {
		p.columns = d.run.GuessColumns(ident.ScorePossible)
	}
	if out := p.output.Value(); out == "" || out == p.suggestedOutput {
		p.suggestedOutput = widget.ShortPath(d.request.OutputPath, p.Home)
		p.output.SetValue(p.suggestedOutput)
	}
}

// setting is a line of the page that can be changed. The first four are the factors in
// their order.
type setting int

const (
	settingEntname  = setting(juhe.Entname)
	settingEntmark  = setting(juhe.Entmark)
	settingRealname = setting(juhe.Realname)
	settingIdcard   = setting(juhe.Idcard)
)

const (
	settingSheet = setting(juhe.NumFactors) + iota
	settingHeader
	settingAPI
	settingRegstatus
	settingOutput
)

// settings returns the settings of the input from top to bottom.
func (p *columnsPage) settings() []setting {
	all := []setting{settingSheet, settingHeader, settingEntname, settingEntmark, settingRealname, settingIdcard, settingAPI, settingRegstatus, settingOutput}
	if len(p.run.Input().Sheets()) < 2 {
		all = all[1:]
	}
	return all
}

func (p *columnsPage) focusedSetting() setting {
	all := p.settings()
	return all[min(p.focused, len(all)-1)]
}

// firstUnmapped returns the first factor without a column, or the first factor.
func (p *columnsPage) firstUnmapped() setting {
	return setting(max(slices.IndexFunc(p.columns[:], func(column int) bool { return column < 0 }), 0))
}

func (p *columnsPage) focus(r setting) {
	p.focused, p.typedLetters = max(slices.Index(p.settings(), r), 0), ""
	if p.output.Blur(); r == settingOutput {
		p.output.Focus()
	}
}

// Update handles a key.
func (p *columnsPage) Update(msg tea.KeyMsg) (choice, tea.Cmd) {
	k, at := p.Options.Keys, p.focusedSetting()
	switch {
	case at == settingOutput && widget.IsText(msg):
		editPath(&p.output, msg)
	case k.Matches(msg, keymap.Back):
		return leave{}, nil
	case k.Matches(msg, keymap.Accept), k.Matches(msg, keymap.Send):
		return p.check()
	case k.Matches(msg, keymap.Next):
		p.moveFocus(1)
	case k.Matches(msg, keymap.Previous):
		p.moveFocus(-1)
	case k.Matches(msg, keymap.Endpoint):
		return p.change(settingAPI, 1), nil
	case k.Matches(msg, keymap.Regstatus):
		return p.change(settingRegstatus, 1), nil
	case at == settingOutput:
		editPath(&p.output, msg)
	case k.Matches(msg, keymap.ColumnLeft):
		return p.change(at, -1), nil
	case k.Matches(msg, keymap.ColumnRight):
		return p.change(at, 1), nil
	case k.Matches(msg, keymap.HeaderDown):
		return p.change(settingHeader, 1), nil
	case k.Matches(msg, keymap.HeaderUp):
		return p.change(settingHeader, -1), nil
	case msg.Type == tea.KeyRunes && at <= settingIdcard:
		p.typeColumn(at, string(msg.Runes))
	}
	return nil, nil
}

// moveFocus moves the focus and wraps around.
func (p *columnsPage) moveFocus(by int) {
	all := p.settings()
	p.focus(all[(p.focused+by+len(all))%len(all)])
}

// change selects the next or previous value of a setting. Another sheet, header row or
// endpoint opens the input again.
func (p *columnsPage) change(r setting, by int) choice {
	q := p.request
	switch r {
	case settingSheet:
		return p.nextSheet(by)
	case settingHeader:
		if q.HeaderRow+by < 0 {
			return nil
		}
		q.HeaderRow, p.columnsEdited = q.HeaderRow+by, false
	case settingAPI:
		all := juhe.APIs()
		q.API = all[(slices.Index(all, q.API)+by+len(all))%len(all)]
	case settingRegstatus:
		p.request.Regstatus = !p.request.Regstatus
		return nil
	default:
		p.moveColumn(r, by)
		return nil
	}
	return p.reopen(q, false)
}

// reopen opens the input for another request.
func (p *columnsPage) reopen(q engine.Request, plan bool) choice {
	b := p.Runner
	return reopen{plan: plan, open: func(ctx context.Context) (*draft, error) {
		d := newDraft(q.InputPath)
		return d, d.open(ctx, b, q)
	}}
}

// nextSheet opens the next or previous sheet that has a table.
func (p *columnsPage) nextSheet(by int) choice {
	b, q, all := p.Runner, p.request, p.run.Input().Sheets()
	at := slices.Index(all, q.Sheet)
	p.columnsEdited = false
	return reopen{open: func(ctx context.Context) (d *draft, err error) {
		d = newDraft(q.InputPath)
		for n := 1; n < len(all) && d.run == nil && ctx.Err() == nil; n++ {
			q.HeaderRow, q.Sheet = engine.DetectHeader, all[((at+by*n)%len(all)+len(all))%len(all)]
			err = d.open(ctx, b, q)
		}
		return d, err
	}}
}

// moveColumn selects the next or previous column.
func (p *columnsPage) moveColumn(r setting, by int) {
	width := p.run.Header().Width
	at := p.columns[r] + by
	if at < 0 && by < 0 {
		at = width - 1
	}
	p.columns[r], p.columnsEdited, p.typedLetters = at%width, true, ""
}

// typeColumn selects a column by its letters.
func (p *columnsPage) typeColumn(r setting, text string) {
	for _, letters := range []string{p.typedLetters + text, text} {
		if at := table.ColumnIndex(letters); at >= 0 && at < p.run.Header().Width {
			p.typedLetters, p.columns[r], p.columnsEdited = letters, at, true
			return
		}
	}
}

// check chooses the plan of the run if all settings are valid.
func (p *columnsPage) check() (choice, tea.Cmd) {
	reject := func(r setting, text string) (choice, tea.Cmd) {
		p.focus(r)
		return nil, widget.Notify(widget.Error, text)
	}
	for i, column := range p.columns {
		if column < 0 {
			return reject(setting(i), p.errorText(&engine.Error{Problem: engine.ProblemColumns, Fields: []string{juhe.Factor(i).String()}}))
		}
		if first := slices.Index(p.columns[:], column); first < i {
			return reject(setting(i), p.Messages.Batch.SameColumn)
		}
	}
	out := strings.TrimSpace(p.output.Value())
	if out == "" {
		return reject(settingOutput, p.Messages.Batch.NoOutput)
	}
	out = filepath.Clean(p.absolutePath(unquotePath(out)))
	record := p.run.Record()
	if record.OutputPath != out || record.Query.Regstatus != p.request.Regstatus {
		q := p.request
		q.OutputPath = out
		return p.reopen(q, true), nil
	}
	return p.plan()
}

// plan chooses the plan with the selected columns.
func (p *columnsPage) plan() (choice, tea.Cmd) {
	if err := p.run.SetColumns(p.columns); err != nil {
		return nil, widget.Notify(widget.Error, p.errorText(err))
	}
	return makePlan{}, nil
}

// Keys returns the keys of the focused setting.
func (p *columnsPage) Keys() widget.KeyMap {
	w, k, at := p.Messages.Batch, p.Options.Keys, p.focusedSetting()
	plan := widget.Relabel(k[keymap.Accept], w.Check)
	change := widget.Enable(k.Pair(keymap.ColumnLeft, keymap.ColumnRight, w.Change), at != settingOutput)
	head := widget.Enable(k.Pair(keymap.HeaderDown, keymap.HeaderUp, w.ChangeHeader), at != settingOutput)
	return widget.KeyMap{
		Short: []widget.Binding{k[keymap.Back], plan, k.Pair(keymap.Previous, keymap.Next, w.Choose), change, head, k[keymap.Endpoint], k[keymap.Regstatus]},
		Full: [][]widget.Binding{
			{plan, k[keymap.Next], k[keymap.Previous], change, widget.Enable(key.NewBinding(key.WithKeys("A–Z"), key.WithHelp("A–Z", w.Letter)), at <= settingIdcard), head},
			{k[keymap.Endpoint], k[keymap.Regstatus]},
		},
	}
}

// Typing reports whether the output is focused.
func (p *columnsPage) Typing() bool { return p.focusedSetting() == settingOutput }

// Caret returns the position of the caret in the output.
func (p *columnsPage) Caret() (x, y int) { return p.left() + p.output.Caret(), columnsTop + p.focused }

func (p *columnsPage) resize() { p.output.SetWidth(p.width - p.left() - widget.Right) }
