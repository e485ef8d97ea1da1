package batch

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// pickerPage asks for a file and lists the folder typed so far.
type pickerPage struct {
	*common
	path             widget.Prompt
	problem          string // with the last file
	folder           string // whose entries are shown or being read
	isRead           bool
	failed           bool
	entries          []entry
	completeWhenRead bool
	selected         int // candidate from 1, 0 for none
	top              int
}

// open prepares the page for another file.
func (p *pickerPage) open() tea.Cmd {
	p.problem, p.folder = "", ""
	return p.refreshFolder()
}

// splitTyped splits the typed path into the folder and the start of a name.
func (p *pickerPage) splitTyped() (folder, name string) {
	typed := p.path.Value()
	if typed == "~" {
		return p.absolutePath(typed), ""
	}
	at := strings.LastIndexByte(typed, filepath.Separator) + 1
	return p.absolutePath(typed[:at]), typed[at:]
}

type folderReadMsg struct {
	folder  string
	entries []entry
	err     error
}

// refreshFolder reads the typed folder unless it has been read.
func (p *pickerPage) refreshFolder() tea.Cmd {
	folder, _ := p.splitTyped()
	if folder == p.folder {
		return nil
	}
	p.folder, p.isRead, p.failed, p.entries, p.completeWhenRead = folder, false, false, nil, false
	p.selected, p.top = 0, 0
	return func() tea.Msg {
		entries, err := readFolder(folder)
		return folderReadMsg{folder, entries, err}
	}
}

// take takes the entries of a folder if it is still the typed one.
func (p *pickerPage) take(msg folderReadMsg) tea.Cmd {
	if msg.folder != p.folder {
		return nil
	}
	p.isRead, p.failed, p.entries = true, msg.err != nil, msg.entries
	if p.completeWhenRead {
		return p.complete()
	}
	return nil
}

// candidates returns the entries that start with the typed name. Hidden entries need
// the dot.
func (p *pickerPage) candidates() []entry {
	_, name := p.splitTyped()
	return slices.DeleteFunc(slices.Clone(p.entries), func(e entry) bool {
		hidden := strings.HasPrefix(e.name, ".") && !strings.HasPrefix(name, ".")
		return hidden || !strings.HasPrefix(e.name, name)
	})
}

// selectedCandidate returns the selected candidate, if there is one.
func (p *pickerPage) selectedCandidate() (e entry, ok bool) {
	if all := p.candidates(); p.selected > 0 && p.selected <= len(all) {
		return all[p.selected-1], true
	}
	return e, false
}

// Update handles a key.
func (p *pickerPage) Update(msg tea.KeyMsg) (choice, tea.Cmd) {
	k := p.Options.Keys
	switch {
	case widget.IsText(msg):
	case k.Matches(msg, keymap.Back):
		return leave{}, nil
	case k.Matches(msg, keymap.CompletePath):
		if !p.isRead {
			p.completeWhenRead = true
			return nil, nil
		}
		return nil, p.complete()
	case k.Matches(msg, keymap.Accept):
		return p.openTyped()
	case k.Matches(msg, keymap.Top), k.Matches(msg, keymap.Bottom): // of the path
	case k.MoveKey(msg) != "":
		p.selected = widget.MoveCursor(k.MoveKey(msg), p.selected, len(p.candidates())+1, p.rows(p.height))
		return nil, nil
	}
	p.problem, p.selected, p.completeWhenRead = "", 0, false
	editPath(&p.path.Field, msg)
	return nil, p.refreshFolder()
}

// complete inserts the selected candidate, or the common prefix of all.
func (p *pickerPage) complete() tea.Cmd {
	p.completeWhenRead = false
	if e, ok := p.selectedCandidate(); ok {
		return p.insert(e)
	}
	all := p.candidates()
	switch len(all) {
	case 0:
		return widget.Notify(widget.Note, p.Messages.Batch.NoCandidate)
	case 1:
		return p.insert(all[0])
	}
	prefix := all[0].name
	for _, e := range all[1:] {
		for !strings.HasPrefix(e.name, prefix) {
			r := []rune(prefix)
			prefix = string(r[:len(r)-1])
		}
	}
	if _, name := p.splitTyped(); len(prefix) > len(name) {
		p.setName(prefix)
	}
	return p.refreshFolder()
}

