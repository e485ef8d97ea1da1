// Package i18n has every text of fourfactor in Chinese and English: of the
// screens, the commands and the errors. Texts about the values of an enumeration are in a
// map with a key for each value.
package i18n

import (
	"fourfactor/juhe"
	"fourfactor/juhe/ident"
	"fourfactor/juhe/lookup"
	"fourfactor/ui/keymap"
)

// Messages has all texts of one language. Only a Code's Next may be empty. The fmt verbs
// of a text are the same in every language, in the same order.
type Messages struct {
	Lang             string // zh or en
	Colon, Semicolon string // separators

	App             App
	Form            Form
	Result          Result
	History         History
	Paste           Paste
	CLI             CLI
	Plain           Plain
	UnexpectedInput UnexpectedInput
	AtExit          AtExit
	Records         Records
	Batch           Batch // the screen
	Runs            Runs
	Setup           Setup
	Doctor          Doctor
	Errors          Errors

	Durations      Durations
	Fields         [juhe.NumFactors]Field
	Labels         map[lookup.DetailName]string
	ErrorCode      string // label of an error_code, instead of that of DetailCode
	Outcomes       map[juhe.Outcome]string
	Advice         map[juhe.Outcome]string   // the next step
	FaultAdvice    map[juhe.FaultKind]string // the next step after some faults, instead of Advice
	Verdicts       map[juhe.Outcome]string   // match and mismatch of an endpoint without codes
	FactorResults  map[juhe.FactorResult]string
	Billable       map[juhe.Billable]string
	Codes          map[int]Code // by error_code and by detail code
	Levels         map[juhe.Level]string
	Undocumented   Undocumented
	Faults         map[juhe.FaultKind]string
	Inputs         map[lookup.InputProblem]string // see Messages.Input
	Rules          map[WarningCase]string         // see Messages.Warning
	MaskedValue    string                         // instead of RulePlaceholder, if the value is masked
	Findings       map[ident.Finding]string
	Kinds          map[ident.Kind]string
	Changes        map[ident.Change]string
	Endpoints      map[juhe.API]string
	Keys           map[keymap.Action]string
	EarlierLookups EarlierLookups
	Ledgers        map[lookup.LedgerProblem]string // see Messages.Ledger
	LedgerAside    string                          // instead of LedgerDamaged, if the file was moved
	ImportProblems map[lookup.JSONProblem]string   // see Messages.ImportProblem
	AuditActions   map[lookup.AuditAction]string
}

// Field has the label of a factor and the hints for its value: Hint for query and
// queryEncry, V2 for queryV2.
type Field struct{ Label, Hint, V2 string }

// Code has the meaning of a code and the next step for the operator.
type Code struct{ Meaning, Next string }

// Undocumented has the meanings of error code 0 and of codes that the API document does not
// list, by their format, and the next step after such a detail code.
type Undocumented struct{ Success, Service, System, Other, ResultAdvice string }

// EarlierLookups has what is said about an earlier lookup of the same factors.
type EarlierLookups struct{ Answered, Ledger, Stopped, Pending string }

// App has the texts that all screens share.
type App struct {
	Title, Demo, DemoNote                     string
	FormTitle, ResultTitle                    string
	HelpTitle, TooSmall, QuitWarning, NoShell string
	Secure, Plain, Proxy                      string
	Move, Page, Ends                          string // keys of lists and texts
	More                                      string // lines below
}

// pick returns the text of one language.
type pick func(zh, en string) string

// newMessages returns the texts of one language.
func newMessages(l pick) *Messages {
	t := &Messages{
		Lang: l("zh", "en"), Colon: l("：", ": "), Semicolon: l("；", "; "),
		App: App{
			Title: l("企业四要素核验", "Enterprise four-factor verification"), Demo: l("演示", "DEMO 演示"),
			DemoNote: l("虚构数据，不产生费用", "fictional data, nothing is charged"), FormTitle: l("核验", "Verify"), ResultTitle: l("结果", "Result"),
			HelpTitle: l("按键", "Keys"),
			TooSmall:  l("窗口太小：至少需要 %d×%d，现在是 %d×%d。请放大窗口。", "Window too small: needs at least %d×%d, is %d×%d."),
			NoShell:   l("无法挂起：没有可以返回的命令行。", "Cannot suspend: there is no shell to return to."),
			QuitWarning: l("还有一笔核验在途，可能计费。再按一次 %s 退出界面；程序会等到它的结果存入历史后再结束。",
				"A lookup is in progress and may be charged. Press %s again to leave the screen; the program ends once its result is in the history."),
			Secure: l("加密传输", "encrypted"), Plain: l("明文传输", "plain text"), Proxy: l("经代理 %s", "via proxy %s"), Move: l("移动", "move"),
			Page: l("翻页", "page"), Ends: l("首尾", "first/last"), More: l("↓ 下面还有 %d 行", "↓ %d more lines"),
		},
		Form: newForm(l), Result: newResult(l),
		Durations: Durations{Hours: l("%d 小时", "%d h"), Minutes: l("%d 分", "%d min"), Seconds: l("%g 秒", "%g s"), Millis: l("%d 毫秒", "%d ms")},
		History:   newHistory(l), Paste: newPaste(l), AtExit: newAtExit(l), CLI: newCLI(l), Plain: newPlain(l), Records: newRecords(l), Batch: newBatch(l),
		Runs: newRuns(l), Errors: newErrors(l), Doctor: newDoctor(l), Setup: newSetup(l), UnexpectedInput: newUnexpectedInput(l),
	}
	addLookups(t, l)
	addCodes(t, l)
	addFaults(t, l)
	addWarnings(t, l)
	addKeys(t, l)
	addLedger(t, l)
	return t
}

