package i18n

import (
	"fourfactor/juhe/batch"
	"fourfactor/juhe/detect"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/juhe/table"
)

// Runs has the texts and the help of the commands below batch, and the texts
// that they share with the batch screen.
type Runs struct {
	Short, RunShort, RunLong, Resume, ResumeLong, List, Export, ExportLong string

	FlagOut, FlagSheet, FlagHeaderRow, FlagMap, FlagConcurrency, FlagRate, FlagMaxCalls, FlagDryRun, FlagYes string
	FlagResend, FlagRest, FlagExportOut, FlagHoldWarned                                                      string

	// Texts of an output.
	Columns                        map[batch.Column]string // headings of the results
	Duplicate, NotSentYet, Deleted string
	Faults                         map[detect.Corruption]string // why a row cannot be sent, by problem
	InputFaults                    map[lookup.InputProblem]string
	Cures                          map[detect.Corruption]string // the cure, by problem
	InputCures                     map[lookup.InputProblem]string
	Problems                       map[batch.Problem]string         // why a run cannot start, by problem
	ReadProblems                   map[table.ReadProblem]string     // why a table cannot be read, by problem
	ReadRow, ReadCell, InSheet     string                           // the place, appended
	MappingProblems                map[detect.MappingProblem]string // by problem of a mapping
	Stopped                        map[lookup.StopReason]string     // why a run stopped, by reason; Code for an error code
	StoppedByCode                  string
	States                         map[batch.State]string // by state of a run

	RowWarnings RowWarnings
	TableFaults TableFaults
	Plan        RunsPlan
	Progress    RunsProgress
	End         RunsEnd
}

