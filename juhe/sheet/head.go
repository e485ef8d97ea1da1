package sheet

import (
	"strings"
	"unicode"
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
func Match(head []string, org bool) (Mapping, [4]MatchProblem) {
	folded := make([]string, len(head))
	for i, text := range head {
		folded[i] = fold(text)
	}
	var m Mapping
	var problems [4]MatchProblem
	for i, ranks := range known(org) {
		m[i], problems[i] = best(folded, ranks)
	}
	return m, problems
}

// best is the one column of the first rank that has any.
func best(head []string, ranks [][]string) (int, MatchProblem) {
	for _, names := range ranks {
		found := -1
		for column, text := range head {
			for _, name := range names {
				if text != name {
					continue
				}
				if found >= 0 {
					return -1, MatchTwice
				}
				found = column
			}
		}
		if found >= 0 {
			return found, MatchOK
		}
	}
	return -1, MatchMissing
}

// fold makes heads equal that people take for equal: capitals, blanks, full
// width, what is in brackets, and * _ - : / do not count.
func fold(head string) string {
	var b strings.Builder
	depth := 0
	for _, r := range unwrap(head) {
		if '！' <= r && r <= '～' {
			r -= '！' - '!'
		}
		switch r = unicode.ToLower(r); {
		case strings.ContainsRune("([{<【〔《", r):
			depth++
		case strings.ContainsRune(")]}>】〕》", r):
			depth = max(depth-1, 0)
		case depth > 0, unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r), strings.ContainsRune("*_-:/、.", r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// known are the heads of each factor, folded, by rank: the names on the wire and
// in the console, then the others. A credit code goes before a registration
// number, and that before an organisation code, but for the endpoint that wants
// just that. 企业法人名称 is what the API document of queryV2 calls realname.
func known(org bool) [4][][]string {
	own := []string{"entmark", "企业标识", "companymark"}
	uscc := []string{
		"统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "企业信用代码", "统一代码", "统一社会信用代码注册号", "统一社会信用代码或注册号",
		"注册号统一社会信用代码", "uscc", "creditcode", "unifiedsocialcreditcode", "socialcreditcode", "unifiedcreditcode", "creditno",
	}
	regno := []string{
		"注册号", "工商注册号", "企业注册号", "注册号码", "工商注册号码", "营业执照号", "营业执照号码", "营业执照注册号", "营业执照编号", "registrationnumber",
		"registrationno", "regno", "businesslicense", "businesslicensenumber", "businesslicenseno", "licensenumber",
	}
	orgcode := []string{"组织机构代码", "组织机构代码证", "组织机构代码证号", "机构代码", "orgcode", "organisationcode", "organizationcode"}
	marks := [][]string{own, uscc, regno, orgcode}
	person := [][]string{
		{"realname", "姓名", "name"},
		{
			"法人", "法人姓名", "法定代表人", "法定代表人姓名", "法人代表", "法人代表姓名", "法代姓名", "企业法人", "企业法人姓名", "负责人", "负责人姓名", "经营者", "经营者姓名",
			"真实姓名", "人员姓名", "legalrepresentative", "legalrepresentativename", "legalperson", "legalpersonname", "representative", "fullname", "personname",
		},
		{"企业法人名称"},
	}
	if org {
		marks = [][]string{orgcode, own, uscc, regno}
		person[0] = append(person[0], "企业法人名称")
		person = person[:2]
	}
	return [4][][]string{
		{
			{"entname", "企业名称", "companyname"},
			{
				"公司名称", "单位名称", "企业全称", "公司全称", "单位全称", "企业名", "公司名", "单位名", "公司", "企业", "单位", "机构名称", "商户名称", "客户名称",
				"组织名称", "主体名称", "市场主体名称", "企业公司名称", "enterprisename", "enterprise", "company", "corporatename", "corporation", "organisationname",
				"organizationname", "businessname", "entityname", "firmname",
			},
			{"名称"},
		},
		marks,
		person,
		{
			{"idcard", "证件号码", "documentnumber"},
			{
				"证件号", "证件编号", "身份证号", "身份证号码", "身份证", "身份证件号", "身份证件号码", "居民身份证号", "居民身份证号码", "公民身份号码", "公民身份证号码", "法人身份证",
				"法人身份证号", "法人身份证号码", "法人证件号", "法人证件号码", "法定代表人身份证", "法定代表人身份证号", "法定代表人身份证号码", "法定代表人证件号码",
				"法定代表人证件号", "负责人身份证号", "负责人身份证号码", "负责人证件号码", "idnumber", "idno", "idcardnumber", "idcardno", "documentno", "identitycard",
				"identitynumber", "identitycardnumber", "certno", "certificatenumber", "certificateno", "personalid",
			},
		},
	}
}

// headRows are as many rows as may stand above the table.
const headRows = 20

// FindHead looks for the head in the first rows: the first row in which Match
// finds every factor. Where there is none, ok is false, and what comes back is
// the row in which most are found, number 0 if none is in any. An error of
// reading ends the search; Rows tells it.
func FindHead(in *Input, org bool) (number int, head []string, mapping Mapping, ok bool) {
	mapping = Mapping{-1, -1, -1, -1}
	most := 0
	top, _ := in.Top(headRows)
	for _, row := range top {
		texts := row.Texts()
		m, problems := Match(texts, org)
		found := 0
		for _, p := range problems {
			if p != MatchMissing {
				found++
			}
		}
		if found > most {
			most, number, head, mapping = found, row.Number, texts, m
		}
		if m.Complete() {
			return row.Number, texts, m, true
		}
	}
	return number, head, mapping, false
}
