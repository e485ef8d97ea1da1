package i18n

// Typed is what is said of the lines that somebody types at a question of the
// commands, and of --plain.
type Typed struct {
	Row     string // a line that is a row of a spreadsheet; takes the name of a field
	TooSoon string // an answer that was there before its question
	NoArgs  string // takes a command, and what stands behind it
}
