// Package keys lists the console's actions and their default keys, in Bubble
// Tea's names for keys. The help and the README's table are made from it.
package keys

// Action is something that a key does. Its text is in ui/words.
type Action string

// Where says on which screen an action can be taken.
type Where string

// The places, in the order of the key table.
const (
	Anywhere Where = "anywhere"
	Form     Where = "form"
	Result   Where = "result"
)

// The actions.
const (
	Help     Action = "help"
	OpenForm Action = "open_form"
	Last     Action = "last"
	Back     Action = "back"
	Quit     Action = "quit"

	Next      Action = "next"
	Previous  Action = "previous"
	Advance   Action = "advance"
	Send      Action = "send"
	Endpoint  Action = "endpoint"
	Regstatus Action = "regstatus"
	Clear     Action = "clear"

	Edit     Action = "edit"
	New      Action = "new"
	Repeat   Action = "repeat"
	Copy     Action = "copy"
	CopyJSON Action = "copy_json"
	Raw      Action = "raw"
	Reveal   Action = "reveal"
	Scroll   Action = "scroll"
)

// Line is an action with its place and its keys.
type Line struct {
	Where  Where
	Action Action
	Keys   []string
}

// Lines is the whole table with the default keys, in the order in which help
// shows it.
func Lines() []Line {
	return []Line{
		{Anywhere, Help, []string{"f1", "alt+1", "?"}},
		{Anywhere, OpenForm, []string{"f2", "alt+2"}},
		{Anywhere, Last, []string{"ctrl+o"}},
		{Anywhere, Back, []string{"esc"}},
		{Anywhere, Quit, []string{"ctrl+c"}},

		{Form, Advance, []string{"enter"}},
		{Form, Next, []string{"tab", "down"}},
		{Form, Previous, []string{"shift+tab", "up"}},
		{Form, Send, []string{"f5", "ctrl+s"}},
		{Form, Endpoint, []string{"ctrl+t"}},
		{Form, Regstatus, []string{"ctrl+g"}},
		{Form, Clear, []string{"ctrl+l"}},

		{Result, Edit, []string{"e"}},
		{Result, New, []string{"n"}},
		{Result, Repeat, []string{"r"}},
		{Result, Copy, []string{"c"}},
		{Result, CopyJSON, []string{"j"}},
		{Result, Raw, []string{"o"}},
		{Result, Reveal, []string{"x"}},
		{Result, Scroll, []string{"up", "down", "pgup", "pgdown"}},
	}
}
