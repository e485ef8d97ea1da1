package detect

import (
	"slices"
	"strings"

	"fourfactor/juhe"
)

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
