package i18n

import (
	"strconv"
	"strings"

	"fourfactor/juhe"
	"fourfactor/juhe/batch"
)

// Batch has the texts of the batch screen. Keys are filled in, because they can
// be rebound.
type Batch struct {
	Title, Run, File, When, Rows, Done                                                         string
	OtherOutcomes, State, Number                                                               string
	Position, Empty, EmptyNext, EmptyPaste, ListFailed, Retry                                  string
	Finished, NotWritten, StoppedByCode, SomeUnsent, Interrupted, OneAtATime                   string
	PickHint, NoCandidate, Candidates, NoFolder, OpenFile, Complete                            string
	Choose, Opening, Planning, Exporting, Cancel, Cancelling                                   string
	Sheet, Header, Output, NoHeader, NoColumn                                                  string
	SameColumn, NoOutput, ColumnsHint, PastedName, PastedStorage, PastedGone                   string
	Check, Change, ChangeHeader, Letter                                                        string
	InvalidNote                                                                                string
	Limit                                                                                      string
	Ask, AskResend, AskFree, NothingToDo, TypeNumber                                           string
	WrongNumber, NothingSent, Start, DoNot                                                     string
	InProgress, Sent                                                                           string
	BackingOff, PausedNow, StoppingNow, WritingNow, StoppedWaiting                             string
	RowIssues, AskAfterFailures, AskAfterIdentical, Continue, Pause, Stop, StopWaiting         string
	RowsOf, DuplicateOf, InvalidOf, Input, Took, NotYetWritten                                 string
	Unsaved, HowToResume, HowToWrite, HowToResend, EndedHere, EndedElsewhere, FailingElsewhere string
	Badge, TitleRun, TitleEnd                                                                  string
	ExportTo, ExportWhat, ExportRestWhat, Export, Exported, ExportFailed                       string
	ExportCancelled, Suffix, SuffixRest                                                        string
	QuitWarning, ResumeAtExit                                                                  string
	Estimate, DemoIsFree                                                                       string // after a question: the estimate, or the demo
	Limited, LimitReached, Write, DoNotWrite, WriteResults                                     string
	TitleAsk, TitlePaused, BadgeAsk, LastRows                                                  string
	Duration, Service, OtherSheets                                                             string
	RowNumber, ResultHead, Reason, Above, Below                                                string
}

