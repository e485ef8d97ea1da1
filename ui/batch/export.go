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

// exportPrompt asks for the file of an export.
type exportPrompt struct {
	field          widget.Field
	run            lookup.RunID
	unresolvedOnly bool
}

func (s *Screen) openExport(unresolvedOnly bool) tea.Cmd {
	run, w := s.selectedSummary.Run, s.Messages.Batch
	suffix := w.Suffix
	if unresolvedOnly {
		suffix = w.SuffixRest
	}
	file := fitFileName(s.baseName(run.InputPath), suffix+s.Now().Format("-20060102-150405")+".xlsx")
	s.export = &exportPrompt{field: newField(), run: run.ID, unresolvedOnly: unresolvedOnly}
	s.export.field.SetValue(s.shortPath(filepath.Join(s.outputFolder(run.InputPath), file)))
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
	return s.editField(&s.export.field, msg)
}

type exportedMsg struct {
	id   int
	path string
	rows int
	err  error
}

func (s *Screen) startExport() tea.Cmd {
	e, b := s.export, s.Runner
	path := unquotePath(e.field.Value())
	if path == "" {
		return nil
	}
	path = s.absolutePath(path)
	run, rest := e.run, e.unresolvedOnly
	return s.startTask(s.Messages.Batch.Exporting, func(ctx context.Context, id int) tea.Msg {
		rows, err := b.Export(ctx, run, path, rest)
		return exportedMsg{id, path, rows, err}
	})
}

// onExported reports the end of an export. After a failure the path can be edited.
func (s *Screen) onExported(msg exportedMsg) tea.Cmd {
	if !s.finishTask(msg.id) {
		return nil
	}
	w := s.Messages.Batch
	switch {
	case msg.err == nil:
		s.export = nil
		return widget.Notify(widget.Note, fmt.Sprintf(w.Exported, msg.rows, juhe.Sanitize(s.shortPath(msg.path))))
	case s.task.cancelled && errors.Is(msg.err, context.Canceled):
		s.export = nil
		return widget.Notify(widget.Note, w.ExportCancelled)
	}
	return widget.Notify(widget.Error, fmt.Sprintf(w.ExportFailed, s.errorText(msg.err)))
}
