package sheet

import (
	"strings"
	"unicode/utf8"

	"fourfactor/juhe"
)

// JoinHeaders gives the heads of a row, each with the group that the row above puts
// over it, where that tells whose it is: 法定代表人 over 姓名 and 证件号码. A group
// stands over the columns from its own to the next one's. Where the row above
// heads a column alone, its text is the head. A title is no group.
func JoinHeaders(above, row []string, org bool) []string {
	k := newHeaderParser(org)
	if countFilled(above) < 2 || hasNumbers(above) || hasNumbers(row) {
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

// joinHeader is a head below its group, where that says whose it is.
func (k headerParser) joinHeader(group, child string) (head string, ok bool) {
	const longest = 8
	of, bare := strings.TrimSpace(group), foldText(child)
	for _, end := range []string{"信息", "情况", "资料", "栏"} {
		of = strings.TrimSuffix(of, end)
	}
	n, known := k.parse(child)
	if of == "" || foldText(of) == bare || utf8.RuneCountInString(of) > longest || known && (n.factor == juhe.Entmark || len(rolesIn(child)) > 0) {
		return "", false
	}
	if known && (n.factor > juhe.Entmark || bare == "名称" || bare == "全称") && (k.containsWord(otherPersons, of) || k.containsWord(otherCompanies, of)) {
		return group + child, true
	}
	joined, is := k.parse(of + child)
	return of + child, is && (!known || joined.factor == n.factor)
}

func countFilled(texts []string) (n int) {
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			n++
		}
	}
	return n
}

// hasNumbers tells whether a row holds numbers as no header does.
func hasNumbers(texts []string) bool {
	const most = 6
	for _, text := range texts {
		if countDigits(text) > most {
			return true
		}
	}
	return false
}