func zhBatch() Batch {
	return Batch{
		Title: "批量", Run: "批次", File: "表格", When: "时间", Rows: "行数", Done: "已完成", OtherOutcomes: "其他", State: "状态", Number: "批次 %d", Position: "第 %d 个，共 %d 个",
		Empty: "还没有批次。", EmptyNext: "%s 新建：选择一个表格（CSV、TSV 或 XLSX），先检查，经您确认后才发送。", EmptyPaste: "也可以在核验界面粘贴表格中的几行。", ListFailed: "批次无法读取。", Retry: "按 %s 重试。",
		Finished: "完成", NotWritten: "结果未写出", StoppedByCode: "服务拒绝 %d", SomeUnsent: "还有未发送", Interrupted: "未完成", OneAtATime: "已有一个批次正在进行，同时只能进行一个。",
		PickHint: "选择要核验的表格：.xlsx、.csv、.tsv、.txt，或系统导出的 .xls、.html。打开后先检查，不发送。", NoCandidate: "没有匹配的文件夹或表格", Candidates: "共 %d 个", NoFolder: "无法读取文件夹 %s",
		OpenFile: "打开", Complete: "补全", Choose: "选择", Opening: "正在读取", Planning: "正在检查各行，不发送", Exporting: "正在导出", Cancel: "取消", Cancelling: "正在取消…",
		Sheet: "工作表", Header: "表头", Output: "结果写到", NoHeader: "没有表头", NoColumn: "尚未指定列：按 %s %s 或列字母", SameColumn: "这一列已用于另一项，请换一列",
		NoOutput: "请填写结果文件", ColumnsHint: "请核对各项对应的列。下一步只检查，不发送。", PastedName: "粘贴的行", PastedStorage: "粘贴的行在开始核验前不写入本机；开始后只存入台账，全部有结论后删除。", PastedGone: "粘贴的行没有保留，未发送",
		Check: "检查", Change: "更改", ChangeHeader: "表头行", Letter: "按列字母选择", InvalidNote: "原因见下",

		Limit: "今天已发送 %d，上限 %d：再发送 %d 笔后停止，以后可以继续核验。",

		Ask: "将发送 %d 笔，按次计费%s。确定吗？", AskResend: "将发送 %d 笔，其中结果未知的可能再次计费%s。确定吗？", AskFree: "没有要发送的行，不计费。写出结果吗？",
		NothingToDo: "没有可以发送的行。", TypeNumber: "输入 %d 再按 %s：", WrongNumber: "笔数不对，未发送", NothingSent: "未发送", Start: "开始", DoNot: "不发送",
		InProgress: "在途 %d", Sent: "已发送 %d", BackingOff: "服务限速（10011），暂停 %s 后自动继续。",
		PausedNow: "已暂停，不再发送新的。按 %s 继续。", StoppingNow: "正在停止，等待在途的 %d 笔。再按 %s 不再等待，这几笔记为“结果未知”，可能计费。", WritingNow: "正在写结果，请稍候。再按 %s 放弃，以后可以补写。",
		StoppedWaiting: "不再等待，在途的记为结果未知。", RowIssues: "需要处理的行（%d）", AskAfterFailures: "连续 10 笔没有正常应答，已暂停。要继续发送吗？", AskAfterIdentical: "前 20 笔的结果全都相同，可能列对错了或表格有误，已暂停。继续发送照常计费，要继续吗？", Continue: "继续", Pause: "暂停", Stop: "停止", StopWaiting: "不再等待", RowsOf: "共 %d 行",
		DuplicateOf: "重复 %d", InvalidOf: "不能发送 %d", Input: "原表", Took: "用时 %s", NotYetWritten: "全部核验完才写出，可按 %s 先导出", Unsaved: "有 %d 笔已发送，但没有写入台账，请与账单核对。",
		HowToResume: "按 %s 继续核验，已有应答的行不会再次发送。", HowToWrite: "按 %s 写出结果，按 %s 另存到别处。", HowToResend: "%d 行结果未知：请先到聚合控制台核实；按 %s 再次发送，可能再次计费。",
		EndedHere: "批次 %d：%s", EndedElsewhere: "批次 %d：%s（按 %s 查看）", FailingElsewhere: "批次 %d 已暂停：应答异常（按 %s 查看）", Badge: "批次 %d %d%%", TitleRun: "批次 %d %d%% fourfactor",
		TitleEnd: "批次 %d 已结束 fourfactor", ExportTo: "导出到", ExportWhat: "导出目前的结果（.xlsx 或 .csv），个人信息与原表一样完整。", ExportRestWhat: "只导出无结论的行并写明原因，可以再次核验。",
		Export: "导出", Exported: "已导出 %d 行：%s", ExportFailed: "导出失败：%s", ExportCancelled: "已取消导出", Suffix: "-核验结果",
		SuffixRest: "-无结论", QuitWarning: "批次 %d 正在进行。再按一次 %s 停止并退出，以后可以继续核验。",
		ResumeAtExit: "批次 %d 未完成，继续核验：fourfactor batch resume %[1]d",
		Estimate:     "（约 ¥%.2f，估算）",
		DemoIsFree:   "（演示，不计费）",
		Limited:      "这次最多发送 %d 笔（每日上限），其余 %d 笔以后继续。",
		LimitReached: "今天已达每日上限。请在北京时间零点以后继续，或在配置中调高 guard.daily_limit。",
		Write:        "写出",
		WriteResults: "写出结果",
		DoNotWrite:   "不写出",
		TitleAsk:     "批次 %d 待确认 fourfactor",
		TitlePaused:  "批次 %d %d%% %s fourfactor",
		BadgeAsk:     "请确认",
		LastRows:     "最近 %d 笔",
		Duration:     "预计用时",
		Service:      "服务",
		OtherSheets:  "只读取工作表“%s”，另有：%s",
		RowNumber:    "行",
		ResultHead:   "结果",
		Reason:       "原因",
		Above:        "↑ 上面还有 %d 行",
		Below:        "↓ 下面还有 %d 行",
	}
}

