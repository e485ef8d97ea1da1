package detect

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/table"
)

// ParsePaste finds the factors in pasted text. rows is the number of rows that it would
// have in a spreadsheet. Of a single one some factors are enough. A header and one row,
// labelled lines, and values separated by commas or blanks must have all four, otherwise
// nothing is recognized.
func ParsePaste(text string, api juhe.API, today time.Time) (p PastedRow, rows int) {
	all := splitRows(text)
	var row []string
	switch len(all) {
	case 0:
		row = splitFields(text)
	case 1:
		return parsePastedRow(all[0], api, today), 1
	default:
		row = parseLabelledRow(all, api)
	}
	if p = parsePastedRow(row, api, today); !p.isComplete() {
		p = PastedRow{}
	}
	return p, len(all)
}

// splitRows splits tab-separated text, as copied from a spreadsheet, into rows of
// cells. A quoted cell may contain line breaks and tabs. Blank lines and lines without
// a tab are skipped.
func splitRows(text string) (rows [][]string) {
	for text != "" {
		var row []string
		row, text = splitRow(text)
		if len(row) > 1 && strings.TrimSpace(strings.Join(row, "")) != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// splitFields splits the text of a single row in another form: labelled lines, or
// values separated by commas or blanks. It returns nil if the text is neither.
func splitFields(text string) []string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	if len(lines) == 1 {
		return strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",，;；、|", r) })
	}
	var pieces []string
	for _, line := range lines {
		if at := strings.IndexAny(line, "：:"); at >= 0 {
			_, size := utf8.DecodeRuneInString(line[at:])
			line = line[at+size:]
		}
		if line = strings.TrimSpace(line); line != "" {
			pieces = append(pieces, line)
		}
	}
	return pieces
}

// parseLabelledRow returns the factors of a table that has a label for each of them:
// two columns with the labels first, or two rows with the header first. It returns nil
// for any other table.
func parseLabelledRow(rows [][]string, api juhe.API) (row []string) {
	labels, values := rows[0], rows[len(rows)-1]
	if len(rows) > 2 {
		labels, values = nil, nil
		for _, r := range rows {
			if len(r) != 2 {
				return nil
			}
			labels, values = append(labels, r[0]), append(values, r[1])
		}
	}
	found := matchHeader(labels, api == juhe.APIQueryV2)
	for _, column := range found {
		if !found.IsComplete() || column >= len(values) {
			return nil
		}
		row = append(row, values[column])
	}
	return row
}

func splitRow(text string) (row []string, rest string) {
	for {
		cell, rest := cutCell(text)
		row = append(row, cell)
		if rest == "" || rest[0] != '\t' {
			return row, strings.TrimLeft(rest, "\r\n")
		}
		text = rest[1:]
	}
}

// quotedCell is the beginning of a text with a quotation mark that is closed.
var quotedCell = pattern(`^"(?:[^"]|"")*"`)

// cutCell cuts the first cell. rest starts with the tab or line break after it, or is
// empty. A quotation mark that is closed within a cell is part of it. A quoted cell with
// both a tab and a line break is more likely two cells with quotation marks.
func cutCell(text string) (cell, rest string) {
	cell = quotedCell().FindString(text)
	if rest = text[len(cell):]; cell != "" && (rest == "" || strings.ContainsRune("\t\r\n", rune(rest[0]))) && !(strings.Contains(cell, "\t") && strings.ContainsAny(cell, "\r\n")) {
		return strings.ReplaceAll(cell[1:len(cell)-1], `""`, `"`), rest
	}
	if end := strings.IndexAny(text, "\t\r\n"); end >= 0 {
		return text[:end], text[end:]
	}
	return text, ""
}

// PastedRow is the result of parsing one pasted row.
type PastedRow struct {
	Factors   juhe.Factors  // as pasted; empty if not recognized
	Ambiguous []juhe.Factor // several cells fit equally well
	Corrupted []juhe.Factor // rounded to a number by a spreadsheet
	Masked    bool          // a cell is a partly hidden person
}

// IsRecognized reports whether any cell was recognized.
func (p PastedRow) IsRecognized() bool {
	return p.Factors != (juhe.Factors{}) || len(p.Ambiguous) > 0 || len(p.Corrupted) > 0
}

// isComplete reports whether all four factors were recognized.
func (p PastedRow) isComplete() bool { return !slices.Contains(p.Factors[:], "") }

// parsePastedRow finds the factors in a pasted row. A header row has none.
func parsePastedRow(row []string, api juhe.API, today time.Time) PastedRow {
	var p PastedRow
	var cells, corrupted []string
	header := matchHeader(row, api == juhe.APIQueryV2)
	labels := slices.DeleteFunc(header[:], func(column int) bool { return column < 0 })
	if len(labels) > 1 {
		return PastedRow{}
	}
	for i, cell := range row {
		switch cell = trimCell(cell); {
		case slices.Contains(labels, i): // a label
		case isRoundedID(cell, today):
			corrupted = append(corrupted, cell)
		case table.IsError(cell):
		default:
			p.Masked = p.Masked || isMasked(cell)
			if cell != "" && len(cells) < maxCells && !slices.Contains(cells, cell) {
				cells = append(cells, cell)
			}
		}
	}
	p.Factors, p.Ambiguous = findFactors(cells, api, today)
	for _, number := range corrupted {
		if f, ok := p.missingFactor(number); ok {
			p.Corrupted = append(p.Corrupted, f)
		}
	}
	return p
}

// isMasked reports whether a cell is a partly hidden person.
func isMasked(cell string) bool {
	const maxNameLen = 6
	return ident.PlaceholderOf(juhe.Idcard, cell) == ident.PlaceholderMasked ||
		utf8.RuneCountInString(cell) <= maxNameLen && ident.PlaceholderOf(juhe.Realname, cell) == ident.PlaceholderMasked
}

// trimCell returns a cell without surrounding blanks, control characters and the
// wrapper that keeps a spreadsheet from converting it. Invisible characters stay,
// because a warning names them.
func trimCell(cell string) string {
	cell = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("\t\n\v\f\r\u0085", r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(cell, ""))
	return strings.TrimSpace(table.Unwrap(strings.TrimSpace(cell)))
}

// isRoundedID reports whether a cell is a number of at least 15 digits that a
// spreadsheet has rounded. Shorter numbers are amounts.
func isRoundedID(cell string, today time.Time) bool {
	const minNumber = 1e14
	switch value, _ := ident.Normalize(juhe.Idcard, cell); textCorruption(juhe.Idcard, cell) {
	case CorruptionRounded:
		return !passesChecks(juhe.Idcard, value, today) && !passesChecks(juhe.Entmark, value, today)
	case CorruptionScientific:
		number, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
		return err == nil && number >= minNumber
	}
	return false
}

// missingFactor returns the factor that a corrupted number must have been: one that the
// row lacks, the company's if the number starts like one.
func (p PastedRow) missingFactor(number string) (juhe.Factor, bool) {
	order := []juhe.Factor{juhe.Idcard, juhe.Entmark}
	if value, _ := ident.Normalize(juhe.Entmark, number); strings.HasPrefix(value, "9") {
		slices.Reverse(order)
	}
	for _, f := range order {
		if p.Factors[f] == "" && !slices.Contains(p.Ambiguous, f) && !slices.Contains(p.Corrupted, f) {
			return f, true
		}
	}
	return 0, false
}
