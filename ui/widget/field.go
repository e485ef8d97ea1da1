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

// fieldLimit bounds what can be typed into a field, in characters.
const fieldLimit = 256

// Field is one line of text. It edits as textinput does, and draws by itself:
// in the one measure of width, with the terminal's own cursor.
type Field struct {
	input        textinput.Model
	offset       int // the first rune that is drawn
	width        int
	showOverflow bool // that there is more at the left
	mask         rune // stands for each character of a hidden text; 0 if it is shown
}

// NewField makes an empty field.
func NewField() Field {
	input := textinput.New()
	input.Prompt = ""
	input.CharLimit = fieldLimit
	// The clipboard comes by a paste of the terminal. What textinput reads of it by
	// itself is a message that every field with the focus takes, on any screen.
	input.KeyMap.Paste.SetEnabled(false)
	// It is not drawn, and one that blinks would wake the program twice a second.
	input.Cursor.SetMode(cursor.CursorHide)
	return Field{input: input}
}

// Value is the text as it was typed.
func (f *Field) Value() string { return f.input.Value() }

// SetValue replaces the text and puts the caret behind it.
func (f *Field) SetValue(s string) {
	f.input.SetValue(s)
	f.input.CursorEnd()
}

// AtEnd tells whether the caret is behind the text.
func (f *Field) AtEnd() bool { return f.input.Position() == len([]rune(f.input.Value())) }

// Position is where the caret stands, in characters.
func (f *Field) Position() int { return f.input.Position() }

// SetCursor puts the caret behind so many characters.
func (f *Field) SetCursor(characters int) { f.input.SetCursor(characters) }

// SetLimit sets how many characters can be typed.
func (f *Field) SetLimit(characters int) { f.input.CharLimit = characters }

// SetWidth sets the room, in cells; the last one is for the caret.
func (f *Field) SetWidth(cells int) { f.width = max(cells, 2) }

// ShowOverflow has the field show at its left that there is more.
func (f *Field) ShowOverflow() { f.showOverflow = true }

// SetMask has the field draw a mark of one cell for each character, and not the
// text.
func (f *Field) SetMask(mark string) {
	f.mask, _ = utf8.DecodeRuneInString(mark)
}

// Focus takes the keys.
func (f *Field) Focus() { f.input.Focus() }

// Blur gives the keys away.
func (f *Field) Blur() { f.input.Blur() }

// Update edits. An alt key that edits nothing is no text, nor is the line break with
// which a pasted cell ends.
func (f *Field) Update(press tea.KeyMsg) {
	if press.Alt && press.Type == tea.KeyRunes && !f.isEditKey(press) {
		return
	}
	if press.Paste {
		press.Runes = []rune(strings.Trim(string(press.Runes), "\r\n\t"))
	}
	if !isSinglePress(press) {
		press.Paste = true // textinput takes it for the key of that name otherwise
	}
	f.input, _ = f.input.Update(press)
}

func (f *Field) isEditKey(press tea.KeyMsg) bool {
	k := f.input.KeyMap
	return key.Matches(press, k.WordForward, k.WordBackward, k.DeleteWordForward, k.DeleteWordBackward)
}

// View draws the part of the text around the caret, at most the field's width.
func (f *Field) View() string {
	runes := []rune(f.input.Value())
	f.scroll(runes)
	shown, room := []rune(nil), f.width-1
	for i, r := range runes[f.offset:] {
		r = f.displayed(r)
		if f.showOverflow && i == 0 && f.offset > 0 { // in as many cells
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

// Caret is the caret's cell in the drawn text.
func (f *Field) Caret() int {
	runes := []rune(f.input.Value())
	f.scroll(runes)
	return f.widthOf(runes[f.offset:f.input.Position()])
}

// scroll brings the caret into the field's room.
func (f *Field) scroll(runes []rune) {
	caret := f.input.Position()
	f.offset = min(f.offset, caret, len(runes))
	if f.showOverflow { // the caret does not stand on the mark
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

// displayed is the character that stands for one of the text.
func (f *Field) displayed(r rune) rune {
	if f.mask != 0 {
		return f.mask
	}
	return displayRune(r)
}

// displayRune shows what has no shape, such as a zero-width space from a
// spreadsheet, so that it can be seen and stepped over. A character that Go's
// tables do not know yet, as new ones of personal names are, stays.
func displayRune(r rune) rune {
	if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Zl, unicode.Zp,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
		return '�'
	}
	return r
}
