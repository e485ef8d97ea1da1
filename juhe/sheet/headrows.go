package sheet

import (
	"strings"
	"unicode/utf8"

	"fourfactor/juhe"
)

// JoinHeads gives the heads of a row, each with the group that the row above puts
// over it, where that tells whose it is: 法定代表人 over 姓名 and 证件号码. A group
// stands over the columns from its own to the next one's. Where the row above
// heads a column alone, its text is the head. A title is no group.
func JoinHeads(above, row []string, org bool) []string {
	k := known(org)
	if filled(above) < 2 || numbers(above) || numbers(row) {
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
		switch text, ok := k.joined(group, child); {
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

// joined is a head below its group, where that says whose it is.
func (k headNames) joined(group, child string) (head string, ok bool) {
	const longest = 8
	of, bare := strings.TrimSpace(group), plain(child)
	for _, end := range []string{"信息", "情况", "资料", "栏"} {
		of = strings.TrimSuffix(of, end)
	}
	n, known := k.of(child)
	if of == "" || plain(of) == bare || utf8.RuneCountInString(of) > longest || known && (n.factor == juhe.Entmark || len(roles(child)) > 0) {
		return "", false
	}
	if known && (n.factor > juhe.Entmark || bare == "名称" || bare == "全称") && (k.contains(strangersNamed, of) || k.contains(otherCompanies, of)) {
		return group + child, true
	}
	joined, is := k.of(of + child)
	return of + child, is && (!known || joined.factor == n.factor)
}

func filled(texts []string) (n int) {
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			n++
		}
	}
	return n
}

// numbers tells whether a row holds numbers as no header does.
func numbers(texts []string) bool {
	const most = 6
	for _, text := range texts {
		if countDigits(text) > most {
			return true
		}
	}
	return false
}
