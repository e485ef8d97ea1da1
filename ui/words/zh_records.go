package words

func zhRecords() Records {
	return Records{
		Short: "核验记录：查找、查看、导出、导入、删除", List: "列出核验记录，最新的在前",
		Show: "查看一笔核验，及同样四要素更早的核验", Delete: "删除核验记录，无法恢复", Purge: "清理某个时间以前的核验记录，无法恢复",
		Verify: "检查台账是否完好", Audit: "审计记录：谁在何时显示、导出、导入、删除过什么",
		Export:      "把核验记录导出为 CSV、XLSX 或 JSONL",
		ExportLong:  "把核验记录导出为 CSV、XLSX 或 JSONL，由扩展名决定；不覆盖已有的文件。\n姓名与证件号码默认隐去；加 --reveal 才完整，JSONL 加 --reveal 才能再导入。",
		Import:      "导入以前导出的 JSONL",
		ImportLong:  "导入 history export --reveal 导出的 JSONL：编号不变，已有的跳过。先检查全部内容，有一行不对就什么也不导入。\n本机结果未知的核验，文件里有同一编号的应答时会补上。\n导入的记录可以查找，但不会代替核验作答；同样四要素刚有结论的，核验之前会先询问。",
		FlagSearch:  "企业、标识、姓名、证件号码或流水号里含有 `TEXT`；写 - 则从标准输入读取，以免个人信息留在 shell 历史里",
		FlagOutcome: "只要这种结果 `match|mismatch|refused|unclear|lost|unsent`", FlagSince: "从这个时间起 `TIME`：日期，或 90d、12h",
		FlagLimit: "最多列出 `N` 笔，0 为全部", FlagReveal: "不隐去姓名与证件号码（会记入审计）", FlagOlderThan: "早于这个时间 `TIME`：日期，或 365d、12h",
		FlagOut: "导出到 `FILE`（.csv、.xlsx 或 .jsonl）",
		Nothing: "没有符合条件的核验记录", More: "只列出最近 %d 笔；--limit 0 列出全部", Unknown: "没有编号为 %q 的核验记录",
		Before: "同样四要素更早的核验", Imported: "由导入而来，不是本机核验所得",
		BadTime: "%q 不是时间；请写日期（如 2026-01-31），或 90d、12h", Future: "%s 还没有到", BadOutcome: "没有 %q 这种结果；可用 %s", BadLimit: "--limit 不能是负数",
		DeleteAsk: "删除 %d 笔核验记录？无法恢复；再核验会直接发送并计费 [y/N] ", PurgeAsk: "清理 %s 以前的 %d 笔核验记录？无法恢复；再核验会直接发送并计费 [y/N] ",
		Kept: "没有删除", Deleted: "已删除 %d 笔；再核验同样四要素会直接发送并计费", Remains: "已删除 %d 笔，但文件里的旧内容还没有抹去：%s",
		LastMasked: "注意：最近一次导出（%s，%s）隐去了个人信息，无法再导入。要留底请先 history export --reveal",
		Path:       "台账", Encrypted: "已加密", Plain: "未加密", Lookups: "核验记录", UnderWay: "在途", Bytes: "大小", Sound: "台账完好", Unsound: "台账有损坏，请先备份，再导出能读出的记录",
		Masked: "已隐去个人信息", Whole: "含个人信息", Count: "%d 笔",
		Kind: "%q 要以 .csv、.xlsx 或 .jsonl 结尾", Exists: "%s 已存在，没有覆盖；请换一个文件名", NoFolder: "%s 所在的文件夹不存在", Denied: "没有权限写入 %s",
		Exported: "已导出 %d 笔：%s", TooMany: "笔数超过 XLSX 一张表的上限（1,048,576 行），请改用 .csv 或 .jsonl",
		Digits:  "注意：用 Excel 打开 CSV，长号码会变成 1.10105E+17，保存后丢失末几位；.xlsx 不会",
		BadLine: "%s 第 %d 行：%s", NothingImported: "什么也没有导入", NoLine: "%s 里没有核验记录", Need: "请写明 %s", Added: "导入 %d 笔，已有的 %d 笔跳过", AddedPart: "中断之前已导入 %d 笔，再次导入会跳过它们", Restored: "补上了 %d 笔结果未知的核验的应答",
		NotRevealed: "写不进审计记录，个人信息仍然隐去：%s",
		NotSent:     "没有发送，不计费。%s", HintShow: "查看上一次：fourfactor history show %s", HintAgain: "没有发送；确要再次发送（可能再次计费），请加 --again",
		NoTrail: "审计记录是空的", NoText: "标准输入里没有要搜索的文字",
		Columns: map[string]string{
			"id": "编号", "at": "时间", "api": "接口", "entname": "企业名称", "entmark": "企业标识", "realname": "姓名", "idcard": "证件号码",
			"outcome": "结果", "meaning": "说明", "code": "结果码", "regstatus": "经营状态", "orderid": "流水号", "billable": "是否计费",
			"reason": "状态信息", "remarks": "提醒", "elapsed_ms": "用时（毫秒）", "service": "服务",
		},
	}
}

