package batch

import (
	"path/filepath"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// exportPrompt asks for the file of an export.
type exportPrompt struct {
	path           widget.Prompt
	unresolvedOnly bool
}

func (p *runPage) openExport(unresolvedOnly bool) {
	run, suffix := p.summary.Run, p.Messages.Batch.Suffix
	if unresolvedOnly {
		suffix = p.Messages.Batch.SuffixRest
	}
	folder, base := p.outputName(run.InputPath)
	p.export = &exportPrompt{newPathPrompt(p.Messages.History.Export), unresolvedOnly}
	p.export.path.SetValue(widget.ShortPath(filepath.Join(folder, fitFileName(base, suffix+p.Now().Format(timestamp)+".xlsx")), p.Home))
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
		path := unquotePath(p.export.path.Value())
		if path == "" {
			return nil
		}
		return exportTo{p.absolutePath(path), p.summary.Run.ID, p.export.unresolvedOnly}
	}
	editPath(&p.export.path.Field, msg)
	return nil
}

// Typing reports whether the file of an export is typed.
func (p *runPage) Typing() bool { return p.export != nil }

// Caret returns the position of the caret in the path.
func (p *runPage) Caret() (x, y int) {
	return p.export.path.Caret(), p.height - len(p.Panel())
}

func (p *runPage) resize() {
	if p.export != nil {
		p.export.path.SetWidth(p.width)
	}
}

// exportLines asks for the file of an export.
func (p *runPage) exportLines() []string {
	what := p.Messages.Batch.ExportWhat
	if p.export.unresolvedOnly {
		what = p.Messages.Batch.ExportRestWhat
	}
	return append([]string{p.export.path.View(p.Theme)}, p.textLines(p.Theme.Text, what)...)
}
