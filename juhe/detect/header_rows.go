package detect

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fourfactor/juhe"
)

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
