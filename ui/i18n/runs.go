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
	Columns                        map[string]string // headings of the results
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

func zhRuns() Runs {
	return Runs{
		Short: "批量核验：读入表格，逐行核验，写出结果", RunShort: "核验一个表格", RunLong: "核验一个表格（CSV、TSV、XLSX，或系统导出的 .xls、.html），结果写到 --out。\n" +
			"发送之前先检查全部行，并说明计费的笔数；停止或中断后，用 batch resume 继续核验，已有应答的行不会再次发送。\n" +
			"\n" +
			"退出码：0 全部完成，64 用法、配置或表格有误，6 未完成（标准错误中有继续的命令），8 台账读写失败，130 发送前中断",
		Resume: "继续未完成的批次", ResumeLong: "继续未完成的批次。已有应答的行不会再次发送；结果未知的行只有加 --resend-lost 才会再次发送（可能再次计费）。", List: "列出批次，最新的在前",
		Export:     "把批次目前的结果另存为表格",
		ExportLong: "把批次目前的结果另存为表格，不影响批次本身。加 --rest 则只导出无结论的行并写明原因，导出的文件可以再次核验。",
		FlagOut:    "结果写到 `FILE`（.csv 或 .xlsx），不覆盖已有的文件", FlagSheet: "工作表名称或序号 `SHEET`", FlagHeaderRow: "表头在第几行 `N`；0 表示没有表头",
		FlagMap: "指定各项所在的列 `entname=B,idcard=D`，可用列字母或表头", FlagConcurrency: "同时在途的笔数 `N`，默认按配置 [batch]", FlagRate: "每秒最多发送的笔数 `R`，0 为不限，默认按配置 [batch]",
		FlagMaxCalls: "最多发送 `N` 笔，达到后停止", FlagDryRun: "只检查并说明计费的笔数，不发送", FlagYes: "不询问，直接发送；整张表有同样问题时不发送", FlagHoldWarned: "有提醒的行不发送",
		FlagResend: "结果未知的行再次发送（可能再次计费）", FlagRest: "只导出无结论的行，并写明原因", FlagExportOut: "写到 `FILE`（.csv 或 .xlsx）",
		Columns: map[string]string{
			"outcome": "核验结果", "meaning": "结果说明", "code": "结果码", "regstatus": "经营状态", "orderid": "流水号", "billable": "是否计费",
			"remarks": "提醒", "reason": "无结论的原因", "at": "核验时间", "id": "核验编号",
		},
		Duplicate: "与原表第 %d 行相同，未重复发送", NotSentYet: "尚未发送", Deleted: "这笔核验已从历史中删除",
		Faults: map[detect.Corruption]string{
			detect.CorruptionScientific: "{field}变成了科学计数（1.10105E+17），末几位已丢失", detect.CorruptionRounded: "{field}以 000 结尾，可能被表格软件改过",
			detect.CorruptionNumber: "{field}是数字（或日期）格式，开头的 0 或末几位可能已丢失", detect.CorruptionError: "{field}是表格的错误值（如 #N/A）", detect.CorruptionEncoding: "{field}里有无法读取的字符",
			detect.CorruptionHeader: "像是标题行或合计行", detect.CorruptionExtraCells: "这一行比表头多 {cells} 个单元格，可能是某个单元格里的逗号没有加引号", detect.CorruptionMissingCells: "这一行比表头少 {cells} 个单元格，可能是分隔符写成了全角或其他符号",
			detect.CorruptionInstruction: "像是填写说明或栏目编号，不是数据", detect.CorruptionExample: "像是填写示例，不是数据",
			detect.CorruptionFormula: "{field}是公式，表格中没有保存它的结果", detect.CorruptionMerged: "{field}在合并单元格里，无法确定属于哪一行",
		},
		InputFaults: map[lookup.InputProblem]string{
			lookup.InputEmpty:       "{field}是空的",
			lookup.InputInvalidUTF8: "{field}里有无法识别的字符",
			lookup.InputPlaceholder: "{field}只有占位符（无、NULL、/、0 等）",
			lookup.InputMasked:      "{field}是脱敏的值",
		},
		Cures: map[detect.Corruption]string{
			detect.CorruptionScientific: "请把这一列设为文本格式，再按原始资料重新填写", detect.CorruptionRounded: "请把这一列设为文本格式，再按原始资料重新填写；号码确实如此的，请在核验界面单独核验",
			detect.CorruptionNumber: "请把这一列设为文本格式，再按原始资料重新填写", detect.CorruptionError: "请改正这个单元格", detect.CorruptionEncoding: "请用原来的程序另存为 UTF-8 编码的 CSV，或 XLSX",
			detect.CorruptionExtraCells: "请给那个单元格加上英文引号，或另存为 .xlsx", detect.CorruptionMissingCells: "请使用与表头相同的分隔符",
			detect.CorruptionFormula: "请用 Excel 或 WPS 打开表格，保存后再核验", detect.CorruptionMerged: "请取消合并，逐行填写", detect.CorruptionHeader: "无需处理；如果确实要核验这一行，请在核验界面单独核验",
			detect.CorruptionInstruction: "无需处理；如果确实要核验这一行，请在核验界面单独核验", detect.CorruptionExample: "无需处理；如果确实要核验这一行，请去掉“示例”字样",
		},
		InputCures: map[lookup.InputProblem]string{
			lookup.InputEmpty:       "请补上后核验",
			lookup.InputInvalidUTF8: "请重新输入",
			lookup.InputPlaceholder: "请补上后核验",
			lookup.InputMasked:      "请换成完整的值（从本程序导出时加 --reveal）",
		},
		Problems: map[batch.Problem]string{
			batch.ProblemColumns:    "无法确定哪一列是{fields}",
			batch.ProblemAmbiguous:  "不止一列像是{fields}",
			batch.ProblemGarbled:    "{path} 的表头是乱码，可能编码不对；请从原来的程序重新导出，或用 Excel、WPS 打开，确认文字正常后另存为 .xlsx",
			batch.ProblemOneColumn:  "{path} 每行只有一个单元格，无法分列；请用英文逗号分隔，或另存为 .xlsx",
			batch.ProblemSeparator:  "{path} 像是用“{detail}”分隔，无法分列；请改用英文逗号分隔，或另存为 .xlsx",
			batch.ProblemMapping:    "列的对应有误",
			batch.ProblemNoRow:      "表头下面没有内容",
			batch.ProblemNothing:    "没有可以发送的行",
			batch.ProblemMasked:     "{path} 里的姓名、证件号码是脱敏的，未发送。如果是本程序导出的，请用 fourfactor history export --reveal 重新导出，否则请用原始资料",
			batch.ProblemOutFormat:  "{path} 应以 .csv 或 .xlsx 结尾",
			batch.ProblemOutInput:   "{path} 就是要核验的表格，请换一个文件名",
			batch.ProblemOutExists:  "{path} 已存在，没有覆盖；请移走它，或换一个文件名",
			batch.ProblemOutFail:    "无法写入 {path}",
			batch.ProblemOutName:    "文件系统不接受文件名 {path}（太长，或含有不允许的字符），请换一个",
			batch.ProblemTooWide:    "{path} 加上结果列超过 16,384 列，无法写入；请先删去不需要的列",
			batch.ProblemTooLong:    "{path} 超过 1,048,576 行，一个工作表写不下；请把结果写到 .csv",
			batch.ProblemChanged:    "{path} 与批次开始时不同。请恢复原来的文件，或另开一个批次",
			batch.ProblemService:    "这个批次属于另一个服务：{detail}",
			batch.ProblemUnknownRun: "没有编号为 {detail} 的批次",
			batch.ProblemPastedGone: "批次 {detail} 粘贴的行已删除（全部有结论后，或随历史删除），未发送",
			batch.ProblemLocked:     "批次 {detail} 正由另一个程序执行，未发送",
		},
		ReadProblems: map[table.ReadProblem]string{
			table.ProblemNotFound: "找不到文件：{path}", table.ProblemDenied: "没有权限读取 {path}", table.ProblemNotFile: "{path} 是文件夹或设备，不是表格；请选择其中的文件", table.ProblemEmpty: "{path} 是空的",
			table.ProblemFormat: "{path} 不是表格，也无法识别格式；请用 Excel 或 WPS 打开，另存为 .xlsx", table.ProblemOldExcel: "{path} 是旧版 Excel 表格（.xls）；请用 Excel 或 WPS 打开，另存为 .xlsx",
			table.ProblemOtherFormat: "{path} 是 {detail} 表格，无法读取；请用 Excel 或 WPS 打开，另存为 .xlsx", table.ProblemPassword: "{path} 设了打开密码；请用 Excel 或 WPS 打开，去掉密码后另存为 .xlsx",
			table.ProblemProtected: "{path} 的内容是密文，可能被公司的文档加密软件（DLP）加密；请在装有该软件的电脑上解密后再核验",
			table.ProblemArchive:   "{path} 是压缩文件（{detail}）；请先解压，再核验其中的表格", table.ProblemDocument: "{path} 是 {detail} 文件，不是表格；请换成 .xlsx 或 .csv 的表格",
			table.ProblemNoTable: "{path} 是网页，其中没有表格，可能是登录页或出错页；请重新登录后再导出", table.ProblemLockFile: "{path} 是表格打开时产生的临时文件；请选择 {detail}",
			table.ProblemCutOff:  "{path} 不完整，可能没有传完；请重新下载或复制",
			table.ProblemNoSheet: "没有这个工作表；有：{detail}", table.ProblemDamaged: "{path} 已损坏，请用表格软件打开后另存",
			table.ProblemTooLarge: "{path} 超出了表格的上限（{detail}）", table.ProblemUnclosedQuote: "{path} 里有不成对的引号，请补上或删去，或另存为 .xlsx", table.ProblemIO: "{path} 无法读取",
			table.ProblemNUL: "{path} 的内容已丢失，只剩空字节（NUL）；请重新导出或重新复制",
		},
		ReadRow: "（第 %d 行）", ReadCell: "（第 %d 行 %s 列）", InSheet: "（工作表“%s”）",
		MappingProblems: map[detect.MappingProblem]string{
			detect.MappingSyntax: "{part} 应写成 entname=B 的形式", detect.MappingFactor: "{part} 中没有这一项；可用 {allowed}", detect.MappingColumn: "{part} 中没有这一列；表头有 {allowed}", detect.MappingDuplicate: "{part} 重复了",
		},
		Stopped:       map[lookup.StopReason]string{lookup.StopOperator: "已手动停止", lookup.StopShutdown: "程序退出或终端断开时停止", lookup.StopLimit: "已达上限", lookup.StopFailures: "应答异常：连续 10 笔没有正常应答，或前 20 笔结果全都相同，或本机时钟倒退"},
		StoppedByCode: "服务返回错误码 %s：%s",
		States:        map[batch.State]string{batch.Preparing: "准备", batch.Running: "进行中", batch.Paused: "已暂停", batch.Stopping: "正在停止", batch.Writing: "正在写结果", batch.Done: "已结束"},
		RowWarnings:   zhRowWarnings(), TableFaults: zhTableFaults(),
		Plan: zhRunsPlan(), Progress: zhRunsProgress(), End: zhRunsEnd(),
	}
}

