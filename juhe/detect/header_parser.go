package detect

import (
	"slices"
	"strings"

	"fourfactor/juhe"
)

// rank is the preference among the headers of a factor.
type rank uint8

const (
	rankOther     rank = iota
	rankParameter      // the name of a request parameter
	rankAnyID          // a company ID of any kind; another column may be one too
	rankLicence        // the company name on the licence
	rankCredit
	rankRegistration // or of a taxpayer
	rankOrganisation
)

// headerMeaning is the meaning of a header.
type headerMeaning struct {
	factor juhe.Factor
	rank   rank
}

// headerParser parses headers. A header consists of an owner, such as 企业 or
// 法定代表人, and a value, such as 名称 or 身份证号码. org means that the endpoint
// takes an organisation code: only then is 机构代码 known, and 企业法人名称 is
// realname, as in its document, and not a company.
type headerParser struct {
	org   bool
	words map[string][]string // by list, the longest first
}

func newHeaderParser(org bool) headerParser { return headerParser{org, map[string][]string{}} }

// wordsOf returns the words of a list, the longest first.
func (h headerParser) wordsOf(words string) []string {
	all, ok := h.words[words]
	if !ok {
		all = strings.Fields(words)
		slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
		h.words[words] = all
	}
	return all
}

func (h headerParser) hasWord(words, text string) bool {
	return slices.Contains(h.wordsOf(words), text)
}

// cutWord cuts the longest word of a list off the beginning of a text.
func (h headerParser) cutWord(words, text string) (rest string, ok bool) {
	for _, word := range h.wordsOf(words) {
		if rest, ok := strings.CutPrefix(text, word); ok {
			return rest, true
		}
	}
	return text, false
}

// cutJoiner cuts a character or word that joins two others off the beginning of a
// text.
func cutJoiner(text string) (rest string, joined bool) {
	for _, join := range []string{"/", "、", "|", "\\", "或者", "或", "以及", "及", "和", "与", "or", "&"} {
		if rest, ok := strings.CutPrefix(text, join); ok && rest != "" {
			return rest, true
		}
	}
	return text, false
}

// parse returns the factor that a header names. Notes in brackets or behind a
// comma have to be neutral: 姓名（联系人） is another person. If there are several
// names, 法定代表人/负责人, all have to mean the same.
func (h headerParser) parse(header string) (headerMeaning, bool) {
	for _, f := range foldVariants(header) {
		if n, ok := h.parseFolded(f); ok {
			return n, true
		}
	}
	return headerMeaning{}, false
}

func (h headerParser) parseFolded(header foldedHeader) (headerMeaning, bool) {
	n, ok := h.parseText(header.text)
	if !ok {
		return n, false
	}
	for _, note := range header.notes {
		if !h.isNeutralNote(n.factor, note) {
			return n, false
		}
	}
	return n, true
}

