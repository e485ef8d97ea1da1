package i18n

import "fourfactor/juhe"

// addCodes adds the texts about codes.
func addCodes(t *Messages, l pick) {
	t.Levels = map[juhe.Level]string{juhe.LevelSystem: l("系统级", "system"), juhe.LevelService: l("服务级", "service"), juhe.LevelDetail: l("结果码", "detail")}
	t.Undocumented = Undocumented{
		Success: l("成功：核验结果见 state 与 code，或 res", "Success: the result is in state and code, or in res"),
		Service: l("接口文档没有列出的服务级错误：数据 %s，错误 %s", "A service error that the API document does not list: data %s, error %s"),
		System:  l("接口文档没有列出的系统级错误：%s", "A system error that the API document does not list: %s"),
		Other:   l("接口文档没有列出的代码", "A code that the API document does not list"),
		ResultAdvice: l("接口文档没有列出这个结果码，请凭结果码联系聚合客服。",
			"The API document does not list this code: contact Juhe support and quote this code."),
	}
	t.Codes = map[int]Code{
		7: {l("四项要素全部一致", "All four match"), ""},
		-21: {
			l("企业名称与企业标识不属于同一家企业，其余要素未说明", "The company name and ID belong to different companies; nothing is stated about the person"),
			l("请核对名称与标识是否取自同一张营业执照。", "Check that both come from the same business license."),
		},
		-22: {
			l("姓名与登记的法定代表人或负责人不一致", "The name does not match the registered legal representative"),
			l("请核对姓名，尤其是同音字、生僻字和间隔号。", "Check the name: homophones, rare characters, the middle dot."),
		},
		-23: {
			l("证件号码与登记的不一致", "The ID number does not match the register"),
			l("请核对证件号码；登记时可能用了另一种证件。", "Check the number; a different ID may have been used for registration."),
		},
		-24: {
			l("企业名称与登记的不一致", "The company name does not match the register"),
			l("请按营业执照核对全称，注意括号与曾用名。", "Check the full name on the license, including brackets and former names."),
		},
		-25: {l("企业标识与登记的不一致", "The company ID does not match the register"), l("请按营业执照核对统一社会信用代码或注册号。", "Check the credit code or registration number on the license.")},
		-26: {l("有要素不一致，但无法确定是哪一项", "At least one factor differs; the service does not say which"), l("请四项逐一核对。", "Check all four.")},

		253501: {l("服务提示参数错误", "The service rejected a parameter"), l("请核对四项内容；加密接口请核对 openid。", "Check the four values, and the openid for the encrypted endpoint.")},
		253504: {
			l("企业名称与企业标识在登记库中均未找到", "Neither the company name nor the company ID was found in the register"),
			l("请核对名称与标识；新设立的企业可能尚未收录。", "Check both; a new company may not be listed yet."),
		},
		253506: {l("服务方的数据源出错", "The service's data source failed"), l("请稍后再试；是否计费，请与账单核对。", "Try again later; check the bill for a charge.")},
		253507: {l("服务方的数据源超时", "The service's data source timed out"), l("请稍后再试；是否计费，请与账单核对。", "Try again later; check the bill for a charge.")},
		10001:  {l("key 不正确", "The key is wrong"), l("请到 个人中心 → 我的数据 查到这个接口的 key，然后更换。", "Find this API's key at 个人中心 → 我的数据, then replace it.")},
		10002:  {l("key 没有使用此接口的权限", "The key has no permission for this API"), l("请确认 key 属于企业四要素核验，并已开通。", "Check that the key belongs to this product and is enabled.")},
		10003:  {l("key 已过期", "The key has expired"), l("请到聚合控制台续期或更换 key。", "Renew or replace it in Juhe's console.")},
		10004:  {l("openid 不正确", "The openid is wrong"), l("请到 个人中心 查到 openid，然后更换。", "Find the openid at 个人中心, then replace it.")},
		10005:  {l("应用超时未通过审核", "The application has not been approved"), l("请在聚合控制台提交认证。", "Submit the certification in Juhe's console.")},
		10007:  {l("服务无法识别请求来源", "The service cannot identify the source of the request"), l("请联系聚合客服。", "Contact Juhe support.")},
		10008:  {l("当前 IP 被禁止", "This IP address is blocked"), l("请在聚合控制台核对 IP 白名单。", "Check the IP allowlist in Juhe's console.")},
		10009:  {l("key 被禁用", "The key is disabled"), l("请更换 key，或联系聚合客服。", "Replace the key or contact Juhe support.")},
		10011:  {l("当前 IP 请求过于频繁", "Too many requests from this IP address"), l("请稍后再试，并降低速率。", "Wait, then send more slowly.")},
		10012:  {l("可用次数已用完", "Quota exhausted"), l("请充值后再试。", "Top up, then try again.")},
		10013:  {l("测试 key 的次数已用完", "The test key's quota is exhausted"), l("请换用正式 key。", "Use a production key.")},
		10014:  {l("服务内部异常", "Internal error of the service"), l("请先向聚合客服核实是否计费，再重新发送。", "Ask Juhe whether it was charged before you send again.")},
		10020:  {l("接口维护中", "The API is under maintenance"), l("请稍后再试。", "Try again later.")},
		10021:  {l("接口已停用", "The API is discontinued"), l("请联系聚合客服。", "Contact Juhe support.")},
	}
}