func enRuns() Runs {
	return Runs{
		Short: "Batches: a spreadsheet in, a spreadsheet out", RunShort: "Look up every row of a spreadsheet", RunLong: "Look up every row of a table (CSV, TSV, XLSX, or an exported .xls or .html) and write the results to --out.\n" +
			"Before sending, it checks all rows and reports how many lookups will be charged. If a run stops or is interrupted, batch resume continues it; answered rows are never sent again.\n" +
			"\n" +
			"Exit codes: 0 done, 64 usage, config or input, 6 not finished (standard error has the command to resume), 8 ledger, 130 interrupted before sending",
		Resume: "Resume an unfinished run", ResumeLong: "Resume an unfinished run. Answered rows are never sent again; lost rows are sent again only with --resend-lost and may be charged again.", List: "List the runs, newest first",
		Export:     "Write a run's results so far to another spreadsheet",
		ExportLong: "Write a run's results so far to another spreadsheet; the run itself is not changed. With --rest only the unresolved rows are written, with the reason: a file that can be run again.",
		FlagOut:    "write the results to `FILE` (.csv or .xlsx); an existing file is not overwritten", FlagSheet: "name or number of the sheet: `SHEET`", FlagHeaderRow: "row `N` of the header; 0 if there is none",
		FlagMap: "columns of the factors, by letter or header: `entname=B,idcard=D`", FlagConcurrency: "lookups in progress at a time, `N`; default from the config, [batch]", FlagRate: "at most `R` lookups per second; 0 for no limit; default from the config, [batch]",
		FlagMaxCalls: "send at most `N` lookups, then stop", FlagDryRun: "only check, and report how many lookups will be charged", FlagYes: "send without asking, unless the whole table has the same fault", FlagHoldWarned: "do not send rows with warnings",
		FlagResend: "send lost rows again (may be charged again)", FlagRest: "only unresolved rows, with the reason", FlagExportOut: "write to `FILE` (.csv or .xlsx)",
		Columns: map[string]string{
			"outcome": "Outcome", "meaning": "Meaning", "code": "Code", "regstatus": "Business status", "orderid": "Order ID", "billable": "Charged",
			"remarks": "Warnings", "reason": "Why unresolved", "at": "Looked up at", "id": "Lookup ID",
		},
		Duplicate: "same as row %d of the input, not sent again", NotSentYet: "not sent yet", Deleted: "this lookup was deleted from the history",
		Faults: map[detect.Corruption]string{
			detect.CorruptionScientific: "{field} became a number like 1.10105E+17: its last digits are lost", detect.CorruptionRounded: "{field} ends in 000: a spreadsheet may have changed it",
			detect.CorruptionNumber: "{field} is a number (or a date): leading zeros or last digits may be lost", detect.CorruptionError: "{field} is a spreadsheet error (such as #N/A)", detect.CorruptionEncoding: "{field} has characters that could not be decoded",
			detect.CorruptionHeader: "looks like a header or a total", detect.CorruptionExtraCells: "{cells} cells more than the header, perhaps a comma without quotation marks", detect.CorruptionMissingCells: "{cells} cells fewer than the header, perhaps a different separator in the row",
			detect.CorruptionInstruction: "looks like instructions or column numbers, not data", detect.CorruptionExample: "looks like an example, not data",
			detect.CorruptionFormula: "{field} is a formula whose result is not in the file", detect.CorruptionMerged: "{field} is in a merged cell; which row it belongs to is unclear",
		},
		InputFaults: map[lookup.InputProblem]string{
			lookup.InputEmpty:       "{field} is empty",
			lookup.InputInvalidUTF8: "{field} has unreadable characters",
			lookup.InputPlaceholder: "{field} is only a placeholder (such as NULL, 无, / or 0)",
			lookup.InputMasked:      "{field} is masked",
		},
		Cures: map[detect.Corruption]string{
			detect.CorruptionScientific: "format the column as text and fill it in again from the source", detect.CorruptionRounded: "format the column as text and fill it in again from the source; if the number is correct, look it up in the form",
			detect.CorruptionNumber: "format the column as text and fill it in again from the source", detect.CorruptionError: "correct the cell", detect.CorruptionEncoding: "save the file as UTF-8 CSV or XLSX in the program it came from",
			detect.CorruptionExtraCells: "put that cell in quotation marks, or save the table as .xlsx", detect.CorruptionMissingCells: "use the same separator as the header",
			detect.CorruptionFormula: "open and save the table in Excel or WPS", detect.CorruptionMerged: "unmerge the cells and fill in each row", detect.CorruptionHeader: "no action needed; to look this row up, use the form",
			detect.CorruptionInstruction: "no action needed; to look this row up, use the form", detect.CorruptionExample: "no action needed; to look this row up, remove the word that marks it as an example",
		},
		InputCures: map[lookup.InputProblem]string{
			lookup.InputEmpty:       "fill it in, then look it up",
			lookup.InputInvalidUTF8: "type it again",
			lookup.InputPlaceholder: "fill it in, then look it up",
			lookup.InputMasked:      "use the full value (export with --reveal)",
		},
		Problems: map[batch.Problem]string{
			batch.ProblemColumns:    "cannot tell which column is {fields}",
			batch.ProblemAmbiguous:  "more than one column looks like {fields}",
			batch.ProblemGarbled:    "the header of {path} is garbled, probably by a wrong encoding; export it again, or open it in Excel or WPS, check the text and save it as .xlsx",
			batch.ProblemOneColumn:  "each line of {path} is a single cell; separate the cells with commas, or save it as .xlsx",
			batch.ProblemSeparator:  "{path} seems to use “{detail}” as separator, which is not supported; use commas, or save it as .xlsx",
			batch.ProblemMapping:    "invalid column mapping",
			batch.ProblemNoRow:      "there are no rows below the header",
			batch.ProblemNothing:    "no row can be sent",
			batch.ProblemMasked:     "names and ID numbers in {path} are masked; not sent. If fourfactor exported it, export again with fourfactor history export --reveal; otherwise use the source data",
			batch.ProblemOutFormat:  "{path} must end in .csv or .xlsx",
			batch.ProblemOutInput:   "{path} is the input table itself; choose another name",
			batch.ProblemOutExists:  "{path} already exists and was not overwritten; move it away or choose another name",
			batch.ProblemOutFail:    "{path} cannot be written",
			batch.ProblemOutName:    "the file system does not accept the name {path} (too long, or characters that are not allowed); choose another one",
			batch.ProblemTooWide:    "{path} would exceed 16,384 columns with the results; delete columns you do not need",
			batch.ProblemTooLong:    "{path} would exceed 1,048,576 rows, the limit of a sheet; write the results to a .csv",
			batch.ProblemChanged:    "{path} has changed since the run started. Restore the original file, or start a new run",
			batch.ProblemService:    "this run belongs to another service: {detail}",
			batch.ProblemUnknownRun: "there is no run {detail}",
			batch.ProblemPastedGone: "the pasted rows of run {detail} were deleted (all had verdicts, or the history was deleted); not sent",
			batch.ProblemLocked:     "run {detail} is in progress in another process; not sent",
		},
		ReadProblems: map[table.ReadProblem]string{
			table.ProblemNotFound: "file not found: {path}", table.ProblemDenied: "no permission to read {path}", table.ProblemNotFile: "{path} is a folder or a device, not a table; choose a file", table.ProblemEmpty: "{path} is empty",
			table.ProblemFormat: "{path} is not a table in a known format; open it in Excel or WPS and save it as .xlsx", table.ProblemOldExcel: "{path} is an old Excel table (.xls); open it in Excel or WPS and save it as .xlsx",
			table.ProblemOtherFormat: "{path} is a {detail} table, which cannot be read; open it in Excel or WPS and save it as .xlsx", table.ProblemPassword: "{path} is password-protected; open it in Excel or WPS and save it as .xlsx without a password",
			table.ProblemProtected: "{path} is encrypted, probably by your company's document protection (DLP); decrypt it on a machine with that software",
			table.ProblemArchive:   "{path} is compressed ({detail}); unpack it and use the table inside", table.ProblemDocument: "{path} is a {detail} file, not a table; use .xlsx or .csv",
			table.ProblemNoTable: "{path} is a web page without a table, perhaps a login or error page; log in and export again", table.ProblemLockFile: "{path} is a temporary file of a program that has the table open; choose {detail}",
			table.ProblemCutOff:  "{path} is incomplete; download or copy it again",
			table.ProblemNoSheet: "no such sheet; the workbook has: {detail}", table.ProblemDamaged: "{path} is damaged; open it in a spreadsheet program and save it again",
			table.ProblemTooLarge: "{path} exceeds the limits of a spreadsheet ({detail})", table.ProblemUnclosedQuote: "{path} has an unmatched quotation mark; add or delete one, or save the table as .xlsx", table.ProblemIO: "{path} cannot be read",
			table.ProblemNUL: "{path} has lost content (NUL bytes in its place); export or copy it again",
		},
		ReadRow: " (row %d)", ReadCell: " (row %d, column %s)", InSheet: " (sheet “%s”)",
		MappingProblems: map[detect.MappingProblem]string{
			detect.MappingSyntax: "{part} must look like entname=B", detect.MappingFactor: "{part} names no factor; use {allowed}", detect.MappingColumn: "{part} names no column; the headers are {allowed}", detect.MappingDuplicate: "{part} is given twice",
		},
		Stopped:       map[lookup.StopReason]string{lookup.StopOperator: "stopped by you", lookup.StopShutdown: "interrupted: the program ended or the terminal disconnected", lookup.StopLimit: "limit reached", lookup.StopFailures: "ten failures in a row, 20 identical results at the start, or the clock was set back"},
		StoppedByCode: "the service returned error code %s: %s",
		States:        map[batch.State]string{batch.Preparing: "preparing", batch.Running: "running", batch.Paused: "paused", batch.Stopping: "stopping", batch.Writing: "writing results", batch.Done: "done"},
		RowWarnings:   enRowWarnings(), TableFaults: enTableFaults(),
		Plan: enRunsPlan(), Progress: enRunsProgress(), End: enRunsEnd(),
	}
}

