package batch

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/table"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// setting is a line of the columns page that can be changed. The first four are the
// factors in their order.
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
func (s *Screen) settings() []setting {
	all := []setting{settingSheet, settingHeader, settingEntname, settingEntmark, settingRealname, settingIdcard, settingAPI, settingRegstatus, settingOutput}
	if len(s.sheets()) < 2 {
		all = all[1:]
	}
	return all
}

func (s *Screen) sheets() []string {
	if s.draft == nil || s.draft.run == nil {
		return nil
	}
	return s.draft.run.Input().Sheets()
}

func (s *Screen) focusedSetting() setting {
	all := s.settings()
	return all[min(s.draft.focused, len(all)-1)]
}

// firstUnmapped returns the first factor without a column, or the first factor.
func (s *Screen) firstUnmapped() setting {
	for i, column := range s.draft.columns {
		if column < 0 {
			return setting(i)
		}
	}
	return settingEntname
}

func (s *Screen) focusSetting(r setting) {
	d := s.draft
	d.focused, d.typedLetters = max(slices.Index(s.settings(), r), 0), ""
	if d.output.Blur(); r == settingOutput {
		d.output.Focus()
	}
}

func (s *Screen) pressColumns(msg tea.KeyMsg) tea.Cmd {
	k, at := s.Options.Keys, s.focusedSetting()
	switch {
	case msg.Paste, at == settingOutput && widget.IsText(msg):
	case k.Matches(msg, keymap.Back):
		return s.leaveColumns()
	case k.Matches(msg, keymap.Accept), k.Matches(msg, keymap.Send):
		return s.checkDraft()
	case k.Matches(msg, keymap.Next):
		s.moveFocus(1)
		return nil
	case k.Matches(msg, keymap.Previous):
		s.moveFocus(-1)
		return nil
	case k.Matches(msg, keymap.Endpoint):
		return s.changeSetting(settingAPI, 1)
	case k.Matches(msg, keymap.Regstatus):
		return s.changeSetting(settingRegstatus, 1)
	}
	switch {
	case at == settingOutput:
		return s.editField(&s.draft.output, msg)
	case k.Matches(msg, keymap.ColumnLeft):
		return s.changeSetting(at, -1)
	case k.Matches(msg, keymap.ColumnRight):
		return s.changeSetting(at, 1)
	case k.Matches(msg, keymap.HeaderDown):
		return s.changeSetting(settingHeader, 1)
	case k.Matches(msg, keymap.HeaderUp):
		return s.changeSetting(settingHeader, -1)
	case msg.Type == tea.KeyRunes:
		return s.typeColumn(at, string(msg.Runes))
	}
	return nil
}

// moveFocus moves the focus and wraps around.
func (s *Screen) moveFocus(by int) {
	all := s.settings()
	s.focusSetting(all[(s.draft.focused+by+len(all))%len(all)])
}

// leaveColumns returns to the file picker. Pasted rows are dropped.
func (s *Screen) leaveColumns() tea.Cmd {
	pasted := s.draft.request.InputPath == ""
	if s.previous = s.draft; pasted {
		s.previous = nil
	}
	s.dropDraft()
	if pasted {
		s.page = pageList
		return widget.Notify(widget.Note, s.Messages.Batch.PastedGone)
	}
	return s.openPick()
}

// changeSetting selects the next or previous value of a setting. Another sheet or
// header row reads the input again.
func (s *Screen) changeSetting(r setting, by int) tea.Cmd {
	d := s.draft
	q := d.request
	switch r {
	case settingSheet:
		return s.openNextSheet(by)
	case settingHeader:
		if q.HeaderRow+by < 0 {
			return nil
		}
		q.HeaderRow, d.columnsEdited = q.HeaderRow+by, false
	case settingAPI:
		all := juhe.APIs()
		q.API = all[(slices.Index(all, q.API)+by+len(all))%len(all)]
	case settingRegstatus:
		d.request.Regstatus = !d.request.Regstatus
		return nil
	default:
		d.moveColumn(int(r), by)
		return nil
	}
	return s.openInput(q, false)
}

// openNextSheet opens the next or previous sheet that has a table.
func (s *Screen) openNextSheet(by int) tea.Cmd {
	d, b, all := s.draft, s.Runner, s.sheets()
	q, at := d.request, slices.Index(all, d.request.Sheet)
	q.HeaderRow, d.columnsEdited = engine.DetectHeader, false
	return s.startTask(s.Messages.Batch.Opening, func(ctx context.Context, id int) tea.Msg {
		var run *engine.Run
		var err error
		for n := 1; n < len(all) && run == nil && ctx.Err() == nil; n++ {
			q.HeaderRow, q.Sheet = engine.DetectHeader, all[((at+by*n)%len(all)+len(all))%len(all)]
			run, q, err = detectInput(ctx, b, q)
		}
		return openedMsg{id: id, request: q, run: run, err: err, fileState: d.fileState}
	})
}

// moveColumn selects the next or previous column.
func (d *draft) moveColumn(factor, by int) {
	width := d.run.Header().Width
	at := d.columns[factor] + by
	if at < 0 && by < 0 {
		at = width - 1
	}
	d.columns[factor], d.columnsEdited, d.typedLetters = at%width, true, ""
}

// typeColumn selects a column by its letters.
func (s *Screen) typeColumn(r setting, text string) tea.Cmd {
	d := s.draft
	if r > settingIdcard {
		return nil
	}
	for _, letters := range []string{d.typedLetters + text, text} {
		if at := table.ColumnIndex(letters); at >= 0 && at < d.run.Header().Width {
			d.typedLetters, d.columns[r], d.columnsEdited = letters, at, true
			return nil
		}
	}
	return nil
}

// checkDraft plans the run if all settings are valid.
func (s *Screen) checkDraft() tea.Cmd {
	d := s.draft
	for i, column := range d.columns {
		if column < 0 {
			s.focusSetting(setting(i))
			return widget.Notify(widget.Error, s.errorText(&engine.Error{Problem: engine.ProblemColumns, Fields: []string{juhe.Factor(i).String()}}))
		}
		if first := slices.Index(d.columns[:], column); first < i {
			s.focusSetting(setting(i))
			return widget.Notify(widget.Error, s.Messages.Batch.SameColumn)
		}
	}
	out := strings.TrimSpace(d.output.Value())
	if out == "" {
		s.focusSetting(settingOutput)
		return widget.Notify(widget.Error, s.Messages.Batch.NoOutput)
	}
	out = filepath.Clean(s.absolutePath(unquotePath(out)))
	kept := d.run.Record()
	if kept.OutputPath != out || kept.Query.Regstatus != d.request.Regstatus {
		q := d.request
		q.OutputPath = out
		return s.openInput(q, true)
	}
	return s.planDraft()
}

// planDraft plans the run with the selected columns.
func (s *Screen) planDraft() tea.Cmd {
	if err := s.draft.run.SetColumns(s.draft.columns); err != nil {
		return widget.Notify(widget.Error, s.errorText(err))
	}
	return s.startPlan()
}
