package batch

import (
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	engine "fourfactor/juhe/batch"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// pick is the question which file. The folder that is typed so far is read, and
// what there is in it shown below.
type pick struct {
	field    widget.Field
	problem  string // why the last one could not be opened
	folder   string // that was read, or is being read
	read     bool
	failed   bool
	entries  []entry
	tab      bool // Tab waits for the folder
	selected int  // of the candidates, from 1; 0 is none
	top      int
}

func (s *Screen) openPick() tea.Cmd {
	if s.UnderWay() {
		return s.oneAtATime()
	}
	s.page = pagePick
	s.pick.problem, s.pick.folder = "", ""
	s.pick.field.Focus()
	s.layout()
	return s.look()
}

// parted is what is typed, as a folder and the beginning of a name.
func (s *Screen) parted() (folder, name string) {
	typed := s.pick.field.Value()
	if typed == "~" {
		return s.whole(typed), ""
	}
	at := strings.LastIndexByte(typed, filepath.Separator) + 1
	return s.whole(typed[:at]), typed[at:]
}

type folderMsg struct {
	folder  string
	entries []entry
	err     error
}

// look reads the folder that is typed, unless it has been read.
func (s *Screen) look() tea.Cmd {
	folder, _ := s.parted()
	if s.page != pagePick || folder == s.pick.folder {
		return nil
	}
	p := &s.pick
	p.folder, p.read, p.failed, p.entries, p.tab = folder, false, false, nil, false
	p.selected, p.top = 0, 0
	return func() tea.Msg {
		entries, err := look(folder)
		return folderMsg{folder, entries, err}
	}
}

// looked takes a folder, unless another one is typed by now.
func (s *Screen) looked(msg folderMsg) tea.Cmd {
	p := &s.pick
	if msg.folder != p.folder {
		return nil
	}
	p.read, p.failed, p.entries = true, msg.err != nil, msg.entries
	if p.tab {
		return s.complete()
	}
	return nil
}

// candidates are the names that begin as the typed one does. Hidden ones have
// to be asked for by their dot.
func (s *Screen) candidates() []entry {
	_, name := s.parted()
	var all []entry
	for _, e := range s.pick.entries {
		hidden := strings.HasPrefix(e.name, ".") && !strings.HasPrefix(name, ".")
		if !hidden && strings.HasPrefix(e.name, name) {
			all = append(all, e)
		}
	}
	return all
}

func (s *Screen) pressPick(msg tea.KeyMsg) tea.Cmd {
	p := &s.pick
	k := s.Options.Keys
	switch {
	case widget.IsText(msg):
	case k.Matches(msg, keymap.Back):
		s.page = pageList
		return nil
	case k.Matches(msg, keymap.CompletePath):
		if !p.read {
			p.tab = true
			return nil
		}
		return s.complete()
	case k.Matches(msg, keymap.Accept):
		return s.take()
	case k.Matches(msg, keymap.Top), k.Matches(msg, keymap.Bottom): // of the path
	case k.MoveKey(msg) != "":
		p.selected = widget.MoveCursor(k.MoveKey(msg), p.selected, len(s.candidates())+1, s.candidatesHeight())
		return nil
	}
	p.problem, p.selected, p.tab = "", 0, false
	return s.edit(&p.field, msg)
}

// complete adds what all candidates have in common, or the selected one.
func (s *Screen) complete() tea.Cmd {
	p, all := &s.pick, s.candidates()
	p.tab = false
	if p.selected > 0 && p.selected <= len(all) {
		return s.put(all[p.selected-1])
	}
	switch len(all) {
	case 0:
		return widget.Notify(widget.Note, s.Words.Batch.NoCandidate)
	case 1:
		return s.put(all[0])
	}
	common := all[0].name
	for _, e := range all[1:] {
		for !strings.HasPrefix(e.name, common) {
			r := []rune(common)
			common = string(r[:len(r)-1])
		}
	}
	if _, name := s.parted(); len(common) > len(name) {
		s.setPath(common)
	}
	return s.look()
}

// put puts a candidate into the field.
func (s *Screen) put(e entry) tea.Cmd {
	name := e.name
	if e.folder {
		name += string(filepath.Separator)
	}
	s.setPath(name)
	s.pick.selected = 0
	return s.look()
}

// setPath replaces the name behind the folder that is typed.
func (s *Screen) setPath(name string) {
	typed := s.pick.field.Value()
	if typed == "~" {
		typed += string(filepath.Separator)
	}
	s.pick.field.SetValue(typed[:strings.LastIndexByte(typed, filepath.Separator)+1] + name)
}

// take opens the file that is typed, or what is selected.
func (s *Screen) take() tea.Cmd {
	p := &s.pick
	if all := s.candidates(); p.selected > 0 && p.selected <= len(all) {
		e := all[p.selected-1]
		look := s.put(e)
		if e.folder {
			return look
		}
	}
	path := unquoted(p.field.Value())
	if path == "" {
		return nil
	}
	return s.openFile(s.whole(path))
}

// enter goes into the folder that is typed.
func (s *Screen) enter() tea.Cmd {
	path := unquoted(s.pick.field.Value())
	if !strings.HasSuffix(path, string(filepath.Separator)) {
		path += string(filepath.Separator)
	}
	s.pick.field.SetValue(path)
	s.pick.problem = ""
	return s.look()
}

// openFile opens a file for a new run.
func (s *Screen) openFile(path string) tea.Cmd {
	s.draft = newDraft(s.Query)
	return s.open(engine.Request{Path: path, Head: engine.Find, API: s.Query.API, Regstatus: s.Query.Regstatus}, false)
}
