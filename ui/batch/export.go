package batch

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// export is the question where to write the results of a run so far, or only
// the rows that have no verdict.
type export struct {
	field widget.Field
	run   lookup.RunID
	rest  bool
}

func (s *Screen) openExport(rest bool) tea.Cmd {
	run, w := s.shown.Run, s.Words.Batch
	suffix := w.SuffixSoFar
	if rest {
		suffix = w.SuffixRest
	}
	file := fitting(s.base(run.InputPath), suffix+s.Now().Format("-20060102-150405")+".xlsx")
	s.export = &export{field: newField(), run: run.ID, rest: rest}
	s.export.field.SetValue(s.short(filepath.Join(s.outFolder(run.InputPath), file)))
	s.export.field.Focus()
	s.layout()
	return nil
}

func (s *Screen) pressExport(msg tea.KeyMsg) tea.Cmd {
	switch {
	case widget.IsText(msg):
	case s.Options.Keys.Matches(msg, keymap.Back):
		s.export = nil
		return nil
	case s.Options.Keys.Matches(msg, keymap.Accept):
		return s.startExport()
	}
	return s.edit(&s.export.field, msg)
}

type exportedMsg struct {
	id   int
	path string
	rows int
	err  error
}

func (s *Screen) startExport() tea.Cmd {
	e, b := s.export, s.Batch
	path := unquoted(e.field.Value())
	if path == "" {
		return nil
	}
	path = s.whole(path)
	run, rest := e.run, e.rest
	return s.begin(s.Words.Batch.Exporting, func(ctx context.Context, id int) tea.Msg {
		rows, err := b.Export(ctx, run, path, rest)
		return exportedMsg{id, path, rows, err}
	})
}

// exported tells the end of an export. After a failure its path can be mended.
func (s *Screen) exported(msg exportedMsg) tea.Cmd {
	if !s.finish(msg.id) {
		return nil
	}
	w := s.Words.Batch
	switch {
	case msg.err == nil:
		s.export = nil
		return widget.Notify(widget.Note, fmt.Sprintf(w.Exported, msg.rows, juhe.Harmless(s.short(msg.path))))
	case s.job.cancelled && errors.Is(msg.err, context.Canceled):
		s.export = nil
		return widget.Notify(widget.Note, w.ExportCancelled)
	}
	return widget.Notify(widget.Error, fmt.Sprintf(w.ExportFailed, s.errorText(msg.err)))
}