// parseText parses a header without notes.
func (h headerParser) parseText(text string) (headerMeaning, bool) {
	if n, ok := h.parseSingle(text); ok {
		return n, true
	}
	if n, ok := h.parseBilingual(text); ok {
		return n, true
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/、|\\", r) })
	if len(parts) < 2 {
		return headerMeaning{}, false
	}
	var found *headerMeaning
	for _, part := range parts {
		n, ok := h.parseSingle(part)
		switch {
		case !ok && found != nil && found.factor == juhe.Realname && h.hasWord(accompanyingPersons, part):
		case !ok, found != nil && n.factor != found.factor:
			return headerMeaning{}, false
		case found == nil:
			found = &n
		case n.rank != found.rank && n.rank != rankParameter:
			found.rank = min(found.rank, n.rank)
		}
	}
	return *found, true
}

// parseBilingual parses a header such as 企业名称 Company Name.
func (h headerParser) parseBilingual(text string) (headerMeaning, bool) {
	latin := func(r rune) bool { return 'a' <= r && r <= 'z' }
	han := func(r rune) bool { return r >= 0x80 }
	at := max(strings.IndexFunc(text, latin), strings.IndexFunc(text, han))
	if at <= 0 || strings.ContainsFunc(text[:at], latin) && strings.ContainsFunc(text[:at], han) {
		return headerMeaning{}, false
	}
	n, ok := h.parseSingle(strings.Trim(text[:at], "/|\\"))
	other, otherOK := h.parseSingle(strings.Trim(text[at:], "/|\\"))
	return n, ok && otherOK && n.factor == other.factor
}

func (h headerParser) parseSingle(text string) (headerMeaning, bool) {
	if f, ok := juhe.ParseFactor(text); ok {
		return headerMeaning{f, rankParameter}, true
	}
	switch text {
	case "企业标识", "企业标志", "companymark", "companyid", "entitymark":
		return headerMeaning{juhe.Entmark, rankAnyID}, true
	case "企业法人名称":
		return headerMeaning{juhe.Realname, rankOther}, h.org
	case "机构代码":
		return headerMeaning{juhe.Entmark, rankAnyID}, h.org
	}
	for _, read := range []func(string) (headerMeaning, bool){h.parseCompanyID, h.parsePerson, h.parseID, h.parseCompany} {
		if n, ok := read(text); ok {
			return n, true
		}
	}
	if what, whose, found := strings.Cut(text, "of"); found && what != "" { // name of the company
		return h.parseSingle(strings.TrimPrefix(whose, "the") + what)
	}
	return headerMeaning{}, false
}

// parseCompanyID parses one or more codes of a company: 统一社会信用代码/注册号. 机构信用代码 is a
// different one, that of the central bank.
func (h headerParser) parseCompanyID(text string) (headerMeaning, bool) {
	rest := text
	for more := true; more; {
		if _, _, is := h.cutCompanyID(rest); is { // 营业执照号 is one code
			break
		}
		if rest, more = h.cutWord(companyIDOwners, rest); !more {
			rest, more = h.cutCompany(rest)
		}
	}
	if strings.HasPrefix(rest, "信用代码") && strings.HasSuffix(strings.TrimSuffix(text, rest), "机构") {
		return headerMeaning{}, false
	}
	found := headerMeaning{juhe.Entmark, rankOther}
	for {
		after, r, ok := h.cutCompanyID(rest)
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

func (h headerParser) cutCompanyID(text string) (rest string, r rank, ok bool) {
	longest := len(text) + 1
	for _, kind := range []struct {
		words string
		rank  rank
	}{{creditCodes, rankCredit}, {taxNumbers, rankRegistration}, {registrations, rankRegistration}, {organisations, rankOrganisation}} {
		if after, is := h.cutWord(kind.words, text); is && len(after) < longest {
			longest, rest, r, ok = len(after), after, kind.rank, true
		}
	}
	if !ok {
		return text, 0, false
	}
	if after, is := h.cutWord(companyIDEnds, rest); is {
		rest = after
	}
	return rest, r, true
}

// cutCompany cuts a word for a company off, in Chinese or English.
func (h headerParser) cutCompany(text string) (rest string, ok bool) {
	if rest, ok = h.cutWord(companies, text); ok {
		return rest, true
	}
	return h.cutWord(englishCompanies, text)
}

const (
	englishCompanies = "company enterprise corporate corporation corp entity legalentity business firm organisation organization org supplier vendor merchant customer client taxpayer ent employer"
	englishPrefixes  = "registered legal full chinese official"
	englishNames     = "name fullname legalname registeredname chinesename namechinese namecn nameinchinese namezh officialname"
)

// parseCompany parses the name of a company: 企业名称, 申请单位, 个体工商户名称.
func (h headerParser) parseCompany(text string) (headerMeaning, bool) {
	n := headerMeaning{juhe.Entname, rankOther}
	if h.hasWord(companyHeaders, text) || text == "名称" || text == "全称" || text == "企业名称全称" {
		return n, true
	}
	rest, owned := text, false
	for {
		after, ok := h.cutWord(companies, rest)
		if !ok {
			break
		}
		rest, owned = after, true
		rest, _ = cutJoiner(rest)
	}
	rest = strings.TrimPrefix(rest, "的")
	for _, words := range []string{companyNamePrefixes, companyNameKinds} {
		after, ok := h.cutWord(words, rest)
		if ok && (owned || words == companyNamePrefixes) && h.hasWord(companyNames, after) {
			if strings.Contains(rest, "照") {
				n.rank = rankLicence
			}
			return n, true
		}
	}
	if owned && (h.hasWord(companyNames, rest) || rest == "" && h.areCompanyHeaders(text)) {
		return n, true
	}
	return n, h.isEnglishCompany(text)
}

// areCompanyHeaders reports whether all parts of a text are names of companies
// without 名称.
func (h headerParser) areCompanyHeaders(text string) bool {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/、|\\", r) })
	return !slices.ContainsFunc(parts, func(part string) bool { return !h.hasWord(companyHeaders, part) })
}

func (h headerParser) isEnglishCompany(text string) bool {
	rest := text
	for {
		after, ok := h.cutWord(englishPrefixes, rest)
		if !ok {
			break
		}
		rest = after
	}
	after, ok := h.cutWord(englishCompanies, rest)
	return ok && h.hasWord(englishNames, after)
}

// cutPersons cuts off the words for the person in charge of a company, of which
// there may be several: 法定代表人/单位负责人. It returns the whole text if there are none.
func (h headerParser) cutPersons(text string) (rest string) {
	rest, main := text, false
	for {
		at := rest
		if main {
			at, _ = cutJoiner(rest)
		}
		after, ok := h.cutPerson(at)
		if !ok {
			break
		}
		rest, main = after, true
		for {
			joined, is := cutJoiner(rest)
			after, ok := h.cutWord(accompanyingPersons, joined)
			if !is || !ok {
				break
			}
			rest = after
		}
	}
	return rest
}

func (h headerParser) cutPerson(text string) (rest string, ok bool) {
	for _, of := range []string{text, h.trimCompany(text)} {
		for _, words := range []string{legalPersons, headPersons, tradePersons} {
			if rest, ok := h.cutWord(words, of); ok {
				return rest, true
			}
		}
	}
	return text, false
}

// trimCompany removes the company that a person belongs to.
func (h headerParser) trimCompany(text string) string {
	rest, _ := h.cutCompany(text)
	return strings.TrimPrefix(rest, "的")
}

// parsePerson parses the name of the person in charge of a company. 法人名称 may be
// that of either.
func (h headerParser) parsePerson(text string) (headerMeaning, bool) {
	n := headerMeaning{juhe.Realname, rankOther}
	if h.hasWord(personHeaders, text) {
		return n, true
	}
	rest := h.cutPersons(text)
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
	return n, h.hasWord(personNames, rest)
}

// parseID parses the number of that person's document.
func (h headerParser) parseID(text string) (headerMeaning, bool) {
	n := headerMeaning{juhe.Idcard, rankOther}
	rest := h.cutPersons(text)
	owned := rest != text
	rest = strings.TrimPrefix(rest, "的")
	if owned && h.hasWord(idNumbersOfOwner, rest) {
		return n, true
	}
	rest, ok := h.cutWord(idNumbers, rest)
	if !ok {
		return n, false
	}
	for rest != "" {
		joined, is := cutJoiner(rest)
		after, ok := h.cutWord(otherDocuments, joined)
		if !ok {
			after, ok = h.cutWord(idNumbers, joined)
		}
		if !is || !ok {
			return n, false
		}
		rest = after
	}
	return n, true
}

// isParameterName reports whether a header is the name of a request parameter.
func (h headerParser) isParameterName(header string) bool {
	n, ok := h.parse(header)
	return ok && n.rank == rankParameter
}