func enBatch() Batch {
	return Batch{
		Title: "Batch", Run: "Run", File: "File", When: "Time", Rows: "Rows", Done: "Done", OtherOutcomes: "Other", State: "State", Number: "run %d",
		Position: "%d of %d", Empty: "No runs yet.",
		EmptyNext:  "Press %s to start one: choose a CSV, TSV or XLSX. It is checked first; nothing is sent without confirmation.",
		EmptyPaste: "Or paste several spreadsheet rows into the form.", ListFailed: "The runs could not be read.", Retry: "Press %s to try again.",
		Finished: "finished", NotWritten: "no output yet", StoppedByCode: "error code %d", SomeUnsent: "some unsent", Interrupted: "not finished",
		OneAtATime: "A batch is already running; only one can run at a time.",
		PickHint:   "Choose a table: .xlsx, .csv, .tsv, .txt, or an exported .xls or .html. It is checked first; nothing is sent.", NoCandidate: "no matching folder or file",
		Candidates: "%d in total", NoFolder: "the folder %s could not be read", OpenFile: "open", Complete: "complete", Choose: "choose", Opening: "Reading",
		Planning: "Checking every row; nothing is sent", Exporting: "Exporting", Cancel: "cancel", Cancelling: "Cancelling…", Sheet: "Sheet",
		Header: "Header", Output: "Results", NoHeader: "no header", NoColumn: "which column? %s %s or its letter",
		SameColumn: "That column is already used for another factor: choose another one", NoOutput: "Enter an output file",
		ColumnsHint: "Check the column for each factor. The next step only validates; nothing is sent.",
		PastedName:  "pasted rows", PastedStorage: "Pasted rows are not written to disk before the run starts; then they are kept only in the ledger until every row has a verdict.", PastedGone: "The pasted rows were not kept; not sent",
		Check: "check", Change: "change", ChangeHeader: "header row", Letter: "column by letter",
		InvalidNote: "see below",

		Limit: "Sent today: %d of %d allowed. The run stops after %d more and can be resumed later.",

		Ask:       "Send %d lookups (charged)?%s",
		AskResend: "Send %d? Lost ones may be charged again.%s", AskFree: "Nothing to send, nothing charged. Write the results?",
		NothingToDo: "No row can be sent.", TypeNumber: "Type %d, then %s:", WrongNumber: "That is not the number; not sent",
		NothingSent: "Not sent", Start: "start", DoNot: "do not send", InProgress: "in progress %d",
		Sent: "sent %d", BackingOff: "Rate-limited by the service (10011): resuming in %s.",
		PausedNow:   "Paused; nothing new is sent. Press %s to resume.",
		StoppingNow: "Stopping, waiting for %d in progress. Press %s again to stop waiting: they are recorded as lost and may be charged.",
		WritingNow:  "Writing the results. Press %s again to cancel; they can be written later.", StoppedWaiting: "Stopped waiting; rows in progress are recorded as lost.",
		RowIssues: "Rows that need attention (%d)", AskAfterFailures: "The last ten rows failed, so the run is paused. Continue?", AskAfterIdentical: "The first 20 rows all ended the same way: columns may be swapped, or the table may be wrong. The run is paused; further rows are charged. Continue?", Continue: "continue", Pause: "pause",
		Stop: "stop", StopWaiting: "stop waiting", RowsOf: "rows %d", DuplicateOf: "duplicates %d", InvalidOf: "cannot be sent %d", Input: "Input", Took: "took %s",
		NotYetWritten: "written after the last row; %s exports earlier", Unsaved: "%d were sent but are not in the ledger: check the bill.",
		HowToResume: "Press %s to resume. Answered rows are never re-sent.", HowToWrite: "Press %s to write the results, %s to write them elsewhere.",
		HowToResend: "Lost: %d. Check Juhe's console first; press %s to send them again (may be charged again).", EndedHere: "Run %d: %s", EndedElsewhere: "Run %d: %s (press %s to view)",
		FailingElsewhere: "Run %d is paused: the service is failing (press %s to view)", Badge: "Run %d %d%%", TitleRun: "run %d %d%% fourfactor",
		TitleEnd: "run %d ended fourfactor", ExportTo: "Export to",
		ExportWhat:     "The results so far, .xlsx or .csv, with personal data as in the input.",
		ExportRestWhat: "Only unresolved rows, with the reason; the file can be run again.", Export: "export", Exported: "%d rows exported: %s",
		ExportFailed: "Export failed: %s", ExportCancelled: "Export cancelled", Suffix: "-results",
		SuffixRest: "-unresolved", QuitWarning: "Run %d is in progress. Press %s again to stop it and quit; it can be resumed.",

		ResumeAtExit: "run %d is not finished; to resume: fourfactor batch resume %[1]d",
		Estimate:     " About ¥%.2f (estimate).",
		DemoIsFree:   " Demo: nothing is charged.",
		Limited:      "At most %d are sent now (daily limit), the other %d later.",
		LimitReached: "The daily limit is reached. Resume after midnight Beijing time, or raise guard.daily_limit in the config.",
		Write:        "write",
		WriteResults: "write results",
		DoNotWrite:   "do not write",
		TitleAsk:     "Run %d: question fourfactor",
		TitlePaused:  "run %d %d%% %s fourfactor",
		BadgeAsk:     "question",
		LastRows:     "last %d:",
		Duration:     "Estimated time",
		Service:      "Service",
		OtherSheets:  "Only sheet “%s” is read; the workbook also has: %s",
		RowNumber:    "Row",
		ResultHead:   "Result",
		Reason:       "Reason",
		Above:        "↑ %d more above",
		Below:        "↓ %d more below",
	}
}