func newRuns(l pick) Runs {
	return Runs{
		Short:    l("批量核验：读入表格，逐行核验，写出结果", "Batches: a spreadsheet in, a spreadsheet out"),
		RunShort: l("核验一个表格", "Look up every row of a spreadsheet"),
		RunLong: l("核验一个表格（CSV、TSV、XLSX，或系统导出的 .xls、.html），结果写到 --out。\n"+
			"发送之前先检查全部行，并说明计费的笔数；停止或中断后，用 batch resume 继续核验，已有应答的行不会再次发送。\n"+
			"\n"+
			"退出码：0 全部完成，64 用法、配置或表格有误，6 未完成（标准错误中有继续的命令），8 台账读写失败，130 发送前中断",
			"Look up every row of a table (CSV, TSV, XLSX, or an exported .xls or .html) and write the results to --out.\n"+
				"Before sending, it checks all rows and reports how many lookups will be charged. If a run stops or is interrupted, batch resume continues it; answered rows are never sent again.\n"+
				"\n"+
				"Exit codes: 0 done, 64 usage, config or input, 6 not finished (standard error has the command to resume), 8 ledger, 130 interrupted before sending"),
		Resume: l("继续未完成的批次", "Resume an unfinished run"),
		ResumeLong: l("继续未完成的批次。已有应答的行不会再次发送；结果未知的行只有加 --resend-lost 才会再次发送（可能再次计费）。",
			"Resume an unfinished run. Answered rows are never sent again; lost rows are sent again only with --resend-lost and may be charged again."),
		List:   l("列出批次，最新的在前", "List the runs, newest first"),
		Export: l("把批次目前的结果另存为表格", "Write a run's results so far to another spreadsheet"),
		ExportLong: l("把批次目前的结果另存为表格，不影响批次本身。加 --rest 则只导出无结论的行并写明原因，导出的文件可以再次核验。",
			"Write a run's results so far to another spreadsheet; the run itself is not changed. With --rest only the unresolved rows are written, with the reason: a file that can be run again."),
		FlagOut:         l("结果写到 `FILE`（.csv 或 .xlsx），不覆盖已有的文件", "write the results to `FILE` (.csv or .xlsx); an existing file is not overwritten"),
		FlagSheet:       l("工作表名称或序号 `SHEET`", "name or number of the sheet: `SHEET`"),
		FlagHeaderRow:   l("表头在第几行 `N`；0 表示没有表头", "row `N` of the header; 0 if there is none"),
		FlagMap:         l("指定各项所在的列 `entname=B,idcard=D`，可用列字母或表头", "columns of the factors, by letter or header: `entname=B,idcard=D`"),
		FlagConcurrency: l("同时在途的笔数 `N`，默认按配置 [batch]", "lookups in progress at a time, `N`; default from the config, [batch]"),
		FlagRate:        l("每秒最多发送的笔数 `R`，0 为不限，默认按配置 [batch]", "at most `R` lookups per second; 0 for no limit; default from the config, [batch]"),
		FlagMaxCalls:    l("最多发送 `N` 笔，达到后停止", "send at most `N` lookups, then stop"),
		FlagDryRun:      l("只检查并说明计费的笔数，不发送", "only check, and report how many lookups will be charged"),
		FlagYes:         l("不询问，直接发送；整张表有同样问题时不发送", "send without asking, unless the whole table has the same fault"),
		FlagHoldWarned:  l("有提醒的行不发送", "do not send rows with warnings"),
		FlagResend:      l("结果未知的行再次发送（可能再次计费）", "send lost rows again (may be charged again)"),
		FlagRest:        l("只导出无结论的行，并写明原因", "only unresolved rows, with the reason"),
		FlagExportOut:   l("写到 `FILE`（.csv 或 .xlsx）", "write to `FILE` (.csv or .xlsx)"),
		Columns: map[batch.Column]string{
			batch.ColumnOutcome: l("核验结果", "Outcome"), batch.ColumnMeaning: l("结果说明", "Meaning"), batch.ColumnCode: l("结果码", "Code"), batch.ColumnRegstatus: l("经营状态", "Business status"),
			batch.ColumnOrderid: l("流水号", "Order ID"), batch.ColumnBillable: l("是否计费", "Charged"), batch.ColumnWarnings: l("提醒", "Warnings"),
			batch.ColumnReason: l("无结论的原因", "Why unresolved"), batch.ColumnAt: l("核验时间", "Looked up at"), batch.ColumnID: l("核验编号", "Lookup ID"),
		},
		Duplicate:  l("与原表第 %d 行相同，未重复发送", "same as row %d of the input, not sent again"),
		NotSentYet: l("尚未发送", "not sent yet"), Deleted: l("这笔核验已从历史中删除", "this lookup was deleted from the history"),
		Faults: map[detect.Corruption]string{
			detect.CorruptionScientific:   l("{field}变成了科学计数（1.10105E+17），末几位已丢失", "{field} became a number like 1.10105E+17: its last digits are lost"),
			detect.CorruptionRounded:      l("{field}以 000 结尾，可能被表格软件改过", "{field} ends in 000: a spreadsheet may have changed it"),
			detect.CorruptionNumber:       l("{field}是数字（或日期）格式，开头的 0 或末几位可能已丢失", "{field} is a number (or a date): leading zeros or last digits may be lost"),
			detect.CorruptionError:        l("{field}是表格的错误值（如 #N/A）", "{field} is a spreadsheet error (such as #N/A)"),
			detect.CorruptionEncoding:     l("{field}里有无法读取的字符", "{field} has characters that could not be decoded"),
			detect.CorruptionHeader:       l("像是标题行或合计行", "looks like a header or a total"),
			detect.CorruptionExtraCells:   l("这一行比表头多 {cells} 个单元格，可能是某个单元格里的逗号没有加引号", "{cells} cells more than the header, perhaps a comma without quotation marks"),
			detect.CorruptionMissingCells: l("这一行比表头少 {cells} 个单元格，可能是分隔符写成了全角或其他符号", "{cells} cells fewer than the header, perhaps a different separator in the row"),
			detect.CorruptionInstruction:  l("像是填写说明或栏目编号，不是数据", "looks like instructions or column numbers, not data"),
			detect.CorruptionExample:      l("像是填写示例，不是数据", "looks like an example, not data"),
			detect.CorruptionFormula:      l("{field}是公式，表格中没有保存它的结果", "{field} is a formula whose result is not in the file"),
			detect.CorruptionMerged:       l("{field}在合并单元格里，无法确定属于哪一行", "{field} is in a merged cell; which row it belongs to is unclear"),
		},
		InputFaults: map[lookup.InputProblem]string{
			lookup.InputEmpty:       l("{field}是空的", "{field} is empty"),
			lookup.InputInvalidUTF8: l("{field}里有无法识别的字符", "{field} has unreadable characters"),
			lookup.InputPlaceholder: l("{field}只有占位符（无、NULL、/、0 等）", "{field} is only a placeholder (such as NULL, 无, / or 0)"),
			lookup.InputMasked:      l("{field}是脱敏的值", "{field} is masked"),
		},
		Cures: map[detect.Corruption]string{
			detect.CorruptionScientific: l("请把这一列设为文本格式，再按原始资料重新填写", "format the column as text and fill it in again from the source"),
			detect.CorruptionRounded: l("请把这一列设为文本格式，再按原始资料重新填写；号码确实如此的，请在核验界面单独核验",
				"format the column as text and fill it in again from the source; if the number is correct, look it up in the form"),
			detect.CorruptionNumber:       l("请把这一列设为文本格式，再按原始资料重新填写", "format the column as text and fill it in again from the source"),
			detect.CorruptionError:        l("请改正这个单元格", "correct the cell"),
			detect.CorruptionEncoding:     l("请用原来的程序另存为 UTF-8 编码的 CSV，或 XLSX", "save the file as UTF-8 CSV or XLSX in the program it came from"),
			detect.CorruptionExtraCells:   l("请给那个单元格加上英文引号，或另存为 .xlsx", "put that cell in quotation marks, or save the table as .xlsx"),
			detect.CorruptionMissingCells: l("请使用与表头相同的分隔符", "use the same separator as the header"),
			detect.CorruptionFormula:      l("请用 Excel 或 WPS 打开表格，保存后再核验", "open and save the table in Excel or WPS"),
			detect.CorruptionMerged:       l("请取消合并，逐行填写", "unmerge the cells and fill in each row"),
			detect.CorruptionHeader:       l("无需处理；如果确实要核验这一行，请在核验界面单独核验", "no action needed; to look this row up, use the form"),
			detect.CorruptionInstruction:  l("无需处理；如果确实要核验这一行，请在核验界面单独核验", "no action needed; to look this row up, use the form"),
			detect.CorruptionExample:      l("无需处理；如果确实要核验这一行，请去掉“示例”字样", "no action needed; to look this row up, remove the word that marks it as an example"),
		},
		InputCures: map[lookup.InputProblem]string{
			lookup.InputEmpty: l("请补上后核验", "fill it in, then look it up"), lookup.InputInvalidUTF8: l("请重新输入", "type it again"),
			lookup.InputPlaceholder: l("请补上后核验", "fill it in, then look it up"),
			lookup.InputMasked:      l("请换成完整的值（从本程序导出时加 --reveal）", "use the full value (export with --reveal)"),
		},
		Problems: map[batch.Problem]string{
			batch.ProblemColumns:   l("无法确定哪一列是{fields}", "cannot tell which column is {fields}"),
			batch.ProblemAmbiguous: l("不止一列像是{fields}", "more than one column looks like {fields}"),
			batch.ProblemGarbled: l("{path} 的表头是乱码，可能编码不对；请从原来的程序重新导出，或用 Excel、WPS 打开，确认文字正常后另存为 .xlsx",
				"the header of {path} is garbled, probably by a wrong encoding; export it again, or open it in Excel or WPS, check the text and save it as .xlsx"),
			batch.ProblemOneColumn: l("{path} 每行只有一个单元格，无法分列；请用英文逗号分隔，或另存为 .xlsx", "each line of {path} is a single cell; separate the cells with commas, or save it as .xlsx"),
			batch.ProblemSeparator: l("{path} 像是用“{detail}”分隔，无法分列；请改用英文逗号分隔，或另存为 .xlsx",
				"{path} seems to use “{detail}” as separator, which is not supported; use commas, or save it as .xlsx"),
			batch.ProblemMapping: l("列的对应有误", "invalid column mapping"), batch.ProblemNoRow: l("表头下面没有内容", "there are no rows below the header"),
			batch.ProblemNothing: l("没有可以发送的行", "no row can be sent"),
			batch.ProblemMasked: l("{path} 里的姓名、证件号码是脱敏的，未发送。如果是本程序导出的，请用 fourfactor history export --reveal 重新导出，否则请用原始资料",
				"names and ID numbers in {path} are masked; not sent. If fourfactor exported it, export again with fourfactor history export --reveal; otherwise use the source data"),
			batch.ProblemOutFormat: l("{path} 应以 .csv 或 .xlsx 结尾", "{path} must end in .csv or .xlsx"),
			batch.ProblemOutInput:  l("{path} 就是要核验的表格，请换一个文件名", "{path} is the input table itself; choose another name"),
			batch.ProblemOutExists: l("{path} 已存在，没有覆盖；请移走它，或换一个文件名", "{path} already exists and was not overwritten; move it away or choose another name"),
			batch.ProblemOutFail:   l("无法写入 {path}", "{path} cannot be written"),
			batch.ProblemOutName: l("文件系统不接受文件名 {path}（太长，或含有不允许的字符），请换一个",
				"the file system does not accept the name {path} (too long, or characters that are not allowed); choose another one"),
			batch.ProblemTooWide:    l("{path} 加上结果列超过 16,384 列，无法写入；请先删去不需要的列", "{path} would exceed 16,384 columns with the results; delete columns you do not need"),
			batch.ProblemTooLong:    l("{path} 超过 1,048,576 行，一个工作表写不下；请把结果写到 .csv", "{path} would exceed 1,048,576 rows, the limit of a sheet; write the results to a .csv"),
			batch.ProblemChanged:    l("{path} 与批次开始时不同。请恢复原来的文件，或另开一个批次", "{path} has changed since the run started. Restore the original file, or start a new run"),
			batch.ProblemService:    l("这个批次属于另一个服务：{detail}", "this run belongs to another service: {detail}"),
			batch.ProblemUnknownRun: l("没有编号为 {detail} 的批次", "there is no run {detail}"),
			batch.ProblemPastedGone: l("批次 {detail} 粘贴的行已删除（全部有结论后，或随历史删除），未发送",
				"the pasted rows of run {detail} were deleted (all had verdicts, or the history was deleted); not sent"),
			batch.ProblemLocked: l("批次 {detail} 正由另一个程序执行，未发送", "run {detail} is in progress in another process; not sent"),
		},
		ReadProblems: map[table.ReadProblem]string{
			table.ProblemNotFound: l("找不到文件：{path}", "file not found: {path}"),
			table.ProblemDenied:   l("没有权限读取 {path}", "no permission to read {path}"),
			table.ProblemNotFile:  l("{path} 是文件夹或设备，不是表格；请选择其中的文件", "{path} is a folder or a device, not a table; choose a file"),
			table.ProblemEmpty:    l("{path} 是空的", "{path} is empty"),
			table.ProblemFormat:   l("{path} 不是表格，也无法识别格式；请用 Excel 或 WPS 打开，另存为 .xlsx", "{path} is not a table in a known format; open it in Excel or WPS and save it as .xlsx"),
			table.ProblemOldExcel: l("{path} 是旧版 Excel 表格（.xls）；请用 Excel 或 WPS 打开，另存为 .xlsx", "{path} is an old Excel table (.xls); open it in Excel or WPS and save it as .xlsx"),
			table.ProblemOtherFormat: l("{path} 是 {detail} 表格，无法读取；请用 Excel 或 WPS 打开，另存为 .xlsx",
				"{path} is a {detail} table, which cannot be read; open it in Excel or WPS and save it as .xlsx"),
			table.ProblemPassword: l("{path} 设了打开密码；请用 Excel 或 WPS 打开，去掉密码后另存为 .xlsx",
				"{path} is password-protected; open it in Excel or WPS and save it as .xlsx without a password"),
			table.ProblemProtected: l("{path} 的内容是密文，可能被公司的文档加密软件（DLP）加密；请在装有该软件的电脑上解密后再核验",
				"{path} is encrypted, probably by your company's document protection (DLP); decrypt it on a machine with that software"),
			table.ProblemArchive:  l("{path} 是压缩文件（{detail}）；请先解压，再核验其中的表格", "{path} is compressed ({detail}); unpack it and use the table inside"),
			table.ProblemDocument: l("{path} 是 {detail} 文件，不是表格；请换成 .xlsx 或 .csv 的表格", "{path} is a {detail} file, not a table; use .xlsx or .csv"),
			table.ProblemNoTable: l("{path} 是网页，其中没有表格，可能是登录页或出错页；请重新登录后再导出",
				"{path} is a web page without a table, perhaps a login or error page; log in and export again"),
			table.ProblemLockFile:      l("{path} 是表格打开时产生的临时文件；请选择 {detail}", "{path} is a temporary file of a program that has the table open; choose {detail}"),
			table.ProblemCutOff:        l("{path} 不完整，可能没有传完；请重新下载或复制", "{path} is incomplete; download or copy it again"),
			table.ProblemNoSheet:       l("没有这个工作表；有：{detail}", "no such sheet; the workbook has: {detail}"),
			table.ProblemDamaged:       l("{path} 已损坏，请用表格软件打开后另存", "{path} is damaged; open it in a spreadsheet program and save it again"),
			table.ProblemTooLarge:      l("{path} 超出了表格的上限（{detail}）", "{path} exceeds the limits of a spreadsheet ({detail})"),
			table.ProblemUnclosedQuote: l("{path} 里有不成对的引号，请补上或删去，或另存为 .xlsx", "{path} has an unmatched quotation mark; add or delete one, or save the table as .xlsx"),
			table.ProblemIO:            l("{path} 无法读取", "{path} cannot be read"),
			table.ProblemNUL:           l("{path} 的内容已丢失，只剩空字节（NUL）；请重新导出或重新复制", "{path} has lost content (NUL bytes in its place); export or copy it again"),
		},
		ReadRow: l("（第 %d 行）", " (row %d)"), ReadCell: l("（第 %d 行 %s 列）", " (row %d, column %s)"), InSheet: l("（工作表“%s”）", " (sheet “%s”)"),
		MappingProblems: map[detect.MappingProblem]string{
			detect.MappingSyntax:    l("{part} 应写成 entname=B 的形式", "{part} must look like entname=B"),
			detect.MappingFactor:    l("{part} 中没有这一项；可用 {allowed}", "{part} names no factor; use {allowed}"),
			detect.MappingColumn:    l("{part} 中没有这一列；表头有 {allowed}", "{part} names no column; the headers are {allowed}"),
			detect.MappingDuplicate: l("{part} 重复了", "{part} is given twice"),
		},
		Stopped: map[lookup.StopReason]string{
			lookup.StopOperator: l("已手动停止", "stopped by you"),
			lookup.StopShutdown: l("程序退出或终端断开时停止", "interrupted: the program ended or the terminal disconnected"),
			lookup.StopLimit:    l("已达上限", "limit reached"),
			lookup.StopFailures: l("应答异常：连续 10 笔没有正常应答，或前 20 笔结果全都相同，或本机时钟倒退", "ten failures in a row, 20 identical results at the start, or the clock was set back"),
		},
		StoppedByCode: l("服务返回错误码 %s：%s", "the service returned error code %s: %s"),
		States: map[batch.State]string{
			batch.Preparing: l("准备", "preparing"), batch.Running: l("进行中", "running"), batch.Paused: l("已暂停", "paused"),
			batch.Stopping: l("正在停止", "stopping"), batch.Writing: l("正在写结果", "writing results"), batch.Done: l("已结束", "done"),
		},
		RowWarnings: newRowWarnings(l), TableFaults: newTableFaults(l), Plan: newRunsPlan(l), Progress: newRunsProgress(l), End: newRunsEnd(l),
	}
}