// addKeys adds the names of keys.
func addKeys(t *Messages, l pick) {
	t.Keys = map[keymap.Action]string{
		keymap.Help: l("帮助", "help"), keymap.OpenForm: l("核验", "form"), keymap.Back: l("返回", "back"), keymap.Quit: l("退出", "quit"),
		keymap.Suspend: l("挂起，fg 返回", "suspend (fg resumes)"), keymap.Next: l("下一项", "next field"), keymap.Previous: l("上一项", "previous field"),
		keymap.Advance: l("下一项/发送", "next/send"), keymap.Send: l("发送", "send"), keymap.Endpoint: l("换接口", "endpoint"),
		keymap.Regstatus: l("查/不查经营状态", "status on/off"), keymap.Clear: l("清空", "clear"), keymap.Undo: l("撤销", "undo"),
		keymap.OpenLast: l("最近结果", "last result"), keymap.ReplaceKey: l("更换 key", "replace key"), keymap.Edit: l("修改", "edit"),
		keymap.New: l("新建", "new"), keymap.Repeat: l("填入表单", "fill form"), keymap.Copy: l("复制", "copy"),
		keymap.CopyJSON: l("复制 JSON", "copy JSON"), keymap.Raw: l("原始应答", "raw response"), keymap.Reveal: l("完整显示", "show in full"),
		keymap.Earlier: l("填入上一笔", "fill in earlier"), keymap.Later: l("填入下一笔", "fill in later"), keymap.Complete: l("补全", "complete"),
		keymap.SendAgain: l("再次发送", "send again"), keymap.OpenHistory: l("历史", "history"), keymap.Open: l("打开", "open"),
		keymap.Search: l("搜索", "search"), keymap.Filter: l("筛选", "filter"), keymap.Recall: l("填入表单", "fill form"),
		keymap.Delete: l("删除", "delete"), keymap.Export: l("导出", "export"), keymap.RevealRow: l("完整显示", "show in full"), keymap.Yes: l("是", "yes"),
		keymap.No: l("否", "no"), keymap.OpenBatch: l("批量", "batch"), keymap.OpenRun: l("打开", "open"), keymap.NewRun: l("新建", "new run"),
		keymap.ResumeRun: l("继续核验", "resume"), keymap.ResendLost: l("重发结果未知的行", "resend lost"),
		keymap.ExportRun: l("导出结果", "export results"), keymap.ExportRest: l("导出无结论的行", "export unresolved"),
		keymap.HoldWarned: l("有提醒的发送/不发送", "send/hold warned"), keymap.Pause: l("暂停/继续", "pause/resume"),
		keymap.ColumnLeft: l("左一列", "previous column"), keymap.ColumnRight: l("右一列", "next column"),
		keymap.HeaderDown: l("表头下移一行", "header row down"), keymap.HeaderUp: l("表头上移一行", "header row up"),
		keymap.SetupAdvance: l("下一项/保存", "next/save"), keymap.SetupNext: l("下一项", "next field"), keymap.SetupPrevious: l("上一项", "previous field"),
		keymap.OptionLeft: l("前一个选项", "previous option"), keymap.OptionRight: l("后一个选项", "next option"),
		keymap.ClearField: l("清空此项", "clear field"), keymap.Save: l("保存", "save"), keymap.StartDemo: l("试用演示", "try the demo"),
		keymap.Up: l("上一行", "line up"), keymap.Down: l("下一行", "line down"), keymap.PageUp: l("上一页", "page up"),
		keymap.PageDown: l("下一页", "page down"), keymap.Top: l("最前", "first"), keymap.Bottom: l("最后", "last"), keymap.Accept: l("确定", "confirm"),
		keymap.CompletePath: l("补全路径", "complete path"),
	}
}
