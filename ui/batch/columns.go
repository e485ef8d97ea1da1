package batch

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	engine "fourfactor/juhe/batch"
	"fourfactor/juhe/ident"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// row is a line of the columns' page that can be changed. Those of the factors
// are their numbers.
type row int

const (
	rowEntname row = iota
	rowEntmark
	rowRealname
	rowIdcard
	rowSheet
	rowHead
	rowAPI
	rowRegstatus
	rowOut
)

// rows are those that there are, from the top.
func (s *Screen) rows() []row {
	all := []row{rowSheet, rowHead, rowEntname, rowEntmark, rowRealname, rowIdcard, rowAPI, rowRegstatus, rowOut}
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

// rowAt is the one that the keys go to.
func (s *Screen) rowAt() row {
	all := s.rows()
	return all[min(s.draft.focus, len(all)-1)]
}

// firstRow is where the operator has to do something, if anywhere.
func (s *Screen) firstRow() row {
	for i, column := range s.draft.columns {
		if column < 0 {
			return row(i)
		}
	}
	return rowEntname
}

func (s *Screen) focusRow(r row) {
	d := s.draft
	d.focus, d.letters = max(slices.Index(s.rows(), r), 0), ""
	if d.out.Blur(); r == rowOut {
		d.out.Focus()
	}
}

func (s *Screen) pressColumns(msg tea.KeyMsg) tea.Cmd {
	k, at := s.Options.Keys, s.rowAt()
	switch {
	case msg.Paste, at == rowOut && widget.IsText(msg):
	case k.Matches(msg, keymap.Back):
		return s.leaveColumns()
	case k.Matches(msg, keymap.Accept), k.Matches(msg, keymap.Send):
		return s.check()
	case k.Matches(msg, keymap.Next):
		s.step(1)
		return nil
	case k.Matches(msg, keymap.Previous):
		s.step(-1)
		return nil
	case k.Matches(msg, keymap.Endpoint):
		return s.change(rowAPI, 1)
	case k.Matches(msg, keymap.Regstatus):
		return s.change(rowRegstatus, 1)
	}
	switch {
	case at == rowOut:
		return s.edit(&s.draft.out, msg)
	case k.Matches(msg, keymap.ColumnLeft):
		return s.change(at, -1)
	case k.Matches(msg, keymap.ColumnRight):
		return s.change(at, 1)
	case k.Matches(msg, keymap.HeaderDown):
		return s.change(rowHead, 1)
	case k.Matches(msg, keymap.HeaderUp):
		return s.change(rowHead, -1)
	case msg.Type == tea.KeyRunes:
		return s.typeColumn(at, string(msg.Runes))
	}
	return nil
}

// step moves the focus, around the ends.
func (s *Screen) step(by int) {
	all := s.rows()
	s.focusRow(all[(s.draft.focus+by+len(all))%len(all)])
}

// leaveColumns goes back to the file. What was pasted is gone then.
func (s *Screen) leaveColumns() tea.Cmd {
	pasted := s.draft.request.Path == ""
	if s.earlier = s.draft; pasted {
		s.earlier = nil
	}
	s.drop()
	if pasted {
		s.page = pageList
		return widget.Notify(widget.Note, s.Words.Batch.PastedGone)
	}
	return s.openPick()
}

// change goes to the next or the one before of what a line can be. Another
// sheet or header means that the file is read again.
func (s *Screen) change(r row, by int) tea.Cmd {
	d := s.draft
	q := d.request
	switch r {
	case rowSheet:
		return s.openSheet(by)
	case rowHead:
		if q.Head+by < 0 {
			return nil
		}
		q.Head, d.touched = q.Head+by, false
	case rowAPI:
		all := juhe.APIs()
		q.API = all[(slices.Index(all, q.API)+by+len(all))%len(all)]
	case rowRegstatus:
		d.request.Regstatus = !d.request.Regstatus
		return nil
	default:
		d.stepColumn(int(r), by)
		return nil
	}
	return s.open(q, false)
}

// openSheet opens the next sheet, or the one before, that has a table.
func (s *Screen) openSheet(by int) tea.Cmd {
	d, b, all := s.draft, s.Batch, s.sheets()
	q, at := d.request, slices.Index(all, d.request.Sheet)
	q.Head, d.touched = engine.Find, false
	return s.begin(s.Words.Batch.Opening, func(ctx context.Context, id int) tea.Msg {
		var run *engine.Run
		var err error
		for n := 1; n < len(all) && run == nil && ctx.Err() == nil; n++ {
			q.Head, q.Sheet = engine.Find, all[((at+by*n)%len(all)+len(all))%len(all)]
			run, q, err = find(ctx, b, q)
		}
		return openedMsg{id: id, request: q, run: run, err: err, stamp: d.stamp}
	})
}

// stepColumn goes to the column beside it.
func (d *draft) stepColumn(factor, by int) {
	width := d.run.Width()
	at := d.columns[factor] + by
	if at < 0 && by < 0 {
		at = width - 1
	}
	d.columns[factor], d.touched, d.letters = at%width, true, ""
}

// typeColumn takes a column by its letters.
func (s *Screen) typeColumn(r row, text string) tea.Cmd {
	d := s.draft
	if r > rowIdcard {
		return nil
	}
	for _, letters := range []string{d.letters + text, text} {
		if at := columnIndex(letters); at >= 0 && at < d.run.Width() {
			d.letters, d.columns[r], d.touched = letters, at, true
			return nil
		}
	}
	return nil
}

// check has the run planned, if it is known where everything is.
func (s *Screen) check() tea.Cmd {
	d := s.draft
	for i, column := range d.columns {
		if column < 0 {
			s.focusRow(row(i))
			return widget.Notify(widget.Error, s.Words.RunProblem("columns", "", "", []string{string(ident.Fields()[i])}))
		}
		if first := slices.Index(d.columns[:], column); first < i {
			s.focusRow(row(i))
			return widget.Notify(widget.Error, s.Words.Batch.SameColumn)
		}
	}
	out := strings.TrimSpace(d.out.Value())
	if out == "" {
		s.focusRow(rowOut)
		return widget.Notify(widget.Error, s.Words.Batch.NoOut)
	}
	out = filepath.Clean(s.whole(unquoted(out)))
	kept := d.run.Kept()
	if kept.OutputPath != out || kept.Query.Regstatus != d.request.Regstatus {
		q := d.request
		q.Out = out
		return s.open(q, true)
	}
	return s.checked()
}

// checked plans the run with the columns that are said.
func (s *Screen) checked() tea.Cmd {
	if err := s.draft.run.SetColumns(s.draft.columns); err != nil {
		return widget.Notify(widget.Error, s.errorText(err))
	}
	return s.startPlan()
}

// columnName is the name of a column, from 0: A, B, …, AA.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// columnIndex is the column of a name, or -1.
func columnIndex(name string) int {
	at := 0
	for _, r := range strings.ToUpper(name) {
		if r < 'A' || r > 'Z' || at > 1<<20 {
			return -1
		}
		at = at*26 + int(r-'A') + 1
	}
	return at - 1
}
