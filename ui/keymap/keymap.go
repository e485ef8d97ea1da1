// Package keymap lists the console's actions and their default keys, in Bubble Tea's
// names for keys. The help screen and the README's key table are generated from it.
package keymap

// Action is something that a key does. Its text is in ui/i18n.
type Action string

// Context is the part of the console in which an action is available.
type Context string

// The contexts, in the order of the key table.
const (
	Anywhere    Context = "anywhere"
	Form        Context = "form"
	Result      Context = "result"
	History     Context = "history"
	Batch       Context = "batch"
	Setup       Context = "setup"
	OutsideForm Context = "beside"   // everywhere except on the form
	List        Context = "list"     // in lists and scrollable texts
	Input       Context = "input"    // in fields outside the form: a path, a search, a number
	Question    Context = "question" // while a question is asked
)

// The actions.
const (
	Help     Action = "help"
	OpenForm Action = "open_form"
	// OpenHistory also reads a history again that could not be read.
	OpenHistory Action = "open_history"
	OpenBatch   Action = "open_batch"
	OpenLast    Action = "last"
	ReplaceKey  Action = "replace_key"
	Back        Action = "back"
	Quit        Action = "quit"
	Suspend     Action = "suspend"

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

	Edit      Action = "edit"
	New       Action = "new"
	Repeat    Action = "repeat"
	Copy      Action = "copy"
	CopyJSON  Action = "copy_json"
	Raw       Action = "raw"
	Reveal    Action = "reveal"
	SendAgain Action = "again"

	Open      Action = "open"
	Search    Action = "search"
	Filter    Action = "filter"
	Recall    Action = "recall"
	Delete    Action = "delete"
	Export    Action = "export"
	RevealRow Action = "reveal_row"

	OpenRun     Action = "open_run"
	NewRun      Action = "new_run"
	ResumeRun   Action = "resume_run"
	ResendLost  Action = "resend_lost"
	ExportRun   Action = "export_run"
	ExportRest  Action = "export_rest"
	HoldWarned  Action = "hold_warned"
	Pause       Action = "pause"
	ColumnLeft  Action = "column_left"
	ColumnRight Action = "column_right"
	HeaderDown  Action = "head_down"
	HeaderUp    Action = "head_up"

	SetupAdvance  Action = "setup_advance"
	SetupNext     Action = "setup_next"
	SetupPrevious Action = "setup_previous"
	OptionLeft    Action = "option_left"
	OptionRight   Action = "option_right"
	ClearField    Action = "empty_field"
	Save          Action = "save"
	StartDemo     Action = "start_demo"

	Up       Action = "up"
	Down     Action = "down"
	PageUp   Action = "page_up"
	PageDown Action = "page_down"
	Top      Action = "top"
	Bottom   Action = "bottom"

	Accept       Action = "accept"
	CompletePath Action = "complete_path"

	Yes Action = "yes"
	No  Action = "no"
)

// Entry is an action with its context and its keys.
type Entry struct {
	Context Context
	Action  Action
	Keys    []string
}

// Defaults returns the whole table with the default keys, in the order of the help
// screen.
func Defaults() []Entry {
	return []Entry{
		{Anywhere, Help, []string{"f1", "alt+1", "ctrl+y", "?"}},
		{Anywhere, OpenForm, []string{"f2", "alt+2"}},
		{Anywhere, OpenHistory, []string{"f3", "alt+3"}},
		{Anywhere, OpenBatch, []string{"f4", "alt+4"}},
		{Anywhere, OpenLast, []string{"ctrl+o"}},
		{Anywhere, ReplaceKey, []string{"ctrl+r"}},
		{Anywhere, Back, []string{"esc"}},
		{Anywhere, Quit, []string{"ctrl+c"}},
		{OutsideForm, Suspend, []string{"ctrl+z"}},

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

		{Result, Edit, letterKeys("e")},
		{Result, New, letterKeys("n")},
		{Result, Repeat, letterKeys("r")},
		{Result, SendAgain, letterKeys("a")},
		{Result, Copy, letterKeys("c")},
		{Result, CopyJSON, letterKeys("j")},
		{Result, Raw, letterKeys("o")},
		{Result, Reveal, letterKeys("x")},

		{History, Open, []string{"enter"}},
		{History, Search, []string{"/"}},
		{History, Filter, letterKeys("f")},
		{History, Recall, letterKeys("r")},
		{History, Delete, letterKeys("d")},
		{History, Export, letterKeys("s")},
		{History, RevealRow, letterKeys("x")},

		{Batch, OpenRun, []string{"enter"}},
		{Batch, NewRun, letterKeys("n")},
		{Batch, ResumeRun, letterKeys("r")},
		{Batch, ResendLost, letterKeys("l")},
		{Batch, ExportRun, letterKeys("s")},
		{Batch, ExportRest, letterKeys("u")},
		{Batch, Pause, letterKeys("p")},
		{Batch, HoldWarned, letterKeys("h")},
		{Batch, ColumnLeft, []string{"left"}},
		{Batch, ColumnRight, []string{"right"}},
		{Batch, HeaderDown, []string{"+", "="}},
		{Batch, HeaderUp, []string{"-"}},

		{Setup, SetupAdvance, []string{"enter"}},
		{Setup, SetupNext, []string{"tab", "down"}},
		{Setup, SetupPrevious, []string{"shift+tab", "up"}},
		{Setup, OptionLeft, []string{"left"}},
		{Setup, OptionRight, []string{"right"}},
		{Setup, ClearField, []string{"ctrl+l"}},
		{Setup, Save, []string{"f5", "ctrl+s"}},
		{Setup, StartDemo, []string{"ctrl+d"}},

		{List, Up, []string{"up"}},
		{List, Down, []string{"down"}},
		{List, PageUp, []string{"pgup"}},
		{List, PageDown, []string{"pgdown"}},
		{List, Top, []string{"home"}},
		{List, Bottom, []string{"end"}},

		{Input, Accept, []string{"enter"}},
		{Input, CompletePath, []string{"tab"}},

		{Question, Yes, letterKeys("y")},
		{Question, No, letterKeys("n")},
	}
}

// letterKeys returns the keys for a letter. An active input method intercepts the
// letter itself, but not Alt and the letter.
func letterKeys(key string) []string { return []string{key, "alt+" + key} }
