package detect

// SplitRows splits pasted text into rows of cells.
func SplitRows(text string) [][]string { return splitRows(text) }
