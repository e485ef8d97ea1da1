package detect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/table"
)

// matchHeader finds the columns of the four factors by their headers in Chinese
// or English. org means that the endpoint takes 组织机构代码 as entmark (queryV2). A
// factor without a column is Missing or Ambiguous.
//
// A wrong column costs a call for each row, so matchHeader does not choose between two
// headers that may both be meant, with these exceptions. The name of a request
// parameter comes before all others, and the company name on the licence before other
// company names. Among company IDs, a credit code comes before a registration or
// taxpayer number, and these come before an organisation code; with org, that comes
// first. Among several persons, a name and a number of the same one are chosen, unless
// another header may belong to them too. A name and a number of different persons,
// 负责人 and 法人身份证号, are not chosen.
func matchHeader(header []string, org bool) Mapping { return newHeaderParser(org).match(header) }

func (h headerParser) match(header []string) Mapping {
	var found [juhe.NumFactors][]candidate
	for column, text := range header {
		if n, ok := h.parse(text); ok {
			found[n.factor] = append(found[n.factor], candidate{column, n.rank})
		}
	}
	var m Mapping
	for factor, all := range found {
		m[factor] = pickColumn(all, h.org)
	}
	p := personColumns{h, header, found[juhe.Realname], found[juhe.Idcard]}
	if person, number, ok := p.findPair(); ok && (m[juhe.Realname] == Ambiguous || m[juhe.Idcard] == Ambiguous) {
		m[juhe.Realname], m[juhe.Idcard] = person, number
	}
	person, number := m[juhe.Realname], m[juhe.Idcard]
	switch {
	case number < 0 || h.isParameterName(header[number]):
	case p.belongsToOther(number):
		m[juhe.Idcard] = Ambiguous
	case person >= 0 && !h.isParameterName(header[person]) && p.areDifferentPersons(person, number):
		m[juhe.Realname], m[juhe.Idcard] = Ambiguous, Ambiguous
	}
	return m
}

// candidate is a column that may be that of a factor.
type candidate struct {
	column int
	rank   rank
}

// pickColumn returns the column with the best rank, if it is the only one.
func pickColumn(all []candidate, org bool) int {
	order := []rank{rankParameter, rankLicence, rankCredit, rankRegistration, rankOrganisation}
	if org {
		order = []rank{rankParameter, rankLicence, rankOrganisation, rankCredit, rankRegistration}
	}
	if slices.ContainsFunc(all, func(c candidate) bool { return c.rank == rankAnyID }) {
		order = []rank{rankParameter}
	}
	for _, r := range order {
		best := slices.DeleteFunc(slices.Clone(all), func(c candidate) bool { return c.rank != r })
		if len(best) > 0 {
			all = best
			break
		}
	}
	switch len(all) {
	case 0:
		return Missing
	case 1:
		return all[0].column
	}
	return Ambiguous
}

// headerRows is the number of rows in which a header may be.
const headerRows = 20

// findHeader returns the number of the first row in which matchHeader finds every factor,
// together with the groups in the row above: see joinHeaders. If there is none, it
// returns the row with the most factors, or 0. found is how many factors the header
// names, including ambiguous ones.
func findHeader(rows []table.Row, org bool) (number, found int) {
	names := newHeaderParser(org)
	rows = rows[:min(headerRows, len(rows))]
	for i, row := range rows {
		texts := row.Texts()
		if i > 0 && rows[i-1].Number == row.Number-1 {
			texts = names.joinHeaders(rows[i-1].Texts(), texts)
		}
		m, n := names.match(texts), 0
		for _, column := range m {
			if column != Missing {
				n++
			}
		}
		if m.IsComplete() {
			return row.Number, n
		}
		if n > found {
			number, found = row.Number, n
		}
	}
	return number, found
}

// CountFactors returns how many factors the header of a table has, including ambiguous
// ones. complete reports whether it has all, and a row below. It is a table.Recognizer.
func CountFactors(first []table.Row) (most int, complete bool) {
	for _, org := range []bool{false, true} {
		number, found := findHeader(first, org)
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
			if rolesIn(p.header[a.column])&rolesIn(p.header[b.column]) == 0 {
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
	if rolesIn(p.header[number]) != 0 {
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
		case roles != 0:
			return roles == roleHead // 项目负责人
		}
	}
	return false
}

func (h headerParser) containsWord(words, text string) bool {
	return slices.ContainsFunc(h.wordsOf(words), func(word string) bool { return strings.Contains(text, word) })
}

// areDifferentPersons reports whether the headers of a name and of a number refer to
// different persons, e.g. 负责人 and 法人身份证号: either both state an owner, or only one
// does and another column has the same.
func (p personColumns) areDifferentPersons(person, number int) bool {
	a, b := rolesIn(p.header[person]), rolesIn(p.header[number])
	if a != 0 && b != 0 {
		return a&b == 0
	}
	for column, text := range p.header {
		n, known := p.parse(text)
		if column == person || column == number || known && n.factor < juhe.Realname {
			continue
		}
		what, roles := foldText(text), rolesIn(text)
		numbered := p.containsWord("证件号 身份证 documentn idcard idn certn", what)
		other := p.containsWord(personDetails, what) || p.containsWord("证件 身份 联系", what)
		if b&roles != 0 && !numbered && !other || a&roles != 0 && numbered {
			return true
		}
	}
	return false
}

// roles is a set of the positions that a person may have in a company.
type roles uint8

const (
	roleLegal roles = 1 << iota
	roleHead
	roleOwner
)

var legalWords = pattern(`法人|法定代表|法代|legal|frname|frid|frdb|fddbr`)

// rolesIn returns the roles that a header names.
func rolesIn(header string) (all roles) {
	text := foldText(header)
	if legalWords().MatchString(text) {
		all |= roleLegal
	}
	if strings.Contains(text, "负责人") {
		all |= roleHead
	}
	if strings.Contains(text, "经营者") {
		all |= roleOwner
	}
	return all
}

// joinHeaders returns the headers of a row, each with its group in the row above
// if that states the owner: 法定代表人 over 姓名 and 证件号码. A group spans the columns up
// to the next one. If only the row above has a text in a column, that is the
// header. A title is not a group.
func (h headerParser) joinHeaders(above, row []string) []string {
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
		switch text, ok := h.joinHeader(group, child); {
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
	if owner == "" || foldText(owner) == bare || utf8.RuneCountInString(owner) > longest || known && (n.factor == juhe.Entmark || rolesIn(child) != 0) {
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
	return slices.ContainsFunc(texts, func(text string) bool { return ident.CountDigits(text) > most })
}
