package sheet

import (
	"context"
	"slices"
	"strings"
)

// Factors are the names of the four factors on the wire, in the order of Mapping.
func Factors() [4]string { return [4]string{"entname", "entmark", "realname", "idcard"} }

// Mapping says in which column, from 0, each of the four factors is; -1 is
// nowhere.
type Mapping [4]int

// Complete tells whether every factor has a column.
func (m Mapping) Complete() bool {
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
	MatchOK      MatchProblem = ""
	MatchMissing MatchProblem = "missing" // no column has its name
	MatchTwice   MatchProblem = "twice"   // several have, and none a better one
)

// MatchProblems lists every problem.
func MatchProblems() []MatchProblem { return []MatchProblem{MatchMissing, MatchTwice} }

// Match finds the columns of the four factors by their heads, in Chinese or
// English. org tells that the endpoint wants 组织机构代码 as entmark (queryV2). A
// factor with a problem has no column.
//
// A wrong column costs a call for each row, so nothing is chosen where two heads
// could be meant: only a name on the wire goes before the others, and of the
// marks a credit code before a registration number, and that before an
// organisation code, which org has first. A name and a number that are said to
// be of different persons, 负责人 and 法人身份证号, are chosen neither.
func Match(head []string, org bool) (Mapping, [4]MatchProblem) { return known(org).match(head) }

func (k headNames) match(head []string) (Mapping, [4]MatchProblem) {
	var found [4][]candidate
	for column, text := range head {
		if factor, rank, ok := k.of(text); ok {
			found[factor] = append(found[factor], candidate{column, rank})
		}
	}
	m := Mapping{-1, -1, -1, -1}
	var problems [4]MatchProblem
	for factor, all := range found {
		m[factor], problems[factor] = choose(all, k.org)
	}
	if person, number := m[2], m[3]; person >= 0 && number >= 0 && !k.wire(head[person]) && !k.wire(head[number]) && strangers(head, person, number) {
		m[2], m[3] = -1, -1
		problems[2], problems[3] = MatchTwice, MatchTwice
	}
	return m, problems
}

// candidate is a column that may be that of a factor.
type candidate struct {
	column int
	rank   rank
}

// choose is the one column that is meant.
func choose(all []candidate, org bool) (int, MatchProblem) {
	order := []rank{rankWire, rankCredit, rankRegistration, rankOrganisation}
	if org {
		order = []rank{rankWire, rankOrganisation, rankCredit, rankRegistration}
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
			return -1, MatchTwice
		}
	}
	switch len(all) {
	case 0:
		return -1, MatchMissing
	case 1:
		return all[0].column, MatchOK
	}
	return -1, MatchTwice
}

// strangers tells whether the heads of a name and of a number seem to be of
// different persons: by what they say, or because the one says whose it is, the
// other does not, and there is another that does.
func strangers(head []string, person, number int) bool {
	a, b := roles(head[person]), roles(head[number])
	if len(a) > 0 && len(b) > 0 {
		return !shared(a, b)
	}
	for column, text := range head {
		if column == person || column == number {
			continue
		}
		what := plain(text)
		numbered := slices.ContainsFunc([]string{"证件号", "身份证", "documentn", "idcard", "idn", "certn"}, func(word string) bool { return strings.Contains(what, word) })
		other := slices.ContainsFunc([]string{"证件", "身份", "类型", "电话", "手机", "联系", "地址", "性别", "type", "phone", "mobile", "address"}, func(word string) bool { return strings.Contains(what, word) })
		if len(b) > 0 && shared(b, roles(text)) && !numbered && !other || len(a) > 0 && shared(a, roles(text)) && numbered {
			return true
		}
	}
	return false
}

func shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(r string) bool { return slices.Contains(b, r) })
}

// roles are those that a head names.
func roles(head string) (all []string) {
	text := plain(head)
	for _, role := range []struct {
		name  string
		words []string
	}{
		{"legal", []string{"法人", "法定代表", "法代", "legal", "frname", "frid"}},
		{"head", []string{"负责人"}},
		{"owner", []string{"经营者"}},
	} {
		if slices.ContainsFunc(role.words, func(word string) bool { return strings.Contains(text, word) }) {
			all = append(all, role.name)
		}
	}
	return all
}

// headRows are as many rows as may stand above the table.
const headRows = 20

// FindHead looks for the head in the first rows: the first row in which Match
// finds every factor. Where there is none, ok is false, and what comes back is
// the row in which most are found, number 0 if none is in any. An error of
// reading ends the search; Rows tells it.
func FindHead(ctx context.Context, in *Input, org bool) (number int, head []string, mapping Mapping, ok bool) {
	top, _ := in.Top(ctx, headRows)
	number, head, mapping, found := findHead(top, org)
	return number, head, mapping, found == len(mapping) && mapping.Complete()
}

// findHead also tells how many factors are found, those among them that several
// columns may be.
func findHead(top []Row, org bool) (number int, head []string, mapping Mapping, most int) {
	mapping = Mapping{-1, -1, -1, -1}
	names := known(org)
	for _, row := range top {
		texts := row.Texts()
		m, problems := names.match(texts)
		found := 0
		for _, p := range problems {
			if p != MatchMissing {
				found++
			}
		}
		if m.Complete() {
			return row.Number, texts, m, found
		}
		if found > most {
			most, number, head, mapping = found, row.Number, texts, m
		}
	}
	return number, head, mapping, most
}
