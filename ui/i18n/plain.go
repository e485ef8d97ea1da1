package i18n

// Plain is what the console says that asks line by line.
type Plain struct {
	Flag              string // of --plain
	NoInput, NoScreen string // without a terminal to ask on, to draw on

	Greeting, PlainText, How, Example, Help string
	Prompt                                  string // a field and what belongs there
	Missing, First, NoBefore, Same          string
	Control, TooLong                        string
	AskRemarks, Answer                      string // a question, and how to answer one
	TooSoon, NotSent, Sending               string
	Choose, NoChoice, Ended, Stopped        string
}
