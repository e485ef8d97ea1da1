package sheet

import (
	"slices"
	"strings"

	"fourfactor/juhe"
)

// rank tells names of a factor apart where that matters.
type rank uint8

const (
	rankOther   rank = iota
	rankWire         // the name on the wire
	rankAny          // a mark of any kind: it may be what another column is
	rankLicence      // a company's name as its licence has it
	rankCredit
	rankRegistration // or of a taxpayer
	rankOrganisation
)

// headerMeaning is what a head says.
type headerMeaning struct {
	factor juhe.Factor
	rank   rank
}

// headerParser reads heads. A head is made of words: whose it is, 企业 or 法定代表人,
// and what it is, 名称 or 身份证号码. org is so for the endpoint that wants an
// organisation code: 机构代码 is known there alone, and 企业法人名称 is what its
// document calls realname, and elsewhere a company.
type headerParser struct {
	org   bool
	words map[string][]string // the words of a list, the longest first
}

func newHeaderParser(org bool) headerParser { return headerParser{org, map[string][]string{}} }

// wordsOf are the words of a list, the longest first.
func (k headerParser) wordsOf(words string) []string {
	all, ok := k.words[words]
	if !ok {
		all = strings.Fields(words)
		slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
		k.words[words] = all
	}
	return all
}

func (k headerParser) hasWord(words, text string) bool {
	return slices.Contains(k.wordsOf(words), text)
}

// cutWord gives what is behind the longest word of a list that a text begins with.
func (k headerParser) cutWord(words, text string) (rest string, ok bool) {
	for _, word := range k.wordsOf(words) {
		if rest, ok := strings.CutPrefix(text, word); ok {
			return rest, true
		}
	}
	return text, false
}

// cutJoiner is the text behind what joins two words, if anything does.
func cutJoiner(text string) (rest string, joined bool) {
	for _, join := range []string{"/", "、", "|", "\\", "或者", "或", "以及", "及", "和", "与", "or", "&"} {
		if rest, ok := strings.CutPrefix(text, join); ok && rest != "" {
			return rest, true
		}
	}
	return text, false
}

// parse is the factor that a head names. What stands in brackets or behind a comma
// has to be harmless: 姓名（联系人） is another person. Of several ways of writing
// one, 法定代表人/负责人, each has to name the same.
func (k headerParser) parse(head string) (headerMeaning, bool) {
	for _, f := range foldVariants(head) {
		if n, ok := k.parseFolded(f); ok {
			return n, true
		}
	}
	return headerMeaning{}, false
}

func (k headerParser) parseFolded(head foldedHeader) (headerMeaning, bool) {
	n, ok := k.parseText(head.text)
	if !ok {
		return n, false
	}
	for _, note := range head.notes {
		if !k.isNeutralNote(n.factor, note) {
			return n, false
		}
	}
	return n, true
}

