package detect_test

import (
	"fmt"
	"strings"
	"testing"

	"fourfactor/juhe"
	"fourfactor/juhe/detect"
)

// TestSingleHeaders: the factor of a single header, from public systems, banks,
// shops and registers.
func TestSingleHeaders(t *testing.T) {
	t.Parallel()
	heads := map[string]string{
		"entname": `企业名称 公司名称 单位名称 机构名称 组织名称 商户名称 客户名称 供应商名称 供货商名称 服务商名称 经销商名称 厂商名称 企业全称 公司全称 单位全称 商户全称 客户全称
			企业名 公司名 单位名 企业 公司 名称 全称 主体名称 市场主体名称 经营主体名称 企业主体名称 签约主体名称 个体工商户名称 个体户名称 登记名称 注册名称 工商注册名称 工商登记名称
			营业执照名称 企业注册名称 公司注册名称 商户注册名称 企业中文名称 公司中文全称 开户单位 开户单位名称 存款人名称 纳税人名称 申请单位 申请企业名称 用人单位名称 参保单位名称 投保单位名称
			法人单位名称 法人企业名称 供应商 供应商全称 供应商公司名称 客户单位名称 企业（机构）名称 企业(公司)名称 单位名称（公章） 企业/公司名称 企业名称/个体工商户名称 公司/个体户名称 企业名称（与营业执照一致）
			公司全称（与营业执照一致） 企业名称（请勿使用简称） 企业名称（必填） *企业名称 企业名称* 企业名称： 【必填】企业名称 企业名称【必填】 企业名称，必填 必填，企业名称 企业名称（必填，全称）
			企业名称（以营业执照为准） 企业名称（营业执照上的全称） 企业名称（例如：北京某某有限公司） 企业名称(CompanyName) 企业名称CompanyName 企业名称/CompanyName 开户申请单位名称 投标人名称 借款单位 贷款单位名称 用工单位 供应商名称（盖章） 1.企业名称 ①企业名称 ⑴企业名称 （1）企业名称 一、企业名称 企業名稱 供應商名稱 個體工商戶名稱
			CompanyName company_name ENTNAME ent_name Company Enterprise EnterpriseName CorporateName corp_name SupplierName VendorName MerchantName EntityName LegalEntityName BusinessName FirmName RegisteredCompanyName
			CompanyRegisteredName CompanyLegalName NameofCompany CompanyFullName NameoftheCompany 企业（字号）名称 字号名称 个体工商户字号名称 企业名称（须与营业执照名称一致，勿简写） OrganizationName qymc gsmc dwmc`,
		"entmark": `统一社会信用代码 社会统一信用代码 统一社会信用编码 统一社会信用代号 统一社会信用码 统一信用代码 社会信用代码 信用代码 统一代码 企业统一社会信用代码 公司统一社会信用代码 单位统一社会信用代码 商户统一社会信用代码
			供应商统一社会信用代码 个体工商户统一社会信用代码 法人统一社会信用代码 法人和其他组织统一社会信用代码 营业执照统一社会信用代码 统一社会信用代码号 统一社会信用代码证号 企业信用代码 统一社会信用代码/注册号 统一社会信用代码或注册号
			注册号/统一社会信用代码 统一社会信用代码（或注册号） 统一社会信用代码（纳税人识别号） 统一社会信用代码(税号) 统一社会信用代码（登记证号） 统一社会信用代码（18位） 统一社会信用代码，18位 统一社会信用代码18位 18位统一社会信用代码 统一社会信用代码（18位数字或字母）
			统一社会信用代码（必填，18位） *统一社会信用代码 统一社会信用代码： 统一社会信用代码【必填】 税号 纳税人识别号 纳税识别号 税号/纳税人识别号 纳税人识别号/税号 企业税号 公司税号 注册号 工商注册号 企业注册号 工商登记号 登记注册号
			营业执照号 营业执照号码 营业执照编号 营业执照注册号 企业营业执照号 执照号码 组织机构代码 组织机构代码证号 企业标识 三证合一代码 统一社会信用代码/组织机构代码 统一社会信用代码(营业执照注册号) 統一社會信用代碼
			USCC USCI creditCode CreditNo uniscid UnifiedSocialCreditCode UnifiedSocialCreditIdentifier UniformSocialCreditCode SocialCreditCode social_credit_code CompanyCreditCode CreditCodeofCompany 统一社会信用代码（无则填注册号） 供应商统一社会信用代码（18位） 社会信用代码（纳税人识别号） 统一社会信用代码/组织机构代码/注册号 TaxID TaxpayerID TaxNumber RegistrationNumber RegNo
			BusinessLicenseNumber BusinessLicenceNo. CompanyRegistrationNumber OrgCode CompanyID CompanyMark entmark tyshxydm nsrsbh zch`,
		"realname": `姓名 真实姓名 法定代表人 法定代表人姓名 法人代表 法人代表姓名 法人代表人 法人 法人姓名 法代姓名 企业法人 企业法人姓名 公司法人 单位法人姓名 企业法定代表人 公司法定代表人姓名 负责人 负责人姓名 企业负责人 单位负责人 主要负责人
			经营者 经营者姓名 个体经营者姓名 法定代表人/负责人 法定代表人/单位负责人 法定代表人（负责人） 法定代表人（负责人）姓名 法定代表人或负责人 法定代表人或负责人姓名 法人/负责人姓名 法人（负责人） 法定代表人、负责人 法定代表人/负责人/经营者
			法定代表人（负责人、经营者） 法定代表人/执行事务合伙人 法定代表人（执行事务合伙人） 法人姓名（与身份证一致） 姓名（与身份证一致） 姓名（必填） *法人姓名 法定代表人： 法人姓名【必填】 姓名（法定代表人） 法定代表人名称
			法定代表人LegalRepresentative 法人姓名(LegalRepresentative) 法定代表人的姓名 realname Name FullName LegalRepresentative LegalRepresentativeName LegalRepresentative'sName LegalRep LegalRepName
			经营者/法人姓名 经营者姓名/法定代表人姓名 法定代表人(负责人)/经营者 NameofLegalRepresentative LegalPerson legal_person_name CorporateRepresentative PersonInCharge frxm fddbr fddbrxm xm`,
		"idcard": `身份证号 身份证号码 身份证 证件号码 证件号 证件编号 居民身份证号 居民身份证号码 公民身份号码 公民身份证号码 身份证件号码 有效身份证件号码 身份证编号 身份号码 法人身份证 法人身份证号 法人身份证号码 法人代表身份证号 法人代表身份证号码
			法定代表人身份证 法定代表人身份证号 法定代表人身份证号码 法定代表人证件号码 法定代表人证件编号 法人证件号码 法人证件编号 法人证件号 企业法人身份证号 企业法人身份证号码 公司法人身份证号 企业法定代表人身份证号码 负责人身份证 负责人身份证号
			负责人身份证号码 企业负责人身份证号 单位负责人身份证号码 经营者身份证号 经营者身份证号码 经营者身份证 法定代表人/负责人身份证号 法定代表人（负责人）身份证号码 法定代表人(负责人)证件号码 法人/负责人证件号码 法定代表人或负责人身份证号
			身份证号（法定代表人） 证件号码（身份证） 身份证号码（请设为文本格式） 身份证号（必填，18位） 身份证号，18位 身份证号码18位 *身份证号 身份证号【必填】 身份证号： 身份证号（末位X请大写） 身份证/护照号 身份证号/护照号码 身份证或护照号码
			法人身份证(18位) 身份证号码（与姓名一致） 身份證號碼 法定代表人的身份证号 idcard IDNumber IDNo. IDCard IDCardNumber IDCardNo id_card_no IdentityCardNumber NationalID ResidentIDNumber LegalRepresentativeID
			经营者/法人证件号码 法定代表人（负责人）身份证件号码 法定代表人有效身份证件号码 法人二代身份证号码 IDNumberofLegalRepresentative LegalRepID LegalPersonIDNumber LegalRepresentativeIDCardNo DocumentNumber CertNo sfzh sfzhm zjhm frsfzh`,
		"": `序号 店铺名称 门店名称 品牌名称 产品名称 项目名称 部门名称 企业简称 商户简称 曾用名 企业曾用名 企业英文名称 企业名称（英文） 企业名称（曾用名） 原企业名称 上级单位名称 主管单位 母公司名称 集团名称 分公司名称 开户行名称 开户银行 银行名称 推荐单位
			担保单位名称 登记机关 企业登记机构名称 企业类型 企业地址 企业电话 企业编号 客户编号 供应商编码 供应商编号 商户号 单位编号 机构代码 机构信用代码 企业机构信用代码 个人信用代码 上级统一社会信用代码 母公司统一社会信用代码 股东统一社会信用代码
			统一社会信用代码有效期 营业执照 营业执照照片 营业执照有效期 许可证号 开户许可证号 商标注册号 信用等级 注册资本 注册地址 法人名称 企业法人名称 法人类型 法人电话 法人手机号 法人住址 法人证件类型 法定代表人证件类型 法定代表人电话
			联系人 联系人姓名 经办人 经办人姓名 受益人 受益所有人姓名 股东 股东名称 股东姓名 实际控制人 实际控制人姓名 财务负责人 项目负责人 业务负责人 分支机构负责人 授权人 代理人姓名 申请人 填报人 董事长 总经理 监事 客户经理 配偶姓名 投资人
			姓名（联系人） 姓名（经办人） 姓名/公司名称 姓名/名称 法人/证件号码 联系人身份证号 经办人身份证号码 实际控制人身份证号 受益人证件号码 股东证件号码 财务负责人身份证号 身份证号（经办人） 身份证号（配偶） 身份证号（原） 企业证件号码 客户证件号码
			证件号码（企业） 证件号码（注册号） 证件号码（营业执照） 证件号码（登记号） 证件类型 证件有效期 身份证有效期 法人身份证正面照片 法人身份证有效期 法人身份证地址 护照号 手机号 营业状态 备注 注册日期 业主 企业名称（姓名） 法定代表人（签字）
			Contact ContactName ContactPerson ShareholderName BeneficialOwner ParentCompany BankName BrandName ShopName EnglishName CompanyAddress CompanyType Phone ID No. Status Email ContactIDNumber NameofContact IDNumberofContactPerson 海关注册编码 乙方名称 乙方法定代表人 法定代表人1 超级管理员姓名 超级管理员身份证件号码 授权代表 RegisteredName LegalName CustomerID OfficeName AgentName`,
	}
	count := 0
	for want, all := range heads {
		for header := range strings.FieldsSeq(all) {
			count++
			if got := matchedFactor(header, false); got != want {
				t.Errorf("%q is %q, want %q", header, got, want)
			}
		}
	}
	for header, want := range map[string]string{"企 业 名 称": "entname", "姓　名": "realname", "身 份 证 号": "idcard", "Company Name": "entname", "Legal representative's name": "realname", "ID No.": "idcard", "企业名称\n（与营业执照一致）": "entname", "统一社会信用代码\n18位": "entmark", "证件\n号码": "idcard", "企业名称 Company Name": "entname", "Company Name 企业名称": "entname"} {
		if got := matchedFactor(header, false); got != want {
			t.Errorf("%q is %q, want %q", header, got, want)
		}
	}
	if matchedFactor("机构代码", true) != "entmark" || matchedFactor("企业法人名称", true) != "realname" || count < 380 {
		t.Error("on queryV2", count)
	}
}

