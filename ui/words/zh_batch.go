package words

func zhRuns() Runs {
	return Runs{
		Short: "批量核验：读入表格，逐行核验，写出结果", RunShort: "核验一个表格", RunLong: "核验一个 CSV、TSV 或 XLSX 表格，结果写到 --out。\n发送之前先检查全部行并说明要付费的笔数；中途停下或被中断，用 batch resume 接着做，已有应答的行不会再发送。\n\n退出码：0 全部做完，2 用法、配置或表格有误，4 key、权限或额度，6 没有做完（标准错误里有接着做的命令），8 台账读写失败，130 发送前中断",
		Resume: "接着做没有做完的批次", ResumeLong: "接着做没有做完的批次。已有应答的行不会再发送；结果未知的行只有加 --resend-lost 才会再次发送（可能再次计费）。", List: "列出批次，最新的在前",
		Export:     "把批次到目前为止的结果另存为表格",
		ExportLong: "把批次到目前为止的结果另存为表格，不影响批次本身。加 --rest 则只要还没有结论的行，不带结果列，可以再次核验。",
		FlagOut:    "结果写到 `FILE`（.csv 或 .xlsx），不覆盖已有的文件", FlagSheet: "工作表名称或序号 `SHEET`", FlagHeadRow: "表头在第几行 `N`；0 为没有表头",
		FlagMap: "哪一列是哪一项 `entname=B,idcard=D`，列号或表头都可以", FlagConcurrency: "同时在途的笔数 `N`", FlagRate: "每秒最多发送的笔数 `R`；0 为不限",
		FlagMaxCalls: "最多发送 `N` 笔，到数就停下", FlagDryRun: "只检查并说明要付费的笔数，不发送", FlagYes: "不询问，直接发送",
		FlagResend: "结果未知的行再次发送（可能再次计费）", FlagRest: "只要还没有结论的行，不带结果列", FlagExportOut: "写到 `FILE`（.csv 或 .xlsx）",
		Columns: map[string]string{
			"outcome": "核验结果", "meaning": "结果说明", "code": "结果码", "regstatus": "经营状态", "orderid": "流水号", "billable": "是否计费",
			"remarks": "提醒", "at": "核验时间", "id": "核验编号",
		},
		Duplicate: "与第 %d 行相同，未重复发送", NotYet: "还没有发送", Deleted: "这笔核验已从历史中删除",
		Faults: map[string]string{
			"empty": "{field}是空的", "utf8": "{field}里有无法识别的字符",
			"scientific": "{field}成了科学计数（1.10105E+17），末几位已经丢失", "rounded": "{field}以 000 结尾，可能被表格软件改过",
			"number": "{field}是数字格式，开头的 0 或末几位可能已经丢失", "error": "{field}是表格的错误值（#N/A 之类）", "encoding": "{field}里有读不出的字符",
		},
		Cures: map[string]string{
			"empty":      "请补上再核验",
			"scientific": "请把这一列设为文本格式，再从原始资料重新填入", "rounded": "请把这一列设为文本格式，再从原始资料重新填入；号码确实如此的，请在核验界面单独核验",
			"number": "请把这一列设为文本格式，再从原始资料重新填入", "error": "请改正这一格", "encoding": "请用原来的程序另存为 UTF-8 的 CSV 或 XLSX",
			"utf8": "请重新输入",
		},
		Problems: map[string]string{
			"columns":   "不知道哪一列是{fields}",
			"twice":     "不止一列像是{fields}",
			"map":       "列的对应有误",
			"head":      "表头所在的行在表格之外",
			"no_row":    "表头下面没有内容",
			"nothing":   "没有可以发送的行",
			"out_kind":  "{path} 要以 .csv 或 .xlsx 结尾",
			"out_input": "{path} 就是要核验的表格，请换一个文件名",
			"out_there": "{path} 已存在，没有覆盖；请移走它或换一个文件名",
			"out_fail":  "写不了 {path}",
			"changed":   "{path} 与批次开始时不同，没有发送。请恢复原来的文件，或者另开一个批次",
			"service":   "这个批次属于另一个服务：{detail}",
			"unknown":   "没有编号为 {detail} 的批次",
			"driven":    "批次 {detail} 正由另一个程序执行，没有发送",
		},
		Reads: map[string]string{
			"not_there": "没有 {path} 这个文件", "denied": "没有权限读取 {path}", "not_file": "{path} 不是文件", "empty": "{path} 是空的",
			"format": "{path} 不是 CSV、TSV 或 XLSX 表格", "old_excel": "{path} 是旧版 Excel（.xls）或者有密码，请另存为没有密码的 .xlsx 或 .csv",
			"sheet": "没有这个工作表；有：{detail}", "damaged": "{path} 已损坏，请用表格软件打开后另存",
			"too_large": "{path} 超出了表格的上限（{detail}）", "quote": "{path} 里有没有结束的引号", "io": "{path} 读不出来",
		},
		ReadRow: "（第 %d 行）", ReadCell: "（第 %d 行 %s 列）",
		Mappings: map[string]string{
			"form": "{part} 要写成 entname=B 这样", "factor": "{part} 里没有这一项；可用 {allowed}", "column": "{part} 没有这一列；表头有 {allowed}", "twice": "{part} 重复了",
		},
		Stopped: map[string]string{"operator": "由您停下", "limit": "已到上限", "unwell": "服务连续十笔不正常"},
		Code:    "服务以 %s 拒绝：%s",
		States:  map[string]string{"preparing": "准备", "running": "进行中", "paused": "已暂停", "stopping": "正在停下", "writing": "正在写结果", "done": "已结束"},
	}
}

func zhBatch() Batch {
	return Batch{Title: "批量"}
}
