package i18n

import (
	"fourfactor/juhe"
	"fourfactor/juhe/lookup"
)

// addLookups adds the texts about lookups.
func addLookups(t *Messages, l pick) {
	t.Fields = [juhe.NumFactors]Field{
		juhe.Entname:  {l("企业名称", "Company name"), l("营业执照上的企业全称", "full name on the business license"), l("营业执照上的企业全称", "full name on the business license")},
		juhe.Entmark:  {l("企业标识", "Company ID"), l("统一社会信用代码或注册号", "credit code or registration number"), l("组织机构代码（信用代码第 9–17 位）", "organisation code (credit code 9–17)")},
		juhe.Realname: {l("姓名", "Name"), l("法定代表人或负责人姓名", "legal representative or person in charge"), l("企业法人名称", "legal representative (企业法人名称)")},
		juhe.Idcard:   {l("证件号码", "ID number"), l("工商登记时使用的证件号码", "number of the ID used for registration"), l("身份证号", "resident ID number (身份证号)")},
	}
	t.Endpoints = map[juhe.API]string{
		juhe.APIQuery: l("四要素，参数不加密", "four factors, unencrypted"), juhe.APIQueryEncry: l("四要素，参数加密", "four factors, encrypted"),
		juhe.APIQueryV2: l("核验 2.0，只返回是否一致", "version 2.0, match yes/no only"),
	}
	t.Labels = map[lookup.DetailName]string{
		lookup.DetailNextStep: l("下一步", "Next"), lookup.DetailCode: l("结果码", "Code"), lookup.DetailDocumented: l("官方说明", "Official text"),
		lookup.DetailReason: l("状态信息", "Reason"), lookup.DetailRegstatus: l("经营状态", "Status"), lookup.DetailOrderid: l("流水号", "Order ID"),
		lookup.DetailBillable: l("是否计费", "Charged"), lookup.DetailWarning: l("提醒", "Warning"), lookup.DetailElapsed: l("用时", "Time taken"),
		lookup.DetailAt: l("时间", "Time"), lookup.DetailAPI: l("接口", "Endpoint"), lookup.DetailService: l("服务", "Service"),
		lookup.DetailImported: l("来源", "Origin"), lookup.DetailID: l("编号", "ID"), lookup.DetailEarlier: l("上一次", "Earlier"),
		lookup.DetailRecordErr: l("未入台账", "Not saved"),
	}
	t.ErrorCode = l("错误码", "Error code")
	t.Outcomes = map[juhe.Outcome]string{
		juhe.Match: l("一致", "Match 一致"), juhe.Mismatch: l("不一致", "Mismatch 不一致"), juhe.Refused: l("未受理", "Refused 未受理"),
		juhe.Unclear: l("无法判读", "Unclear 无法判读"), juhe.Lost: l("结果未知", "Lost 结果未知"), juhe.Unsent: l("未发送", "Unsent 未发送"),
	}
	t.Advice = map[juhe.Outcome]string{
		juhe.Refused: l("接口文档没有列出这个错误码，请凭错误码联系聚合客服。", "The API document does not list this code: contact Juhe support and quote this code."),
		juhe.Unclear: l("不能当作核验结论。请查看原始应答，并向聚合客服核实是否计费。", "Not a verdict. Check the raw response and ask Juhe whether it was charged."),
		juhe.Lost:    l("请先在聚合控制台核实是否计费，再决定是否重新发送。", "Check in Juhe's console whether it was charged before you send it again."),
		juhe.Unsent:  l("未发送，不计费。排除原因后可重新发送。", "Not sent, not charged. Fix the cause, then send again."),
	}
	t.FaultAdvice = map[juhe.FaultKind]string{
		juhe.FaultConnect: l("未发送，不计费。请运行 fourfactor doctor 检查网络与代理，修正后重新发送。",
			"Not sent, not charged. Run fourfactor doctor to check the network and proxy, then send again."),
		juhe.FaultVerdictImported: l("未发送，不计费。请先查看上一次的结果；要再次核验（再次计费），请选择再次发送，或在命令中加 --again。",
			"Not sent, not charged. See the earlier result first. To look it up again (charged again), choose send again, or add --again to the command."),
		juhe.FaultClock: l("未发送，不计费。请先校准本机时钟，再重新发送。", "Not sent, not charged. Correct the clock, then send again."),
		juhe.FaultLimit: l("未发送，不计费。请在北京时间零点以后发送，或在配置中调高 guard.daily_limit。",
			"Not sent, not charged. Send after midnight Beijing time, or raise guard.daily_limit in the config."),
	}
	t.Verdicts = map[juhe.Outcome]string{juhe.Match: l("四项要素全部一致", "All four match"), juhe.Mismatch: l("至少一项不一致，该接口不说明是哪一项", "At least one differs; this endpoint does not say which")}
	t.FactorResults = map[juhe.FactorResult]string{
		juhe.ResultNone: l("未说明", "not stated"), juhe.ResultAgrees: l("一致", "matches"), juhe.ResultDiffers: l("不一致", "differs"),
		juhe.ResultUnrelated: l("名称与标识不符", "name ≠ ID"), juhe.ResultInconclusive: l("可能不一致", "may differ"),
	}
	t.Billable = map[juhe.Billable]string{juhe.BillableYes: l("计费", "yes"), juhe.BillableNo: l("不计费", "no"), juhe.BillableUnknown: l("不确定，待与账单核对", "unknown, to be reconciled with the bill")}
	t.EarlierLookups = EarlierLookups{
		Answered: l("{at} 用 {api} 核验过：{outcome}（本次未发送，不计费）", "{at} via {api}: {outcome} (not sent this time, not charged)"),
		Ledger:   l("台账作答，{at} 用 {api} 核验过：{meaning}", "From the ledger, looked up at {at} via {api}: {meaning}"),
		Stopped:  "{at} {api} {outcome}",
		Pending:  l("{at} {api} 在途，还没有应答", "{at} {api} in progress, no answer yet"),
	}
}

