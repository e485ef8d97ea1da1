package table

import (
	"context"
	"slices"

	"fourfactor/juhe"
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

// FindHeader returns the first row in which MatchHeader finds every factor,
// together with the groups in the row above: see JoinHeaders. If there is none,
// ok is false and the row with the most factors is returned, or number 0. A read
// error ends the search; Rows returns it.
func FindHeader(ctx context.Context, in *Input, org bool) (number int, header []string, mapping Mapping, ok bool) {
	rows, _ := in.FirstRows(ctx, headerRows)
	number, header, mapping, found := findHeader(rows, org)
	return number, header, mapping, found == len(mapping) && mapping.IsComplete()
}

// findHeader also returns how many factors are found, including ambiguous ones.
func findHeader(top []Row, org bool) (number int, header []string, mapping Mapping, most int) {
	mapping = NoColumns()
	names := newHeaderParser(org)
	for i, row := range top {
		texts := row.Texts()
		if i > 0 && top[i-1].Number == row.Number-1 {
			texts = JoinHeaders(top[i-1].Texts(), texts, org)
		}
		m, problems := names.match(texts)
		found := 0
		for _, p := range problems {
			if p != MatchMissing {
				found++
			}
		}
		if m.IsComplete() {
			return row.Number, texts, m, found
		}
		if found > most {
			most, number, header, mapping = found, row.Number, texts, m
		}
	}
	return number, header, mapping, most
}

// countFactors returns how many factors the header of a sheet has, including
// ambiguous ones. table reports whether it has all, and a row below.
func (in *Input) countFactors(ctx context.Context) (most int, table bool) {
	const rows = headerRows + 20
	top, _ := in.FirstRows(ctx, rows)
	for _, org := range []bool{false, true} {
		number, _, _, found := findHeader(top[:min(headerRows, len(top))], org)
		if found == len(Mapping{}) && top[len(top)-1].Number > number {
			return found, true
		}
		most = max(most, found)
	}
	return most, false
}

// hiddenTable returns the only hidden sheet with a table, or -1.
func (in *Input) hiddenTable(ctx context.Context) int {
	only := -1
	for i, s := range in.book.sheets {
		if !s.hidden {
			continue
		}
		if _, table := in.withSheet(i).countFactors(ctx); table && only >= 0 {
			return -1
		} else if table {
			only = i
		}
	}
	return only
}

// IsSheetHidden reports whether the sheet that is read is hidden.
func (in *Input) IsSheetHidden() bool { return in.book != nil && in.book.sheets[in.sheet].hidden }