// parseText is what a head without notes names.
func (k headerParser) parseText(text string) (headerMeaning, bool) {
	if n, ok := k.parseSingle(text); ok {
		return n, true
	}
	if n, ok := k.parseBilingual(text); ok {
		return n, true
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/、|\\", r) })
	if len(parts) < 2 {
		return headerMeaning{}, false
	}
	var found *headerMeaning
	for _, part := range parts {
		n, ok := k.parseSingle(part)
		switch {
		case !ok && found != nil && found.factor == juhe.Realname && k.hasWord(jointPersons, part):
		case !ok, found != nil && n.factor != found.factor:
			return headerMeaning{}, false
		case found == nil:
			found = &n
		case n.rank != found.rank && n.rank != rankWire:
			found.rank = min(found.rank, n.rank)
		}
	}
	return *found, true
}

// parseBilingual is what 企业名称 Company Name names.
func (k headerParser) parseBilingual(text string) (headerMeaning, bool) {
	latin := func(r rune) bool { return 'a' <= r && r <= 'z' }
	han := func(r rune) bool { return r >= 0x80 }
	at := max(strings.IndexFunc(text, latin), strings.IndexFunc(text, han))
	if at <= 0 || strings.ContainsFunc(text[:at], latin) && strings.ContainsFunc(text[:at], han) {
		return headerMeaning{}, false
	}
	n, ok := k.parseSingle(strings.Trim(text[:at], "/|\\"))
	other, also := k.parseSingle(strings.Trim(text[at:], "/|\\"))
	return n, ok && also && n.factor == other.factor
}

func (k headerParser) parseSingle(text string) (headerMeaning, bool) {
	if f, ok := juhe.ParseFactor(text); ok {
		return headerMeaning{f, rankWire}, true
	}
	switch text {
	case "企业标识", "企业标志", "companymark", "companyid", "entitymark":
		return headerMeaning{juhe.Entmark, rankAny}, true
	case "企业法人名称":
		return headerMeaning{juhe.Realname, rankOther}, k.org
	case "机构代码":
		return headerMeaning{juhe.Entmark, rankAny}, k.org
	}
	for _, read := range []func(string) (headerMeaning, bool){k.parseMark, k.parsePerson, k.parseID, k.parseCompany} {
		if n, ok := read(text); ok {
			return n, true
		}
	}
	if what, whose, found := strings.Cut(text, "of"); found && what != "" { // name of the company
		return k.parseSingle(strings.TrimPrefix(whose, "the") + what)
	}
	return headerMeaning{}, false
}

// parseMark reads a code of a company, or several: 统一社会信用代码/注册号. 机构信用代码 is
// another one, that of the central bank.
func (k headerParser) parseMark(text string) (headerMeaning, bool) {
	rest := text
	for more := true; more; {
		if _, _, is := k.cutMark(rest); is { // 营业执照号 is one as a whole
			break
		}
		if rest, more = k.cutWord(markOwners, rest); !more {
			rest, more = k.cutCompany(rest)
		}
	}
	if strings.HasPrefix(rest, "信用代码") && strings.HasSuffix(strings.TrimSuffix(text, rest), "机构") {
		return headerMeaning{}, false
	}
	found := headerMeaning{juhe.Entmark, rankOther}
	for {
		after, r, ok := k.cutMark(rest)
		if !ok {
			return found, false
		}
		if found.rank == rankOther || r < found.rank {
			found.rank = r
		}
		if after == "" {
			return found, true
		}
		rest, _ = cutJoiner(after)
	}
}

func (k headerParser) cutMark(text string) (rest string, r rank, ok bool) {
	longest := len(text) + 1
	for _, kind := range []struct {
		words string
		rank  rank
	}{{creditCodes, rankCredit}, {taxNumbers, rankRegistration}, {registrations, rankRegistration}, {organisations, rankOrganisation}} {
		if after, is := k.cutWord(kind.words, text); is && len(after) < longest {
			longest, rest, r, ok = len(after), after, kind.rank, true
		}
	}
	if !ok {
		return text, 0, false
	}
	if after, is := k.cutWord(markEnds, rest); is {
		rest = after
	}
	return rest, r, true
}

// cutCompany peels 企业 and the like, in English too.
func (k headerParser) cutCompany(text string) (rest string, ok bool) {
	if rest, ok = k.cutWord(companies, text); ok {
		return rest, true
	}
	return k.cutWord(englishCompanies, text)
}

const (
	englishCompanies = "company enterprise corporate corporation corp entity legalentity business firm organisation organization org supplier vendor merchant customer client taxpayer ent employer"
	englishBefore    = "registered legal full chinese official"
	englishNames     = "name fullname legalname registeredname chinesename namechinese namecn nameinchinese namezh officialname"
)

// parseCompany reads the name of a company: 企业名称, 申请单位, 个体工商户名称.
func (k headerParser) parseCompany(text string) (headerMeaning, bool) {
	n := headerMeaning{juhe.Entname, rankOther}
	if k.hasWord(bareCompanies, text) || text == "名称" || text == "全称" || text == "企业名称全称" {
		return n, true
	}
	rest, owned := text, false
	for {
		after, ok := k.cutWord(companies, rest)
		if !ok {
			break
		}
		rest, owned = after, true
		rest, _ = cutJoiner(rest)
	}
	rest = strings.TrimPrefix(rest, "的")
	for _, words := range []string{companyBefore, companyKinds} {
		after, ok := k.cutWord(words, rest)
		if ok && (owned || words == companyBefore) && k.hasWord(companyNames, after) {
			if strings.Contains(rest, "照") {
				n.rank = rankLicence
			}
			return n, true
		}
	}
	if owned && (k.hasWord(companyNames, rest) || rest == "" && k.areBareCompanies(text)) {
		return n, true
	}
	return n, k.isEnglishCompany(text)
}

// areBareCompanies tells whether all parts of a text are names of companies without 名称.
func (k headerParser) areBareCompanies(text string) bool {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/、|\\", r) })
	return !slices.ContainsFunc(parts, func(part string) bool { return !k.hasWord(bareCompanies, part) })
}

func (k headerParser) isEnglishCompany(text string) bool {
	rest := text
	for {
		after, ok := k.cutWord(englishBefore, rest)
		if !ok {
			break
		}
		rest = after
	}
	after, ok := k.cutWord(englishCompanies, rest)
	return ok && k.hasWord(englishNames, after)
}

// cutPersons peels the words for the person who stands for a company, of which there
// may be several: 法定代表人/单位负责人. It gives the whole text if there is none.
func (k headerParser) cutPersons(text string) (rest string) {
	rest, main := text, false
	for {
		at := rest
		if main {
			at, _ = cutJoiner(rest)
		}
		after, ok := k.cutPerson(at)
		if !ok {
			break
		}
		rest, main = after, true
		for {
			joined, is := cutJoiner(rest)
			after, ok := k.cutWord(jointPersons, joined)
			if !is || !ok {
				break
			}
			rest = after
		}
	}
	return rest
}

func (k headerParser) cutPerson(text string) (rest string, ok bool) {
	for _, of := range []string{text, k.trimCompany(text)} {
		for _, words := range []string{legalPersons, headPersons, tradePersons} {
			if rest, ok := k.cutWord(words, of); ok {
				return rest, true
			}
		}
	}
	return text, false
}

// trimCompany is a text without the company that a person belongs to.
func (k headerParser) trimCompany(text string) string {
	rest, _ := k.cutCompany(text)
	return strings.TrimPrefix(rest, "的")
}

// parsePerson reads the name of the person who stands for a company. 法人名称 may be
// either's.
func (k headerParser) parsePerson(text string) (headerMeaning, bool) {
	n := headerMeaning{juhe.Realname, rankOther}
	if k.hasWord(plainPersons, text) {
		return n, true
	}
	rest := k.cutPersons(text)
	if rest == text {
		return n, false
	}
	owner := strings.TrimSuffix(text, rest)
	rest = strings.TrimPrefix(rest, "的")
	switch rest {
	case "":
		return n, owner != "业主"
	case "名称":
		return n, !strings.HasSuffix(owner, "法人")
	}
	return n, k.hasWord(personNames, rest)
}

// parseID reads the number of that person's document.
func (k headerParser) parseID(text string) (headerMeaning, bool) {
	n := headerMeaning{juhe.Idcard, rankOther}
	rest := k.cutPersons(text)
	owned := rest != text
	rest = strings.TrimPrefix(rest, "的")
	if owned && k.hasWord(ownedIDs, rest) {
		return n, true
	}
	rest, ok := k.cutWord(idNumbers, rest)
	if !ok {
		return n, false
	}
	for rest != "" {
		joined, is := cutJoiner(rest)
		after, ok := k.cutWord(jointIDs, joined)
		if !ok {
			after, ok = k.cutWord(idNumbers, joined)
		}
		if !is || !ok {
			return n, false
		}
		rest = after
	}
	return n, true
}

// isWireName tells whether a head is a name on the wire.
func (k headerParser) isWireName(head string) bool {
	n, ok := k.parse(head)
	return ok && n.rank == rankWire
}