// RunsPlan has the texts of a plan: what is reported and asked before anything
// is sent.
type RunsPlan struct {
	Title                                 string
	File, FileEncoding, FileSheet         string // the input
	Header, HeaderRow, NoHeader           string
	Column, ColumnBare                    string
	Regstatus, Out                        string
	Rows, Invalid, Duplicate, AlreadyDone string // labels
	RowsOf                                string
	Repeated, Unsettled, Calls, Estimate  string
	TextPrefixes, Normalized, Warnings    string
	DuplicateNote, AlreadyDoneNote        string
	RepeatedNote, UnsettledNote           string
	Charged, ChargedAtMost, ChargedToday  string
	About                                 string
	Rules                                 map[ident.Rule]string // by rule of a warning
	RuleRows                              string                // takes a rule and a number of rows

	Faults, FaultAt, More                                                  string // rows that cannot be sent
	Note, Limit, HistoryLost, Clock, UnusableVerdicts, HeaderLooksLikeData string // notes
	Hidden, OtherSheets, HiddenSheet                                       string
	Formulas, Merged                                                       string

	HeadersAre, AvailableColumns, DataRow, UseMapExample string // if the columns are unknown
	UseMap, ColumnPlaceholder                            string

	Ask, AskTyped, AskResend, NeedYes, Declined string
}

