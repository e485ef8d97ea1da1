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
