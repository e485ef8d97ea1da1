package batch

import (
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// exportPrompt asks for the file of an export.
type exportPrompt struct {
	field          widget.Field
	unresolvedOnly bool
}

func (p *runPage) openExport(unresolvedOnly bool) {
	run, suffix := p.summary.Run, p.Messages.Batch.Suffix
	if unresolvedOnly {
		suffix = p.Messages.Batch.SuffixRest
	}
	file := fitFileName(p.baseName(run.InputPath), suffix+p.Now().Format("-20060102-150405")+".xlsx")
	p.export = &exportPrompt{field: newField(), unresolvedOnly: unresolvedOnly}
	p.export.field.SetValue(p.shortPath(filepath.Join(p.outputFolder(run.InputPath), file)))
	p.export.field.Focus()
	p.resize()
}

func (p *runPage) updateExport(msg tea.KeyMsg) choice {
	k := p.Options.Keys
	switch {
	case widget.IsText(msg):
	case k.Matches(msg, keymap.Back):
		p.export = nil
		return nil
	case k.Matches(msg, keymap.Accept):
		path := unquotePath(p.export.field.Value())
		if path == "" {
			return nil
		}
		return exportTo{p.absolutePath(path), p.summary.Run.ID, p.export.unresolvedOnly}
	}
	editPath(&p.export.field, msg)
	return nil
}

// Typing reports whether the file of an export is typed.
func (p *runPage) Typing() bool { return p.export != nil }

// Caret returns the position of the caret in the path.
func (p *runPage) Caret() (x, y int) {
	return p.exportLeft() + p.export.field.Caret(), p.height - len(p.Panel())
}

func (p *runPage) resize() {
	if p.export != nil {
		p.export.field.SetWidth(p.width - p.exportLeft() - widget.Right)
	}
}

func (p *runPage) exportLeft() int {
	return widget.Gutter + widget.Width(p.Messages.Batch.ExportTo) + widget.Gap
}

// exportLines asks for the file of an export.
func (p *runPage) exportLines() []string {
	w := p.Messages.Batch
	what := w.ExportWhat
	if p.export.unresolvedOnly {
		what = w.ExportRestWhat
	}
	path := p.pad(p.Theme.Selected.Render(w.ExportTo)) + strings.Repeat(" ", widget.Gap) + p.export.field.View()
	return append([]string{path}, p.textLines(p.Theme.Text, what)...)
}