// addFaults adds the reasons why a lookup has no verdict.
func addFaults(t *Messages, l pick) {
	t.Faults = map[juhe.FaultKind]string{
		juhe.FaultStatus:       l("服务返回的 HTTP 状态不是 200", "The service did not answer with HTTP 200"),
		juhe.FaultRedirect:     l("服务要求跳转到其他地址，已拒绝", "The service redirected elsewhere; redirects are not followed"),
		juhe.FaultTooLarge:     l("应答超过 1 MiB", "The response is larger than 1 MiB"),
		juhe.FaultEncoding:     l("应答的压缩编码无法解开", "The response cannot be decompressed"),
		juhe.FaultMalformed:    l("应答不是格式正确的 JSON 对象", "The response is not a well-formed JSON object"),
		juhe.FaultErrorCode:    l("应答没有可用的 error_code", "The response has no usable error_code"),
		juhe.FaultResult:       l("应答缺少该接口的核验结果", "The response lacks this endpoint's result"),
		juhe.FaultUndocumented: l("接口文档没有说明应答中的这种结果", "The response contains an undocumented result"),
		juhe.FaultTimeout:      l("时限内未收到完整应答", "No complete response within the deadline"),
		juhe.FaultTruncated:    l("应答尚未收完，连接已中断", "The connection closed before the response was complete"),
		juhe.FaultInterrupted:  l("未收到应答，已中断", "Interrupted before a response arrived"),
		juhe.FaultProcessEnded: l("发送它的程序没有记录应答就结束了", "The program that sent it ended without recording a response"),
		juhe.FaultDNS:          l("找不到服务的地址", "The service's address was not found"),
		juhe.FaultConnect:      l("无法连接服务", "Could not connect to the service"),
		juhe.FaultTLS:          l("无法建立可信的加密连接", "Could not establish a trusted encrypted connection"),
		juhe.FaultProxy:        l("代理无法连接", "The proxy refused or failed to connect"), juhe.FaultConnectTimeout: l("连接超时", "Connecting timed out"),
		juhe.FaultCancelled: l("发送之前已取消", "Cancelled before sending"),
		juhe.FaultLimit:     l("今天（北京时间）发送的笔数已达每日上限 guard.daily_limit", "The daily limit (guard.daily_limit, Beijing time) has been reached"),
		juhe.FaultUnsettled: l("这四项上一次核验没有结论，可能已计费，请先到聚合控制台核实",
			"The last lookup of these four factors ended without a verdict and may have been charged: check Juhe's console first"),
		juhe.FaultPending: l("这四项的另一笔核验仍在途", "Another lookup of these four factors is in progress"),
		juhe.FaultHistoryLost: l("台账损坏或丢失过，无法确定这四项以前是否核验过；把 *.damaged-*、*.missing-*、*.older-* 文件移到别处后恢复正常",
			"The ledger was damaged or lost, so earlier lookups of these four factors are unknown; move *.damaged-*, *.missing-*, *.older-* elsewhere to continue as usual"),
		juhe.FaultClock: l("本机时钟早于台账里最近一次核验，可能不准，请先核对日期和时间。台账里最近一次",
			"This machine's clock is behind the newest lookup in the ledger and may be wrong: check the date and time. Newest lookup"),
		juhe.FaultImported: l("导入的记录没有写明原因", "The imported lookup gives no reason"),

		juhe.FaultVerdictImported:     l("这四项已有结论，但来自导入的记录，不能用来作答", "These four factors have a verdict, but it was imported and cannot answer"),
		juhe.FaultVerdictOtherService: l("这四项已有结论，但来自另一个服务地址，不能用来作答", "These four factors have a verdict, but from another service address, so it cannot answer"),
		juhe.FaultVerdictInFuture:     l("这四项已有结论，但时间晚于本机时钟，不能用来作答", "These four factors have a verdict, but its time is ahead of this machine's clock, so it cannot answer"),
	}
}

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
