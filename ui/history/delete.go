package history

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
	"fourfactor/ui/widget"
)

// deletion is the question whether to delete a lookup, and the deletion in progress.
type deletion struct {
	*Options
	asking *lookup.Record // the lookup in the question
	id     string         // of the lookup being deleted
}

// DeletedMsg reports the result of a deletion.
type DeletedMsg struct {
	ID    string
	count int
	err   error
}

// Deleted reports whether the lookup was deleted.
func (m DeletedMsg) Deleted() bool { return m.count > 0 }

func (d *deletion) ask(rec lookup.Record) { d.asking = &rec }

// press handles a key while the question is open; it ignores other keys.
func (d *deletion) press(msg tea.KeyMsg) tea.Cmd {
	switch {
	case d.Keys.Matches(msg, keymap.Yes):
		id, ledger := d.asking.ID, d.Ledger
		d.id, d.asking = id, nil
		return func() tea.Msg {
			n, err := ledger.Delete(context.Background(), id)
			return DeletedMsg{id, n, err}
		}
	case d.Keys.Matches(msg, keymap.No), d.Keys.Matches(msg, keymap.Back):
		d.asking = nil
	}
	return nil
}

// done reports the end of a deletion. gone reports whether the lookup no longer exists.
func (d *deletion) done(msg DeletedMsg) (status tea.Cmd, gone bool) {
	w := d.Messages.History
	d.id = ""
	switch {
	case msg.err != nil && msg.count == 0:
		return widget.Notify(widget.Error, fmt.Sprintf(w.DeleteFailed, d.Messages.ErrorText(msg.err))), false
	case msg.err != nil:
		return widget.Notify(widget.Warn, fmt.Sprintf(w.DeleteRemains, d.Messages.ErrorText(msg.err))), true
	case msg.count == 0:
		return widget.Notify(widget.Note, w.DeletedGone), true
	}
	return widget.Notify(widget.Note, w.Deleted), true
}

func (d *deletion) keys() widget.KeyMap {
	w, k := d.Messages.History, d.Keys
	return widget.KeyList(widget.Relabel(k[keymap.Yes], w.DeleteYes), widget.Relabel(k[keymap.No], w.DeleteNo), widget.Relabel(k[keymap.Back], w.DeleteNo))
}

// lines asks whether to delete the lookup. The company's name is truncated so that the
// time and the outcome stay visible.
func (d *deletion) lines(shown juhe.Factors, width int) []string {
	w, t := d.Messages.History, d.Theme
	rest := " / " + d.shortTime(d.asking.At) + " / " + t.OutcomeLabel(d.Messages, d.asking.Reply.Outcome)
	name := ansi.Truncate(juhe.Sanitize(shown[juhe.Entname]), width-2*widget.Gutter-widget.Width(rest), "…")
	return slices.Concat(
		widget.Paragraph(t.Warn.Bold(true), t.Glyphs.Warning+" "+w.Delete, width),
		widget.Paragraph(t.Text, name+rest, width),
		widget.Paragraph(t.Text, w.DeleteNote+"  "+d.Hint(keymap.Yes, w.DeleteYes)+" "+t.Glyphs.Dot+" "+d.Hint(keymap.No, w.DeleteNo), width),
	)
}
