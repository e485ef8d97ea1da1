package i18n

// Batch has the texts of the batch screen. Keys are filled in, because they can
// be rebound.
type Batch struct {
	Title, Run, File, When, Done                                                               string
	OtherOutcomes, State, Number                                                               string
	Position, Empty, EmptyNext, EmptyPaste, ListFailed                                         string
	Finished, NotWritten, StoppedByCode, SomeUnsent, Interrupted, OneAtATime                   string
	PickHint, NoCandidate, Candidates, NoFolder, OpenFile, Complete                            string
	Choose, Opening, Planning, Exporting, Cancelling                                           string
	Sheet, NoHeader, NoColumn                                                                  string
	SameColumn, NoOutput, ColumnsHint, PastedName, PastedStorage, PastedGone                   string
	Check, Change, ChangeHeader, Letter                                                        string
	InvalidNote                                                                                string
	Limit                                                                                      string
	Ask, AskResend, AskFree, NothingToDo, TypeNumber                                           string
	WrongNumber, NothingSent, Start                                                            string
	InProgress, Sent                                                                           string
	BackingOff, PausedNow, StoppingNow, WritingNow, StoppedWaiting                             string
	RowIssues, AskAfterFailures, AskAfterIdentical, Continue, Pause, Stop                      string
	RowsOf, DuplicateOf, InvalidOf, Input, Took, NotYetWritten                                 string
	Unsaved, HowToResume, HowToWrite, HowToResend, EndedHere, EndedElsewhere, FailingElsewhere string
	Badge, TitleRun, TitleEnd                                                                  string
	ExportWhat, ExportRestWhat, Export, Exported                                               string
	Suffix, SuffixRest                                                                         string
	QuitWarning, ResumeAtExit                                                                  string
	Estimate, DemoIsFree                                                                       string // after a question: the estimate, or the demo
	Limited, LimitReached, Write, DoNotWrite, WriteResults                                     string
	TitleAsk, TitlePaused, BadgeAsk, LastRows                                                  string
	Duration, OtherSheets                                                                      string
	RowNumber, ResultHead, Reason, Above, Below                                                string
}

