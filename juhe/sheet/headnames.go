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

// headName is what a head says.
type headName struct {
	factor juhe.Factor
	rank   rank
}

// headNames reads heads. A head is made of words: whose it is, 企业 or 法定代表人,
// and what it is, 名称 or 身份证号码. org is so for the endpoint that wants an
// organisation code: 机构代码 is known there alone, and 企业法人名称 is what its
// document calls realname, and elsewhere a company.
type headNames struct {
	org   bool
	words map[string][]string // the words of a list, the longest first
}

func known(org bool) headNames { return headNames{org, map[string][]string{}} }

// list are the words of a list, the longest first.
func (k headNames) list(words string) []string {
	all, ok := k.words[words]
	if !ok {
		all = strings.Fields(words)
		slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
		k.words[words] = all
	}
	return all
}

func (k headNames) has(words, text string) bool { return slices.Contains(k.list(words), text) }

// peel gives what is behind the longest word of a list that a text begins with.
func (k headNames) peel(words, text string) (rest string, ok bool) {
	for _, word := range k.list(words) {
		if rest, ok := strings.CutPrefix(text, word); ok {
			return rest, true
		}
	}
	return text, false
}

// next is the text behind what joins two words, if anything does.
func next(text string) (rest string, joined bool) {
	for _, join := range []string{"/", "、", "|", "\\", "或者", "或", "以及", "及", "和", "与", "or", "&"} {
		if rest, ok := strings.CutPrefix(text, join); ok && rest != "" {
			return rest, true
		}
	}
	return text, false
}

// of is the factor that a head names. What stands in brackets or behind a comma
// has to be harmless: 姓名（联系人） is another person. Of several ways of writing
// one, 法定代表人/负责人, each has to name the same.
func (k headNames) of(head string) (headName, bool) {
	for _, f := range folds(head) {
		if n, ok := k.one(f); ok {
			return n, true
		}
	}
	return headName{}, false
}

func (k headNames) one(head folded) (headName, bool) {
	n, ok := k.name(head.text)
	if !ok {
		return n, false
	}
	for _, note := range head.notes {
		if !k.harmless(n.factor, note) {
			return n, false
		}
	}
	return n, true
}

