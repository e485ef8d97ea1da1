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
	History  Where = "history"
	Batch    Where = "batch"
	Question Where = "question" // wherever something is asked
)

// The actions.
const (
	Help     Action = "help"
	OpenForm Action = "open_form"
	// OpenHistory is also how a history that could not be read is tried again.
	OpenHistory Action = "open_history"
	OpenBatch   Action = "open_batch"
	Last        Action = "last"
	Back        Action = "back"
	Quit        Action = "quit"

	Next      Action = "next"
	Previous  Action = "previous"
	Advance   Action = "advance"
	Send      Action = "send"
	Endpoint  Action = "endpoint"
	Regstatus Action = "regstatus"
	Clear     Action = "clear"
	Undo      Action = "undo"
	Earlier   Action = "earlier"
	Later     Action = "later"
	Complete  Action = "complete"

	Edit     Action = "edit"
	New      Action = "new"
	Repeat   Action = "repeat"
	Copy     Action = "copy"
	CopyJSON Action = "copy_json"
	Raw      Action = "raw"
	Reveal   Action = "reveal"
	Scroll   Action = "scroll"
	Again    Action = "again"

	Open      Action = "open"
	Search    Action = "search"
	Filter    Action = "filter"
	Recall    Action = "recall"
	Delete    Action = "delete"
	Export    Action = "export"
	RevealRow Action = "reveal_row"
	Move      Action = "move"

	OpenRun    Action = "open_run"
	NewRun     Action = "new_run"
	ResumeRun  Action = "resume_run"
	ResendLost Action = "resend_lost"
	ExportRun  Action = "export_run"
	ExportRest Action = "export_rest"
	Pause      Action = "pause"
	MoveRun    Action = "move_run"

	Yes Action = "yes"
	No  Action = "no"
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
		{Anywhere, OpenHistory, []string{"f3", "alt+3"}},
		{Anywhere, OpenBatch, []string{"f4", "alt+4"}},
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
		{Form, Undo, []string{"ctrl+z"}},
		{Form, Earlier, []string{"ctrl+p"}},
		{Form, Later, []string{"ctrl+n"}},
		{Form, Complete, []string{"right"}},

		{Result, Edit, []string{"e"}},
		{Result, New, []string{"n"}},
		{Result, Repeat, []string{"r"}},
		{Result, Again, []string{"a"}},
		{Result, Copy, []string{"c"}},
		{Result, CopyJSON, []string{"j"}},
		{Result, Raw, []string{"o"}},
		{Result, Reveal, []string{"x"}},
		{Result, Scroll, []string{"up", "down", "pgup", "pgdown"}},

		{History, Open, []string{"enter"}},
		{History, Search, []string{"/"}},
		{History, Filter, []string{"f"}},
		{History, Recall, []string{"r"}},
		{History, Delete, []string{"d"}},
		{History, Export, []string{"s"}},
		{History, RevealRow, []string{"x"}},
		{History, Move, []string{"up", "down", "pgup", "pgdown", "home", "end"}},

		{Batch, OpenRun, []string{"enter"}},
		{Batch, NewRun, []string{"n"}},
		{Batch, ResumeRun, []string{"r"}},
		{Batch, ResendLost, []string{"l"}},
		{Batch, ExportRun, []string{"s"}},
		{Batch, ExportRest, []string{"u"}},
		{Batch, Pause, []string{"p"}},
		{Batch, MoveRun, []string{"up", "down", "pgup", "pgdown", "home", "end"}},

		{Question, Yes, []string{"y"}},
		{Question, No, []string{"n"}},
	}
}