func zhHistory() History {
	return History{
		Title: "历史", Today: "今天", Outcome: "结果", Search: "搜索",
		SearchHint: "按 %s 搜索企业、标识、姓名、证件号码、流水号",
		Position:   "第 %d 笔", Loaded: "已载入 %d 笔", More: "下面还有更多", Oldest: "已到最早一笔", Loading: "正在读取…",
		Through: "只找到 %s 为止，再输入一个字可以搜索全部；PgDn 继续往前找",
		Empty:   "还没有核验记录。", EmptyNext: "%s 去核验，每一笔都会自动记录在这里。",
		EmptyImport: "以前导出的 .jsonl 用 fourfactor history import 导入。",
		NothingText: "没有找到“%s”。", NothingOutcome: "没有结果为“%s”的记录。",
		NothingBoth: "没有找到“%s”且结果为“%s”的记录。", SoFar: "到 %s 为止没有找到；再输入一个字可以搜索全部，PgDn 继续往前找。",
		Onward: "到这里还没有找到，PgDn 继续往前找。",
		Clear:  "%s 清除条件，看更多记录。", Failed: "核验记录读不出来。", Retry: "%s 再试一次。",
		Delete: "删除这笔核验记录？", DeleteNote: "无法恢复；再核验会直接发送并计费。", DeleteYes: "删除", DeleteNo: "不删",
		Deleted: "已删除这笔核验记录", DeletedGone: "这笔记录已经不在了", DeleteFailed: "没有删除：%s",
		DeleteRemains: "已删除，但文件里的旧内容还没有抹去：%s",
		Export:        "导出到", ExportWhat: "导出%s，格式看扩展名：.xlsx、.csv、.jsonl", ExportAll: "全部核验记录",
		ExportMasked: "姓名与证件号码会隐去。", ExportFull: "要完整的：fourfactor history export --reveal --out 文件",
		Exporting: "正在导出，已写 %d 笔", ExportCancelling: "正在取消导出…", ExportCancelled: "已取消导出",
		Exported: "已导出 %d 笔：%s", ExportFailed: "没有导出：%s", ExportKind: "没有导出：文件名要以 .xlsx、.csv 或 .jsonl 结尾",
		ExportExists: "没有导出：%s 已存在，请换一个文件名", ExportFolder: "没有导出：%s 所在的文件夹不存在",
		ExportPart:   "只导出了能读出的 %d 笔：%s。%s",
		ExportDenied: "没有导出：没有权限写入 %s", RevealFailed: "没有显示：写不进审计记录，%s",
		ToList: "到列表", ClearText: "清除文字", ClearAll: "清除条件", Leave: "离开搜索", Start: "开始导出", Cancel: "取消",
	}
}
