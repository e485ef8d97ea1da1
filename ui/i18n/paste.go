package i18n

// Paste is what the form says of a pasted row, and of taking a change back.
type Paste struct {
	// Each takes the names of fields, joined by And.
	Filled, Spoilt, Unsure, Missing, Emptied, Kept string
	Masked                                         string
	And                                            string
	Undo                                           string // takes the key
	Undone, NothingToUndo                          string
	Just                                           string // takes the key that has not sent
	Nothing                                        string
}
