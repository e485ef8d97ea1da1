package history

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/export"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// exportPrompt is an export of the history: first the path is entered, then it runs.
type exportPrompt struct {
	field     *widget.Field
	search    lookup.Search
	cancel    context.CancelFunc // nil until it runs
	cancelled bool
	written   *atomic.Int64 // number of lookups so far
	frame     int
}

func (e *exportPrompt) running() bool { return e.cancel != nil }

// Exporting reports whether an export is running.
func (s *Screen) Exporting() bool { return s.export != nil && s.export.running() }

// CancelExport cancels a running export.
func (s *Screen) CancelExport() {
	if s.Exporting() {
		s.export.cancel()
		s.export.cancelled = true
	}
}

// openExport asks for a path. The export contains what the current search finds.
func (s *Screen) openExport() {
	name := "fourfactor-"
	if s.Demo {
		name += "demo-"
	}
	field := widget.NewField()
	field.SetValue(name + s.Now().Format("20060102-1504") + ".xlsx")
	field.Focus()
	s.export = &exportPrompt{field: &field, search: s.searched}
	s.layout()
}

func (s *Screen) pressExport(msg tea.KeyMsg) tea.Cmd {
	e, back := s.export, s.Options.Keys.Matches(msg, keymap.Back)
	switch {
	case back && e.running():
		s.CancelExport()
	case e.running():
	case widget.IsText(msg):
		return s.edit(e.field, msg)
	case back:
		s.export = nil
	case s.Options.Keys.Matches(msg, keymap.Accept):
		return s.startExport()
	default:
		return s.edit(e.field, msg)
	}
	return nil
}

type exportedMsg struct {
	export  *exportPrompt
	path    string
	written int
	err     error
}

type progressMsg struct{ export *exportPrompt }

func (s *Screen) startExport() tea.Cmd {
	e, path := s.export, strings.TrimSpace(s.export.field.Value())
	ctx, cancel := context.WithCancel(context.Background())
	rows, write, search := &atomic.Int64{}, s.Options.Export, e.search
	e.cancel, e.cancelled, e.written = cancel, false, rows
	return tea.Batch(func() tea.Msg {
		n, err := write(ctx, search, path, func(n int) { rows.Store(int64(n)) })
		return exportedMsg{e, path, n, err}
	}, s.nextProgress())
}

// nextProgress schedules the next update of the count.
func (s *Screen) nextProgress() tea.Cmd {
	e := s.export
	return tea.Tick(s.SlowAfter, func(time.Time) tea.Msg { return progressMsg{e} })
}

func (s *Screen) progress(msg progressMsg) tea.Cmd {
	if msg.export != s.export || !s.Exporting() {
		return nil
	}
	s.export.frame++
	return s.nextProgress()
}

// exported handles the end of an export. After an error the path can be corrected.
func (s *Screen) exported(msg exportedMsg) tea.Cmd {
	if msg.export != s.export {
		return nil
	}
	e, w := s.export, s.Messages.History
	e.cancel()
	e.cancel = nil
	var ledger *lookup.LedgerError
	switch {
	case errors.As(msg.err, &ledger) && ledger.Problem == lookup.LedgerUnreadable && msg.written > 0:
		s.export = nil
		return widget.Notify(widget.Warn, fmt.Sprintf(w.ExportPart, msg.written, juhe.Sanitize(msg.path), lookup.ErrorText(s.Messages, msg.err)))
	case msg.err == nil:
		s.export = nil
		return widget.Notify(widget.Note, fmt.Sprintf(w.Exported, msg.written, juhe.Sanitize(msg.path)))
	case e.cancelled && errors.Is(msg.err, context.Canceled):
		s.export = nil
		return widget.Notify(widget.Note, w.ExportCancelled)
	}
	return widget.Notify(widget.Error, fmt.Sprintf(w.ExportFailed, export.ErrorText(s.Messages, msg.err, msg.path)))
}
