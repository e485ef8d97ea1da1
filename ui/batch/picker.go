package batch

import (
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// filePicker asks for a file and lists the folder typed so far.
type filePicker struct {
	field            widget.Field
	problem          string // with the last file
	folder           string // whose entries are shown or being read
	isRead           bool
	failed           bool
	entries          []entry
	completeWhenRead bool
	selected         int // candidate from 1, 0 for none
	top              int
}

func (s *Screen) openPick() tea.Cmd {
	if s.IsRunning() {
		return s.notifyOneRun()
	}
	s.page = pagePick
	s.picker.problem, s.picker.folder = "", ""
	s.picker.field.Focus()
	s.layout()
	return s.refreshFolder()
}

// splitTyped splits the typed path into the folder and the start of a name.
func (s *Screen) splitTyped() (folder, name string) {
	typed := s.picker.field.Value()
	if typed == "~" {
		return s.absolutePath(typed), ""
	}
	at := strings.LastIndexByte(typed, filepath.Separator) + 1
	return s.absolutePath(typed[:at]), typed[at:]
}

type folderReadMsg struct {
	folder  string
	entries []entry
	err     error
}

// refreshFolder reads the typed folder unless it has been read.
func (s *Screen) refreshFolder() tea.Cmd {
	folder, _ := s.splitTyped()
	if s.page != pagePick || folder == s.picker.folder {
		return nil
	}
	p := &s.picker
	p.folder, p.isRead, p.failed, p.entries, p.completeWhenRead = folder, false, false, nil, false
	p.selected, p.top = 0, 0
	return func() tea.Msg {
		entries, err := readFolder(folder)
		return folderReadMsg{folder, entries, err}
	}
}

// onFolderRead takes the entries of a folder if it is still the typed one.
func (s *Screen) onFolderRead(msg folderReadMsg) tea.Cmd {
	p := &s.picker
	if msg.folder != p.folder {
		return nil
	}
	p.isRead, p.failed, p.entries = true, msg.err != nil, msg.entries
	if p.completeWhenRead {
		return s.complete()
	}
	return nil
}

// candidates returns the entries that start with the typed name. Hidden entries need
// the dot.
func (s *Screen) candidates() []entry {
	_, name := s.splitTyped()
	var all []entry
	for _, e := range s.picker.entries {
		hidden := strings.HasPrefix(e.name, ".") && !strings.HasPrefix(name, ".")
		if !hidden && strings.HasPrefix(e.name, name) {
			all = append(all, e)
		}
	}
	return all
}

func (s *Screen) pressPick(msg tea.KeyMsg) tea.Cmd {
	p := &s.picker
	k := s.Options.Keys
	switch {
	case widget.IsText(msg):
	case k.Matches(msg, keymap.Back):
		s.page = pageList
		return nil
	case k.Matches(msg, keymap.CompletePath):
		if !p.isRead {
			p.completeWhenRead = true
			return nil
		}
		return s.complete()
	case k.Matches(msg, keymap.Accept):
		return s.openTyped()
	case k.Matches(msg, keymap.Top), k.Matches(msg, keymap.Bottom): // of the path
	case k.MoveKey(msg) != "":
		p.selected = widget.MoveCursor(k.MoveKey(msg), p.selected, len(s.candidates())+1, s.candidatesHeight())
		return nil
	}
	p.problem, p.selected, p.completeWhenRead = "", 0, false
	return s.editField(&p.field, msg)
}

// complete inserts the selected candidate, or the common prefix of all.
func (s *Screen) complete() tea.Cmd {
	p, all := &s.picker, s.candidates()
	p.completeWhenRead = false
	if p.selected > 0 && p.selected <= len(all) {
		return s.insertCandidate(all[p.selected-1])
	}
	switch len(all) {
	case 0:
		return widget.Notify(widget.Note, s.Messages.Batch.NoCandidate)
	case 1:
		return s.insertCandidate(all[0])
	}
	common := all[0].name
	for _, e := range all[1:] {
		for !strings.HasPrefix(e.name, common) {
			r := []rune(common)
			common = string(r[:len(r)-1])
		}
	}
	if _, name := s.splitTyped(); len(common) > len(name) {
		s.setPath(common)
	}
	return s.refreshFolder()
}

// insertCandidate replaces the typed name by a candidate.
func (s *Screen) insertCandidate(e entry) tea.Cmd {
	name := e.name
	if e.folder {
		name += string(filepath.Separator)
	}
	s.setPath(name)
	s.picker.selected = 0
	return s.refreshFolder()
}

// setPath replaces the name after the typed folder.
func (s *Screen) setPath(name string) {
	typed := s.picker.field.Value()
	if typed == "~" {
		typed += string(filepath.Separator)
	}
	s.picker.field.SetValue(typed[:strings.LastIndexByte(typed, filepath.Separator)+1] + name)
}

// openTyped opens the selected or typed file.
func (s *Screen) openTyped() tea.Cmd {
	p := &s.picker
	if all := s.candidates(); p.selected > 0 && p.selected <= len(all) {
		e := all[p.selected-1]
		look := s.insertCandidate(e)
		if e.folder {
			return look
		}
	}
	path := unquotePath(p.field.Value())
	if path == "" {
		return nil
	}
	return s.openFile(s.absolutePath(path))
}

// enterFolder lists the typed folder.
func (s *Screen) enterFolder() tea.Cmd {
	path := unquotePath(s.picker.field.Value())
	if !strings.HasSuffix(path, string(filepath.Separator)) {
		path += string(filepath.Separator)
	}
	s.picker.field.SetValue(path)
	s.picker.problem = ""
	return s.refreshFolder()
}

// openFile opens a file for a new run.
func (s *Screen) openFile(path string) tea.Cmd {
	s.draft = newDraft(s.Query)
	return s.openInput(engine.Request{InputPath: path, HeaderRow: engine.DetectHeader, API: s.Query.API, Regstatus: s.Query.Regstatus}, false)
}
