package form

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// pasteGuardTime is the time after a paste in which no key sends. On a slow connection
// the key may be a line break of the pasted text.
const pasteGuardTime = 300 * time.Millisecond

// press handles a key while no question is shown.
func (s *Screen) press(msg tea.KeyMsg) tea.Cmd {
	k := s.Options.Keys
	confirming, maybePasted := s.warned.isShown(), s.maybePasted
	s.maybePasted = false
	if !s.fields.isSendKey(msg) {
		s.warned = confirmation{}
	}
	switch {
	case msg.Paste:
		return s.paste(msg)
	case widget.IsText(msg): // text, even if a key is bound to it
		s.typeKey(msg)
	case k.Matches(msg, keymap.Back) && confirming: // this key has just ended the confirmation
	case k.Matches(msg, keymap.Back) && s.NoKey && !s.waiting:
		return widget.Send(SetupMsg{})
	case k.Matches(msg, keymap.Back):
		return s.stopWaiting()
	case s.fields.isSendKey(msg):
		if since := s.Now().Sub(s.pastedAt); maybePasted || since >= 0 && since < pasteGuardTime {
			return widget.Notify(widget.Warn, fmt.Sprintf(s.Messages.Paste.JustPasted, widget.JoinKeyLabels([]string{msg.String()})))
		}
		return s.send()
	case k.Matches(msg, keymap.Advance), k.Matches(msg, keymap.Next):
		s.fields.setFocus(s.fields.focus + 1)
	case k.Matches(msg, keymap.Previous):
		s.fields.setFocus(s.fields.focus - 1)
	case k.Matches(msg, keymap.Endpoint):
		s.fields.nextAPI()
	case k.Matches(msg, keymap.Regstatus):
		s.fields.regstatus = !s.fields.regstatus
	case k.Matches(msg, keymap.Clear):
		s.Clear()
	case k.Matches(msg, keymap.Undo):
		return s.undoLast()
	case k.Matches(msg, keymap.Earlier):
		return s.recallEarlier()
	case k.Matches(msg, keymap.Later):
		return s.recallLater()
	case k.Matches(msg, keymap.Complete) && s.suggestion().value != "":
		return s.acceptSuggestion()
	default:
		s.typeKey(msg)
	}
	return nil
}

// typeKey edits the focused field. A fill would replace what is typed.
func (s *Screen) typeKey(msg tea.KeyMsg) {
	s.fill.cancel()
	s.fields.focused().Update(msg)
}
