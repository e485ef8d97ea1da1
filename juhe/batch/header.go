package batch

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/table"
)

// checkHeader returns an error if no column mapping can help: the header is garbled, or
// every line of a delimited file is a single cell.
func (r *Run) checkHeader(ctx context.Context) error {
	filled, garbled := 0, 0
	for _, text := range r.header.Texts {
		if strings.TrimSpace(text) == "" {
			continue
		}
		filled++
		if r.isGarbled(text) {
			garbled++
		}
	}
	switch {
	case filled > 1 && garbled*2 >= filled:
		return &Error{Problem: ProblemGarbled, Path: r.record.InputPath, Sheet: r.record.Sheet}
	case r.header.Width == 1 && r.hasOneColumn(ctx) && r.input.Encoding() != "" && r.input.IsDelimited():
		e := &Error{Problem: ProblemOneColumn, Path: r.record.InputPath, Detail: likelySeparator(append([][]string{r.header.Texts}, r.header.Sample...))}
		if e.Detail != "" {
			e.Problem = ProblemSeparator
		}
		return e
	}
	return nil
}

// hasOneColumn reports whether no row has a second cell.
func (r *Run) hasOneColumn(ctx context.Context) bool {
	const maxRows = 100 // the header may be far down
	top, _ := r.input.FirstRows(ctx, maxRows)
	return !slices.ContainsFunc(top, func(row table.Row) bool { return len(row.Cells) > 1 })
}

func (r *Run) isGarbled(text string) bool {
	value, _ := ident.Normalize(juhe.Entname, text)
	return strings.ContainsRune(value, unicode.ReplacementChar) || slices.ContainsFunc(ident.Check(juhe.Entname, value, nil, r.runner.Now()), func(m ident.Warning) bool {
		return slices.Contains(m.Findings, ident.FindingGarbled)
	})
}

// likelySeparator returns the character that occurs equally often in every line, at
// least three times, or "".
func likelySeparator(lines [][]string) string {
	const minCount = 3 // between four factors
	best, bestCount := "", minCount-1
	for _, r := range strings.Join(lines[0], "") {
		if !unicode.IsPunct(r) && !unicode.IsSymbol(r) && r != ' ' && r != '\u3000' {
			continue
		}
		n := strings.Count(strings.Join(lines[0], ""), string(r))
		if n > bestCount && !slices.ContainsFunc(lines, func(line []string) bool { return strings.Count(strings.Join(line, ""), string(r)) != n }) {
			best, bestCount = string(r), n
		}
	}
	return best
}
