package config

import (
	"math"
	"strings"
)

// tooFar is the distance of two words that cannot be confused.
const tooFar = math.MaxInt / 4

// nearest returns the candidate that text may be a misspelling of, or "". The
// first of several equally near ones wins.
func nearest(text string, candidates []string) string {
	best, least := "", tooFar
	for _, candidate := range candidates {
		if d := distance(text, candidate); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// nearestKey returns the name that an unknown dotted key may be a misspelling of:
// its last part if it is in the same table, else the whole name. A key of the same
// table is preferred to an equally near one elsewhere.
func nearestKey(unknown string, names []string) string {
	table, last := splitLast(unknown)
	best, least := "", 2*tooFar
	for _, name := range names {
		home, end := splitLast(name)
		d := 2 * min(distance(unknown, name), distance(last, end))
		if home != table {
			d++
		}
		if d < least {
			best, least = name, d
		}
	}
	if home, end := splitLast(best); home == table {
		return end
	}
	return best
}

// splitLast splits a dotted name before its last part.
func splitLast(name string) (table, last string) {
	i := strings.LastIndexByte(name, '.')
	return name[:i+1], name[i+1:]
}

// distance returns the number of edits (change, insertion, deletion, swap of
// neighbours) from text to word, ignoring case. More than a third of the word, or
// more than three, is far; one edit is always near.
func distance(text, word string) int {
	a, b := []rune(strings.ToLower(text)), []rune(strings.ToLower(word))
	most := min(max(len(b)/3, 1), 3)
	if len(a) > len(b)+most || len(b) > len(a)+most {
		return tooFar
	}
	if d := edits(a, b); d <= most {
		return d
	}
	return tooFar
}

// edits returns the optimal string alignment distance.
func edits(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
