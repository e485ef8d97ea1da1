package i18n

// Setup is what the setup screen says, and the console after it. Keys and
// paths are filled in.
type Setup struct {
	Title, Open  string
	Where, Demo  string // where the key is, and what there is without one
	Key, Openid  string // labels
	Lang, Colour string
	KeyNote      string // below an empty field
	OpenidNote   string
	KeyTyped     string // below one with so many characters
	Typed        string
	Unfit        string // what makes no key, of either
	Refused      string // a paste
	TooLong      string
	Foreign      string // characters that make a doubtful key
	NoKey        string // at saving
	// Of replacing: the screen's title, what is asked first, an empty field, and
	// why there is nothing to do.
	ReplaceTitle, Replaces, Unchanged, NothingNew, Fixed, Replaced, InDemo, InRun string
	OpenidSet                                                                     string // where it comes from already
	SetThere                                                                      string // the same, where secrets are replaced

	Languages, Themes map[string]string // the options, by name

	AtSaving   string // what becomes of options that were changed; one of the next two follows
	ConfigNew  string
	ConfigKept string

	Ledger   map[string]string // where the history's key is, by ledger.encryption; {path} is that of its file
	Saving   string
	Stored   string // the form's first words afterwards
	KeptAsIs string // behind them, if a choice was not written
	Exists   string // why nothing was saved
	Failed   string
}
