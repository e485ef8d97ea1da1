package i18n

// Leaving is what is said of look-ups when the console ends.
type Leaving struct {
	// QuitUnseen warns that an answer is in no ledger and has not been looked at. It
	// takes the keys that show it and that quit.
	QuitUnseen string
	QuitUnsent string // warns that the form holds what was not sent; takes the key that quits
	Unseen     string // takes company, time, outcome and code
	Cut        string // of one under way when a defect came; takes company and time
}