// RowWarnings has what batches say about rows with warnings, on the screen and in
// commands.
type RowWarnings struct {
	Label, Sent, Held string // in a plan: the label and what happens to the rows
	Title, TitleHeld  string // heading of the rows
	More              string // takes the number of rows that are not listed
	HowToHold         string // hint of a command
	Hold, Send        string // labels of the key
	HeldReason        string // prefix of the reason why a row is not sent
	Unresolved        string // after “finished”: the number of rows without a verdict
}

func zhRowWarnings() RowWarnings {
	return RowWarnings{
		Label: "有提醒", Sent: "照常处理", Held: "不发送",
		Title: "有提醒的行（照常处理）", TitleHeld: "有提醒的行（不发送）", More: "还有 %d 行有提醒，没有列出",
		HowToHold: "要先核对有提醒的行、这次不发送，请加 --hold-warned",
		Hold:      "有提醒的不发送", Send: "有提醒的也发送", HeldReason: "有提醒，按要求未发送：",
		Unresolved: "，%d 行无结论",
	}
}

func enRowWarnings() RowWarnings {
	return RowWarnings{
		Label: "With warnings", Sent: "will be sent", Held: "not sent",
		Title: "Rows with warnings (will be sent)", TitleHeld: "Rows with warnings (not sent)", More: "%d more with warnings are not listed",
		HowToHold: "to check rows with warnings first and not send them now, add --hold-warned",
		Hold:      "hold warned rows", Send: "send warned rows", HeldReason: "held back because of warnings: ",
		Unresolved: ", %d unresolved",
	}
}

// State returns text saying whether rows with warnings are sent.
func (r RowWarnings) State(held bool) string {
	if held {
		return r.Held
	}
	return r.Sent
}

// Heading returns the heading of the rows.
func (r RowWarnings) Heading(held bool) string {
	if held {
		return r.TitleHeld
	}
	return r.Title
}

// HeldBack returns text saying that a row is held back because of warnings.
func (t *Messages) HeldBack(warnings string) string { return t.Runs.RowWarnings.HeldReason + warnings }

// TableFaults has what batches say about a fault of a whole table, on the screen and
// in commands.
type TableFaults struct {
	Faults  map[batch.TableProblem]string // by kind of fault
	Ask     string                        // asks whether to send anyway
	Send    string                        // label of the key that sends
	NeedFix string                        // of a command: why --yes is not enough
}

func zhTableFaults() TableFaults {
	return TableFaults{
		Faults: map[batch.TableProblem]string{
			batch.TableStrayMarks:  "{rows} 行（共 {of} 行）的每个单元格都带有符号 {mark}，可能是导出时加上的；请用“查找和替换”去掉，另存后再核验",
			batch.TableWrongColumn: "{rows} 行（共 {of} 行）的{field}列里是{holds}，列可能对调或错位；请核对各列",
			batch.TableWarning:     "{rows} 行（共 {of} 行）有同样的提醒（{remark}）；请先核对表格",
		},
		Ask: "这可能是整张表的问题，发送会逐行计费。仍要发送吗？", Send: "仍要发送",
		NeedFix: "未发送：整张表有同样的问题（见上），--yes 不算同意。请先改正表格；要先发送没有提醒的行，请加 --hold-warned；要按原样发送，请在终端里运行并回答提问",
	}
}

func enTableFaults() TableFaults {
	return TableFaults{
		Faults: map[batch.TableProblem]string{
			batch.TableStrayMarks:  "in {rows} of {of} rows every cell contains the mark {mark}, probably added by an export; remove it with find and replace, save the table and run it again",
			batch.TableWrongColumn: "in {rows} of {of} rows the {field} column contains {holds}: columns may be swapped or shifted; check the columns",
			batch.TableWarning:     "{rows} of {of} rows have the same warning ({remark}); check the table first",
		},
		Ask: "This looks like a fault of the whole table, and each row sent is charged. Send anyway?", Send: "send anyway",
		NeedFix: "not sent: the whole table has the same fault (see above), and --yes does not cover it. Correct the table; to send only the rows without warnings, add --hold-warned; to send it as it is, run this in a terminal and answer the question",
	}
}

// TableFault returns what is wrong with a whole table.
func (t *Messages) TableFault(f batch.TableFault) string {
	return strings.NewReplacer(
		"{rows}", strconv.Itoa(f.Rows), "{of}", strconv.Itoa(f.DataRows), "{mark}", juhe.Sanitize(f.Mark),
		"{field}", t.Fields[f.Field].Label, "{holds}", t.Fields[f.FoundField].Label, "{remark}", t.Warning(f.Warning),
	).Replace(t.Runs.TableFaults.Faults[f.Problem])
}