// name is what a head without notes names.
func (k headNames) name(text string) (headName, bool) {
	if n, ok := k.single(text); ok {
		return n, true
	}
	if n, ok := k.bilingual(text); ok {
		return n, true
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/、|\\", r) })
	if len(parts) < 2 {
		return headName{}, false
	}
	var found *headName
	for _, part := range parts {
		n, ok := k.single(part)
		switch {
		case !ok && found != nil && found.factor == juhe.Realname && k.has(besidePersons, part):
		case !ok, found != nil && n.factor != found.factor:
			return headName{}, false
		case found == nil:
			found = &n
		case n.rank != found.rank && n.rank != rankWire:
			found.rank = min(found.rank, n.rank)
		}
	}
	return *found, true
}

// bilingual is what 企业名称 Company Name names.
func (k headNames) bilingual(text string) (headName, bool) {
	latin := func(r rune) bool { return 'a' <= r && r <= 'z' }
	han := func(r rune) bool { return r >= 0x80 }
	at := max(strings.IndexFunc(text, latin), strings.IndexFunc(text, han))
	if at <= 0 || strings.ContainsFunc(text[:at], latin) && strings.ContainsFunc(text[:at], han) {
		return headName{}, false
	}
	n, ok := k.single(strings.Trim(text[:at], "/|\\"))
	other, also := k.single(strings.Trim(text[at:], "/|\\"))
	return n, ok && also && n.factor == other.factor
}

func (k headNames) single(text string) (headName, bool) {
	if f, ok := juhe.ParseFactor(text); ok {
		return headName{f, rankWire}, true
	}
	switch text {
	case "企业标识", "企业标志", "companymark", "companyid", "entitymark":
		return headName{juhe.Entmark, rankAny}, true
	case "企业法人名称":
		return headName{juhe.Realname, rankOther}, k.org
	case "机构代码":
		return headName{juhe.Entmark, rankAny}, k.org
	}
	for _, read := range []func(string) (headName, bool){k.mark, k.person, k.id, k.company} {
		if n, ok := read(text); ok {
			return n, true
		}
	}
	if what, whose, found := strings.Cut(text, "of"); found && what != "" { // name of the company
		return k.single(strings.TrimPrefix(whose, "the") + what)
	}
	return headName{}, false
}

// mark reads a code of a company, or several: 统一社会信用代码/注册号. 机构信用代码 is
// another one, that of the central bank.
func (k headNames) mark(text string) (headName, bool) {
	rest := text
	for more := true; more; {
		if _, _, is := k.markWord(rest); is { // 营业执照号 is one as a whole
			break
		}
		if rest, more = k.peel(markOwners, rest); !more {
			rest, more = k.companyWord(rest)
		}
	}
	if strings.HasPrefix(rest, "信用代码") && strings.HasSuffix(strings.TrimSuffix(text, rest), "机构") {
		return headName{}, false
	}
	found := headName{juhe.Entmark, rankOther}
	for {
		after, r, ok := k.markWord(rest)
		if !ok {
			return found, false
		}
		if found.rank == rankOther || r < found.rank {
			found.rank = r
		}
		if after == "" {
			return found, true
		}
		rest, _ = next(after)
	}
}

func (k headNames) markWord(text string) (rest string, r rank, ok bool) {
	longest := len(text) + 1
	for _, kind := range []struct {
		words string
		rank  rank
	}{{creditCodes, rankCredit}, {taxNumbers, rankRegistration}, {registrations, rankRegistration}, {organisations, rankOrganisation}} {
		if after, is := k.peel(kind.words, text); is && len(after) < longest {
			longest, rest, r, ok = len(after), after, kind.rank, true
		}
	}
	if !ok {
		return text, 0, false
	}
	if after, is := k.peel(markEnds, rest); is {
		rest = after
	}
	return rest, r, true
}

// companyWord peels 企业 and the like, in English too.
func (k headNames) companyWord(text string) (rest string, ok bool) {
	if rest, ok = k.peel(companies, text); ok {
		return rest, true
	}
	return k.peel(englishCompanies, text)
}

const (
	englishCompanies = "company enterprise corporate corporation corp entity legalentity business firm organisation organization org supplier vendor merchant customer client taxpayer ent employer"
	englishBefore    = "registered legal full chinese official"
	englishNames     = "name fullname legalname registeredname chinesename namechinese namecn nameinchinese namezh officialname"
)

// company reads the name of a company: 企业名称, 申请单位, 个体工商户名称.
func (k headNames) company(text string) (headName, bool) {
	n := headName{juhe.Entname, rankOther}
	if k.has(bareCompanies, text) || text == "名称" || text == "全称" || text == "企业名称全称" {
		return n, true
	}
	rest, owned := text, false
	for {
		after, ok := k.peel(companies, rest)
		if !ok {
			break
		}
		rest, owned = after, true
		rest, _ = next(rest)
	}
	rest = strings.TrimPrefix(rest, "的")
	for _, words := range []string{companyBefore, companyKinds} {
		after, ok := k.peel(words, rest)
		if ok && (owned || words == companyBefore) && k.has(companyNames, after) {
			if strings.Contains(rest, "照") {
				n.rank = rankLicence
			}
			return n, true
		}
	}
	if owned && (k.has(companyNames, rest) || rest == "" && k.bares(text)) {
		return n, true
	}
	return n, k.englishCompany(text)
}

// bares tells whether all parts of a text are names of companies without 名称.
func (k headNames) bares(text string) bool {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/、|\\", r) })
	return !slices.ContainsFunc(parts, func(part string) bool { return !k.has(bareCompanies, part) })
}

func (k headNames) englishCompany(text string) bool {
	rest := text
	for {
		after, ok := k.peel(englishBefore, rest)
		if !ok {
			break
		}
		rest = after
	}
	after, ok := k.peel(englishCompanies, rest)
	return ok && k.has(englishNames, after)
}

// owners peels the words for the person who stands for a company, of which there
// may be several: 法定代表人/单位负责人. It gives the whole text if there is none.
func (k headNames) owners(text string) (rest string) {
	rest, main := text, false
	for {
		at := rest
		if main {
			at, _ = next(rest)
		}
		after, ok := k.ownerWord(at)
		if !ok {
			break
		}
		rest, main = after, true
		for {
			joined, is := next(rest)
			after, ok := k.peel(besidePersons, joined)
			if !is || !ok {
				break
			}
			rest = after
		}
	}
	return rest
}

func (k headNames) ownerWord(text string) (rest string, ok bool) {
	for _, of := range []string{text, k.unowned(text)} {
		for _, words := range []string{legalPersons, headPersons, tradePersons} {
			if rest, ok := k.peel(words, of); ok {
				return rest, true
			}
		}
	}
	return text, false
}

// unowned is a text without the company that a person belongs to.
func (k headNames) unowned(text string) string {
	rest, _ := k.companyWord(text)
	return strings.TrimPrefix(rest, "的")
}

// person reads the name of the person who stands for a company. 法人名称 may be
// either's.
func (k headNames) person(text string) (headName, bool) {
	n := headName{juhe.Realname, rankOther}
	if k.has(plainPersons, text) {
		return n, true
	}
	rest := k.owners(text)
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
	return n, k.has(personNames, rest)
}

// id reads the number of that person's document.
func (k headNames) id(text string) (headName, bool) {
	n := headName{juhe.Idcard, rankOther}
	rest := k.owners(text)
	owned := rest != text
	rest = strings.TrimPrefix(rest, "的")
	if owned && k.has(ownedIDs, rest) {
		return n, true
	}
	rest, ok := k.peel(idNumbers, rest)
	if !ok {
		return n, false
	}
	for rest != "" {
		joined, is := next(rest)
		after, ok := k.peel(besideIDs, joined)
		if !ok {
			after, ok = k.peel(idNumbers, joined)
		}
		if !is || !ok {
			return n, false
		}
		rest = after
	}
	return n, true
}

// wire tells whether a head is a name on the wire.
func (k headNames) wire(head string) bool {
	n, ok := k.of(head)
	return ok && n.rank == rankWire
}
