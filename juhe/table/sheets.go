package table

import (
	"context"
	"slices"
	"strings"
)

// Recognizer counts the wanted headers in the first rows of a table, which are not blank.
// complete reports whether the table has all of them, and a row below.
type Recognizer func(first []Row) (found int, complete bool)

// selectSheet sets the sheet to read.
func (in *Input) selectSheet(ctx context.Context, sheet string) (err error) {
	if sheet != "" {
		in.sheet, err = in.book.findSheet(sheet)
	} else {
		in.sheet, err = in.detectSheet(ctx)
	}
	if err == nil {
		err = in.requireText(ctx)
	}
	if err == nil {
		err = in.book.loadMerged(ctx, in.sheet)
	}
	return err
}

// detectSheet returns the sheet with a table. The active one, which somebody
// looked at last, is preferred; an example is not.
func (in *Input) detectSheet(ctx context.Context) (int, error) {
	active := slices.IndexFunc(in.book.sheets, func(s worksheet) bool { return s.active && !s.hidden })
	var filled []int
	for i, s := range in.book.sheets {
		if s.hidden {
			continue
		}
		hasText, err := in.withSheet(i).hasText(ctx)
		switch {
		case ctx.Err() != nil:
			return i, ctx.Err()
		case err != nil && i == active:
			return i, err
		case hasText && i == active:
			filled = append([]int{i}, filled...)
		case hasText:
			filled = append(filled, i)
		}
	}
	most := 0
	for _, i := range filled {
		found, complete := in.withSheet(i).countHeaders(ctx)
		if complete && (i == active || !isExample(in.book.sheets[i].name)) {
			return i, ctx.Err()
		}
		most = max(most, found)
	}
	if i := in.hiddenTable(ctx); most == 0 && i >= 0 {
		return i, ctx.Err()
	}
	return append(filled, 0)[0], ctx.Err()
}

// countHeaders returns what the Recognizer finds in the first rows of a sheet.
func (in *Input) countHeaders(ctx context.Context) (found int, complete bool) {
	const rows = 40
	top, _ := in.FirstRows(ctx, rows)
	return in.recognize(top)
}

// hiddenTable returns the only hidden sheet with a table, or -1.
func (in *Input) hiddenTable(ctx context.Context) int {
	only := -1
	for i, s := range in.book.sheets {
		if !s.hidden {
			continue
		}
		if _, complete := in.withSheet(i).countHeaders(ctx); complete && only >= 0 {
			return -1
		} else if complete {
			only = i
		}
	}
	return only
}

// isExample reports whether the name of a sheet says that it is an example.
func isExample(name string) bool {
	return slices.ContainsFunc([]string{"示例", "样例", "范例", "样表", "模板", "example", "sample", "template"}, func(word string) bool {
		return strings.Contains(strings.ToLower(name), word)
	})
}

// withSheet returns the same file with another sheet to read.
func (in *Input) withSheet(sheet int) *Input {
	other := *in
	other.sheet = sheet
	return &other
}

// OtherSheets returns the names of the other sheets that are neither hidden nor
// empty, including those that cannot be read.
func (in *Input) OtherSheets(ctx context.Context) (names []string) {
	for i, s := range in.book.sheets {
		if i == in.sheet || s.hidden {
			continue
		}
		if has, err := in.withSheet(i).hasText(ctx); has || err != nil {
			names = append(names, s.name)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return names
}

// Sheets returns the names of the sheets in order. CSV is one sheet without a name.
func (in *Input) Sheets() []string { return in.book.sheetNames() }

// Sheet returns the name of the sheet that is read, or "" for CSV.
func (in *Input) Sheet() string { return in.book.sheets[in.sheet].name }

// IsSheetHidden reports whether the sheet that is read is hidden.
func (in *Input) IsSheetHidden() bool { return in.book.sheets[in.sheet].hidden }