// matchedFactor returns the factor that a single header names.
func matchedFactor(header string, org bool) string {
	m := detect.MatchHeader([]string{header}, org)
	for f, column := range m {
		if column == 0 {
			return juhe.Factor(f).String()
		}
	}
	return ""
}

// TestHeaderWords: any combination of an owner, a kind and a note makes a header.
func TestHeaderWords(t *testing.T) {
	t.Parallel()
	forms := []string{"%s", "*%s", "%s*", "%s：", "%s（必填）", "%s(必填，18位)", "%s【必填】", "%s，18位", "%s （与身份证一致）", "2.%s", "%s（选填）", "%s\n（必填）", "（必填）%s", "`%s", "“%s”"}
	for _, owner := range strings.Fields("法定代表人 法人 法人代表 企业法人 公司法人 单位法人 企业法定代表人 负责人 企业负责人 单位负责人 经营者 法定代表人/负责人 法定代表人（负责人） 法人或负责人 法定代表人、经营者") {
		for want, kinds := range map[string]string{"realname": " 姓名 真实姓名", "idcard": "身份证 身份证号 身份证号码 证件号 证件号码 证件编号 居民身份证号码 身份证件号码"} {
			for _, kind := range strings.Split(kinds, " ") {
				for _, form := range forms {
					header := fmt.Sprintf(form, owner+kind)
					if got := matchedFactor(header, false); got != want {
						t.Errorf("%q is %q, want %q", header, got, want)
					}
				}
			}
		}
	}
	for _, owner := range strings.Fields("联系人 经办人 受益人 股东 实际控制人 财务负责人 配偶 授权代理人 申请人 监事 董事 法人配偶 企业联系人 项目负责人 原法定代表人") {
		for _, kind := range []string{"", "姓名", "身份证", "身份证号", "身份证号码", "证件号码"} {
			for _, form := range forms {
				if header := fmt.Sprintf(form, owner+kind); matchedFactor(header, false) != "" {
					t.Errorf("%q is %q", header, matchedFactor(header, false))
				}
			}
		}
	}
}

