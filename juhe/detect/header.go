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
	"strings"
	"unicode/utf8"

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

// personColumns finds the columns of one person among those of several.
type personColumns struct {
	headerParser
	header         []string
	names, numbers []candidate
}

// findPair returns the only name and number of the same person, unless another header
// may belong to them too.
func (p personColumns) findPair() (person, number int, ok bool) {
	for _, a := range p.names {
		for _, b := range p.numbers {
			if !intersect(rolesIn(p.header[a.column]), rolesIn(p.header[b.column])) {
				continue
			}
			if ok {
				return -1, -1, false
			}
			person, number, ok = a.column, b.column, true
		}
	}
	return person, number, ok && (len(p.names) == 1 || len(p.numbers) == 1)
}

// belongsToOther reports whether a number without an owner follows the column of
// a person who is not a factor, 联系人 before 身份证号, or that of the company, which
// has 证件号码 too.
func (p personColumns) belongsToOther(number int) bool {
	if len(rolesIn(p.header[number])) > 0 {
		return false
	}
	certificate := strings.HasPrefix(foldText(p.header[number]), "证件") && slices.ContainsFunc(p.names, func(c candidate) bool { return c.column > number })
	for column := number - 1; column >= 0; column-- {
		text := foldText(p.header[column])
		n, known := p.parse(p.header[column])
		switch roles := rolesIn(text); {
		case known && n.factor == juhe.Realname:
			return false
		case known && n.factor == juhe.Entname && certificate:
			return true
		case p.containsWord(personDetails, text):
		case p.containsWord(otherPersons, text):
			return true
		case len(roles) > 0:
			return slices.Equal(roles, []string{"head"}) // 项目负责人
		}
	}
	return false
}

// isOtherPerson reports whether a header names a person who is not a factor: 联系人.
func isOtherPerson(header string) bool {
	return newHeaderParser(false).containsWord(otherPersons, foldText(header))
}

func (h headerParser) containsWord(words, text string) bool {
	return slices.ContainsFunc(h.wordsOf(words), func(word string) bool { return strings.Contains(text, word) })
}

// areDifferentPersons reports whether the headers of a name and of a number refer to
// different persons, e.g. 负责人 and 法人身份证号: either both state an owner, or only one
// does and another column has the same.
func (p personColumns) areDifferentPersons(person, number int) bool {
	a, b := rolesIn(p.header[person]), rolesIn(p.header[number])
	if len(a) > 0 && len(b) > 0 {
		return !intersect(a, b)
	}
	for column, text := range p.header {
		n, known := p.parse(text)
		if column == person || column == number || known && n.factor < juhe.Realname {
			continue
		}
		what := foldText(text)
		numbered := slices.ContainsFunc([]string{"证件号", "身份证", "documentn", "idcard", "idn", "certn"}, func(word string) bool { return strings.Contains(what, word) })
		other := p.containsWord(personDetails, what) || strings.Contains(what, "证件") || strings.Contains(what, "身份") || strings.Contains(what, "联系")
		if len(b) > 0 && intersect(b, rolesIn(text)) && !numbered && !other || len(a) > 0 && intersect(a, rolesIn(text)) && numbered {
			return true
		}
	}
	return false
}

func intersect(a, b []string) bool {
	return slices.ContainsFunc(a, func(r string) bool { return slices.Contains(b, r) })
}

// rolesIn returns the roles that a header names.
func rolesIn(header string) (all []string) {
	text := foldText(header)
	for _, role := range []struct {
		name  string
		words []string
	}{
		{"legal", []string{"法人", "法定代表", "法代", "legal", "frname", "frid", "frdb", "fddbr"}},
		{"head", []string{"负责人"}},
		{"owner", []string{"经营者"}},
	} {
		if slices.ContainsFunc(role.words, func(word string) bool { return strings.Contains(text, word) }) {
			all = append(all, role.name)
		}
	}
	return all
}

// JoinHeaders returns the headers of a row, each with its group in the row above
// if that states the owner: 法定代表人 over 姓名 and 证件号码. A group spans the columns up
// to the next one. If only the row above has a text in a column, that is the
// header. A title is not a group.
func JoinHeaders(above, row []string, org bool) []string {
	k := newHeaderParser(org)
	if len(nonEmpty(above)) < 2 || hasNumbers(above) || hasNumbers(row) {
		return row
	}
	joined := make([]string, max(len(above), len(row)))
	copy(joined, row)
	group, grouped := "", false
	for column := range joined {
		over := ""
		if column < len(above) && strings.TrimSpace(above[column]) != "" {
			over = above[column]
			group = over
		}
		child := joined[column]
		switch text, ok := k.joinHeader(group, child); {
		case strings.TrimSpace(child) == "" && over != "":
			joined[column] = over
		case ok:
			joined[column], grouped = text, true
		}
	}
	if !grouped {
		return row
	}
	return joined
}

// joinHeader returns a header with its group, if that states the owner.
func (h headerParser) joinHeader(group, child string) (header string, ok bool) {
	const longest = 8
	owner, bare := strings.TrimSpace(group), foldText(child)
	for _, end := range []string{"信息", "情况", "资料", "栏"} {
		owner = strings.TrimSuffix(owner, end)
	}
	n, known := h.parse(child)
	if owner == "" || foldText(owner) == bare || utf8.RuneCountInString(owner) > longest || known && (n.factor == juhe.Entmark || len(rolesIn(child)) > 0) {
		return "", false
	}
	if known && (n.factor > juhe.Entmark || bare == "名称" || bare == "全称") && (h.containsWord(otherPersons, owner) || h.containsWord(otherCompanies, owner)) {
		return group + child, true
	}
	joined, is := h.parse(owner + child)
	return owner + child, is && (!known || joined.factor == n.factor)
}

// hasNumbers reports whether a row has longer numbers than a header.
func hasNumbers(texts []string) bool {
	const most = 6
	return slices.ContainsFunc(texts, func(text string) bool { return countDigits(text) > most })
}