func newRunsPlan(l pick) RunsPlan {
	return RunsPlan{
		Title: l("检查完毕，尚未发送：", "Checked; nothing sent yet:"), File: l("表格", "Table"), FileEncoding: l("%s（%s）", "%s (%s)"),
		FileSheet: l("%s，工作表“%s”", "%s, sheet “%s”"), Header: l("表头", "Header"), HeaderRow: l("第 %d 行", "row %d"), NoHeader: l("没有", "none"),
		Column: l("%s 列“%s”", "column %s, “%s”"), ColumnBare: l("%s 列", "column %s"),
		Regstatus: l("%s，一并查询经营状态", "%s, with business status"), Out: l("结果写到", "Results"),
		RowsOf: l("%d 行", "rows %d"), Rows: l("行数", "Rows"), Invalid: l("不能发送", "Cannot be sent"), Duplicate: l("表内重复", "Duplicates"),
		AlreadyDone: l("本批已核验", "Already done"), Repeated: l("台账已有结论", "In the ledger"), Unsettled: l("上次无结论", "Unresolved"),
		Calls:           l("将发送", "To send"),
		DuplicateNote:   l("与前面的行相同，只发送一次", "same as an earlier row, sent once"),
		AlreadyDoneNote: l("不再发送", "not sent again"), RepeatedNote: l("不发送，不计费", "not sent, not charged"),
		UnsettledNote: l("可能已计费，不再发送", "may have been charged, not sent again"),
		Estimate:      l("费用估算", "Estimate"),
		TextPrefixes:  l("已去掉 %d 个单元格的防变形前缀（' 或 =\"…\"）", "%d cells: text prefix removed (' or =\"…\")"),
		Normalized: l("%d 行已整理（空格、换行、连字符、全角、小写、部首字等），按整理后的内容发送",
			"%d rows are sent tidied (spaces, line breaks, hyphens, full-width and lower-case characters, radicals)"),
		Warnings: l("提醒", "Warnings"),

		Charged:       l("%d 笔（计费）", "%d (charged)"),
		ChargedAtMost: l("%d 笔，这次最多发送 %d 笔（计费）", "%d, at most %d now (charged)"),
		ChargedToday:  l("%d 笔，每日上限内今天还可以发送 %d 笔（计费）", "%d, of which %d can be sent today within the daily limit (charged)"),
		About:         l("约 ¥%.2f（%d × ¥%.2f，仅为估算）", "about ¥%.2f (%d × ¥%.2f, estimate)"),
		Rules: map[ident.Rule]string{
			ident.RuleLength: l("长度不对", "wrong length"), ident.RuleCharset: l("含异常字符", "unexpected characters"),
			ident.RuleChecksum: l("校验位不符", "wrong check digit"), ident.RuleRegion: l("地区代码不存在", "unknown region code"),
			ident.RuleDate: l("出生日期不对", "invalid birth date"), ident.RuleOrgCheck: l("内含组织机构代码不符", "wrong organisation code inside"),
			ident.RuleChanged: l("已整理", "tidied"), ident.RuleLookalike: l("有形近字符", "look-alike characters"),
			ident.RuleKind: l("号码种类不符", "wrong kind of number"), ident.RulePlaceholder: l("占位符", "placeholder"),
			ident.RuleName: l("名称可疑", "unusual name"),
		},
		RuleRows: l("%s %d 行", "%s (%d)"), Faults: l("不能发送的行", "Rows that cannot be sent"), FaultAt: l("第 %d 行 %s 列", "row %d, column %s"),
		More: l("还有 %d 行没有列出", "%d more not listed"), Note: l("注意：%s", "note: %s"),
		Limit: l("今天已发送 %d 笔，每日上限 %d 笔；到达上限就停止，以后可以继续核验", "%d sent today; the daily limit is %d: the run stops there and can be resumed later"),
		UnusableVerdicts: l("有 %d 行已有结论，但来自导入的记录、另一个服务地址，或时间晚于本机时钟，不能用来作答，所以不发送，记为结果未知；要再次发送（再次计费），之后请用 batch resume --resend-lost",
			"%d rows have a verdict that cannot answer (imported, from another service address, or ahead of this machine's clock): they are not sent and count as lost. To send them (charged again), run batch resume --resend-lost afterwards"),
		Clock: l("本机时间 %s 早于台账里最近一次核验（%s），时钟可能不准，重复核验与每日上限会算错。请先核对日期和时间",
			"this machine's time, %s, is earlier than the newest lookup in the ledger (%s). If the clock is wrong, repeats and the daily limit are counted wrongly. Check the date and time first"),
		HistoryLost: l("台账损坏或丢失过，无法确定哪些行以前核验过，可能重复计费", "the ledger was damaged or lost, so rows looked up earlier are unknown; some may be charged again"),
		HeaderLooksLikeData: l("第 %d 行被当作表头，不核验，但它像是数据。没有表头，请加 --header-row 0",
			"row %d is used as the header and is not looked up, but it looks like data. If there is no header, add --header-row 0"),
		Hidden:      l("其中 %d 行被隐藏或筛选掉，也会发送", "%d of these rows are hidden or filtered out; they are sent too"),
		OtherSheets: l("读取的是工作表“%s”，另有“%s”；要读取其他工作表，请加 --sheet", "reading sheet “%s”; the workbook also has “%s”. To read another one, add --sheet"),
		HiddenSheet: l("工作表“%s”是隐藏的；只有它有四项的表头", "sheet “%s” is hidden; no other sheet has the headers of the four factors"),
		Formulas: l("有 %d 个单元格是公式，采用表格中保存的结果；如果结果可能过期，请先用 Excel 或 WPS 打开并保存",
			"%d cells are formulas and their stored results are used; if these may be outdated, open and save the table in Excel or WPS first"),
		Merged:     l("有 %d 行的企业取自合并单元格", "%d rows take their company from a merged cell"),
		HeadersAre: l("第 %d 行的表头：%s", "the header in row %d: %s"), AvailableColumns: l("可选的列：%s 到 %s", "available columns: %s to %s"),
		DataRow: l("第 %d 行像是数据，不是表头。表头在其他行，请加 --header-row N；没有表头，请加 --header-row 0",
			"row %d looks like data, not a header. If the header is elsewhere, add --header-row N; if there is none, --header-row 0"),
		UseMapExample: l("请用 --map 指定，例如：--map %s", "use --map, for example --map %s"),
		UseMap:        l("请用 --map 指定：--map %s", "use --map %s"), ColumnPlaceholder: l("<列>", "<column>"),
		Ask:       l("将发送 %d 笔（计费），确定吗？[y/N] ", "Send %d lookups (charged)? [y/N] "),
		AskTyped:  l("将发送 %d 笔（计费）。请输入笔数 %d 确认，直接按 Enter 则不发送：", "%d lookups will be sent and charged. Type %d to confirm; Enter sends nothing: "),
		AskResend: l("其中结果未知的行再次发送，可能再次计费。", "Rows whose result was lost may be charged again."),
		NeedYes: l("未发送。将发送 %d 笔（计费），但标准输入不是终端，无法询问；要发送请加 --yes",
			"not sent. %d lookups would be sent and charged, but standard input is not a terminal to confirm on; to send them, add --yes"),
		Declined: l("未发送", "not sent"),
	}
}

