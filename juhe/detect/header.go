// Package detect decides which cell of a table is which of the four factors: by the
// header, by the operator's mapping, or by what the cells look like. It also recognizes
// cells and rows that are no data: numbers that a spreadsheet has changed, headers,
// totals, instructions and examples.
//
// A wrong column costs a call for each row and sends one person's number with another
// one's name, so nothing is chosen where two cells may be meant.
package detect

import (
	"slices"

	"fourfactor/juhe"
	"fourfactor/juhe/table"
)

// Mapping holds the column, from 0, of each of the four factors, or -1.
type Mapping [juhe.NumFactors]int

// NoColumns returns a Mapping in which no factor has a column.
func NoColumns() Mapping { return Mapping{-1, -1, -1, -1} }

// IsComplete reports whether every factor has a column.
func (m Mapping) IsComplete() bool {
	return slices.Min(m[:]) >= 0
}

// MatchProblem is the reason why a header does not determine the column of a
// factor.
type MatchProblem string

// The problems.
const (
	MatchOK        MatchProblem = ""
	MatchMissing   MatchProblem = "missing" // no column matches
	MatchAmbiguous MatchProblem = "twice"   // several columns match equally well
)

// MatchHeader finds the columns of the four factors by their headers in Chinese
// or English. org means that the endpoint takes 组织机构代码 as entmark (queryV2). A
// factor with a problem has no column.
//
// A wrong column costs a call for each row, so MatchHeader does not choose between two
// headers that may both be meant, with these exceptions. The name of a request
// parameter comes before all others, and the company name on the licence before other
// company names. Among company IDs, a credit code comes before a registration or
// taxpayer number, and these come before an organisation code; with org, that comes
// first. Among several persons, a name and a number of the same one are chosen, unless
// another header may belong to them too. A name and a number of different persons,
// 负责人 and 法人身份证号, are not chosen.
func MatchHeader(header []string, org bool) (Mapping, [juhe.NumFactors]MatchProblem) {
	return newHeaderParser(org).match(header)
}

func (h headerParser) match(header []string) (Mapping, [juhe.NumFactors]MatchProblem) {
	var found [juhe.NumFactors][]candidate
	for column, text := range header {
		if n, ok := h.parse(text); ok {
			found[n.factor] = append(found[n.factor], candidate{column, n.rank})
		}
	}
	m := NoColumns()
	var problems [juhe.NumFactors]MatchProblem
	for factor, all := range found {
		m[factor], problems[factor] = pickColumn(all, h.org)
	}
	p := personColumns{h, header, found[juhe.Realname], found[juhe.Idcard]}
	if person, number, ok := p.findPair(); ok && (problems[juhe.Realname] == MatchAmbiguous || problems[juhe.Idcard] == MatchAmbiguous) {
		m[juhe.Realname], m[juhe.Idcard], problems[juhe.Realname], problems[juhe.Idcard] = person, number, MatchOK, MatchOK
	}
	person, number := m[juhe.Realname], m[juhe.Idcard]
	switch {
	case number >= 0 && !h.isParameterName(header[number]) && p.belongsToOther(number):
		m[juhe.Idcard], problems[juhe.Idcard] = -1, MatchAmbiguous
	case person >= 0 && number >= 0 && !h.isParameterName(header[person]) && !h.isParameterName(header[number]) && p.areDifferentPersons(person, number):
		m[juhe.Realname], m[juhe.Idcard] = -1, -1
		problems[juhe.Realname], problems[juhe.Idcard] = MatchAmbiguous, MatchAmbiguous
	}
	return m, problems
}

// candidate is a column that may be that of a factor.
type candidate struct {
	column int
	rank   rank
}

// pickColumn returns the column with the best rank, if it is the only one.
func pickColumn(all []candidate, org bool) (int, MatchProblem) {
	order := []rank{rankParameter, rankLicence, rankCredit, rankRegistration, rankOrganisation}
	if org {
		order = []rank{rankParameter, rankLicence, rankOrganisation, rankCredit, rankRegistration}
	}
	if slices.ContainsFunc(all, func(c candidate) bool { return c.rank == rankAnyID }) {
		order = []rank{rankParameter}
	}
	for _, r := range order {
		best := slices.DeleteFunc(slices.Clone(all), func(c candidate) bool { return c.rank != r })
		switch len(best) {
		case 0:
		case 1:
			return best[0].column, MatchOK
		default:
			return -1, MatchAmbiguous
		}
	}
	switch len(all) {
	case 0:
		return -1, MatchMissing
	case 1:
		return all[0].column, MatchOK
	}
	return -1, MatchAmbiguous
}

// headerRows is the number of rows in which a header may be.
const headerRows = 20

// FindHeader returns the first of some rows in which MatchHeader finds every factor,
// together with the groups in the row above: see JoinHeaders. If there is none, it
// returns the row with the most factors, or number 0. found is how many factors the
// header names, including ambiguous ones.
func FindHeader(rows []table.Row, org bool) (number int, header []string, mapping Mapping, found int) {
	mapping = NoColumns()
	names := newHeaderParser(org)
	rows = rows[:min(headerRows, len(rows))]
	for i, row := range rows {
		texts := row.Texts()
		if i > 0 && rows[i-1].Number == row.Number-1 {
			texts = JoinHeaders(rows[i-1].Texts(), texts, org)
		}
		m, problems := names.match(texts)
		n := 0
		for _, p := range problems {
			if p != MatchMissing {
				n++
			}
		}
		if m.IsComplete() {
			return row.Number, texts, m, n
		}
		if n > found {
			found, number, header, mapping = n, row.Number, texts, m
		}
	}
	return number, header, mapping, found
}

// CountFactors returns how many factors the header of a table has, including ambiguous
// ones. complete reports whether it has all, and a row below. It is a table.Recognizer.
func CountFactors(first []table.Row) (most int, complete bool) {
	for _, org := range []bool{false, true} {
		number, _, _, found := FindHeader(first, org)
		if found == len(Mapping{}) && first[len(first)-1].Number > number {
			return found, true
		}
		most = max(most, found)
	}
	return most, false
}
