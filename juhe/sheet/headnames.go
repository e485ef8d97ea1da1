package sheet

// rank tells names of a factor apart where that matters.
type rank uint8

const (
	rankOther rank = iota
	rankWire       // the name on the wire
	rankAny        // a mark of any kind: it may be what another column is
	rankCredit
	rankRegistration
	rankOrganisation
)

// headName is what a head may say.
type headName struct {
	factor int
	rank   rank
}

// headNames are what heads may say, folded, and what may stand in brackets in a
// head of each factor.
type headNames struct {
	org   bool
	names map[string]headName
	notes [4]map[string]bool
}

// known are the names of the factors. 单位 is as often the unit of a column, and
// 机构代码 that of a branch: the second is known for the endpoint alone that wants
// an organisation code. 企业法人名称 is what the API document of queryV2 calls
// realname, and elsewhere a company.
func known(org bool) headNames {
	k := headNames{org: org, names: map[string]headName{}}
	for factor, name := range Factors() {
		k.add(factor, rankWire, name)
		k.notes[factor] = map[string]bool{}
	}
	k.add(0, rankOther, "企业名称", "公司名称", "单位名称", "企业全称", "公司全称", "单位全称", "企业名", "公司名", "单位名", "公司", "企业",
		"机构名称", "商户名称", "客户名称", "组织名称", "主体名称", "市场主体名称", "企业公司名称", "名称", "companyname", "enterprisename",
		"enterprise", "company", "corporatename", "corporation", "organisationname", "organizationname", "businessname", "entityname",
		"firmname", "nameofcompany", "nameofthecompany", "nameofenterprise", "companyfullname")
	k.add(1, rankAny, "企业标识", "companymark")
	k.add(1, rankCredit, "统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "企业信用代码", "统一代码", "统一社会信用代码注册号",
		"统一社会信用代码或注册号", "注册号统一社会信用代码", "uscc", "creditcode", "unifiedsocialcreditcode", "socialcreditcode",
		"unifiedcreditcode", "creditno", "uniscid")
	k.add(1, rankRegistration, "注册号", "工商注册号", "企业注册号", "注册号码", "工商注册号码", "营业执照号", "营业执照号码", "营业执照注册号",
		"营业执照编号", "registrationnumber", "registrationno", "regno", "businesslicense", "businesslicensenumber", "businesslicenseno",
		"licensenumber", "licenseno", "businesslicence", "businesslicencenumber", "businesslicenceno", "licencenumber", "licenceno")
	k.add(1, rankOrganisation, "组织机构代码", "组织机构代码证", "组织机构代码证号", "orgcode", "organisationcode", "organizationcode")
	k.add(2, rankOther, "姓名", "name", "法人", "法人姓名", "法定代表人", "法定代表人姓名", "法人代表", "法人代表姓名", "法代姓名", "企业法人",
		"企业法人姓名", "负责人", "负责人姓名", "经营者", "经营者姓名", "真实姓名", "人员姓名", "legalrepresentative", "legalrepresentativename",
		"legalrep", "legalrepname", "legalperson", "legalpersonname", "representative", "fullname", "personname", "frname")
	k.add(3, rankOther, "证件号码", "documentnumber", "证件号", "证件编号", "身份证号", "身份证号码", "身份证", "身份证件号", "身份证件号码", "居民身份证号",
		"居民身份证号码", "公民身份号码", "公民身份证号码", "法人身份证", "法人身份证号", "法人身份证号码", "法人证件号", "法人证件号码", "法定代表人身份证",
		"法定代表人身份证号", "法定代表人身份证号码", "法定代表人证件号码", "法定代表人证件号", "负责人身份证号", "负责人身份证号码", "负责人证件号码",
		"idnumber", "idno", "idcardnumber", "idcardno", "documentno", "identitycard", "identitynumber", "identitycardnumber", "certno",
		"certificatenumber", "certificateno", "personalid", "fridno", "fridcard")
	if org {
		k.add(1, rankAny, "机构代码")
		k.add(2, rankOther, "企业法人名称")
	}
	k.note(0, "全称", "单位全称", "企业全称", "公司全称", "机构", "公司", "单位", "企业", "中文", "营业执照", "与营业执照一致", "fullname", "legalname")
	k.note(1, "纳税人识别号", "税号", "三证合一", "营业执照", "或注册号")
	for _, factor := range []int{2, 3} {
		k.note(factor, "法人", "法定代表人", "法人代表", "负责人", "经营者", "执行事务合伙人", "legalperson", "legalrepresentative", "legalrep")
	}
	k.note(2, "姓名", "全名", "fullname")
	k.note(3, "身份证", "身份证号", "身份证号码", "居民身份证")
	for name, n := range k.names { // 统一社会信用代码（注册号）
		if n.factor == 1 {
			k.notes[1][name] = true
		}
	}
	return k
}

func (k headNames) add(factor int, r rank, names ...string) {
	for _, name := range names {
		k.names[name] = headName{factor, r}
	}
}

func (k headNames) note(factor int, notes ...string) {
	for _, note := range notes {
		k.notes[factor][note] = true
	}
}

// of is the factor that a head names. Of 法定代表人/负责人 each part has to.
func (k headNames) of(head string) (factor int, r rank, ok bool) {
	whole := fold(head)
	if n, ok := k.one(whole); ok {
		return n.factor, n.rank, true
	}
	parts := alternatives(head)
	if len(parts) < 2 {
		return 0, 0, false
	}
	var found *headName
	for _, part := range parts {
		n, ok := k.one(fold(part))
		switch {
		case !ok && found != nil && k.notes[found.factor][fold(part).text]:
		case !ok, found != nil && n.factor != found.factor:
			return 0, 0, false
		case found == nil:
			found = &n
		case n.rank != found.rank && n.rank != rankWire:
			found.rank = min(found.rank, n.rank)
		}
	}
	return found.factor, found.rank, true
}

// wire tells whether a head is a name on the wire.
func (k headNames) wire(head string) bool {
	_, r, _ := k.of(head)
	return r == rankWire
}

// one is what a head without alternatives names. What stands in its brackets has
// to be harmless: 姓名（联系人） is another person.
func (k headNames) one(head folded) (headName, bool) {
	n, ok := k.names[head.text]
	if !ok {
		return n, false
	}
	for _, note := range head.notes {
		if !harmless(note) && !k.notes[n.factor][note] {
			return n, false
		}
	}
	return n, true
}
