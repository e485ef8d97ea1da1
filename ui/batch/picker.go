package batch

import (
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// filePicker is the question which file. The folder that is typed so far is read, and
// what there is in it shown below.
type filePicker struct {
	field            widget.Field
	problem          string // why the last one could not be opened
	folder           string // that was read, or is being read
	isRead           bool
	failed           bool
	entries          []entry
	completeWhenRead bool // Tab waits for the folder
	selected         int  // of the candidates, from 1; 0 is none
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

// splitTyped is what is typed, as a folder and the beginning of a name.
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

// refreshFolder reads the folder that is typed, unless it has been read.
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

// onFolderRead takes a folder, unless another one is typed by now.
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

// candidates are the names that begin as the typed one does. Hidden ones have
// to be asked for by their dot.
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

// complete adds what all candidates have in common, or the selected one.
func (s *Screen) complete() tea.Cmd {
	p, all := &s.picker, s.candidates()
	p.completeWhenRead = false
	if p.selected > 0 && p.selected <= len(all) {
		return s.insertCandidate(all[p.selected-1])
	}
	switch len(all) {
	case 0:
		return widget.Notify(widget.Note, s.Words.Batch.NoCandidate)
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

// insertCandidate puts a candidate into the field.
func (s *Screen) insertCandidate(e entry) tea.Cmd {
	name := e.name
	if e.folder {
		name += string(filepath.Separator)
	}
	s.setPath(name)
	s.picker.selected = 0
	return s.refreshFolder()
}

// setPath replaces the name behind the folder that is typed.
func (s *Screen) setPath(name string) {
	typed := s.picker.field.Value()
	if typed == "~" {
		typed += string(filepath.Separator)
	}
	s.picker.field.SetValue(typed[:strings.LastIndexByte(typed, filepath.Separator)+1] + name)
}

// openTyped opens the file that is typed, or what is selected.
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

// enterFolder goes into the folder that is typed.
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
