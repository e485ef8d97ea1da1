package i18n

func zhRunsPlan() RunsPlan {
	return RunsPlan{
		Title: "检查完毕，还没有发送：",
		File:  "表格", Encoded: "%s（%s）", SheetOf: "%s，工作表“%s”",
		Head: "表头", HeadRow: "第 %d 行", NoHead: "没有",
		Column: "%s 列“%s”", ColumnBare: "%s 列",
		Endpoint: "接口", Regstatus: "%s，一并查询经营状态", Service: "服务", Out: "结果写到",
		RowsOf: "%d 行", Rows: "行数", Invalid: "不能发送", Duplicate: "表内重复", Ended: "已有结果",
		Repeated: "台账可答", Unsettled: "上次没有结论", Calls: "要发送", Estimate: "费用估算",
		Wrapped: "已整理", Tidied: "%d 行去掉了空白、换行、连字符，或换掉了全角、小写、部首字之类；照整理后的发送", Remarks: "提醒",
		OnceOnly: "%d（只发送一次，各行都写结果）", NotAgain: "%d（不再发送）", Free: "%d（不发送，不计费）",
		StaysLost: "%d（不发送，记为结果未知；请先到聚合控制台核对是否计费）",
		Paid:      "%d 笔（计费）", PaidMost: "%d 笔，这次最多发送 %d 笔（计费）", PaidToday: "%d 笔，每日上限内今天还可以发送 %d 笔（计费）",
		About: "约 ¥%.2f（%d × ¥%.2f，仅为估算）", Cells: "%d 格去掉了防止变形的外壳（' 或 =\"…\"）",
		Rules: map[string]string{
			"length": "长度不对 %d", "charset": "字符可疑 %d", "checksum": "校验位不符 %d", "region": "地区代码不存在 %d",
			"date": "日期不对 %d", "org_check": "内含的组织机构代码不符 %d", "changed": "已整理 %d", "lookalike": "有形近字符 %d",
			"kind": "号码种类与接口或栏目不符 %d", "placeholder": "没有值 %d", "name": "名称可疑 %d",
		},
		Faults: "不能发送的行：", FaultAt: "第 %d 行 %s 列", More: "… 还有 %d 行",
		Note:      "注意：%s",
		Limit:     "今天（北京时间）已发送 %d 笔，每日上限 %d 笔；到了上限就停下，以后可以继续核验",
		Concluded: "有 %d 行已有结论，但那是导入的、另一服务地址的，或时间晚于本机时钟，不能由它作答，所以不发送，记为结果未知；要再次发送（会再次计费），之后用 batch resume --resend-lost",
		Clock:     "本机时间 %s 早于台账里最近一次核验（%s），时钟可能不对：重复与每日上限会算错。请先核对日期与时间",
		Forgotten: "台账损坏或丢失过，不知道哪些行以前核验过，可能重复计费",
		DataHead:  "第 %d 行当作表头，不核验，但它看起来是数据。没有表头请加 --header-row 0",
		Hidden:    "其中 %d 行被隐藏或筛掉，也会发送", OtherSheets: "读的是工作表“%s”，另有“%s”；要读别的请加 --sheet", HiddenSheet: "工作表“%s”是隐藏的；四项的表头只在这里",
		Formulas: "有 %d 格是公式，用的是表格里存着的结果；结果可能旧了的，请先在 Excel 或 WPS 里打开并保存",
		Merged:   "有 %d 行的企业取自合并单元格",
		HeadsAre: "第 %d 行的表头：%s", Letters: "可选的列：%s 到 %s",
		DataRow: "第 %d 行看起来是数据，不是表头。表头在别处请加 --header-row N，没有表头请加 --header-row 0",
		Example: "请用 --map 写明，例如：--map %s", SayColumns: "请用 --map 写明：--map %s", AColumn: "<列>",
		Ask: "发送 %d 笔（计费）？[y/N] ", AskTyped: "要发送 %d 笔（计费）。确认请输入笔数 %d，直接按 Enter 则不发送：",
		AskResend: "其中结果未知的行，再次发送可能再次计费。",
		NeedYes:   "没有发送。要发送 %d 笔（计费），而标准输入不是终端，无法询问；确要发送请加 --yes",
		Declined:  "没有发送",
	}
}

func zhRunsProgress() RunsProgress {
	return RunsProgress{
		Checking: "正在检查表格 %d%%", Writing: "正在写结果 %d%%", Rows: "%d/%d 行", Rate: "%.1f 行/秒", Left: "还要 %s",
		Stopping: "正在停下，等在途的 %d 笔", Rest: "服务要求放慢，%s 后继续",
		GivesUp: "不再发送新的，正在等在途的 %d 笔的应答（最长 %s）。再按一次 Ctrl+C 不再等待，在途的记为“结果未知”，可能已经计费。",
		Unwell:  "连续 10 笔不正常，已暂停。最近一笔：%s\n继续发送吗？[y/N] ",
		Alike:   "开头 20 笔的结果全都相同，已暂停：%s\n可能是列对错了，或者表格有误；继续发送照常计费。继续发送吗？[y/N] ",
	}
}

func zhRunsEnd() RunsEnd {
	return RunsEnd{
		Run: "批次", Rows: "行数", Sent: "已发送", Duplicate: "表内重复", Invalid: "不能发送", Stopped: "停下原因", Elapsed: "用时", Out: "结果文件",
		Finished: "已做完", Broken: "没有做完", Left: "还有 %d 行没有发送",
		Unfinished: "没有做完：%s", Resume: "继续核验：",
		Resend:  "结果未知的有 %d 行。请先到聚合控制台核对是否计费；要再次发送（可能再次计费）：",
		Export:  "也可以把结果写到别处：",
		Safe:    "应答都已记入台账，没有丢失。",
		Demo:    "演示的台账用完即弃，这个批次不能继续。",
		Unsaved: "下面 %d 笔已经发送，可能已计费，但没有写入台账，请自行保存：",
		Alike:   "开头 20 笔的结果全都相同（%s），可能是列对错了，或者表格有误",
		NoRuns:  "还没有批次", Exported: "已写出 %d 行：%s",
		BadRun:         "%q 不是批次编号；编号见 fourfactor batch list",
		BadConcurrency: "--concurrency 要在 1 到 256 之间", BadRate: "--rate 要在 0（不限）到 100000 之间",
		BadMaxCalls: "--max-calls 要是 0（不限）或正整数", BadHeadRow: "--header-row 要是 0（没有表头）或行号",
		NeedFile: "请写明一个要核验的表格 FILE", NeedRun: "请写明一个批次编号；编号见 fourfactor batch list",
	}
}