// insert replaces the typed name by a candidate.
func (p *pickerPage) insert(e entry) tea.Cmd {
	name := e.name
	if e.folder {
		name += string(filepath.Separator)
	}
	p.setName(name)
	p.selected = 0
	return p.refreshFolder()
}

// setName replaces the name after the typed folder.
func (p *pickerPage) setName(name string) {
	typed := p.path.Value()
	if typed == "~" {
		typed += string(filepath.Separator)
	}
	p.path.SetValue(typed[:strings.LastIndexByte(typed, filepath.Separator)+1] + name)
}

// openTyped opens the selected or typed file.
func (p *pickerPage) openTyped() (choice, tea.Cmd) {
	if e, ok := p.selectedCandidate(); ok {
		if read := p.insert(e); e.folder {
			return nil, read
		}
	}
	path := unquotePath(p.path.Value())
	if path == "" {
		return nil, nil
	}
	return openFile{p.absolutePath(path)}, nil
}

// enterFolder lists the typed folder.
func (p *pickerPage) enterFolder() tea.Cmd {
	path := unquotePath(p.path.Value())
	if !strings.HasSuffix(path, string(filepath.Separator)) {
		path += string(filepath.Separator)
	}
	p.path.SetValue(path)
	p.problem = ""
	return p.refreshFolder()
}

// Keys returns the keys of the field and its candidates.
func (p *pickerPage) Keys() widget.KeyMap {
	w, k := p.Messages.Batch, p.Options.Keys
	return widget.KeyList(widget.Relabel(k[keymap.Accept], w.OpenFile), widget.Relabel(k[keymap.CompletePath], w.Complete), k.Pair(keymap.Up, keymap.Down, w.Choose), k[keymap.Back])
}

// Typing reports true.
func (p *pickerPage) Typing() bool { return true }

// Caret returns the position of the caret in the path.
func (p *pickerPage) Caret() (x, y int) { return p.path.Caret(), 0 }

func (p *pickerPage) resize() { p.path.SetWidth(p.width) }

// head returns the field with its error or hint.
func (p *pickerPage) head() []string {
	lines := []string{p.path.View(p.Theme), ""}
	if p.problem != "" {
		lines = append(lines, p.textLines(p.Theme.Error, p.problem)...)
	} else {
		lines = append(lines, p.textLines(p.Theme.Dim, p.Messages.Batch.PickHint)...)
	}
	return append(lines, "")
}

// rows returns the number of visible candidates.
func (p *pickerPage) rows(height int) int { return max(height-len(p.head())-1, 1) }

// View draws the field and the candidates.
func (p *pickerPage) View(height int) []string {
	w, lines, all := p.Messages.Batch, p.head(), p.candidates()
	switch {
	case p.failed:
		return append(lines, p.textLines(p.Theme.Warn, fmt.Sprintf(w.NoFolder, p.displayPath(p.folder)))...)
	case !p.isRead:
		return lines
	case len(all) == 0:
		return append(lines, p.textLines(p.Theme.Dim, w.NoCandidate)...)
	}
	rows := p.rows(height)
	p.top = widget.ScrollIntoView(p.top, max(p.selected-1, 0), len(all), rows)
	for i := p.top; i < min(p.top+rows, len(all)); i++ {
		lines = append(lines, p.candidate(all[i], i == p.selected-1))
	}
	if len(all) > rows {
		lines = append(lines, p.dimLine(w.Candidates, len(all)))
	}
	return lines
}

func (p *pickerPage) candidate(e entry, selected bool) string {
	style, text := p.Theme.Text, juhe.Sanitize(e.name)
	if e.folder {
		style = p.Theme.Accent
		text += string(filepath.Separator)
	}
	if selected {
		style = p.Theme.Selected
	}
	return p.Theme.PointerColumn(selected) + style.Render(widget.PadTrunc(text, min(widget.Width(text), max(p.width-widget.Gutter-widget.Right, 1))))
}
