package sheet

import (
	"context"
	"slices"

	"fourfactor/juhe"
)

// Mapping says in which column, from 0, each of the four factors is; -1 is
// nowhere.
type Mapping [juhe.NumFactors]int

// NoColumns returns a Mapping in which no factor has a column.
func NoColumns() Mapping { return Mapping{-1, -1, -1, -1} }

// IsComplete tells whether every factor has a column.
func (m Mapping) IsComplete() bool {
	for _, column := range m {
		if column < 0 {
			return false
		}
	}
	return true
}

// MatchProblem is why a head does not tell where a factor is.
type MatchProblem string

// The problems of a head.
const (
	MatchOK        MatchProblem = ""
	MatchMissing   MatchProblem = "missing" // no column has its name
	MatchAmbiguous MatchProblem = "twice"   // several have, and none a better one
)

// MatchProblems lists every problem.
func MatchProblems() []MatchProblem { return []MatchProblem{MatchMissing, MatchAmbiguous} }

// MatchHeader finds the columns of the four factors by their heads, in Chinese or
// English. org tells that the endpoint wants 组织机构代码 as entmark (queryV2). A
// factor with a problem has no column.
//
// A wrong column costs a call for each row, so nothing is chosen where two heads
// could be meant: only a name on the wire goes before the others, the company's
// name on its licence before another, and of the marks a credit code before a
// registration number or that of a taxpayer, and those before an organisation
// code, which org has first. Of several names and numbers those of one person are
// chosen, unless the others may be of one as well; a name and a number that are
// said to be of different persons, 负责人 and 法人身份证号, are chosen neither.
func MatchHeader(head []string, org bool) (Mapping, [juhe.NumFactors]MatchProblem) {
	return newHeaderParser(org).match(head)
}

func (k headerParser) match(head []string) (Mapping, [juhe.NumFactors]MatchProblem) {
	var found [juhe.NumFactors][]candidate
	for column, text := range head {
		if n, ok := k.parse(text); ok {
			found[n.factor] = append(found[n.factor], candidate{column, n.rank})
		}
	}
	m := NoColumns()
	var problems [juhe.NumFactors]MatchProblem
	for factor, all := range found {
		m[factor], problems[factor] = pickColumn(all, k.org)
	}
	p := personColumns{k, head, found[juhe.Realname], found[juhe.Idcard]}
	if person, number, ok := p.pair(); ok && (problems[juhe.Realname] == MatchAmbiguous || problems[juhe.Idcard] == MatchAmbiguous) {
		m[juhe.Realname], m[juhe.Idcard], problems[juhe.Realname], problems[juhe.Idcard] = person, number, MatchOK, MatchOK
	}
	person, number := m[juhe.Realname], m[juhe.Idcard]
	switch {
	case number >= 0 && !k.isWireName(head[number]) && p.isOtherPersons(number):
		m[juhe.Idcard], problems[juhe.Idcard] = -1, MatchAmbiguous
	case person >= 0 && number >= 0 && !k.isWireName(head[person]) && !k.isWireName(head[number]) && p.differentPersons(person, number):
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

// pickColumn is the one column that is meant.
func pickColumn(all []candidate, org bool) (int, MatchProblem) {
	order := []rank{rankWire, rankLicence, rankCredit, rankRegistration, rankOrganisation}
	if org {
		order = []rank{rankWire, rankLicence, rankOrganisation, rankCredit, rankRegistration}
	}
	if slices.ContainsFunc(all, func(c candidate) bool { return c.rank == rankAny }) {
		order = []rank{rankWire}
	}
	for _, r := range order {
		of := slices.DeleteFunc(slices.Clone(all), func(c candidate) bool { return c.rank != r })
		switch len(of) {
		case 0:
		case 1:
			return of[0].column, MatchOK
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

// headerRows are as many rows as may stand above the table.
const headerRows = 20

// FindHeader looks for the head in the first rows: the first row in which Match
// finds every factor, with the groups of the row above: see JoinHeaders. Where there
// is none, ok is false, and what comes back is the row in which most are found,
// number 0 if none is in any. An error of reading ends the search; Rows tells it.
func FindHeader(ctx context.Context, in *Input, org bool) (number int, head []string, mapping Mapping, ok bool) {
	top, _ := in.FirstRows(ctx, headerRows)
	number, head, mapping, found := findHeader(top, org)
	return number, head, mapping, found == len(mapping) && mapping.IsComplete()
}

// findHeader also tells how many factors are found, those among them that several
// columns may be.
func findHeader(top []Row, org bool) (number int, head []string, mapping Mapping, most int) {
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
			most, number, head, mapping = found, row.Number, texts, m
		}
	}
	return number, head, mapping, most
}

// countFactors is how many factors the head of a sheet tells, though several columns may
// be one. table is so if these are all, and there is a row below.
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

// hiddenTable is the only hidden sheet with a table, -1 if there is none. It is read
// where no other one has anything of a table.
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

// IsSheetHidden tells whether the sheet that is read is hidden.
func (in *Input) IsSheetHidden() bool { return in.book != nil && in.book.sheets[in.sheet].hidden }