func newBatch(l pick) Batch {
	return Batch{
		Title: l("批量", "Batch"), Run: l("批次", "Run"), File: l("表格", "File"), When: l("时间", "Time"), Done: l("已完成", "Done"),
		OtherOutcomes: l("其他", "Other"), State: l("状态", "State"), Number: l("批次 %d", "run %d"), Position: l("第 %d 个，共 %d 个", "%d of %d"),
		Empty: l("还没有批次。", "No runs yet."),
		EmptyNext: l("%s 新建：选择一个表格（CSV、TSV 或 XLSX），先检查，经您确认后才发送。",
			"Press %s to start one: choose a CSV, TSV or XLSX. It is checked first; nothing is sent without confirmation."),
		EmptyPaste: l("也可以在核验界面粘贴表格中的几行。", "Or paste several spreadsheet rows into the form."),
		ListFailed: l("批次无法读取。", "The runs could not be read."), Finished: l("完成", "finished"),
		NotWritten: l("结果未写出", "no output yet"), StoppedByCode: l("服务拒绝 %d", "error code %d"), SomeUnsent: l("还有未发送", "some unsent"),
		Interrupted: l("未完成", "not finished"),
		OneAtATime:  l("已有一个批次正在进行，同时只能进行一个。", "A batch is already running; only one can run at a time."),
		PickHint: l("选择要核验的表格：.xlsx、.csv、.tsv、.txt，或系统导出的 .xls、.html。打开后先检查，不发送。",
			"Choose a table: .xlsx, .csv, .tsv, .txt, or an exported .xls or .html. It is checked first; nothing is sent."),
		NoCandidate: l("没有匹配的文件夹或表格", "no matching folder or file"), Candidates: l("共 %d 个", "%d in total"),
		NoFolder: l("无法读取文件夹 %s", "the folder %s could not be read"), OpenFile: l("打开", "open"), Complete: l("补全", "complete"),
		Choose: l("选择", "choose"), Opening: l("正在读取", "Reading"), Planning: l("正在检查各行，不发送", "Checking every row; nothing is sent"),
		Exporting: l("正在导出", "Exporting"), Cancelling: l("正在取消…", "Cancelling…"), Sheet: l("工作表", "Sheet"),
		NoHeader:    l("没有表头", "no header"),
		NoColumn:    l("尚未指定列：按 %s %s 或列字母", "which column? %s %s or its letter"),
		SameColumn:  l("这一列已用于另一项，请换一列", "That column is already used for another factor: choose another one"),
		NoOutput:    l("请填写结果文件", "Enter an output file"),
		ColumnsHint: l("请核对各项对应的列。下一步只检查，不发送。", "Check the column for each factor. The next step only validates; nothing is sent."),
		PastedName:  l("粘贴的行", "pasted rows"),
		PastedStorage: l("粘贴的行在开始核验前不写入本机；开始后只存入台账，全部有结论后删除。",
			"Pasted rows are not written to disk before the run starts; then they are kept only in the ledger until every row has a verdict."),
		PastedGone: l("粘贴的行没有保留，未发送", "The pasted rows were not kept; not sent"),
		Check:      l("检查", "check"), Change: l("更改", "change"), ChangeHeader: l("表头行", "header row"), Letter: l("按列字母选择", "column by letter"),
		InvalidNote: l("原因见下", "see below"),

		Limit: l("今天已发送 %d，上限 %d：再发送 %d 笔后停止，以后可以继续核验。", "Sent today: %d of %d allowed. The run stops after %d more and can be resumed later."),

		Ask:         l("将发送 %d 笔，按次计费%s。确定吗？", "Send %d lookups (charged)?%s"),
		AskResend:   l("将发送 %d 笔，其中结果未知的可能再次计费%s。确定吗？", "Send %d? Lost ones may be charged again.%s"),
		AskFree:     l("没有要发送的行，不计费。写出结果吗？", "Nothing to send, nothing charged. Write the results?"),
		NothingToDo: l("没有可以发送的行。", "No row can be sent."), TypeNumber: l("输入 %d 再按 %s：", "Type %d, then %s:"),
		WrongNumber: l("笔数不对，未发送", "That is not the number; not sent"), NothingSent: l("未发送", "Not sent"), Start: l("开始", "start"),
		InProgress: l("在途 %d", "in progress %d"), Sent: l("已发送 %d", "sent %d"),
		BackingOff: l("服务限速（10011），暂停 %s 后自动继续。", "Rate-limited by the service (10011): resuming in %s."),
		PausedNow:  l("已暂停，不再发送新的。按 %s 继续。", "Paused; nothing new is sent. Press %s to resume."),
		StoppingNow: l("正在停止，等待在途的 %d 笔。再按 %s 不再等待，这几笔记为“结果未知”，可能计费。",
			"Stopping, waiting for %d in progress. Press %s again to stop waiting: they are recorded as lost and may be charged."),
		WritingNow:       l("正在写结果，请稍候。再按 %s 放弃，以后可以补写。", "Writing the results. Press %s again to cancel; they can be written later."),
		StoppedWaiting:   l("不再等待，在途的记为结果未知。", "Stopped waiting; rows in progress are recorded as lost."),
		RowIssues:        l("需要处理的行（%d）", "Rows that need attention (%d)"),
		AskAfterFailures: l("连续 10 笔没有正常应答，已暂停。要继续发送吗？", "The last ten rows failed, so the run is paused. Continue?"),
		AskAfterIdentical: l("前 20 笔的结果全都相同，可能列对错了或表格有误，已暂停。继续发送照常计费，要继续吗？",
			"The first 20 rows all ended the same way: columns may be swapped, or the table may be wrong. The run is paused; further rows are charged. Continue?"),
		Continue: l("继续", "continue"), Pause: l("暂停", "pause"), Stop: l("停止", "stop"),
		RowsOf: l("共 %d 行", "rows %d"), DuplicateOf: l("重复 %d", "duplicates %d"), InvalidOf: l("不能发送 %d", "cannot be sent %d"),
		Input: l("原表", "Input"), Took: l("用时 %s", "took %s"),
		NotYetWritten: l("全部核验完才写出，可按 %s 先导出", "written after the last row; %s exports earlier"),
		Unsaved:       l("有 %d 笔已发送，但没有写入台账，请与账单核对。", "%d were sent but are not in the ledger: check the bill."),
		HowToResume:   l("按 %s 继续核验，已有应答的行不会再次发送。", "Press %s to resume. Answered rows are never re-sent."),
		HowToWrite:    l("按 %s 写出结果，按 %s 另存到别处。", "Press %s to write the results, %s to write them elsewhere."),
		HowToResend:   l("%d 行结果未知：请先到聚合控制台核实；按 %s 再次发送，可能再次计费。", "Lost: %d. Check Juhe's console first; press %s to send them again (may be charged again)."),
		EndedHere:     l("批次 %d：%s", "Run %d: %s"), EndedElsewhere: l("批次 %d：%s（按 %s 查看）", "Run %d: %s (press %s to view)"),
		FailingElsewhere: l("批次 %d 已暂停：应答异常（按 %s 查看）", "Run %d is paused: the service is failing (press %s to view)"),
		Badge:            l("批次 %d %d%%", "Run %d %d%%"), TitleRun: l("批次 %d %d%% fourfactor", "run %d %d%% fourfactor"),
		TitleEnd:       l("批次 %d 已结束 fourfactor", "run %d ended fourfactor"),
		ExportWhat:     l("导出目前的结果（.xlsx 或 .csv），个人信息与原表一样完整。", "The results so far, .xlsx or .csv, with personal data as in the input."),
		ExportRestWhat: l("只导出无结论的行并写明原因，可以再次核验。", "Only unresolved rows, with the reason; the file can be run again."),
		Export:         l("导出", "export"), Exported: l("已导出 %d 行：%s", "%d rows exported: %s"),
		Suffix: l("-核验结果", "-results"), SuffixRest: l("-无结论", "-unresolved"),
		QuitWarning:  l("批次 %d 正在进行。再按一次 %s 停止并退出，以后可以继续核验。", "Run %d is in progress. Press %s again to stop it and quit; it can be resumed."),
		ResumeAtExit: l("批次 %d 未完成，继续核验：fourfactor batch resume %[1]d", "run %d is not finished; to resume: fourfactor batch resume %[1]d"),
		Estimate:     l("（约 ¥%.2f，估算）", " About ¥%.2f (estimate)."), DemoIsFree: l("（演示，不计费）", " Demo: nothing is charged."),
		Limited: l("这次最多发送 %d 笔（每日上限），其余 %d 笔以后继续。", "At most %d are sent now (daily limit), the other %d later."),
		LimitReached: l("今天已达每日上限。请在北京时间零点以后继续，或在配置中调高 guard.daily_limit。",
			"The daily limit is reached. Resume after midnight Beijing time, or raise guard.daily_limit in the config."),
		Write: l("写出", "write"), WriteResults: l("写出结果", "write results"), DoNotWrite: l("不写出", "do not write"),
		TitleAsk: l("批次 %d 待确认 fourfactor", "Run %d: question fourfactor"), TitlePaused: l("批次 %d %d%% %s fourfactor", "run %d %d%% %s fourfactor"),
		BadgeAsk: l("请确认", "question"), LastRows: l("最近 %d 笔", "last %d:"), Duration: l("预计用时", "Estimated time"),
		OtherSheets: l("只读取工作表“%s”，另有：%s", "Only sheet “%s” is read; the workbook also has: %s"),
		RowNumber:   l("行", "Row"), ResultHead: l("结果", "Result"), Reason: l("原因", "Reason"), Above: l("↑ 上面还有 %d 行", "↑ %d more above"),
		Below: l("↓ 下面还有 %d 行", "↓ %d more below"),
	}
}