// RunsProgress has what batch commands report during a run.
type RunsProgress struct {
	Checking, Writing, Rows, Rate, Remaining, Stopping, Backoff string

	Interrupted, AskAfterFailures, AskAfterIdentical string
}

func newRunsProgress(l pick) RunsProgress {
	return RunsProgress{
		Checking: l("正在检查表格 %d%%", "checking the table %d%%"), Writing: l("正在写结果 %d%%", "writing the results %d%%"),
		Rows: l("%d/%d 行", "%d/%d rows"), Rate: l("%.1f 行/秒", "%.1f rows/s"), Remaining: l("还需 %s", "%s left"),
		Stopping: l("正在停止，等待在途的 %d 笔", "stopping, %d in progress"), Backoff: l("服务限速，%s 后继续", "rate-limited; resuming in %s"),
		Interrupted: l("不再发送新的，等待在途的 %d 笔（最长 %s）。再按一次 Ctrl+C 不再等待，在途的记为“结果未知”，可能计费。",
			"Nothing new is sent; waiting for %d in progress (at most %s). Press Ctrl+C again to stop waiting: they are recorded as lost and may be charged."),
		AskAfterFailures: l("连续 10 笔没有正常应答，已暂停。最近一笔：%s\n"+
			"继续发送吗？[y/N] ",
			"The last ten rows failed, so the run is paused. Latest: %s\n"+
				"Continue? [y/N] "),
		AskAfterIdentical: l("前 20 笔的结果全都相同，已暂停：%s\n"+
			"可能列对错了，或表格有误；继续发送照常计费。继续发送吗？[y/N] ",
			"The first 20 rows all ended the same way, so the run is paused: %s\n"+
				"Columns may be swapped, or the table may be wrong; further rows are charged. Continue? [y/N] "),
	}
}