// TestHeaderRows: header rows of public systems: a column is chosen only if it is
// the only candidate.
func TestHeaderRows(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ header, want string }{
		{"商户名称;法定代表人;法人证件号码;统一社会信用代码;营业执照;纳税人识别号;组织机构代码;注册号;经营状态", "0 3 1 2"},
		{"类型;姓名/公司名称;手机号;身份证号;统一社会信用代码;联系人;联系人电话;银行账号", "missing 4 missing 3"},
		{"企业名称;统一社会信用代码，18位;法定代表人姓名;法定代表人身份证号", "0 1 2 3"},
		{"客户名称;证件类型;证件号码;法定代表人姓名;法定代表人证件类型;法定代表人证件号码", "0 missing 3 5"},
		{"公司全称（与营业执照一致）;税号;法人;法人身份证", "0 1 2 3"},
		{"企业（机构）名称;统一社会信用代码（纳税人识别号）;法定代表人（负责人）姓名;证件号码（身份证）", "0 1 2 3"},
		{"企业名称;统一社会信用代码;法定代表人;法定代表人身份证号;实际控制人;实际控制人身份证号", "0 1 2 3"},
		{"店铺名称;主体名称;统一社会信用代码;法人姓名;法人身份证号", "1 2 3 4"},
		{"登记名称;统一社会信用代码;法定代表人;证件号", "0 1 2 3"},
		{"企业名称;统一社会信用代码;姓名;证件类型;证件号码;手机号码", "0 1 2 4"},
		{"开户单位;社会信用代码;法人姓名;法人证件编号", "0 1 2 3"},
		{"公司名称;经营状态;法定代表人;注册资本;统一社会信用代码;纳税人识别号;注册号;组织机构代码;身份证号", "0 4 2 8"},
		{"企业名称;统一社会信用代码（或注册号）;姓名（法定代表人）;身份证号（法定代表人）", "0 1 2 3"},
		{"企 业 名 称;统一社会信用代码;姓　名;身份证号码", "0 1 2 3"},
		{"企业名称（请勿使用简称）;统一社会信用代码（18位数字或字母）;法人姓名（与身份证一致）;身份证号码（请设为文本格式）", "0 1 2 3"},
		{"序号;企业名称;统一社会信用代码;法人代表;法人代表身份证号码", "1 2 3 4"},
		// 企查查, 爱企查 and others, with a column added.
		{"企业名称;登记状态;法定代表人;注册资本;成立日期;统一社会信用代码;企业注册地址;电话;所属省份;所属行业;英文名;工商注册号;组织机构代码;纳税人识别号;曾用名;法定代表人身份证号", "0 5 2 15"},
		{"公司名称;公司英文名;统一社会信用代码;注册号;法人;法人身份证;联系人;联系电话;邮箱", "0 2 4 5"},
		// Payment and shops.
		{"商户名称;商户简称;营业执照名称;统一社会信用代码;法人姓名;法人身份证号;结算人姓名;结算人身份证号", "2 3 4 5"},
		{"商户编号;商户全称;营业执照号;经营者姓名;经营者身份证号;联系人姓名;联系人手机号", "1 2 3 4"},
		{"商户名称;主体名称;统一社会信用代码;法人姓名;法人身份证号", "twice 2 3 4"},
		// Banks.
		{"存款人名称;统一社会信用代码;法定代表人或单位负责人姓名;法定代表人或单位负责人证件号码;经办人姓名;经办人证件号码", "0 1 2 3"},
		{"客户名称;证件号码;统一社会信用代码;法定代表人", "0 2 3 twice"},
		{"企业名称;法定代表人;证件类型;证件号码;统一社会信用代码", "0 4 1 3"},
		{"单位名称;机构信用代码;统一社会信用代码;法定代表人;身份证件号码", "0 2 3 4"},
		// Tax.
		{"纳税人名称;纳税人识别号;法定代表人姓名;身份证件号码;财务负责人姓名;办税人姓名", "0 1 2 3"},
		{"纳税人识别号;注册号;公司名称;法定代表人;身份证号", "2 twice 3 4"},
		// Persons beside each other.
		{"企业名称;统一社会信用代码;法定代表人;联系人;身份证号", "0 1 2 twice"},
		{"企业名称;统一社会信用代码;法定代表人;联系人电话;身份证号", "0 1 2 4"},
		{"企业名称;统一社会信用代码;法定代表人;股东名称;证件类型;证件号码;出资比例", "0 1 2 twice"},
		{"企业名称;统一社会信用代码;法定代表人;身份证号;联系人;联系电话", "0 1 2 3"},
		{"企业名称;统一社会信用代码;法定代表人;项目负责人;身份证号", "0 1 2 twice"},
		{"企业名称;统一社会信用代码;法定代表人;身份证号;负责人;负责人身份证号", "0 1 twice twice"},
		{"企业名称;统一社会信用代码;法定代表人;法定代表人身份证号;负责人;负责人身份证号", "0 1 twice twice"},
		{"企业名称;统一社会信用代码;法定代表人;负责人;法定代表人身份证号", "0 1 2 4"},
		{"企业名称;统一社会信用代码;联系人;联系人身份证号", "0 1 missing missing"},
		// Our own exports.
		{"时间;结果;企业名称;企业标识;姓名;证件号码;说明;结果码;经营状态;是否计费;接口;流水号;状态信息;提醒;用时（毫秒）;编号;服务", "2 3 4 5"},
		{"Time;Outcome;Company name;Company ID;Name;ID number;Meaning;Code;Status", "2 3 4 5"},
		{"Time;Outcome;Company name;Company mark;Name;Document number;Meaning;Code", "2 3 4 5"},
		{"id;at;service;api;entname;entmark;realname;idcard;outcome;billable;masked", "4 5 6 7"},
	} {
		m := detect.MatchHeader(strings.Split(test.header, ";"), false)
		got := strings.NewReplacer("-1", "missing", "-2", "twice").Replace(strings.Trim(fmt.Sprint(m), "[]"))
		if got != test.want {
			t.Errorf("%s: %v, want %s", test.header, got, test.want)
		}
	}
}
