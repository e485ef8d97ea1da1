package detect

// The words of headers, as foldText returns them. A header with any other word is
// unknown, and the operator is asked: 联系人, 股东, 上级单位.
const (
	// companies are words for the company.
	companies = "企业 公司 单位 机构 组织 商户 商家 客户 供应商 供货商 供应单位 供货单位 服务商 服务单位 经销商 代理商 加盟商 渠道商 厂商 厂家 生产企业 生产厂家 承包商 分包商 承运商 " +
		"合作商 合作企业 合作单位 合作公司 个体工商户 个体户 个体 个体经营户 主体 市场主体 经营主体 商事主体 企业主体 公司主体 商户主体 字号 店铺主体 登记主体 认证主体 签约主体 入驻主体 注册主体 法人主体 法人单位 法人企业 法人机构 法人组织 " +
		"申请企业 申请单位 申请公司 申请机构 申报单位 申报企业 入驻企业 入驻公司 注册企业 注册公司 注册单位 登记企业 签约企业 签约公司 签约单位 " +
		"用人单位 参保单位 缴费单位 缴存单位 投保单位 用工单位 开户单位 开户企业 开户公司 开户申请单位 存款人 借款单位 借款企业 贷款单位 贷款企业 融资企业 授信企业 核验企业 被核验企业 待核验企业 目标企业 目标公司 经营单位 开票单位 纳税人 投标人 投标单位 投标企业 入库企业 会员单位 会员企业 参展企业 参展商 " +
		"事业单位 社会组织 社会团体 民办非企业单位 农民专业合作社 合作社"
	// companyNames follow those. companyNamePrefixes stand between the two, or alone.
	companyNames        = "名称 全称 全名 名字 名称全称"
	companyNamePrefixes = "注册 登记 工商 工商注册 工商登记 注册登记 登记注册 营业执照 执照 营业执照上的"
	// companyNameKinds stand between them too, but not alone.
	companyNameKinds = "中文 法定 完整 正式 法人"
	// companyHeaders are names of companies without 名称.
	companyHeaders = "公司 企业 企业名 公司名 单位名 商户名 机构名 供应商名 供应商 供货商 经销商 开户单位 开户企业 申请单位 申请企业 申请公司 借款单位 贷款单位 用工单位 用人单位 参保单位 投保单位 签约主体 市场主体 经营主体 签约公司 " +
		"供货单位 供应单位 入驻企业 合作企业 参展企业 被核验企业 核验企业 待核验企业 借款企业 贷款企业 融资企业 授信企业 会员单位 会员企业 投标单位 主体公司 " +
		"companyname enterprisename enterprise company corporatename corporation corpname organisationname organizationname businessname entityname firmname qymc gsmc dwmc qyqc gsqc qymch"

	creditCodes = "统一社会信用代码 社会统一信用代码 统一社会信用编码 统一社会信用码 统一社会信用代号 统一社会信用号 统一社会信用 统一信用代码 社会信用代码 社会统一代码 统一社会代码 统一代码 信用代码 信用编码 社会信用编码 " +
		"统一社会机构信用代码 统一社会信用机构代码 统一社会组织信用代码 三证合一代码 三证合一号 三证合一号码 五证合一代码 多证合一代码 " +
		"uscc usci uscccode usccno usccnumber creditcode creditno creditnumber uniscid unifiedsocialcreditcode unifiedsocialcreditno unifiedsocialcreditnumber unifiedsocialcreditid unifiedsocialcreditidentifier " +
		"uniformsocialcreditcode unisocialcreditcode unifiedsocialcode socialcreditcode socialcreditno socialcreditnumber unifiedcreditcode unifiedcode unicreditcode unifiedcreditno tyshxydm shxydm tyxydm xydm tydm tyshxym"
	taxNumbers = "税号 纳税人识别号 纳税识别号 纳税人识别码 纳税人税号 纳税号 税务登记号 税务登记证号 税务识别号 纳税人识别编号 纳税人识别号码 taxid taxno taxnumber taxcode taxpayerid taxpayerno taxpayernumber " +
		"taxpayeridentificationnumber taxidentificationnumber taxpayeridnumber taxregistrationnumber tin nsrsbh"
	registrations = "注册号 注册号码 工商注册号 工商注册号码 工商登记号 工商登记注册号 工商登记证号 登记注册号 注册登记号 工商号 营业执照号 营业执照号码 营业执照编号 营业执照注册号 营业执照注册号码 营业执照代码 营业执照证号 执照号 执照号码 执照编号 " +
		"执照注册号 工商执照号 工商营业执照号 工商营业执照注册号 工商营业执照号码 registrationnumber registrationno regno regnumber registrationid businesslicense businesslicensenumber businesslicenseno businesslicenseid licensenumber licenseno " +
		"businesslicence businesslicencenumber businesslicenceno licencenumber licenceno businessregistrationnumber businessregistrationno zch yyzzh yyzzhm"
	organisations = "组织机构代码 组织机构代码证 组织机构编码 组织机构号 orgcode organisationcode organizationcode organisationinstitutioncode organizationinstitutioncode zzjgdm"
	// companyIDEnds may follow one of them, and companyIDOwners may precede it.
	companyIDEnds   = "证 证号 证号码 号 号码 编号 证编号"
	companyIDOwners = "营业执照 执照 工商 证照 法人和其他组织 法人及其他组织 法人或其他组织 法人 营业执照上"

	legalPersons = "法定代表人 法人代表人 法人代表 法定代表 法定人代表 法人 法代 legalrepresentative legalrepresentatives legalrep legalperson legalpersons corporaterepresentative legalpersonrepresentative frdb fddbr fr lerep"
	headPersons  = "主要负责人 负责人 personincharge responsibleperson"
	tradePersons = "个体工商户经营者 个体经营者 经营者 业主 proprietor"
	// accompanyingPersons mean the legal person only next to one of the words above.
	accompanyingPersons = "执行事务合伙人 执行事务合伙人委派代表 委派代表 投资人 出资人 执行合伙人"
	personNames         = "姓名 名字 真实姓名 中文姓名 全名 姓名全称 名 name fullname chinesename xm mc"
	personHeaders       = "姓名 真实姓名 人员姓名 中文姓名 name fullname personname xm"

	idNumbers = "身份证 身份证号 身份证号码 身份证编号 身份证件号 身份证件号码 身份证件编号 身份证明号码 身份证证件号 身份证证件号码 身份证代码 居民身份证 居民身份证号 居民身份证号码 居民身份证件号码 公民身份证号 公民身份证号码 公民身份号 公民身份号码 身份号码 " +
		"二代身份证号 二代身份证号码 证件号 证件号码 证件编号 证件证号 有效证件号 有效证件号码 有效身份证件号码 有效身份证件号 身份证件证号 身份识别号码 个人证件号码 个人身份证号 个人身份证号码 个人证件号 " +
		"idnumber idno idcard idcardnumber idcardno identitycard identitycardnumber identitycardno identitynumber identityno identificationnumber identificationno nationalid nationalidnumber nationalidno residentid residentidnumber " +
		"residentidno residentidcard residentidcardnumber residentidentitycard residentidentitycardnumber documentnumber documentno iddocumentnumber iddocumentno iddocument personalid personalidnumber personalidno certno certnumber " +
		"certificatenumber certificateno idnum idcode cardid sfz sfzh sfzhm sfzjh sfzjhm zjh zjhm gmsfhm gmsfzh sfzhao cerno"
	// idNumbersOfOwner mean an ID number only after a word for a person.
	idNumbersOfOwner = "id idcardid 身份证件 证号 证件代码 身份"
	otherDocuments   = "护照 护照号 护照号码 护照编号 通行证 通行证号 通行证号码 港澳通行证号 台胞证号 回乡证号 军官证号 居住证号 永居证号 passport passportnumber passportno 其他证件号 其他证件号码 其它证件号码"

	// otherPersons are persons who are not a factor.
	otherPersons = "联系人 联络人 联系员 联络员 经办 受益 股东 控制人 实控 财务 授权 被授权 代理人 委托 受托 申请人 填报 填表 制表 制单 董事 监事 经理 高管 主管 担保 保证人 配偶 投资人 合伙人 出资 持卡 管理员 操作员 操作人 业务员 员工 职工 雇员 收款 付款 签约人 签字人 " +
		"紧急 推荐人 介绍人 办税 开票 购票 收件 学生 参保人 被保险人 投保人 共同借款人 contact agent handler shareholder beneficial owner director supervisor manager guarantor applicant spouse controller employee"
	// otherCompanies are companies that are not a factor.
	otherCompanies = "开户行 银行 上级 母公司 总公司 分支机构 担保 推荐 渠道 代理"
	// personDetails are other columns about a person.
	personDetails = "电话 手机 邮箱 地址 住址 传真 微信 性别 民族 职务 职位 类型 国籍 phone mobile mail address type"

	// noteWords are the words of neutral notes. The lists below are neutral only for
	// one factor: 证件号码（登记号） is not that of a person.
	noteWords = "必填项 必填 选填 必录 必输 必须 必需 可选 可空 非空 不能为空 不可为空 不允许为空 不得为空 不为空 文本型 文本 格式 字符串 字符型 字符 汉字 数字 阿拉伯数字 则 若 时 可 大写字母 字母 大写 小写 大小写 半角 全角 位数 位 长度 字以内 个字 个 字 以内 不超过 最多 最长 至少 共 " +
		"单元格 为 是 设为 设成 设置为 设置成 设置 改为 请务必 请 务必 填写 填入 如实填写 如实 填报 填 输入 录入 写 准确 正确 完整 真实 有效 规范 完全一致 一致 相同 保持 相符 同 与 和 或 及 即 按照 按 以 为准 应与 应当 应 须与 须 需与 需 要 上面 上的 上 中的 中 的 所载 所示 所列 载明 显示 型 类 不含 含 " +
		"号码 号 本列 此列 该列 列 栏 注意 说明 勿 有 没有 无 空格 末位 尾数 x 一个 仅 只 限 支持 英文字母 英文大写 格 " +
		"required mandatory optional text format digits digit characters character chars char max length must asinthe ason aspertheid asper same match exactly in chinese cn zh full legal registered m o y varchar string"
	companyNotes   = "盖章 字号 营业执照 执照 工商局 工商 登记 注册 证照 市场监管 开户许可证 公章 简体中文 中文 名称 全称 全名 信息 businesslicense businesslicence fullname legalname"
	companyIDNotes = "登记证号 登记证 营业执照 执照 工商 登记 注册 证照 证书 三证合一 五证合一 多证合一 新版 代码 businesslicense businesslicence"
	personNotes    = "营业执照 执照 工商 登记 居民身份证 身份证件 身份证 护照 证件 姓名 全名 中文 信息 名字 idcard"
	idNotes        = "居民身份证 二代身份证 身份证件 身份证 护照 证件 姓名 等 中国大陆 大陆 公民 idcard"
)