// RunsEnd has what batch commands report at the end of a run and about earlier
// runs.
type RunsEnd struct {
	Sent, Stopped, Elapsed, Out                                            string // labels
	Finished, RowsNotSent                                                  string // states of a run
	Unfinished, Resume, ResendLost, Export, AnswersRecorded, Demo, Unsaved string
	NoRuns, Exported, IdenticalAnswers                                     string

	BadRun, BadConcurrency, BadRate, BadMaxCalls, BadHeadRow, NeedFile, NeedRun string
}

func newRunsEnd(l pick) RunsEnd {
	return RunsEnd{
		Sent:    l("已发送", "Sent"),
		Stopped: l("停止原因", "Stopped"), Elapsed: l("用时", "Time taken"), Out: l("结果文件", "Results"),
		Finished: l("已完成", "done"), RowsNotSent: l("还有 %d 行未发送", "rows not sent: %d"),
		Unfinished: l("未完成：%s", "not finished: %s"), Resume: l("继续核验：", "to resume:"),
		ResendLost: l("有 %d 行结果未知。请先到聚合控制台核实是否计费；要再次发送（可能再次计费）：",
			"lost rows: %d. Check in Juhe's console whether they were charged; to send them again (may be charged again):"),
		Export:           l("也可以把结果写到别处：", "or write the results to another file:"),
		AnswersRecorded:  l("全部应答已写入台账，没有丢失。", "Every answer is in the ledger; none is lost."),
		Demo:             l("演示的台账不保留，这个批次不能继续。", "the demo's ledger is not kept, so this run cannot be resumed."),
		Unsaved:          l("下面 %d 笔已发送，可能已计费，但没有写入台账，请自行保存：", "%d were sent and may be charged, but are not in the ledger. Keep the following:"),
		IdenticalAnswers: l("前 20 笔的结果全都相同（%s），可能列对错了，或表格有误", "the first 20 rows all ended the same way (%s); columns may be swapped, or the table may be wrong"),
		NoRuns:           l("还没有批次", "no runs yet"), Exported: l("已写出 %d 行：%s", "rows written: %d, to %s"),
		BadRun:         l("%q 不是批次编号；编号见 fourfactor batch list", "%q is not a run number; see fourfactor batch list"),
		BadConcurrency: l("--concurrency 应为 1 到 256", "--concurrency must be 1 to 256"),
		BadRate:        l("--rate 应为 0（不限）到 100000", "--rate must be 0 (no limit) to 100000"),
		BadMaxCalls:    l("--max-calls 应为 0（不限）或正整数", "--max-calls must be 0 (no limit) or more"),
		BadHeadRow:     l("--header-row 应为 0（没有表头）或行号", "--header-row must be 0 (no header) or a row number"),
		NeedFile:       l("请指定一个要核验的表格 FILE", "name one table to look up (FILE)"),
		NeedRun:        l("请指定一个批次编号；编号见 fourfactor batch list", "name one run; see fourfactor batch list"),
	}
}