// RunsPlan has the texts of a plan: what is reported and asked before anything
// is sent.
type RunsPlan struct {
	Title                                 string
	File, FileEncoding, FileSheet         string // the input
	Header, HeaderRow, NoHeader           string
	Column, ColumnBare                    string
	Endpoint, Regstatus, Service, Out     string
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

func zhRunsPlan() RunsPlan {
	return RunsPlan{
		Title: "检查完毕，尚未发送：",
		File:  "表格", FileEncoding: "%s（%s）", FileSheet: "%s，工作表“%s”",
		Header: "表头", HeaderRow: "第 %d 行", NoHeader: "没有",
		Column: "%s 列“%s”", ColumnBare: "%s 列",
		Endpoint: "接口", Regstatus: "%s，一并查询经营状态", Service: "服务", Out: "结果写到",
		RowsOf: "%d 行", Rows: "行数", Invalid: "不能发送", Duplicate: "表内重复", AlreadyDone: "本批已核验",
		Repeated: "台账已有结论", Unsettled: "上次无结论", Calls: "将发送",
		DuplicateNote: "与前面的行相同，只发送一次", AlreadyDoneNote: "不再发送", RepeatedNote: "不发送，不计费", UnsettledNote: "可能已计费，不再发送", Estimate: "费用估算",
		TextPrefixes: "已去掉 %d 个单元格的防变形前缀（' 或 =\"…\"）", Normalized: "%d 行已整理（空格、换行、连字符、全角、小写、部首字等），按整理后的内容发送", Warnings: "提醒",

		Charged: "%d 笔（计费）", ChargedAtMost: "%d 笔，这次最多发送 %d 笔（计费）", ChargedToday: "%d 笔，每日上限内今天还可以发送 %d 笔（计费）",
		About: "约 ¥%.2f（%d × ¥%.2f，仅为估算）",
		Rules: map[ident.Rule]string{
			ident.RuleLength: "长度不对", ident.RuleCharset: "含异常字符", ident.RuleChecksum: "校验位不符", ident.RuleRegion: "地区代码不存在",
			ident.RuleDate: "出生日期不对", ident.RuleOrgCheck: "内含组织机构代码不符", ident.RuleChanged: "已整理", ident.RuleLookalike: "有形近字符",
			ident.RuleKind: "号码种类不符", ident.RulePlaceholder: "占位符", ident.RuleName: "名称可疑",
		},
		RuleRows: "%s %d 行",
		Faults:   "不能发送的行", FaultAt: "第 %d 行 %s 列", More: "还有 %d 行没有列出",
		Note:                "注意：%s",
		Limit:               "今天已发送 %d 笔，每日上限 %d 笔；到达上限就停止，以后可以继续核验",
		UnusableVerdicts:    "有 %d 行已有结论，但来自导入的记录、另一个服务地址，或时间晚于本机时钟，不能用来作答，所以不发送，记为结果未知；要再次发送（再次计费），之后请用 batch resume --resend-lost",
		Clock:               "本机时间 %s 早于台账里最近一次核验（%s），时钟可能不准，重复核验与每日上限会算错。请先核对日期和时间",
		HistoryLost:         "台账损坏或丢失过，无法确定哪些行以前核验过，可能重复计费",
		HeaderLooksLikeData: "第 %d 行被当作表头，不核验，但它像是数据。没有表头，请加 --header-row 0",
		Hidden:              "其中 %d 行被隐藏或筛选掉，也会发送", OtherSheets: "读取的是工作表“%s”，另有“%s”；要读取其他工作表，请加 --sheet", HiddenSheet: "工作表“%s”是隐藏的；只有它有四项的表头",
		Formulas:   "有 %d 个单元格是公式，采用表格中保存的结果；如果结果可能过期，请先用 Excel 或 WPS 打开并保存",
		Merged:     "有 %d 行的企业取自合并单元格",
		HeadersAre: "第 %d 行的表头：%s", AvailableColumns: "可选的列：%s 到 %s",
		DataRow:       "第 %d 行像是数据，不是表头。表头在其他行，请加 --header-row N；没有表头，请加 --header-row 0",
		UseMapExample: "请用 --map 指定，例如：--map %s", UseMap: "请用 --map 指定：--map %s", ColumnPlaceholder: "<列>",
		Ask: "将发送 %d 笔（计费），确定吗？[y/N] ", AskTyped: "将发送 %d 笔（计费）。请输入笔数 %d 确认，直接按 Enter 则不发送：",
		AskResend: "其中结果未知的行再次发送，可能再次计费。",
		NeedYes:   "未发送。将发送 %d 笔（计费），但标准输入不是终端，无法询问；要发送请加 --yes",
		Declined:  "未发送",
	}
}

func enRunsPlan() RunsPlan {
	return RunsPlan{
		Title: "Checked; nothing sent yet:",
		File:  "Table", FileEncoding: "%s (%s)", FileSheet: "%s, sheet “%s”",
		Header: "Header", HeaderRow: "row %d", NoHeader: "none",
		Column: "column %s, “%s”", ColumnBare: "column %s",
		Endpoint: "Endpoint", Regstatus: "%s, with business status", Service: "Service", Out: "Results",
		RowsOf: "rows %d", Rows: "Rows", Invalid: "Cannot be sent", Duplicate: "Duplicates", AlreadyDone: "Already done",
		Repeated: "In the ledger", Unsettled: "Unresolved", Calls: "To send", Estimate: "Estimate",
		DuplicateNote: "same as an earlier row, sent once", AlreadyDoneNote: "not sent again", RepeatedNote: "not sent, not charged", UnsettledNote: "may have been charged, not sent again",
		TextPrefixes: "%d cells: text prefix removed (' or =\"…\")", Normalized: "%d rows are sent tidied (spaces, line breaks, hyphens, full-width and lower-case characters, radicals)", Warnings: "Warnings",

		Charged: "%d (charged)", ChargedAtMost: "%d, at most %d now (charged)", ChargedToday: "%d, of which %d can be sent today within the daily limit (charged)",
		About: "about ¥%.2f (%d × ¥%.2f, estimate)",
		Rules: map[ident.Rule]string{
			ident.RuleLength: "wrong length", ident.RuleCharset: "unexpected characters", ident.RuleChecksum: "wrong check digit", ident.RuleRegion: "unknown region code",
			ident.RuleDate: "invalid birth date", ident.RuleOrgCheck: "wrong organisation code inside", ident.RuleChanged: "tidied", ident.RuleLookalike: "look-alike characters",
			ident.RuleKind: "wrong kind of number", ident.RulePlaceholder: "placeholder", ident.RuleName: "unusual name",
		},
		RuleRows: "%s (%d)",
		Faults:   "Rows that cannot be sent", FaultAt: "row %d, column %s", More: "%d more not listed",
		Note:                "note: %s",
		Limit:               "%d sent today; the daily limit is %d: the run stops there and can be resumed later",
		UnusableVerdicts:    "%d rows have a verdict that cannot answer (imported, from another service address, or ahead of this machine's clock): they are not sent and count as lost. To send them (charged again), run batch resume --resend-lost afterwards",
		Clock:               "this machine's time, %s, is earlier than the newest lookup in the ledger (%s). If the clock is wrong, repeats and the daily limit are counted wrongly. Check the date and time first",
		HistoryLost:         "the ledger was damaged or lost, so rows looked up earlier are unknown; some may be charged again",
		HeaderLooksLikeData: "row %d is used as the header and is not looked up, but it looks like data. If there is no header, add --header-row 0",
		Hidden:              "%d of these rows are hidden or filtered out; they are sent too", OtherSheets: "reading sheet “%s”; the workbook also has “%s”. To read another one, add --sheet", HiddenSheet: "sheet “%s” is hidden; no other sheet has the headers of the four factors",
		Formulas:   "%d cells are formulas and their stored results are used; if these may be outdated, open and save the table in Excel or WPS first",
		Merged:     "%d rows take their company from a merged cell",
		HeadersAre: "the header in row %d: %s", AvailableColumns: "available columns: %s to %s",
		DataRow:       "row %d looks like data, not a header. If the header is elsewhere, add --header-row N; if there is none, --header-row 0",
		UseMapExample: "use --map, for example --map %s", UseMap: "use --map %s", ColumnPlaceholder: "<column>",
		Ask: "Send %d lookups (charged)? [y/N] ", AskTyped: "%d lookups will be sent and charged. Type %d to confirm; Enter sends nothing: ",
		AskResend: "Rows whose result was lost may be charged again.",
		NeedYes:   "not sent. %d lookups would be sent and charged, but standard input is not a terminal to confirm on; to send them, add --yes",
		Declined:  "not sent",
	}
}

// RunsProgress has what batch commands report during a run.
type RunsProgress struct {
	Checking, Writing, Rows, Rate, Remaining, Stopping, Backoff string

	Interrupted, AskAfterFailures, AskAfterIdentical string
}

func zhRunsProgress() RunsProgress {
	return RunsProgress{
		Checking: "正在检查表格 %d%%", Writing: "正在写结果 %d%%", Rows: "%d/%d 行", Rate: "%.1f 行/秒", Remaining: "还需 %s",
		Stopping: "正在停止，等待在途的 %d 笔", Backoff: "服务限速，%s 后继续",
		Interrupted: "不再发送新的，等待在途的 %d 笔（最长 %s）。再按一次 Ctrl+C 不再等待，在途的记为“结果未知”，可能计费。",
		AskAfterFailures: "连续 10 笔没有正常应答，已暂停。最近一笔：%s\n" +
			"继续发送吗？[y/N] ",
		AskAfterIdentical: "前 20 笔的结果全都相同，已暂停：%s\n" +
			"可能列对错了，或表格有误；继续发送照常计费。继续发送吗？[y/N] ",
	}
}

func enRunsProgress() RunsProgress {
	return RunsProgress{
		Checking: "checking the table %d%%", Writing: "writing the results %d%%", Rows: "%d/%d rows", Rate: "%.1f rows/s", Remaining: "%s left",
		Stopping: "stopping, %d in progress", Backoff: "rate-limited; resuming in %s",
		Interrupted: "Nothing new is sent; waiting for %d in progress (at most %s). Press Ctrl+C again to stop waiting: they are recorded as lost and may be charged.",
		AskAfterFailures: "The last ten rows failed, so the run is paused. Latest: %s\n" +
			"Continue? [y/N] ",
		AskAfterIdentical: "The first 20 rows all ended the same way, so the run is paused: %s\n" +
			"Columns may be swapped, or the table may be wrong; further rows are charged. Continue? [y/N] ",
	}
}

// RunsEnd has what batch commands report at the end of a run and about earlier
// runs.
type RunsEnd struct {
	Run, Rows, Sent, Duplicate, Invalid, Stopped, Elapsed, Out             string // labels
	Finished, NotFinished, RowsNotSent                                     string // states of a run
	Unfinished, Resume, ResendLost, Export, AnswersRecorded, Demo, Unsaved string
	NoRuns, Exported, IdenticalAnswers                                     string

	BadRun, BadConcurrency, BadRate, BadMaxCalls, BadHeadRow, NeedFile, NeedRun string
}

func zhRunsEnd() RunsEnd {
	return RunsEnd{
		Run: "批次", Rows: "行数", Sent: "已发送", Duplicate: "表内重复", Invalid: "不能发送", Stopped: "停止原因", Elapsed: "用时", Out: "结果文件",
		Finished: "已完成", NotFinished: "未完成", RowsNotSent: "还有 %d 行未发送",
		Unfinished: "未完成：%s", Resume: "继续核验：",
		ResendLost:       "有 %d 行结果未知。请先到聚合控制台核实是否计费；要再次发送（可能再次计费）：",
		Export:           "也可以把结果写到别处：",
		AnswersRecorded:  "全部应答已写入台账，没有丢失。",
		Demo:             "演示的台账不保留，这个批次不能继续。",
		Unsaved:          "下面 %d 笔已发送，可能已计费，但没有写入台账，请自行保存：",
		IdenticalAnswers: "前 20 笔的结果全都相同（%s），可能列对错了，或表格有误",
		NoRuns:           "还没有批次", Exported: "已写出 %d 行：%s",
		BadRun:         "%q 不是批次编号；编号见 fourfactor batch list",
		BadConcurrency: "--concurrency 应为 1 到 256", BadRate: "--rate 应为 0（不限）到 100000",
		BadMaxCalls: "--max-calls 应为 0（不限）或正整数", BadHeadRow: "--header-row 应为 0（没有表头）或行号",
		NeedFile: "请指定一个要核验的表格 FILE", NeedRun: "请指定一个批次编号；编号见 fourfactor batch list",
	}
}

func enRunsEnd() RunsEnd {
	return RunsEnd{
		Run: "Run", Rows: "Rows", Sent: "Sent", Duplicate: "Duplicates", Invalid: "Cannot be sent", Stopped: "Stopped", Elapsed: "Time taken", Out: "Results",
		Finished: "done", NotFinished: "not finished", RowsNotSent: "rows not sent: %d",
		Unfinished: "not finished: %s", Resume: "to resume:",
		ResendLost:       "lost rows: %d. Check in Juhe's console whether they were charged; to send them again (may be charged again):",
		Export:           "or write the results to another file:",
		AnswersRecorded:  "Every answer is in the ledger; none is lost.",
		Demo:             "the demo's ledger is not kept, so this run cannot be resumed.",
		Unsaved:          "%d were sent and may be charged, but are not in the ledger. Keep the following:",
		IdenticalAnswers: "the first 20 rows all ended the same way (%s); columns may be swapped, or the table may be wrong",
		NoRuns:           "no runs yet", Exported: "rows written: %d, to %s",
		BadRun:         "%q is not a run number; see fourfactor batch list",
		BadConcurrency: "--concurrency must be 1 to 256", BadRate: "--rate must be 0 (no limit) to 100000",
		BadMaxCalls: "--max-calls must be 0 (no limit) or more", BadHeadRow: "--header-row must be 0 (no header) or a row number",
		NeedFile: "name one table to look up (FILE)", NeedRun: "name one run; see fourfactor batch list",
	}
}
