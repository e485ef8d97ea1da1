package sheet

// comma is what is most often between cells in the first lines: a comma, a
// semicolon (where the comma is the decimal mark) or a TAB.
func comma(head []byte) byte {
	const enough = 20 // lines
	var seen [256]int
	quoted, lines, filled := false, 0, false
	for _, b := range head {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n' || b == '\r':
			if filled {
				lines++
			}
			filled = false
		default:
			filled = true
			seen[b]++
		}
		if lines == enough {
			break
		}
	}
	best := byte(',')
	for _, b := range []byte{'\t', ';'} {
		if seen[b] > seen[best] {
			best = b
		}
	}
	return best
}
