package setup

import (
	"errors"
	"fmt"
	"io/fs"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/juhe"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// save saves what was entered if it is valid.
func (s *Screen) save() tea.Cmd {
	w, k := s.Messages.Setup, s.Options.Keys
	s.problem = ""
	values := map[string]string{}
	for i := range s.rows {
		r := &s.rows[i]
		value, ok := s.Secrets.Clean(r.field.Value())
		switch {
		case r.isChoice():
			value = r.changed()
		case r.name == key && r.field.Value() == "" && !s.Replace:
			s.setFocus(i)
			return widget.Notify(widget.Warn, fmt.Sprintf(w.NoKey, k.Name(keymap.StartDemo)))
		case !ok && r.field.Value() != "":
			s.setFocus(i)
			return widget.Notify(widget.Error, r.label+s.Messages.Colon+fmt.Sprintf(w.InvalidInput, k.Name(keymap.ClearField)))
		}
		values[r.name] = value
	}
	if s.Replace && values[key]+values[openid] == "" {
		return widget.Notify(widget.Warn, w.NothingNew)
	}
	s.saving = true
	keeper := s.Secrets
	return func() tea.Msg {
		return savedMsg{keeper.Save(values[key], values[openid], values[language], values[theme])}
	}
}

// saved finishes the setup, or shows why nothing was saved. The input stays then.
func (s *Screen) saved(err error) tea.Cmd {
	s.saving = false
	if err != nil {
		s.problem = s.errorText(err)
		return nil
	}
	return s.finish(false)
}

// finish ends the setup and clears the secrets.
func (s *Screen) finish(demo bool) tea.Cmd {
	for i := range s.rows {
		s.rows[i].clear()
	}
	msg := DoneMsg{Demo: demo, Replaced: s.Replace, Language: s.changed(language), Theme: s.changed(theme)}
	return widget.Send(msg)
}

// changed returns the selected option of a row if it was changed, or "".
func (s *Screen) changed(name string) string {
	for i := range s.rows {
		if s.rows[i].name == name {
			return s.rows[i].changed()
		}
	}
	return ""
}

func (s *Screen) errorText(err error) string {
	w, again := s.Messages.Setup, s.Options.Keys.Name(keymap.Save)
	var pathErr *fs.PathError
	switch {
	case !errors.As(err, &pathErr):
		return fmt.Sprintf(w.Failed, s.displayPath(s.KeyPath), s.Messages.System(juhe.Sanitize(err.Error())), again)
	case errors.Is(err, fs.ErrExist):
		return fmt.Sprintf(w.Exists, s.displayPath(pathErr.Path), again)
	}
	return fmt.Sprintf(w.Failed, s.displayPath(pathErr.Path), s.Messages.System(juhe.Sanitize(pathErr.Err.Error())), again)
}
