package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
)

// fieldLimit limits the text in a field, in characters.
const fieldLimit = 256

// Field is a single-line text input. It edits like bubbles' textinput but draws
// itself, with this package's Width and the terminal's own cursor.
type Field struct {
	input        textinput.Model
	offset       int // index of the first rune drawn
	width        int
	showOverflow bool // marks hidden text at the left
	mask         rune // drawn for each character of a hidden text; 0 if the text is shown
}

// NewField returns an empty field.
func NewField() Field {
	input := textinput.New()
	input.Prompt = ""
	input.CharLimit = fieldLimit
	// Pastes come from the terminal. textinput's own paste delivers a message that every
	// focused field would take, on any screen.
	input.KeyMap.Paste.SetEnabled(false)
	// The cursor is not drawn. A blinking one would wake the program twice a second.
	input.Cursor.SetMode(cursor.CursorHide)
	return Field{input: input}
}

// Value returns the text as typed.
func (f *Field) Value() string { return f.input.Value() }

// SetValue replaces the text and moves the caret to its end.
func (f *Field) SetValue(s string) {
	f.input.SetValue(s)
	f.input.CursorEnd()
}

// AtEnd reports whether the caret is at the end of the text.
func (f *Field) AtEnd() bool { return f.input.Position() == len([]rune(f.input.Value())) }

// Position returns the caret's position, in characters.
func (f *Field) Position() int { return f.input.Position() }

// SetCursor sets the caret's position, in characters.
func (f *Field) SetCursor(characters int) { f.input.SetCursor(characters) }

// SetLimit limits the text, in characters.
func (f *Field) SetLimit(characters int) { f.input.CharLimit = characters }

// SetWidth sets the width in cells, including one for the caret.
func (f *Field) SetWidth(cells int) { f.width = max(cells, 2) }

// ShowOverflow makes the field mark hidden text at its left.
func (f *Field) ShowOverflow() { f.showOverflow = true }

// SetMask makes the field draw a mark of one cell for each character instead of the
// text.
func (f *Field) SetMask(mark string) {
	f.mask, _ = utf8.DecodeRuneInString(mark)
}

// Focus makes the field accept keys.
func (f *Field) Focus() { f.input.Focus() }

// Blur makes the field ignore keys.
func (f *Field) Blur() { f.input.Blur() }

// Update edits the text. Alt and a character is not text unless it is an editing key.
// Tabs and line breaks around a pasted cell are dropped.
func (f *Field) Update(press tea.KeyMsg) {
	if press.Alt && press.Type == tea.KeyRunes && !f.isEditKey(press) {
		return
	}
	if press.Paste {
		press.Runes = []rune(strings.Trim(string(press.Runes), "\r\n\t"))
	}
	if !isSinglePress(press) {
		press.Paste = true // otherwise textinput takes text such as "left" for a key
	}
	f.input, _ = f.input.Update(press)
}

func (f *Field) isEditKey(press tea.KeyMsg) bool {
	k := f.input.KeyMap
	return key.Matches(press, k.WordForward, k.WordBackward, k.DeleteWordForward, k.DeleteWordBackward)
}

// View returns the part of the text around the caret, at most as wide as the field.
func (f *Field) View() string {
	runes := []rune(f.input.Value())
	f.scroll(runes)
	shown, room := []rune(nil), f.width-1
	for i, r := range runes[f.offset:] {
		r = f.displayed(r)
		if f.showOverflow && i == 0 && f.offset > 0 { // keep the cells of the hidden character
			room -= Width(string(r))
			shown = append(shown, '…')
			for range Width(string(r)) - 1 {
				shown = append(shown, ' ')
			}
			continue
		}
		w := Width(string(r))
		if room -= w; room < 0 {
			break
		}
		shown = append(shown, r)
	}
	return string(shown)
}

// Caret returns the caret's cell within View.
func (f *Field) Caret() int {
	runes := []rune(f.input.Value())
	f.scroll(runes)
	return f.widthOf(runes[f.offset:f.input.Position()])
}

// scroll moves the visible part so that it contains the caret.
func (f *Field) scroll(runes []rune) {
	caret := f.input.Position()
	f.offset = min(f.offset, caret, len(runes))
	if f.showOverflow { // the caret is never on the mark
		f.offset = min(f.offset, max(caret-1, 0))
	}
	for f.widthOf(runes[f.offset:caret]) > f.width-1 {
		f.offset++
	}
	for f.offset > 0 && f.widthOf(runes[f.offset-1:]) <= f.width-1 {
		f.offset--
	}
}

func (f *Field) widthOf(runes []rune) int {
	w := 0
	for _, r := range runes {
		w += Width(string(f.displayed(r)))
	}
	return w
}

// displayed returns the character drawn for r: � for an invisible one, such as a
// zero-width space from a spreadsheet, so that it can be seen and deleted. A character
// unknown to Go's Unicode tables, such as a recent one used in names, stays.
func (f *Field) displayed(r rune) rune {
	if f.mask != 0 {
		return f.mask
	}
	if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Zl, unicode.Zp,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
		return '�'
	}
	return r
}

// Prompt is a field behind its label.
type Prompt struct {
	Field
	Label string
}

// Left returns the column of the field.
func (p *Prompt) Left() int { return Gutter + Width(p.Label) + Gap }

// SetWidth sets the width of the whole line.
func (p *Prompt) SetWidth(width int) { p.Field.SetWidth(width - p.Left() - Right) }

// Caret returns the column of the caret.
func (p *Prompt) Caret() int { return p.Left() + p.Field.Caret() }

// View draws the label and the field.
func (p *Prompt) View(t *Theme) string {
	return t.PointerColumn(false) + t.Selected.Render(p.Label) + strings.Repeat(" ", Gap) + p.Field.View()
}
