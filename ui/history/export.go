package history

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
	*Options
	path      widget.Prompt
	search    lookup.Search
	cancel    context.CancelFunc // nil until it runs
	cancelled bool
	written   *atomic.Int64 // number of lookups so far
	frame     int
}

// newExportPrompt returns a prompt for the file of an export of what a search finds.
func newExportPrompt(o *Options, search lookup.Search) *exportPrompt {
	e := &exportPrompt{Options: o, path: widget.Prompt{Field: widget.NewField(), Label: o.Messages.History.Export}, search: search}
	name := "fourfactor-"
	if o.Demo {
		name += "demo-"
	}
	e.path.SetValue(name + o.Now().Format("20060102-1504") + ".xlsx")
	e.path.Focus()
	return e
}

func (e *exportPrompt) running() bool { return e.cancel != nil }

// pressExport handles a key while the prompt is open.
func (s *Screen) pressExport(msg tea.KeyMsg) tea.Cmd {
	e, text, back := s.export, widget.IsText(msg), s.Options.Keys.Matches(msg, keymap.Back)
	switch {
	case back && e.running():
		e.cancel()
		e.cancelled = true
	case e.running():
	case back && !text:
		s.export = nil
	case s.Options.Keys.Matches(msg, keymap.Accept) && !text:
		return e.start()
	default:
		e.path.Update(msg)
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

// start starts the export.
func (e *exportPrompt) start() tea.Cmd {
	path := strings.TrimSpace(e.path.Value())
	ctx, cancel := context.WithCancel(context.Background())
	rows, write, search := &atomic.Int64{}, e.Export, e.search
	e.cancel, e.cancelled, e.written = cancel, false, rows
	return tea.Batch(func() tea.Msg {
		n, err := write(ctx, search, path, func(n int) { rows.Store(int64(n)) })
		return exportedMsg{e, path, n, err}
	}, e.nextTick())
}

// nextTick schedules the next update of the count.
func (e *exportPrompt) nextTick() tea.Cmd {
	return tea.Tick(e.SlowAfter, func(time.Time) tea.Msg { return progressMsg{e} })
}

func (e *exportPrompt) tick(msg progressMsg) tea.Cmd {
	if msg.export != e || !e.running() {
		return nil
	}
	e.frame++
	return e.nextTick()
}

// exported handles the end of an export. After an error the path can be corrected.
func (s *Screen) exported(msg exportedMsg) tea.Cmd {
	if msg.export != s.export {
		return nil
	}
	e, w, path := s.export, s.Messages.History, juhe.Sanitize(msg.path)
	e.cancel()
	e.cancel, s.export = nil, nil
	switch {
	case export.IsUnreadable(msg.err) && msg.written > 0:
		return widget.Notify(widget.Warn, fmt.Sprintf(w.ExportPart, msg.written, path, s.Messages.ErrorText(msg.err)))
	case msg.err == nil:
		return widget.Notify(widget.Note, fmt.Sprintf(w.Exported, msg.written, path))
	case e.cancelled && errors.Is(msg.err, context.Canceled):
		return widget.Notify(widget.Note, w.ExportCancelled)
	}
	s.export = e
	return widget.Notify(widget.Error, fmt.Sprintf(w.ExportFailed, export.ErrorText(s.Messages, msg.err, msg.path)))
}

func (e *exportPrompt) keys() widget.KeyMap {
	w, back := e.Messages.History, widget.Relabel(e.Keys[keymap.Back], e.Messages.History.Cancel)
	if e.running() {
		return widget.KeyList(back)
	}
	return widget.KeyList(widget.Relabel(e.Keys[keymap.Accept], w.StartExport), back)
}

// lines asks for the path, or shows the progress.
func (e *exportPrompt) lines(width int) []string {
	w, t := e.Messages.History, e.Theme
	path := []string{e.path.View(t)}
	if !e.running() {
		return slices.Concat(path, widget.Paragraph(t.Text, fmt.Sprintf(w.ExportWhat, e.scope()), width),
			widget.Paragraph(t.Text, w.ExportMasked, width), widget.Paragraph(t.Dim, w.ExportFull, width))
	}
	text := fmt.Sprintf(w.Exporting, e.written.Load())
	if e.cancelled {
		text = w.ExportCancelling
	}
	return slices.Concat(path, widget.Paragraph(t.Accent, t.SpinnerFrame(e.frame)+" "+text, width),
		widget.Paragraph(t.Text, e.Hint(keymap.Back, w.Cancel), width))
}

// scope describes which lookups the export contains.
func (e *exportPrompt) scope() string {
	var parts []string
	if e.search.Text != "" {
		parts = append(parts, "“"+juhe.Sanitize(e.search.Text)+"”")
	}
	if e.search.Outcome != "" {
		parts = append(parts, e.Messages.Outcomes[e.search.Outcome])
	}
	if parts == nil {
		return e.Messages.History.ExportAll
	}
	return strings.Join(parts, " "+e.Theme.Glyphs.Dot+" ")
}
