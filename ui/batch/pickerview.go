package batch

import (
	"fmt"
	"path/filepath"
	"strings"

	"fourfactor/juhe"
	"fourfactor/ui/widget"
)

func (s *Screen) pickLeft() int { return gutter + widget.Width(s.Messages.Batch.File) + gap }

// pickHead returns the field with its error or hint.
func (s *Screen) pickHead() []string {
	w, p := s.Messages.Batch, &s.picker
	lines := []string{s.pad(s.Theme.Selected.Render(w.File)) + strings.Repeat(" ", gap) + p.field.View(), ""}
	if p.problem != "" {
		lines = append(lines, s.textLines(s.Theme.Error, p.problem)...)
	} else {
		lines = append(lines, s.textLines(s.Theme.Dim, w.PickHint)...)
	}
	return append(lines, "")
}

// candidatesHeight returns the number of visible candidates.
func (s *Screen) candidatesHeight() int {
	return max(s.height-len(s.panel())-len(s.pickHead())-1, 1)
}

func (s *Screen) pickBody(height int) []string {
	p, w := &s.picker, s.Messages.Batch
	lines := s.pickHead()
	all := s.candidates()
	switch {
	case p.failed:
		return append(lines, s.textLines(s.Theme.Warn, fmt.Sprintf(w.NoFolder, s.displayPath(p.folder)))...)
	case !p.isRead:
		return lines
	case len(all) == 0:
		return append(lines, s.textLines(s.Theme.Dim, w.NoCandidate)...)
	}
	room := max(height-len(lines)-1, 1)
	p.top = widget.ScrollIntoView(p.top, max(p.selected-1, 0), len(all), room)
	for i := p.top; i < min(p.top+room, len(all)); i++ {
		lines = append(lines, s.candidate(all[i], i == p.selected-1))
	}
	if len(all) > room {
		lines = append(lines, s.pad(s.Theme.Dim.Render(fmt.Sprintf(w.Candidates, len(all)))))
	}
	return lines
}

func (s *Screen) candidate(e entry, selected bool) string {
	style, text := s.Theme.Text, juhe.Sanitize(e.name)
	if e.folder {
		style = s.Theme.Accent
		text += string(filepath.Separator)
	}
	if selected {
		style = s.Theme.Selected
	}
	return s.Theme.PointerColumn(selected) + style.Render(widget.PadTrunc(text, min(widget.Width(text), max(s.width-gutter-right, 1))))
}
